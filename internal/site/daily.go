package site

import (
	"context"
	"time"

	"kompetansetorg/internal/common/access"
)

// Work does the house's own work until ctx ends: the open tables of demand
// once a day, spreadsheets that nobody confirmed, and the engine's statistics.
// Each of these may be done by several nodes at once without harm.
func (s *Site) Work(ctx context.Context) {
	ticker := time.NewTicker(time.Hour)
	defer ticker.Stop()
	done := s.cfg.Clock.Today()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if _, err := s.Uploads.Sweep(ctx); err != nil {
			s.log.Error("sweep uploads", "error", err)
		}
		if today := s.cfg.Clock.Today(); today != done {
			if err := s.daily(ctx); err != nil {
				s.log.Error("daily work", "error", err)
				continue
			}
			done = today
		}
	}
}

// daily is what is done once a day, and at every start.
func (s *Site) daily(ctx context.Context) error {
	if _, _, err := s.Demand.Rebuild(ctx, access.SystemActor("daily")); err != nil {
		return err
	}
	return s.db.Maintain(ctx)
}
