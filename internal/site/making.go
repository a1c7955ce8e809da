package site

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow/flowweb"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/follow/followweb"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/hall/develop/making/makingweb"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/supplyweb"
)

// newMaking makes the hall of education in the making, which asks admission who has begun.
func newMaking(d *db.DB, cfg Config, s *Services) *making.Service {
	return making.New(making.Deps{DB: d, Clock: cfg.Clock, Answers: s.Develop, Supply: s.Supply, Began: admission.Begun})
}

// registerMaking adds its pages.
func (s *Site) registerMaking() *makingweb.Pages {
	return makingweb.Register(s.door, makingweb.Deps{Making: s.Making, Supply: s.Supply, Places: s.Places, Clock: s.cfg.Clock})
}

// besideMade leads from an offering to how its programme came about.
func besideMade(made *makingweb.Pages) func(*http.Request, access.Actor, *supply.Item) (supplyweb.Beside, error) {
	return func(r *http.Request, actor access.Actor, i *supply.Item) (supplyweb.Beside, error) {
		links, err := made.OnProgramme(r, actor, i.Offering.Programme)
		return supplyweb.Beside{Links: links}, err
	}
}

// makingObjects are the kinds of things that education in the making is.
func makingObjects(s *Services) []object.Kind { return []object.Kind{making.Object(s.Making)} }

// makingFollowed are those that can be followed.
func makingFollowed() []follow.Kind {
	return []follow.Kind{{Name: making.FlowKind, Concerns: making.Concerns}}
}

// makingTold has the words of what happens.
func makingTold() map[string]followweb.Tell {
	return map[string]followweb.Tell{making.FlowKind: makingweb.Notice}
}

// makingTasks are the kinds that somebody can have the ball of.
func (s *Site) makingTasks() []flowweb.Kind {
	return []flowweb.Kind{{Definition: making.Flow(), Label: "task.kind.development", Path: "/utvikling/", Sees: s.Making.Seen}}
}
