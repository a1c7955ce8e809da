// Package pledgeweb has the pages of seats for pooled needs and for offerings: what is pledged
// and how many more are needed, what one's own organisations have pledged, and the JSON of it.
package pledgeweb

import (
	"context"
	"embed"
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/hall/pledge"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Pledges *pledge.Service
	Orgs    *org.Service
	Clock   clock.Clock
}

// Pages are the pages, and what other pages show of pledges.
type Pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) *Pages {
	p := &Pages{Deps: deps, door: d}
	for _, of := range []string{"/felles/{id}/plasser", "/tilbud/{id}/{offering}/plasser"} {
		d.Pages(gate.Route{Method: "GET", Path: of, Rule: gate.Public(), Handle: p.show})
		leaf.Forms(d, gate.SignedIn(), map[string]leaf.Maker{of + "/ny": p.newForm, of + "/frist": p.dueForm, of + "/start": p.startForm, of + "/avslutt": p.endForm})
	}
	d.Pages(gate.Route{Method: "GET", Path: "/plasser", Rule: gate.SignedIn(), Handle: p.mine},
		gate.Route{Method: "GET", Path: "/plassrunde/{round}", Rule: gate.SignedIn(), Handle: p.toTarget},
		gate.Route{Method: "POST", Path: "/plasser/{pledge}/trekk", Rule: gate.SignedIn(), Handle: p.withdraw})
	leaf.Forms(d, gate.SignedIn(), map[string]leaf.Maker{"/plasser/{pledge}/endre": p.changeForm})
	d.Says("pledge.said.pledged", "pledge.said.changed", "pledge.said.withdrawn", "pledge.said.due", "pledge.said.started", "pledge.said.ended")
	registerAPI(d, p)
	return p
}

// home is the page of what seats are gathered for, path a page of its seats.
func home(of pledge.Target) string {
	if of.Kind == pledge.ForOffering {
		return "/tilbud/" + string(of.Programme)
	}
	return "/felles/" + of.ID
}

func path(of pledge.Target, more string) string {
	if of.Kind == pledge.ForOffering {
		return home(of) + "/" + of.ID + "/plasser" + more
	}
	return home(of) + "/plasser" + more
}

// find is the seats that the path names: of an offering of the programme, or of a pooled need.
func (p *Pages) find(r *http.Request, actor access.Actor) (pledge.Detail, error) {
	programme, offering := r.PathValue("id"), r.PathValue("offering")
	if offering != "" {
		d, err := p.Pledges.Get(r.Context(), actor, pledge.Ref{Kind: pledge.ForOffering, ID: offering})
		if err == nil && string(d.Programme) != programme {
			err = fault.Missing()
		}
		return d, err
	}
	id, err := pool.ParseID(programme)
	if err != nil {
		return pledge.Detail{}, fault.Missing()
	}
	return p.Pledges.Get(r.Context(), actor, pledge.Pool(id))
}

func crumbs(t i18n.Printer, of pledge.Target, more ...ui.Link) []ui.Link {
	list := ui.Link{Label: t.T("pledge.pools"), Href: "/felles"}
	if of.Kind == pledge.ForOffering {
		list = ui.Link{Label: t.T("pledge.offerings"), Href: "/tilbud"}
	}
	return append([]ui.Link{list, {Label: of.Title, Href: home(of)}}, more...)
}

// toTarget leads from a round, as notices and tasks name it, to the seats it gathers.
func (p *Pages) toTarget(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	id, err := pledge.ParseRoundID(r.PathValue("round"))
	if err != nil {
		return fault.Missing()
	}
	of, err := p.Pledges.TargetOf(r.Context(), actor, id)
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path(of, ""))
}

func (p *Pages) withdraw(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.own(r, actor)
	if err != nil {
		return err
	}
	if err := p.Pledges.Withdraw(r.Context(), actor, x.ID); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(x.For, "?ok=pledge.said.withdrawn"))
}

// own is the reader's pledge that the path names.
func (p *Pages) own(r *http.Request, actor access.Actor) (pledge.Own, error) {
	id, err := pledge.ParseID(r.PathValue("pledge"))
	if err != nil {
		return pledge.Own{}, fault.Missing()
	}
	return p.Pledges.Own(r.Context(), actor, id)
}

// mayPledge reports whether the reader has somebody to pledge for now. A visitor is asked
// to sign in.
func (p *Pages) mayPledge(r *http.Request, actor access.Actor, d pledge.Detail) (bool, error) {
	if !d.CanPledge || !actor.SignedIn() {
		return d.CanPledge, nil
	}
	_, ids, err := p.pledgers(r.Context(), p.door.Printer(r), actor, d)
	return len(ids) > 0, err
}

// self is the choice of a person who pledges for herself.
const self = "meg"

// pledgers are those that the reader may pledge for, without those who have.
func (p *Pages) pledgers(ctx context.Context, t i18n.Printer, actor access.Actor, d pledge.Detail) ([]form.Option, []string, error) {
	list, err := p.Orgs.ActsFor(ctx, actor, need.OwnerRoles(), need.AdviserRoles())
	if err != nil {
		return nil, nil, err
	}
	var out []form.Option
	var ids []string
	for _, o := range list {
		if slices.ContainsFunc(d.Mine, func(x pledge.Pledge) bool { return x.Org == o.ID }) && d.Round != nil && d.CanPledge {
			continue
		}
		out, ids = append(out, form.Option{Value: string(o.ID), Label: o.Name}), append(ids, string(o.ID))
	}
	if actor.Has(access.RolePerson) && !slices.ContainsFunc(d.Mine, func(x pledge.Pledge) bool { return x.Account == actor.Account }) {
		out, ids = append(out, form.Option{Value: self, Label: t.T("pledge.self")}), append(ids, self)
	}
	return out, ids, nil
}
