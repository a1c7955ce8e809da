package dbtest

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/migrations"
)

// EnvPostgres names the variable with the address of the PostgreSQL server to
// test on. When it is empty tests run on SQLite.
const EnvPostgres = "KOMPETANSETORG_TEST_PG"

// New gives t a database of its own with the whole schema and no rows. It is
// closed and removed when t ends.
func New(t testing.TB) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), DSN(t), db.Unsynced())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("close the test database: %v", err)
		}
	})
	return d
}

// DSN gives t the address of a migrated database of its own that nobody has
// opened yet, for tests of a whole program. It is removed when t ends.
func DSN(t testing.TB) string {
	t.Helper()
	if os.Getenv(EnvPostgres) != "" {
		return postgresCopy(t)
	}
	file, err := sqliteTemplate()
	if err != nil {
		t.Fatalf("make the template database: %v", err)
	}
	path := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}

// Empty gives t the address of a database without any table, for tests of
// migrations and of the first start.
func Empty(t testing.TB) string {
	t.Helper()
	if os.Getenv(EnvPostgres) != "" {
		return postgresEmpty(t)
	}
	return "sqlite:" + filepath.Join(t.TempDir(), "empty.db")
}

// sqliteTemplate gives the bytes of a migrated, empty SQLite file, made once
// per process.
var sqliteTemplate = sync.OnceValues(func() (file []byte, err error) {
	folder, err := os.MkdirTemp("", "kompetansetorg-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "template.db")
	if err := migrate("sqlite:" + path); err != nil {
		return nil, err
	}
	return os.ReadFile(path) // closing has moved the WAL into it
})

// migrate makes the schema in the database at dsn and closes it.
func migrate(dsn string) (err error) {
	ctx := context.Background()
	d, err := db.Open(ctx, dsn, db.Unsynced(), db.WithLogger(slog.New(slog.DiscardHandler)))
	if err != nil {
		return err
	}
	defer func() {
		if closing := d.Close(); err == nil {
			err = closing
		}
	}()
	return db.Migrate(ctx, d, migrations.Files)
}
