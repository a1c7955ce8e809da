package site

import (
	"context"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
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
// vocabulary, and then does its chores at once and every hour.
func (s *Site) Work(ctx context.Context) {
	if err := s.loadVocabulary(ctx); err != nil && ctx.Err() == nil {
		s.log.Error("vocabulary; the starter goes on answering", "from", s.cfg.Data, "error", err)
	}
	ticker := time.NewTicker(time.Hour)
	defer ticker.Stop()
	for {
		for _, c := range s.chores() {
			if err := c.do(ctx); err != nil && ctx.Err() == nil {
				s.log.Error("chore", "name", c.name, "error", err)
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
		{"Enhetsregisteret", s.refreshOrganisations},
		{"statistics of the engine", s.db.Maintain},
	}
}

// The organisations are read anew in Enhetsregisteret in the hours of the night
// when neither people nor the register have much to do.
const (
	nightFrom, nightTo = 1, 5
	refreshMost        = 2_000 // in an hour
)

// refreshOrganisations reads those with a number anew, at night, and forgets old
// answers. A register that does not answer is no fault of the house: the next
// hour goes on.
func (s *Site) refreshOrganisations(ctx context.Context) error {
	if hour := clock.InOslo(s.cfg.Clock.Now()).Hour(); !s.Register.IsOn() || hour < nightFrom || hour >= nightTo {
		return nil
	}
	if _, err := s.Register.Sweep(ctx); err != nil {
		return err
	}
	r, err := s.Register.Refresh(ctx, access.SystemActor("enhetsregisteret"), refreshMost, nil)
	if r.Asked > 0 || err != nil {
		s.log.Info("organisations read in Enhetsregisteret", "asked", r.Asked, "closed", r.Closed, "renamed", r.Renamed, "moved", r.Moved, "unknown", r.Unknown, "left", r.Left)
	}
	if fault.Is(err, fault.Unavailable) {
		return nil
	}
	return err
}

// figures makes the open tables of demand of the day.
func (s *Site) figures(ctx context.Context) error {
	_, err := s.Demand.Daily(ctx, access.SystemActor("daily"))
	return err
}
