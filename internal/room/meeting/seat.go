package meeting

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting/rule"
)

// SeatKind is the office a seat is for: the rules' word for it. Stored as written;
// the body's rules say what each kind may do.
type SeatKind = rule.SeatKind

// SeatKinds lists the kinds in the order pages show them.
func SeatKinds() []SeatKind {
	return []SeatKind{rule.Mayor, rule.Opposition, rule.ChiefExec, rule.Member, rule.Observer, rule.Secretary}
}

// SeatLabel is the name of a kind of seat.
func SeatLabel(k SeatKind) i18n.Key { return i18n.Key("rule.seat." + string(k)) }

// isElected reports whether a municipal council elects who holds the seat, and a
// deputy for it (AVT-4).
func isElected(k SeatKind) bool { return k == rule.Mayor || k == rule.Opposition }

// RoleOf is the role at the seat's organisation that goes with the office, empty
// when none does: the mayor of a municipality holds its seat for the mayor also
// when no account is written at the seat.
func RoleOf(k SeatKind) access.Role {
	switch k {
	case rule.Mayor:
		return access.RoleMayor
	case rule.Opposition:
		return access.RoleOpposition
	case rule.ChiefExec:
		return access.RoleChiefExec
	case rule.Member:
		return access.RoleForumMember
	}
	return ""
}

// Side is what a member comes to the body with (FOR-2). Stored as written; empty
// where sides mean nothing, as in a council.
type Side string

// The sides.
const (
	NoSide    Side = ""
	Demander  Side = "demander"
	Provider  Side = "provider"
	Authority Side = "authority"
	Partner   Side = "partner"
)

// Sides lists the sides in the order pages show them, without NoSide.
func Sides() []Side { return []Side{Demander, Provider, Authority, Partner} }

// Label is the side's name.
func (s Side) Label() i18n.Key { return i18n.Key("body.side." + string(s)) }

// Seat is a place in a body that belongs to an organisation, with who has held it,
// oldest first. OrgName is read with it and not stored.
type Seat struct {
	ID       SeatID
	Body     BodyID
	Org      access.OrgID
	OrgName  string
	Kind     SeatKind
	Side     Side
	From, To clock.Date
	Version  int64
	Holders  []Holder
}

// HoldsOn reports whether the seat exists on the day.
func (s Seat) HoldsOn(day clock.Date) bool { return holds(s.From, s.To, day) }

// MemberOn is who holds the seat as its member on the day, if anybody.
func (s Seat) MemberOn(day clock.Date) (Holder, bool) {
	i := slices.IndexFunc(s.Holders, func(h Holder) bool { return h.Part == Member && h.HoldsOn(day) })
	if i < 0 {
		return Holder{}, false
	}
	return s.Holders[i], true
}

// DeputiesOn are the deputies of the seat on the day, in the order they step in.
func (s Seat) DeputiesOn(day clock.Date) []Holder {
	var out []Holder
	for _, h := range s.Holders {
		if h.Part == Deputy && h.HoldsOn(day) {
			out = append(out, h)
		}
	}
	slices.SortStableFunc(out, func(a, b Holder) int { return a.Rank - b.Rank })
	return out
}

func (s Seat) check() error {
	var fs fault.Fields
	if s.Org == "" {
		fs.Add("organisation", "form.error.required")
	}
	if !slices.Contains(SeatKinds(), s.Kind) {
		fs.Add("kind", "form.error.choice")
	}
	if s.Side != NoSide && !slices.Contains(Sides(), s.Side) {
		fs.Add("side", "form.error.choice")
	}
	period(&fs, s.From, s.To)
	return fs.Err()
}

// Part is how one holds a seat. Stored as written.
type Part string

// The parts.
const (
	Member Part = "member"
	Deputy Part = "deputy"
)

// Parts lists the parts in the order pages show them.
func Parts() []Part { return []Part{Member, Deputy} }

// Label is the part's name.
func (p Part) Label() i18n.Key { return i18n.Key("body.part." + string(p)) }

// Holder is an office that holds a seat from a day to a day: as member, or as
// deputy number Rank. Title is the office, never a person's name. Account is the
// person who signs in, empty when the office goes by its role or has no account.
type Holder struct {
	ID        HolderID
	Seat      SeatID
	Part      Part
	Rank      int
	Account   access.AccountID
	Title     string
	ElectedBy string
	From, To  clock.Date
	Version   int64
}

// HoldsOn reports whether the office holds the seat on the day.
func (h Holder) HoldsOn(day clock.Date) bool { return holds(h.From, h.To, day) }

// check answers the holder with its texts put right, or its faults. The office of
// one whom a council elects names the decision.
func (h Holder) check(k SeatKind) (Holder, error) {
	var fs fault.Fields
	h.Title, h.ElectedBy = text.CleanLine(h.Title), text.CleanLine(h.ElectedBy)
	line(&fs, "title", h.Title, MaxTitle)
	if !slices.Contains(Parts(), h.Part) {
		fs.Add("part", "form.error.choice")
	}
	switch {
	case isElected(k):
		line(&fs, "elected_by", h.ElectedBy, MaxDecision)
	case len([]rune(h.ElectedBy)) > MaxDecision:
		fs.Add("elected_by", "form.error.too_long", "max", MaxDecision)
	}
	period(&fs, h.From, h.To)
	return h, fs.Err()
}

// Task is what a seat does for the body in a term. Stored as written.
type Task string

// The tasks.
const (
	Leader       Task = "leader"
	DeputyLeader Task = "deputy_leader"
)

// Tasks lists the tasks in the order pages show them.
func Tasks() []Task { return []Task{Leader, DeputyLeader} }

// Label is the task's name.
func (t Task) Label() i18n.Key { return i18n.Key("body.task." + string(t)) }

// Election makes a seat the leader or deputy leader of its body in a term.
// ElectedBy is the decision, in words.
type Election struct {
	Task      Task
	Seat      SeatID
	ElectedBy string
	From, To  clock.Date
}

// HoldsOn reports whether the term runs on the day.
func (e Election) HoldsOn(day clock.Date) bool { return holds(e.From, e.To, day) }

func (e Election) check() (Election, error) {
	var fs fault.Fields
	e.ElectedBy = text.CleanLine(e.ElectedBy)
	if !slices.Contains(Tasks(), e.Task) {
		fs.Add("task", "form.error.choice")
	}
	if e.Seat == "" {
		fs.Add("seat", "form.error.required")
	}
	line(&fs, "elected_by", e.ElectedBy, MaxDecision)
	period(&fs, e.From, e.To)
	return e, fs.Err()
}
