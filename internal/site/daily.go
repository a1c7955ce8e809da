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
	s.log.InfoContext(ctx, "vocabulary loaded", "from", s.cfg.Data, "took", time.Since(start).Round(time.Millisecond))
	return s.Match.Refresh(ctx)
}

// Work does the house's own work until ctx ends: it loads the operator's
// vocabulary, and then does its chores at once and every hour.
func (s *Site) Work(ctx context.Context) {
	if err := s.loadVocabulary(ctx); err != nil && ctx.Err() == nil {
		s.log.ErrorContext(ctx, "vocabulary; the starter goes on answering", "from", s.cfg.Data, "error", err)
	}
	ticker := time.NewTicker(time.Hour)
	defer ticker.Stop()
	for {
		for _, c := range s.chores() {
			if err := c.do(ctx); err != nil && ctx.Err() == nil {
				s.log.ErrorContext(ctx, "chore", "name", c.name, "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

type chore struct {
	name string
	do   func(context.Context) error
}

// chores are done every hour, by each node without harm to the others. They find
// out themselves what there is to do: the figures of demand are made once a day,
// and the engine's statistics where a table has grown.
func (s *Site) chores() []chore {
	return []chore{
		{"figures of demand", s.figures},
		{"spreadsheets that nobody confirmed", func(ctx context.Context) error { _, err := s.Uploads.Sweep(ctx); return err }},
		{"statistics of the engine", s.db.Maintain},
	}
}

// figures makes the open tables of demand of the day.
func (s *Site) figures(ctx context.Context) error {
	_, err := s.Demand.Daily(ctx, access.SystemActor("daily"))
	return err
}
