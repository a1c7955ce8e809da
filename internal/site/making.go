package site

import (
	"kompetansetorg/internal/common/flow/flowweb"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/follow/followweb"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/hall/develop/making/makingweb"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/admission"
)

// newMaking makes the hall of education in the making, which asks admission who has begun.
func newMaking(d *db.DB, cfg Config, s *Services) *making.Service {
	return making.New(making.Deps{DB: d, Clock: cfg.Clock, Answers: s.Develop, Supply: s.Supply, Began: admission.Begun})
}

// registerMaking adds its pages.
func (s *Site) registerMaking() *makingweb.Pages {
	return makingweb.Register(s.door, makingweb.Deps{Making: s.Making, Clock: s.cfg.Clock})
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
