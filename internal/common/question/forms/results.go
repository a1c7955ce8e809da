package forms

import (
	"context"
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

const (
	countStates db.SQL = `SELECT state, COUNT(*) AS n FROM question_answer WHERE subject_kind = $1 AND subject = $2 GROUP BY state ORDER BY state`
	tally       db.SQL = `SELECT v.text AS code, COUNT(DISTINCT v.answer) AS answers FROM question_value AS v JOIN question_answer AS a ON a.id = v.answer
		WHERE a.subject_kind = $1 AND a.subject = $2 AND a.form = $3 AND v.stage = 'sent' AND v.question = $4
			AND (v.part = $5 OR v.part = 'choice:' || v.text)
		GROUP BY v.text ORDER BY v.text`
	total db.SQL = `SELECT COUNT(DISTINCT v.answer) AS answers, CAST(COALESCE(SUM(v.number), 0) AS BIGINT) AS total
		FROM question_value AS v JOIN question_answer AS a ON a.id = v.answer
		WHERE a.subject_kind = $1 AND a.subject = $2 AND a.form = $3 AND v.stage = 'sent' AND v.question = $4 AND v.part = '' AND v.number IS NOT NULL`
)

// Brief is an answer in a list.
type Brief struct {
	ID          AnswerID
	Form        ID
	Nr          int
	Org         access.OrgID
	Who         string
	State       AnswerState
	UpdatedAt   clock.Time
	SubmittedAt clock.Time // zero before the first submission
}

type briefRow struct {
	ID          AnswerID     `db:"id"`
	Form        ID           `db:"form"`
	Nr          int          `db:"form_nr"`
	Org         access.OrgID `db:"org"`
	Who         string       `db:"who"`
	State       AnswerState  `db:"state"`
	UpdatedAt   db.Time      `db:"updated_at"`
	SubmittedAt *db.Time     `db:"submitted_at"`
}

// Answers lists the answers for the subject in the order they were begun.
func (s *Service) Answers(ctx context.Context, tx *db.Tx, of Subject) ([]Brief, error) {
	rows, err := db.List[briefRow](ctx, tx, listAnswers, of.Kind, of.ID)
	if err != nil {
		return nil, fmt.Errorf("answers of %s %s: %w", of.Kind, of.ID, err)
	}
	out := make([]Brief, len(rows))
	for i, r := range rows {
		out[i] = Brief{ID: r.ID, Form: r.Form, Nr: r.Nr, Org: r.Org, Who: r.Who, State: r.State, UpdatedAt: r.UpdatedAt}
		if r.SubmittedAt != nil {
			out[i].SubmittedAt = *r.SubmittedAt
		}
	}
	return out, nil
}

type stateCount struct {
	State AnswerState `db:"state"`
	N     int         `db:"n"`
}

// Count counts the answers for the subject by their state.
func (s *Service) Count(ctx context.Context, tx *db.Tx, of Subject) (map[AnswerState]int, error) {
	rows, err := db.List[stateCount](ctx, tx, countStates, of.Kind, of.ID)
	if err != nil {
		return nil, fmt.Errorf("answers of %s %s: %w", of.Kind, of.ID, err)
	}
	out := map[AnswerState]int{}
	for _, r := range rows {
		out[r.State] = r.N
	}
	return out, nil
}

// Tallied is how many answers say the code.
type Tallied struct {
	Code    string `db:"code"`
	Answers int    `db:"answers"`
}

// Tally counts the submitted answers for the subject by what they chose: the
// code of a choice, or what was found in a register. Each answer counts once
// for a code, also when several rows of a table say it. Other kinds of
// questions are Conflict. Small figures are for the room to suppress.
func (s *Service) Tally(ctx context.Context, tx *db.Tx, of Subject, form ID, q question.Question) ([]Tallied, error) {
	part := partText
	switch {
	case q.Kind.IsRegister():
		part = partCode
	case !q.Kind.HasChoices():
		return nil, fault.New(fault.Conflict, "question.error.not_counted")
	}
	out, err := db.List[Tallied](ctx, tx, tally, of.Kind, of.ID, form, q.Name, part)
	if err != nil {
		return nil, fmt.Errorf("tally %s: %w", q.Name, err)
	}
	return out, nil
}

// Total is the sum of what was answered to a number, in the parts of
// question.Amount, and how many answers it is of. Columns are added over all rows.
type Total struct {
	Answers int   `db:"answers"`
	Total   int64 `db:"total"`
}

// Sum adds the submitted answers for the subject to a question that asks for a
// number.
func (s *Service) Sum(ctx context.Context, tx *db.Tx, of Subject, form ID, q question.Question) (Total, error) {
	if !q.Kind.IsNumber() {
		return Total{}, fault.New(fault.Conflict, "question.error.not_counted")
	}
	out, err := db.Get[Total](ctx, tx, total, of.Kind, of.ID, form, q.Name)
	if err != nil {
		return Total{}, fmt.Errorf("sum %s: %w", q.Name, err)
	}
	return out, nil
}

// Submission is what was submitted one of the times.
type Submission struct {
	Nr      int
	At      clock.Time
	Who     string
	Answers question.Values
}

type submissionRow struct {
	Nr      int     `db:"nr"`
	At      db.Time `db:"at"`
	Who     string  `db:"who"`
	Answers string  `db:"answers"`
}

// Submissions are the kept copies of what was submitted, the first first.
func (s *Service) Submissions(ctx context.Context, tx *db.Tx, answer AnswerID) ([]Submission, error) {
	rows, err := db.List[submissionRow](ctx, tx, listSent, answer)
	if err != nil {
		return nil, fmt.Errorf("answer %s: submissions: %w", answer, err)
	}
	out := make([]Submission, len(rows))
	for i, r := range rows {
		out[i] = Submission{Nr: r.Nr, At: r.At, Who: r.Who}
		if err := json.Unmarshal([]byte(r.Answers), &out[i].Answers); err != nil {
			return nil, fmt.Errorf("answer %s: submission %d: %w", answer, r.Nr, err)
		}
	}
	return out, nil
}
