// Package projectweb has the open pages of the register of projects, and its JSON and CSV.
package projectweb

import (
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/entry"
	"kompetansetorg/internal/room/project/wording"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Projects *project.Service
	Entries  *entry.Service
	Shelf    *paperview.Shelf
	Orgs     *org.Service
	Places   *place.Register
	Clock    clock.Clock
	// Card leads to the measure of the toolbox with the code; false for none.
	Card func(r *http.Request, t i18n.Printer, code string) (ui.Link, bool)
	// Further leads to what others keep of a project.
	Further func(r *http.Request, t i18n.Printer, actor access.Actor, d project.Detail) ([]ui.Action, error)
}

// Pages are the pages, and what other pages show of projects.
type Pages struct {
	Deps
	Words wording.Words
	door  *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) *Pages {
	p := &Pages{Deps: deps, Words: wording.Words{Register: deps.Places, Clock: deps.Clock}, door: d}
	d.Pages(gate.Route{Method: "GET", Path: "/prosjekter", Rule: gate.Public(), Handle: p.list},
		gate.Route{Method: "GET", Path: "/prosjekter.csv", Rule: gate.Public(), Handle: p.csv},
		gate.Route{Method: "GET", Path: "/prosjekter/{id}", Rule: gate.Public(), Handle: p.show},
		gate.Route{Method: "GET", Path: "/prosjekter/{id}/kompendium/oversikt", Rule: gate.Public(), Handle: p.overview})
	d.Pages(gate.Route{Method: "GET", Path: "/prosjekter/{id}/avtaler", Rule: gate.Public(), Handle: p.agreements},
		gate.Route{Method: "GET", Path: "/prosjekter/{id}/logg", Rule: gate.Public(), Handle: p.notes},
		gate.Route{Method: "GET", Path: "/prosjekter/{id}/like", Rule: gate.Public(), Handle: p.alike},
		gate.Route{Method: "POST", Path: "/prosjekter/{id}/steg/{nr}", Rule: gate.SignedIn(), Handle: p.tick})
	leaf.Forms(d, gate.SignedIn(), map[string]leaf.Maker{"/prosjekter/ny": p.newForm, "/prosjekter/{id}/rediger": p.editForm, "/prosjekter/{id}/flytt/{to}": p.moveForm,
		"/prosjekter/{id}/penger/{nr}": p.moneyForm, "/prosjekter/{id}/folk/{nr}": p.memberForm, "/prosjekter/{id}/avtaler/{nr}": p.agreementForm, "/prosjekter/{id}/steg": p.stepsForm,
		"/prosjekter/{id}/logg/ny/{kind}": p.noteForm, "/prosjekter/{id}/logg/{note}": p.noteForm, "/prosjekter/{id}/kort": p.entryForm, "/prosjekter/{id}/kompendium/frist": p.dueForm})
	deps.Shelf.Pages("/prosjekter/{id}/kompendium", gate.Public(), p.compendium)
	d.Says("entry.said.saved", "entry.said.due", "project.said.made", "project.said.saved", "project.said.moved")
	registerAPI(d, p)
	return p
}

func path(p project.ID) string { return "/prosjekter/" + string(p) }

func (p *Pages) find(r *http.Request, actor access.Actor) (project.Detail, error) {
	id, err := project.ParseID(r.PathValue("id"))
	if err != nil {
		return project.Detail{}, fault.Missing()
	}
	return p.Projects.Get(r.Context(), actor, id)
}
