// Package telling lets programmes be followed: which searches one fits, the days
// to apply in followers' calendars, the reminder before such a day, and the
// sentences about what happened. It belongs to the room supply; its texts are in
// supplyweb/text.
package telling

import (
	"context"
	"fmt"
	"net/url"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/address"
	"kompetansetorg/internal/room/supply/happened"
	"kompetansetorg/internal/room/supply/offer"
)

// remindBefore is how many days before the last day to apply followers are
// reminded: enough to write an application.
const remindBefore = 7

// Kind is how programmes are followed. Its provider is not told of what its own
// people write; who follows the provider is told of what it publishes.
func Kind(s *supply.Service, in address.Reader) follow.Kind {
	return follow.Kind{Name: happened.Kind,
		Fits: func(ctx context.Context, tx *db.Tx, _ access.Actor, query url.Values, id string) (bool, error) {
			f, err := in.Filter(query)
			if err != nil {
				return false, err
			}
			// What is called off has left the list, and that is just what one wants to know.
			f.All = true
			return s.Has(ctx, tx, f, offer.ProgrammeID(id))
		},
		Heralds: func(ctx context.Context, tx *db.Tx, e follow.Event) ([]access.OrgID, error) {
			switch happening.What(e.What) {
			case happened.Published, happened.Again, happened.Offered:
				return supply.ProviderOf(ctx, tx, offer.ProgrammeID(e.Subject.ID))
			}
			return nil, nil
		},
		Dates: func(ctx context.Context, tx *db.Tx, ids []string) ([]follow.Date, error) {
			items, err := s.PublicItems(ctx, tx, text.Typed[offer.ProgrammeID](ids))
			if err != nil {
				return nil, err
			}
			return dates(items), nil
		}}
}

// dates are the last days to apply. One of an offering that is called off or
// rests, or whose programme does, is cancelled.
func dates(items []*supply.Item) []follow.Date {
	var out []follow.Date
	for _, i := range items {
		p, o := *i.Programme, *i.Offering
		by := o.ApplyBy(p)
		if by.IsZero() {
			continue
		}
		out = append(out, follow.Date{ID: string(p.ID), UID: "offering-" + string(o.ID) + "-apply", Sequence: int(o.Version + p.Version), Day: by,
			What: follow.What(happened.Soon), Facts: happened.FactsOf(p, o), Updated: later(p.UpdatedAt, o.UpdatedAt),
			Cancelled: o.State != offer.Active || p.State != offer.ProgrammeActive})
	}
	return out
}

func later(a, b clock.Time) clock.Time {
	if a.After(b) {
		return a
	}
	return b
}

// perWrite is how many reminders one transaction writes.
const perWrite = 200

// Remind notes for each offering that is published, and whose last day to apply is
// in the next week, that the day is near. It may be called every day and again:
// follow tells each day once.
func Remind(ctx context.Context, d *db.DB, c clock.Clock, s *supply.Service) error {
	all, err := s.Snapshot(ctx)
	if err != nil {
		return fmt.Errorf("supply: remind: %w", err)
	}
	today := c.Today()
	programmes := make(map[offer.ProgrammeID]*offer.Programme, len(all.Programmes))
	for _, p := range all.Programmes {
		programmes[p.ID] = p
	}
	var near []happening.Happening
	for _, o := range all.Offerings {
		p := programmes[o.Programme]
		if by := o.ApplyBy(*p); !by.Before(today) && !by.After(today.AddDays(remindBefore)) && !by.IsZero() {
			near = append(near, happened.Deadline(*p, *o))
		}
	}
	for len(near) > 0 {
		n := min(len(near), perWrite)
		err := d.Write(ctx, func(tx *db.Tx) error {
			happening.Record(tx, c.Now(), access.SystemActor("supply"), near[:n]...)
			return nil
		})
		if err != nil {
			return fmt.Errorf("supply: remind: %w", err)
		}
		near = near[n:]
	}
	return nil
}
