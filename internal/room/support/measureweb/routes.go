// Package measureweb has the pages of what a card says as a measure: its sections, steps, owner and
// what people say of it, packages, start pages, papers, and the JSON and CSV of measures. The card
// itself is drawn by package supportweb, which this one adds to.
package measureweb

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
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/support"
	"kompetansetorg/internal/room/support/measure"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the pages need. Sectors are the codes of sectors in the order they are chosen
// from, SectorLabel their names. Counties are those whose municipalities are chosen from.
type Deps struct {
	Counties    []place.CountyNumber
	Measures    *measure.Service
	Orgs        *org.Service
	Places      *place.Register
	Shelf       *paperview.Shelf
	Clock       clock.Clock
	Sectors     []string
	SectorLabel func(code string) i18n.Key
}

// Pages are the pages, and what other pages show of measures.
type Pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) *Pages {
	p := &Pages{Deps: deps, door: d}
	open, in := gate.Public(), gate.SignedIn()
	for path, h := range map[string]gate.Handler{"/verktoykasse.csv": p.csv, "/tiltakspakker": p.packages, "/tiltakspakker/{slug}": p.pack, "/program/{slug}": p.start, "/tilbakemeldinger/{said}": p.said} {
		d.Pages(gate.Route{Method: "GET", Path: path, Rule: open, Handle: h})
	}
	d.Pages(gate.Route{Method: "GET", Path: "/verktoykasse/forslag", Rule: in, Handle: p.drafts}, gate.Route{Method: "POST", Path: "/verktoykasse/{id}/steg/{nr}/fjern", Rule: in, Handle: p.dropStep})
	leaf.Forms(d, in, map[string]leaf.Maker{
		"/verktoykasse/forslag/ny": p.suggestForm, "/verktoykasse/{id}/innhold/{lang}": p.sectionsForm, "/verktoykasse/{id}/fakta": p.factsForm, "/verktoykasse/{id}/steg/{nr}": p.stepForm,
		"/verktoykasse/{id}/flytt/{to}": p.moveForm, "/verktoykasse/{id}/eier": p.ownerForm, "/verktoykasse/{id}/overta": p.takeForm, "/verktoykasse/{id}/si-fra": p.sayForm,
		"/tilbakemeldinger/{said}/svar": p.answerForm, "/tiltakspakker/ny": p.packForm, "/tiltakspakker/{slug}/rediger": p.packForm, "/program/ny": p.startForm, "/program/{slug}/rediger": p.startForm,
	})
	deps.Shelf.Pages("/verktoykasse/{id}/ark", open, p.paper)
	deps.Shelf.Pages("/tiltakspakker/{slug}/ark", open, p.packPaper)
	d.Says("measure.done.suggested", "measure.done.saved", "measure.done.moved", "measure.done.offered", "measure.done.taken", "measure.done.refused", "measure.done.said", "measure.done.answered")
	registerAPI(d, p)
	return p
}

func path(card support.ID, more string) string { return "/verktoykasse/" + string(card) + more }

// in is the text in the reader's language, or in the first that it has.
func in(t i18n.Printer, x i18n.Text) string { s, _ := x.In(t.Language()); return s }

func crumbs(t i18n.Printer, m measure.Measure) []ui.Link {
	return []ui.Link{{Label: t.T("support.title"), Href: "/verktoykasse"}, {Label: in(t, m.Card.Title), Href: path(m.Card.ID, "")}}
}

// find is the measure of the address, as the reader may see it.
func (p *Pages) find(r *http.Request, actor access.Actor) (measure.Measure, error) {
	card, err := id.Parse[support.Card](r.PathValue("id"))
	if err != nil {
		return measure.Measure{}, fault.Missing()
	}
	return p.Measures.Get(r.Context(), actor, card)
}

// mine is the measure for one who may change it; Denied for others.
func (p *Pages) mine(r *http.Request, actor access.Actor) (measure.Measure, error) {
	m, err := p.find(r, actor)
	if err == nil && !m.MayChange() {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return m, err
}

// asked is the beginning of a form about a measure.
func asked(t i18n.Printer, m measure.Measure, title, submit i18n.Key, fields ...form.Field) leaf.Asked {
	return leaf.Asked{Title: t.T(title), Kicker: in(t, m.Card.Title), Crumbs: crumbs(t, m), Back: path(m.Card.ID, ""), Submit: t.T(submit), Version: m.Version, Fields: fields}
}

// users are the organisations that the reader suggests and says things for.
func (p *Pages) users(r *http.Request, actor access.Actor) ([]org.Choice, error) {
	return p.Orgs.ActsFor(r.Context(), actor, measure.UserRoles(), nil)
}

func orgOptions(t i18n.Printer, none i18n.Key, list []org.Choice) ([]form.Option, []string) {
	var out []form.Option
	var ids []string
	if none != "" {
		out = append(out, form.Option{Label: t.T(none)})
	}
	for _, c := range list {
		out, ids = append(out, form.Option{Value: string(c.ID), Label: c.Name, Selected: len(list) == 1 && none == ""}), append(ids, string(c.ID))
	}
	return out, ids
}

// name is what a municipality was called under the number.
func (p *Pages) name(number string) string {
	m, err := p.Places.Municipality(place.Number(number))
	if err != nil {
		return number
	}
	return m.Name
}

// municipalities are those that are offered to choose from, as they are today.
func (p *Pages) municipalities() []place.Municipality {
	return p.Places.On(p.Clock.Today()).List(p.Counties...)
}

func (p *Pages) dropStep(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	m, err := p.mine(r, actor)
	if err != nil {
		return err
	}
	asked := form.Read(r.PostForm)
	if err := p.Measures.DropStep(r.Context(), actor, m.Card.ID, leaf.Version(asked), number(r.PathValue("nr"))); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(m.Card.ID, "?ok=measure.done.saved"))
}
