// Package outreachweb has the pages of going out to organisations: the visits, how
// far they have led, and the form that takes three taps.
package outreachweb

import (
	"context"
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/common/upload/uploadview"
	"kompetansetorg/internal/hall/reach"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/outreach"
	"kompetansetorg/internal/room/outreach/intake"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Visits   *outreach.Service
	Reach    *reach.Service
	Intake   *intake.Service
	Storing  upload.Storing
	Orgs     *org.Service
	Register *register.Service
	Places   *place.Register
	Clock    clock.Clock
}

type pages struct {
	Deps
	door *gate.Door
	step uploadview.Columns
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	p.step = uploadview.Columns{Door: d, Sheets: deps.Storing.Sheets, Storing: deps.Storing, Fields: intake.Columns(), Room: "outreach", Home: "/besok/importer", Crumbs: importCrumbs}
	p.step.Register()
	d.Views.Add("outreach", Files, "list", listView{})
	d.Views.Add("outreach", Files, "new", newView{})
	d.Views.Add("outreach", Files, "show", showView{})
	d.Views.Add("outreach", Files, "import", importView{})
	d.Views.Add("outreach", Files, "importcheck", importCheckView{})
	readers, visitors := gate.Roles(outreach.Readers()...), gate.Roles(outreach.Roles()...)
	d.Pages(
		gate.Route{Method: "GET", Path: "/besok", Rule: readers, Handle: p.list},
		gate.Route{Method: "GET", Path: "/besok/eksport.csv", Rule: readers, Handle: p.visitsCSV},
		gate.Route{Method: "GET", Path: "/besok/eksport.xlsx", Rule: readers, Handle: p.exportXLSX},
		gate.Route{Method: "GET", Path: "/besok/trakt.csv", Rule: readers, Handle: p.funnelCSV},
		gate.Route{Method: "GET", Path: "/besok/ny", Rule: visitors, Handle: p.create},
		gate.Route{Method: "POST", Path: "/besok/ny", Rule: visitors, Handle: p.createPost},
		gate.Route{Method: "GET", Path: "/besok/importer", Rule: visitors, Handle: p.importFile},
		gate.Route{Method: "POST", Path: "/besok/importer", Rule: visitors, Handle: p.importFilePost},
		gate.Route{Method: "GET", Path: "/besok/importer/mal.xlsx", Rule: visitors, Handle: p.importTemplate},
		gate.Route{Method: "GET", Path: "/besok/importer/{id}/kolonner", Rule: visitors, Handle: p.step.Idle(p.step.Show)},
		gate.Route{Method: "POST", Path: "/besok/importer/{id}/kolonner", Rule: visitors, Handle: p.step.Idle(p.step.Choose)},
		gate.Route{Method: "GET", Path: "/besok/importer/{id}/kontroll", Rule: visitors, Handle: p.step.Idle(p.importCheck)},
		gate.Route{Method: "POST", Path: "/besok/importer/{id}/kontroll", Rule: visitors, Handle: p.step.Store},
		gate.Route{Method: "GET", Path: "/besok/importer/{id}/feil.xlsx", Rule: visitors, Handle: p.importFaulty},
		gate.Route{Method: "GET", Path: "/besok/importer/{id}/ferdig", Rule: visitors, Handle: p.step.Idle(p.importDone)},
		gate.Route{Method: "POST", Path: "/besok/importer/{id}/forkast", Rule: visitors, Handle: p.importDrop},
		gate.Route{Method: "GET", Path: "/besok/{id}", Rule: readers, Handle: p.show},
		gate.Route{Method: "POST", Path: "/besok/{id}", Rule: visitors, Handle: p.needPost},
	)
	d.Says("outreach.said.recorded", "outreach.said.need", "outreach.said.dropped")
}

func (p *pages) find(r *http.Request, actor access.Actor) (outreach.Visit, error) {
	visit, err := id.Parse[outreach.Visit](r.PathValue("id"))
	if err != nil {
		return outreach.Visit{}, fault.Missing()
	}
	return p.Visits.Get(r.Context(), actor, visit)
}

// nameOf is what the organisation is called today.
func (p *pages) nameOf(ctx context.Context, o org.ID) (string, error) {
	found, err := p.Orgs.Get(ctx, o)
	return found.NameOn(p.Clock.Today()), err
}

// place names a municipality.
func (p *pages) place(number string) string {
	m, err := p.Places.Municipality(place.Number(number))
	if err != nil {
		return number
	}
	return p.Places.On(m.To).Label(m)
}
