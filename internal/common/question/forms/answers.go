package forms

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// Opening is an answer to be begun. Facts are by the names of PrefillKeys. Nr is
// the version that a room has fixed, also one that is retired since; 0 is today's.
type Opening struct {
	Form    ID
	Nr      int
	Subject Subject
	Org     access.OrgID
	Who     string
	Facts   map[string]Prefill
}

// Open is the answer of the organisation to the form for the subject: the one
// there is, as it stands, or a new one with the version of today, in which the
// known facts are filled in. A form without a published version, or a retired
// one, is NotFound. Who may is for the room to decide.
func (s *Service) Open(ctx context.Context, tx *db.Tx, actor access.Actor, o Opening) (Answer, error) {
	there, err := db.Get[AnswerID](ctx, tx, begunAnswer, o.Form, o.Subject.Kind, o.Subject.ID, string(o.Org))
	if err == nil {
		return s.Load(ctx, tx, there)
	}
	if !fault.Is(err, fault.NotFound) {
		return Answer{}, fmt.Errorf("form %s: open: %w", o.Form, err)
	}
	v, err := s.opened(ctx, tx, o)
	if err != nil {
		return Answer{}, err
	}
	answer, now := id.New[Answer](), s.clock.Now()
	if _, err := db.Exec(ctx, tx, insertAnswer, answer, o.Form, v.Nr, o.Subject.Kind, o.Subject.ID, o.Org, o.Who, now); err != nil {
		return Answer{}, fmt.Errorf("form %s: open: %w", o.Form, err)
	}
	for _, sec := range v.Definition.Sections {
		for _, q := range sec.Questions {
			fact, known := filled(q, o.Facts)
			if !known {
				continue
			}
			if err := insertValues(ctx, tx, answer, stageDraft, flatten([]question.Question{q}, question.Values{q.Name: fact.Value}, outsideTable)); err != nil {
				return Answer{}, err
			}
			if _, err := db.Exec(ctx, tx, insertPrefill, answer, q.Name, fact.Value.Text, fact.Source, fact.Day); err != nil {
				return Answer{}, fmt.Errorf("answer %s: prefill: %w", answer, err)
			}
		}
	}
	audit.Record(tx, now, actor, ActionOpen, answerSubject(answer), audit.Field("form", "", string(o.Form)), audit.Field("nr", "", v.Nr))
	return s.Load(ctx, tx, answer)
}

// filled is the fact that fills in the question before anybody answers.
func filled(q question.Question, facts map[string]Prefill) (Prefill, bool) {
	fact, known := facts[q.Prefill]
	fact.Value = q.Normal(fact.Value)
	return fact, known && q.Prefill != "" && !fact.Value.IsEmpty()
}

// Fill is a form as Open would begin it: what the facts answer, and where each is from.
func Fill(d question.Definition, facts map[string]Prefill) (question.Values, map[string]Prefill) {
	values, from := question.Values{}, map[string]Prefill{}
	for _, s := range d.Sections {
		for _, q := range s.Questions {
			if fact, known := filled(q, facts); known {
				values[q.Name], from[q.Name] = fact.Value, fact
			}
		}
	}
	return values, from
}

// AtQuestion puts what is wrong with a file, or that the house takes none, at the question that
// it was sent for; other faults are given back.
func AtQuestion(err error, asked string) error {
	e, ok := fault.As(err)
	switch {
	case ok && e.Kind == fault.Unavailable:
		return fault.InvalidField(question.FieldOf(asked), e.Key, e.Values...)
	case ok && e.Kind == fault.Invalid && len(e.Fields) > 0:
		return fault.InvalidField(question.FieldOf(asked), e.Fields[0].Key, e.Fields[0].Values...)
	}
	return err
}

// opened is the version that the answer is begun with.
func (s *Service) opened(ctx context.Context, tx *db.Tx, o Opening) (Version, error) {
	if o.Nr > 0 {
		d, err := s.VersionIn(ctx, tx, o.Form, o.Nr)
		return Version{Form: o.Form, Nr: o.Nr, Definition: d}, err
	}
	return s.Current(ctx, tx, o.Form)
}

// Load is the answer as it stands, or NotFound.
func (s *Service) Load(ctx context.Context, tx *db.Tx, answer AnswerID) (Answer, error) {
	a, err := loadAnswer(ctx, tx, answer)
	return a.Answer, err
}

// SaveSection stores what is written in a section, right or wrong: a draft is
// kept as typed. It is Stale when somebody else has saved since at.Version,
// and Conflict when the section cannot be changed as the answer stands.
func (s *Service) SaveSection(ctx context.Context, tx *db.Tx, actor access.Actor, answer AnswerID, at At, section string, values question.Values) (Answer, error) {
	a, sec, err := s.changing(ctx, tx, answer, at, section)
	if err != nil {
		return Answer{}, err
	}
	clean := question.Values{}
	if err := tidy(sec.Questions, values, clean); err != nil {
		return Answer{}, err
	}
	keepFiles(sec, a.Values, clean)
	before := pick(a.Values, sec.Questions)
	changed := !reflect.DeepEqual(pick(gather(a.Definition, flatten(sec.Questions, clean, outsideTable)), sec.Questions), before)
	if !changed && at.Drawing == a.drawing {
		return a.Answer, nil
	}
	if changed {
		if err := replaceSection(ctx, tx, answer, sec.Questions, clean); err != nil {
			return Answer{}, err
		}
		if _, err := db.Exec(ctx, tx, dropUnchanged, answer, section); err != nil {
			return Answer{}, fmt.Errorf("answer %s: %w", answer, err)
		}
	}
	if err := s.mark(ctx, tx, a, a.State, at.Drawing); err != nil {
		return Answer{}, err
	}
	old, err := encodeValues(before)
	if err != nil {
		return Answer{}, err
	}
	now, err := encodeValues(clean)
	if err != nil {
		return Answer{}, err
	}
	audit.Record(tx, s.clock.Now(), actor, ActionAnswer, answerSubject(answer), audit.Changed(audit.PersonalField(section, old, now))...)
	return s.Load(ctx, tx, answer)
}

// changing is the answer and its section, ready to be changed.
func (s *Service) changing(ctx context.Context, tx *db.Tx, answer AnswerID, at At, section string) (stored, question.Section, error) {
	a, err := loadAnswer(ctx, tx, answer)
	if err != nil {
		return stored{}, question.Section{}, err
	}
	sec, ok := a.Definition.Section(section)
	switch {
	case !ok:
		return stored{}, sec, fault.Missing()
	case !a.CanChange(section):
		return stored{}, sec, fault.New(fault.Conflict, "question.error.closed")
	case a.Version != at.Version && (at.Drawing == "" || at.Drawing != a.drawing):
		return stored{}, sec, fault.New(fault.Stale, "fault.stale")
	}
	return a, sec, nil
}

// mark writes the state of the answer and counts its version up.
func (s *Service) mark(ctx context.Context, tx *db.Tx, a stored, state AnswerState, drawing string) error {
	var submitted *db.Time
	if !a.SubmittedAt.IsZero() {
		submitted = &a.SubmittedAt
	}
	return db.ExecOne(ctx, tx, saveAnswer, state, drawing, s.clock.Now(), submitted, a.Submissions, a.ID, a.Version)
}

// pick is the answers to the questions, without those that hold nothing.
func pick(values question.Values, questions []question.Question) question.Values {
	out := question.Values{}
	for _, q := range questions {
		if v := values[q.Name]; !v.IsEmpty() {
			out[q.Name] = v
		}
	}
	return out
}

// tidy brings answers to the one way we write them, and bounds what a draft
// may hold; more than that nobody has typed.
func tidy(questions []question.Question, from, into question.Values) error {
	for _, q := range questions {
		v, ok := from[q.Name]
		if !ok {
			continue
		}
		v = q.Normal(v)
		v.Files = nil // those that are kept are put in by who saves
		if utf8.RuneCountInString(v.Text) > 5*question.MaxAnswer || utf8.RuneCountInString(v.Other) > question.MaxAnswer {
			return fault.InvalidField(question.FieldOf(q.Name), "form.error.too_long", "max", 5*question.MaxAnswer)
		}
		if len(v.Rows) > 2*question.MaxRows {
			return fault.InvalidField(question.FieldOf(q.Name), "question.error.many_rows", "max", question.MaxRows)
		}
		v.Codes = slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(v.Codes))), func(c string) bool { _, ok := q.Choice(c); return !ok })
		rows := v.Rows
		v.Rows = nil
		for _, r := range rows {
			row := question.Values{}
			if err := tidy(q.Columns, r, row); err != nil {
				return err
			}
			v.Rows = append(v.Rows, row)
		}
		into[q.Name] = v
	}
	return nil
}

// Unchanged fills the section with what the organisation answered in before, a
// submitted answer that the room lets the one who writes see, and says so: "uendra
// sidan sist". It is NotFound when that was an answer to another form, or of another
// organisation.
func (s *Service) Unchanged(ctx context.Context, tx *db.Tx, actor access.Actor, answer, before AnswerID, at At, section string) (Answer, error) {
	a, sec, err := s.changing(ctx, tx, answer, at, section)
	if err != nil {
		return Answer{}, err
	}
	last, err := s.Load(ctx, tx, before)
	if err != nil {
		return Answer{}, err
	}
	if last.Form != a.Form || last.Org != a.Org || last.Org == "" || last.Submissions == 0 || last.ID == a.ID {
		return Answer{}, fault.Missing()
	}
	carried := Carried(last, sec)
	keepFiles(sec, a.Values, carried)
	if err := replaceSection(ctx, tx, answer, sec.Questions, carried); err != nil {
		return Answer{}, err
	}
	if _, err := db.Exec(ctx, tx, setUnchanged, answer, section, last.ID, s.clock.Now()); err != nil {
		return Answer{}, fmt.Errorf("answer %s: %w", answer, err)
	}
	if err := s.mark(ctx, tx, a, a.State, at.Drawing); err != nil {
		return Answer{}, err
	}
	audit.Record(tx, s.clock.Now(), actor, ActionUnchanged, answerSubject(answer), audit.Field("section", "", section), audit.Field("since", "", string(last.ID)))
	return s.Load(ctx, tx, answer)
}

// Carried is what an earlier answer says to the questions of a section, as far
// as they are asked in the same way still: of the same kind, with the same
// choices. Files belong to the answer they were sent with, and are not carried.
func Carried(last Answer, sec question.Section) question.Values {
	out := question.Values{}
	for _, q := range sec.Questions {
		old, _, ok := last.Definition.Find(q.Name)
		if !ok || old.Kind != q.Kind || q.Calculation != "" || q.Kind == question.File {
			continue
		}
		v := last.Sent[q.Name]
		v.Codes = slices.DeleteFunc(slices.Clone(v.Codes), func(c string) bool { _, ok := q.Choice(c); return !ok })
		if _, ok := q.Choice(v.Text); q.Kind == question.Single && !ok {
			v = question.Value{}
		}
		var rows []question.Values
		for _, r := range v.Rows {
			inner := last
			inner.Sent = r
			rows = append(rows, Carried(inner, question.Section{Questions: q.Columns}))
		}
		v.Rows = rows
		if !v.IsEmpty() {
			out[q.Name] = v
		}
	}
	return out
}

// Submit holds the answers against the form and submits what counts. What is
// wrong is an Invalid fault with fields named by question.FieldOf. A copy of
// what was submitted is kept.
func (s *Service) Submit(ctx context.Context, tx *db.Tx, actor access.Actor, answer AnswerID, at At) (Answer, error) {
	a, err := loadAnswer(ctx, tx, answer)
	switch {
	case err != nil:
		return Answer{}, err
	case a.State == Submitted:
		return Answer{}, fault.New(fault.Conflict, "question.error.closed")
	case a.Version != at.Version && (at.Drawing == "" || at.Drawing != a.drawing):
		return Answer{}, fault.New(fault.Stale, "fault.stale")
	}
	today, now := s.clock.Today(), s.clock.Now()
	if err := a.Definition.Validate(a.Values, today); err != nil {
		return Answer{}, err
	}
	sent := a.Definition.State(a.Values, today).Submitted()
	if _, err := db.Exec(ctx, tx, deleteValues, answer, stageSent); err != nil {
		return Answer{}, fmt.Errorf("answer %s: submit: %w", answer, err)
	}
	if err := s.dropUnsent(ctx, tx, actor, a.Answer, sent); err != nil {
		return Answer{}, err
	}
	for _, sec := range a.Definition.Sections {
		if err := insertValues(ctx, tx, answer, stageSent, flatten(sec.Questions, sent, outsideTable)); err != nil {
			return Answer{}, err
		}
	}
	encoded, err := encodeValues(sent)
	if err != nil {
		return Answer{}, err
	}
	a.Submissions, a.SubmittedAt = a.Submissions+1, now
	if _, err := db.Exec(ctx, tx, insertSent, answer, a.Submissions, now, actor.Label(), encoded); err != nil {
		return Answer{}, fmt.Errorf("answer %s: submit: %w", answer, err)
	}
	if _, err := db.Exec(ctx, tx, closeReopen, now, answer); err != nil {
		return Answer{}, fmt.Errorf("answer %s: submit: %w", answer, err)
	}
	if err := s.mark(ctx, tx, a, Submitted, ""); err != nil {
		return Answer{}, err
	}
	audit.Record(tx, now, actor, ActionSubmit, answerSubject(answer), audit.Field("submission", "", a.Submissions), audit.PersonalField("answers", "", encoded))
	return s.Load(ctx, tx, answer)
}

// maxReason is the length of the longest reason, in characters.
const maxReason = 1000

// Reopen opens sections of a submitted answer, so that they can be changed and
// submitted anew; until then what was submitted counts. The reason is for the
// answerer to read.
func (s *Service) Reopen(ctx context.Context, tx *db.Tx, actor access.Actor, answer AnswerID, version int64, sections []string, reason string) (Answer, error) {
	a, err := loadAnswer(ctx, tx, answer)
	if err != nil {
		return Answer{}, err
	}
	var fs fault.Fields
	if text.IsBlank(reason) {
		fs.Add("reason", "form.error.required")
	} else if utf8.RuneCountInString(reason) > maxReason {
		fs.Add("reason", "form.error.too_long", "max", maxReason)
	}
	unknown := func(name string) bool { _, ok := a.Definition.Section(name); return !ok }
	if len(sections) == 0 || slices.ContainsFunc(sections, unknown) {
		fs.Add("sections", "form.error.choice")
	}
	switch {
	case fs.Err() != nil:
		return Answer{}, fs.Err()
	case a.State == Begun:
		return Answer{}, fault.New(fault.Conflict, "question.error.not_submitted")
	case a.Version != version:
		return Answer{}, fault.New(fault.Stale, "fault.stale")
	}
	now := s.clock.Now()
	for _, name := range sections {
		if a.State == Reopened && a.CanChange(name) {
			continue
		}
		if _, err := db.Exec(ctx, tx, insertReopen, answer, name, now, actor.Label(), strings.TrimSpace(reason)); err != nil {
			return Answer{}, fmt.Errorf("answer %s: reopen: %w", answer, err)
		}
	}
	if err := s.mark(ctx, tx, a, Reopened, ""); err != nil {
		return Answer{}, err
	}
	audit.Record(tx, now, actor, ActionReopen, answerSubject(answer), audit.Field("sections", "", sections), audit.Field("reason", "", reason))
	return s.Load(ctx, tx, answer)
}

// Take makes an answer that was never submitted somebody else's to write on.
func (s *Service) Take(ctx context.Context, tx *db.Tx, actor access.Actor, answer AnswerID, who string) error {
	if err := db.ExecOne(ctx, tx, takeAnswer, who, s.clock.Now(), answer); err != nil {
		return fmt.Errorf("answer %s: take: %w", answer, err)
	}
	audit.Record(tx, s.clock.Now(), actor, ActionOpen, answerSubject(answer), audit.Field("who", "", who))
	return nil
}

// Discard deletes an answer that was never submitted, with its files.
func (s *Service) Discard(ctx context.Context, tx *db.Tx, actor access.Actor, answer AnswerID, version int64) error {
	a, err := loadAnswer(ctx, tx, answer)
	if err != nil {
		return err
	}
	for _, statement := range []db.SQL{deletePrefill, deleteUnchanged} {
		if _, err := db.Exec(ctx, tx, statement, answer); err != nil {
			return fmt.Errorf("answer %s: discard: %w", answer, err)
		}
	}
	if _, err := db.Exec(ctx, tx, deleteValues, answer, stageDraft); err != nil {
		return fmt.Errorf("answer %s: discard: %w", answer, err)
	}
	if err := db.ExecOne(ctx, tx, deleteAnswer, answer, version); err != nil {
		return err
	}
	if err := attach.Forget(ctx, tx, s.clock.Now(), actor, a.Files()); err != nil {
		return err
	}
	audit.Record(tx, s.clock.Now(), actor, ActionDiscard, answerSubject(answer))
	return nil
}
