package rule

import (
	"slices"
	"time"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// Set is the rules of one body. Its JSON form is what a room stores. The zero Set is not
// valid; start from one of the ready-made sets.
type Set struct {
	// Elected says that kommuneloven's rules for a folkevalgt organ apply.
	Elected     bool        `json:"elected"`
	Base        Base        `json:"base"`
	Seats       []Seat      `json:"seats"`
	Quorum      Quorum      `json:"quorum"`
	Decision    Decision    `json:"decision"`
	Reservation Reservation `json:"reservation"`
	Reasons     Reasons     `json:"reasons"`
	Distant     Distant     `json:"distant"`
	Hearing     Hearing     `json:"hearing"`
	Deputies    Deputies    `json:"deputies"`
	Recusal     Recusal     `json:"recusal,omitzero"`
	Leader      Leader      `json:"leader"`
	Numbers     Numbers     `json:"numbers"`
	Local       Local       `json:"local"`
	Economy     Economy     `json:"economy"`
	Joint       Joint       `json:"joint"`
	Withdrawal  Withdrawal  `json:"withdrawal"`
	Duties      []Duty      `json:"duties,omitempty"`
}

// Base is the document that the rules are taken from, and the day it was adopted.
type Base struct {
	Kind    BaseKind   `json:"kind"`
	Title   i18n.Text  `json:"title"`
	Adopted clock.Date `json:"adopted"`
}

// BaseKind is an agreement between members or a mandate that somebody gave.
type BaseKind string

// The kinds of document.
const (
	Agreement BaseKind = "agreement"
	Mandate   BaseKind = "mandate"
)

// Seat is what the holders of one kind of seat may do. The seat belongs to a member of
// the body; the vote is the seat's and not the person's.
type Seat struct {
	Kind   SeatKind  `json:"kind"`
	Title  i18n.Text `json:"title,omitzero"` // for a kind without a name of its own
	Each   int       `json:"each"`           // seats of the kind for each member
	Vote   bool      `json:"vote"`
	Speak  bool      `json:"speak"`
	Attend bool      `json:"attend"`
	Deputy bool      `json:"deputy"` // the seat has a vara
	Source Source    `json:"source"`
}

// SeatKind names a kind of seat. The kinds below have names in the catalogues; another
// kind is allowed and brings its own title.
type SeatKind string

// The kinds of seat that have names.
const (
	Mayor      SeatKind = "mayor"
	Opposition SeatKind = "opposition_rep"
	ChiefExec  SeatKind = "chief_exec"
	Member     SeatKind = "member"
	Observer   SeatKind = "observer"
	Secretary  SeatKind = "secretary"
)

var seatKinds = []SeatKind{Mayor, Opposition, ChiefExec, Member, Observer, Secretary}

// Position is what a member of the body says to a proposal.
type Position string

// The positions. NotHeard is what a member that has said nothing has.
const (
	For       Position = "for"
	ForRemark Position = "for_remark"
	Reserved  Position = "reservation"
	Against   Position = "against"
	Recused   Position = "recused"
	NotHeard  Position = "not_heard"
)

// Given are the positions that can be taken: all but NotHeard.
func Given() []Position { return []Position{For, ForRemark, Reserved, Against, Recused} }

// Quorum is how many of those with a vote must take part.
type Quorum struct {
	Kind   QuorumKind `json:"kind"`
	Number int        `json:"number,omitempty"` // for AtLeast
	Source Source     `json:"source"`
}

// QuorumKind is how a quorum is counted.
type QuorumKind string

// The kinds of quorum.
const (
	Half     QuorumKind = "half" // at least half of the seats with a vote
	AtLeast  QuorumKind = "number"
	NoQuorum QuorumKind = "none"
)

// Met reports whether so many of the entitled make a quorum.
func (q Quorum) Met(taking, entitled int) bool {
	switch q.Kind {
	case Half:
		return entitled > 0 && taking*2 >= entitled
	case AtLeast:
		return taking >= q.Number
	case NoQuorum:
		return true
	}
	return false
}

// Decision is how the body decides.
type Decision struct {
	// Advisory says that what it concludes binds nobody.
	Advisory  bool      `json:"advisory"`
	Consensus Consensus `json:"consensus"`
	// Of says whose consent a consensus needs.
	Of ConsensusOf `json:"of,omitempty"`
	// Otherwise is how it decides where it does not need consensus.
	Otherwise Mode `json:"otherwise"`
	// Casting gives the chair's vote at a tie.
	Casting bool   `json:"casting"`
	Source  Source `json:"source"`
	// OfSource and MajoritySource are the sources of Of, and of Otherwise and Casting.
	OfSource       Source `json:"of_source"`
	MajoritySource Source `json:"majority_source"`
}

// Consensus says in which cases nobody may be against.
type Consensus string

// When consensus rules.
const (
	TouchesAll Consensus = "touches_all"
	Always     Consensus = "always"
	Never      Consensus = "never"
)

// ConsensusOf is whose consent counts.
type ConsensusOf string

// A consensus of every seat with a vote, or of those that take part.
const (
	OfAll     ConsensusOf = "all"
	OfPresent ConsensusOf = "present"
)

// Mode is how a case that does not need consensus is decided.
type Mode string

// Majority counts votes for and against; Dialogue counts nothing, the body notes what
// each has said.
const (
	Majority Mode = "majority"
	Dialogue Mode = "dialogue"
)

// Reservation is when a member may stand outside while the others go on.
type Reservation struct {
	When   When   `json:"when"`
	OptIn  bool   `json:"opt_in"` // may join later
	Source Source `json:"source"`
}

// When is in which cases something is allowed.
type When string

// In cases that touch some of the members, in all cases, in none.
const (
	InSome  When = "some"
	InAll   When = "all"
	InNever When = "never"
)

// Reasons lists the positions that need a reason.
type Reasons struct {
	For    []Position `json:"for,omitempty"`
	Source Source     `json:"source"`
}

// Need reports whether the position needs a reason.
func (r Reasons) Need(p Position) bool { return slices.Contains(r.For, p) }

// Distant says whether a position given by phone or in writing counts. Where it does
// not, it is a forhåndsavklaring: shown to the meeting, never counted.
type Distant struct {
	Counts bool   `json:"counts"`
	Source Source `json:"source"`
}

// Hearing is how positions are asked for outside a meeting.
type Hearing struct {
	Rounds    int     `json:"rounds"`    // at most
	Days      int     `json:"days"`      // to answer in
	Extension int     `json:"extension"` // days more, once; 0 for none
	Silence   Silence `json:"silence"`
	Source    Source  `json:"source"`
}

// Silence is what it means when a member has not answered in time.
type Silence string

// Silence never means consent unless the body's own rules say so.
const (
	SilenceNotHeard Silence = "not_heard"
	SilenceConsent  Silence = "consent"
)

// Deputies says when a vara casts the seat's vote.
type Deputies struct {
	// StepIn lets the vara cast the vote when the member is absent or recused. When both
	// are present only the member votes, whatever a set says.
	StepIn bool   `json:"step_in"`
	Source Source `json:"source"`
}

// Recusal says whether the body decides on habilitet where kommuneloven does not already
// say so: its own mandate may. The zero Recusal is that nothing is said.
type Recusal struct {
	ByBody bool   `json:"by_body"`
	Source Source `json:"source"`
}

// Leader is who leads and for how long.
type Leader struct {
	Among  SeatKind `json:"among,omitempty"` // the kind of seat the leader is chosen among
	Years  int      `json:"years"`           // 0 where nothing is said
	Deputy bool     `json:"deputy"`
	Source Source   `json:"source"`
}

// Numbers is the body's series of case numbers, new every year: PS 22/20.
type Numbers struct {
	Prefix string `json:"prefix"`
	Source Source `json:"source"`
}

// Local says that a case may need the members' own decision.
type Local struct {
	Needed bool   `json:"needed"`
	Source Source `json:"source"`
}

// Economy is what the body may decide of money.
type Economy struct {
	Loans       Authority `json:"loans"`
	Obligations Authority `json:"obligations"` // that bind the members
	EqualFee    bool      `json:"equal_fee"`   // set once a year by the whole body
	Voluntary   bool      `json:"voluntary"`   // project money is each member's own choice
	Source      Source    `json:"source"`
}

// Authority is whether the body may decide something.
type Authority string

// Refused unless each member has decided itself, or allowed.
const (
	OwnDecision Authority = "own_decision"
	Allowed     Authority = "allowed"
)

// Joint is about consultation responses in the name of all.
type Joint struct {
	Allowed bool `json:"allowed"`
	// StopsAtConflict keeps the joint text back when one member has a conflict of
	// interest.
	StopsAtConflict bool   `json:"stops_at_conflict"`
	Source          Source `json:"source"`
}

// Withdrawal is how a member leaves: notice by a day of the year gives effect at the end
// of the coming budget year, and the fee is due for that year.
type Withdrawal struct {
	Allowed bool `json:"allowed"`
	// Month and Day are the last day for notice in a year; 0 where nothing is said.
	Month int `json:"month,omitempty"`
	Day   int `json:"day,omitempty"`
	// OwnCouncil says that the member's own council must have decided it.
	OwnCouncil bool   `json:"own_council"`
	Source     Source `json:"source"`
}

// Effect is when a notice takes effect: the last day of the coming budget year when it is
// given by the last day for notice, a year later when it is not. The fee is due through
// that day. This is our reading of the agreement, which says neither whether a notice is
// given when it is sent or received, nor what applies when the day is a Sunday. ok is
// false where the rules say nothing.
func (w Withdrawal) Effect(notice clock.Date) (end clock.Date, ok bool) {
	if !w.Allowed || w.Month == 0 {
		return clock.Date{}, false
	}
	year := notice.Year() + 1
	if int(notice.Month()) > w.Month || int(notice.Month()) == w.Month && notice.Day() > w.Day {
		year++
	}
	end, err := clock.NewDate(year, time.December, 31)
	return end, err == nil
}

// Duty is something the body has to do again and again.
type Duty struct {
	Kind   DutyKind `json:"kind"`
	Source Source   `json:"source"`
}

// DutyKind names a duty.
type DutyKind string

// The duties: evaluate the period after each election, set the yearly fee, inform the
// council of what the board decides, evaluate once a year, choose a leader.
const (
	DutyPeriod DutyKind = "period_evaluation"
	DutyFee    DutyKind = "yearly_fee"
	DutyInform DutyKind = "inform_council"
	DutyYearly DutyKind = "yearly_review"
	DutyLeader DutyKind = "choose_leader"
)

var dutyKinds = []DutyKind{DutyPeriod, DutyFee, DutyInform, DutyYearly, DutyLeader}

// DutyKinds lists the duties that there are.
func DutyKinds() []DutyKind { return slices.Clone(dutyKinds) }

// HasDuty reports whether the body has a duty of the kind.
func (s Set) HasDuty(k DutyKind) bool {
	return slices.ContainsFunc(s.Duties, func(d Duty) bool { return d.Kind == k })
}

// Every tells how often a duty comes: every n months, or 0 for one that an event causes.
func (d Duty) Every(s Set) (months int) {
	switch d.Kind {
	case DutyFee, DutyYearly:
		return 12
	case DutyPeriod:
		return 48
	case DutyLeader:
		return 12 * s.Leader.Years
	}
	return 0
}

// Seat gives what a kind of seat may do; ok is false for a kind the body does not have.
func (s Set) Seat(k SeatKind) (seat Seat, ok bool) {
	i := slices.IndexFunc(s.Seats, func(x Seat) bool { return x.Kind == k })
	if i < 0 {
		return Seat{}, false
	}
	return s.Seats[i], true
}

// Name is what the seat is called, as a value that a message can hold: its own title, or
// the key of its kind's name. A kind that has neither, which Validate refuses, is named by
// its code.
func (s Seat) Name() any {
	switch {
	case s.Title.String() != "":
		return s.Title
	case !slices.Contains(seatKinds, s.Kind):
		return string(s.Kind)
	}
	return i18n.Key("rule.seat." + string(s.Kind))
}

// Votes reports whether a kind of seat has a vote.
func (s Set) Votes(k SeatKind) bool { seat, ok := s.Seat(k); return ok && seat.Vote }

// NeedsConsensus reports whether nobody may be against in a case; touchesAll is whether
// it touches all members.
func (s Set) NeedsConsensus(touchesAll bool) bool {
	return s.Decision.Consensus == Always || s.Decision.Consensus == TouchesAll && touchesAll
}

// DecidesRecusal reports whether the body decides on the habilitet of its members: a
// folkevalgt organ by § 11-10, another where its own rules say so.
func (s Set) DecidesRecusal() bool { return s.Elected || s.Recusal.ByBody }

// RecusalSource is the rule by which it decides on it.
func (s Set) RecusalSource() Source {
	if s.Elected {
		return ByLaw("§ 11-10")
	}
	return s.Recusal.Source
}

// MayReserve reports whether a member may reserve itself in a case.
func (s Set) MayReserve(touchesAll bool) bool {
	return s.Reservation.When == InAll || s.Reservation.When == InSome && !touchesAll
}

// Minutes reports whether the body keeps a møtebok with the content the law asks for;
// other bodies keep a referat.
func (s Set) Minutes() bool { return s.Elected }
