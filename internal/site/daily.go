package site

import (
	"context"
	"time"

	"kompetansetorg/internal/common/access"
)

// Work does the house's own work until ctx ends, at once and then every hour:
// the open tables of demand once a day, spreadsheets that nobody confirmed, and
// the engine's statistics. Each of these may be done by several nodes at once
// without harm.
func (s *Site) Work(ctx context.Context) {
	ticker := time.NewTicker(time.Hour)
	defer ticker.Stop()
	for {
		if err := s.daily(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("daily work", "error", err)
		}
		if _, err := s.Uploads.Sweep(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("sweep uploads", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// daily is what is done once a day.
func (s *Site) daily(ctx context.Context) error {
	made, err := s.Demand.Daily(ctx, access.SystemActor("daily"))
	if err != nil || !made {
		return err
	}
	return s.db.Maintain(ctx)
}
