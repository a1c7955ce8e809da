package cost

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/money"
)

// ActionRate is the action of the audit log.
const ActionRate audit.Action = "cost.rate"

// Service is the use cases of rates.
type Service struct {
	db    *db.DB
	clock clock.Clock
}

// New makes the part.
func New(d *db.DB, c clock.Clock) *Service { return &Service{db: d, clock: c} }

// Rates lists all rates there are and were, by code and the day they began.
func (s *Service) Rates(ctx context.Context) ([]Rate, error) {
	var out []Rate
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = list(ctx, tx)
		return err
	})
	return out, err
}

// Write adds a rate, which holds from its day instead of the one before. r.Nr is
// the last one of the code that the writer saw; when somebody has added one
// since, it answers Stale and adds nothing.
func (s *Service) Write(ctx context.Context, actor access.Actor, r Rate) error {
	if err := CanWrite(actor); err != nil {
		return err
	}
	if !slices.Contains(Codes(), r.Code) {
		return fault.Missing()
	}
	if err := r.check(s.clock.Today()); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		last, err := db.Scalar[int64](ctx, tx, lastNr, r.Code)
		if err != nil {
			return err
		}
		if last != r.Nr {
			return fault.New(fault.Stale, "fault.stale")
		}
		added := r
		added.Nr++
		if err := insert(ctx, tx, actor, s.clock.Now(), added); err != nil {
			return err
		}
		audit.Record(tx, s.clock.Now(), actor, ActionRate, audit.Subject{Kind: "cost_rate", ID: string(r.Code)}, audit.Field("amount", "", money.NOK(r.Amount).Plain()),
			audit.Field("from", "", r.From), audit.Field("to", "", r.To), audit.Field("source", "", r.Source), audit.Field("checked_on", "", r.CheckedOn))
		return nil
	})
}
