package orgweb

import (
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

type mandateForm struct{ Intermediary, Ground, From, To form.Field }

type mandateView struct {
	web.Page
	Head    ui.Head
	Form    mandateForm
	Actions ui.Actions
}

// mayGive reports whether the actor may record a mandate from the organisation:
// for an intermediary they work for, or as one of its own.
func (p *pages) mayGive(actor access.Actor, o org.Organisation) bool {
	return actor.HasAt(o.ID, access.RoleOrgMember) || slices.ContainsFunc(principalOrgs(actor), func(x org.ID) bool { return x != o.ID })
}

// mandatePage is the form for a mandate that the organisation gives. An adviser
// chooses among their own organisations, a member of the organisation among
// all that act for others.
func (p *pages) mandatePage(r *http.Request, actor access.Actor, o org.Organisation) (mandateView, error) {
	t, name := p.door.Printer(r), o.NameOn(p.Clock.Today())
	choices, err := p.intermediaries(r, actor, o)
	if err != nil {
		return mandateView{}, err
	}
	if len(choices) > 1 {
		choices = append([]form.Option{{Value: "", Label: t.T("org.mandate.choose")}}, choices...)
	}
	view := mandateView{
		Page: p.door.Frame(r, actor, t.T("org.mandate.new")),
		Head: ui.Head{Title: t.T("org.mandate.new"), Lead: t.T("org.mandate.lead", "name", name)},
		Form: mandateForm{
			Intermediary: form.Field{Name: "intermediary", Kind: form.Select, Label: t.T("org.mandate.who"), Options: choices, Required: true},
			Ground:       form.Field{Name: "mandate_ground", Kind: form.Long, Rows: 3, MaxRunes: org.MaxGround, Label: t.T("org.mandate.ground"), Hint: t.T("org.hint.ground"), Required: true},
			From:         form.Field{Name: "from", Kind: form.Date, Label: t.T("org.mandate.from"), Value: p.Clock.Today().String(), Required: true},
			To:           form.Field{Name: "to", Kind: form.Date, Label: t.T("org.mandate.to"), Hint: t.T("org.hint.mandate_to"), OptionalMark: t.T("org.optional")},
		},
		Actions: ui.Actions{Items: []ui.Action{
			{Label: t.T("org.mandate.save"), Submit: true, Variant: ui.Primary},
			{Label: t.T("org.cancel"), Href: href(o.ID), Variant: ui.Tertiary},
		}},
	}
	view.Crumbs = crumbs(t, ui.Link{Label: name, Href: href(o.ID)})
	return view, nil
}

func (p *pages) intermediaries(r *http.Request, actor access.Actor, o org.Organisation) ([]form.Option, error) {
	var out []form.Option
	if actor.HasAt(o.ID, access.RoleOrgMember) {
		var kinds []org.Kind
		for _, k := range org.Kinds() {
			if k.IsIntermediary() {
				kinds = append(kinds, k)
			}
		}
		list, _, err := p.Orgs.List(r.Context(), org.Filter{Kinds: kinds, Limit: db.MaxLimit})
		if err != nil {
			return nil, err
		}
		for _, e := range list.Items {
			out = append(out, form.Option{Value: string(e.ID), Label: e.Name})
		}
		return out, nil
	}
	for _, x := range principalOrgs(actor) {
		if x != o.ID {
			out = append(out, form.Option{Value: string(x), Label: orgName(actor, x)})
		}
	}
	return out, nil
}

// giver is the organisation of the path, if the actor may record a mandate from it.
func (p *pages) giver(r *http.Request, actor access.Actor) (org.Organisation, error) {
	o, err := p.find(r)
	if err == nil && !p.mayGive(actor, o) {
		err = fault.New(fault.Denied, "org.error.not_intermediary")
	}
	return o, err
}

func (p *pages) mandate(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	o, err := p.giver(r, actor)
	if err != nil {
		return err
	}
	view, err := p.mandatePage(r, actor, o)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "org/mandate", view)
}

func (p *pages) mandatePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	o, err := p.giver(r, actor)
	if err != nil {
		return err
	}
	view, err := p.mandatePage(r, actor, o)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	m := org.NewMandate{Principal: o.ID, Intermediary: org.ID(in.Choice("intermediary", values(view.Form.Intermediary)...)),
		Ground: in.Text("mandate_ground"), From: in.Date("from"), To: in.Date("to")}
	if err = in.Err(); err == nil {
		_, err = p.Orgs.GiveMandate(r.Context(), actor, m)
	}
	if err == nil {
		return web.SeeOther(w, r, href(o.ID)+"?ok=org.mandate.saved")
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	view.Refused(form.Refill(&view.Form, r.PostForm, err, view.Printer))
	return p.door.Views.Render(w, http.StatusUnprocessableEntity, "org/mandate", view)
}

func values(f form.Field) []string {
	var out []string
	for _, o := range f.Options {
		out = append(out, o.Value)
	}
	return out
}

type endForm struct{ To form.Field }

type endView struct {
	web.Page
	Head    ui.Head
	Facts   ui.Facts
	Form    endForm
	Version int64
	Actions ui.Actions
}

// endPage reads the mandate that the path names; what the actor may not end
// does not exist.
func (p *pages) endPage(r *http.Request, actor access.Actor) (endView, org.Mandate, error) {
	parsed, err := id.Parse[org.Mandate](r.PathValue("mandate"))
	if err != nil {
		return endView{}, org.Mandate{}, fault.Missing()
	}
	m, err := p.Orgs.Mandate(r.Context(), actor, parsed)
	if err != nil {
		return endView{}, m, err
	}
	if here := org.ID(r.PathValue("id")); here != m.Principal && here != m.Intermediary {
		return endView{}, m, fault.Missing()
	}
	giver, err := p.Orgs.Get(r.Context(), m.Principal)
	if err != nil {
		return endView{}, m, err
	}
	holder, err := p.Orgs.Get(r.Context(), m.Intermediary)
	if err != nil {
		return endView{}, m, err
	}
	t, today := p.door.Printer(r), p.Clock.Today()
	back := "/virksomheter/" + r.PathValue("id")
	view := endView{
		Page: p.door.Frame(r, actor, t.T("org.mandate.end.title")),
		Head: ui.Head{Title: t.T("org.mandate.end.title"), Lead: t.T("org.mandate.end.lead")},
		Facts: ui.Facts{Items: []ui.Fact{
			{Label: t.T("org.mandate.principal"), Text: giver.NameOn(today)}, {Label: t.T("org.mandate.intermediary"), Text: holder.NameOn(today)},
			{Label: t.T("org.field.period"), Text: period(t, m.From, m.To)}, {Label: t.T("org.mandate.ground"), Text: m.Ground}}},
		Form:    endForm{To: form.Field{Name: "to", Kind: form.Date, Label: t.T("org.mandate.last"), Hint: t.T("org.hint.mandate_last"), Value: today.String(), Required: true}},
		Version: m.Version,
		Actions: ui.Actions{Items: []ui.Action{
			{Label: t.T("org.mandate.end.do"), Submit: true, Variant: ui.Primary},
			{Label: t.T("org.cancel"), Href: back, Variant: ui.Tertiary}}},
	}
	view.Crumbs = crumbs(t, ui.Link{Label: giver.NameOn(today), Href: href(giver.ID)})
	return view, m, nil
}

func (p *pages) end(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, _, err := p.endPage(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "org/end", view)
}

func (p *pages) endPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	view, m, err := p.endPage(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	last := in.Date("to")
	if err = in.Err(); err == nil {
		err = p.Orgs.EndMandate(r.Context(), actor, m.ID, version(r.PostForm), last)
	}
	if err == nil {
		return web.SeeOther(w, r, "/virksomheter/"+r.PathValue("id")+"?ok=org.mandate.ended")
	}
	stale := fault.Is(err, fault.Stale)
	if !stale && !fault.Is(err, fault.Invalid) {
		return err
	}
	problems := form.Refill(&view.Form, r.PostForm, err, view.Printer)
	if stale {
		problems = append(problems, form.Problem{Message: view.T("fault.stale")})
	} else {
		view.Version = version(r.PostForm)
	}
	view.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), "org/end", view)
}
