package forms

import (
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/id"
)

// AnswerID names an answer.
type AnswerID = id.Of[Answer]

// ParseAnswerID reads an answer's id from outside.
func ParseAnswerID(s string) (AnswerID, error) { return id.Parse[Answer](s) }

// AnswerState is where an answer stands. Stored as written.
type AnswerState string

// The states of an answer.
const (
	Begun     AnswerState = "draft"
	Submitted AnswerState = "submitted"
	Reopened  AnswerState = "reopened" // submitted, and some sections may be changed
)

// Subject is what an answer belongs to: a thing of the room that asks, such as
// a mapping round.
type Subject struct{ Kind, ID string }

// Answer is an answer to a version of a form.
type Answer struct {
	ID      AnswerID
	Form    ID
	Nr      int // the version it was made with
	Subject Subject
	Org     access.OrgID // may be empty
	Who     string       // who answers, by account or role; never a name
	State   AnswerState
	// Definition is that version's. Values are what is being written, also to
	// what is hidden now; Sent is what counts, nil before the first submission.
	Definition   question.Definition
	Values, Sent question.Values
	Prefilled    map[string]Prefill
	// Unchanged are the sections said to be unchanged since an earlier answer.
	Unchanged map[string]AnswerID
	// Open are the sections that may be changed after a submission, with why.
	Open []Reopening

	SubmittedAt clock.Time // zero before the first submission
	UpdatedAt   clock.Time
	Submissions int
	Version     int64
}

// Prefill is a fact that was filled in before anybody answered: what, from
// where, as it was on a day. It is a proposal; the answer may be another.
type Prefill struct {
	Value  question.Value
	Source string // in the language of the source: "Enhetsregisteret"
	Day    clock.Date
}

// Reopening is a section opened again after a submission.
type Reopening struct {
	Section string
	At      clock.Time
	Who     string
	Reason  string
}

// CanChange reports whether the section can be changed as the answer stands.
// Who may is for the room to say.
func (a Answer) CanChange(section string) bool {
	switch a.State {
	case Begun:
		return true
	case Reopened:
		return slices.ContainsFunc(a.Open, func(r Reopening) bool { return r.Section == section })
	}
	return false
}

// At is where a form on a page stands: the version that its reader has seen,
// and the name of that drawing of the form. A script saves the same drawing
// again and again; its own saves do not make it stale.
type At struct {
	Version int64
	Drawing string
}

func answerSubject(a AnswerID) audit.Subject {
	return audit.Subject{Kind: "question_answer", ID: string(a)}
}

// valueRow is a piece of an answer as it is stored.
type valueRow struct {
	Stage    string `db:"stage"`
	Question string `db:"question"`
	Row      int64  `db:"row_nr"`
	Part     string `db:"part"`
	Text     string `db:"text"`
	Number   *int64 `db:"number"`
}

const (
	stageDraft = "draft"
	stageSent  = "sent"

	partText   = ""
	partCode   = "code"
	partOther  = "other"
	partChoice = "choice:" // and its code
	partFile   = "file:"   // and its id

	outsideTable = -1
)

// flatten is the answers as rows, without empty rows of tables.
func flatten(questions []question.Question, values question.Values, row int64) []valueRow {
	var out []valueRow
	for _, q := range questions {
		v := values[q.Name]
		if q.Kind == question.Table {
			nr := int64(0)
			for _, r := range v.Rows {
				if !r.IsEmpty() {
					out = append(out, flatten(q.Columns, r, nr)...)
					nr++
				}
			}
			continue
		}
		add := func(part, text string, number *int64) {
			out = append(out, valueRow{Question: q.Name, Row: row, Part: part, Text: text, Number: number})
		}
		if v.Text != "" {
			var number *int64
			if n, ok := q.Amount(v); ok {
				number = &n
			}
			add(partText, v.Text, number)
		}
		if v.Code != "" {
			add(partCode, v.Code, nil)
		}
		for _, c := range v.Codes {
			add(partChoice+c, c, nil)
		}
		for _, f := range v.Files {
			add(partFile+f.ID, f.Name, &f.Size)
		}
		if v.Other != "" {
			add(partOther, v.Other, nil)
		}
	}
	return out
}

// gather puts rows together to answers again.
func gather(d question.Definition, rows []valueRow) question.Values {
	out := question.Values{}
	for _, r := range rows {
		q, table, ok := d.Find(r.Question)
		if !ok {
			continue
		}
		into := out
		if table != "" {
			t := out[table]
			for int64(len(t.Rows)) <= r.Row {
				t.Rows = append(t.Rows, question.Values{})
			}
			out[table], into = t, t.Rows[r.Row]
		}
		v := into[r.Question]
		switch {
		case r.Part == partText:
			v.Text = r.Text
		case r.Part == partCode:
			v.Code = r.Text
		case r.Part == partOther:
			v.Other = r.Text
		case strings.HasPrefix(r.Part, partFile):
			sent := question.Sent{ID: strings.TrimPrefix(r.Part, partFile), Name: r.Text}
			if r.Number != nil {
				sent.Size = *r.Number
			}
			v.Files = append(v.Files, sent)
		case strings.HasPrefix(r.Part, partChoice):
			v.Codes = append(v.Codes, r.Text)
			slices.SortFunc(v.Codes, func(a, b string) int { return place(q, a) - place(q, b) })
		}
		into[r.Question] = v
	}
	return out
}

func place(q question.Question, code string) int {
	return slices.IndexFunc(q.Choices, func(c question.Choice) bool { return c.Code == code })
}
