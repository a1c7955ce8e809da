// Package entry is where what is offered meets who applies for it: it tells the room of
// admission what the room of supply knows of an offering, and the room of supply how many
// came in.
//
// Words: inngang = entry.
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
	public := o.IsPublic() && p.IsPublic()
	if !public && !actor.IsSystem() && supply.CanWrite(actor, p.Provider) != nil {
		return admission.Entry{}, fault.Missing()
	}
	day := x.Clock.Today()
	out := admission.Entry{Offering: string(o.ID), Programme: string(p.ID), Provider: p.Provider, Title: p.Title.String(), Public: public, Refusal: refusal(p, o, day),
		Direct: o.KindOn(day) == offer.Direct, Limited: o.MaxPlaces > 0, Places: o.MaxPlaces, Typed: o.Enrolled + o.Pending, Waiting: o.Queued, AnswerDays: o.AnswerDays,
		First: func(wanted clock.Date) (clock.Date, bool) {
			first, ok := offer.FirstStart(p, o, day, wanted)
			return first.Day, ok
		}}
	out.Queue, out.MaxQueued = offer.QueueOn(p, o, day)
	return out, nil
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
	case o.Channel != offer.Here:
		return fault.New(fault.Conflict, "admission.error.elsewhere")
	case slices.Contains([]offer.PublicState{offer.Open, offer.WaitList, offer.Full, offer.Paused}, s.State):
		return nil
	case s.State == offer.OpensOn:
		return fault.New(fault.Conflict, "admission.error.opens", "date", s.Opens.String())
	}
	return fault.New(fault.Conflict, "admission.error.closed")
}
