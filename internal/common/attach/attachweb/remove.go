package attachweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// removeView asks why a version is taken away.
type removeView struct {
	web.Page
	Head    ui.Head
	Reason  form.Field
	Actions ui.Actions
}

func (p *pages) remove(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	return p.showRemove(w, r, actor, nil)
}

func (p *pages) showRemove(w http.ResponseWriter, r *http.Request, actor access.Actor, refused error) error {
	v, list, err := p.changing(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	title := t.T("attach.remove.title")
	view := removeView{Page: p.door.Frame(r, actor, title),
		Head:   ui.Head{Kicker: v.Name, Title: title, Lead: t.T("attach.remove.lead")},
		Reason: form.Field{Name: "reason", Kind: form.Text, Label: t.T("attach.remove.reason"), Hint: t.T("attach.remove.reason.hint"), Required: true, MaxRunes: attach.MaxReason},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("attach.remove.do"), Submit: true, Variant: ui.Primary, Color: ui.Danger},
			{Label: t.T("attach.cancel"), Href: attachview.To(v.Thing), Variant: ui.Tertiary}}}}
	view.Crumbs = p.crumbs(t, list, true)
	status := http.StatusOK
	if refused != nil {
		status = http.StatusUnprocessableEntity
		view.Refused(form.Refill(&view.Reason, r.PostForm, refused, t))
	}
	return p.door.Views.Render(w, status, "attach/remove", view)
}

func (p *pages) removePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	v, err := p.find(r, actor)
	if err == nil {
		err = p.Attach.Remove(r.Context(), actor, v.ID, form.Read(r.PostForm).Text("reason"))
	}
	switch {
	case fault.Is(err, fault.Invalid):
		return p.showRemove(w, r, actor, err)
	case err != nil:
		return err
	}
	return p.done(w, r, v.Thing, "attach.said.removed")
}
