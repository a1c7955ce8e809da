package rule

import (
	"slices"
	"strconv"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

// Finding is something wrong with a set. Field is the JSON name of the rule; Law is the
// paragraph of kommuneloven it departs from, empty for a fault of another kind. A Note
// refuses nothing: it is something that the body should know.
type Finding struct {
	Field string
	Line  Line
	Law   string
	Note  bool
}

// Findings are what Validate found.
type Findings []Finding

// Err is nil when the set may be adopted; otherwise an Invalid fault with a field for
// each refusal. Notes are left out.
func (f Findings) Err() error {
	var fields fault.Fields
	for _, x := range f {
		if !x.Note {
			fields.Add(x.Field, x.Line.Key, x.Line.Values...)
		}
	}
	return fields.Err()
}

type checker struct {
	set  Set
	list Findings
}

func (c *checker) refuse(bad bool, field string, line Line) {
	if bad {
		c.list = append(c.list, Finding{Field: field, Line: line})
	}
}

func (c *checker) law(bad bool, field, where string, line Line) {
	if bad && c.set.Elected {
		line.Values = append(line.Values, "where", where)
		c.list = append(c.list, Finding{Field: field, Line: line, Law: where})
	}
}

// Validate finds what is wrong with a set: what contradicts itself, and for an elected
// body what departs from kommuneloven.
func (s Set) Validate() Findings {
	c := checker{set: s}
	c.shape()
	c.seats()
	c.bounds()
	c.elected()
	c.sources()
	return c.list
}

// shape looks at words from outside: each must be one we know.
func (c *checker) shape() {
	s, unknown := c.set, Say("rule.error.unknown")
	c.refuse(s.Base.Kind != Agreement && s.Base.Kind != Mandate, "base", unknown)
	c.refuse(s.Base.Title.String() == "" || s.Base.Adopted.IsZero(), "base", Say("rule.error.base"))
	c.refuse(!slices.Contains([]QuorumKind{Half, AtLeast, NoQuorum}, s.Quorum.Kind), "quorum", unknown)
	c.refuse(!slices.Contains([]Consensus{TouchesAll, Always, Never}, s.Decision.Consensus), "decision", unknown)
	c.refuse(s.Decision.Consensus != Never && s.Decision.Of != OfAll && s.Decision.Of != OfPresent, "decision", Say("rule.error.of"))
	c.refuse(s.Decision.Otherwise != Majority && s.Decision.Otherwise != Dialogue, "decision", unknown)
	c.refuse(!slices.Contains([]When{InSome, InAll, InNever}, s.Reservation.When), "reservation", unknown)
	c.refuse(s.Hearing.Silence != SilenceNotHeard && s.Hearing.Silence != SilenceConsent, "hearing", unknown)
	for _, a := range []Authority{s.Economy.Loans, s.Economy.Obligations} {
		c.refuse(a != OwnDecision && a != Allowed, "economy", unknown)
	}
	for _, p := range s.Reasons.For {
		c.refuse(!slices.Contains(Given(), p), "reasons", unknown)
	}
	c.refuse(tooLong(s.Base.Title), "base", Say("rule.error.many"))
	c.refuse(len(s.Seats) > 20, "seats", Say("rule.error.many"))
	c.refuse(len(s.Duties) > 20, "duties", Say("rule.error.many"))
	for i, d := range s.Duties {
		twice := slices.ContainsFunc(s.Duties[:i], func(x Duty) bool { return x.Kind == d.Kind })
		c.refuse(twice, "duties", Say("rule.error.duty_twice"))
		c.refuse(!slices.Contains(dutyKinds, d.Kind), "duties", unknown)
	}
}

func tooLong(t i18n.Text) bool { return max(len(t.NB), len(t.NN), len(t.EN)) > 200 }

func (c *checker) seats() {
	voting := 0
	seen := map[SeatKind]bool{}
	for _, seat := range c.set.Seats {
		c.refuse(seat.Kind == "", "seats", Say("rule.error.unknown"))
		c.refuse(seen[seat.Kind] && seat.Kind != "", "seats", Say("rule.error.seat_twice", "seat", seat.Name()))
		c.refuse(seat.Kind != "" && !slices.Contains(seatKinds, seat.Kind) && seat.Title.String() == "", "seats", Say("rule.error.seat_title", "kind", string(seat.Kind)))
		c.refuse(seat.Vote && !seat.Attend, "seats", Say("rule.error.vote_absent", "seat", seat.Name()))
		c.refuse(seat.Speak && !seat.Attend, "seats", Say("rule.error.speak_absent", "seat", seat.Name()))
		c.refuse(len(seat.Kind) > 40 || tooLong(seat.Title), "seats", Say("rule.error.many"))
		c.refuse(seat.Each < 0 || seat.Each > 20, "seats", Say("rule.error.each", "seat", seat.Name()))
		seen[seat.Kind] = true
		if seat.Vote {
			voting++
		}
	}
	c.refuse(voting == 0 && c.set.Decision.Otherwise == Majority, "seats", Say("rule.error.no_vote"))
	c.refuse(c.set.Leader.Among != "" && !seen[c.set.Leader.Among], "leader", Say("rule.error.leader"))
}

func (c *checker) bounds() {
	s := c.set
	c.refuse(s.Quorum.Kind == AtLeast && (s.Quorum.Number < 1 || s.Quorum.Number > 500), "quorum", Say("rule.error.number"))
	h := s.Hearing
	c.refuse(h.Rounds < 0 || h.Rounds > 20 || h.Days < 0 || h.Days > 365 || h.Extension < 0 || h.Extension > 365, "hearing", Say("rule.error.days"))
	c.refuse(h.Rounds > 0 && h.Days == 0, "hearing", Say("rule.error.no_days"))
	c.refuse(s.Leader.Years < 0 || s.Leader.Years > 4, "leader", Say("rule.error.years"))
	c.refuse(!validPrefix(s.Numbers.Prefix), "numbers", Say("rule.error.prefix"))
	w := s.Withdrawal
	if w.Month != 0 || w.Day != 0 {
		// A year that is not a leap year: a yearly day must exist in every year.
		_, err := clock.ParseDate("2021-" + two(w.Month) + "-" + two(w.Day))
		c.refuse(err != nil || !w.Allowed, "withdrawal", Say("rule.error.day"))
	}
	c.refuse(s.Reservation.OptIn && s.Reservation.When == InNever, "reservation", Say("rule.error.opt_in"))
	c.refuse(s.Decision.Consensus == Always && s.Reservation.When == InAll, "reservation", Say("rule.error.reservation"))
}

func two(n int) string {
	if n >= 0 && n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// validPrefix: two to four capital letters, as in PS 22/20.
func validPrefix(p string) bool {
	n := 0
	for _, r := range p {
		if (r < 'A' || r > 'Z') && r != 'Æ' && r != 'Ø' && r != 'Å' {
			return false
		}
		n++
	}
	return n >= 2 && n <= 4
}

// elected holds a set for an elected body against kommuneloven.
func (c *checker) elected() {
	s := c.set
	c.law(s.Quorum.Kind != Half, "quorum", "§ 11-9", Say("rule.error.law.quorum"))
	c.law(s.Decision.Otherwise != Majority, "decision", "§ 11-9", Say("rule.error.law.majority"))
	c.law(!s.Decision.Casting, "decision", "§ 11-9", Say("rule.error.law.casting"))
	c.law(s.Distant.Counts, "distant", "§ 11-7", Say("rule.error.law.distant"))
	c.law(s.Hearing.Silence == SilenceConsent, "hearing", "§ 8-1", Say("rule.error.law.silence"))
	for _, seat := range s.Seats {
		employed := seat.Kind == ChiefExec || seat.Kind == Secretary || seat.Kind == Observer
		c.law(seat.Vote && employed, "seats", "§ 7-3", Say("rule.error.law.employed", "seat", seat.Name()))
		if s.Elected && seat.Kind == ChiefExec && !seat.Vote {
			c.list = append(c.list, Finding{Field: "seats", Line: Say("rule.note.chief_exec"), Law: "§ 7-3", Note: true})
		}
	}
	if s.Elected && !s.Deputies.StepIn {
		c.list = append(c.list, Finding{Field: "deputies", Line: Say("rule.note.deputies"), Note: true})
	}
}

// sources refuses a rule that says nothing of where it comes from.
func (c *checker) sources() {
	for _, x := range c.set.sourced() {
		known := slices.Contains([]Origin{FromLaw, FromAgreement, FromMandate, Silent}, x.source.From)
		c.refuse(!known || x.source.From != Silent && !x.source.HasPlace(), x.field, Say("rule.error.source"))
	}
}

type sourced struct {
	field  string
	source Source
}

func (s Set) sourced() []sourced {
	list := []sourced{
		{"quorum", s.Quorum.Source}, {"decision", s.Decision.Source}, {"decision", s.Decision.OfSource}, {"decision", s.Decision.MajoritySource},
		{"reservation", s.Reservation.Source}, {"reasons", s.Reasons.Source}, {"distant", s.Distant.Source}, {"hearing", s.Hearing.Source},
		{"deputies", s.Deputies.Source}, {"leader", s.Leader.Source}, {"numbers", s.Numbers.Source}, {"local", s.Local.Source},
		{"economy", s.Economy.Source}, {"joint", s.Joint.Source}, {"withdrawal", s.Withdrawal.Source},
	}
	if s.Recusal.ByBody {
		list = append(list, sourced{"recusal", s.Recusal.Source})
	}
	for _, seat := range s.Seats {
		list = append(list, sourced{"seats", seat.Source})
	}
	for _, d := range s.Duties {
		list = append(list, sourced{"duties", d.Source})
	}
	return list
}
