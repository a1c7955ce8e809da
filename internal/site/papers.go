package site

import (
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/hall/develop/guide/guideweb"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/room/meeting/caseweb"
	"kompetansetorg/internal/room/meeting/meetingweb/outgoing"
	"kompetansetorg/internal/room/need/needweb/needpaper"
	"kompetansetorg/internal/room/outreach/roundweb"
	"kompetansetorg/internal/room/position/agreementweb"
	"kompetansetorg/internal/room/project/finalweb"
	"kompetansetorg/internal/room/project/projectweb"
	"kompetansetorg/internal/room/project/reportweb"
	"kompetansetorg/internal/room/supply/costweb"
	"kompetansetorg/internal/room/supply/supplyweb"
	"kompetansetorg/internal/room/support/measureweb"
)

// paperKinds are every kind of paper; their templates are read at start, so that
// one that is wrong stops the service and not a reader.
func paperKinds() []paper.Kind {
	return []paper.Kind{needpaper.MeetingList(), supplyweb.FactSheet(), costweb.CostPaper(), guideweb.GuidePaper(), roundweb.ResultPaper(), caseweb.CasePaper(), outgoing.AgendaPaper(), outgoing.BookPaper(), outgoing.ExtractPaper(), agreementweb.Paper(), projectweb.CompendiumPaper(), finalweb.Paper(), reportweb.Paper(), measureweb.MeasurePaper(), measureweb.PackagePaper()}
}

// newShelf reads the templates and makes what rooms show papers with.
func (s *Site) newShelf() (*paperview.Shelf, error) {
	set, err := paper.Load(s.cfg.Papers, paperKinds()...)
	if err != nil {
		return nil, err
	}
	return paperview.New(s.door, set, paper.NewTools(paper.Limits{}), s.cfg.Clock, s.cfg.PublicURL), nil
}
