package outcome

import (
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/meeting/rule"
)

// Facts are everything that decides a case beside the rules. They are stored as JSON with
// the decision, so that it can be explained, and replayed under other rules.
type Facts struct {
	Case      Case       `json:"case"`
	Seats     []Seat     `json:"seats"`
	Present   []Present  `json:"present,omitempty"` // empty until the meeting is held
	Chair     string     `json:"chair,omitempty"`   // the seat that leads the meeting
	Recusals  []Recusal  `json:"recusals,omitempty"`
	Positions []Position `json:"positions,omitempty"`
	Today     clock.Date `json:"today,omitzero"`
}

// Case is what is to be decided.
type Case struct {
	Kind Kind `json:"kind,omitempty"`
	// Scope says whether the case touches all members; empty until somebody has decided
	// it. ScopeBy and ScopeOn are who did, and when.
	Scope   Scope      `json:"scope,omitempty"`
	ScopeBy string     `json:"scope_by,omitempty"`
	ScopeOn clock.Date `json:"scope_on,omitzero"`

	Procedure Procedure  `json:"procedure,omitempty"`
	Deadline  clock.Date `json:"deadline,omitzero"` // the last day of a round
	Extended  bool       `json:"extended,omitempty"`

	// OffAgenda is a case that was not on the agenda; Objections are the seats that do
	// not want it decided (§ 11-3).
	OffAgenda  bool     `json:"off_agenda,omitempty"`
	Objections []string `json:"objections,omitempty"`

	// Local are the members whose own decision is needed, with their answers.
	Local     []Local    `json:"local,omitempty"`
	Conflicts []Conflict `json:"conflicts,omitempty"` // of interest, in a joint response

	Amount  money.NOK `json:"amount,omitempty"` // to be split over those that take part
	Weights []Weight  `json:"weights,omitempty"`
	OptIns  []OptIn   `json:"opt_ins,omitempty"`
}

// Kind is a kind of case that has rules of its own. The empty kind is any other case.
type Kind string

// The kinds.
const (
	Ordinary   Kind = ""
	Loan       Kind = "loan"
	Obligation Kind = "obligation" // a financial obligation on the members
	Joint      Kind = "joint_response"
	Election   Kind = "election" // of a leader and the like: no casting vote
)

// Scope is whom a case touches.
type Scope string

// Touches all members, or some of them.
const (
	All  Scope = "all"
	Some Scope = "some"
)

// Procedure is how positions are given.
type Procedure string

// In a meeting, in a round between meetings, or urgently in writing (§ 11-8).
const (
	InMeeting Procedure = ""
	Round     Procedure = "round"
	Urgent    Procedure = "urgent"
)

// Seat is a seat of the body on the day. Member is the id of the member it belongs to and
// Name what that member is called.
type Seat struct {
	ID     string        `json:"id"`
	Member string        `json:"member"`
	Name   string        `json:"name"`
	Kind   rule.SeatKind `json:"kind"`
}

// Holder is who holds a seat.
type Holder string

// The member of the seat, and the vara.
const (
	Member Holder = "member"
	Deputy Holder = "deputy"
)

// Present says who of a seat's holders is in the meeting when the case is decided.
type Present struct {
	Seat   string `json:"seat"`
	Member bool   `json:"member,omitempty"`
	Deputy bool   `json:"deputy,omitempty"`
}

// Recusal is a question of habilitet about a holder, and what the body decided.
type Recusal struct {
	Seat    string  `json:"seat"`
	By      Holder  `json:"by"`
	Decided Ability `json:"decided,omitempty"`
}

// Ability is what the body decided about a holder's habilitet; empty is not yet decided.
type Ability string

// Recused steps back, Able stays.
const (
	Stepped Ability = "recused"
	Able    Ability = "able"
)

// Position is what a holder said on behalf of a seat.
type Position struct {
	Seat     string        `json:"seat"`
	By       Holder        `json:"by"`
	Position rule.Position `json:"position"`
	Reason   string        `json:"reason,omitempty"`
	How      Channel       `json:"how,omitempty"`
	At       clock.Time    `json:"at,omitzero"`
	// Registered is the role that wrote it down for the holder; empty when the holder did.
	Registered string `json:"registered,omitempty"`
	// Contested is the day the member said that this is not what it meant.
	Contested clock.Date `json:"contested,omitzero"`
	// Procedure is consent to urgent written procedure.
	Procedure bool `json:"procedure,omitempty"`
}

// Channel is how a position was given.
type Channel string

// In the meeting, by phone, or in writing.
const (
	Here    Channel = ""
	Phone   Channel = "phone"
	Writing Channel = "writing"
)

// Local is a member's own decision in a case.
type Local struct {
	Member string     `json:"member"`
	Name   string     `json:"name"`
	Answer Answer     `json:"answer,omitempty"`
	Ref    string     `json:"ref,omitempty"` // the member's own case number
	On     clock.Date `json:"on,omitzero"`
}

// Answer is a member's answer; empty is none yet.
type Answer string

// Yes and no.
const (
	Yes Answer = "yes"
	No  Answer = "no"
)

// Conflict is a member's conflict of interest.
type Conflict struct {
	Member string `json:"member"`
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// Weight is a member's part of the cost, where the parts are not equal.
type Weight struct {
	Member string `json:"member"`
	Weight int64  `json:"weight"`
}

// OptIn is a member that joined after the decision.
type OptIn struct {
	Member string     `json:"member"`
	On     clock.Date `json:"on"`
}
