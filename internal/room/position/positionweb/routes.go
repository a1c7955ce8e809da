// Package positionweb has the pages of work combined with education: what is open to all,
// what an employer writes, what a provider confirms, and interest, which only that
// employer sees. The JSON of positions is here too.
package positionweb

import (
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/wording"
	"kompetansetorg/internal/room/position"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Positions *position.Service
	Orgs      *org.Service
	Places    *place.Register
	Clock     clock.Clock
	// Beside is what others have to show on a position's page, in order.
	Beside []func(r *http.Request, actor access.Actor, p position.ID) ([]leaf.Section, error)
}

// Pages are the pages, and what other pages show of positions.
type Pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) *Pages {
	p := &Pages{Deps: deps, door: d}
	d.Pages(gate.Route{Method: "GET", Path: "/stillinger", Rule: gate.Public(), Handle: p.list},
		gate.Route{Method: "GET", Path: "/stillinger/{id}", Rule: gate.Public(), Handle: p.show},
		gate.Route{Method: "GET", Path: "/stillinger/{id}/interesser", Rule: gate.SignedIn(), Handle: p.interested},
		gate.Route{Method: "GET", Path: "/stillingsinteresse/{interest}", Rule: gate.SignedIn(), Handle: p.toPosition},
		gate.Route{Method: "POST", Path: "/stillinger/{id}/interesse/trekk", Rule: gate.SignedIn(), Handle: p.takeBack})
	leaf.Forms(d, gate.SignedIn(), map[string]leaf.Maker{"/stillinger/ny": p.newForm, "/stillinger/{id}/rediger": p.editForm, "/stillinger/{id}/flytt/{to}": p.moveForm,
		"/stillinger/{id}/interesse": p.interestForm, "/stillinger/{id}/slett": p.deleteForm})
	d.Says("position.said.written", "position.said.saved", "position.said.moved", "position.said.shown", "position.said.taken_back", "position.said.deleted")
	registerResults(d, p)
	registerAPI(d, p)
	return p
}

func path(p position.ID, more string) string { return "/stillinger/" + string(p) + more }

func crumbs(t i18n.Printer, more ...ui.Link) []ui.Link {
	return append([]ui.Link{{Label: t.T("position.title"), Href: "/stillinger"}}, more...)
}

func (p *Pages) find(r *http.Request, actor access.Actor) (position.Detail, error) {
	id, err := position.ParseID(r.PathValue("id"))
	if err != nil {
		return position.Detail{}, fault.Missing()
	}
	return p.Positions.Get(r.Context(), actor, id)
}

// toPosition leads from an interest, as notices name it, to its place on the position's page.
func (p *Pages) toPosition(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	id, err := position.ParseInterestID(r.PathValue("interest"))
	if err != nil {
		return fault.Missing()
	}
	of, err := p.Positions.PositionOf(r.Context(), actor, id)
	if err != nil {
		return err
	}
	d, err := p.Positions.Get(r.Context(), actor, of)
	if err == nil && d.Is(flow.Employer) {
		return web.SeeOther(w, r, path(of, "/interesser#interesse-"+string(id)))
	}
	return web.SeeOther(w, r, path(of, ""))
}

func (p *Pages) takeBack(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	id, err := position.ParseID(r.PathValue("id"))
	if err != nil {
		return fault.Missing()
	}
	if err := p.Positions.TakeBack(r.Context(), actor, id); err != nil {
		return err
	}
	if _, err := p.find(r, actor); fault.Is(err, fault.NotFound) { // it is not open any more
		return web.SeeOther(w, r, "/stillinger?ok=position.said.taken_back")
	}
	return web.SeeOther(w, r, path(id, "?ok=position.said.taken_back"))
}

// place is the name of a municipality.
func (p *Pages) place(number string) string { return wording.Place(p.Places, number) }

// level is the name of a level, and sector that of a sector; the codes are those of needs.
func level(t i18n.Printer, code string) string { return t.T(need.Level(code).Label()) }

func sector(t i18n.Printer, code string) string { return t.T(need.SectorLabel(code)) }

func stateLabel(p position.Position) i18n.Key {
	def, _ := position.Flow().State(p.State)
	return def.Label
}

// stateTag is where a position stands, as a coloured word.
func stateTag(t i18n.Printer, p position.Position) ui.Tag {
	color := ui.Info
	switch p.State {
	case position.Published, position.Qualified:
		color = ui.Success
	case position.Interrupted:
		color = ui.Warning
	}
	return ui.Tag{Text: t.T(stateLabel(p)), Color: color}
}
