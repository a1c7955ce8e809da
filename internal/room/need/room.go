package need

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
)

// What follows is for the other packages of this room (list, pool, ask,
// intake, demand, paste), which share its transactions, clock and places.

// Write runs fn in a transaction that changes the room.
func (s *Service) Write(ctx context.Context, fn func(tx *db.Tx) error) error {
	defer s.writes.Add(1)
	return s.db.Write(ctx, fn)
}

// Read runs fn in a transaction that reads the room.
func (s *Service) Read(ctx context.Context, fn func(tx *db.Tx) error) error {
	return s.db.Read(ctx, fn)
}

// Writes counts the changes made by this process, so that what was counted
// before a change is not taken for what is there after it.
func (s *Service) Writes() int64 { return s.writes.Load() }

// Now is the moment, and Today the day.
func (s *Service) Now() clock.Time   { return s.clock.Now() }
func (s *Service) Today() clock.Date { return s.clock.Today() }

// Places is the register of municipalities and regions.
func (s *Service) Places() *place.Register { return s.places }

// Orgs is the register of organisations.
func (s *Service) Orgs() *org.Service { return s.orgs }

// Imported is a need from a spreadsheet. Fingerprint is the same for the same
// row of the same sheet, so that it is stored once.
type Imported struct {
	Content     Content
	Fingerprint string
	AsDraft     bool
}

// Import stores a need from a spreadsheet in a transaction of the caller.
func (s *Service) Import(ctx context.Context, tx *db.Tx, actor access.Actor, in Imported) (Need, error) {
	in.Content.Source = FromImport
	if in.AsDraft {
		return s.saveDraft(ctx, tx, actor, "", 0, in.Content, in.Fingerprint)
	}
	return s.submit(ctx, tx, actor, "", 0, in.Content, in.Fingerprint)
}

// DraftIn makes a draft in a transaction of the caller, as SaveDraft does.
func (s *Service) DraftIn(ctx context.Context, tx *db.Tx, actor access.Actor, in Content) (Need, error) {
	return s.saveDraft(ctx, tx, actor, "", 0, in, "")
}
