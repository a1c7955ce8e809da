package site

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/room/centre"
	"kompetansetorg/internal/room/meeting"
)

// pathsForAll are the pages that search engines are told of: those that are the same
// for everybody, what is offered now, the regions and the forums.
func (s *Site) pathsForAll(ctx context.Context) ([]string, error) {
	out := []string{"/", "/tilbud", "/finn", "/felles", "/ettersporsel", "/verktoykasse", "/prosjekter", "/kompetanseforum", "/studiesenter", "/veiledere", "/veiledere/forum", "/veiledere/program", "/forum-og-rad", "/moter", "/api", "/kilder", "/personvern", "/tilgjengelighet"}
	offered, err := s.Supply.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range offered.Programmes {
		out = append(out, "/tilbud/"+string(p.ID))
	}
	regions, err := s.Forums.Regions(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range regions {
		out = append(out, "/kompetanseregioner/"+string(r.ID))
	}
	centres, err := s.Centres.List(ctx, access.Actor{}, centre.Filter{})
	if err != nil {
		return nil, err
	}
	for _, c := range centres {
		out = append(out, "/studiesenter/"+string(c.ID))
	}
	forums, err := s.Bodies.List(ctx, meeting.Filter{Kinds: []meeting.Kind{meeting.CountyForum, meeting.RegionalForum}})
	for _, b := range forums {
		out = append(out, "/kompetanseforum/"+string(b.ID))
	}
	return out, err
}
