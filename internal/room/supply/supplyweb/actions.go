package supplyweb

import (
	"context"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

type cancelView struct {
	web.Page
	Head    ui.Head
	Reason  form.Field
	Version int64
	Actions ui.Actions
}

// act does something with the offering of the path at the version that was
// posted, and leads back to it.
func (p *pages) act(w http.ResponseWriter, r *http.Request, actor access.Actor, said string, do func(ctx context.Context, o *offer.Offering, version int64) error) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	_, i, err := p.ownOffering(r, actor)
	if err != nil {
		return err
	}
	if err := do(r.Context(), i.Offering, postedVersion(r)); err != nil {
		return err
	}
	return web.SeeOther(w, r, programmePath(i.Offering.Programme)+"?ok="+said+"#"+anchor(i.Offering.ID))
}

func (p *pages) publishPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	return p.act(w, r, actor, "supply.said.published", func(ctx context.Context, o *offer.Offering, v int64) error {
		return p.Supply.Publish(ctx, actor, o.ID, v)
	})
}

func (p *pages) confirmPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	return p.act(w, r, actor, "supply.said.confirmed", func(ctx context.Context, o *offer.Offering, v int64) error {
		return p.Supply.Confirm(ctx, actor, o.ID, v)
	})
}

func (p *pages) restPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	return p.act(w, r, actor, "supply.said.resting", func(ctx context.Context, o *offer.Offering, v int64) error {
		return p.Supply.Rest(ctx, actor, o.ID, v)
	})
}

// copyPost makes a draft of the offering and leads to its form.
func (p *pages) copyPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	_, i, err := p.ownOffering(r, actor)
	if err != nil {
		return err
	}
	made, err := p.Supply.Copy(r.Context(), actor, i.Offering.ID)
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, actionPath(&made, "rediger")+"?ok=supply.said.copied")
}

func (p *pages) programmeStatePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	d, err := p.own(r, actor)
	if err != nil {
		return err
	}
	to := offer.ProgrammeState(r.PostForm.Get("state"))
	if err := p.Supply.SetProgrammeState(r.Context(), actor, d.ID, postedVersion(r), to); err != nil {
		return err
	}
	said := "supply.said.programme_active"
	if to == offer.ProgrammeInactive {
		said = "supply.said.programme_inactive"
	}
	return web.SeeOther(w, r, programmePath(d.ID)+"?ok="+said)
}

func (p *pages) cancel(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, i, err := p.ownOffering(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "supply/cancel", p.cancelPage(r, actor, d, i))
}

func (p *pages) cancelPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	d, i, err := p.ownOffering(r, actor)
	if err != nil {
		return err
	}
	err = p.Supply.Cancel(r.Context(), actor, i.Offering.ID, postedVersion(r), r.PostForm.Get("reason"))
	if fault.Is(err, fault.Invalid) {
		view := p.cancelPage(r, actor, d, i)
		view.Version = postedVersion(r)
		view.Refused(form.Refill(&view, r.PostForm, err, view.Printer))
		return p.door.Views.Render(w, http.StatusUnprocessableEntity, "supply/cancel", view)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, programmePath(d.ID)+"?ok=supply.said.cancelled#"+anchor(i.Offering.ID))
}

func (p *pages) cancelPage(r *http.Request, actor access.Actor, d supply.Details, i *supply.Item) cancelView {
	s := p.speaker(r)
	title := s.T("supply.cancel_page.title")
	view := cancelView{Page: p.door.Frame(r, actor, title), Version: i.Offering.Version,
		Head:   ui.Head{Kicker: s.Text(d.Title), Title: title, Lead: s.T("supply.cancel_page.lead", "start", s.Start(*i.Offering, i.Earliest))},
		Reason: form.Field{Name: "reason", Kind: form.Long, Rows: 3, MaxRunes: 500, Required: true, Label: s.T("supply.f.reason"), Hint: s.T("supply.hint.reason")},
		Actions: ui.Actions{Items: []ui.Action{{Label: s.T("supply.act.cancel"), Submit: true, Color: ui.Danger},
			{Label: s.T("supply.cancel"), Href: offeringPath(i.Offering), Variant: ui.Tertiary}}}}
	view.Crumbs = []ui.Link{{Label: s.T("supply.title"), Href: "/tilbud"}, {Label: s.Text(d.Title), Href: programmePath(d.ID)}}
	return view
}
