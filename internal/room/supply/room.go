package supply

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/supply/offer"
)

// What follows is for package batch, which shares the room's transactions, clock and
// registers, and asks CanImport before it writes.

// Write runs fn in a transaction that changes the room.
func (s *Service) Write(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.db.Write(ctx, fn)
}

// Read runs fn in a transaction that reads the room.
func (s *Service) Read(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.db.Read(ctx, fn)
}

// Now is the moment, and Today the day.
func (s *Service) Now() clock.Time   { return s.clock.Now() }
func (s *Service) Today() clock.Date { return s.clock.Today() }

// Orgs is the register of organisations.
func (s *Service) Orgs() *org.Service { return s.orgs }

// Places is the register of municipalities and regions.
func (s *Service) Places() *place.Register { return s.places }

// ProgrammeIn is the whole programme as the transaction sees it, or NotFound.
func (s *Service) ProgrammeIn(ctx context.Context, tx *db.Tx, p offer.ProgrammeID) (offer.Programme, error) {
	return loadP(ctx, tx, p)
}

// OfferingIn is the whole offering as the transaction sees it, or NotFound.
func (s *Service) OfferingIn(ctx context.Context, tx *db.Tx, o offer.OfferingID) (offer.Offering, error) {
	return loadO(ctx, tx, o)
}

// OfferingsIn are the programme's offerings, whole, as the transaction sees them.
func (s *Service) OfferingsIn(ctx context.Context, tx *db.Tx, p offer.ProgrammeID) ([]offer.Offering, error) {
	ids, err := db.List[offer.OfferingID](ctx, tx, offeringsOf, p)
	if err != nil {
		return nil, fmt.Errorf("programme %s: offerings: %w", p, err)
	}
	out := make([]offer.Offering, len(ids))
	for i, o := range ids {
		if out[i], err = loadO(ctx, tx, o); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// IsOffered reports whether anybody may read of the programme and it has an offering that is
// offered now.
func (s *Service) IsOffered(ctx context.Context, tx *db.Tx, p offer.ProgrammeID) (bool, error) {
	programme, err := loadP(ctx, tx, p)
	if err != nil || programme.State != offer.ProgrammeActive {
		return false, err
	}
	n, err := db.Scalar[int](ctx, tx, offeredNow, p)
	return n > 0, err
}

const offeredNow db.SQL = `SELECT count(*) FROM offering WHERE programme = $1 AND state = 'active'`

// Writer writes programmes and offerings that have been checked, for an actor who may, in
// one transaction. Each write has its entry in the audit log and counts as a change.
type Writer struct {
	s     *Service
	tx    *db.Tx
	actor access.Actor
	n     int64 // of the change counter
}

// Writer begins to write in a transaction of the caller. It is taken once in each.
func (s *Service) Writer(ctx context.Context, tx *db.Tx, actor access.Actor) (Writer, error) {
	n, err := touch(ctx, tx)
	return Writer{s, tx, actor, n}, err
}

// AddProgramme stores a new programme and answers it with its id.
func (w Writer) AddProgramme(ctx context.Context, p offer.Programme) (offer.Programme, error) {
	return w.s.addProgramme(ctx, w.tx, w.actor, w.n, p)
}

// SaveProgramme stores what has become of a programme; Stale when somebody was first.
func (w Writer) SaveProgramme(ctx context.Context, action audit.Action, old, p offer.Programme) error {
	return w.s.saveProgramme(ctx, w.tx, w.actor, w.n, action, old, p)
}

// AddOffering stores a new offering of the programme and answers it with its id.
func (w Writer) AddOffering(ctx context.Context, p offer.Programme, o offer.Offering) (offer.Offering, error) {
	return w.s.addOffering(ctx, w.tx, w.actor, w.n, p, o)
}

// SaveOffering stores what has become of an offering; Stale when somebody was first.
func (w Writer) SaveOffering(ctx context.Context, action audit.Action, old, o offer.Offering) error {
	return w.s.saveOffering(ctx, w.tx, w.actor, w.n, action, old, o)
}
