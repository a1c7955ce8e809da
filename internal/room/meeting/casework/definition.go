package casework

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// FlowKind is the kind under which flow, audit and objects know a case.
const FlowKind = "case"

// The states (C.27).
const (
	Created     flow.State = "created"
	Drafting    flow.State = "drafting"
	Recommended flow.State = "recommended"
	OnAgenda    flow.State = "on_agenda"
	WasPut      flow.State = "postponed"
	WasSent     flow.State = "sent_on"
	WasAdopted  flow.State = "adopted"
	WasRejected flow.State = "rejected"
	WasNoted    flow.State = "noted"
	Local       flow.State = "local" // with the municipal councils
	Ratified    flow.State = "ratified"
	InEffect    flow.State = "in_effect"
	Archived    flow.State = "archived"
	Withdrawn   flow.State = "withdrawn"
)

// States lists the states in the order of the way.
func States() []flow.State {
	var out []flow.State
	for _, s := range Flow().States {
		out = append(out, s.State)
	}
	return out
}

// StateLabel is a state's name.
func StateLabel(s flow.State) i18n.Key { return i18n.Key("case.state." + string(s)) }

// issued are the states in which all may know of the case.
func issued() []flow.State {
	return []flow.State{OnAgenda, WasPut, WasSent, WasAdopted, WasRejected, WasNoted, Local, Ratified, InEffect, Archived}
}

// IsIssued reports whether all may know of a case in the state.
func IsIssued(s flow.State) bool { return slices.Contains(issued(), s) }

// IsWritten reports whether the paper of the case may be changed: until it is
// archived or withdrawn. What was issued stands as its version.
func IsWritten(c Case) bool { return c.State != Archived && c.State != Withdrawn }

// Flow is how a case moves. The secretariat has the ball all the way: it waits for
// others by dates of its own. Treat and Issue make the moves that change more than
// the state.
func Flow() flow.Definition {
	secretary := []flow.Party{flow.Secretary}
	state := func(s flow.State, label i18n.Key, days int) flow.StateDef {
		return flow.StateDef{State: s, Label: label, Ball: flow.Secretary, Days: days}
	}
	end := func(s flow.State, label i18n.Key) flow.StateDef {
		return flow.StateDef{State: s, Label: label, End: true}
	}
	move := func(from, to flow.State, label i18n.Key, note bool) flow.MoveDef {
		return flow.MoveDef{From: from, To: to, By: secretary, Label: label, NoteRequired: note}
	}
	d := flow.Definition{Kind: FlowKind, Initial: Created, States: []flow.StateDef{
		state(Created, "case.state.created", 0), state(Drafting, "case.state.drafting", 0), state(Recommended, "case.state.recommended", 0),
		state(OnAgenda, "case.state.on_agenda", 0), state(WasPut, "case.state.postponed", 10), state(WasSent, "case.state.sent_on", 10),
		state(WasAdopted, "case.state.adopted", 10), state(WasRejected, "case.state.rejected", 10), state(WasNoted, "case.state.noted", 10),
		state(Local, "case.state.local", 0), state(Ratified, "case.state.ratified", 10), state(InEffect, "case.state.in_effect", 0),
		end(Archived, "case.state.archived"), end(Withdrawn, "case.state.withdrawn"),
	}, Moves: []flow.MoveDef{
		move(Created, Drafting, "case.move.draft", false), move(Drafting, Recommended, "case.move.recommend", false),
		move(Recommended, Drafting, "case.move.back", true), move(Recommended, OnAgenda, "case.move.issue", false),
		move(OnAgenda, Drafting, "case.move.back", true),
		move(WasPut, Drafting, "case.move.draft", false), move(WasSent, Drafting, "case.move.draft", false), move(WasRejected, Drafting, "case.move.draft", true),
		move(WasAdopted, Local, "case.move.local", false), move(WasAdopted, InEffect, "case.move.effect", false),
		move(Local, Ratified, "case.move.ratified", false), move(Local, WasRejected, "case.move.not_ratified", true),
		move(Ratified, InEffect, "case.move.effect", false), move(InEffect, Archived, "case.move.archive", false),
		move(WasNoted, Archived, "case.move.archive", false), move(WasRejected, Archived, "case.move.archive", false),
		move(Created, Withdrawn, "case.move.withdraw", true), move(Drafting, Withdrawn, "case.move.withdraw", true),
	}}
	for _, to := range []flow.State{WasAdopted, WasRejected, WasPut, WasSent, WasNoted} {
		d.Moves = append(d.Moves, move(OnAgenda, to, "case.move.treat", false))
	}
	return d
}

// ByHand are the moves out of the state that a page offers as such: not those that
// Issue and Treat make.
func ByHand(s flow.State) []flow.MoveDef {
	var out []flow.MoveDef
	for _, m := range Flow().From(s) {
		if m.Label != "case.move.treat" && m.Label != "case.move.issue" {
			out = append(out, m)
		}
	}
	return out
}

func flowSubject(c ID) flow.Subject { return flow.Subject{Kind: FlowKind, ID: string(c)} }

// ball is who acts in a state: the secretariat of the body, until the day that the
// state or the case gives.
func ball(c Case, secretariat access.OrgID, to flow.State, today clock.Date) flow.Ball {
	def, _ := Flow().State(to)
	if def.End {
		return flow.Ball{}
	}
	out := flow.Ball{Party: flow.Secretary, Org: secretariat, Role: access.RoleSecretary, Due: def.Due(today)}
	if to == Created || to == Drafting {
		out.Due = c.ReadyBy
	}
	return out
}
