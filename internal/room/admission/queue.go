package admission

import (
	"context"
	"errors"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// automatic moves what nobody in particular decides: the queue, and places nobody took.
var automatic = access.SystemActor("admission")

const offersDue db.SQL = `SELECT a.id FROM application AS a JOIN flow_item AS f ON f.kind = 'application' AND f.subject = a.id
	WHERE a.state = 'offered' AND f.due < $1 ORDER BY a.number_key, a.id`

// nextInQueue is the place behind the last who has ever waited for the offering.
func nextInQueue(ctx context.Context, tx *db.Tx, offering string) (int64, error) {
	last, err := db.Scalar[int64](ctx, tx, lastQueued, offering)
	if err != nil {
		return 0, fmt.Errorf("offering %s: queue: %w", offering, err)
	}
	return last + 1, nil
}

// promote gives the places that are free to those who wait, in their order. Who can start
// on no day that is left waits on.
func (s *Service) promote(ctx context.Context, tx *db.Tx, e Entry) error {
	if e.CalledOff {
		return nil
	}
	t, err := taken(ctx, tx, e.Offering)
	if err != nil || t.Queued == 0 || e.free(t) == 0 {
		return err
	}
	waiting, err := db.List[ID](ctx, tx, inQueue, e.Offering)
	if err != nil {
		return err
	}
	for _, next := range waiting {
		if t, err = taken(ctx, tx, e.Offering); err != nil || e.free(t) == 0 {
			return err
		}
		a, err := load(ctx, tx, next)
		if err != nil {
			return err
		}
		if _, ok := s.first(e, a, e.given()); !ok {
			continue
		}
		if _, err := s.move(ctx, tx, automatic, e, a, Moving{To: e.given()}); err != nil {
			return err
		}
	}
	return nil
}

// OfferingChanged is told that an offering is another than it was: those who wait may get in
// where there are more places. Of one that is called off nobody gets in: who has not started
// is told so, with what the provider said of it.
func (s *Service) OfferingChanged(ctx context.Context, tx *db.Tx, offering string) error {
	e, err := s.Offerings.Entry(ctx, tx, automatic, offering)
	if err != nil {
		return err
	}
	if !e.CalledOff {
		return s.promote(ctx, tx, e)
	}
	undecided, err := db.List[ID](ctx, tx, undecidedOf, offering)
	if err != nil {
		return err
	}
	for _, of := range undecided {
		a, err := load(ctx, tx, of)
		if err != nil {
			return err
		}
		if _, err := s.move(ctx, tx, automatic, e, a, Moving{To: Refused, Note: e.Reason, Day: s.Clock.Today()}); err != nil {
			return err
		}
	}
	return nil
}

// Sweep withdraws the places that nobody took by the day they were offered to, and gives
// them to the next who wait. One that cannot be withdrawn does not stop the others.
func (s *Service) Sweep(ctx context.Context) error {
	var due []ID
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		due, err = db.List[ID](ctx, tx, offersDue, s.Clock.Today())
		return err
	})
	if err != nil {
		return fmt.Errorf("applications: sweep: %w", err)
	}
	var failed []error
	for _, a := range due {
		_, err := s.Move(ctx, automatic, a, Moving{To: Withdrawn, From: Offered})
		if err != nil && !fault.Is(err, fault.Stale) { // she took it in the meantime
			failed = append(failed, fmt.Errorf("application %s: sweep: %w", a, err))
		}
	}
	return errors.Join(failed...)
}

// Lapsed reports whether nobody took the place that was offered in time: a step of the
// system's from offered to withdrawn.
func Lapsed(step flow.Step) bool {
	return step.From == Offered && step.To == Withdrawn && step.Actor == automatic.Label()
}
