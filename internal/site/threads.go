package site

import (
	"kompetansetorg/internal/hall/thread"
	"kompetansetorg/internal/hall/thread/threadweb"
	"kompetansetorg/internal/kit/db"
)

// newThread makes the red thread. It proves that needs are covered, and hears of
// positions and applications.
func newThread(d *db.DB, cfg Config, s *Services) *thread.Service {
	t := thread.New(thread.Deps{DB: d, Clock: cfg.Clock, Needs: s.Needs, Pools: s.Pools})
	s.Needs.ProvedBy(t)
	s.Positions.Moved = append(s.Positions.Moved, t.PositionMoved)
	return t
}

// registerThread adds its pages.
func (s *Site) registerThread() *threadweb.Pages {
	return threadweb.Register(s.door, threadweb.Deps{Thread: s.Thread, Needs: s.Needs, Objects: s.Objects})
}
