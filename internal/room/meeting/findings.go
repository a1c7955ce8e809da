package meeting

import (
	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/rule"
)

// FindingKind is what is wrong with a body, or will be soon.
type FindingKind string

// The findings.
const (
	NoRules        FindingKind = "no_rules"         // it cannot decide
	UnknownSeat    FindingKind = "unknown_seat"     // the rules do not know the kind of seat
	TooManySeats   FindingKind = "too_many_seats"   // a member has more of a kind than the rules give
	MissingSeat    FindingKind = "missing_seat"     // a member has fewer
	VacantSeat     FindingKind = "vacant_seat"      // nobody holds it
	NoDeputy       FindingKind = "no_deputy"        // AVT-4
	HolderEnds     FindingKind = "holder_ends"      // AVT-5
	NoLeader       FindingKind = "no_leader"        //
	NoDeputyLeader FindingKind = "no_deputy_leader" //
	LeaderEnds     FindingKind = "leader_ends"      // AVT-5
)

// Label is the key of the sentence; it takes org, seat, title and date.
func (k FindingKind) Label() i18n.Key { return i18n.Key("body.finding." + string(k)) }

// Finding is one thing to put right. Org, Seat, Title and Day are filled where
// the kind is about them; Soon says that nothing is wrong yet.
type Finding struct {
	Kind  FindingKind
	Org   string
	Seat  SeatKind
	Task  Task
	Title string
	Day   clock.Date
	Soon  bool
}

// Ahead is how many days before the end of a term that it is told of.
const Ahead = 90

// Findings are what the secretary should put right on the day, seats first.
func (d Details) Findings(today clock.Date) []Finding {
	rules, ok := d.RulesOn(today)
	if !ok {
		return []Finding{{Kind: NoRules}}
	}
	var out []Finding
	seats := d.SeatsOn(today)
	for _, s := range seats {
		out = append(out, seatFindings(rules.Rules, s, today)...)
	}
	out = append(out, balance(rules.Rules, seats)...)
	if d.Parent == "" || rules.Rules.Leader.Years > 0 {
		out = append(out, d.leaderFindings(rules.Rules, today)...)
	}
	return out
}

func seatFindings(rules rule.Set, s Seat, today clock.Date) []Finding {
	known, ok := rules.Seat(s.Kind)
	if !ok {
		return []Finding{{Kind: UnknownSeat, Org: s.OrgName, Seat: s.Kind}}
	}
	var out []Finding
	switch member, held := s.MemberOn(today); {
	case !held:
		out = append(out, Finding{Kind: VacantSeat, Org: s.OrgName, Seat: s.Kind})
	case !member.To.IsZero() && !member.To.After(today.AddDays(Ahead)):
		out = append(out, Finding{Kind: HolderEnds, Org: s.OrgName, Seat: s.Kind, Title: member.Title, Day: member.To, Soon: true})
	}
	if rules.Elected && known.Deputy && isElected(s.Kind) && len(s.DeputiesOn(today)) == 0 {
		out = append(out, Finding{Kind: NoDeputy, Org: s.OrgName, Seat: s.Kind})
	}
	return out
}

// balance holds how many seats each member has of each kind against the rules.
func balance(rules rule.Set, seats []Seat) []Finding {
	type place struct {
		org  access.OrgID
		kind SeatKind
	}
	names, order, has := map[access.OrgID]string{}, []access.OrgID{}, map[place]int{}
	for _, s := range seats {
		has[place{s.Org, s.Kind}]++
		if known, ok := rules.Seat(s.Kind); ok && known.Each > 0 && names[s.Org] == "" {
			names[s.Org], order = s.OrgName, append(order, s.Org)
		}
	}
	var out []Finding
	for _, o := range order {
		for _, known := range rules.Seats {
			switch n := has[place{o, known.Kind}]; {
			case n > known.Each && known.Each > 0:
				out = append(out, Finding{Kind: TooManySeats, Org: names[o], Seat: known.Kind})
			case n < known.Each:
				out = append(out, Finding{Kind: MissingSeat, Org: names[o], Seat: known.Kind})
			}
		}
	}
	return out
}

func (d Details) leaderFindings(rules rule.Set, today clock.Date) []Finding {
	var out []Finding
	for _, t := range Tasks() {
		if t == DeputyLeader && !rules.Leader.Deputy {
			continue
		}
		_, term, ok := d.LeaderOn(t, today)
		switch {
		case !ok && t == Leader:
			out = append(out, Finding{Kind: NoLeader, Task: t})
		case !ok:
			out = append(out, Finding{Kind: NoDeputyLeader, Task: t})
		case !term.To.After(today.AddDays(Ahead)):
			out = append(out, Finding{Kind: LeaderEnds, Task: t, Day: term.To, Soon: true})
		}
	}
	return out
}

// Tally counts the seats that the members have on the day, and those of them that
// vote; observers and the secretary are not counted.
func (d Details) Tally(day clock.Date) (seats, votes int) {
	rules, ok := d.RulesOn(day)
	if !ok {
		return len(d.SeatsOn(day)), 0
	}
	for _, s := range d.SeatsOn(day) {
		known, ok := rules.Rules.Seat(s.Kind)
		if !ok || known.Each == 0 {
			continue
		}
		seats++
		if known.Vote {
			votes++
		}
	}
	return seats, votes
}
