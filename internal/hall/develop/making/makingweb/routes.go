// Package makingweb has the pages of education in the making: what is being made and how far
// it has come, its plan, and the way there from a provider's answer. The JSON of
// developments is here too.
package makingweb

import (
	"embed"
	"net/http"
	"net/url"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Making *making.Service
	Supply *supply.Service
	Places *place.Register
	Clock  clock.Clock
}

// Pages are the pages, and what other pages show of developments. Beside is what others
// have to show on a development's page, in order; it is set before the site serves.
type Pages struct {
	Deps
	Beside []func(r *http.Request, actor access.Actor, d making.Detail) ([]leaf.Section, error)
	door   *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) *Pages {
	p := &Pages{Deps: deps, door: d}
	d.Pages(gate.Route{Method: "GET", Path: "/utvikling", Rule: gate.Public(), Handle: p.list},
		gate.Route{Method: "GET", Path: "/utvikling/{id}", Rule: gate.Public(), Handle: p.show},
		gate.Route{Method: "POST", Path: "/utvikling/{id}/vis", Rule: gate.Roles(access.RoleProviderUser), Handle: p.toAll(true)},
		gate.Route{Method: "POST", Path: "/utvikling/{id}/skjul", Rule: gate.Roles(access.RoleProviderUser), Handle: p.toAll(false)})
	leaf.Forms(d, gate.Roles(access.RoleProviderUser), map[string]leaf.Maker{"/tilbydersvar/{id}/program": p.makeForm, "/utvikling/{id}/plan": p.planForm, "/utvikling/{id}/koble": p.linkForm, "/utvikling/{id}/kopier": p.copyForm})
	leaf.Forms(d, gate.SignedIn(), map[string]leaf.Maker{"/utvikling/{id}/flytt/{to}": p.moveForm})
	d.Says("making.said.made", "making.said.moved", "making.said.planned", "making.said.shown", "making.said.linked", "making.said.copied")
	registerAPI(d, p)
	return p
}

func path(d making.ID, more string) string { return "/utvikling/" + string(d) + more }

func crumbs(t i18n.Printer, more ...ui.Link) []ui.Link {
	return append([]ui.Link{{Label: t.T("making.title"), Href: "/utvikling"}}, more...)
}

func (p *Pages) find(r *http.Request, actor access.Actor) (making.Detail, error) {
	id, err := making.ParseID(r.PathValue("id"))
	if err != nil {
		return making.Detail{}, fault.Missing()
	}
	return p.Making.Get(r.Context(), actor, id)
}

// toAll makes a development public, or keeps it to those who work with it.
func (p *Pages) toAll(public bool) gate.Handler {
	return func(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
		id, err := making.ParseID(r.PathValue("id"))
		if err != nil {
			return fault.Missing()
		}
		if err := p.Making.Show(r.Context(), actor, id, public); err != nil {
			return err
		}
		return web.SeeOther(w, r, path(id, "?ok=making.said.shown"))
	}
}

// onPage is how many developments a page of the list shows.
const onPage = 24

// list is what all may read, under what the reader's own organisations make.
func (p *Pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	after := r.URL.Query().Get("after")
	list, err := p.Making.List(r.Context(), actor, after, onPage)
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Title: t.T("making.title"), Lead: t.T("making.lead")}}
	if after == "" {
		mine, err := p.Making.Mine(r.Context(), actor)
		if err != nil {
			return err
		}
		if len(mine) > 0 {
			page.Main = append(page.Main, leaf.Section{ID: "dine", Title: t.T("making.mine"), Cards: p.cards(t, mine)})
		}
	}
	all := leaf.Section{ID: "alle", Title: t.T("making.all"), Cards: p.cards(t, list.Items)}
	if len(list.Items) == 0 {
		all.Empty = &ui.Empty{Title: t.T("making.none"), Text: t.T("making.none.text")}
	}
	if list.Next != "" {
		all.Actions = []ui.Action{{Label: t.T("making.more"), Href: "/utvikling?" + url.Values{"after": {list.Next}}.Encode(), Variant: ui.Secondary}}
	}
	page.Main = append(page.Main, all)
	return leaf.Show(p.door, w, r, actor, page)
}

func (p *Pages) cards(t i18n.Printer, list []making.Development) []ui.Card {
	var out []ui.Card
	for _, d := range list {
		c := ui.Card{Kicker: d.ProviderName, Title: d.Title, Href: path(d.ID, ""), Tags: append([]ui.Tag{stateTag(t, d), {Text: t.T(sortLabel(d))}}, p.lateTag(t, d)...)}
		if !d.Ball.Due.IsZero() {
			c.Facts = []ui.Fact{{Label: t.T("making.until"), Text: t.Date(d.Ball.Due)}}
		}
		out = append(out, c)
	}
	return out
}

func sortLabel(d making.Development) i18n.Key { return i18n.Key("making.sort." + string(d.Sort)) }

func (p *Pages) lateTag(t i18n.Printer, d making.Development) []ui.Tag {
	if !d.IsLate(p.Clock.Today()) {
		return nil
	}
	return []ui.Tag{{Text: t.T("making.late"), Color: ui.Danger}}
}

func stateLabel(s flow.State) i18n.Key {
	def, _ := making.Flow().State(s)
	return def.Label
}

// stateTag is where a development stands, as a coloured word.
func stateTag(t i18n.Printer, d making.Development) ui.Tag {
	color := ui.Info
	switch d.State {
	case making.Open, making.Running, making.Continued:
		color = ui.Success
	case making.Stopped:
		color = ui.Warning
	}
	return ui.Tag{Text: t.T(stateLabel(d.State)), Color: color}
}

// OnProgramme are links from a programme to how it came about, as far as the reader may know.
func (p *Pages) OnProgramme(r *http.Request, actor access.Actor, programme offer.ProgrammeID) ([]ui.Link, error) {
	t := p.door.Printer(r)
	list, err := p.Making.OfProgramme(r.Context(), actor, programme)
	var out []ui.Link
	for _, d := range list {
		out = append(out, ui.Link{Label: t.T("making.came_about", "number", d.Number), Href: path(d.ID, "")})
	}
	return out, err
}

// OnAnswer are what the reader can do with an answer: make a programme from it, or see the
// one that was made.
func (p *Pages) OnAnswer(r *http.Request, actor access.Actor, a develop.Answer) ([]ui.Action, error) {
	if !a.Kind.Estimated() || !a.Last {
		return nil, nil
	}
	t := p.door.Printer(r)
	made, err := p.Making.OfAnswer(r.Context(), actor, a.ID)
	switch {
	case err == nil:
		return []ui.Action{{Label: t.T("making.see"), Context: a.ProviderName, Href: path(made, ""), Variant: ui.Secondary}}, nil
	case !fault.Is(err, fault.NotFound):
		return nil, err
	case !actor.HasAt(a.Provider, access.RoleProviderUser):
		return nil, nil
	}
	return []ui.Action{{Label: t.T("making.make"), Href: "/tilbydersvar/" + string(a.ID) + "/program", Variant: ui.Primary}}, nil
}
