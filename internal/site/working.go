package site

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow/flowweb"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/follow/followweb"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/wording"
	"kompetansetorg/internal/room/position"
	"kompetansetorg/internal/room/position/agreement"
	"kompetansetorg/internal/room/position/agreementweb"
	"kompetansetorg/internal/room/position/plan"
	"kompetansetorg/internal/room/position/planweb"
	"kompetansetorg/internal/room/position/positionweb"
	"kompetansetorg/internal/room/supply/happened"
	"kompetansetorg/internal/room/supply/offer"
)

// newPositions makes the room of work combined with education, which knows programmes as
// far as the reader may, and levels, sectors and places as those of needs.
func newPositions(d *db.DB, cfg Config, s *Services) *position.Service {
	return position.New(position.Deps{DB: d, Clock: cfg.Clock, Knows: position.Knows{
		Path: s.pathOf, Origin: s.originOf,
		Level:  func(code string) bool { return slices.Contains(need.Levels(), need.Level(code)) },
		Sector: func(code string) bool { return slices.Contains(need.Sectors(), code) },
		Municipality: func(number string) bool {
			_, err := s.Places.Municipality(place.Number(number))
			return err == nil
		},
	}})
}

// pathOf is a programme that leads to a qualification, for an actor who may know of it.
func (s *Services) pathOf(ctx context.Context, tx *db.Tx, actor access.Actor, programme string) (position.Path, error) {
	p, err := id.Parse[offer.Programme](programme)
	if err != nil {
		return position.Path{}, fault.Missing()
	}
	if _, err := s.Objects.Card(ctx, tx, actor, object.Ref{Kind: happened.Kind, ID: programme}); err != nil {
		return position.Path{}, err
	}
	found, err := s.Supply.ProgrammeIn(ctx, tx, p)
	return position.Path{Provider: found.Provider, Title: found.Title}, err
}

// originOf is a need that a position meets, for an actor who may know of it.
func (s *Services) originOf(ctx context.Context, tx *db.Tx, actor access.Actor, of position.NeedID) (access.OrgID, string, error) {
	n, _, err := s.Needs.Movable(ctx, tx, actor, need.ID(of), "")
	return n.Organisation, n.Title, err
}

// gatheringsOf are the gatherings of the programme's offerings that are open to all, with what
// each is and the day it begins, for a plan.
func (s *Services) gatheringsOf(ctx context.Context, tx *db.Tx, programme string) ([]plan.Writing, error) {
	p, err := id.Parse[offer.Programme](programme)
	if err != nil {
		return nil, nil
	}
	items, err := s.Supply.PublicItems(ctx, tx, []offer.ProgrammeID{p})
	var out []plan.Writing
	for _, i := range items {
		for n, g := range i.Offering.Gatherings {
			where := []string{"Nr. " + strconv.Itoa(n+1), g.Place}
			if g.Municipality != "" {
				where = append(where, wording.Place(s.Places, string(g.Municipality)))
			}
			out = append(out, plan.Writing{What: strings.Join(slices.DeleteFunc(where, text.IsBlank), ", "), Due: g.Day})
		}
	}
	return out, err
}

// registerPositions adds its pages.
func (s *Site) registerPositions() *positionweb.Pages {
	agreements := agreementweb.Register(s.door, agreementweb.Deps{Agreements: s.Agreements, Positions: s.Positions, Shelf: s.shelf, Clock: s.cfg.Clock})
	plans := planweb.Register(s.door, planweb.Deps{Plans: s.Plans, Clock: s.cfg.Clock})
	return positionweb.Register(s.door, positionweb.Deps{Positions: s.Positions, Orgs: s.Orgs, Places: s.Places, Clock: s.cfg.Clock,
		Beside: []func(*http.Request, access.Actor, position.ID) ([]leaf.Section, error){agreements.OnPosition, plans.OnPosition}})
}

// workingObjects are the kinds of things that positions and interest in them are.
func workingObjects(s *Services) []object.Kind {
	return []object.Kind{position.Object(s.Positions), position.InterestObject(s.Positions), agreement.Object(s.Agreements)}
}

// workingFollowed are those that can be followed. Of interest only the employer is told.
func workingFollowed() []follow.Kind {
	return []follow.Kind{{Name: position.FlowKind, Concerns: position.Concerns}, {Name: position.InterestKind, Concerns: position.InterestConcerns},
		{Name: agreement.Kind, Concerns: agreement.Concerns, People: agreement.People}}
}

// workingTold has the words of what happens with them.
func workingTold() map[string]followweb.Tell {
	return map[string]followweb.Tell{position.FlowKind: positionweb.Notice, position.InterestKind: positionweb.Notice, agreement.Kind: agreementweb.Notice}
}

// workingTasks are the kinds of them that somebody can have the ball of.
func (s *Site) workingTasks() []flowweb.Kind {
	return []flowweb.Kind{{Definition: position.Flow(), Label: "task.kind.position", Path: "/stillinger/", Sees: s.Positions.Seen}}
}
