package assembly

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
)

// Recorded are made-up cases of the six mayors, for the simulator: what an elected
// body of the demo has decided, under the rules in force.
func Recorded(_ context.Context, _ access.Actor, d meeting.Details) ([]outcome.Recorded, error) {
	if d.Kind != meeting.Council && d.Kind != meeting.Board || len(d.Rules) == 0 {
		return nil, nil
	}
	rules := d.Rules[0].Rules
	said := func(id, title string, scope outcome.Scope, change func(*outcome.Facts), positions ...rule.Position) outcome.Recorded {
		f := facts(d, scope, positions)
		if change != nil {
			change(&f)
		}
		return outcome.Recorded{ID: id, Title: title, Rules: rules, Facts: f}
	}
	const yes, no = rule.For, rule.Against
	return []outcome.Recorded{
		said("PS 3/26", "Ny samarbeidsavtale", outcome.All, nil, yes, yes, yes, yes, yes, yes),
		said("PS 5/26", "Felles uttalelse om Rørosbanen", outcome.All, nil, yes, yes, no, yes, yes, yes),
		said("PS 8/26", "Kompetansepiloter: forankring og finansiering", outcome.Some, func(f *outcome.Facts) { f.Case.Amount = money.NOK(60_000_000) },
			yes, yes, rule.Reserved, yes, yes, yes),
		said("PS 11/26", "Endring i budsjettet for næringsfondet", outcome.All, func(f *outcome.Facts) { away(f, 4); away(f, 5) }, yes, yes, yes, yes, yes, yes),
		said("PS 14/26", "Sted for neste kompetansedag", outcome.Some, nil, yes, yes, yes, no, no, no),
		said("PS 17/26", "Felles stilling for voksenopplæring", outcome.Some, func(f *outcome.Facts) {
			for i := 1; i < 4; i++ {
				away(f, i)
			}
		}, yes, yes, yes, yes, no, yes),
	}, nil
}

// facts are the seats of today with the mayors present, and what they said in the
// order of the seats; the first leads the meeting.
func facts(d meeting.Details, scope outcome.Scope, positions []rule.Position) outcome.Facts {
	today := d.Rules[0].ValidFrom
	for _, e := range d.Elections {
		today = e.From // a day when all seats are held
	}
	f := outcome.Facts{Case: outcome.Case{Scope: scope, ScopeBy: "Styret", ScopeOn: today}, Today: today}
	for _, s := range d.SeatsOn(today) {
		f.Seats = append(f.Seats, outcome.Seat{ID: string(s.ID), Member: string(s.Org), Name: s.OrgName, Kind: s.Kind})
		if s.Kind != rule.Mayor {
			continue
		}
		f.Present = append(f.Present, outcome.Present{Seat: string(s.ID), Member: true})
		n := len(f.Positions)
		if f.Chair == "" {
			f.Chair = string(s.ID)
		}
		if n < len(positions) {
			p := outcome.Position{Seat: string(s.ID), By: outcome.Member, Position: positions[n]}
			if p.Position == rule.Against || p.Position == rule.Reserved {
				p.Reason = "Kommunen har andre planer."
			}
			f.Positions = append(f.Positions, p)
		}
	}
	return f
}

// away lets the mayor number i be away and have given the position by phone.
func away(f *outcome.Facts, i int) {
	if i >= len(f.Positions) {
		return
	}
	f.Positions[i].How = outcome.Phone
	for j := range f.Present {
		if f.Present[j].Seat == f.Positions[i].Seat {
			f.Present = append(f.Present[:j], f.Present[j+1:]...)
			return
		}
	}
}
