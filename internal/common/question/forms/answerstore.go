package forms

import (
	"context"
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/db"
)

const (
	answerColumns db.Fragment = `a.id, a.form, a.form_nr, a.subject_kind, a.subject, a.org, a.who, a.state, a.saved_form, a.updated_at, a.submitted_at,
		a.submissions, a.version, v.definition`
	getAnswer db.SQL = db.SQL("SELECT " + answerColumns + ` FROM question_answer AS a JOIN question_version AS v ON v.form = a.form AND v.nr = a.form_nr
		WHERE a.id = $1`)
	insertAnswer db.SQL = `INSERT INTO question_answer (id, form, form_nr, subject_kind, subject, org, who, state, saved_form, created_at, updated_at, submissions, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 'draft', '', $8, $8, 0, 1)`
	begunAnswer db.SQL = `SELECT id FROM question_answer WHERE form = $1 AND subject_kind = $2 AND subject = $3 AND COALESCE(org, '') = $4 ORDER BY created_at, id LIMIT 1`
	saveAnswer  db.SQL = `UPDATE question_answer SET state = $1, saved_form = $2, updated_at = $3, submitted_at = $4, submissions = $5, version = version + 1
		WHERE id = $6 AND version = $7`
	listAnswers db.SQL = `SELECT id, form, form_nr, org, who, state, updated_at, submitted_at FROM question_answer
		WHERE subject_kind = $1 AND subject = $2 ORDER BY created_at, id`

	listValues    db.SQL = `SELECT stage, question, row_nr, part, text, number FROM question_value WHERE answer = $1 ORDER BY stage, question, row_nr, part`
	insertValue   db.SQL = `INSERT INTO question_value (answer, stage, question, row_nr, part, text, number) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	deleteValues  db.SQL = `DELETE FROM question_value WHERE answer = $1 AND stage = $2`
	deleteValue   db.SQL = `DELETE FROM question_value WHERE answer = $1 AND stage = 'draft' AND question = $2`
	insertSent    db.SQL = `INSERT INTO question_submission (answer, nr, at, who, answers) VALUES ($1, $2, $3, $4, $5)`
	listSent      db.SQL = `SELECT nr, at, who, answers FROM question_submission WHERE answer = $1 ORDER BY nr, answer`
	insertReopen  db.SQL = `INSERT INTO question_reopening (answer, section, at, who, reason) VALUES ($1, $2, $3, $4, $5)`
	closeReopen   db.SQL = `UPDATE question_reopening SET closed_at = $1 WHERE answer = $2 AND closed_at IS NULL`
	openReopen    db.SQL = `SELECT section, at, who, reason FROM question_reopening WHERE answer = $1 AND closed_at IS NULL ORDER BY at, section`
	insertPrefill db.SQL = `INSERT INTO question_prefill (answer, question, text, source, day) VALUES ($1, $2, $3, $4, $5)`
	listPrefill   db.SQL = `SELECT question, text, source, day FROM question_prefill WHERE answer = $1 ORDER BY question`
	setUnchanged  db.SQL = `INSERT INTO question_unchanged (answer, section, since, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (answer, section) DO UPDATE SET since = excluded.since, at = excluded.at`
	dropUnchanged db.SQL = `DELETE FROM question_unchanged WHERE answer = $1 AND section = $2`
	listUnchanged db.SQL = `SELECT section, since FROM question_unchanged WHERE answer = $1 ORDER BY section`

	takeAnswer      db.SQL = `UPDATE question_answer SET who = $1, updated_at = $2, version = version + 1 WHERE id = $3 AND submissions = 0`
	deletePrefill   db.SQL = `DELETE FROM question_prefill WHERE answer = $1`
	deleteUnchanged db.SQL = `DELETE FROM question_unchanged WHERE answer = $1`
	deleteAnswer    db.SQL = `DELETE FROM question_answer WHERE id = $1 AND version = $2 AND submissions = 0`
)

type answerRow struct {
	ID          AnswerID     `db:"id"`
	Form        ID           `db:"form"`
	Nr          int          `db:"form_nr"`
	SubjectKind string       `db:"subject_kind"`
	Subject     string       `db:"subject"`
	Org         access.OrgID `db:"org"`
	Who         string       `db:"who"`
	State       AnswerState  `db:"state"`
	SavedForm   string       `db:"saved_form"`
	UpdatedAt   db.Time      `db:"updated_at"`
	SubmittedAt *db.Time     `db:"submitted_at"`
	Submissions int          `db:"submissions"`
	Version     int64        `db:"version"`
	Definition  string       `db:"definition"`
}

type prefillRow struct {
	Question string  `db:"question"`
	Text     string  `db:"text"`
	Source   string  `db:"source"`
	Day      db.Date `db:"day"`
}

type unchangedRow struct {
	Section string   `db:"section"`
	Since   AnswerID `db:"since"`
}

type reopenRow struct {
	Section string  `db:"section"`
	At      db.Time `db:"at"`
	Who     string  `db:"who"`
	Reason  string  `db:"reason"`
}

// stored is an answer with the name of the drawing that saved it last.
type stored struct {
	Answer
	drawing string
}

func loadAnswer(ctx context.Context, tx *db.Tx, answer AnswerID) (stored, error) {
	fail := func(err error) (stored, error) { return stored{}, fmt.Errorf("answer %s: %w", answer, err) }
	row, err := db.Get[answerRow](ctx, tx, getAnswer, answer)
	if err != nil {
		return fail(err)
	}
	a := stored{drawing: row.SavedForm, Answer: Answer{ID: row.ID, Form: row.Form, Nr: row.Nr, Subject: Subject{row.SubjectKind, row.Subject}, Org: row.Org,
		Who: row.Who, State: row.State, UpdatedAt: row.UpdatedAt, Submissions: row.Submissions, Version: row.Version,
		Prefilled: map[string]Prefill{}, Unchanged: map[string]AnswerID{}}}
	if row.SubmittedAt != nil {
		a.SubmittedAt = *row.SubmittedAt
	}
	if a.Definition, err = question.Decode([]byte(row.Definition)); err != nil {
		return fail(err)
	}
	values, err := db.List[valueRow](ctx, tx, listValues, answer)
	if err != nil {
		return fail(err)
	}
	first := 0
	for first < len(values) && values[first].Stage == stageDraft {
		first++
	}
	a.Values = gather(a.Definition, values[:first])
	if row.Submissions > 0 {
		a.Sent = gather(a.Definition, values[first:])
	}
	return a, a.loadRest(ctx, tx)
}

// loadRest adds what stands around the answers: facts filled in beforehand,
// sections said to be unchanged, sections opened again.
func (a *stored) loadRest(ctx context.Context, tx *db.Tx) error {
	facts, err := db.List[prefillRow](ctx, tx, listPrefill, a.ID)
	if err != nil {
		return fmt.Errorf("answer %s: %w", a.ID, err)
	}
	for _, f := range facts {
		a.Prefilled[f.Question] = Prefill{Value: question.Value{Text: f.Text}, Source: f.Source, Day: f.Day}
	}
	unchanged, err := db.List[unchangedRow](ctx, tx, listUnchanged, a.ID)
	if err != nil {
		return fmt.Errorf("answer %s: %w", a.ID, err)
	}
	for _, u := range unchanged {
		a.Unchanged[u.Section] = u.Since
	}
	open, err := db.List[reopenRow](ctx, tx, openReopen, a.ID)
	if err != nil {
		return fmt.Errorf("answer %s: %w", a.ID, err)
	}
	for _, o := range open {
		a.Open = append(a.Open, Reopening(o))
	}
	return nil
}

func insertValues(ctx context.Context, tx *db.Tx, answer AnswerID, stage string, rows []valueRow) error {
	for _, r := range rows {
		if _, err := db.Exec(ctx, tx, insertValue, answer, stage, r.Question, r.Row, r.Part, r.Text, r.Number); err != nil {
			return fmt.Errorf("answer %s: %s: %w", answer, r.Question, err)
		}
	}
	return nil
}

// replaceSection stores the draft of one section's answers in place of what
// was there.
func replaceSection(ctx context.Context, tx *db.Tx, answer AnswerID, questions []question.Question, values question.Values) error {
	for _, q := range questions {
		for _, x := range append([]question.Question{q}, q.Columns...) {
			if _, err := db.Exec(ctx, tx, deleteValue, answer, x.Name); err != nil {
				return fmt.Errorf("answer %s: %s: %w", answer, x.Name, err)
			}
		}
	}
	return insertValues(ctx, tx, answer, stageDraft, flatten(questions, values, outsideTable))
}

func encodeValues(v question.Values) (string, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("answers: %w", err)
	}
	return string(data), nil
}
