package backup_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"kompetansetorg/internal/kit/backup"
	"kompetansetorg/internal/kit/db"
)

// schema is a small history of its own, so that these tests do not change when
// a room does: references in a circle, to the table itself and to a table that
// comes later by its name, and a row that a migration puts in.
var schema = fstest.MapFS{
	"0001_thing.sql": {Data: []byte(`-- +goose Up
CREATE TABLE place (
	code TEXT NOT NULL PRIMARY KEY,
	name TEXT NOT NULL
);
INSERT INTO place (code, name) VALUES ('5022', 'Rennebu');
CREATE TABLE item (
	place TEXT NOT NULL REFERENCES place (code),
	nr BIGINT NOT NULL,
	is_open BOOLEAN NOT NULL,
	score DOUBLE PRECISION,
	detail JSON,
	parent_nr BIGINT,
	PRIMARY KEY (place, nr),
	FOREIGN KEY (place, parent_nr) REFERENCES item (place, nr)
);
`)},
	"0002_later.sql": {Data: []byte(`-- +goose Up
ALTER TABLE place ADD COLUMN note TEXT;
UPDATE place SET note = 'as it was: ' || name;
`)},
}

const (
	insertPlace db.SQL = `INSERT INTO place (code, name) VALUES ($1, $2)`
	insertItem  db.SQL = `INSERT INTO item (place, nr, is_open, score, detail, parent_nr) VALUES ($1, $2, $3, $4, $5, $6)`
	countPlaces db.SQL = `SELECT count(*) FROM place`
	notes       db.SQL = `SELECT code || ' ' || note FROM place ORDER BY code`
)

// open opens the database at dsn with the history up to and with the version.
func open(t *testing.T, dsn string, version int64) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), dsn, db.Unsynced(), db.WithLogger(slog.New(slog.DiscardHandler)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if version > 0 {
		if err := db.MigrateTo(t.Context(), d, schema, version); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// oddTexts are what texts may hold that a format could spoil.
var oddTexts = []string{"Aasen", "Ål", "aa", "å", "Østre \"Toten\" \\ <b>&", "linje\nlinje\r\n\tx\x01", "\u2028𝄞", "", "null", "Z"}

func fill(t *testing.T, d *db.DB, items int) {
	t.Helper()
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		for _, text := range oddTexts {
			if _, err := db.Exec(t.Context(), tx, insertPlace, "c"+text, text); err != nil {
				return err
			}
		}
		for i := range items {
			var score, detail, parent any
			if i%3 > 0 {
				score, detail, parent = float64(i)/7, fmt.Sprintf(`{"b": %d, "a" : "å"}`, i), i-1
			}
			if _, err := db.Exec(t.Context(), tx, insertItem, "cå", i, i%2 == 0, score, detail, parent); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// house is a filled database on the engine under test with two attachments.
func house(t *testing.T, dsn string, version int64, items int) backup.House {
	t.Helper()
	d := open(t, dsn, version)
	fill(t, d, items)
	files := t.TempDir()
	for path, content := range map[string]string{"01/referat æ.pdf": "møte", "02/x": "", "02/y.part": "half"} {
		full := filepath.Join(files, path)
		if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return backup.House{DB: d, Files: files, Migrations: schema, Program: "test"}
}

// made is an archive of the house in a file.
func made(t *testing.T, h backup.House) (path string, sum backup.Sum) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "house.kt")
	sum, err := backup.Create(t.Context(), path, h)
	if err != nil {
		t.Fatal(err)
	}
	return path, sum
}

// sqliteFile is the address of a SQLite database that is not there yet.
func sqliteFile(t *testing.T) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "new.db")
}

// isEmpty reports whether the database has no table of the history.
func isEmpty(t *testing.T, dsn string) bool {
	t.Helper()
	d := open(t, dsn, 0)
	defer d.Close()
	for _, name := range []string{"place", "item", "schema_version"} {
		there, err := d.HasTable(context.Background(), name)
		if err != nil {
			t.Fatal(err)
		}
		if there {
			return false
		}
	}
	return true
}

func into(t *testing.T, dsn string) backup.Into {
	t.Helper()
	return backup.Into{DSN: dsn, Files: filepath.Join(t.TempDir(), "files"), Migrations: schema}
}
