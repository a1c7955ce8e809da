package db_test

import (
	"context"
	"log/slog"
	"testing"
	"testing/fstest"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
)

// schema is a small history of its own, so that these tests do not change when
// a room does.
var schema = fstest.MapFS{
	"0001_thing.sql": {Data: []byte(`-- +goose Up
CREATE TABLE thing (
	id      TEXT    NOT NULL PRIMARY KEY,
	name    TEXT    NOT NULL,
	year    BIGINT  NOT NULL,
	number  BIGINT  NOT NULL,
	is_open BOOLEAN NOT NULL,
	made    TEXT,
	day     TEXT,
	score   DOUBLE PRECISION,
	detail  JSON,
	parent  TEXT REFERENCES thing (id),
	version BIGINT  NOT NULL,
	UNIQUE (year, number)
);
CREATE UNIQUE INDEX thing_name_key ON thing (name) WHERE is_open;
`)},
}

const insertThing db.SQL = `INSERT INTO thing (id, name, year, number, is_open, made, day, score, detail, parent, version)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)`

const getThing db.SQL = `SELECT id, name, year, number, is_open, made, day, score, detail, parent, version FROM thing WHERE id = $1`

const countThings db.SQL = `SELECT count(*) FROM thing`

type thing struct {
	ID      string   `db:"id"`
	Name    string   `db:"name"`
	Year    int      `db:"year"`
	Number  int      `db:"number"`
	IsOpen  bool     `db:"is_open"`
	Made    db.Time  `db:"made"`
	Day     db.Date  `db:"day"`
	Score   *float64 `db:"score"`
	Detail  *string  `db:"detail"`
	Parent  *string  `db:"parent"`
	Version int64    `db:"version"`
}

func (n thing) values() []any {
	return []any{n.ID, n.Name, n.Year, n.Number, n.IsOpen, n.Made, n.Day, n.Score, n.Detail, n.Parent}
}

// open gives a database with the schema above on the engine under test.
func open(t testing.TB, options ...db.Option) *db.DB {
	t.Helper()
	d := openAt(t, dbtest.Empty(t), append([]db.Option{db.Unsynced()}, options...)...)
	if err := db.Migrate(context.Background(), d, schema); err != nil {
		t.Fatal(err)
	}
	return d
}

func openAt(t testing.TB, dsn string, options ...db.Option) *db.DB {
	t.Helper()
	quiet := slog.New(slog.DiscardHandler)
	d, err := db.Open(context.Background(), dsn, append([]db.Option{db.WithLogger(quiet)}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// insert adds things and fails the test when it cannot.
func insert(t testing.TB, d *db.DB, things ...thing) {
	t.Helper()
	err := d.Write(context.Background(), func(tx *db.Tx) error {
		for _, n := range things {
			if _, err := db.Exec(context.Background(), tx, insertThing, n.values()...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// count says how many things there are.
func count(t testing.TB, d *db.DB) int {
	t.Helper()
	var n int
	err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		n, err = db.Scalar[int](context.Background(), tx, countThings)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func day(t testing.TB, text string) db.Date {
	t.Helper()
	d, err := clock.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
