package site

import (
	"kompetansetorg/internal/common/flow/flowweb"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/follow/followweb"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/hall/pledge"
	"kompetansetorg/internal/hall/pledge/pledgeweb"
	"kompetansetorg/internal/kit/db"
)

// newPledges makes the hall where seats for pooled needs are gathered. It hears of every
// change of a pooled need.
func newPledges(d *db.DB, cfg Config, s *Services) *pledge.Service {
	p := pledge.New(pledge.Deps{DB: d, Clock: cfg.Clock})
	s.Pools.Changed = append(s.Pools.Changed, p.Weigh)
	return p
}

// registerPledges adds its pages.
func (s *Site) registerPledges() *pledgeweb.Pages {
	return pledgeweb.Register(s.door, pledgeweb.Deps{Pledges: s.Pledges, Orgs: s.Orgs, Clock: s.cfg.Clock})
}

// pledgeObjects are the kinds of things that a gathering of seats is.
func pledgeObjects(s *Services) []object.Kind { return []object.Kind{pledge.Object(s.Pledges)} }

// pledgesFollowed are those that people are told of: who has pledged, for a firm or for
// herself.
func pledgesFollowed() []follow.Kind {
	return []follow.Kind{{Name: pledge.FlowKind, Concerns: pledge.Concerns, People: pledge.People}}
}

// pledgesTold has the words of what happens.
func pledgesTold() map[string]followweb.Tell {
	return map[string]followweb.Tell{pledge.FlowKind: pledgeweb.Notice}
}

// pledgeTasks are the kinds that somebody can have the ball of.
func (s *Site) pledgeTasks() []flowweb.Kind {
	return []flowweb.Kind{{Definition: pledge.Flow(), Label: "task.kind.pledge_round", Path: "/plassrunde/", Sees: s.Pledges.Seen}}
}
