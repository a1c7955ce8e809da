package backup_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/backup"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/migrations"
)

// TestEveryTableIsIn holds the tables that are written against what the engine
// under test tells of the real house's database: a table or column that a room
// adds is in the backup without anybody thinking of it.
func TestEveryTableIsIn(t *testing.T) {
	newest, err := db.NewestVersion(migrations.Files)
	if err != nil {
		t.Fatal(err)
	}
	scratch, remove, err := db.Scratch(t.Context(), migrations.Files, newest)
	if err != nil {
		t.Fatal(err)
	}
	defer remove()
	tables, err := db.Tables(t.Context(), scratch)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, table := range tables {
		for _, c := range table.Columns {
			got = append(got, table.Name+"."+c.Name)
		}
	}
	text, err := dbtest.Schema(t.Context(), dbtest.New(t))
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	table := ""
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
		case !strings.HasPrefix(line, " "):
			table = words[0]
		case strings.ToLower(words[0]) == words[0] && !strings.Contains(line, "GENERATED"):
			want = append(want, table+"."+words[0])
		}
	}
	if len(want) < 100 || !slices.Equal(got, want) {
		t.Errorf("in the backup %d columns, in the database %d; differing: %v", len(got), len(want), differing(got, want))
	}
}

func differing(a, b []string) (out []string) {
	for _, list := range [][2][]string{{a, b}, {b, a}} {
		for _, x := range list[0] {
			if !slices.Contains(list[1], x) {
				out = append(out, x)
			}
		}
	}
	return out
}

// TestThereAndBack restores on the engine under test and on SQLite, from both:
// with PostgreSQL under test that is there and back over the engines.
func TestThereAndBack(t *testing.T) {
	for name, from := range map[string]func(*testing.T) string{"engine": func(t *testing.T) string { return dbtest.Empty(t) }, "sqlite": sqliteFile} {
		for name2, to := range map[string]func(*testing.T) string{"engine": func(t *testing.T) string { return dbtest.Empty(t) }, "sqlite": sqliteFile} {
			t.Run(name+" to "+name2, func(t *testing.T) {
				h := house(t, from(t), 2, 2000)
				path, want := made(t, h)
				if want.Rows != 2000+int64(len(oddTexts))+1 || want.Files.Count != 2 {
					t.Errorf("the sum is %+v", want)
				}
				target := into(t, to(t))
				got, err := backup.Restore(t.Context(), path, target)
				if err != nil || got.Hash != want.Hash {
					t.Fatalf("restored: %v, %s, want %s", err, got.Hash, want.Hash)
				}
				d := open(t, target.DSN, 0)
				read, err := backup.Checksum(t.Context(), backup.House{DB: d, Files: target.Files, Migrations: schema})
				if err != nil || read.Hash != want.Hash {
					t.Errorf("read back: %v, %s, want %s", err, read.Hash, want.Hash)
				}
				content, err := os.ReadFile(filepath.Join(target.Files, "01", "referat æ.pdf"))
				if err != nil || string(content) != "møte" {
					t.Errorf("attachment: %q, %v", content, err)
				}
				// References hold again, and the database can be written.
				err = d.Write(t.Context(), func(tx *db.Tx) error {
					_, err := db.Exec(t.Context(), tx, insertItem, "nowhere", 1, true, nil, nil, nil)
					return err
				})
				if err == nil {
					t.Error("a row may refer to what is not there")
				}
			})
		}
	}
}

// TestHashTellsDifferences sees that the hash is of the content: a changed
// value, a moved one and a changed attachment each give another.
func TestHashTellsDifferences(t *testing.T) {
	h := house(t, dbtest.Empty(t), 2, 10)
	seen := map[string]string{}
	look := func(what string) {
		sum, err := backup.Checksum(t.Context(), h)
		if err != nil {
			t.Fatal(err)
		}
		if before, ok := seen[sum.Hash]; ok {
			t.Errorf("%s gives the same hash as %s", what, before)
		}
		seen[sum.Hash] = what
	}
	look("at first")
	for what, statement := range map[string]db.SQL{
		"another text":       `UPDATE place SET name = 'x' WHERE code = 'caa'`,
		"nothing for a text": `UPDATE place SET note = '' WHERE code = 'caa'`,
		"a number":           `UPDATE item SET score = 0.1 WHERE nr = 1`,
		"one row less":       `DELETE FROM item WHERE nr = 9`,
	} {
		err := h.DB.Write(t.Context(), func(tx *db.Tx) error { return db.ExecOne(t.Context(), tx, statement) })
		if err != nil {
			t.Fatal(err)
		}
		look(what)
	}
	if err := os.WriteFile(filepath.Join(h.Files, "02", "x"), []byte("y"), 0o600); err != nil {
		t.Fatal(err)
	}
	look("another attachment")
}

// TestOlderSchema restores a backup of an earlier release: the migrations that
// came since see its rows.
func TestOlderSchema(t *testing.T) {
	path, _ := made(t, house(t, dbtest.Empty(t), 1, 5))
	for _, dsn := range []string{dbtest.Empty(t), sqliteFile(t)} {
		target := into(t, dsn)
		if _, err := backup.Restore(t.Context(), path, target); err != nil {
			t.Fatal(err)
		}
		err := open(t, dsn, 0).Read(t.Context(), func(tx *db.Tx) error {
			got, err := db.List[string](t.Context(), tx, notes)
			if len(got) != len(oddTexts)+1 || got[0] != "5022 as it was: Rennebu" {
				t.Errorf("notes %q", got)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// slowly hands out what is written to it and lets something happen meanwhile.
type slowly struct {
	bytes.Buffer
	then func()
}

func (s *slowly) Write(p []byte) (int, error) {
	if s.then != nil {
		s.then()
		s.then = nil
	}
	return s.Buffer.Write(p)
}

// TestOneMoment writes rows while the backup is under way: it is of the moment
// when it began.
func TestOneMoment(t *testing.T) {
	h := house(t, dbtest.Empty(t), 2, 60_000) // several parts
	want, err := backup.Checksum(t.Context(), h)
	if err != nil {
		t.Fatal(err)
	}
	wrote := false
	out := &slowly{then: func() {
		err := h.DB.Write(context.Background(), func(tx *db.Tx) error {
			_, err := db.Exec(context.Background(), tx, insertPlace, "zz", "came later")
			return err
		})
		if err != nil {
			t.Error(err)
		}
		wrote = true
	}}
	got, err := backup.Write(t.Context(), out, h)
	if err != nil || got.Hash != want.Hash || !wrote {
		t.Errorf("the backup is not of one moment: %v, wrote %v", err, wrote)
	}
	after, err := backup.Checksum(t.Context(), h)
	if err != nil || after.Hash == want.Hash {
		t.Errorf("the row is not there afterwards: %v", err)
	}
	read, err := backup.Verify(t.Context(), out, schema, nil)
	if err != nil || read.Hash != want.Hash {
		t.Errorf("verify: %v, %s", err, read.Hash)
	}
}

// TestCreateWritesOverNothing sees that files that are there stay.
func TestCreateWritesOverNothing(t *testing.T) {
	h := house(t, dbtest.Empty(t), 2, 1)
	for _, name := range []string{"x.kt", "x.kt.part"} {
		folder := t.TempDir()
		there := filepath.Join(folder, name)
		if err := os.WriteFile(there, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Create(t.Context(), filepath.Join(folder, "x.kt"), h); err == nil || !strings.Contains(err.Error(), "exists") {
			t.Errorf("%s: %v", name, err)
		}
		content, err := os.ReadFile(there)
		entries, _ := os.ReadDir(folder)
		if err != nil || string(content) != "mine" || len(entries) != 1 {
			t.Errorf("%s was touched: %q, %v", name, content, entries)
		}
	}
}

// full is a disk without room.
type full struct{ left int }

var errFull = errors.New("no space left on device")

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// TestFullDisk and a stop leave nothing half, and say so.
func TestFullDisk(t *testing.T) {
	h := house(t, dbtest.Empty(t), 2, 20_000)
	for _, room := range []int{0, 10_000} {
		if _, err := backup.Write(t.Context(), &full{room}, h); !errors.Is(err, errFull) {
			t.Errorf("with room for %d bytes: %v", room, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	folder := t.TempDir()
	_, err := backup.Create(ctx, filepath.Join(folder, "x.kt"), h)
	if entries, _ := os.ReadDir(folder); err == nil || !strings.Contains(err.Error(), "nothing is left") || len(entries) > 0 {
		t.Errorf("stopped: %v, left %v", err, entries)
	}
}

// TestRestoreBroken breaks a restore off in the middle of the rows: the target
// is empty, and the next one goes well.
func TestRestoreBroken(t *testing.T) {
	path, _ := made(t, house(t, dbtest.Empty(t), 2, 20_000))
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(t.TempDir(), "cut.kt")
	if err := os.WriteFile(cut, data[:len(data)*3/4], 0o600); err != nil {
		t.Fatal(err)
	}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	for _, dsn := range []string{dbtest.Empty(t), sqliteFile(t)} {
		target := into(t, dsn)
		_, err = backup.Restore(t.Context(), cut, target)
		if !errors.Is(err, backup.ErrDamaged) || !strings.Contains(err.Error(), "nothing was restored") || !isEmpty(t, dsn) {
			t.Errorf("cut short: %v, empty %v", err, isEmpty(t, dsn))
		}
		if _, err = backup.Restore(stopped, path, target); !errors.Is(err, context.Canceled) || !isEmpty(t, dsn) {
			t.Errorf("stopped: %v", err)
		}
		if _, err := backup.Restore(t.Context(), path, target); err != nil {
			t.Errorf("again: %v", err)
		}
		leftovers(t, target)
	}
}

// TestBrokenReference refuses rows that refer to what is not there, as no
// engine would have taken them.
func TestBrokenReference(t *testing.T) {
	dsn := sqliteFile(t)
	_ = open(t, dsn, 2).Close()
	d, err := db.Open(t.Context(), dsn, db.Unsynced(), db.ForLoading())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	err = d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, insertItem, "nowhere", 1, true, nil, nil, nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	path, _ := made(t, backup.House{DB: d, Migrations: schema})
	for _, to := range []string{dbtest.Empty(t), sqliteFile(t)} {
		if _, err := backup.Restore(t.Context(), path, into(t, to)); err == nil || !isEmpty(t, to) {
			t.Errorf("taken: %v", err)
		}
	}
}

func leftovers(t *testing.T, target backup.Into) {
	t.Helper()
	for _, pattern := range []string{target.Files + ".part", strings.TrimPrefix(target.DSN, "sqlite:") + ".part*"} {
		if found, _ := filepath.Glob(pattern); len(found) > 0 {
			t.Errorf("left behind: %v", found)
		}
	}
}

// TestRestoreWantsRoom refuses a database or folder that holds anything, and
// takes one that holds what migrations make, of whatever version.
func TestRestoreWantsRoom(t *testing.T) {
	path, _ := made(t, house(t, dbtest.Empty(t), 1, 3))
	for name, kind := range map[string]func(*testing.T) string{"engine": func(t *testing.T) string { return dbtest.Empty(t) }, "sqlite": sqliteFile} {
		t.Run(name, func(t *testing.T) {
			dsn := kind(t)
			d := open(t, dsn, 2)
			fill(t, d, 0)
			if _, err := backup.Restore(t.Context(), path, into(t, dsn)); err == nil || !strings.Contains(err.Error(), "holds data") {
				t.Errorf("a full database: %v", err)
			}
			err := d.Read(t.Context(), func(tx *db.Tx) error {
				n, err := db.Scalar[int64](t.Context(), tx, countPlaces)
				if n != int64(len(oddTexts))+1 {
					t.Errorf("%d rows are left of it", n)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
			target := into(t, kind(t))
			_ = open(t, target.DSN, 2).Close()
			if err := os.MkdirAll(target.Files, 0o700); err != nil {
				t.Fatal(err)
			}
			if _, err := backup.Restore(t.Context(), path, target); err != nil {
				t.Errorf("a database as migrations leave it: %v", err)
			}
			target.DSN = kind(t)
			if _, err := backup.Restore(t.Context(), path, target); err == nil || !strings.Contains(err.Error(), "holds files") {
				t.Errorf("a folder with files: %v", err)
			}
			target.Files = ""
			if _, err := backup.Restore(t.Context(), path, target); err == nil || !strings.Contains(err.Error(), "--files") || !isEmpty(t, target.DSN) {
				t.Errorf("nowhere to put attachments: %v", err)
			}
		})
	}
}

// TestForeignTables sees that tables of another program are neither taken for
// ours nor dropped.
func TestForeignTables(t *testing.T) {
	path, _ := made(t, house(t, dbtest.Empty(t), 1, 3))
	dsn := dbtest.Empty(t)
	d := open(t, dsn, 0)
	if err := db.Migrate(t.Context(), d, schemaOfOthers); err != nil {
		t.Fatal(err)
	}
	const forget db.SQL = `DROP TABLE schema_version`
	if err := d.Write(t.Context(), func(tx *db.Tx) error { _, err := db.Exec(t.Context(), tx, forget); return err }); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), path, into(t, dsn)); err == nil || !strings.Contains(err.Error(), "holds data") {
		t.Errorf("restored over another program's tables: %v", err)
	}
	if there, err := d.HasTable(t.Context(), "place"); err != nil || !there {
		t.Errorf("its table is gone: %v", err)
	}
}
