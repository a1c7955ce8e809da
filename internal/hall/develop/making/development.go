package making

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/supply/offer"
)

// ID names a development.
type ID = id.Of[Development]

// ParseID reads the id of a development from outside.
func ParseID(s string) (ID, error) { return id.Parse[Development](s) }

// FlowKind is the kind under which flow, audit, follow and object know a development.
const FlowKind = "development"

// The actions of the audit log.
const (
	ActionMake audit.Action = "making.make"
	ActionMove audit.Action = "making.move"
	ActionPlan audit.Action = "making.plan"
	ActionLink audit.Action = "making.link"
	ActionCopy audit.Action = "making.copy"
)

// Limits of what may be written, in characters, and of how many may begin.
const (
	MaxTitle   = 200
	MaxNote    = 2_000
	MaxStarted = 10_000
)

// The states. JSON has the same names.
const (
	Idea        flow.State = "idea"
	Feasibility flow.State = "feasibility"
	Design      flow.State = "design"
	Building    flow.State = "building"
	Open        flow.State = "open"
	Running     flow.State = "running"
	Evaluated   flow.State = "evaluated"
	Continued   flow.State = "continued"
	Ended       flow.State = "ended"
	Stopped     flow.State = "stopped"
)

// Stages are the states that are planned, in order.
func Stages() []flow.State {
	return []flow.State{Idea, Feasibility, Design, Building, Open, Running, Evaluated}
}

// States lists all states.
func States() []flow.State { return append(Stages(), Continued, Ended, Stopped) }

// Flow is how a development moves: along the stages, back one with a reason, and stopped
// from any of them. The days are used where the plan has none.
func Flow() flow.Definition {
	provider := []flow.Party{flow.Provider}
	days := map[flow.State]int{Idea: 20, Feasibility: 20, Design: 40, Building: 60, Open: 60, Running: 120, Evaluated: 20}
	d := flow.Definition{Kind: FlowKind, Initial: Idea}
	stages := Stages()
	for i, s := range stages {
		d.States = append(d.States, flow.StateDef{State: s, Label: label(s), Ball: flow.Provider, Days: days[s]})
		if i+1 < len(stages) {
			d.Moves = append(d.Moves, flow.MoveDef{From: s, To: stages[i+1], By: provider, Label: move(stages[i+1])})
		}
	}
	for _, s := range []flow.State{Continued, Ended} {
		d.Moves = append(d.Moves, flow.MoveDef{From: Evaluated, To: s, By: provider, Label: move(s)})
	}
	for i, s := range stages {
		if i > 0 {
			d.Moves = append(d.Moves, flow.MoveDef{From: s, To: stages[i-1], By: provider, Label: "making.move.back", NoteRequired: true})
		}
		d.Moves = append(d.Moves, flow.MoveDef{From: s, To: Stopped, By: []flow.Party{flow.Provider, flow.County}, Label: move(Stopped), NoteRequired: true})
	}
	d.Moves = append(d.Moves, flow.MoveDef{From: Stopped, To: Idea, By: provider, Label: "making.move.again", NoteRequired: true})
	for _, s := range []flow.State{Continued, Ended, Stopped} {
		d.States = append(d.States, flow.StateDef{State: s, Label: label(s), End: true})
	}
	return d
}

// Development is a programme in the making.
type Development struct {
	ID           ID
	Number       string // "U-2026-0003"
	Title        string
	Sort         develop.Kind
	About        develop.About
	Answer       develop.ID
	CopiedFrom   ID             // empty for one that came from an answer
	Region       place.RegionID // that a copy is for
	Provider     access.OrgID
	ProviderName string
	Programme    offer.ProgrammeID
	State        flow.State
	Public       bool
	Started      int // as the provider says, beside those who came by an application here
	StartedOn    clock.Date
	CreatedAt    clock.Time
	Version      int64

	Ball flow.Ball
	Mine []flow.Party // what the reader may act as
	// Partner says that the reader works with it, and reads all.
	Partner bool
	// Shown says that all may read it: it is public, and no need behind it is shielded.
	Shown bool
	// Inside says that the reader shares its workspace.
	Inside bool
}

// Is reports whether the reader may act as the party.
func (d Development) Is(p flow.Party) bool { return slices.Contains(d.Mine, p) }

// Moves are the moves that the reader may make, the next stage first.
func (d Development) Moves() []flow.MoveDef {
	return slices.DeleteFunc(Flow().From(d.State), func(m flow.MoveDef) bool { return !slices.ContainsFunc(m.By, d.Is) })
}

// IsLate reports whether the stage should have ended before the day.
func (d Development) IsLate(today clock.Date) bool {
	return !d.Ball.Due.IsZero() && today.After(d.Ball.Due)
}

func subject(d ID) audit.Subject { return audit.Subject{Kind: FlowKind, ID: string(d)} }

func flowOf(d ID) flow.Subject { return flow.Subject{Kind: FlowKind, ID: string(d)} }
