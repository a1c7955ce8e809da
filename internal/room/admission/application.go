package admission

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// ID names an application.
type ID = id.Of[Application]

// ParseID reads the id of an application from outside.
func ParseID(s string) (ID, error) { return id.Parse[Application](s) }

// NeedID names a need, as this room knows it.
type NeedID = id.Of[struct{ need string }]

// FlowKind is the kind under which flow, audit, follow and object know an application.
const FlowKind = "application"

// The actions of the audit log.
const (
	ActionApply audit.Action = "admission.apply"
	ActionMove  audit.Action = "admission.move"
	ActionEmpty audit.Action = "admission.empty"
)

// Limits of what may be written, in characters.
const (
	MaxName    = 100
	MaxContact = 200
	MaxNote    = 2_000
)

// KeptDays is how many days the name and how to reach her are kept after an application has
// ended.
const KeptDays = 365

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

// isUndecided reports whether an application in the state has no place yet that is hers.
func isUndecided(s flow.State) bool {
	return slices.Contains([]flow.State{Applied, Queued, Offered}, s)
}

// isGiven reports whether somebody is told in the state that she has a place, or can have it.
func isGiven(s flow.State) bool { return s == Offered || s == Admitted }

// Working days: the provider's to answer where it has promised nothing, and the
// applicant's to take a place that is offered.
const (
	answerDays = 10
	takeDays   = 5
)

// Flow is how an application moves. The moves that nobody may make are the system's: those
// of an offering that is called off.
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
		{From: Offered, To: Refused, Label: "admission.move.refuse", NoteRequired: true},
		{From: Admitted, To: Refused, Label: "admission.move.refuse", NoteRequired: true},
		{From: Offered, To: Admitted, By: herself, Label: "admission.move.take"},
		{From: Admitted, To: Started, By: provider, Label: "admission.move.start"},
		{From: Admitted, To: Interrupted, By: provider, Label: "admission.move.interrupt", NoteRequired: true},
		{From: Started, To: Completed, By: provider, Label: "admission.move.complete"},
		{From: Started, To: Interrupted, By: anyone, Label: "admission.move.interrupt", NoteRequired: true},
		{From: Refused, To: Applied, By: provider, Label: "admission.move.reopen", NoteRequired: true},
		{From: Refused, To: Queued, By: provider, Label: "admission.move.reopen", NoteRequired: true},
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
// that was written down for her. Starts is the day she starts, Promised the first that was
// said; AnswerDue is the last day to answer it, zero for one that came into the queue.
type Application struct {
	ID            ID
	Number        string // "S-2026-0012"
	Offering      string
	Programme     string
	Title         string // the programme's, when she applied
	Provider      access.OrgID
	Applicant     access.AccountID
	Employer      access.OrgID
	EmployerSees  bool
	RepresentedBy access.OrgID // who acts for the employer by mandate
	Need          NeedID
	Municipality  string
	State         flow.State
	AppliedAt     clock.Time
	AnswerDue     clock.Date
	AnsweredAt    clock.Time
	WantedFrom    clock.Date
	Promised      clock.Date
	Starts        clock.Date
	StartedOn     clock.Date
	ExpectedEnd   clock.Date
	EndedOn       clock.Date
	QueueNr       int64 // 0 for who does not wait; an appeal that is allowed may stand before 1
	Reason        string
	AppealBy      clock.Date
	Version       int64

	Person Person // how to reach her only for herself, who nominated her and the provider
	Ball   flow.Ball
	Mine   []flow.Party // what the reader may act as
}

// IsLate reports whether the application should have been answered before the day.
func (a Application) IsLate(today clock.Date) bool {
	return a.State == Applied && !a.AnswerDue.IsZero() && today.After(a.AnswerDue)
}

// Moves are the moves that the reader may make, the next step first.
func (a Application) Moves() []flow.MoveDef {
	return slices.DeleteFunc(Flow().From(a.State), func(m flow.MoveDef) bool {
		return m.From == Refused && m.To == Queued || !slices.ContainsFunc(m.By, func(p flow.Party) bool { return slices.Contains(a.Mine, p) })
	})
}

// CanTakeOut reports whether the reader may take her name out as the provider: of one without
// an account, who cannot ask for it by herself.
func (a Application) CanTakeOut() bool {
	return a.Applicant == "" && a.Person.Name != "" && slices.Contains(a.Mine, flow.Provider)
}

// CanEmpty reports whether her name can be taken out without asking the provider: while
// nobody has decided, and when it was withdrawn.
func (a Application) CanEmpty() bool { return isUndecided(a.State) || a.State == Withdrawn }

// isNominated reports whether the employer applied for her and acts for her.
func (a Application) isNominated() bool {
	return a.Applicant == "" && a.Employer != "" && a.EmployerSees
}

// separator stands between the number and the title in lists of tasks.
const separator = " · "

func subject(a ID) audit.Subject { return audit.Subject{Kind: FlowKind, ID: string(a)} }

func flowOf(a ID) flow.Subject { return flow.Subject{Kind: FlowKind, ID: string(a)} }
