package measure

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/support"
)

// The states of a measure. JSON has the same names.
const (
	Suggested flow.State = "suggested"
	Described flow.State = "described"
	Piloted   flow.State = "piloted"
	Published flow.State = "published"
	Revised   flow.State = "revised" // published, and checked anew since
	Archived  flow.State = "archived"
	Declined  flow.State = "declined"
)

const (
	// answerDays are the working days to answer a suggestion, or an organisation that is asked to
	// take over, and workDays those to describe and try a measure.
	answerDays, workDays = 20, 40
	// reviewEvery is how many days a check holds, and remindBefore how many days before that
	// whoever keeps the measure gets the ball.
	reviewEvery, remindBefore = 365, 30
)

// Flow is how a measure moves. Its kind is that of the card.
func Flow() flow.Definition {
	editors := []flow.Party{flow.County, flow.Secretary}
	all := []flow.Party{flow.Owner, flow.County, flow.Secretary}
	return flow.Definition{Kind: support.ObjectName, Initial: Suggested, States: []flow.StateDef{
		{State: Suggested, Label: "measure.state.suggested", Ball: flow.County, Days: answerDays},
		{State: Described, Label: "measure.state.described", Ball: flow.Owner, Days: workDays},
		{State: Piloted, Label: "measure.state.piloted", Ball: flow.County, Days: answerDays},
		{State: Published, Label: "measure.state.published", Ball: flow.Owner},
		{State: Revised, Label: "measure.state.revised", Ball: flow.Owner},
		{State: Archived, Label: "measure.state.archived", End: true},
		{State: Declined, Label: "measure.state.declined", End: true},
	}, Moves: []flow.MoveDef{
		{From: Suggested, To: Described, By: editors, Label: "measure.move.describe"},
		{From: Suggested, To: Declined, By: editors, Label: "measure.move.decline", NoteRequired: true},
		{From: Described, To: Piloted, By: all, Label: "measure.move.piloted"},
		{From: Described, To: Published, By: editors, Label: "measure.move.publish"},
		{From: Described, To: Declined, By: editors, Label: "measure.move.decline", NoteRequired: true},
		{From: Piloted, To: Published, By: editors, Label: "measure.move.publish"},
		{From: Piloted, To: Described, By: editors, Label: "measure.move.back", NoteRequired: true},
		{From: Published, To: Revised, By: all, Label: "measure.move.revise"},
		{From: Revised, To: Revised, By: all, Label: "measure.move.revise"},
		{From: Published, To: Archived, By: editors, Label: "measure.move.archive", NoteRequired: true},
		{From: Revised, To: Archived, By: editors, Label: "measure.move.archive", NoteRequired: true},
		{From: Archived, To: Published, By: editors, Label: "measure.move.restore"},
	}}
}

// IsOpen reports whether a measure in the state stands in the toolbox.
func IsOpen(s flow.State) bool { return s == Published || s == Revised }

// isDraft reports whether it has not been published.
func isDraft(s flow.State) bool {
	return slices.Contains([]flow.State{Suggested, Described, Piloted, Declined}, s)
}

// Label is the name of a state.
func Label(s flow.State) i18n.Key {
	def, _ := Flow().State(s)
	return def.Label
}

// ReviewBy is the last day for the next check of a card.
func ReviewBy(c support.Card) clock.Date { return c.LastChecked.AddDays(reviewEvery) }

// ball says who acts on the measure in a state. In the toolbox that is nobody until the next
// check is near.
func ball(m Measure, to flow.State, today clock.Date) flow.Ball {
	def, _ := Flow().State(to)
	switch {
	case def.End:
		return flow.Ball{}
	case m.Offered != "" && m.Offered != m.Owner:
		return flow.Ball{Party: flow.Owner, Org: m.Offered, Due: clock.AddWorkdays(today, answerDays)}
	case IsOpen(to):
		if ReviewBy(m.Card).AddDays(-remindBefore).After(today) {
			return flow.Ball{}
		}
		return kept(m, ReviewBy(m.Card))
	case def.Ball == flow.County:
		return flow.Ball{Party: flow.County, Role: access.RoleCaseOfficer, Due: def.Due(today)}
	}
	return kept(m, def.Due(today))
}

// kept gives the ball to the owner, or to the county where nobody owns the measure.
func kept(m Measure, due clock.Date) flow.Ball {
	if m.Owner == "" {
		return flow.Ball{Party: flow.County, Role: access.RoleCaseOfficer, Due: due}
	}
	return flow.Ball{Party: flow.Owner, Org: m.Owner, Due: due}
}

// The states of what somebody says of a measure.
const (
	Asked    flow.State = "asked"
	Answered flow.State = "answered"
	Dropped  flow.State = "dropped"
)

// SaidKind is the kind under which flow, audit, follow and object know what somebody says.
const SaidKind = "measure_said"

// SaidFlow is how what somebody says moves.
func SaidFlow() flow.Definition {
	who := []flow.Party{flow.Owner, flow.County, flow.Secretary}
	return flow.Definition{Kind: SaidKind, Initial: Asked, States: []flow.StateDef{
		{State: Asked, Label: "measure.said.state.asked", Ball: flow.Owner, Days: 10},
		{State: Answered, Label: "measure.said.state.answered", End: true},
		{State: Dropped, Label: "measure.said.state.dropped", End: true},
	}, Moves: []flow.MoveDef{
		{From: Asked, To: Answered, By: who, Label: "measure.said.move.answer"},
		{From: Asked, To: Dropped, By: who, Label: "measure.said.move.drop", NoteRequired: true},
	}}
}

// SaidLabel is the name of a state of what somebody says.
func SaidLabel(s flow.State) i18n.Key {
	def, _ := SaidFlow().State(s)
	return def.Label
}
