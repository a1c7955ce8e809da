package db_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
)

func TestOpenSaysWhatIsWrong(t *testing.T) {
	folder := t.TempDir()
	text := filepath.Join(folder, "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("this is no database\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ dsn, want string }{
		{"", "want sqlite:PATH or postgres://"},
		{"kompetansetorg.db", "want sqlite:PATH or postgres://"},
		{"mysql://secret@host/x", "want sqlite:PATH or postgres://"},
		{"sqlite:", "needs the path"},
		{"sqlite::memory:", "needs the path"},
		{"sqlite:" + folder, "is a folder"},
		{"sqlite:" + filepath.Join(folder, "no", "where.db"), "does not exist"},
		{"sqlite:" + text, "not a database"},
		{"postgres://user:secret@127.0.0.1:1/x?connect_timeout=1", "127.0.0.1:1/x"},
		{"postgres://user:secret@host:port/x", "port"},
	}
	for _, test := range tests {
		t.Run(test.dsn, func(t *testing.T) {
			_, err := db.Open(context.Background(), test.dsn)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("got %v, want something about %q", err, test.want)
			}
			if strings.Contains(err.Error(), "secret") {
				t.Errorf("the message holds the password: %v", err)
			}
		})
	}
}

func TestSQLiteFiles(t *testing.T) {
	ctx := context.Background()
	for _, name := range []string{"plain.db", "with space.db", "Å ø?x=1#y&z%20.db", "it's.db"} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			path := filepath.Join(folder, name)
			d := openAt(t, "sqlite:"+path)
			if err := db.Migrate(ctx, d, schema); err != nil {
				t.Fatal(err)
			}
			insert(t, d, thing{ID: "a"})
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if mode := info.Mode().Perm(); mode != 0o600 {
				t.Errorf("the file can be read by others: %v", mode)
			}
			again := openAt(t, "sqlite:"+path)
			if n := count(t, again); n != 1 {
				t.Errorf("%d rows in the second look", n)
			}
			files, _ := os.ReadDir(folder)
			for _, f := range files {
				if !strings.HasPrefix(f.Name(), name) {
					t.Errorf("made %s", f.Name())
				}
			}
		})
	}
}

// What power loss and kill -9 must not take rests on these settings.
func TestSQLiteSettings(t *testing.T) {
	type settings struct {
		Journal     string `db:"journal_mode"`
		Synchronous int    `db:"synchronous"`
		ForeignKeys int    `db:"foreign_keys"`
		Timeout     int    `db:"timeout"`
	}
	d, ctx := openAt(t, "sqlite:"+filepath.Join(t.TempDir(), "x.db")), context.Background()
	err := d.Write(ctx, func(tx *db.Tx) error {
		got, err := db.Get[settings](ctx, tx, `SELECT j.journal_mode, s.synchronous, f.foreign_keys, t.timeout
			FROM pragma_journal_mode j, pragma_synchronous s, pragma_foreign_keys f, pragma_busy_timeout t`)
		if want := (settings{"wal", 2, 1, 10000}); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMaintain(t *testing.T) {
	d, ctx := open(t), context.Background()
	for i := range 300 {
		insert(t, d, thing{ID: fmt.Sprint(i), Number: i})
	}
	if err := d.Maintain(ctx); err != nil {
		t.Fatal(err)
	}
	statistics := db.SQL(`SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'thing'`)
	if d.Engine() == db.Postgres {
		statistics = `SELECT count(*) FROM pg_stats WHERE tablename = 'thing'`
	}
	if scalar(t, d, statistics) == 0 {
		t.Error("no statistics for the table")
	}
}

func TestAFullDiskIsUnavailable(t *testing.T) {
	d, ctx := open(t), context.Background()
	if d.Engine() != db.SQLite {
		t.Skip("a full disk can be staged with SQLite only; for PostgreSQL see TestTroubleOfPostgres")
	}
	insert(t, d, thing{ID: "a"})
	err := d.Write(ctx, func(tx *db.Tx) error {
		// The limit is what is there now, and holds for this connection.
		if _, err := db.Exec(ctx, tx, `PRAGMA max_page_count = 1`); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, insertThing, thing{ID: "b", Number: 1, Name: strings.Repeat("x", 1<<20)}.values()...)
		return err
	})
	if !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v, want Unavailable", err)
	}
	if n := count(t, d); n != 1 {
		t.Errorf("%d rows, want 1", n)
	}
}

// envWriter makes the test binary the program that is killed.
const envWriter = "KOMPETANSETORG_DBTEST_WRITER"

// TestHelperWriter writes rows and says each number once Write has returned.
// By itself it does nothing.
func TestHelperWriter(t *testing.T) {
	dsn := os.Getenv(envWriter)
	if dsn == "" {
		t.Skip("only a part of TestKilledWritersLoseNothingAcknowledged")
	}
	d, ctx := openAt(t, dsn), context.Background()
	for n := count(t, d) / 2; ; n++ {
		err := d.Write(ctx, func(tx *db.Tx) error {
			// Two rows: a whole registration or none.
			for half := range 2 {
				row := thing{ID: fmt.Sprintf("%d-%d", n, half), Year: n, Number: half}
				if _, err := db.Exec(ctx, tx, insertThing, row.values()...); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("done %d\n", n)
	}
}

func TestKilledWritersLoseNothingAcknowledged(t *testing.T) {
	dsn, ctx := dbtest.Empty(t), context.Background()
	d := openAt(t, dsn)
	if err := db.Migrate(ctx, d, schema); err != nil {
		t.Fatal(err)
	}
	for round := range 3 {
		writer := exec.Command(os.Args[0], "-test.run=^TestHelperWriter$")
		writer.Env = append(os.Environ(), envWriter+"="+dsn)
		out, err := writer.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := writer.Start(); err != nil {
			t.Fatal(err)
		}
		acknowledged := map[int]bool{}
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			var n int
			if _, err := fmt.Sscanf(lines.Text(), "done %d", &n); err != nil {
				t.Fatalf("the writer says %q", lines.Text())
			}
			acknowledged[n] = true
			if len(acknowledged) == 50+round {
				if err := writer.Process.Kill(); err != nil { // kill -9
					t.Fatal(err)
				}
			}
		}
		_ = writer.Wait() // it was killed
		err = d.Read(ctx, func(tx *db.Tx) error {
			halves := map[int]int{}
			for year, err := range db.Each[int](ctx, tx, `SELECT year FROM thing ORDER BY id`) {
				if err != nil {
					return err
				}
				halves[year]++
			}
			for n := range acknowledged {
				if halves[n] == 0 {
					t.Errorf("round %d: %d was acknowledged and is gone", round, n)
				}
			}
			for n, rows := range halves {
				if rows != 2 {
					t.Errorf("round %d: %d has %d of 2 rows", round, n, rows)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
