package outcome

import (
	"slices"

	"kompetansetorg/internal/room/meeting/rule"
)

// entitled lists the seats with a vote.
func entitled(set rule.Set, f Facts) []Seat {
	var list []Seat
	for _, s := range f.Seats {
		if set.Votes(s.Kind) {
			list = append(list, s)
		}
	}
	return list
}

// distantCounts reports whether a position that is not given in the meeting counts. In
// an elected body only in the urgent procedure, whatever the set says.
func distantCounts(set rule.Set, f Facts) bool {
	if set.Elected {
		return f.Case.Procedure == Urgent
	}
	return set.Distant.Counts
}

// Caster says who casts a seat's vote now: the member, or the deputy when the member is
// absent or recused. ok is false when nobody can; recused is then whether that is
// because the member is recused. Outside a meeting the member may always, and the deputy
// when the member is recused.
func Caster(set rule.Set, f Facts, seat Seat) (by Holder, recused, ok bool) {
	memberOut, deputyOut := steppedBack(f, seat.ID, Member), steppedBack(f, seat.ID, Deputy)
	here := presentIn(f, seat.ID)
	if f.Case.Procedure != InMeeting {
		here.Member, here.Deputy = true, true
	}
	kind, _ := set.Seat(seat.Kind)
	switch {
	case here.Member && !memberOut:
		return Member, false, true
	case here.Deputy && !deputyOut && kind.Deputy && set.Deputies.StepIn:
		return Deputy, false, true
	}
	return "", memberOut, false
}

func presentIn(f Facts, seat string) Present {
	var p Present
	for _, x := range f.Present {
		if x.Seat == seat {
			p.Member, p.Deputy = p.Member || x.Member, p.Deputy || x.Deputy
		}
	}
	return p
}

// steppedBack reports whether a holder is recused: by the body's decision, or by having
// said so when the body has not decided otherwise.
func steppedBack(f Facts, seat string, by Holder) bool {
	for _, r := range f.Recusals {
		if r.Seat == seat && r.By == by && r.Decided != "" {
			return r.Decided == Stepped
		}
	}
	return slices.ContainsFunc(f.Positions, func(p Position) bool {
		return p.Seat == seat && p.By == by && p.Position == rule.Recused && p.Contested.IsZero()
	})
}

// ballots finds what counts for each seat with a vote.
func ballots(set rule.Set, f Facts) []Ballot {
	var list []Ballot
	for _, s := range entitled(set, f) {
		list = append(list, ballot(set, f, s))
	}
	return list
}

func ballot(set rule.Set, f Facts, s Seat) Ballot {
	distant := distantCounts(set, f)
	by, recused, ok := Caster(set, f, s)
	b := Ballot{Seat: s, By: by, Position: rule.NotHeard}
	holders := []Holder{by}
	switch {
	case recused:
		b.Position = rule.Recused
		return b
	case !ok && !distant:
		return b
	case !ok:
		// Nobody is here, but what either has sent counts, the member's before the vara's.
		holders = []Holder{Member, Deputy}
	case f.Case.Procedure == Round && by == Member:
		// A member that has not answered a round is absent from it. The urgent procedure
		// asks for the members themselves.
		holders = []Holder{Member, Deputy}
	}
	for _, h := range holders {
		if steppedBack(f, s.ID, h) || h == Deputy && !hasDeputy(set, s) {
			continue
		}
		if p, found := said(f, s.ID, h, func(p Position) bool { return p.How == Here && f.Case.Procedure == InMeeting || distant }); found {
			b.By, b.Position, b.Reason, b.How = h, p.Position, p.Reason, p.How
			return b
		}
	}
	if f.Case.Procedure != InMeeting && steppedBack(f, s.ID, Member) {
		b.By, b.Position = "", rule.Recused // the vara may answer, but nobody waits for it
	}
	b.Missing = ok && set.Elected && f.Case.Procedure == InMeeting
	return b
}

func hasDeputy(set rule.Set, s Seat) bool {
	kind, _ := set.Seat(s.Kind)
	return kind.Deputy && set.Deputies.StepIn
}

// said finds the latest position of a holder among those that fit. What was given in the
// meeting comes before what was sent; of two from the same moment the more cautious, so
// that the order of the list never matters.
func said(f Facts, seat string, by Holder, fits func(Position) bool) (Position, bool) {
	var best Position
	found := false
	for _, p := range f.Positions {
		if p.Seat != seat || p.By != by || !stands(f, p) || p.Position == rule.Recused || !slices.Contains(rule.Given(), p.Position) || !fits(p) {
			continue
		}
		if !found || later(p, best) {
			best, found = p, true
		}
	}
	return best, found
}

// stands reports whether a position holds: one contested after the deadline still does.
func stands(f Facts, p Position) bool {
	return p.Contested.IsZero() || !f.Case.Deadline.IsZero() && p.Contested.After(f.Case.Deadline)
}

func later(p, q Position) bool {
	if (p.How == Here) != (q.How == Here) {
		return p.How == Here
	}
	if c := p.At.Compare(q.At); c != 0 {
		return c > 0
	}
	if a, b := caution(p.Position), caution(q.Position); a != b {
		return a > b
	}
	if p.Procedure != q.Procedure {
		return q.Procedure // a consent to the procedure that was not repeated is none
	}
	return p.Reason > q.Reason || p.Reason == q.Reason && p.How > q.How
}

func caution(p rule.Position) int { return slices.Index(rule.Given(), p) }

// advance lists what was said beforehand and does not count.
func advance(set rule.Set, f Facts) []Ballot {
	if distantCounts(set, f) {
		return nil
	}
	var list []Ballot
	for _, s := range entitled(set, f) {
		for _, h := range []Holder{Member, Deputy} {
			if p, found := said(f, s.ID, h, func(p Position) bool { return p.How != Here || f.Case.Procedure != InMeeting }); found {
				list = append(list, Ballot{Seat: s, By: h, Position: p.Position, Reason: p.Reason, How: p.How})
			}
		}
	}
	return list
}

func count(list []Ballot) Tally {
	t := Tally{Entitled: len(list)}
	for _, b := range list {
		switch b.Position {
		case rule.For, rule.ForRemark:
			t.For++
		case rule.Against:
			t.Against++
		case rule.Reserved:
			t.Reserved++
		case rule.Recused:
			t.Recused++
		default:
			t.NotHeard++
		}
	}
	return t
}
