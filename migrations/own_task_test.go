package migrations_test

import (
	"context"
	"slices"
	"testing"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/migrations"
)

// TestOwnDecisionsOfBeforeAreTasks sees that those who were asked before 0039 and have not
// answered get the ball, with its deadline and the title that all may read, and that
// nobody is told of it as of something new.
func TestOwnDecisionsOfBeforeAreTasks(t *testing.T) {
	ctx := context.Background()
	d, err := db.Open(ctx, dbtest.Empty(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := db.Migrate(ctx, d, until(t, "0038_own.sql")); err != nil {
		t.Fatal(err)
	}
	err = d.Write(ctx, func(tx *db.Tx) error {
		for _, q := range []db.SQL{`INSERT INTO organisation (id, kind, municipality, website, created_at, version) VALUES ('o', 'municipality', '5025', '', '', 1)`,
			`INSERT INTO organisation (id, kind, municipality, website, created_at, version) VALUES ('p', 'municipality', '5026', '', '', 1)`,
			`INSERT INTO body (id, kind, name, name_fold, name_sort, about, host, secretariat, region, from_day, created_at, version) VALUES ('b', 'council', '', '', '', '', 'o', 'o', '', '', '', 1)`,
			`INSERT INTO meeting (id, body, day, from_clock, to_clock, place, remote, link, state, sequence, edition, why, created_at, created_by, version)
			VALUES ('m', 'b', '', '', '', '', FALSE, '', 'sent', 0, 1, '', '', '', 1)`,
			insertItem, insertClosed,
			`INSERT INTO own_decision (id, item, org, due, answer, ref, told, via, asked_by, asked_at, answered_by, version) VALUES ('x', 'i', 'o', '2027-01-31', '', '', '', '', '', '2026', '', 1)`,
			`INSERT INTO own_decision (id, item, org, answer, ref, told, via, asked_by, asked_at, answered_by, version) VALUES ('y', 'i', 'p', 'yes', '', '', 'seat', '', '2026', '', 2)`,
			`INSERT INTO own_decision (id, item, org, answer, ref, told, via, asked_by, asked_at, answered_by, version) VALUES ('z', 'c', 'p', '', '', '', '', '', '2026', '', 1)`} {
			if _, err := db.Exec(ctx, tx, q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(ctx, d, migrations.Files); err != nil {
		t.Fatal(err)
	}
	err = d.Read(ctx, func(tx *db.Tx) error {
		got, err := db.List[string](ctx, tx, `SELECT f.subject || ' ' || f.state || ' ' || f.label || ' ' || f.ball_org || ' ' || COALESCE(f.due, '-') FROM flow_item AS f
			JOIN flow_move AS m ON m.kind = f.kind AND m.subject = f.subject AND m.nr = 0 AND m.told = TRUE WHERE f.kind = 'own_decision' ORDER BY f.subject`)
		if want := []string{"x asked Kurs o 2027-01-31", "z asked Personalsak p -"}; !slices.Equal(got, want) {
			t.Errorf("tasks %q, want %q", got, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestOwnDecisionsOfCancelledMeetingsEnd sees that those who were asked in a meeting that
// was cancelled before 0043 lose the ball, that all others keep it, and that nobody is told.
func TestOwnDecisionsOfCancelledMeetingsEnd(t *testing.T) {
	ctx := context.Background()
	d, err := db.Open(ctx, dbtest.Empty(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := db.Migrate(ctx, d, until(t, "0040_comment.sql")); err != nil {
		t.Fatal(err)
	}
	err = d.Write(ctx, func(tx *db.Tx) error {
		for _, q := range []db.SQL{`INSERT INTO organisation (id, kind, municipality, website, created_at, version) VALUES ('o', 'municipality', '5025', '', '', 1)`,
			`INSERT INTO organisation (id, kind, municipality, website, created_at, version) VALUES ('p', 'municipality', '5026', '', '', 1)`,
			`INSERT INTO body (id, kind, name, name_fold, name_sort, about, host, secretariat, region, from_day, created_at, version) VALUES ('b', 'council', '', '', '', '', 'o', 'o', '', '', '', 1)`,
			`INSERT INTO meeting (id, body, day, from_clock, to_clock, place, remote, link, state, sequence, edition, why, created_at, created_by, version)
			VALUES ('m', 'b', '', '', '', '', FALSE, '', 'cancelled', 0, 1, '', '', '', 1)`,
			`INSERT INTO meeting (id, body, day, from_clock, to_clock, place, remote, link, state, sequence, edition, why, created_at, created_by, version)
			VALUES ('n', 'b', '', '', '', '', FALSE, '', 'sent', 0, 1, '', '', '', 1)`,
			insertItem, insertClosed, `UPDATE agenda_item SET meeting = 'n' WHERE id = 'c'`,
			`INSERT INTO own_decision (id, item, org, due, answer, ref, told, via, asked_by, asked_at, answered_by, version) VALUES ('x', 'i', 'o', '2027-01-31', '', '', '', '', '', '2026', '', 1)`,
			`INSERT INTO own_decision (id, item, org, answer, ref, told, via, asked_by, asked_at, answered_by, version) VALUES ('y', 'i', 'p', 'yes', '', '', 'seat', '', '2026', '', 2)`,
			`INSERT INTO own_decision (id, item, org, answer, ref, told, via, asked_by, asked_at, answered_by, version) VALUES ('z', 'c', 'p', '', '', '', '', '', '2026', '', 1)`,
			insertBall,
			`INSERT INTO flow_item (kind, subject, state, since, label, ball_party, ball_org, ball_role, due, moves, passes) VALUES ('own_decision', 'y', 'answered', '2026', '', '', NULL, '', NULL, 1, 0)`,
			`INSERT INTO flow_item (kind, subject, state, since, label, ball_party, ball_org, ball_role, due, moves, passes) VALUES ('own_decision', 'z', 'asked', '2026', '', 'owner', 'p', '', NULL, 0, 0)`} {
			if _, err := db.Exec(ctx, tx, q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(ctx, d, migrations.Files); err != nil {
		t.Fatal(err)
	}
	err = d.Read(ctx, func(tx *db.Tx) error {
		got, err := db.List[string](ctx, tx, `SELECT f.subject || ' ' || f.state || ' ' || COALESCE(f.ball_org, '-') || ' ' || COALESCE(f.due, '-') || ' ' || CAST(f.moves AS TEXT)
			FROM flow_item AS f WHERE f.kind = 'own_decision' ORDER BY f.subject`)
		if want := []string{"x dropped - - 1", "y answered - - 1", "z asked p - 0"}; !slices.Equal(got, want) {
			t.Errorf("tasks %q, want %q", got, want)
		}
		if err != nil {
			return err
		}
		moves, err := db.List[string](ctx, tx, `SELECT m.subject || ' ' || m.from_state || ' ' || m.to_state FROM flow_move AS m WHERE m.kind = 'own_decision' AND m.nr = 1 AND m.told = TRUE ORDER BY m.subject`)
		if want := []string{"x asked dropped"}; !slices.Equal(moves, want) {
			t.Errorf("moves %q, want %q", moves, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

const (
	insertBall db.SQL = `INSERT INTO flow_item (kind, subject, state, since, label, ball_party, ball_org, ball_role, due, moves, passes)
		VALUES ('own_decision', 'x', 'asked', '2026', '', 'owner', 'o', '', '2027-01-31', 0, 0)`
	insertItem db.SQL = `INSERT INTO agenda_item (id, meeting, body, position, kind, state, title, public_title, ground, words, prefix, year, off_agenda, doors, doors_ground, doors_for,
		doors_against, matter, scope, scope_by, treated, version) VALUES ('i', 'm', 'b', 1, 'other', 'listed', 'Kurs', '', '', '', '', 0, FALSE, '', '', 0, 0, '', '', '', '', 1)`
	insertClosed db.SQL = `INSERT INTO agenda_item (id, meeting, body, position, kind, state, title, public_title, ground, words, prefix, year, off_agenda, doors, doors_ground, doors_for,
		doors_against, matter, scope, scope_by, treated, version) VALUES ('c', 'm', 'b', 2, 'other', 'listed', 'Hemmelig', 'Personalsak', 'staff', '', '', 0, FALSE, '', '', 0, 0, '', '', '', '', 1)`
)
