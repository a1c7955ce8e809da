package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/site"
)

// demo opens the house with its sample data on the database and leaves it
// running.
func demo(t *testing.T, dsn string) *site.Site {
	t.Helper()
	s, err := site.Open(context.Background(), site.Config{DB: dsn, Demo: true, PublicURL: "http://example.no", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// TestBackupAndRestore takes a backup of the demo while it runs, restores it on
// the engine under test and on SQLite, and does with the outcome what an
// operator does: audit verify, checksum, start.
func TestBackupAndRestore(t *testing.T) {
	dsn, file := dbtest.Empty(t), filepath.Join(t.TempDir(), "demo.kt")
	demo(t, dsn)
	code, want, stderr := command("backup", file, "--db", dsn)
	if code != 0 || !strings.HasPrefix(want, "ok\t") || strings.Count(want, "\t") != 2 || strings.Count(want, "\n") != 1 {
		t.Fatalf("backup: exit %d, wrote %q, said %q", code, want, stderr)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup may be read by others: %v, %v", info.Mode(), err)
	}
	if code, stdout, _ := command("checksum", "--db", dsn); code != 0 || stdout != want {
		t.Errorf("checksum of the database: exit %d, %q, want %q", code, stdout, want)
	}
	if code, stdout, _ := command("checksum", file); code != 0 || stdout != want {
		t.Errorf("checksum of the backup: exit %d, %q, want %q", code, stdout, want)
	}
	for _, to := range []string{dbtest.Empty(t), "sqlite:" + filepath.Join(t.TempDir(), "new.db")} {
		if code, stdout, stderr := command("restore", "--db", to, file); code != 0 || stdout != want {
			t.Fatalf("restore: exit %d, wrote %q, want %q, said %q", code, stdout, want, stderr)
		}
		if code, stdout, _ := command("audit", "verify", "--db", to); code != 0 || !strings.HasPrefix(stdout, "ok\t") {
			t.Errorf("audit verify: exit %d, wrote %q", code, stdout)
		}
		if code, stdout, _ := command("checksum", "--db", to); code != 0 || stdout != want {
			t.Errorf("checksum: exit %d, wrote %q, want %q", code, stdout, want)
		}
		if code, stdout, _ := command("migrate", "--db", to); code != 0 || stdout != "" {
			t.Errorf("migrate: exit %d, wrote %q", code, stdout)
		}
		if code, _, stderr := command("restore", file, "--db", to); code != 1 || !strings.Contains(stderr, "holds data") {
			t.Errorf("restored twice: exit %d, said %q", code, stderr)
		}
		demo(t, to) // it starts, and finds its own data
	}
}

// TestBackupUsage sees that wrong use is told apart from a refusal, and that a
// command that reads makes no database.
func TestBackupUsage(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "none.db")
	file := filepath.Join(t.TempDir(), "x.kt")
	for _, c := range []struct {
		exit int
		args []string
	}{
		{2, []string{"backup"}},
		{2, []string{"restore"}},
		{2, []string{"restore", file, "--db", "sqlite:" + missing}}, // no such file
		{2, []string{"backup", file, "--db", "mysql://x"}},
		{2, []string{"audit", "verify", "--db", missing}},
		{2, []string{"backup", file, "--what"}},
		{1, []string{"backup", file, "--db", "sqlite:" + missing}},
		{1, []string{"checksum", "--db", "sqlite:" + missing}},
		{1, []string{"audit", "verify", "--db", "sqlite:" + missing}},
		{1, []string{"backup", file, "--db", dbtest.Empty(t)}}, // no tables
		{1, []string{"backup", filepath.Join(file, "no", "folder"), "--db", dbtest.DSN(t)}},
		{1, []string{"backup", file, "--db", dbtest.DSN(t), "--files", missing}},
	} {
		code, stdout, stderr := command(c.args...)
		if code != c.exit || stdout != "" || stderr == "" {
			t.Errorf("%q: exit %d, wrote %q, said %q", c.args, code, stdout, stderr)
		}
	}
	for _, path := range []string{missing, file, file + ".part"} {
		if exists(path) {
			t.Errorf("%s was made", path)
		}
	}
}
