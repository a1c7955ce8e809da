package soak_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/migrations"
)

// envNeeds changes how many needs are generated.
const envNeeds = "KOMPETANSETORG_SOAK_NEEDS"

// TestBackupThereAndBack fills the demo with 100,000 needs, takes a backup while
// others register, restores it on the same engine, with PostgreSQL under test
// on SQLite as well and from there back again, and each time gets the same
// content hash.
func TestBackupThereAndBack(t *testing.T) {
	kills(t)
	needs := 100_000
	if n, err := strconv.Atoi(os.Getenv(envNeeds)); err == nil {
		needs = n
	}
	binary, dsn := build(t), dbtest.Empty(t)
	start(t, binary, dsn).kill()
	generate(t, dsn, needs)
	s := start(t, binary, dsn)
	token, org := s.token(t, "employer"), s.organisation(t)
	acknowledged := map[string]string{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	for client := range 4 {
		wg.Go(func() { hammer(ctx, s, token, org, fmt.Sprintf("backup-%d", client), acknowledged, &mu) })
	}
	count := func() int {
		mu.Lock()
		defer mu.Unlock()
		return len(acknowledged)
	}
	for count() == 0 {
		time.Sleep(10 * time.Millisecond)
	}
	before, begun := count(), time.Now()
	file := filepath.Join(t.TempDir(), "house.kt")
	want := run(t, binary, "backup", file, "--db", dsn)
	t.Logf("backup of %d needs in %s, %d registered meanwhile", needs, time.Since(begun).Round(time.Millisecond), count()-before)
	if count() == before {
		t.Error("nobody could register while the backup was taken")
	}
	stop()
	wg.Wait()
	s.kill()
	if rows, _ := strconv.Atoi(strings.Split(want, "\t")[1]); rows < 5*needs {
		t.Errorf("%d rows for %d needs", rows, needs)
	}
	targets := []string{dbtest.Empty(t)}
	if os.Getenv(dbtest.EnvPostgres) != "" {
		targets = append(targets, "sqlite:"+filepath.Join(t.TempDir(), "other.db"), dbtest.Empty(t))
	}
	for i, to := range targets {
		begun := time.Now()
		if got := run(t, binary, "restore", file, "--db", to); got != want {
			t.Fatalf("restored %q, want %q", got, want)
		}
		t.Logf("restored in %s", time.Since(begun).Round(time.Millisecond))
		// The next one is restored from what this one says.
		file = filepath.Join(t.TempDir(), fmt.Sprintf("again-%d.kt", i))
		if got := run(t, binary, "backup", file, "--db", to); got != want {
			t.Fatalf("a backup of what was restored: %q, want %q", got, want)
		}
		run(t, binary, "audit", "verify", "--db", to)
	}
}

// run runs a command of the binary and answers what it wrote.
func run(t *testing.T, binary string, args ...string) string {
	t.Helper()
	var said strings.Builder
	cmd := exec.Command(binary, args...)
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%q: %v\n%s", args, err, said.String())
	}
	return string(out)
}

// generate adds copies of a need of the demo with all that hangs on it. Through
// the use case it would take minutes.
func generate(t *testing.T, dsn string, needs int) {
	t.Helper()
	ctx := t.Context()
	newest, err := db.NewestVersion(migrations.Files)
	if err != nil {
		t.Fatal(err)
	}
	scratch, remove, err := db.Scratch(ctx, migrations.Files, newest)
	if err != nil {
		t.Fatal(err)
	}
	defer remove()
	tables, err := db.Tables(ctx, scratch)
	if err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var moulds []mould
	for _, name := range []string{"need", "need_text", "need_choice", "need_concept", "flow_item", "flow_place", "flow_move"} {
		for _, table := range tables {
			if table.Name == name {
				moulds = append(moulds, mould{table: table})
			}
		}
	}
	const batch = 2000
	for from := 0; from < needs; from += batch {
		err := d.Write(ctx, func(tx *db.Tx) error {
			if from == 0 {
				if err := take(ctx, tx, moulds); err != nil {
					return err
				}
			}
			return cast(ctx, tx, moulds, from, min(from+batch, needs))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// mould is a table and the rows of it that belong to the need that is copied.
type mould struct {
	table db.Table
	rows  [][]any
}

// take finds the moulds of the first need that has been sent in.
func take(ctx context.Context, tx *db.Tx, moulds []mould) error {
	var mother any
	for i := range moulds {
		m := &moulds[i]
		m.rows = nil
		for row, err := range db.EachRow(ctx, tx, m.table) {
			if err != nil {
				return err
			}
			if m.table.Name == "need" && mother == nil && row[m.at("number")] != nil {
				mother = row[m.at("id")]
			}
			if mother != nil && row[m.owner()] == mother {
				m.rows = append(m.rows, append([]any(nil), row...))
			}
		}
	}
	return nil
}

// at is the place of a column, -1 when the table has none of the name.
func (m mould) at(column string) int {
	for i, c := range m.table.Columns {
		if c.Name == column {
			return i
		}
	}
	return -1
}

// owner is the place of the column with the need's id.
func (m mould) owner() int { return max(m.at("need"), m.at("subject"), m.at("id")) }

// cast adds the copies from and up to to.
func cast(ctx context.Context, tx *db.Tx, moulds []mould, from, to int) error {
	ids := make([]string, to-from)
	for i := range ids {
		ids[i] = string(id.New[struct{}]())
	}
	for _, m := range moulds {
		var rows [][]any
		for i, needID := range ids {
			for _, row := range m.rows {
				copied := append([]any(nil), row...)
				copied[m.owner()] = needID
				if m.table.Name == "need" {
					copied[m.at("number")] = fmt.Sprintf("S-%d", from+i)
					copied[m.at("fingerprint")], copied[m.at("pool")] = nil, nil
				}
				if at := m.at("text"); at >= 0 {
					copied[at] = fmt.Sprintf("%v (%d, «økt»)", row[at], from+i)
				}
				rows = append(rows, copied)
			}
		}
		if err := db.InsertRows(ctx, tx, m.table, rows); err != nil {
			return err
		}
	}
	return nil
}
