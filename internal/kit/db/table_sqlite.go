package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

const (
	// Neither the parts of a virtual table nor SQLite's own tables.
	tableNames SQL = `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'
		AND name <> 'schema_version' ORDER BY name`
	tableColumns     SQL = `SELECT name, upper(type) AS type, pk FROM pragma_table_xinfo($1) WHERE hidden = 0 ORDER BY cid`
	checksAsItGoes   SQL = `SELECT foreign_keys FROM pragma_foreign_keys`
	brokenReferences SQL = `SELECT count(*) FROM pragma_foreign_key_check`
)

// kinds are the types of columns that migrations may write. JSON is text that
// is never looked into.
var kinds = map[string]Kind{"TEXT": KindText, "JSON": KindText, "BIGINT": KindInteger, "INTEGER": KindInteger,
	"BOOLEAN": KindBoolean, "DOUBLE PRECISION": KindReal}

// Scratch makes a SQLite database of the migrations up to and with the version,
// in a folder for temporary files. Remove closes and removes it.
func Scratch(ctx context.Context, files fs.FS, version int64) (d *DB, remove func(), err error) {
	folder, err := os.MkdirTemp("", "kompetansetorg-scratch-")
	if err != nil {
		return nil, nil, err
	}
	d, err = Open(ctx, "sqlite:"+filepath.Join(folder, "scratch.db"), Unsynced(), WithLogger(slog.New(slog.DiscardHandler)))
	if err != nil {
		_ = os.RemoveAll(folder)
		return nil, nil, err
	}
	remove = func() {
		_ = d.Close()
		_ = os.RemoveAll(folder)
	}
	if err := MigrateTo(ctx, d, files, version); err != nil {
		remove()
		return nil, nil, err
	}
	return d, remove, nil
}

// Tables lists the tables of a database that Scratch made, by name. So the list
// is what the migrations say and nothing besides: tables that a kit makes for
// its engine, such as those of a search, are not in it.
func Tables(ctx context.Context, scratch *DB) (tables []Table, err error) {
	if scratch.engine != SQLite {
		return nil, fmt.Errorf("db: tables are read from a scratch database, not from %s", scratch.engine)
	}
	err = scratch.Read(ctx, func(tx *Tx) error {
		tables = nil
		names, err := List[string](ctx, tx, tableNames)
		if err != nil {
			return err
		}
		for _, name := range names {
			t, err := readTable(ctx, tx, name)
			if err != nil {
				return err
			}
			tables = append(tables, t)
		}
		return nil
	})
	return tables, err
}

func readTable(ctx context.Context, tx *Tx, name string) (Table, error) {
	type column struct {
		Name string `db:"name"`
		Type string `db:"type"`
		Key  int    `db:"pk"` // place in the primary key, from 1; 0 outside it
	}
	columns, err := List[column](ctx, tx, tableColumns, name)
	if err != nil {
		return Table{}, err
	}
	t := Table{Name: name, Key: make([]string, len(columns))}
	keys := 0
	for _, c := range columns {
		kind, known := kinds[strings.TrimSpace(c.Type)]
		if !known {
			return Table{}, fmt.Errorf("db: table %s: column %s has the type %q", name, c.Name, c.Type)
		}
		t.Columns = append(t.Columns, Column{c.Name, kind})
		if c.Key > 0 {
			t.Key[c.Key-1] = c.Name
			keys++
		}
	}
	if keys == 0 {
		return Table{}, fmt.Errorf("db: table %s has no primary key", name)
	}
	t.Key = t.Key[:keys]
	return t, nil
}

// loadFreelySQLite checks all references when the rows are there. SQLite can
// also put each check off to the end, but then looks for every new row through
// the whole of the tables that may be waiting for it.
func loadFreelySQLite(ctx context.Context, tx *Tx, fn func() error) error {
	on, err := Scalar[bool](ctx, tx, checksAsItGoes)
	if err != nil {
		return err
	}
	if on {
		return errors.New("db: LoadFreely on SQLite wants a database opened ForLoading")
	}
	if err := fn(); err != nil {
		return err
	}
	n, err := Scalar[int64](ctx, tx, brokenReferences)
	if err == nil && n > 0 {
		err = fmt.Errorf("%d rows refer to what is not there", n)
	}
	return err
}
