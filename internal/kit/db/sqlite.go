package db

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// openSQLite opens two pools on one file: a single connection for writing, so
// that writers queue in Go and never meet SQLITE_BUSY among themselves, and
// several that can only read.
func (d *DB) openSQLite(path string) error {
	if path == "" || strings.HasPrefix(path, ":memory:") {
		return errors.New("sqlite: needs the path of a file, as in sqlite:kompetansetorg.db")
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("sqlite: %w", err)
	}
	if err := createPrivate(abs); err != nil {
		return err
	}
	d.engine, d.name, d.sqlitePath = SQLite, abs, abs
	known, err := sql.Open("sqlite", "") // opens nothing yet
	if err != nil {
		return err
	}
	defer known.Close()
	references := "_pragma=foreign_keys(1)"
	if d.loading {
		references = "_pragma=foreign_keys(0)"
	}
	d.write = sql.OpenDB(sqliteConnector{known.Driver(), d.sqliteURL("_txlock=immediate", references)})
	d.write.SetMaxOpenConns(1)
	d.write.SetMaxIdleConns(1)
	d.read = sql.OpenDB(sqliteConnector{known.Driver(), d.sqliteURL("_query_only=1")})
	d.read.SetMaxOpenConns(readers())
	d.read.SetMaxIdleConns(readers())
	d.read.SetConnMaxLifetime(time.Hour) // see Maintain
	return nil
}

// createPrivate makes an empty file that only its owner can read, unless there
// is one. It never opens an existing file: closing it again would drop the
// locks SQLite holds on it in this process.
func createPrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case err == nil:
		return f.Close()
	case errors.Is(err, fs.ErrExist):
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return fmt.Errorf("sqlite: %s is a folder", path)
		}
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("sqlite: the folder %s does not exist", filepath.Dir(path))
	default:
		return fmt.Errorf("sqlite: %w", err)
	}
}

// sqliteURL gives the driver's address for the file with the settings every
// connection needs. busy_timeout is applied first by the driver, so that the
// other settings wait as well.
func (d *DB) sqliteURL(extra ...string) string {
	synchronous := "FULL" // NORMAL would lose the newest commits at a power loss
	if d.unsynced {
		synchronous = "OFF"
	}
	settings := append([]string{
		"_busy_timeout=10000",
		"_journal_mode=WAL",
		"_synchronous=" + synchronous,
		"_dqs=0", // "x" is a name, never silently a string
		"_pragma=case_sensitive_like(1)",
		"_pragma=cache_size(-16000)",
		"_pragma=temp_store(MEMORY)",
		"_pragma=journal_size_limit(67108864)",
	}, extra...)
	file := url.URL{Scheme: "file", Path: filepath.ToSlash(d.sqlitePath), RawQuery: strings.Join(settings, "&")}
	return file.String()
}

// sqliteTrouble tells what went wrong from a driver error, or trouble zero.
func sqliteTrouble(err error) trouble {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return trouble{}
	}
	switch code := e.Code(); code {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return trouble{kind: troubleUnique, constraint: sqliteKeyName(e.Error(), code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)}
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return trouble{kind: troubleReference}
	default:
		switch code & 0xff { // the low byte is the family of an extended code
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
			return trouble{kind: troubleRetry}
		case sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN:
			return trouble{kind: troubleDown}
		}
	}
	return trouble{}
}

// sqliteKeyName turns SQLite's "UNIQUE constraint failed: need.year, need.number"
// into the name PostgreSQL gives the same key: need_year_number_key, or
// need_pkey for the primary key.
func sqliteKeyName(message string, primary bool) string {
	_, columns, ok := strings.Cut(message, "constraint failed: ")
	if i := strings.LastIndex(columns, "constraint failed: "); i >= 0 {
		columns = columns[i+len("constraint failed: "):]
	}
	if !ok {
		return ""
	}
	if i := strings.LastIndex(columns, " ("); i >= 0 {
		columns = columns[:i] // the driver adds " (2067)"
	}
	if name, found := strings.CutPrefix(columns, "index '"); found {
		return strings.TrimSuffix(name, "'")
	}
	var table string
	var names []string
	for _, column := range strings.Split(columns, ", ") {
		var name string
		table, name, _ = strings.Cut(column, ".")
		names = append(names, name)
	}
	if primary {
		return table + "_pkey"
	}
	return table + "_" + strings.Join(names, "_") + "_key"
}
