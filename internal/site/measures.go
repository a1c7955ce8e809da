package site

import (
	"net/http"
	"slices"

	"kompetansetorg/internal/common/flow/flowweb"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/follow/followweb"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/adopt/adoptweb"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/project/projectweb"
	"kompetansetorg/internal/room/support"
	"kompetansetorg/internal/room/support/measure"
	"kompetansetorg/internal/room/support/measureweb"
	"kompetansetorg/internal/room/support/supportweb"
)

// newMeasures makes the room of measures, whose sectors are those of needs.
func newMeasures(d *db.DB, cfg Config, s *Services) *measure.Service {
	return measure.New(measure.Deps{DB: d, Clock: cfg.Clock, Cards: s.Support, Knows: measure.Knows{
		Sector: func(code string) bool { return slices.Contains(need.Sectors(), code) },
		Municipality: func(number string) bool {
			_, err := s.Places.Municipality(place.Number(number))
			return err == nil
		},
		Within: func(number string) []string {
			day := cfg.Clock.Today()
			now, err := s.Places.Successors(place.Number(number), day)
			if err != nil {
				return nil
			}
			return text.Strings(s.Places.Within(now, day))
		},
	}})
}

// registerMeasures adds its pages, and what they add to those of the toolbox.
func (s *Site) registerMeasures(projects *projectweb.Pages, beside func(*http.Request) ([]leaf.Section, error)) {
	uses := adoptweb.Register(s.door, adoptweb.Deps{Adopt: s.Adopt, Orgs: s.Orgs, Words: projects.Words})
	p := measureweb.Register(s.door, measureweb.Deps{Measures: s.Measures, Orgs: s.Orgs, Places: s.Places, Shelf: s.shelf, Clock: s.cfg.Clock, Sectors: need.Sectors(), SectorLabel: need.SectorLabel,
		Counties: []place.CountyNumber{trondelag}})
	supportweb.Register(s.door, supportweb.Deps{Support: s.Support, Attach: s.Attach, Clock: s.cfg.Clock, OnCard: onCard(p.OnCard, uses.OnCard), Narrow: p.Narrow, Beside: func(r *http.Request) ([]leaf.Section, error) {
		first, err := p.InToolbox(r)
		if err != nil {
			return nil, err
		}
		more, err := beside(r)
		return append(first, more...), err
	}})
}

// trondelag is the county whose municipalities the toolbox offers to choose from.
const trondelag place.CountyNumber = "50"

// measureObjects are the kinds of things that what is said of measures is; a measure is a card.
func measureObjects(s *Services) []object.Kind {
	return []object.Kind{support.Object(s.Support), measure.SaidObject(s.Measures)}
}

// measuresFollowed are those that can be followed, and that owners and senders are told of.
func measuresFollowed() []follow.Kind {
	return []follow.Kind{{Name: support.ObjectName, Concerns: measure.Concerns}, {Name: measure.SaidKind, Concerns: measure.SaidConcerns, People: measure.SaidPeople}}
}

// measuresTold has the words of what happens with them.
func measuresTold() map[string]followweb.Tell {
	return map[string]followweb.Tell{measure.SaidKind: measureweb.SaidNotice, support.ObjectName: func(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
		if what, next = measureweb.Notice(t, n, today); what == "" {
			what, next = supportweb.Notice(t, n, today)
		}
		return what, next
	}}
}

// measureTasks are the kinds of them that somebody can have the ball of.
func (s *Site) measureTasks() []flowweb.Kind {
	return []flowweb.Kind{{Definition: measure.Flow(), Label: "task.kind.measure", Path: "/verktoykasse/", Sees: s.Measures.Seen},
		{Definition: measure.SaidFlow(), Label: "task.kind.measure_said", Path: "/tilbakemeldinger/", Sees: s.Measures.SeenSaid}}
}
