package site

import (
	"context"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/vocab"
)

// loadVocabulary reads the operator's vocabulary files and answers from them
// when they are read; until then the starter vocabulary answers.
func (s *Site) loadVocabulary(ctx context.Context) error {
	if s.cfg.Data == "" {
		return nil
	}
	start := time.Now()
	x, err := vocab.Load(vocab.Options{Data: s.cfg.Data})
	if err != nil {
		return err
	}
	s.Vocab.Put(x)
	s.log.Info("vocabulary loaded", "from", s.cfg.Data, "took", time.Since(start).Round(time.Millisecond))
	return s.Match.Refresh(ctx)
}

// Work does the house's own work until ctx ends: it loads the operator's
// vocabulary, and then at once and every hour looks after the open tables of
// demand, spreadsheets that nobody confirmed, and the engine's statistics. Each
// of these may be done by several nodes at once without harm.
func (s *Site) Work(ctx context.Context) {
	if err := s.loadVocabulary(ctx); err != nil && ctx.Err() == nil {
		s.log.Error("vocabulary; the starter goes on answering", "from", s.cfg.Data, "error", err)
	}
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
