package migrations_test

import (
	"context"
	"flag"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/migrations"
)

var update = flag.Bool("update", false, "write schema.txt anew")

// TestSchema compares the migrated database with schema.txt. The tests run on
// both engines against the same file, so the engines' schemas are equal to
// each other. After a migration, write the file anew on one engine and look at
// the difference:
//
//	go test ./migrations -run Schema -update
func TestSchema(t *testing.T) {
	const file = "schema.txt"
	got, err := dbtest.Schema(context.Background(), dbtest.New(t))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		lines := strings.SplitAfter(diff, "\n")
		if len(lines) > 40 {
			lines = append(lines[:40], "…\n")
		}
		t.Errorf("%s (-) and the database (+) differ; is a migration new? Then run go test ./migrations -run Schema -update\n%s", file, strings.Join(lines, ""))
	}
}

// TestColumns sees that columns have the few types both engines treat alike.
func TestColumns(t *testing.T) {
	text, err := dbtest.Schema(context.Background(), dbtest.New(t))
	if err != nil {
		t.Fatal(err)
	}
	fine := regexp.MustCompile(`^    \w+ (TEXT|BIGINT|BOOLEAN|DOUBLE PRECISION|JSON)( NOT NULL)?( DEFAULT .*)?( GENERATED)?$`)
	key := regexp.MustCompile(`^    (PRIMARY KEY|UNIQUE|INDEX|FOREIGN KEY|CHECK)\b`)
	table := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case line == "":
		case !strings.HasPrefix(line, " "):
			table = line
		case !key.MatchString(line) && !fine.MatchString(line):
			t.Errorf("%s:%s: columns are TEXT, BIGINT, BOOLEAN, DOUBLE PRECISION or JSON", table, line)
		}
	}
}

// TestUniqueNames sees that unique indexes are called as db.Constraint calls
// them, so that a room can tell on both engines which key was taken.
func TestUniqueNames(t *testing.T) {
	text, err := dbtest.Schema(context.Background(), dbtest.New(t))
	if err != nil {
		t.Fatal(err)
	}
	unique := regexp.MustCompile(`^    UNIQUE (\w+) \((.*)\)`)
	table := ""
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, " ") {
			table = strings.TrimSpace(line)
		}
		m := unique.FindStringSubmatch(line)
		if m == nil || strings.Contains(m[2], "…") {
			continue // of an index on an expression the engines tell the name
		}
		want := table + "_" + strings.NewReplacer(", ", "_", " DESC", "").Replace(m[2]) + "_key"
		if m[1] != want {
			t.Errorf("%s: call the unique index %s, not %s", table, want, m[1])
		}
		if len(want) > 63 {
			t.Errorf("%s: the name %s has more than 63 letters, which PostgreSQL cuts", table, want)
		}
	}
}

// TestFiles sees that the list is one both engines can read, forward only.
func TestFiles(t *testing.T) {
	names, err := fs.Glob(migrations.Files, "*")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`^(\d{4})_[a-z0-9_]+\.sql$`)
	forbidden := regexp.MustCompile(`(?i)\b(BLOB|BYTEA|SERIAL|BIGSERIAL|IDENTITY|AUTOINCREMENT|TRIGGER|TIMESTAMP\w*|DATE|VARCHAR|JSONB|UUID|ENUM|WITHOUT\s+ROWID|STRICT|PRAGMA|COLLATE)\b|::|\+goose Down|NO TRANSACTION`)
	comment := regexp.MustCompile(`--[^+\n]*[^\n]*`)
	seen := map[string]string{}
	for _, name := range names {
		m := named.FindStringSubmatch(name)
		if m == nil {
			t.Errorf("%s: call migrations NNNN_name.sql", name)
			continue
		}
		if other := seen[m[1]]; other != "" {
			t.Errorf("%s and %s have the same number", name, other)
		}
		seen[m[1]] = name
		text, err := fs.ReadFile(migrations.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(text), "-- +goose Up\n") {
			t.Errorf("%s: begin with the line -- +goose Up", name)
		}
		bare := comment.ReplaceAllStringFunc(string(text), func(c string) string {
			if strings.Contains(c, "+goose") {
				return c
			}
			return ""
		})
		if word := forbidden.FindString(bare); word != "" {
			t.Errorf("%s: %q is not for both engines, or not used here", name, word)
		}
	}
}
