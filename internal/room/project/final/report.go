package final

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/project"
)

// Kind is the kind under which flow knows a final report; its subject is the project.
const Kind = "final_report"

// The actions of the audit log.
const (
	ActionSave audit.Action = "final.save"
	ActionMove audit.Action = "final.move"
)

// The states.
const (
	Draft      flow.State = "draft"
	InApproval flow.State = "in_approval"
	Approved   flow.State = "approved"
	Sent       flow.State = "sent"
)

// Label is the name of a state.
func Label(s flow.State) i18n.Key { return i18n.Key("final.state." + string(s)) }

// Working days that whoever has the ball has.
const (
	writeDays   = 20
	approveDays = 10
	sendDays    = 5
)

// Flow is how a final report moves. The steering group has no account of its own: the project
// records what it decided, with the day and where it stands.
func Flow() flow.Definition {
	owner := []flow.Party{flow.Owner}
	return flow.Definition{Kind: Kind, Initial: Draft, States: []flow.StateDef{
		{State: Draft, Label: Label(Draft), Ball: flow.Owner, Days: writeDays}, {State: InApproval, Label: Label(InApproval), Ball: flow.Steering, Days: approveDays},
		{State: Approved, Label: Label(Approved), Ball: flow.Owner, Days: sendDays}, {State: Sent, Label: Label(Sent), End: true}},
		Moves: []flow.MoveDef{{From: Draft, To: InApproval, By: owner, Label: "final.move.in_approval"}, {From: InApproval, To: Approved, By: owner, Label: "final.move.approved", NoteRequired: true},
			{From: InApproval, To: Draft, By: owner, Label: "final.move.draft", NoteRequired: true}, {From: Approved, To: Sent, By: owner, Label: "final.move.sent", NoteRequired: true}}}
}

// Chapters of the report by number. Deviations are the last, which the register begins.
const (
	Background   = 1
	Description  = 2
	Financing    = 3
	Organisation = 4
	Steering     = 5
	Sisters      = 6
	Toolbox      = 7
	Projects     = 8
	Research     = 9
	Onward       = 10
	Ending       = 11
	Deviations   = 12
)

// Chapters lists them in order.
func Chapters() []int {
	return []int{Background, Description, Financing, Organisation, Steering, Sisters, Toolbox, Projects, Research, Onward, Ending, Deviations}
}

// Written are the chapters that are nothing without words of the owner's.
func Written() []int { return []int{Background, Sisters, Toolbox, Ending} }

// Title is the heading of a chapter.
func Title(nr int) i18n.Key {
	return i18n.Key("final.chapter." + []string{"background", "description", "financing", "organisation", "steering", "sisters", "toolbox", "projects", "research", "onward", "ending", "deviations"}[nr-1])
}

// Facts are what the register says of a project on a day.
type Facts struct {
	On       clock.Date
	Project  project.Project
	Children []project.Project
	Notes    []project.Note
	// Members are the municipalities that took part on its last day, Leads who delivered it where.
	Members []place.Number
	Leads   []place.Lead
	// Unwritten are the codes of sub-projects without a short final report.
	Unwritten []string
}

// Of are the notes of the kind.
func (f Facts) Of(kinds ...project.NoteKind) []project.Note {
	return slices.DeleteFunc(slices.Clone(f.Notes), func(n project.Note) bool { return !slices.Contains(kinds, n.Kind) })
}

// DeviationKind is what did not become as planned.
type DeviationKind string

// The kinds: research that nobody could do, short final reports that are not there, and money
// that was moved.
const (
	NotDone    DeviationKind = "not_done"
	NotWritten DeviationKind = "not_written"
	Moved      DeviationKind = "moved"
)

// Deviation is something that did not become as planned, as the register tells it. Count is how
// many it is about; Note is the reallocation.
type Deviation struct {
	Kind  DeviationKind
	Count int
	Note  project.Note
}

// Deviations are what the register says did not become as planned (SLU-5).
func (f Facts) Deviations() []Deviation {
	var out []Deviation
	asked := f.Of(project.Asked)
	if len(asked) > 0 && !slices.ContainsFunc(asked, func(n project.Note) bool { return n.Outcome == "accepted" }) {
		out = append(out, Deviation{Kind: NotDone, Count: len(asked)})
	}
	if len(f.Unwritten) > 0 {
		out = append(out, Deviation{Kind: NotWritten, Count: len(f.Unwritten)})
	}
	for _, n := range f.Of(project.Shift) {
		out = append(out, Deviation{Kind: Moved, Count: 1, Note: n})
	}
	return out
}

// Chapter is what is written in a chapter. Version is 0 before anything is.
type Chapter struct {
	Words   string
	Version int64
}

// Report is a project's final report. Facts are those of today until it is approved, and those
// of Facts.On after that. Version is 0 before it is begun.
type Report struct {
	Facts
	State       flow.State
	Chapters    map[int]Chapter
	ApprovedOn  clock.Date
	ApprovedRef string
	SentOn      clock.Date
	Receiver    string
	Version     int64
	Steps       []flow.Step
	Ball        flow.Ball
}

// IsFrozen reports whether nothing in the report changes any more.
func (r Report) IsFrozen() bool { return r.State == Approved || r.State == Sent }

// Fills reports whether the register has something for the chapter.
func (f Facts) Fills(nr int) bool {
	p := f.Project
	switch nr {
	case Background:
		return len(f.Members) > 0
	case Description:
		return p.Goal.String() != ""
	case Financing:
		return len(p.Money) > 0
	case Organisation:
		return len(f.Leads) > 0 || slices.ContainsFunc(p.Members, func(m project.Member) bool { return m.Sort == project.Manager })
	case Steering:
		return slices.ContainsFunc(p.Members, func(m project.Member) bool { return m.Sort == project.Steering })
	case Projects:
		return len(f.Children) > 0
	case Research:
		return len(f.Of(project.Asked, project.Shift)) > 0
	case Onward:
		return len(f.Of(project.Onward, project.Plan)) > 0
	case Deviations:
		return len(f.Deviations()) > 0
	}
	return false
}

// Missing are the chapters that nobody has written and the register has nothing for, in order:
// those that need the owner's words until they have them.
func (r Report) Missing() []int {
	var out []int
	for _, nr := range Chapters() {
		words := r.Chapters[nr].Words != ""
		switch {
		case words || nr == Deviations:
		case slices.Contains(Written(), nr), !r.Fills(nr):
			out = append(out, nr)
		}
	}
	return out
}

// Moves are the moves that the actor may make.
func Moves(a access.Actor, d project.Detail, r Report) []flow.MoveDef {
	if !project.CanChange(a, d) || r.Version == 0 {
		return nil
	}
	return Flow().From(r.State)
}
