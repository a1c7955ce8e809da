package site

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/costweb"
	"kompetansetorg/internal/room/supply/supplyweb"
)

// registerCost adds the pages of what a programme costs an employer.
func (s *Site) registerCost() {
	costweb.Register(s.door, costweb.Deps{Cost: s.Costs, Supply: s.Supply, Orgs: s.Orgs, Places: s.Places, Clock: s.cfg.Clock, Shelf: s.shelf, PublicURL: s.cfg.PublicURL})
}

// besideOffering is what others than the catalogue say about an offering.
func (s *Site) besideOffering() []func(*http.Request, access.Actor, *supply.Item) (supplyweb.Beside, error) {
	return []func(*http.Request, access.Actor, *supply.Item) (supplyweb.Beside, error){
		func(r *http.Request, _ access.Actor, i *supply.Item) (supplyweb.Beside, error) {
			if !i.Offering.IsPublic() || i.Status.State.IsOver() {
				return supplyweb.Beside{}, nil
			}
			return supplyweb.Beside{Links: []ui.Link{costweb.Link(s.door.Printer(r), i.Offering)}}, nil
		},
	}
}
