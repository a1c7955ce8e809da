package admission

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// ID names an application.
type ID = id.Of[Application]

// ParseID reads the id of an application from outside.
func ParseID(s string) (ID, error) { return id.Parse[Application](s) }

// FlowKind is the kind under which flow, audit, follow and object know an application.
const FlowKind = "application"

// The actions of the audit log.
const (
	ActionApply audit.Action = "admission.apply"
	ActionMove  audit.Action = "admission.move"
)

// Limits of what may be written, in characters.
const (
	MaxName    = 100
	MaxContact = 200
	MaxNote    = 2_000
)

// The states. JSON has the same names; those of an enrolment in OEAPI are pending,
// queued, associated, finished, denied and cancelled.
const (
	Applied     flow.State = "applied"
	Queued      flow.State = "queued"
	Offered     flow.State = "offered"
	Admitted    flow.State = "admitted"
	Started     flow.State = "started"
	Completed   flow.State = "completed"
	Interrupted flow.State = "interrupted"
	Refused     flow.State = "refused"
	Withdrawn   flow.State = "withdrawn"
)

// States lists the states in order.
func States() []flow.State {
	return []flow.State{Applied, Queued, Offered, Admitted, Started, Completed, Interrupted, Refused, Withdrawn}
}

// IsLive reports whether an application in the state has not ended.
func IsLive(s flow.State) bool {
	return slices.Contains([]flow.State{Applied, Queued, Offered, Admitted, Started}, s)
}

// Holds reports whether an application in the state holds a place: pending or taken.
func Holds(s flow.State) bool { return IsLive(s) && s != Queued }

// Working days: the provider's to answer where it has promised nothing, and the
// applicant's to take a place that is offered.
const (
	answerDays = 10
	takeDays   = 5
)

// Flow is how an application moves.
func Flow() flow.Definition {
	provider, herself := []flow.Party{flow.Provider}, []flow.Party{flow.Learner, flow.Employer}
	anyone := []flow.Party{flow.Provider, flow.Learner, flow.Employer}
	d := flow.Definition{Kind: FlowKind, Initial: Applied, States: []flow.StateDef{
		{State: Applied, Label: "admission.state.applied", Ball: flow.Provider},
		{State: Queued, Label: "admission.state.queued", Ball: flow.Provider},
		{State: Offered, Label: "admission.state.offered", Ball: flow.Learner, Days: takeDays},
		{State: Admitted, Label: "admission.state.admitted", Ball: flow.Provider},
		{State: Started, Label: "admission.state.started", Ball: flow.Provider},
		{State: Completed, Label: "admission.state.completed", End: true},
		{State: Interrupted, Label: "admission.state.interrupted", End: true},
		{State: Refused, Label: "admission.state.refused", End: true},
		{State: Withdrawn, Label: "admission.state.withdrawn", End: true},
	}, Moves: []flow.MoveDef{
		{From: Applied, To: Admitted, By: provider, Label: "admission.move.admit"},
		{From: Applied, To: Offered, By: provider, Label: "admission.move.offer"},
		{From: Applied, To: Queued, By: provider, Label: "admission.move.queue"},
		{From: Queued, To: Offered, By: provider, Label: "admission.move.offer"},
		{From: Queued, To: Admitted, By: provider, Label: "admission.move.admit"},
		{From: Applied, To: Refused, By: provider, Label: "admission.move.refuse", NoteRequired: true},
		{From: Queued, To: Refused, By: provider, Label: "admission.move.refuse", NoteRequired: true},
		{From: Offered, To: Admitted, By: herself, Label: "admission.move.take"},
		{From: Admitted, To: Started, By: provider, Label: "admission.move.start"},
		{From: Admitted, To: Interrupted, By: provider, Label: "admission.move.interrupt", NoteRequired: true},
		{From: Started, To: Completed, By: provider, Label: "admission.move.complete"},
		{From: Started, To: Interrupted, By: anyone, Label: "admission.move.interrupt", NoteRequired: true},
		{From: Refused, To: Applied, By: provider, Label: "admission.move.reopen", NoteRequired: true},
	}}
	for _, s := range []flow.State{Applied, Queued, Offered, Admitted} {
		d.Moves = append(d.Moves, flow.MoveDef{From: s, To: Withdrawn, By: herself, Label: "admission.move.withdraw"})
	}
	return d
}

// Person is who it is for, and how she wants to be reached.
type Person struct{ Name, Contact string }

func (p *Person) tidy(fs *fault.Fields) {
	p.Name, p.Contact = text.CleanLine(p.Name), text.CleanLine(p.Contact)
	fs.Text("person.name", p.Name, MaxName, true)
	fs.Text("person.contact", p.Contact, MaxContact, true)
}

// Application is one person's application for one offering. Applicant is empty for one
// that was written down for her. Starts is the day she starts, Promised the one that was
// said first; AnswerDue is the last day to answer it.
type Application struct {
	ID           ID
	Number       string // "S-2026-0012"
	Offering     string
	Programme    string
	Provider     access.OrgID
	Applicant    access.AccountID
	Employer     access.OrgID
	Need         string
	Municipality string
	State        flow.State
	AppliedAt    clock.Time
	AnswerDue    clock.Date
	AnsweredAt   clock.Time
	WantedFrom   clock.Date
	Promised     clock.Date
	Starts       clock.Date
	StartedOn    clock.Date
	ExpectedEnd  clock.Date
	EndedOn      clock.Date
	QueueNr      int64 // 0 for who does not wait
	Reason       string
	AppealBy     clock.Date
	Version      int64

	Person Person // only for herself, the employer that nominated her and the provider
	Ball   flow.Ball
	Mine   []flow.Party
}

// Entry is what the room of supply knows of an offering at the moment, as far as admission
// goes.
type Entry struct {
	Offering, Programme string
	Provider            access.OrgID
	Title               string
	Public              bool
	// Refusal is why nobody can apply here now; nil when one can.
	Refusal error
	// Direct is whether who applies has a place at once; else the provider decides.
	Direct bool
	// Places is how many there are, when Limited; Typed how many of them are taken by those
	// that the provider counts himself, and Waiting how many of those wait.
	Limited       bool
	Places, Typed int
	Waiting       int
	Queue         bool
	MaxQueued     int
	AnswerDays    int // working days; 0 when the provider has promised nothing
	// First is the first day one can start who wants to from the day; false when none is.
	First func(wanted clock.Date) (clock.Date, bool)
}

// Taken is how many came in by applications here.
type Taken struct{ Enrolled, Pending, Queued int }

// Offerings is the room of supply, as this one needs it.
type Offerings interface {
	// Entry is NotFound for an offering that the actor may not know of.
	Entry(ctx context.Context, tx *db.Tx, actor access.Actor, offering string) (Entry, error)
	SetTaken(ctx context.Context, tx *db.Tx, offering string, t Taken) error
}

// free is how many places can be given now; all that is asked for where there is no limit.
func (e Entry) free(t Taken) int {
	if !e.Limited {
		return 1
	}
	return max(0, e.Places-e.Typed-t.Enrolled-t.Pending)
}

// begins is the state in which an application for the offering begins, or why it cannot.
func (e Entry) begins(t Taken) (flow.State, error) {
	switch {
	case e.free(t) > 0 && e.Direct:
		return Admitted, nil
	case e.free(t) > 0:
		return Applied, nil
	case e.Queue && (e.MaxQueued == 0 || e.Waiting+t.Queued < e.MaxQueued):
		return Queued, nil
	}
	return "", fault.New(fault.Conflict, "admission.error.full")
}

// answerDue is the last day to answer who applies on the day.
func (e Entry) answerDue(day clock.Date) clock.Date {
	days := e.AnswerDays
	if days == 0 {
		days = answerDays
	}
	return clock.AddWorkdays(day, days)
}

func subject(a ID) audit.Subject { return audit.Subject{Kind: FlowKind, ID: string(a)} }

func flowOf(a ID) flow.Subject { return flow.Subject{Kind: FlowKind, ID: string(a)} }
