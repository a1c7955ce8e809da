package report

import (
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/project"
)

// ID names a report.
type ID = id.Of[Report]

// ParseID reads a report's id from outside.
func ParseID(s string) (ID, error) { return id.Parse[Report](s) }

// Kind is the kind under which the house knows a report, and its answers their subject.
const Kind = "report"

// The actions of the audit log.
const (
	ActionBegin  audit.Action = "report.begin"
	ActionMove   audit.Action = "report.move"
	ActionAccept audit.Action = "report.accept"
	ActionDelete audit.Action = "report.delete"
)

// The states.
const (
	Draft      flow.State = "draft"
	InApproval flow.State = "in_approval"
	Approved   flow.State = "approved"
	Sent       flow.State = "sent"
	Received   flow.State = "received"
)

// States lists them in order.
func States() []flow.State { return []flow.State{Draft, InApproval, Approved, Sent, Received} }

// Label is the name of a state.
func Label(s flow.State) i18n.Key { return i18n.Key("report.state." + string(s)) }

// Working days that whoever has the ball has, where the report has no day that it is due.
const (
	writeDays   = 20
	approveDays = 10
	sendDays    = 5
)

// Flow is how a report moves. What the steering group and the receiver decide the project
// records, as neither has an account.
func Flow() flow.Definition {
	owner := []flow.Party{flow.Owner}
	return flow.Definition{Kind: Kind, Initial: Draft, States: []flow.StateDef{
		{State: Draft, Label: Label(Draft), Ball: flow.Owner, Days: writeDays}, {State: InApproval, Label: Label(InApproval), Ball: flow.Steering, Days: approveDays},
		{State: Approved, Label: Label(Approved), Ball: flow.Owner, Days: sendDays}, {State: Sent, Label: Label(Sent), Ball: flow.Nobody}, {State: Received, Label: Label(Received), End: true}},
		Moves: []flow.MoveDef{{From: Draft, To: InApproval, By: owner, Label: "report.move.in_approval"}, {From: InApproval, To: Approved, By: owner, Label: "report.move.approved", NoteRequired: true},
			{From: InApproval, To: Draft, By: owner, Label: "report.move.draft", NoteRequired: true}, {From: Approved, To: Sent, By: owner, Label: "report.move.sent", NoteRequired: true},
			{From: Sent, To: Received, By: owner, Label: "report.move.received"}, {From: Sent, To: Draft, By: owner, Label: "report.move.returned", NoteRequired: true}}}
}

// Report is a report on a form. Answer is what is written; Day is the one that the register is
// asked about, Due when the report is to be there, zero where nobody has said. Code is the
// form's. Project is that of the report as its readers see it.
type Report struct {
	ID          ID
	Project     project.Detail
	Form        forms.ID
	Code        string
	Year        int
	Day, Due    clock.Date
	State       flow.State
	ApprovedOn  clock.Date
	ApprovedRef string
	SentOn      clock.Date
	Receiver    string
	Answer      forms.Answer
	// Last is the report of an earlier year on the same form that was sent; nil for none.
	Last    *forms.Answer
	Remarks []Remark
	Steps   []flow.Step
	Ball    flow.Ball
	Version int64
}

// Title is what the form is called.
func (r Report) Title() i18n.Text { return r.Answer.Definition.Title }

// IsLocked reports whether nothing that is written changes any more, unless it is sent back.
func (r Report) IsLocked() bool { return r.State != Draft }

// IsSent reports whether it is open with the project.
func (r Report) IsSent() bool { return r.State == Sent || r.State == Received }

// Says are the answers that count: what was handed in, or what is written in a draft.
func (r Report) Says() question.Values {
	if r.State == Draft {
		return r.Answer.Values
	}
	return r.Answer.Sent
}

// Open are the answers that all may read, and Definition the form without the others.
func (r Report) Open() Report {
	d := r.Answer.Definition.Clone()
	for i, s := range d.Sections {
		d.Sections[i].Questions = slices.DeleteFunc(s.Questions, func(q question.Question) bool { return r.Answer.Definition.SightOf(q.Name) != question.SightOpen })
	}
	d.Sections = slices.DeleteFunc(d.Sections, func(s question.Section) bool { return len(s.Questions) == 0 })
	keep := func(from question.Values) question.Values {
		out := question.Values{}
		for name, v := range from {
			if r.Answer.Definition.SightOf(name) == question.SightOpen {
				out[name] = v
			}
		}
		return out
	}
	r.Answer.Definition, r.Answer.Sent, r.Answer.Values, r.Last = d, keep(r.Answer.Sent), keep(r.Answer.Values), nil
	return r
}

// Wrong is what keeps the report from being handed in: faults named by question.FieldOf.
func (r Report) Wrong(today clock.Date) error {
	return r.Answer.Definition.Validate(r.Answer.Values, today)
}

// Unaccepted are the remarks that nobody has said are right.
func (r Report) Unaccepted() []Remark {
	return slices.DeleteFunc(slices.Clone(r.Remarks), func(m Remark) bool { return m.Accepted })
}

// Same are the questions whose answers are word for word those of the last report.
func (r Report) Same() []string {
	if r.Last == nil {
		return nil
	}
	var out []string
	for _, s := range r.Answer.Definition.Sections {
		for _, q := range s.Questions {
			now, was := r.Says()[q.Name], r.Last.Sent[q.Name]
			if !now.IsEmpty() && q.Kind != question.File && now.Text == was.Text && slices.Equal(now.Codes, was.Codes) && now.Other == was.Other {
				out = append(out, q.Name)
			}
		}
	}
	return out
}

// Known counts the questions that the register, or another report, has filled in, and all that
// are asked.
func (r Report) Known() (filled, asked int) {
	for _, s := range r.Answer.Definition.Sections {
		for _, q := range s.Questions {
			if q.Kind == question.Note {
				continue
			}
			asked++
			if _, ok := r.Answer.Prefilled[q.Name]; ok {
				filled++
			}
		}
	}
	return filled, asked
}

// Moves are the moves that the actor may make.
func Moves(a access.Actor, r Report) []flow.MoveDef {
	if !project.CanChange(a, r.Project) {
		return nil
	}
	return Flow().From(r.State)
}

// CanAsk reports whether the actor may ask projects under this one for reports: the county, and
// those who write for it.
func CanAsk(a access.Actor, p project.Detail) bool { return project.CanChange(a, p) }

// Label is the report in lists of tasks: its form, the year and the project.
func (r Report) label() string {
	return strings.Join([]string{r.Project.Number, r.Project.Title.String()}, " · ")
}
