package council

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

// Bodies tells what the room must know of a council, which belongs to the room of
// meetings. The site plugs it in.
type Bodies interface {
	// Council is the council as it stands on the day, or NotFound for a body that is
	// none.
	Council(ctx context.Context, tx *db.Tx, b BodyID, day clock.Date) (Body, error)
	// Councils are all councils that exist on the day, as they stand on it.
	Councils(ctx context.Context, tx *db.Tx, day clock.Date) ([]Body, error)
	// Standing is what the actor is in the body today.
	Standing(ctx context.Context, tx *db.Tx, actor access.Actor, b BodyID) (Standing, error)
	// EndSeats lets the organisation's seats in the body, and in those below it, last
	// to and with the day. The caller has the permission.
	EndSeats(ctx context.Context, tx *db.Tx, actor access.Actor, b BodyID, o access.OrgID, last clock.Date) error
	// Items are what the council has adopted in meetings that it called itself, the newest
	// first and so many as one chooses from; with ids, those of them.
	Items(ctx context.Context, tx *db.Tx, b BodyID, ids ...ItemID) ([]Item, error)
}

type body struct{}

// BodyID names a body of the room of meetings.
type BodyID = id.Of[body]

// ParseBodyID reads the id of a body from outside.
func ParseBodyID(s string) (BodyID, error) { return id.Parse[body](s) }

// BodyKind is the kind of thing that the audit log knows a council as: the body.
const BodyKind = "body"

// Body is a council with its members of all times and its rules of the day.
type Body struct {
	ID   BodyID
	Name string
	From clock.Date
	// Secretariat is the organisation that prepares its meetings.
	Secretariat access.OrgID
	// Members are the organisations that have or have had seats, by name.
	Members []Member
	// RuleSets are the versions of the body's rules, newest first.
	RuleSets []RuleSet
	Terms    Terms
}

// Member is an organisation in the council from a day to a day, both included; a zero
// To is open.
type Member struct {
	Org      access.OrgID
	Name     string
	From, To clock.Date
}

// IsOn reports whether it is a member on the day.
func (m Member) IsOn(day clock.Date) bool {
	return !day.Before(m.From) && (m.To.IsZero() || !day.After(m.To))
}

// MembersOn are the members on the day, by name.
func (b Body) MembersOn(day clock.Date) []Member {
	var out []Member
	for _, m := range b.Members {
		if m.IsOn(day) {
			out = append(out, m)
		}
	}
	return out
}

// Member is the member's time in the council that has not ended, else its last.
func (b Body) Member(o access.OrgID) (Member, bool) {
	var last Member
	for _, m := range b.Members {
		if m.Org == o && (last.Org == "" || last.From.Before(m.From)) {
			last = m
		}
	}
	return last, last.Org != ""
}

// RuleSet is a version of the body's rules.
type RuleSet struct {
	ID        string
	Title     string
	ValidFrom clock.Date
	AdoptedBy string
}

// Terms is what the body's rules of the day say about what this room does. The zero
// Terms are those of a body without rules: nothing is allowed.
type Terms struct {
	// Elected says that kommuneloven's rules for a folkevalgt organ apply.
	Elected bool
	// EqualFee lets the council set one fee for all; Voluntary lets members pay into
	// projects.
	EqualFee, Voluntary bool
	// Joint lets it answer consultations for all, StopsAtConflict keeps the answer back
	// when one member has a conflict of interest. Rounds, Days and Extension are those
	// of its hearings.
	Joint, StopsAtConflict  bool
	Rounds, Days, Extension int
	// Duties are the codes of what it has to do again and again.
	Duties []string
	// OwnCouncil says that a member leaves by a decision of its own council.
	OwnCouncil bool
	// Leaving is when a notice takes effect: the member's last day, which ends the last
	// year it pays the fee for. ok is false where the rules say nothing. LastDay is the
	// last day for notice in a year.
	Leaving func(notice clock.Date) (end clock.Date, ok bool)
	LastDay func(year int) (clock.Date, bool)
	// Where are the paragraphs: of money, of leaving, of consultations.
	MoneyWhere, LeavingWhere, JointWhere string
}

// Has reports whether the rules have the duty.
func (t Terms) Has(duty string) bool { return slices.Contains(t.Duties, duty) }

// Standing is what an actor is in a body: its secretary, and the organisations whose
// seats he holds there; Votes are those with a vote.
type Standing struct {
	Keeps bool
	Seats []access.OrgID
	Votes []access.OrgID
}

// IsIn reports whether the actor takes part in the body at all.
func (s Standing) IsIn() bool { return s.Keeps || len(s.Seats) > 0 }

// Speaks reports whether the actor may say what the organisation itself has decided:
// one of its offices in the body, or the secretary who writes it down.
func (s Standing) Speaks(o access.OrgID) bool { return s.Keeps || slices.Contains(s.Seats, o) }

// Consents reports whether the actor may consent for the organisation: who holds its
// vote, or the secretary who writes it down.
func (s Standing) Consents(o access.OrgID) bool { return s.Keeps || slices.Contains(s.Votes, o) }

// Denied is the answer to who may know of something and not do it.
func Denied() error { return fault.New(fault.Denied, "fault.denied") }
