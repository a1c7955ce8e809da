package importweb

import (
	"embed"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/storing"
)

//go:embed html/*.html
var files embed.FS

// Deps is what the pages need.
type Deps struct {
	Supply  *supply.Service
	Storing *storing.Service
	Orgs    *org.Service
	Places  *place.Register
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("supply/import", files, "choose", chooseView{})
	d.Views.Add("supply/import", files, "check", checkView{})
	importers := gate.Roles(access.RoleProviderUser, access.RoleCaseOfficer, access.RoleSysadmin)
	d.Pages(
		gate.Route{Method: "GET", Path: "/tilbud/import", Rule: importers, Handle: p.choose},
		gate.Route{Method: "POST", Path: "/tilbud/import", Rule: importers, Handle: p.choosePost},
		gate.Route{Method: "GET", Path: "/tilbud/import/sjekk", Rule: importers, Handle: p.idle(p.check)},
		gate.Route{Method: "POST", Path: "/tilbud/import/sjekk", Rule: importers, Handle: p.idle(p.checkPost)},
	)
	d.Says("supply.said.imported", "supply.said.import_discarded")
}
