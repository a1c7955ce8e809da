package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"kompetansetorg/internal/kit/db"
)

// TestReview proves that the rules of TestStatements catch something.
func TestReview(t *testing.T) {
	tests := []struct {
		text, want string // a part of the complaint; empty when it is fine
		fragment   bool
	}{
		{text: `SELECT id FROM need WHERE id = $1`},
		{text: `SELECT count(*) AS n, n.id FROM need n /*where*/ GROUP BY n.id ORDER BY n.id LIMIT $1`},
		{text: `SELECT id FROM need WHERE note = 'now() ? $9 :: it''s' AND a = $1 -- any(`},
		{text: `UPDATE need SET a = $1, b = $2 WHERE a < $1 AND id = $3 AND b = $2`},
		{text: `INSERT INTO need (id) SELECT id FROM supply WHERE $1 > 0 ON CONFLICT (id) DO UPDATE SET a = excluded.a`},
		{text: `SELECT updated, nowhere, almost, limitations, offsets FROM need`},
		{text: `SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $2, $11, $10`},
		{text: `SELECT id FROM need WHERE id = ANY($1)`, want: "db.In"},
		{text: `SELECT id::text FROM need`, want: "CAST"},
		{text: `SELECT value FROM json_each($1)`, want: "JSON"},
		{text: `SELECT a ->> 'b' FROM need`, want: "JSON"},
		{text: `SELECT id FROM need FOR UPDATE`, want: "row locks"},
		{text: `SELECT id FROM need FOR  no key update SKIP LOCKED`, want: "row locks"},
		{text: `CREATE TABLE x (id SERIAL)`, want: "made in Go"},
		{text: `SELECT id FROM need WHERE a ILIKE $1`, want: "LIKE"},
		{text: `SELECT id FROM need WHERE lower(a) = $1`, want: "fold in Go"},
		{text: `SELECT now()`, want: "as a parameter"},
		{text: `SELECT datetime('now')`, want: "dates in Go"},
		{text: `INSERT OR IGNORE INTO need (id) VALUES ($1)`, want: "ON CONFLICT"},
		{text: `INSERT INTO need VALUES ($1)`, want: "name the columns"},
		{text: `SELECT * FROM need`, want: "name the columns"},
		{text: `SELECT n.id, m.* FROM need n`, want: "name the columns"},
		{text: `SELECT id FROM need WHERE id = ?`, want: "$1"},
		{text: `SELECT id FROM need WHERE a = $2 AND b = $1`, want: "$2 where $1 is next"},
		{text: `SELECT id FROM need WHERE a = $1 AND b = $3`, want: "$3 where $2 is next"},
		{text: `SELECT $1, $0`, want: "$0 where $2 is next"},
		{text: `SELECT id FROM need LIMIT 5`, want: "ORDER BY"},
		{text: `SELECT id FROM need ORDER BY id LIMIT 5 OFFSET 5`, want: "page by key"},
		{text: `n.state = ? AND n.name LIKE ? ESCAPE '\'`, fragment: true},
		{text: `COALESCE(n.day, '9999-12-31')`, fragment: true},
		{text: `n.state = $1`, fragment: true, want: "has ?"},
		{text: `n.state = '?'`, fragment: true, want: "would be numbered"},
		{text: `n.state = ?) OR (1 = 1`, fragment: true},
		{text: `(n.state = ?`, fragment: true, want: "in pairs"},
		{text: `lower(n.state) = ?`, fragment: true, want: "fold in Go"},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			got := strings.Join(review(statement{text: test.text, fragment: test.fragment}), "; ")
			if (test.want == "") != (got == "") || !strings.Contains(got, test.want) {
				t.Errorf("got %q, want something about %q", got, test.want)
			}
		})
	}
}

// A package that breaks the rules in every way, and some that look like it.
const sample = `package sample

import (
	"context"

	"kompetansetorg/internal/kit/db"
)

const columns db.Fragment = "id, name"
const list = db.SQL("SELECT " + columns + " FROM need ORDER BY id")
const notSQL = "SELECT * FROM need"

type service struct{ d *db.DB }

func (s service) good(ctx context.Context, name string) error {
	const local db.SQL = "SELECT id FROM need WHERE name = $1"
	var w db.Where
	w.And("name = "+"?", name)
	statement, args := db.Query{Base: list, Where: w}.Build()
	return s.d.Read(ctx, func(tx *db.Tx) error {
		_, err := db.List[string](ctx, tx, statement, args...)
		_, err = db.List[string](ctx, tx, local, name)
		return err
	})
}

func (s service) bad(ctx context.Context, name string) error {
	var w db.Where
	w.And(db.Fragment("name = " + name)) // refused
	_ = db.SQL(name) // refused
	_ = s.d.Engine() // refused
	return s.d.Write(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, "DELETE FROM need") // refused
		if err != nil {
			return s.d.Read(ctx, func(tx *db.Tx) error { return nil }) // refused
		}
		return nil
	})
}
`

// TestCollect proves that TestStatements finds statements and mistakes.
func TestCollect(t *testing.T) {
	found, complaints := collect([]*packages.Package{checked(t, sample)})
	var got []string
	for _, s := range found {
		got = append(got, s.name+": "+s.text)
	}
	want := []string{
		"columns: id, name",
		"list: SELECT id, name FROM need ORDER BY id",
		"local: SELECT id FROM need WHERE name = $1",
		"here: name = ?",
		"here: DELETE FROM need",
	}
	if !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for i, line := range strings.Split(sample, "\n") {
		at := fmt.Sprintf(":%d:", i+1)
		refused := slices.ContainsFunc(complaints, func(c string) bool { return strings.Contains(c, at) })
		if want := strings.Contains(line, "// refused"); refused != want {
			t.Errorf("line %d: refused %v, want %v: %s", i+1, refused, want, line)
		}
	}
}

// checked type-checks a package of one file that may use context and kit/db.
func checked(t *testing.T, source string) *packages.Package {
	t.Helper()
	kit := loadPackages(t, dbPath)[0]
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "sample.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	cfg := types.Config{Importer: importer(func(path string) (*types.Package, error) {
		if path == dbPath {
			return kit.Types, nil
		}
		return kit.Imports[path].Types, nil
	})}
	pkg, err := cfg.Check("sample", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	return &packages.Package{PkgPath: "sample", Fset: fset, Syntax: []*ast.File{file}, Types: pkg, TypesInfo: info}
}

type importer func(path string) (*types.Package, error)

func (i importer) Import(path string) (*types.Package, error) { return i(path) }

func TestSeam(t *testing.T) {
	tests := map[string]db.Engine{
		"/x/search_sqlite.go": db.SQLite, "postgres.go": db.Postgres, "search_postgres.go": db.Postgres,
		"search.go": "", "notsqlite.go": "", "postgres_search.go": "",
	}
	for file, want := range tests {
		if got := seam(file); got != want {
			t.Errorf("%s: got %q, want %q", file, got, want)
		}
	}
}
