package site

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/hall/develop/developweb"
	"kompetansetorg/internal/hall/develop/making/makingweb"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/needweb"
)

// newDevelop makes the hall where providers answer what is needed.
func newDevelop(s *Services) *develop.Service {
	return develop.New(develop.Deps{Needs: s.Needs, Pools: s.Pools, Asks: s.Asks, Supply: s.Supply, Support: s.Support})
}

// registerDevelop adds its pages, which lead on to what is made from an answer.
func (s *Site) registerDevelop(made *makingweb.Pages) *developweb.Pages {
	return developweb.Register(s.door, developweb.Deps{Develop: s.Develop, Supply: s.Supply, Support: s.Support, Clock: s.cfg.Clock, Onward: made.OnAnswer})
}

// standingAnswer gives a need's JSON the answer of the provider that follows it up.
func (s *Site) standingAnswer(ctx context.Context, actor access.Actor, n need.ID) (*needweb.AnswerJSON, error) {
	a, ok, err := s.Develop.Standing(ctx, actor, develop.About{Need: n})
	if err != nil || !ok {
		return nil, err
	}
	day := func(d clock.Date) *clock.Date {
		if d.IsZero() {
			return nil
		}
		return &d
	}
	return &needweb.AnswerJSON{ID: string(a.ID), Kind: string(a.Kind), Provider: string(a.Provider), ProviderName: a.ProviderName, AnsweredAt: a.AnsweredAt,
		Deadline: day(a.Deadline), Earliest: day(a.Earliest), Late: a.Late()}, nil
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
