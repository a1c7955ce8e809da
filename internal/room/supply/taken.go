package supply

import (
	"context"
	"fmt"
	"reflect"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/supply/offer"
)

const (
	setTaken db.SQL = `UPDATE offering SET here_enrolled = $1, here_pending = $2, here_queued = $3 WHERE id = $4`
	// seenTaken marks the offering as changed, so that readers' copies are renewed.
	seenTaken   db.SQL = `UPDATE offering SET changed = $1 WHERE id = $2`
	offeringsOf db.SQL = `SELECT id FROM offering WHERE programme = $1 ORDER BY id`
)

// Listener hears in its transaction that the offering old of the programme has
// become o, which is stored. When the programme is no longer offered, or is
// again, it hears of each of its offerings, and both are the same.
type Listener func(ctx context.Context, tx *db.Tx, actor access.Actor, p offer.Programme, old, o offer.Offering) error

// SetTaken writes who came into the offering by applications here. It is no
// edit: the version stays, so that an open form is not stale, and what readers
// hold is renewed only when they would read something else. Until then the
// numbers in the catalogue may be behind; OfferingIn has them as they are.
func (s *Service) SetTaken(ctx context.Context, tx *db.Tx, offering offer.OfferingID, t offer.Taken) error {
	old, err := loadO(ctx, tx, offering)
	if err != nil {
		return err
	}
	if old.Here == t {
		return nil
	}
	if err := db.ExecOne(ctx, tx, setTaken, t.Enrolled, t.Pending, t.Queued, offering); err != nil {
		return fmt.Errorf("offering %s: taken: %w", offering, err)
	}
	p, err := loadP(ctx, tx, old.Programme)
	if err != nil {
		return err
	}
	o := old
	o.Here = t
	if reflect.DeepEqual(s.read(p, old), s.read(p, o)) {
		return nil
	}
	n, err := touch(ctx, tx)
	if err != nil {
		return err
	}
	if err := db.ExecOne(ctx, tx, seenTaken, n, offering); err != nil {
		return fmt.Errorf("offering %s: taken: %w", offering, err)
	}
	return nil
}

// reading is what others than its provider can tell from an offering's counts.
type reading struct {
	status   offer.Status
	earliest offer.Earliest
	counts   offer.Counts
	// full is that no place is free, enough that it can start.
	full, enough bool
}

func (s *Service) read(p offer.Programme, o offer.Offering) reading {
	day := s.clock.Today()
	r := reading{status: offer.StatusOn(p, o, day), counts: o.Counts(false), enough: o.NeedToStart() == 0}
	r.earliest, _ = offer.EarliestStart(p, o, day)
	left, known := o.PlacesLeft()
	r.full = known && left == 0
	return r
}

// tellChanged tells the listeners.
func (s *Service) tellChanged(ctx context.Context, tx *db.Tx, actor access.Actor, p offer.Programme, old, o offer.Offering) error {
	for _, hear := range s.Changed {
		if err := hear(ctx, tx, actor, p, old, o); err != nil {
			return fmt.Errorf("offering %s: changed: %w", o.ID, err)
		}
	}
	return nil
}

// tellOfferings tells the listeners of every offering of a programme that is no
// longer offered, or is again.
func (s *Service) tellOfferings(ctx context.Context, tx *db.Tx, actor access.Actor, p offer.Programme) error {
	if len(s.Changed) == 0 {
		return nil
	}
	ids, err := db.List[offer.OfferingID](ctx, tx, offeringsOf, p.ID)
	if err != nil {
		return fmt.Errorf("programme %s: offerings: %w", p.ID, err)
	}
	for _, id := range ids {
		o, err := loadO(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.tellChanged(ctx, tx, actor, p, o, o); err != nil {
			return err
		}
	}
	return nil
}
