package need

import (
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/i18n"
)

// The states of a need, as the API writes them. Merged means that the need
// is followed as part of a pooled need.
const (
	Draft             flow.State = "draft"
	Mapped            flow.State = "mapped"
	Presented         flow.State = "presented"
	Discussed         flow.State = "discussed"
	InFollowUp        flow.State = "in_follow_up"
	InDevelopment     flow.State = "in_development"
	CoveredByExisting flow.State = "covered_by_existing"
	CoveredByOther    flow.State = "covered_by_other"
	NotPossible       flow.State = "not_possible"
	Covered           flow.State = "covered"
	Closed            flow.State = "closed"
	Merged            flow.State = "merged"
	Withdrawn         flow.State = "withdrawn"
)

// States lists the states in the order of a need's life.
func States() []flow.State {
	return []flow.State{Draft, Mapped, Presented, Discussed, InFollowUp, InDevelopment, CoveredByExisting,
		CoveredByOther, NotPossible, Covered, Closed, Merged, Withdrawn}
}

// StateLabel is the state's name.
func StateLabel(s flow.State) i18n.Key { return i18n.Key("need.state." + string(s)) }

// The kinds of the two definitions.
const (
	FlowKind     = "need"
	PoolFlowKind = "need_pool"
)

// FollowUpDays is how many working days a provider gets to answer unless
// another date is agreed.
const FollowUpDays = 20

// Poolable are the states from which a need can become part of a pool, and to
// which it returns.
func Poolable() []flow.State { return []flow.State{Mapped, Presented, Discussed, InFollowUp} }

// Flow is how a need moves: three verbs in order (map, present, discuss), then
// a provider follows up and answers. Existing offers, measures and support may
// answer it at any point, and a provider may take it without a forum. Who may
// say that it is covered is for Proved to tell. What has ended can be taken up
// again with a reason.
func Flow() flow.Definition {
	d := flow.Definition{Kind: FlowKind, Initial: Draft, States: []flow.StateDef{
		{State: Draft, Label: "need.state.draft", Ball: flow.Owner},
		{State: Mapped, Label: "need.state.mapped", Ball: flow.Secretary, Days: 20},
		{State: Presented, Label: "need.state.presented", Ball: flow.Secretary, Days: 20},
		{State: Discussed, Label: "need.state.discussed", Ball: flow.Secretary, Days: 10},
		{State: InFollowUp, Label: "need.state.in_follow_up", Ball: flow.Provider, Days: FollowUpDays},
		{State: InDevelopment, Label: "need.state.in_development", Ball: flow.Provider, Days: 60},
		{State: CoveredByExisting, Label: "need.state.covered_by_existing", Ball: flow.Owner, Days: 20},
		{State: CoveredByOther, Label: "need.state.covered_by_other", Ball: flow.Owner, Days: 20},
		{State: NotPossible, Label: "need.state.not_possible", Ball: flow.County, Days: 20},
		{State: Covered, Label: "need.state.covered", Ball: flow.Adviser, Days: 40},
		{State: Closed, Label: "need.state.closed", End: true},
		{State: Merged, Label: "need.state.merged", End: true},
		{State: Withdrawn, Label: "need.state.withdrawn", End: true},
	}}
	add := func(m flow.MoveDef) { d.Moves = append(d.Moves, m) }
	own := []flow.Party{flow.Owner, flow.Adviser}
	steer := []flow.Party{flow.Secretary, flow.County}
	demand := append(append([]flow.Party{}, own...), steer...)
	all := append([]flow.Party{flow.Provider}, demand...)
	teach := append([]flow.Party{flow.Provider}, steer...)

	add(flow.MoveDef{From: Draft, To: Mapped, By: own, Label: "need.move.submit"})
	add(flow.MoveDef{From: Mapped, To: Presented, By: steer, Label: "need.move.present"})
	add(flow.MoveDef{From: Presented, To: Discussed, By: steer, Label: "need.move.discuss"})
	for _, from := range []flow.State{Mapped, Presented, Discussed} {
		add(flow.MoveDef{From: from, To: InFollowUp, By: all, Label: "need.move.follow_up"})
		add(flow.MoveDef{From: from, To: CoveredByExisting, By: demand, Label: "need.move.existing"})
		add(flow.MoveDef{From: from, To: CoveredByOther, By: demand, Label: "need.move.other"})
		add(flow.MoveDef{From: from, To: NotPossible, By: steer, Label: "need.move.not_possible", NoteRequired: true})
		add(flow.MoveDef{From: from, To: Closed, By: steer, Label: "need.move.close", NoteRequired: true})
	}
	add(flow.MoveDef{From: InFollowUp, To: InDevelopment, By: teach, Label: "need.move.develop"})
	add(flow.MoveDef{From: InFollowUp, To: CoveredByExisting, By: all, Label: "need.move.existing"})
	add(flow.MoveDef{From: InFollowUp, To: CoveredByOther, By: all, Label: "need.move.other"})
	add(flow.MoveDef{From: InFollowUp, To: NotPossible, By: teach, Label: "need.move.not_possible", NoteRequired: true})
	add(flow.MoveDef{From: InFollowUp, To: Discussed, By: teach, Label: "need.move.hand_back", NoteRequired: true})
	add(flow.MoveDef{From: InDevelopment, To: Covered, By: all, Label: "need.move.covered"})
	add(flow.MoveDef{From: InDevelopment, To: CoveredByExisting, By: teach, Label: "need.move.ready"})
	add(flow.MoveDef{From: InDevelopment, To: NotPossible, By: teach, Label: "need.move.not_possible", NoteRequired: true})
	add(flow.MoveDef{From: InDevelopment, To: InFollowUp, By: teach, Label: "need.move.follow_up_again", NoteRequired: true})
	for _, from := range []flow.State{CoveredByExisting, CoveredByOther} {
		add(flow.MoveDef{From: from, To: Covered, By: demand, Label: "need.move.covered"})
	}
	add(flow.MoveDef{From: Covered, To: Closed, By: demand, Label: "need.move.close", NoteRequired: true})
	add(flow.MoveDef{From: NotPossible, To: Closed, By: demand, Label: "need.move.close", NoteRequired: true})
	for _, from := range []flow.State{CoveredByExisting, CoveredByOther, NotPossible, Covered, Closed, Withdrawn} {
		add(flow.MoveDef{From: from, To: Mapped, By: demand, Label: "need.move.reopen", NoteRequired: true})
	}
	for _, s := range Poolable() {
		add(flow.MoveDef{From: s, To: Merged, By: demand, Label: "need.move.merge"})
		add(flow.MoveDef{From: Merged, To: s, By: demand, Label: "need.move.leave_pool"})
	}
	for _, s := range []flow.State{Mapped, Presented, Discussed, InFollowUp, InDevelopment, CoveredByExisting, CoveredByOther, NotPossible, Merged} {
		add(flow.MoveDef{From: s, To: Withdrawn, By: own, Label: "need.move.withdraw", NoteRequired: true})
	}
	return d
}

// PoolFlow is how a pooled need moves: as a need, from mapped on. Withdrawing
// it dissolves it: its needs go back to where they stood.
func PoolFlow() flow.Definition {
	d := Flow()
	d.Kind, d.Initial = PoolFlowKind, Mapped
	var states []flow.StateDef
	for _, s := range d.States {
		if s.State != Draft && s.State != Merged {
			states = append(states, s)
		}
	}
	var moves []flow.MoveDef
	for _, m := range d.Moves {
		reopened := m.From == Withdrawn // its needs have gone
		if m.From != Draft && m.From != Merged && m.To != Merged && !reopened {
			moves = append(moves, m)
		}
	}
	d.States, d.Moves = states, moves
	return d
}
