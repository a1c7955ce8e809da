// Package entry is where what is offered meets who applies for it: it tells the room of
// admission what the room of supply knows of an offering, and the room of supply how many
// came in. It also tells how programmes keep what they promise those who apply.
//
// Words: inngang = entry, lovet og holdt = promise.
//
// Tables: entry_edition, entry_tally.
package entry

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

// Offerings is the room of supply as admission needs it.
type Offerings struct {
	Supply *supply.Service
	Clock  clock.Clock
}

// Entry is what is known of an offering at the moment: NotFound for one that the actor may
// not know of.
func (x Offerings) Entry(ctx context.Context, tx *db.Tx, actor access.Actor, offering string) (admission.Entry, error) {
	o, p, err := x.load(ctx, tx, offering)
	if err != nil {
		return admission.Entry{}, err
	}
	if !(o.IsPublic() && p.IsPublic()) && !actor.IsSystem() && supply.CanWrite(actor, p.Provider) != nil {
		return admission.Entry{}, fault.Missing()
	}
	day := x.Clock.Today()
	out := admission.Entry{Offering: string(o.ID), Programme: string(p.ID), Provider: p.Provider, Title: p.Title.String(), Refusal: refusal(p, o, day),
		CalledOff: o.State == offer.Cancelled, Reason: o.Reason,
		Direct: o.KindOn(day) == offer.Direct, Limited: o.MaxPlaces > 0, Places: o.MaxPlaces, Typed: o.Enrolled + o.Pending, Waiting: o.Queued, AnswerDays: o.AnswerDays,
		Rolls: o.StartType == offer.Rolling || o.StartType == offer.SinglePlace && o.Start.IsZero(),
		First: func(wanted clock.Date) (clock.Date, bool) { return first(p, o, day, wanted) }}
	out.Queue, out.MaxQueued = offer.QueueOn(p, o, day)
	return out, nil
}

// first is the first day one can start who is given a place on the day: whether a place is
// free, and whether one can still apply, is not asked anew.
func first(p offer.Programme, o offer.Offering, day, wanted clock.Date) (clock.Date, bool) {
	o.MaxPlaces, o.Enrolment, o.Deadline = 0, nil, clock.Date{}
	e, ok := offer.FirstStart(p, o, day, wanted)
	return e.Day, ok
}

// Changed tells admission that an offering was written over; it is one of supply's
// listeners.
func Changed(a *admission.Service) supply.Listener {
	return func(ctx context.Context, tx *db.Tx, _ access.Actor, _ offer.Programme, old, o offer.Offering) error {
		if old.State == offer.Concept {
			return nil
		}
		return a.OfferingChanged(ctx, tx, string(o.ID))
	}
}

// SetTaken tells how many came in by applications here.
func (x Offerings) SetTaken(ctx context.Context, tx *db.Tx, offering string, t admission.Taken) error {
	o, err := id.Parse[offer.Offering](offering)
	if err != nil {
		return fault.Missing()
	}
	return x.Supply.SetTaken(ctx, tx, o, offer.Taken{Enrolled: t.Enrolled, Pending: t.Pending, Queued: t.Queued})
}

func (x Offerings) load(ctx context.Context, tx *db.Tx, offering string) (offer.Offering, offer.Programme, error) {
	written, err := id.Parse[offer.Offering](offering)
	if err != nil {
		return offer.Offering{}, offer.Programme{}, fault.Missing()
	}
	o, err := x.Supply.OfferingIn(ctx, tx, written)
	if err != nil {
		return o, offer.Programme{}, err
	}
	p, err := x.Supply.ProgrammeIn(ctx, tx, o.Programme)
	return o, p, err
}

// refusal is why nobody can apply here for the offering on the day; nil when one can. In a
// closed period one can: it is who starts that waits.
func refusal(p offer.Programme, o offer.Offering, day clock.Date) error {
	s := offer.StatusOn(p, o, day)
	switch {
	case o.Channel != offer.Here && s.Deadline.IsZero():
		return fault.New(fault.Conflict, "admission.error.elsewhere", "where", o.ApplyAt(p))
	case o.Channel != offer.Here:
		return fault.New(fault.Conflict, "admission.error.elsewhere_by", "where", o.ApplyAt(p), "date", s.Deadline)
	case slices.Contains([]offer.PublicState{offer.Open, offer.WaitList, offer.Full, offer.Paused}, s.State):
		return nil
	case s.State == offer.OpensOn:
		return fault.New(fault.Conflict, "admission.error.opens", "date", s.Opens)
	}
	return fault.New(fault.Conflict, "admission.error.closed")
}
