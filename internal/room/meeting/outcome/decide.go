package outcome

import (
	"slices"

	"kompetansetorg/internal/room/meeting/rule"
)

// decider works out one outcome. Each step either settles it or leaves it to the next.
type decider struct {
	set rule.Set
	f   Facts
	out Outcome
	all bool // the case touches all
}

// Decide works out how a case ends. The set must be valid; of a set that is not, nothing
// is promised but an answer.
func Decide(set rule.Set, f Facts) Outcome {
	d := &decider{set: set, f: f, all: touchesAll(f.Case)}
	d.out.Ballots = ballots(set, f)
	d.out.Advance = advance(set, f)
	d.out.Vote = count(d.out.Ballots)
	d.note()
	for _, settled := range []func() bool{d.authority, d.conflict, d.agenda, d.waiting, d.scope, d.missing, d.quorum, d.dialogue, d.consensus, d.majority} {
		if settled() {
			break
		}
	}
	d.local()
	d.optIns()
	d.listNotHeard()
	d.next()
	d.explain()
	return d.out
}

// touchesAll reports whether a case counts as touching all. One that nobody has decided
// the scope of does, apart from an election, which is the body's own matter; a joint
// response always does.
func touchesAll(c Case) bool {
	return c.Kind == Joint || c.Scope == All || c.Scope == "" && c.Kind != Election
}

// settle ends the case.
func (d *decider) settle(s State, source rule.Source, line rule.Line) bool {
	d.out.State, d.out.Source, d.out.Rule = s, source, line
	return true
}

// parties lists the members with a vote, once each.
func (d *decider) parties() []Party {
	var list []Party
	for _, b := range d.out.Ballots {
		if p := b.Party(); !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}

// note finds what the secretary should know and that settles nothing.
func (d *decider) note() {
	add := func(l rule.Line) { d.out.Findings = append(d.out.Findings, l) }
	c := d.f.Case
	if c.Scope != "" && c.ScopeBy == "" && d.set.Decision.Consensus == rule.TouchesAll {
		add(rule.Say("outcome.finding.scope_by"))
	}
	for _, b := range d.out.Ballots {
		name := b.Seat.Name
		switch {
		case b.Missing:
			add(rule.Say("outcome.finding.must_vote", "name", name))
		case b.Position == rule.Recused && d.set.Elected && !decided(d.f, b.Seat.ID):
			add(rule.Say("outcome.finding.recusal_undecided", "name", name))
		case b.Position == rule.Reserved && !d.set.MayReserve(d.all):
			add(rule.Say("outcome.finding.reservation", "name", name, "source", d.set.Reservation.Source.Short()))
		case b.Position == rule.Reserved && d.set.Elected:
			add(rule.Say("outcome.finding.reservation_vote", "name", name))
		}
		if d.set.Reasons.Need(b.Position) && b.Reason == "" && b.Position != rule.Recused {
			add(rule.Say("outcome.finding.reason", "name", name))
		}
	}
	for _, s := range entitled(d.set, d.f) {
		for _, p := range d.f.Positions {
			if p.Seat != s.ID || p.Contested.IsZero() {
				continue
			}
			if stands(d.f, p) {
				add(rule.Say("outcome.finding.contested_late", "name", s.Name, "day", p.Contested))
			} else {
				add(rule.Say("outcome.finding.contested", "name", s.Name, "day", p.Contested))
			}
		}
	}
	slices.SortFunc(d.out.Findings, func(a, b rule.Line) int { return compareLines(a, b) })
}

func decided(f Facts, seat string) bool {
	return slices.ContainsFunc(f.Recusals, func(r Recusal) bool { return r.Seat == seat && r.By == Member && r.Decided != "" })
}

// authority refuses what the body may not decide, unless each member has decided it
// itself.
func (d *decider) authority() bool {
	e := d.set.Economy
	var key rule.Line
	switch {
	case d.f.Case.Kind == Loan && e.Loans == rule.OwnDecision:
		key = rule.Say("outcome.rule.loan", "source", e.Source.Short())
	case d.f.Case.Kind == Obligation && e.Obligations == rule.OwnDecision:
		key = rule.Say("outcome.rule.obligation", "source", e.Source.Short())
	default:
		return false
	}
	for _, p := range d.parties() {
		own := slices.ContainsFunc(d.f.Case.Local, func(l Local) bool { return l.Member == p.Member && l.Answer == Yes && l.Ref != "" })
		if !own {
			d.out.NotBecause = append(d.out.NotBecause, Reason{Party: p, Position: noOwnDecision})
		}
	}
	if len(d.out.NotBecause) == 0 && len(d.out.Ballots) > 0 {
		return false
	}
	return d.settle(Refused, e.Source, key)
}

// What a member can have said that is no position: that it has a conflict of interest,
// that it has not decided itself, that its own council said no, that it does not want
// the procedure, or that it objects to taking up a case outside the agenda.
const (
	conflicted    rule.Position = "conflict"
	noOwnDecision rule.Position = "no_own_decision"
	localNo       rule.Position = "local_no"
	notProcedure  rule.Position = "procedure"
	objected      rule.Position = "objected"
)

// conflict keeps a joint response back.
func (d *decider) conflict() bool {
	if d.f.Case.Kind != Joint {
		return false
	}
	j := d.set.Joint
	if !j.Allowed {
		return d.settle(Refused, j.Source, rule.Say("outcome.rule.joint_none", "source", j.Source.Short()))
	}
	if len(d.f.Case.Conflicts) == 0 || !j.StopsAtConflict {
		return false
	}
	for _, c := range d.f.Case.Conflicts {
		d.out.NotBecause = append(d.out.NotBecause, Reason{Party{c.Member, c.Name}, conflicted, c.Reason})
		if c.Reason == "" {
			d.out.Findings = append(d.out.Findings, rule.Say("outcome.finding.conflict_reason", "name", c.Name))
		}
	}
	return d.settle(NotSent, j.Source, rule.Say("outcome.rule.conflict", "source", j.Source.Short()))
}

// agenda leaves a case that was not on the agenda when the chair or a third object.
func (d *decider) agenda() bool {
	c := d.f.Case
	if !d.set.Elected || !c.OffAgenda || c.Procedure != InMeeting {
		return false
	}
	against, chair := 0, false
	for _, b := range d.out.Ballots {
		if slices.Contains(c.Objections, b.Seat.ID) {
			against++
			chair = chair || b.Seat.ID == d.f.Chair
			d.out.NotBecause = append(d.out.NotBecause, Reason{Party: b.Party(), Position: objected})
		}
	}
	if !chair && (against == 0 || against*3 < d.out.Vote.Entitled) {
		d.out.NotBecause = nil
		return false
	}
	source := rule.ByLaw("§ 11-3")
	return d.settle(NotTakenUp, source, rule.Say("outcome.rule.agenda", "source", source.Short()))
}

// scope waits until somebody has decided whether the case touches all.
func (d *decider) scope() bool {
	if c := d.f.Case; c.Scope != "" || c.Kind == Joint || c.Kind == Election || d.set.Decision.Consensus != rule.TouchesAll {
		return false
	}
	return d.settle(Open, d.set.Decision.Source, rule.Say("outcome.rule.scope", "source", d.set.Decision.Source.Short()))
}

// missing keeps the case open until all present in an elected body have voted; in another
// body until as many have spoken as its quorum asks for, when that many are there. A body
// that decides on habilitet has decided each question of it first.
func (d *decider) missing() bool {
	if d.set.DecidesRecusal() && slices.ContainsFunc(d.f.Recusals, func(r Recusal) bool { return r.Decided == "" && d.votes(r.Seat) }) {
		source := d.set.RecusalSource()
		return d.settle(Open, source, rule.Say("outcome.rule.recusal", "source", source.Short()))
	}
	if !d.set.Elected {
		return d.hesitant()
	}
	if slices.ContainsFunc(d.out.Ballots, func(b Ballot) bool { return b.Missing }) {
		source := rule.ByLaw("§ 8-1")
		return d.settle(Open, source, rule.Say("outcome.rule.must_vote", "source", source.Short()))
	}
	return false
}

func (d *decider) hesitant() bool {
	t, there := d.out.Vote, 0
	for _, b := range d.out.Ballots {
		if _, _, here := Caster(d.set, d.f, b.Seat); here || b.Position != rule.NotHeard {
			there++
		}
	}
	if d.f.Case.Procedure != InMeeting || d.set.Quorum.Met(t.Taking(), t.Entitled) || !d.set.Quorum.Met(there, t.Entitled) {
		return false
	}
	return d.settle(Open, d.set.Quorum.Source, rule.Say("outcome.rule.hesitant", "n", t.Taking(), "of", there))
}

func (d *decider) votes(seat string) bool {
	return slices.ContainsFunc(d.out.Ballots, func(b Ballot) bool { return b.Seat.ID == seat })
}

func (d *decider) quorum() bool {
	t := d.out.Vote
	if d.set.Quorum.Met(t.Taking(), t.Entitled) || d.f.Case.Procedure == Urgent && d.set.Elected {
		return false
	}
	source := d.set.Quorum.Source
	if d.set.Elected {
		d.out.Law = rule.Say("outcome.law.no_quorum", "n", t.Taking(), "of", t.Entitled)
	}
	return d.settle(NoQuorum, source, rule.Say("outcome.rule.quorum", "n", t.Taking(), "of", t.Entitled, "source", source.Short()))
}

// dialogue notes what each has said; nothing is counted.
func (d *decider) dialogue() bool {
	if d.set.NeedsConsensus(d.all) || d.set.Decision.Otherwise != rule.Dialogue {
		return false
	}
	d.out.AdoptedFor = d.with(rule.For, rule.ForRemark)
	return d.settle(Advised, d.set.Decision.Source, rule.Say("outcome.rule.dialogue", "source", d.set.Decision.Source.Short()))
}

// with lists the members whose seat has one of the positions.
func (d *decider) with(positions ...rule.Position) []Party {
	var list []Party
	for _, b := range d.out.Ballots {
		if p := b.Party(); slices.Contains(positions, b.Position) && !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}
