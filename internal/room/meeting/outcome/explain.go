package outcome

import (
	"cmp"
	"slices"

	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/rule"
)

// explain puts the outcome in sentences: how it ended, who, by which rule, who decided
// the scope, what was shown and not counted, and what can be done.
func (d *decider) explain() {
	o := &d.out
	say := func(l rule.Line) {
		if !l.IsZero() {
			o.Explanation = append(o.Explanation, l)
		}
	}
	say(d.headline())
	for _, l := range because(o.NotBecause) {
		say(l)
	}
	say(o.Rule)
	say(o.Agreement)
	say(o.Law)
	if o.State == NoConsensus && !o.Law.IsZero() && o.Vote.For > o.Vote.Against {
		say(rule.Say("outcome.but_majority"))
	}
	d.explainScope(say)
	d.explainSeats(say)
	d.explainAdvance(say)
	d.explainLater(say)
	if len(o.Next) > 0 {
		var steps rule.Lines
		for _, s := range o.Next {
			steps = append(steps, s.Line())
		}
		say(rule.Say("outcome.next", "steps", steps))
	}
}

// because says the reasons; members that gave none and said the same share a sentence.
func because(list []Reason) []rule.Line {
	var lines []rule.Line
	said := map[rule.Position]bool{}
	for _, r := range list {
		switch {
		case r.Reason != "":
			lines = append(lines, r.Line())
		case !said[r.Position]:
			said[r.Position] = true
			var all rule.Names
			for _, x := range list {
				if x.Position == r.Position && x.Reason == "" {
					all = append(all, x.Name)
				}
			}
			lines = append(lines, rule.Say(i18n.Key("outcome.because."+string(r.Position)), "name", all, "n", len(all)))
		}
	}
	return lines
}

func (d *decider) headline() rule.Line {
	o := d.out
	key := i18n.Key("outcome.head." + string(o.State))
	if o.State == Advised && len(o.AdoptedFor) == 0 {
		key = "outcome.head.advised_none"
	}
	return rule.Say(key, "names", rule.Names(names(o.AdoptedFor)), "silent", rule.Names(names(o.NotHeard)),
		"yes", o.Local.Yes, "of", o.Local.Of)
}

func (d *decider) explainScope(say func(rule.Line)) {
	c := d.f.Case
	if c.Scope == "" || c.ScopeBy == "" || c.Kind == Joint || d.out.State == Refused || d.out.State == NotTakenUp {
		return
	}
	key := i18n.Key("outcome.scope." + string(c.Scope))
	if !c.ScopeOn.IsZero() {
		key = i18n.Key("outcome.scope.day." + string(c.Scope))
	}
	say(rule.Say(key, "by", c.ScopeBy, "day", c.ScopeOn))
	if d.set.Decision.Consensus == rule.TouchesAll {
		say(rule.Say("outcome.scope.silent"))
	}
}

// explainSeats tells of deputies, of those recused, and of those that stand outside.
func (d *decider) explainSeats(say func(rule.Line)) {
	var deputies, recused, reserved, silent rule.Names
	for _, b := range d.out.Ballots {
		name := b.Seat.Name
		switch {
		case b.Silent:
			silent = append(silent, name)
		case b.Position == rule.Recused:
			recused = append(recused, name)
		case b.Position == rule.Reserved && !slices.Contains(d.out.AdoptedFor, b.Party()):
			reserved = append(reserved, name)
		}
		if b.By == Deputy && b.Position != rule.NotHeard {
			deputies = append(deputies, name)
		}
	}
	for _, x := range []struct {
		key   i18n.Key
		names rule.Names
		when  bool
	}{
		{"outcome.deputies", deputies, true},
		{"outcome.recused", recused, d.out.State != NotAdopted || d.f.Case.Procedure != Urgent},
		{"outcome.reserved", reserved, d.out.State.Adopted()},
		{"outcome.silent", silent, true},
	} {
		if len(x.names) > 0 && x.when {
			say(rule.Say(x.key, "names", x.names, "n", len(x.names)))
		}
	}
}

func (d *decider) explainAdvance(say func(rule.Line)) {
	var list rule.Lines
	for _, b := range d.out.Advance {
		list = append(list, rule.Say("outcome.advance.one", "name", b.Seat.Name, "position", b.Position.Name()))
	}
	if len(list) > 0 {
		say(rule.Say("outcome.advance", "list", list))
	}
}

// explainLater tells of those that joined and of what stands with the members.
func (d *decider) explainLater(say func(rule.Line)) {
	if d.out.State == Recommended && d.out.Local.No > 0 {
		if d.all {
			say(rule.Say("outcome.local.stops"))
		} else {
			say(rule.Say("outcome.local.without"))
		}
	}
	for _, o := range d.f.Case.OptIns {
		i := slices.IndexFunc(d.out.AdoptedFor, func(p Party) bool { return p.Member == o.Member })
		if i < 0 || d.out.Tables == nil && !d.out.State.Adopted() {
			continue
		}
		key := i18n.Key("outcome.joined")
		if d.f.Case.Amount > 0 {
			key = "outcome.joined.cost"
		}
		say(rule.Say(key, "name", d.out.AdoptedFor[i].Name, "day", o.On))
	}
}

// listNotHeard notes who was not heard, where a round has not already said so.
func (d *decider) listNotHeard() {
	if d.out.NotHeard == nil && d.out.State != Refused && d.out.State != NotTakenUp {
		d.out.NotHeard = d.with(rule.NotHeard)
		if d.f.Case.Procedure != InMeeting && !distantCounts(d.set, d.f) {
			d.out.NotHeard = d.silent()
		}
	}
}

// next lists what can be done.
func (d *decider) next() {
	rounds := d.set.Hearing.Rounds > 0
	add := func(when bool, steps ...Step) {
		if when {
			d.out.Next = append(d.out.Next, steps...)
		}
	}
	switch d.out.State {
	case Open:
		d.nextOpen(add)
	case Unanswered:
		add(true, Extend)
		add(!distantCounts(d.set, d.f), ToMeeting)
	case NoConsensus:
		add(rounds, NewRound)
		add(true, Change)
		add(d.all && d.set.MayReserve(false), OptInProject)
		add(true, Drop)
	case NotAdopted:
		add(d.f.Case.Procedure == Urgent, CallMeeting)
		add(rounds && d.f.Case.Procedure != Urgent, NewRound)
		add(true, Change, Drop)
	case NoQuorum:
		add(true, CallMeeting)
	case Refused:
		add(d.f.Case.Kind != Joint, OwnDecisions)
		add(d.f.Case.Kind == Joint, OwnResponses)
		add(true, Drop)
	case NotSent:
		add(rounds && len(d.f.Case.Conflicts) == 0, NewRound, Change)
		add(true, OwnResponses)
	case NotTakenUp:
		add(true, NextAgenda)
	case Recommended:
		add(true, AskLocal)
	case AdoptedSome:
		add(d.set.Reservation.OptIn && !d.all, MayJoin)
		add(true, FollowUp)
	case Adopted, Advised:
		add(true, FollowUp)
	}
}

func (d *decider) nextOpen(add func(bool, ...Step)) {
	undecided := slices.ContainsFunc(d.f.Recusals, func(r Recusal) bool { return r.Decided == "" && d.votes(r.Seat) })
	c := d.f.Case
	scope := c.Scope == "" && c.Kind != Joint && c.Kind != Election && d.set.Decision.Consensus == rule.TouchesAll
	waits := c.Procedure != InMeeting && len(d.out.NotHeard) > 0 && (c.Deadline.IsZero() || !d.f.Today.After(c.Deadline))
	add(scope, DecideScope)
	add(undecided && d.set.DecidesRecusal() && len(d.f.Present) > 0, DecideAble)
	add(waits, WaitRound)
	add(c.Procedure != InMeeting && !waits, ToMeeting)
	add(c.Procedure == InMeeting && len(d.f.Present) == 0, ToMeeting)
	add(slices.ContainsFunc(d.out.Ballots, func(b Ballot) bool { return b.Missing }) && len(d.f.Present) > 0 && !undecided, TakeVote)
	add(c.Procedure == InMeeting && len(d.f.Present) > 0 && !d.set.Elected && !scope, TakeVote)
}

// compareLines orders findings by what they are about and whom.
func compareLines(a, b rule.Line) int {
	return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(first(a), first(b)))
}

func first(l rule.Line) string {
	if len(l.Values) > 1 {
		if s, ok := l.Values[1].(string); ok {
			return s
		}
	}
	return ""
}
