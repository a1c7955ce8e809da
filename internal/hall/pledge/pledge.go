package pledge

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/few"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
)

// ID names a pledge, RoundID a round.
type (
	ID      = id.Of[Pledge]
	RoundID = id.Of[Round]
)

// ParseID reads the id of a pledge from outside.
func ParseID(s string) (ID, error) { return id.Parse[Pledge](s) }

// ParseRoundID reads the id of a round from outside.
func ParseRoundID(s string) (RoundID, error) { return id.Parse[Round](s) }

// FlowKind is the kind under which flow, audit, follow and object know a round.
const FlowKind = "pledge_round"

// The actions of the audit log.
const (
	ActionPledge   audit.Action = "pledge.pledge"
	ActionChange   audit.Action = "pledge.change"
	ActionWithdraw audit.Action = "pledge.withdraw"
	ActionDue      audit.Action = "pledge.due"
	ActionStart    audit.Action = "pledge.start"
	ActionEnd      audit.Action = "pledge.end"
	ActionExpire   audit.Action = "pledge.expire"
)

// MaxSeats is how many seats one pledge may have, MaxNote how long a reason may be.
const (
	MaxSeats = 500
	MaxNote  = 2_000
)

// Sort is how much a pledge promises.
type Sort string

// The sorts. A wish promises nothing and does not count towards the least number.
const (
	Wish      Sort = "wish"
	Intention Sort = "intention"
	Binding   Sort = "binding"
)

// Sorts lists them from the least to the most.
func Sorts() []Sort { return []Sort{Wish, Intention, Binding} }

// Label is the sort's name.
func (s Sort) Label() i18n.Key { return i18n.Key("pledge.sort." + string(s)) }

// The states of a round. JSON has the same names.
const (
	Collecting flow.State = "collecting"
	Enough     flow.State = "enough"
	Started    flow.State = "started"
	Lapsed     flow.State = "lapsed"
)

// The states of a pledge: live counts; the others say how it ended.
const (
	live      = "live"
	withdrawn = "withdrawn"
	expired   = "expired"
	used      = "used"
	lapsed    = "lapsed"
)

// startDays are the working days that the provider has when there are enough.
const startDays = 10

// Flow is how a round moves. Whoever pledges or withdraws moves it to enough and back;
// the provider starts it; who finds those who pledge ends it.
func Flow() flow.Definition {
	pledgers, finders := []flow.Party{flow.Employer, flow.Learner}, []flow.Party{flow.Adviser, flow.Provider}
	return flow.Definition{Kind: FlowKind, Initial: Collecting, States: []flow.StateDef{
		{State: Collecting, Label: "pledge.state.collecting", Ball: flow.Adviser},
		{State: Enough, Label: "pledge.state.enough", Ball: flow.Provider, Days: startDays},
		{State: Started, Label: "pledge.state.started", End: true},
		{State: Lapsed, Label: "pledge.state.lapsed", End: true},
	}, Moves: []flow.MoveDef{
		{From: Collecting, To: Enough, By: pledgers, Label: "pledge.move.enough"},
		{From: Enough, To: Collecting, By: pledgers, Label: "pledge.move.collecting"},
		{From: Enough, To: Started, By: []flow.Party{flow.Provider}, Label: "pledge.move.start"},
		{From: Collecting, To: Started, By: []flow.Party{flow.Provider}, Label: "pledge.move.start"},
		{From: Collecting, To: Lapsed, By: finders, Label: "pledge.move.end"},
		{From: Enough, To: Lapsed, By: finders, Label: "pledge.move.end"},
	}}
}

// Round is a gathering of seats. Due is the last day to pledge, zero when there is none;
// StartsOn is the day that the provider has said it starts.
type Round struct {
	ID       RoundID
	Of       Ref
	State    flow.State
	Due      clock.Date
	StartsOn clock.Date
	Version  int64
}

// IsOpen reports whether seats can be pledged on the day.
func (r Round) IsOpen(day clock.Date) bool {
	return (r.State == Collecting || r.State == Enough) && (r.Due.IsZero() || !day.After(r.Due))
}

// Pledge is seats that an organisation, or a person for herself, says it will take. Org
// is empty for a person; then Account is hers. ValidTo is the last day it holds, zero for
// no end.
type Pledge struct {
	ID            ID
	Round         RoundID
	Of            Ref
	Sort          Sort
	Org           access.OrgID
	OrgName       string
	RepresentedBy access.OrgID
	Account       access.AccountID
	Seats         int
	ValidTo       clock.Date
	MadeAt        clock.Time
	Version       int64
}

// Sums are the seats of the pledges that hold now.
type Sums struct{ Wishes, Intentions, Binding int }

// Counted is how many of them count towards the least number.
func (s Sums) Counted() int { return s.Intentions + s.Binding }

// sum adds the pledges up.
func sum(list []Pledge) Sums {
	var out Sums
	for _, p := range list {
		switch p.Sort {
		case Wish:
			out.Wishes += p.Seats
		case Intention:
			out.Intentions += p.Seats
		case Binding:
			out.Binding += p.Seats
		}
	}
	return out
}

// Missing is how many more are needed to start: 0 when there are enough, or when nobody
// has said how many that is.
func Missing(least, counted int) int { return max(0, least-counted) }

// becomes is the state of a round that collects, when so many seats count.
func becomes(least, counted int) flow.State {
	if least > 0 && counted >= least {
		return Enough
	}
	return Collecting
}

// sources are those whom the counted seats are built on, with none that has no seat left.
func sources(list []Pledge) few.Sources {
	var out few.Sources
	for _, p := range list {
		if p.Sort != Wish && p.Seats > 0 {
			out = append(out, p.source())
		}
	}
	slices.Sort(out)
	return out
}

func (p Pledge) source() string {
	if p.Org != "" {
		return string(p.Org)
	}
	return string(p.ID) // a person's own id says nothing about her
}

// Pledging is what is pledged: for an organisation, or for the person who does it when
// Org is empty.
type Pledging struct {
	Org     access.OrgID
	Sort    Sort
	Seats   int
	ValidTo clock.Date
}

// check says what is wrong with it.
func (in Pledging) check(today clock.Date) error {
	var fs fault.Fields
	switch {
	case !slices.Contains(Sorts(), in.Sort):
		fs.Add("sort", "form.error.required")
	case in.Org == "" && in.Sort == Intention:
		fs.Add("sort", "pledge.error.own_sort")
	}
	switch {
	case in.Org == "" && in.Seats != 1:
		fs.Add("seats", "pledge.error.own_seats")
	case in.Seats < 1 || in.Seats > MaxSeats:
		fs.Add("seats", "form.error.range", "min", 1, "max", MaxSeats)
	}
	if !in.ValidTo.IsZero() && in.ValidTo.Before(today) {
		fs.Add("valid_to", "pledge.error.past")
	}
	return fs.Err()
}

func flowOf(r RoundID) flow.Subject { return flow.Subject{Kind: FlowKind, ID: string(r)} }

func subject(r RoundID) audit.Subject { return audit.Subject{Kind: FlowKind, ID: string(r)} }
