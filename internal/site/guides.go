package site

import (
	"kompetansetorg/internal/hall/develop/guide"
	"kompetansetorg/internal/hall/develop/guide/guideweb"
	"kompetansetorg/internal/hall/develop/making/makingweb"
	"kompetansetorg/internal/kit/db"
)

// newGuides makes the guides that grow from what programmes learned.
func newGuides(d *db.DB, cfg Config, s *Services) *guide.Service {
	return guide.New(guide.Deps{DB: d, Clock: cfg.Clock, Making: s.Making})
}

// registerGuides adds their pages, and what was learned to the page of a development.
func (s *Site) registerGuides(made *makingweb.Pages) {
	guides := guideweb.Register(s.door, guideweb.Deps{Guides: s.Guides, Making: s.Making, Shelf: s.shelf, PublicURL: s.cfg.PublicURL})
	made.Beside = append(made.Beside, guides.OnDevelopment)
}
