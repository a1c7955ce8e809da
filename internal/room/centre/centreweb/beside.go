package centreweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/centre"
)

// OnProgramme leads from a programme to the centres where it can be taken.
func (p *Pages) OnProgramme(r *http.Request, programme string) ([]ui.Link, error) {
	t := p.door.Printer(r)
	list, err := p.Centres.TakenAt(r.Context(), programme)
	var out []ui.Link
	for _, c := range list {
		out = append(out, ui.Link{Label: t.T("centre.taken_at", "centre", c.Name), Href: path(c.ID, "")})
	}
	return out, err
}

// OnRegion are the study centres of a region; nothing where there are none.
func (p *Pages) OnRegion(r *http.Request, actor access.Actor, region place.RegionID) ([]leaf.Section, error) {
	t := p.door.Printer(r)
	members, err := p.Places.MembersAt(region, p.Clock.Today())
	if err != nil || len(members) == 0 {
		return nil, err
	}
	list, err := p.Centres.List(r.Context(), actor, centre.Filter{Municipalities: text.Strings(place.Numbers(members))})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return []leaf.Section{{ID: "studiesenter", Title: t.T("centre.title"), Cards: p.cards(t, list)}}, nil
}
