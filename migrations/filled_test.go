package migrations_test

import (
	"context"
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/migrations"
)

// until is the history of the schema up to and with the file.
func until(t *testing.T, last string) fstest.MapFS {
	t.Helper()
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	out := fstest.MapFS{}
	for _, name := range names {
		text, err := fs.ReadFile(migrations.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		if name <= last {
			out[name] = &fstest.MapFile{Data: text}
		}
	}
	return out
}

// TestBallPlaceOfWhatWasThere sees that needs and pooled needs of before 0012
// lie where they are, and that the county has the balls of what is internal.
func TestBallPlaceOfWhatWasThere(t *testing.T) {
	ctx := context.Background()
	d, err := db.Open(ctx, dbtest.Empty(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := db.Migrate(ctx, d, until(t, "0011_import.sql")); err != nil {
		t.Fatal(err)
	}
	fill(ctx, t, d)
	if err := db.Migrate(ctx, d, migrations.Files); err != nil {
		t.Fatal(err)
	}
	err = d.Read(ctx, func(tx *db.Tx) error {
		got, err := db.List[string](ctx, tx, `SELECT kind || ' ' || subject || ' ' || municipality FROM flow_place ORDER BY kind, subject, municipality`)
		if want := []string{"need a 5025", "need b 5025", "need c 5007", "need d 5021", "need_pool p 5007", "need_pool p 5025"}; !slices.Equal(got, want) {
			t.Errorf("places %q, want %q", got, want)
		}
		if err != nil {
			return err
		}
		got, err = db.List[string](ctx, tx, `SELECT i.subject || ' ' || i.ball_party || ' ' || i.ball_role || ' ' || COALESCE(n.ball_role, '-')
			FROM flow_item AS i LEFT JOIN need AS n ON n.id = i.subject ORDER BY i.kind, i.subject`)
		if want := []string{"a secretary forum_secretary forum_secretary", "b secretary forum_secretary forum_secretary", "c secretary forum_secretary forum_secretary",
			"d county case_officer case_officer", "e secretary forum_secretary forum_secretary", "p secretary forum_secretary -"}; !slices.Equal(got, want) {
			t.Errorf("balls %q, want %q", got, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// fill puts a pooled need in, its needs and two others, as they were before 0012.
func fill(ctx context.Context, t *testing.T, d *db.DB) {
	t.Helper()
	err := d.Write(ctx, func(tx *db.Tx) error {
		statements := []db.SQL{`INSERT INTO organisation (id, kind, municipality, website, created_at, version) VALUES ('o', 'company', '5025', '', '', 1)`,
			`INSERT INTO need_pool (id, number, number_key, title, title_fold, field, level, region, min_to_start, coordinator, state, no_forum,
			created_at, created_by, updated_at, updated_by, version) VALUES ('p', 'F', 1, '', '', '', '', '', 0, 'o', 'mapped', FALSE, '', '', '', '', 1)`}
		for _, q := range statements {
			if _, err := db.Exec(ctx, tx, q); err != nil {
				return err
			}
		}
		for _, n := range []struct {
			id, municipality, confidentiality string
			pool                              any
		}{{"a", "5025", "open", "p"}, {"b", "5025", "open", "p"}, {"c", "5007", "open", "p"}, {"d", "5021", "internal", nil}, {"e", "", "open", nil}} {
			if _, err := db.Exec(ctx, tx, `INSERT INTO need (id, number_key, title, title_own, firms, mandate_ground, municipality, sector, purpose, level,
				field, horizon, cause, headcount, willing_employ_first, willing_pledge_seats, willing_apprentice, willing_co_finance, willing_instructor,
				confidentiality, sight, lang, source_kind, state, ball_role, no_forum, pool, created_at, created_by, updated_at, updated_by, version)
				VALUES ($1, 0, '', FALSE, 1, '', $2, '', '', '', '', '', '', 1, FALSE, 0, FALSE, FALSE, FALSE, $3, $3, 'nb', 'form', 'mapped',
				'forum_secretary', FALSE, $4, '', '', '', '', 1)`, n.id, n.municipality, n.confidentiality, n.pool); err != nil {
				return err
			}
			if _, err := db.Exec(ctx, tx, insertFlow, "need", n.id); err != nil {
				return err
			}
		}
		_, err := db.Exec(ctx, tx, insertFlow, "need_pool", "p")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

const insertFlow db.SQL = `INSERT INTO flow_item (kind, subject, state, since, label, ball_party, ball_role, moves) VALUES ($1, $2, 'mapped', '', '', 'secretary', 'forum_secretary', 0)`
