package db_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/migrations"
)

// history is the list of migrations made of the given bodies.
func history(bodies ...string) fstest.MapFS {
	files := fstest.MapFS{}
	for i, body := range bodies {
		files[fmt.Sprintf("%04d_step.sql", i+1)] = &fstest.MapFile{Data: []byte("-- +goose Up\n" + body)}
	}
	return files
}

const (
	makeParent = `CREATE TABLE parent (id TEXT NOT NULL PRIMARY KEY, note TEXT);
INSERT INTO parent (id) VALUES ('p');`
	makeChild = `CREATE TABLE child (id TEXT NOT NULL PRIMARY KEY, parent TEXT NOT NULL REFERENCES parent (id) ON DELETE CASCADE);
INSERT INTO child (id, parent) VALUES ('c', 'p');`
)

func pending(t testing.TB, d *db.DB, files fstest.MapFS) []string {
	t.Helper()
	names, err := db.Pending(context.Background(), d, files)
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func scalar(t testing.TB, d *db.DB, q db.SQL) int {
	t.Helper()
	var n int
	err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		n, err = db.Scalar[int](context.Background(), tx, q)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestMigrateAppliesWhatIsMissingOnce(t *testing.T) {
	d, ctx := openAt(t, dbtest.Empty(t)), context.Background()
	one, two := history(makeParent), history(makeParent, makeChild)
	if err := db.Migrate(ctx, d, fstest.MapFS{}); err != nil {
		t.Fatalf("no migrations at all: %v", err)
	}
	for _, files := range []fstest.MapFS{one, one, two, two} {
		if err := db.Migrate(ctx, d, files); err != nil {
			t.Fatal(err)
		}
		if left := pending(t, d, files); len(left) != 0 {
			t.Errorf("left: %v", left)
		}
	}
	if n := scalar(t, d, `SELECT count(*) FROM child JOIN parent ON parent.id = child.parent`); n != 1 {
		t.Errorf("%d rows", n)
	}
}

func TestPendingNamesFilesInOrder(t *testing.T) {
	d := openAt(t, dbtest.Empty(t))
	files := history(makeParent, makeChild)
	if got, want := pending(t, d, files), slices.Sorted(maps.Keys(files)); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestMigrateRefusesANewerSchema(t *testing.T) {
	d, ctx := openAt(t, dbtest.Empty(t)), context.Background()
	if err := db.Migrate(ctx, d, history(makeParent, makeChild)); err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(ctx, d, history(makeParent)); !errors.Is(err, db.ErrNewerSchema) {
		t.Errorf("Migrate: got %v, want ErrNewerSchema", err)
	}
	if _, err := db.Pending(ctx, d, history(makeParent)); !errors.Is(err, db.ErrNewerSchema) {
		t.Errorf("Pending: got %v, want ErrNewerSchema", err)
	}
}

// A migration between those applied means that two releases disagree about the
// past; it is not slipped in.
func TestMigrateRefusesAChangedPast(t *testing.T) {
	d, ctx := openAt(t, dbtest.Empty(t)), context.Background()
	all := history(makeParent, makeChild, `CREATE TABLE late (id TEXT);`)
	gap := maps.Clone(all)
	delete(gap, "0002_step.sql")
	if err := db.Migrate(ctx, d, gap); err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(ctx, d, all); err == nil || !strings.Contains(err.Error(), "version 2") {
		t.Errorf("got %v, want an error that names version 2", err)
	}
}

func TestAFailedMigrationLeavesNothing(t *testing.T) {
	d, ctx := openAt(t, dbtest.Empty(t)), context.Background()
	broken := history(makeParent, makeChild+"\nINSERT INTO nowhere (id) VALUES ('x');")
	err := db.Migrate(ctx, d, broken)
	if err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Fatalf("got %v, want the engine's complaint about nowhere", err)
	}
	if got := pending(t, d, broken); len(got) != 1 || got[0] != "0002_step.sql" {
		t.Errorf("left: %v", got)
	}
	// Mended, it goes through: nothing of the first try is in the way.
	if err := db.Migrate(ctx, d, history(makeParent, makeChild)); err != nil {
		t.Error(err)
	}
}

func TestNodesMigrateAtTheSameTime(t *testing.T) {
	dsn, ctx := dbtest.Empty(t), context.Background()
	bodies := []string{`CREATE TABLE parent (id TEXT NOT NULL, note TEXT);`}
	for i := range 12 {
		bodies = append(bodies, fmt.Sprintf(`INSERT INTO parent (id) VALUES ('%d');`, i)) // would go in twice
	}
	var wait sync.WaitGroup
	for range 4 {
		d := openAt(t, dsn)
		wait.Go(func() {
			if err := db.Migrate(ctx, d, history(bodies...)); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if n := scalar(t, openAt(t, dsn), `SELECT count(*) FROM parent`); n != 12 {
		t.Errorf("%d rows, want 12", n)
	}
}

// Rebuilding a table the SQLite way must not take the rows that refer to it.
func TestRebuildingATableKeepsWhatRefersToIt(t *testing.T) {
	d, ctx := openAt(t, dbtest.Empty(t)), context.Background()
	if d.Engine() != db.SQLite {
		t.Skip("PostgreSQL changes tables in place; dropping one that is referred to is refused")
	}
	rebuild := `CREATE TABLE parent_new (id TEXT NOT NULL PRIMARY KEY, note TEXT NOT NULL);
INSERT INTO parent_new (id, note) SELECT id, '' FROM parent;
DROP TABLE parent;
ALTER TABLE parent_new RENAME TO parent;`
	if err := db.Migrate(ctx, d, history(makeParent, makeChild, rebuild)); err != nil {
		t.Fatal(err)
	}
	if n := scalar(t, d, `SELECT count(*) FROM child JOIN parent ON parent.id = child.parent`); n != 1 {
		t.Errorf("%d rows, want 1", n)
	}
	err := db.Migrate(ctx, d, history(makeParent, makeChild, rebuild, `DELETE FROM parent;`))
	if err == nil || !strings.Contains(err.Error(), "1 rows refer") {
		t.Errorf("a reference to nothing: got %v", err)
	}
	err = d.Write(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `INSERT INTO child (id, parent) VALUES ('d', 'nobody')`)
		return err
	})
	if !fault.Is(err, fault.Conflict) {
		t.Errorf("after migrating, foreign keys: got %v, want Conflict", err)
	}
}

func TestTheHouseMigratesFromNothing(t *testing.T) {
	d, ctx := openAt(t, dbtest.Empty(t)), context.Background()
	if err := db.Migrate(ctx, d, migrations.Files); err != nil {
		t.Fatal(err)
	}
	if left, err := db.Pending(ctx, d, migrations.Files); err != nil || len(left) != 0 {
		t.Errorf("left %v, %v", left, err)
	}
	if left, err := db.Pending(ctx, dbtest.New(t), migrations.Files); err != nil || len(left) != 0 {
		t.Errorf("dbtest.New: left %v, %v", left, err)
	}
}
