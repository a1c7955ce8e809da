package site

import (
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/hall/develop/developweb"
	"kompetansetorg/internal/room/need"
)

// newDevelop makes the hall where providers answer what is needed.
func newDevelop(s *Services) *develop.Service {
	return develop.New(develop.Deps{Needs: s.Needs, Pools: s.Pools, Asks: s.Asks, Supply: s.Supply, Support: s.Support})
}

// registerDevelop adds its pages.
func (s *Site) registerDevelop() *developweb.Pages {
	return developweb.Register(s.door, developweb.Deps{Develop: s.Develop, Supply: s.Supply, Support: s.Support, Clock: s.cfg.Clock})
}

// tellingAnswers lets the messages about needs say what the provider answered.
func tellingAnswers(kinds []follow.Kind) []follow.Kind {
	for i, k := range kinds {
		if k.Name == need.FlowKind || k.Name == need.PoolFlowKind {
			kinds[i].Facts = develop.Facts
		}
	}
	return kinds
}
