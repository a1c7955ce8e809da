package internal_test

import (
	"context"
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fulltext"
)

const dbPath = "kompetansetorg/internal/kit/db"

// A statement is a constant of type db.SQL or db.Fragment.
type statement struct {
	where    string // file:line of its declaration
	name     string
	text     string
	fragment bool
	// engine is set for statements of a seam: those in a file named
	// postgres.go, x_sqlite.go and the like. They are prepared on that engine
	// only and may use its words.
	engine db.Engine
}

// TestStatements proves every SQL statement of the module on the engine under
// test (make test runs it on both). It finds them by type, so nothing has to
// be registered.
func TestStatements(t *testing.T) {
	found, complaints := collect(loadPackages(t, "./..."))
	for _, c := range complaints {
		t.Error(c)
	}
	d := dbtest.New(t)
	if _, err := fulltext.Ensure(context.Background(), d, "test"); err != nil { // its tables are its own
		t.Fatal(err)
	}
	for _, s := range found {
		for _, c := range review(s) {
			t.Errorf("%s: %s: %s", s.where, s.name, c)
		}
		if s.fragment || (s.engine != "" && s.engine != d.Engine()) {
			continue
		}
		if err := d.Check(context.Background(), db.SQL(s.text)); err != nil {
			t.Errorf("%s: %s cannot be prepared on %s: %v", s.where, s.name, d.Engine(), err)
		}
	}
	t.Logf("%d statements and fragments", len(found))
}

// loadPackages reads and type-checks packages of the module, without their tests.
func loadPackages(t *testing.T, pattern string) []*packages.Package {
	t.Helper()
	cfg := &packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports |
			packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo,
		Dir: "..",
	}
	loaded, err := packages.Load(cfg, pattern)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range loaded {
		if len(p.Errors) > 0 {
			t.Errorf("%s does not compile, so its statements are not checked: %v", p.PkgPath, p.Errors[0])
		}
	}
	return loaded
}

// collect finds the statements, and what is against the rules of writing them.
func collect(loaded []*packages.Package) (found []statement, complaints []string) {
	for _, p := range loaded {
		for _, file := range p.Syntax {
			c := collector{p: p, where: func(n ast.Node) string {
				at := p.Fset.Position(n.Pos())
				return fmt.Sprintf("%s/%s:%d", p.PkgPath, filepath.Base(at.Filename), at.Line)
			}}
			c.engine = seam(p.Fset.Position(file.Pos()).Filename)
			ast.Walk(&c, file)
			found = append(found, c.found...)
			complaints = append(complaints, c.complaints...)
		}
	}
	return found, complaints
}

// seam tells from a file name which engine its statements are for.
func seam(file string) db.Engine {
	name := strings.TrimSuffix(filepath.Base(file), ".go")
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		if name == string(engine) || strings.HasSuffix(name, "_"+string(engine)) {
			return engine
		}
	}
	return ""
}

// collector walks through one file.
type collector struct {
	p          *packages.Package
	engine     db.Engine
	where      func(ast.Node) string
	found      []statement
	complaints []string
}

// Visit implements ast.Visitor.
func (c *collector) Visit(node ast.Node) ast.Visitor {
	switch n := node.(type) {
	case *ast.GenDecl:
		if n.Tok == token.CONST {
			c.constants(n)
			return nil // the parts of a constant are not looked at by themselves
		}
	case *ast.Ident, *ast.SelectorExpr:
		return c // a constant used here is looked at where it is declared
	case ast.Expr:
		if c.inline(n) {
			return nil
		}
		if call, ok := n.(*ast.CallExpr); ok {
			c.conversion(call)
			c.nested(call)
			if c.calls(call, "Engine") && !strings.HasPrefix(c.p.PkgPath, "kompetansetorg/internal/kit/") {
				c.complaints = append(c.complaints, c.where(call)+": only a seam in kit asks which engine runs")
			}
		}
	}
	return c
}

// inline handles a constant expression outside a declaration: fine as a
// fragment, but a statement must have a name to be read and found by.
func (c *collector) inline(n ast.Expr) bool {
	value := c.p.TypesInfo.Types[n].Value
	kind := dbType(c.p.TypesInfo.TypeOf(n))
	if value == nil || (kind != "SQL" && kind != "Fragment") || c.p.PkgPath == dbPath {
		return false
	}
	if kind == "SQL" {
		c.complaints = append(c.complaints, c.where(n)+": make the statement a constant of type db.SQL")
	}
	c.add(n, "here", constant.StringVal(value), kind == "Fragment")
	return true
}

func (c *collector) constants(decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		for _, name := range spec.(*ast.ValueSpec).Names {
			value, ok := c.p.TypesInfo.Defs[name].(*types.Const)
			if !ok {
				continue
			}
			if kind := dbType(value.Type()); kind == "SQL" || kind == "Fragment" {
				c.add(name, name.Name, constant.StringVal(value.Val()), kind == "Fragment")
			}
		}
	}
}

func (c *collector) add(n ast.Node, name, text string, fragment bool) {
	c.found = append(c.found, statement{c.where(n), name, text, fragment, c.engine})
}

// conversion refuses db.SQL(x) and db.Fragment(x) where x is not a constant.
// With that, no text from outside can become part of a statement. Package db
// itself puts statements together and is read with care instead.
func (c *collector) conversion(call *ast.CallExpr) {
	fun, ok := c.p.TypesInfo.Types[call.Fun]
	if !ok || !fun.IsType() || c.p.PkgPath == dbPath {
		return
	}
	if kind := dbType(fun.Type); kind != "SQL" && kind != "Fragment" {
		return
	}
	if c.p.TypesInfo.Types[call].Value == nil {
		c.complaints = append(c.complaints, c.where(call)+": only a constant may become part of a statement; pass values as parameters")
	}
}

// nested refuses a transaction that is started, in the same function, inside
// another.
func (c *collector) nested(call *ast.CallExpr) {
	if !c.begins(call) {
		return
	}
	for _, arg := range call.Args {
		ast.Inspect(arg, func(n ast.Node) bool {
			if inner, ok := n.(*ast.CallExpr); ok && c.begins(inner) {
				c.complaints = append(c.complaints, c.where(inner)+": a transaction inside a transaction")
			}
			return true
		})
	}
}

// begins reports whether the call is DB.Write or DB.Read.
func (c *collector) begins(call *ast.CallExpr) bool {
	return c.calls(call, "Write") || c.calls(call, "Read")
}

// calls reports whether the call is of the named method of db.DB or db.Tx.
func (c *collector) calls(call *ast.CallExpr, name string) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != name {
		return false
	}
	method, ok := c.p.TypesInfo.Uses[sel.Sel].(*types.Func)
	return ok && strings.HasPrefix(method.FullName(), "(*"+dbPath+".")
}

// dbType is the name of a type of package db, empty for other types.
func dbType(t types.Type) string {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != dbPath {
		return ""
	}
	return named.Obj().Name()
}

// sqlQuoted finds strings and comments. A mark for conditions is a comment too.
var sqlQuoted = regexp.MustCompile(`(?s)'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/`)

var (
	sqlParameter = regexp.MustCompile(`\$(\d+)`)
	sqlLimit     = regexp.MustCompile(`\bLIMIT\b`)
	sqlOrder     = regexp.MustCompile(`\bORDER\s+BY\b`)
)

// forbiddenSQL are words that one engine lacks or understands differently, with
// what to write instead. The engines refuse most others by themselves.
var forbiddenSQL = []struct{ pattern, instead string }{
	{`\b(ANY|ALL|ARRAY|UNNEST)\b\s*[([]`, "write a list with db.In"},
	{`::`, "write CAST (x AS t)"},
	{`\bJSONB?_\w+|->`, "JSON is never searched; give it columns"},
	{`\bFOR\s+(NO\s+KEY\s+)?(UPDATE|SHARE)|\bSKIP\s+LOCKED`, "Writes run one at a time; no row locks"},
	{`\b(BIG)?SERIAL\b|\bIDENTITY\b|\bAUTOINCREMENT\b|\bROWID\b|\bCTID\b|\bNEXTVAL\b`, "ids are made in Go"},
	{`\bILIKE\b|\bGLOB\b|\bREGEXP\b|\bSIMILAR\s+TO\b|\bMATCH\b|~`, "search a column folded in Go with LIKE"},
	{`\b(LOWER|UPPER|INITCAP)\s*\(`, "fold in Go: SQLite does not know Æ, Ø and Å"},
	{`\bNOW\s*\(|\bCURRENT_(DATE|TIME|TIMESTAMP)\b|\bLOCALTIME`, "pass the moment as a parameter"},
	{`\b(DATE|TIME|DATETIME|JULIANDAY|STRFTIME|UNIXEPOCH|DATE_TRUNC|DATE_PART|TO_CHAR|TO_DATE|EXTRACT|AGE)\s*\(`, "compute dates in Go"},
	{`\bINTERVAL\b`, "compute dates in Go"},
	{`\b(RANDOM|GEN_RANDOM_UUID|SETSEED)\s*\(`, "pass random values as parameters"},
	{`\b(IFNULL|NVL|IIF)\s*\(`, "write COALESCE or CASE"},
	{`\b(GROUP_CONCAT|ARRAY_AGG)\s*\(`, "write string_agg, or gather in Go"},
	{`\bINSERT\s+OR\b|\bREPLACE\s+INTO\b`, "write ON CONFLICT"},
	{`\bINSERT\s+INTO\s+\w+\s+(VALUES|SELECT|DEFAULT)\b`, "name the columns"},
	{`\bSELECT\s+(DISTINCT\s+)?(\w+\.)?\*|,\s*(\w+\.)?\*|\bRETURNING\s+\*`, "name the columns"},
	{`\bDISTINCT\s+ON\b|\bLATERAL\b|\bTABLESAMPLE\b`, "only PostgreSQL has it"},
	{`\bNATURAL\s+JOIN\b`, "name the columns joined on"},
	{`\bOFFSET\b`, "page by key, with db.ListPage"},
	{`\b(PRAGMA|ATTACH|VACUUM|LISTEN|NOTIFY|TRUNCATE|CREATE\s+TRIGGER)\b`, "that is for a seam in kit"},
	{`\b(BEGIN|COMMIT|ROLLBACK|SAVEPOINT)\b`, "transactions are begun and ended by DB.Write"},
}

// review says what is wrong with a statement that an engine may not notice.
func review(s statement) (complaints []string) {
	bare := strings.ToUpper(sqlQuoted.ReplaceAllString(s.text, " '' "))
	if s.engine == "" {
		for _, f := range forbiddenSQL {
			if word := regexp.MustCompile(f.pattern).FindString(bare); word != "" {
				complaints = append(complaints, fmt.Sprintf("%q: %s", word, f.instead))
			}
		}
	}
	if s.fragment {
		return append(complaints, reviewFragment(s.text, bare)...)
	}
	if strings.Contains(bare, "?") {
		complaints = append(complaints, "parameters are $1, $2 …")
	}
	next := 1
	for _, digits := range sqlParameter.FindAllStringSubmatch(bare, -1) {
		n, err := strconv.Atoi(digits[1])
		switch {
		case err != nil || n < 1 || n > next:
			complaints = append(complaints, fmt.Sprintf("$%s where $%d is next: number in order of first appearance", digits[1], next))
		case n == next:
			next++
		}
	}
	if at := sqlLimit.FindStringIndex(bare); at != nil && !sqlOrder.MatchString(bare[:at[0]]) {
		complaints = append(complaints, "LIMIT without ORDER BY gives any rows")
	}
	return complaints
}

func reviewFragment(text, bare string) (complaints []string) {
	if strings.Contains(bare, "$") {
		complaints = append(complaints, "a fragment has ? for its values")
	}
	if strings.Count(text, "?") != strings.Count(bare, "?") {
		complaints = append(complaints, "a ? in a string or comment would be numbered")
	}
	if strings.Count(text, "'")%2 != 0 || strings.Count(bare, "(") != strings.Count(bare, ")") {
		complaints = append(complaints, "quotes or brackets are not in pairs")
	}
	return complaints
}
