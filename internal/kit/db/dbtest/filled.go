package dbtest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// Filled makes copies of a database that is costly to fill. The zero value with
// a Fill is ready; it fills a database once, when the first copy is asked for.
type Filled struct {
	// Fill puts the rows into the migrated database at dsn, and closes it.
	Fill func(dsn string) error

	once     sync.Once
	file     []byte // of SQLite
	template string // of PostgreSQL
	err      error
}

// DSN gives t the address of a copy of its own that nobody has opened yet. It is
// removed when t ends.
func (f *Filled) DSN(t testing.TB) string {
	t.Helper()
	onPostgres := os.Getenv(EnvPostgres) != ""
	f.once.Do(func() {
		if onPostgres {
			f.template, f.err = f.fillPostgres()
		} else {
			f.file, f.err = f.fillSQLite()
		}
	})
	if f.err != nil {
		t.Fatalf("fill the database to copy: %v", f.err)
	}
	if onPostgres {
		return postgresNew(t, " TEMPLATE "+f.template)
	}
	path := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(path, f.file, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}

func (f *Filled) fillSQLite() ([]byte, error) {
	folder, err := os.MkdirTemp("", "kompetansetorg-filled-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	empty, err := sqliteTemplate()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(folder, "filled.db")
	if err := os.WriteFile(path, empty, 0o600); err != nil {
		return nil, err
	}
	if err := f.Fill("sqlite:" + path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// fillPostgres makes a database that lives as long as the server: other tests of
// the process copy it, and nothing tells when the last one has.
func (f *Filled) fillPostgres() (string, error) {
	template, err := postgresTemplate()
	if err != nil {
		return "", err
	}
	handle, err := admin()
	if err != nil {
		return "", err
	}
	random := make([]byte, 8)
	_, _ = rand.Read(random) // never fails
	name := "kt_filled_" + hex.EncodeToString(random)
	if _, err := handle.ExecContext(context.Background(), "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		return "", err
	}
	dsn, err := address(name)
	if err != nil {
		return "", err
	}
	return name, f.Fill(dsn)
}
