package outcome

import (
	"slices"

	"kompetansetorg/internal/room/meeting/rule"
)

// waiting holds a case open while positions can still come.
func (d *decider) waiting() bool {
	c := d.f.Case
	switch {
	case c.Procedure == Urgent && d.set.Elected:
		return d.urgent()
	case c.Procedure != InMeeting:
		return d.round()
	case len(d.f.Present) == 0:
		return d.settle(Open, d.set.Decision.Source, rule.Say("outcome.rule.not_met"))
	}
	return false
}

// urgent is § 11-8: adopted when every member agrees to the proposal and to deciding it
// in writing; otherwise the case waits for a meeting.
func (d *decider) urgent() bool {
	source := rule.ByLaw("§ 11-8")
	line := rule.Say("outcome.rule.urgent", "source", source.Short())
	silent := false
	d.out.Law = rule.Say("outcome.law.urgent", "n", d.out.Vote.For, "of", d.out.Vote.Entitled)
	for _, b := range d.out.Ballots {
		agreed := b.Position == rule.For || b.Position == rule.ForRemark
		switch {
		case b.Position == rule.NotHeard:
			silent = true
			d.out.NotBecause = append(d.out.NotBecause, Reason{Party: b.Party(), Position: rule.NotHeard})
		case b.Position == rule.Recused || !agreed:
			d.out.NotBecause = append(d.out.NotBecause, Reason{b.Party(), b.Position, b.Reason})
		case !d.consents(b):
			d.out.NotBecause = append(d.out.NotBecause, Reason{Party: b.Party(), Position: notProcedure})
		}
	}
	if len(d.out.NotBecause) == 0 && len(d.out.Ballots) > 0 {
		d.out.AdoptedFor = d.parties()
		return d.settle(Adopted, source, line)
	}
	if open := d.f.Case.Deadline.IsZero() || !d.f.Today.After(d.f.Case.Deadline); silent && open && len(d.out.NotBecause) == d.out.Vote.NotHeard {
		d.out.NotBecause = nil
		return d.settle(Open, source, line)
	}
	return d.settle(NotAdopted, source, line)
}

// consents reports whether the holder whose position counts agreed to the procedure too.
func (d *decider) consents(b Ballot) bool {
	p, ok := said(d.f, b.Seat.ID, b.By, func(Position) bool { return true })
	return ok && p.Procedure
}

// round is a hearing between meetings. In an elected body nothing is decided there.
func (d *decider) round() bool {
	h := d.set.Hearing
	line := rule.Say("outcome.rule.round", "source", h.Source.Short())
	passed := !d.f.Case.Deadline.IsZero() && d.f.Today.After(d.f.Case.Deadline)
	extend := !d.f.Case.Extended && h.Extension > 0
	silent := d.silent()
	if !passed && len(silent) > 0 {
		return d.settle(Open, h.Source, line)
	}
	if len(silent) > 0 && h.Silence == rule.SilenceConsent && !d.set.Elected {
		d.silenceIsConsent()
		return false
	}
	if len(silent) > 0 && extend {
		d.out.NotHeard = silent
		return d.settle(Unanswered, h.Source, line)
	}
	if distantCounts(d.set, d.f) {
		return false
	}
	d.out.NotHeard = silent
	return d.settle(Open, h.Source, rule.Say("outcome.rule.to_meeting", "source", d.set.Distant.Source.Short()))
}

// silent lists the members that have not answered the round.
func (d *decider) silent() []Party {
	var list []Party
	for _, b := range d.out.Ballots {
		heard := b.Position != rule.NotHeard || slices.ContainsFunc(d.out.Advance, func(a Ballot) bool { return a.Seat.ID == b.Seat.ID })
		if p := b.Party(); !heard && !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}

func (d *decider) silenceIsConsent() {
	for i, b := range d.out.Ballots {
		if b.Position == rule.NotHeard {
			d.out.Ballots[i].Position, d.out.Ballots[i].Silent = rule.For, true
		}
	}
	d.out.Vote = count(d.out.Ballots)
}

// consensus adopts for all when nobody whose consent is needed stands outside.
func (d *decider) consensus() bool {
	if !d.set.NeedsConsensus(d.all) {
		return false
	}
	source := d.set.Decision.Source
	for _, b := range d.out.Ballots {
		switch b.Position {
		case rule.Against, rule.Reserved:
			d.out.NotBecause = append(d.out.NotBecause, Reason{b.Party(), b.Position, b.Reason})
		case rule.NotHeard:
			if d.set.Decision.Of == rule.OfAll {
				d.out.NotBecause = append(d.out.NotBecause, Reason{Party: b.Party(), Position: rule.NotHeard})
			}
		}
	}
	line := rule.Say("outcome.rule.consensus", "source", source.Short())
	d.lawLine(d.out.Vote.For > d.out.Vote.Against)
	if len(d.out.NotBecause) > 0 || d.out.Vote.For == 0 {
		d.out.Agreement = rule.Say("outcome.agreement.no_consensus", "source", source.Short())
		if d.f.Case.Kind == Joint {
			return d.settle(NotSent, source, line)
		}
		return d.settle(NoConsensus, source, line)
	}
	d.out.Agreement = rule.Say("outcome.agreement.consensus", "source", source.Short())
	d.out.AdoptedFor = d.parties()
	return d.adopt(source, line)
}

// casting lets the chair's vote decide a tie, where the rules give it and never in an
// election, and answers whether it was for. A vara who steps in for a chair that has stepped
// back does not lead the meeting: nobody's vote decides then, and the secretary is told.
func (d *decider) casting() bool {
	t := &d.out.Vote
	if t.For != t.Against || t.For == 0 || !d.set.Decision.Casting || d.f.Case.Kind == Election {
		return false
	}
	if steppedBack(d.f, d.f.Chair, Member) {
		d.out.Findings = append(d.out.Findings, rule.Say("outcome.finding.chair_stepped_back", "source", d.set.Decision.MajoritySource.Short()))
		return false
	}
	for _, b := range d.out.Ballots {
		if b.Seat.ID == d.f.Chair && (b.Position == rule.For || b.Position == rule.ForRemark || b.Position == rule.Against) {
			t.Casting = true
			return b.Position != rule.Against
		}
	}
	return false
}

// majority adopts with more votes for than against; the chair's vote decides a tie.
func (d *decider) majority() bool {
	t, source := &d.out.Vote, d.set.Decision.MajoritySource
	passed := d.casting() || t.For > t.Against
	d.lawLine(passed)
	line := rule.Say("outcome.rule.majority", "source", source.Short())
	if d.f.Case.Scope == Some && d.set.MayReserve(false) {
		source = d.set.Reservation.Source
		line = rule.Say("outcome.rule.takes_part", "source", source.Short())
		d.out.Agreement = rule.Say("outcome.agreement.some", "source", source.Short(), "n", t.For)
	} else if !d.set.Elected || d.set.Decision.Consensus != rule.Never {
		d.out.Agreement = rule.Say("outcome.agreement.majority", "source", d.set.Decision.Source.Short())
	}
	if !passed {
		for _, b := range d.out.Ballots {
			if b.Position == rule.Against {
				d.out.NotBecause = append(d.out.NotBecause, Reason{b.Party(), b.Position, b.Reason})
			}
		}
		return d.settle(NotAdopted, source, line)
	}
	if d.out.AdoptedFor = d.takers(); len(d.out.AdoptedFor) == 0 {
		// A member with two seats was for with one, and reserved itself with the other.
		for _, b := range d.out.Ballots {
			if b.Position == rule.Reserved {
				d.out.NotBecause = append(d.out.NotBecause, Reason{b.Party(), b.Position, b.Reason})
			}
		}
		return d.settle(NotAdopted, source, line)
	}
	return d.adopt(source, line)
}

// takers are those a majority decision holds for: in a case that touches some those that
// are for, otherwise all but those that may and did reserve themselves.
func (d *decider) takers() []Party {
	if d.f.Case.Scope == Some && d.set.MayReserve(false) {
		return d.with(rule.For, rule.ForRemark)
	}
	if !d.set.MayReserve(d.all) {
		return d.parties()
	}
	outside := d.with(rule.Reserved)
	return slices.DeleteFunc(d.parties(), func(p Party) bool { return slices.Contains(outside, p) })
}

// adopt settles what was adopted: as advice, for all, or for those that take part.
func (d *decider) adopt(source rule.Source, line rule.Line) bool {
	switch {
	case d.set.Decision.Advisory:
		return d.settle(Advised, source, line)
	case len(d.out.AdoptedFor) < len(d.parties()):
		return d.settle(AdoptedSome, source, line)
	}
	return d.settle(Adopted, source, line)
}

// lawLine is the vote by kommuneloven, which is shown beside the agreement's line.
func (d *decider) lawLine(passed bool) {
	if !d.set.Elected {
		return
	}
	switch {
	case d.out.Vote.Casting && passed:
		d.out.Law = tallyLine("outcome.law.casting_for", d.out.Vote)
	case d.out.Vote.Casting:
		d.out.Law = tallyLine("outcome.law.casting_against", d.out.Vote)
	default:
		d.out.Law = tallyLine("outcome.law.vote", d.out.Vote)
	}
}

// local waits for the members' own decisions. What touches all falls when one of them says
// no; what touches some does not hold for that one, and still for those that nobody asked.
func (d *decider) local() {
	binding := d.out.State == Adopted || d.out.State == AdoptedSome
	if !binding || len(d.f.Case.Local) == 0 || d.f.Case.Kind == Loan || d.f.Case.Kind == Obligation {
		return
	}
	var no []Party
	for _, l := range d.f.Case.Local {
		p := Party{l.Member, l.Name}
		if !slices.ContainsFunc(d.out.AdoptedFor, func(a Party) bool { return a.Member == l.Member }) {
			continue
		}
		d.out.Local.Of++
		switch l.Answer {
		case Yes:
			d.out.Local.Yes++
		case No:
			d.out.Local.No++
			no = append(no, p)
			d.out.NotBecause = append(d.out.NotBecause, Reason{Party: p, Position: localNo})
		}
	}
	t := d.out.Local
	switch {
	case t.Yes+t.No < t.Of:
		d.settle(Recommended, d.set.Local.Source, rule.Say("outcome.rule.local", "source", d.set.Local.Source.Short()))
	case t.No > 0:
		d.out.AdoptedFor = slices.DeleteFunc(d.out.AdoptedFor, func(p Party) bool {
			return d.all || slices.ContainsFunc(no, func(x Party) bool { return x.Member == p.Member })
		})
		if d.out.State = AdoptedSome; len(d.out.AdoptedFor) == 0 {
			d.settle(NotAdopted, d.set.Local.Source, rule.Say("outcome.rule.local", "source", d.set.Local.Source.Short()))
		}
	}
}

// optIns adds those that joined later, and splits the cost anew from each such day.
func (d *decider) optIns() {
	if d.out.State != Adopted && d.out.State != AdoptedSome && d.out.State != Recommended {
		return
	}
	var takers []Taker
	for _, p := range d.out.AdoptedFor {
		takers = append(takers, Taker{Member: p.Member, Name: p.Name, Weight: d.weight(p.Member)})
	}
	for _, o := range d.f.Case.OptIns {
		i := slices.IndexFunc(d.parties(), func(p Party) bool { return p.Member == o.Member })
		taken := slices.ContainsFunc(takers, func(t Taker) bool { return t.Member == o.Member })
		if i < 0 || taken || d.all || !d.set.Reservation.OptIn || o.On.IsZero() {
			continue
		}
		p := d.parties()[i]
		takers = append(takers, Taker{Member: p.Member, Name: p.Name, From: o.On, Weight: d.weight(p.Member)})
		d.out.AdoptedFor = append(d.out.AdoptedFor, p)
	}
	if len(d.out.AdoptedFor) == len(d.parties()) && d.out.State == AdoptedSome {
		d.out.State = Adopted
	}
	if d.f.Case.Amount > 0 {
		d.out.Tables = Tables(d.f.Case.Amount, takers)
	}
}

func (d *decider) weight(member string) int64 {
	for _, w := range d.f.Case.Weights {
		if w.Member == member {
			return w.Weight
		}
	}
	return 0
}
