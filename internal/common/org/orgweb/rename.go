package orgweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

type renameForm struct{ Name, Short, From form.Field }

type renameView struct {
	web.Page
	Head    ui.Head
	Names   ui.Table
	Form    renameForm
	Version int64
	Actions ui.Actions
}

func (p *pages) renamePage(r *http.Request, actor access.Actor, o org.Organisation) renameView {
	t, now := p.door.Printer(r), o.NameOn(p.Clock.Today())
	view := renameView{
		Page:  p.door.Frame(r, actor, t.T("org.rename")),
		Head:  ui.Head{Title: t.T("org.rename"), Lead: t.T("org.rename.lead", "name", now)},
		Names: names(t, o), Version: o.Version,
		Form: renameForm{
			Name:  form.Field{Name: "name", Kind: form.Text, Label: t.T("org.field.new_name"), Required: true, Autocomplete: "off"},
			Short: form.Field{Name: "short", Kind: form.Text, Label: t.T("org.field.short"), Hint: t.T("org.hint.short"), OptionalMark: t.T("org.optional")},
			From:  form.Field{Name: "from", Kind: form.Date, Label: t.T("org.field.name_from"), Hint: t.T("org.hint.name_from"), Required: true},
		},
		Actions: ui.Actions{Items: []ui.Action{
			{Label: t.T("org.rename.do"), Submit: true, Variant: ui.Primary},
			{Label: t.T("org.cancel"), Href: href(o.ID), Variant: ui.Tertiary},
		}},
	}
	view.Crumbs = crumbs(t, ui.Link{Label: now, Href: href(o.ID)})
	return view
}

func (p *pages) rename(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	o, err := p.find(r)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "org/rename", p.renamePage(r, actor, o))
}

func (p *pages) renamePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	o, err := p.find(r)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	n := org.Name{Name: in.Text("name"), Short: in.Text("short"), From: in.Date("from")}
	if err = in.Err(); err == nil {
		err = p.Orgs.Rename(r.Context(), actor, o.ID, version(r.PostForm), n)
	}
	if err == nil {
		return web.SeeOther(w, r, href(o.ID)+"?ok=org.renamed")
	}
	stale := fault.Is(err, fault.Stale)
	if !stale && !fault.Is(err, fault.Invalid) {
		return err
	}
	view := p.renamePage(r, actor, o)
	problems := form.Refill(&view.Form, r.PostForm, err, view.Printer)
	if stale { // the names that now stand above the form are the newest
		problems = append(problems, form.Problem{Message: view.T("fault.stale")})
	} else {
		view.Version = version(r.PostForm)
	}
	view.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), "org/rename", view)
}
