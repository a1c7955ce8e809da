package match

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"kompetansetorg/internal/room/support"
)

// Start makes the first index. With many programmes it is one of measures and
// support alone: answers from it are Partial, and the index of all follows by
// itself.
func (s *Service) Start(ctx context.Context) error {
	n, err := s.Supply.CountProgrammes(ctx)
	if err != nil {
		return fmt.Errorf("match: %w", err)
	}
	if n <= s.Inline {
		return s.Refresh(ctx)
	}
	x, err := s.build(ctx, sources{vocab: s.Vocab.Now()})
	if err != nil {
		return err
	}
	x.partial = true
	s.index.Store(x)
	s.follow(ctx)
	return nil
}

// IsReady reports whether all that is offered can be found.
func (s *Service) IsReady() bool {
	x := s.index.Load()
	return x != nil && !x.partial
}

// IndexMade is when the index that answers was made; the zero time before the
// first.
func (s *Service) IndexMade() time.Time {
	if x := s.index.Load(); x != nil {
		return x.made
	}
	return time.Time{}
}

// Refresh sees to a new index when what is offered or the vocabulary has
// changed.
func (s *Service) Refresh(ctx context.Context) error {
	_, err := s.current(ctx)
	return err
}

// current is the index to answer from.
func (s *Service) current(ctx context.Context) (*index, error) {
	old := s.index.Load()
	if old != nil && old.partial {
		s.follow(ctx)
		return old, nil
	}
	now, err := s.newest(ctx)
	if err != nil {
		return nil, err
	}
	if now.areOf(old) {
		return old, nil
	}
	if old != nil && len(now.supply.Programmes) > s.Inline {
		s.follow(ctx)
		return old, nil
	}
	s.building.Lock()
	defer s.building.Unlock()
	if now, err = s.newest(ctx); err != nil {
		return nil, err
	}
	if x := s.index.Load(); now.areOf(x) {
		return x, nil
	}
	x, err := s.build(ctx, now)
	if err != nil {
		return nil, err
	}
	s.index.Store(x)
	return x, nil
}

// follow makes the next index in the background, unless that is going on.
func (s *Service) follow(ctx context.Context) {
	if !s.building.TryLock() {
		return
	}
	go func() {
		defer s.building.Unlock()
		start := time.Now()
		// The request that gave rise to it may end before the index is made.
		ctx := context.WithoutCancel(ctx)
		x, err := s.make(ctx)
		if err != nil {
			s.Log.Error("match: index; the older one goes on answering", "error", err)
			return
		}
		s.index.Store(x)
		debug.FreeOSMemory() // making it took several times the memory it has
		s.Log.Info("match: index", "programmes", len(x.programmes), "took", time.Since(start).Round(time.Millisecond))
	}()
}

func (s *Service) make(ctx context.Context) (*index, error) {
	now, err := s.newest(ctx)
	if err != nil {
		return nil, err
	}
	return s.build(ctx, now)
}

// newest are the sources as they are now.
func (s *Service) newest(ctx context.Context) (sources, error) {
	snapshot, err := s.Supply.Snapshot(ctx)
	if err != nil {
		return sources{}, err
	}
	version, err := s.Support.Revision(ctx)
	if err != nil {
		return sources{}, err
	}
	return sources{supply: snapshot, support: version, vocab: s.Vocab.Now()}, nil
}

func (s *Service) build(ctx context.Context, from sources) (*index, error) {
	cards, err := s.Support.List(ctx, support.Filter{})
	if err != nil {
		return nil, fmt.Errorf("match: cards: %w", err)
	}
	old := s.index.Load()
	if old == nil && s.Like != nil {
		old = s.Like.index.Load()
	}
	x := buildIndex(from, cards, old)
	x.made = s.Clock()
	return x, nil
}
