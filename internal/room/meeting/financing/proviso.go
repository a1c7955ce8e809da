package financing

import (
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting/rule"
)

// Proviso is a forbehold: the plan was sent before a body had decided it. The zero value
// is no proviso.
type Proviso struct {
	What string `json:"what"` // what is reserved
	Body string `json:"body"` // who is to decide
	Case string `json:"case"` // the id of the case that settles it
	// Expected is the day the body meets.
	Expected clock.Date `json:"expected,omitzero"`
	Settled  Settlement `json:"settled,omitzero"`
}

// Settlement is the decision that settled a proviso.
type Settlement struct {
	On      clock.Date `json:"on"`
	Ref     string     `json:"ref"` // the decision's number, "PS 24/20"
	Adopted bool       `json:"adopted"`
}

// State is where a proviso stands.
type State string

// The states: none, waiting, waiting past the expected day, lifted by a decision, and
// fallen: the body decided otherwise, and what was sent has to be taken up again.
const (
	NoProviso State = ""
	Stands    State = "stands"
	Overdue   State = "overdue"
	Lifted    State = "lifted"
	Fallen    State = "fallen"
)

// State is where the proviso stands on a day.
func (p Proviso) State(today clock.Date) State {
	switch {
	case p.What == "":
		return NoProviso
	case !p.Settled.On.IsZero() && p.Settled.Adopted:
		return Lifted
	case !p.Settled.On.IsZero():
		return Fallen
	case !p.Expected.IsZero() && p.Expected.Before(today):
		return Overdue
	}
	return Stands
}

// Settle notes the decision of the case that the proviso waits for, and gives the proviso
// back with it. A settled proviso is a Conflict: another decision is another proviso.
func (p Proviso) Settle(s Settlement) (Proviso, error) {
	switch {
	case p.What == "":
		return p, fault.New(fault.Conflict, "financing.error.no_proviso")
	case !p.Settled.On.IsZero():
		return p, fault.New(fault.Conflict, "financing.error.settled", "ref", p.Settled.Ref)
	case s.On.IsZero() || s.Ref == "":
		return p, fault.InvalidField("ref", "financing.error.ref")
	}
	p.Settled = s
	return p, nil
}

// Line says where the proviso stands, and what lifted it.
func (p Proviso) Line(today clock.Date) rule.Line {
	values := []any{"what", p.What, "body", p.Body, "day", p.Expected, "on", p.Settled.On, "ref", p.Settled.Ref}
	switch p.State(today) {
	case Stands:
		if p.Expected.IsZero() {
			return rule.Say("financing.proviso.open", values...)
		}
		return rule.Say("financing.proviso.stands", values...)
	case Overdue:
		return rule.Say("financing.proviso.overdue", values...)
	case Lifted:
		return rule.Say("financing.proviso.lifted", values...)
	case Fallen:
		return rule.Say("financing.proviso.fallen", values...)
	}
	return rule.Line{}
}
