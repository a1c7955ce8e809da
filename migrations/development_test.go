package migrations_test

import (
	"context"
	"slices"
	"testing"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/migrations"
)

const (
	oldProgramme db.SQL = `INSERT INTO programme (id, provider, state, title_nb, title_nn, title_en, description_nb, description_nn, description_en, code, code_type, level, nkr, credits, credit_unit,
		admission_nb, admission_nn, admission_en, languages, supervision_nb, supervision_nn, supervision_en, contact, website, source, source_id, search_fold, title_sort, created_at, updated_at, changed, version)
		VALUES ('r', 'o', 'concept', '', '', '', '', '', '', '', '', 'kurs', '', 0, '', '', '', '', 'nb', '', '', '', '', '', '', '', '', '', '', '', 1, 1)`
	oldPool db.SQL = `INSERT INTO need_pool (id, number, number_key, title, title_fold, field, level, region, min_to_start, coordinator, state, no_forum, created_at, created_by, updated_at, updated_by, version)
		VALUES ('p', 'F-1', 1, '', '', '', '', '', 0, 'o', 'mapped', FALSE, '', '', '', '', 1)`
	oldAnswer db.SQL = `INSERT INTO develop_answer (id, pool, nr, provider, kind, unit, seats, arrange, cost, hours, equipment, words, answered_by, answered_at)
		VALUES ('a', 'p', 1, 'o', 'new', '', 0, '', 0, 0, '', '', '', '')`
	oldDevelopment db.SQL = `INSERT INTO development (id, number, number_key, title, sort, pool, answer, provider, programme, state, public, started, created_by, created_at, version, started_on)
		VALUES ('d', 'U-1', 1, 'Sag', 'new', 'p', 'a', 'o', 'r', 'running', TRUE, 8, 'x', '2026', 4, '2026-11-18')`
)

// TestDevelopmentsOfBeforeStay sees that education in the making of before 0059, whose table is
// made anew, keeps what it had, its plan and its further needs.
func TestDevelopmentsOfBeforeStay(t *testing.T) {
	ctx := context.Background()
	d, err := db.Open(ctx, dbtest.Empty(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := db.Migrate(ctx, d, until(t, "0058_zzz.sql")); err != nil {
		t.Fatal(err)
	}
	err = d.Write(ctx, func(tx *db.Tx) error {
		for _, q := range []db.SQL{`INSERT INTO organisation (id, kind, municipality, website, created_at, version) VALUES ('o', 'fagskole', '5025', '', '', 1)`, oldProgramme, oldPool, oldAnswer, oldDevelopment,
			`INSERT INTO development_stage (development, stage, plan_from) VALUES ('d', 'idea', '2026-01-01')`,
			`INSERT INTO development_link (id, development, pool, linked_by, linked_at) VALUES ('l', 'd', 'p', 'x', '2026')`} {
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
		got, err := db.List[string](ctx, tx, `SELECT d.number || ' ' || d.pool || ' ' || d.answer || ' ' || d.state || ' ' || d.started_on || ' ' || s.stage || ' ' || s.plan_from || ' ' || l.pool || ' ' || COALESCE(d.copied_from, '-')
			FROM development AS d JOIN development_stage AS s ON s.development = d.id JOIN development_link AS l ON l.development = d.id WHERE d.public AND d.started = 8 AND d.version = 4 ORDER BY d.number, d.id`)
		if want := []string{"U-1 p a running 2026-11-18 idea 2026-01-01 p -"}; !slices.Equal(got, want) {
			t.Errorf("it has become %q, want %q", got, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
