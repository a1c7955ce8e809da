package forms

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/text"
)

const (
	insertForm db.SQL = `INSERT INTO question_form (id, code, title, title_sort, retired, created_at, created_by, updated_at, updated_by, version)
		VALUES ($1, $2, $3, $4, FALSE, $5, $6, $5, $6, 1)`
	touchForm db.SQL = `UPDATE question_form SET title = $1, title_sort = $2, updated_at = $3, updated_by = $4, version = version + 1
		WHERE id = $5 AND version = $6`
	retireForm db.SQL = `UPDATE question_form SET retired = $1, updated_at = $2, updated_by = $3, version = version + 1 WHERE id = $4 AND version = $5`
	deleteForm db.SQL = `DELETE FROM question_form WHERE id = $1 AND version = $2`
	getForm    db.SQL = `SELECT id, code, title, retired, updated_at, version FROM question_form WHERE id = $1`
	getCode    db.SQL = `SELECT id FROM question_form WHERE code = $1`
	listForms  db.SQL = `SELECT id, code, title, retired, updated_at, version FROM question_form ORDER BY retired, title_sort, id`
	countForms db.SQL = `SELECT COUNT(*) FROM question_form WHERE code = $1`

	insertVersion db.SQL = `INSERT INTO question_version (form, nr, state, definition, made_at, made_by) VALUES ($1, $2, 'draft', $3, $4, $5)`
	saveVersion   db.SQL = `UPDATE question_version SET definition = $1 WHERE form = $2 AND state = 'draft'`
	retireVersion db.SQL = `UPDATE question_version SET state = 'retired' WHERE form = $1 AND state = 'published'`
	publish       db.SQL = `UPDATE question_version SET state = 'published', published_at = $1, published_by = $2 WHERE form = $3 AND state = 'draft'`
	deleteDraft   db.SQL = `DELETE FROM question_version WHERE form = $1 AND state = 'draft'`
	listVersions  db.SQL = `SELECT form, nr, state, definition, made_at, published_at FROM question_version WHERE form = $1 ORDER BY nr DESC, form`
	stateVersions db.SQL = `SELECT form, nr, state FROM question_version ORDER BY form, nr DESC`
	countAnswers  db.SQL = `SELECT form_nr, COUNT(*) AS n FROM question_answer WHERE form = $1 GROUP BY form_nr ORDER BY form_nr`
)

type formRow struct {
	ID        ID      `db:"id"`
	Code      string  `db:"code"`
	Title     string  `db:"title"`
	Retired   bool    `db:"retired"`
	UpdatedAt db.Time `db:"updated_at"`
	Version   int64   `db:"version"`
}

func (r formRow) form() Form {
	return Form{ID: r.ID, Code: r.Code, Title: r.Title, Retired: r.Retired, UpdatedAt: r.UpdatedAt, Version: r.Version}
}

type versionRow struct {
	Form        ID           `db:"form"`
	Nr          int          `db:"nr"`
	State       VersionState `db:"state"`
	Definition  string       `db:"definition"`
	MadeAt      db.Time      `db:"made_at"`
	PublishedAt *db.Time     `db:"published_at"`
}

func (r versionRow) version() (Version, error) {
	d, err := question.Decode([]byte(r.Definition))
	if err != nil {
		return Version{}, fmt.Errorf("form %s version %d: %w", r.Form, r.Nr, err)
	}
	v := Version{Form: r.Form, Nr: r.Nr, State: r.State, Definition: d, MadeAt: r.MadeAt}
	if r.PublishedAt != nil {
		v.PublishedAt = *r.PublishedAt
	}
	return v, nil
}

// load is the form with all its versions.
func load(ctx context.Context, tx *db.Tx, form ID) (Form, error) {
	row, err := db.Get[formRow](ctx, tx, getForm, form)
	if err != nil {
		return Form{}, fmt.Errorf("form %s: %w", form, err)
	}
	f := row.form()
	versions, err := db.List[versionRow](ctx, tx, listVersions, form)
	if err != nil {
		return Form{}, fmt.Errorf("form %s: versions: %w", form, err)
	}
	for _, r := range versions {
		v, err := r.version()
		if err != nil {
			return Form{}, err
		}
		f.Versions = append(f.Versions, v)
	}
	return f, nil
}

// touch gives the form the title of its newest version and its next version
// number; Stale when somebody was first.
func touch(ctx context.Context, tx *db.Tx, form ID, version int64, title, by string, now clock.Time) error {
	return db.ExecOne(ctx, tx, touchForm, title, text.SortKey(title), now, by, form, version)
}
