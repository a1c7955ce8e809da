package outcome

import (
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/meeting/rule"
)

// Example is a case such as every body meets, to show what its rules do before it has
// decided cases of its own.
type Example struct {
	ID    string
	Facts Facts
}

// Title is the key of what the case is about.
func (e Example) Title() i18n.Key { return i18n.Key("outcome.example." + e.ID) }

// The days of the examples; only their order matters.
var (
	exampleDay      = clock.MustDate("2020-09-02")
	exampleDeadline = clock.MustDate("2020-09-01")
)

// Examples are typical cases on a body's own seats: one seat of each kind for each member.
// With fewer than two members there is nothing to show, and none are given.
func Examples(set rule.Set, members []Party) []Example {
	if len(members) < 2 {
		return nil
	}
	n := len(members)
	forAll := func(int) rule.Position { return rule.For }
	last := func(p rule.Position) func(int) rule.Position {
		return func(i int) rule.Position {
			if i == n-1 {
				return p
			}
			return rule.For
		}
	}
	project := exampleFacts(set, members, Some, last(rule.Reserved))
	project.Case.Amount = money.Kroner(600_000)
	absent := exampleFacts(set, members, All, last(""))
	few := exampleFacts(set, members, All, func(i int) rule.Position {
		if i == 0 {
			return rule.For
		}
		return ""
	})
	round := exampleFacts(set, members, All, last(""))
	round.Case.Procedure, round.Case.Deadline, round.Case.Extended, round.Present = Round, exampleDeadline, true, nil
	for i := range round.Positions {
		round.Positions[i].How = Writing
	}
	loan := exampleFacts(set, members, All, forAll)
	loan.Case.Kind = Loan
	tie := exampleFacts(set, members, Some, func(i int) rule.Position {
		if i < n/2 {
			return rule.For
		}
		return rule.Against
	})
	return []Example{
		{"all_for", exampleFacts(set, members, All, forAll)},
		{"one_against", exampleFacts(set, members, All, last(rule.Against))},
		{"project", project},
		{"split", tie},
		{"absent", absent},
		{"recused", exampleFacts(set, members, All, last(rule.Recused))},
		{"few", few},
		{"round", round},
		{"loan", loan},
	}
}

// exampleFacts gives each member's seat with a vote a position; a member whose position
// is empty is not there.
func exampleFacts(set rule.Set, members []Party, scope Scope, position func(i int) rule.Position) Facts {
	f := Facts{Case: Case{Scope: scope}, Today: exampleDay}
	for i, m := range members {
		for _, kind := range set.Seats {
			seat := Seat{ID: m.Member + "/" + string(kind.Kind), Member: m.Member, Name: m.Name, Kind: kind.Kind}
			p := position(i)
			f.Seats = append(f.Seats, seat)
			f.Present = append(f.Present, Present{Seat: seat.ID, Member: p != ""})
			if kind.Vote && p != "" {
				f.Positions = append(f.Positions, Position{Seat: seat.ID, By: Member, Position: p})
				if f.Chair == "" {
					f.Chair = seat.ID
				}
			}
			if p == rule.Recused {
				f.Recusals = append(f.Recusals, Recusal{Seat: seat.ID, By: Member, Decided: Stepped})
			}
		}
	}
	return f
}
