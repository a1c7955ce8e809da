package rule

import (
	"fmt"
	"time"

	"kompetansetorg/internal/kit/i18n"
)

// Word is one rule in a sentence: what it is about, what it says, and where it is from.
// Topic is stable, so that two versions can be compared.
type Word struct {
	Topic  string
	Line   Line
	Source Source
}

// Heading is the key of what the word is about.
func (w Word) Heading() i18n.Key { return i18n.Key("rule.topic." + group(w.Topic)) }

// group is the topic without the seat or duty that it is about.
func group(topic string) string {
	for i, r := range topic {
		if r == '.' {
			return topic[:i]
		}
	}
	return topic
}

// Words says the set in sentences, in the order a page shows them.
func (s Set) Words() []Word {
	list := []Word{s.kindWord(), {"base", Say(i18n.Key("rule.word.base."+string(s.Base.Kind)), "base", s.Base.Title), s.baseSource()}}
	for _, seat := range s.Seats {
		list = append(list, Word{"seats." + string(seat.Kind), seatLine(seat), seat.Source})
	}
	list = append(list, Word{"deputies", choose(s.Deputies.StepIn, "rule.word.deputies", "rule.word.deputies.none"), s.Deputies.Source})
	if s.DecidesRecusal() {
		list = append(list, Word{"recusal", Say("rule.word.recusal"), s.RecusalSource()})
	}
	list = append(list, Word{"leader", s.leaderLine(), s.Leader.Source},
		Word{"quorum", s.quorumLine(), s.Quorum.Source})
	list = append(list, s.decisionWords()...)
	list = append(list, Word{"reservation", s.reservationLine(), s.Reservation.Source},
		Word{"reasons", s.reasonsLine(), s.Reasons.Source},
		Word{"distant", choose(s.Distant.Counts, "rule.word.distant.counts", "rule.word.distant.advance"), s.Distant.Source},
		Word{"hearing", s.hearingLine(), s.Hearing.Source},
		Word{"silence", choose(s.Hearing.Silence == SilenceConsent, "rule.word.silence.consent", "rule.word.silence.not_heard"), s.Hearing.Source},
		Word{"local", choose(s.Local.Needed, "rule.word.local", "rule.word.local.none"), s.Local.Source})
	list = append(list, s.moneyWords()...)
	list = append(list, Word{"joint", s.jointLine(), s.Joint.Source},
		Word{"withdrawal", s.withdrawalLine(), s.Withdrawal.Source},
		Word{"numbers", Say("rule.word.numbers", "prefix", s.Numbers.Prefix), s.Numbers.Source})
	for _, d := range s.Duties {
		list = append(list, Word{"duties." + string(d.Kind), Say(i18n.Key("rule.duty." + string(d.Kind))), d.Source})
	}
	return list
}

func choose(yes bool, a, b i18n.Key) Line {
	if yes {
		return Say(a)
	}
	return Say(b)
}

// baseSource is the document itself.
func (s Set) baseSource() Source {
	if s.Base.Kind == Agreement {
		return Source{From: FromAgreement, Where: "§ 1", Day: s.Base.Adopted}
	}
	return Source{From: FromMandate, Where: "1", Day: s.Base.Adopted}
}

func (s Set) kindWord() Word {
	if s.Elected {
		return Word{"kind", Say("rule.word.kind.elected"), ByLaw("§ 18-1")}
	}
	return Word{"kind", Say("rule.word.kind.other"), s.baseSource()}
}

func seatLine(seat Seat) Line {
	key := i18n.Key("rule.word.seat.away")
	if seat.Each == 0 && !seat.Vote { // they come with no seat of a member
		return guestLine(seat)
	}
	switch {
	case seat.Vote:
		key = "rule.word.seat.vote"
	case seat.Speak:
		key = "rule.word.seat.speak"
	case seat.Attend:
		key = "rule.word.seat.attend"
	}
	deputy := Say("rule.word.seat.no_deputy")
	if seat.Deputy {
		deputy = Say("rule.word.seat.deputy")
	}
	speak := Line{}
	if seat.Vote && !seat.Speak {
		speak = Say("rule.word.seat.silent")
	}
	return Say(key, "seat", seat.Name(), "n", seat.Each, "deputy", deputy, "silent", speak)
}

// guestLine is what those may do who sit in the body without a member's seat, such as
// observers and the secretary.
func guestLine(seat Seat) Line {
	key := i18n.Key("rule.word.guest.away")
	switch {
	case seat.Speak:
		key = "rule.word.guest.speak"
	case seat.Attend:
		key = "rule.word.guest.attend"
	}
	deputy := Line{}
	if seat.Deputy {
		deputy = Say("rule.word.guest.deputy")
	}
	return Say(key, "seat", seat.Name(), "deputy", deputy)
}

func (s Set) leaderLine() Line {
	if s.Leader.Among == "" || s.Leader.Years == 0 {
		return Say("rule.word.leader.silent", "among", s.Leader.amongName(s), "years", s.Leader.Years, "also", s.Leader.also())
	}
	return Say("rule.word.leader", "among", s.Leader.amongName(s), "n", s.Leader.Years, "also", s.Leader.also())
}

func (l Leader) amongName(s Set) any {
	if seat, ok := s.Seat(l.Among); ok {
		return seat.Name()
	}
	return string(l.Among)
}

func (l Leader) also() Line {
	return choose(l.Deputy, "rule.word.leader.deputy", "rule.word.leader.alone")
}

func (s Set) quorumLine() Line {
	switch s.Quorum.Kind {
	case Half:
		return Say("rule.word.quorum.half")
	case AtLeast:
		return Say("rule.word.quorum.number", "n", s.Quorum.Number)
	}
	return Say("rule.word.quorum.none")
}

func (s Set) decisionWords() []Word {
	d := s.Decision
	list := []Word{{"consensus", Say(i18n.Key("rule.word.consensus." + string(d.Consensus))), d.Source}}
	if d.Consensus != Never {
		list = append(list, Word{"of", Say(i18n.Key("rule.word.of." + string(d.Of))), d.OfSource})
	}
	list = append(list, Word{"otherwise", Say(i18n.Key("rule.word.otherwise." + string(d.Otherwise))), d.MajoritySource})
	if d.Otherwise == Majority {
		list = append(list, Word{"casting", choose(d.Casting, "rule.word.casting", "rule.word.casting.none"), d.MajoritySource})
	}
	return append(list, Word{"advisory", choose(d.Advisory, "rule.word.advisory", "rule.word.binding"), d.Source})
}

func (s Set) reservationLine() Line {
	return Say(i18n.Key("rule.word.reservation."+string(s.Reservation.When)), "later", choose(s.Reservation.OptIn, "rule.word.opt_in", "rule.word.opt_in.none"))
}

func (s Set) reasonsLine() Line {
	if len(s.Reasons.For) == 0 {
		return Say("rule.word.reasons.none")
	}
	var list Lines
	for _, p := range s.Reasons.For {
		list = append(list, Say(p.Name()))
	}
	return Say("rule.word.reasons", "positions", list)
}

// Name is the key of a position's name.
func (p Position) Name() i18n.Key { return i18n.Key("rule.position." + string(p)) }

func (s Set) hearingLine() Line {
	h := s.Hearing
	if h.Rounds == 0 {
		return Say("rule.word.hearing.none", "n", h.Days, "extension", h.Extension)
	}
	key := i18n.Key("rule.word.hearing.fixed")
	if h.Extension > 0 {
		key = "rule.word.hearing"
	}
	return Say(key, "n", h.Rounds, "days", h.Days, "extension", h.Extension)
}

func (s Set) moneyWords() []Word {
	e := s.Economy
	return []Word{
		{"loans", Say(i18n.Key("rule.word.loans." + string(e.Loans))), e.Source},
		{"obligations", Say(i18n.Key("rule.word.obligations." + string(e.Obligations))), e.Source},
		{"fee", choose(e.EqualFee, "rule.word.fee.equal", "rule.word.fee.none"), e.Source},
		{"projects", choose(e.Voluntary, "rule.word.projects.voluntary", "rule.word.projects.common"), e.Source},
	}
}

func (s Set) jointLine() Line {
	switch {
	case !s.Joint.Allowed:
		return choose(s.Joint.StopsAtConflict, "rule.word.joint.none_stops", "rule.word.joint.none")
	case s.Joint.StopsAtConflict:
		return Say("rule.word.joint.stops")
	}
	return Say("rule.word.joint")
}

func (s Set) withdrawalLine() Line {
	w := s.Withdrawal
	own := choose(w.OwnCouncil, "rule.word.withdrawal.council", "rule.word.withdrawal.self")
	if !w.Allowed || w.Month == 0 {
		return Say("rule.word.withdrawal.silent", "own", own, "allowed", fmt.Sprint(w.Allowed))
	}
	return Say("rule.word.withdrawal", "day", w.Day, "month", monthName(w.Month), "own", own)
}

// monthName is the key of a month's name.
func monthName(m int) Line {
	return Say(i18n.Key("rule.month." + fmt.Sprint(int(time.Month(m)))))
}
