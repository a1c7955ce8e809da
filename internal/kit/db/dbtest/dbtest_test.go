package dbtest_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
)

// everything holds one of each thing Schema tells of.
var everything = fstest.MapFS{"0001_all.sql": {Data: []byte(`-- +goose Up
CREATE TABLE need (
	id      TEXT    NOT NULL PRIMARY KEY,
	year    BIGINT  NOT NULL DEFAULT 2021,
	number  BIGINT  NOT NULL DEFAULT -1,
	state   TEXT    NOT NULL DEFAULT 'draft' CHECK (state <> ''), -- a CHECK (in a comment)
	note    TEXT    DEFAULT '',
	is_open BOOLEAN NOT NULL DEFAULT FALSE,
	score   DOUBLE PRECISION,
	detail  JSON,
	double  BIGINT GENERATED ALWAYS AS (number * 2) STORED,
	CHECK (year > 0),
	UNIQUE (year, number)
);
CREATE UNIQUE INDEX need_note_key ON need (note) WHERE is_open;
CREATE INDEX need_state ON need (state, year DESC, id);
CREATE INDEX need_length ON need (length(note));
CREATE TABLE need_part (
	need   TEXT   NOT NULL REFERENCES need (id) ON DELETE CASCADE,
	part   BIGINT NOT NULL,
	year   BIGINT,
	number BIGINT,
	after  TEXT,
	PRIMARY KEY (need, part),
	FOREIGN KEY (year, number) REFERENCES need (year, number) ON UPDATE CASCADE ON DELETE SET NULL
);
CREATE TABLE bare (note TEXT);
`)}}

const described = `bare
    note TEXT

need
    id TEXT NOT NULL
    year BIGINT NOT NULL DEFAULT 2021
    number BIGINT NOT NULL DEFAULT -1
    state TEXT NOT NULL DEFAULT 'draft'
    note TEXT DEFAULT ''
    is_open BOOLEAN NOT NULL DEFAULT FALSE
    score DOUBLE PRECISION
    detail JSON
    double BIGINT GENERATED
    INDEX need_length ((…))
    INDEX need_state (state, year DESC, id)
    PRIMARY KEY (id)
    UNIQUE need_note_key (note) WHERE …
    UNIQUE need_year_number_key (year, number)
    CHECK × 2

need_part
    need TEXT NOT NULL
    part BIGINT NOT NULL
    year BIGINT
    number BIGINT
    after TEXT
    FOREIGN KEY (need) REFERENCES need (id) ON DELETE CASCADE
    FOREIGN KEY (year, number) REFERENCES need (year, number) ON UPDATE CASCADE ON DELETE SET NULL
    PRIMARY KEY (need, part)

`

func TestSchemaTellsEverything(t *testing.T) {
	ctx := context.Background()
	d, err := db.Open(ctx, dbtest.Empty(t), db.Unsynced())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := db.Migrate(ctx, d, everything); err != nil {
		t.Fatal(err)
	}
	got, err := dbtest.Schema(ctx, d)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(described, "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("want (-) and got (+) differ:\n%s", diff)
	}
}

func TestEachTestHasItsOwn(t *testing.T) {
	ctx := context.Background()
	one, two := dbtest.New(t), dbtest.New(t)
	err := one.Write(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `CREATE TABLE only_here (id TEXT)`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	before, err := dbtest.Schema(ctx, two)
	if err != nil || strings.Contains(before, "only_here") {
		t.Errorf("the other test sees the table: %v", err)
	}
}

func TestNothingStaysBehind(t *testing.T) {
	if os.Getenv(dbtest.EnvPostgres) != "" {
		t.Skip("looks at files; on PostgreSQL a database that cannot be dropped fails its test")
	}
	path := ""
	t.Run("inner", func(t *testing.T) { path = dbtest.New(t).Name() })
	if _, err := os.Stat(filepath.Dir(path)); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", path, err)
	}
}
