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

// versionView asks for a new version of a document.
type versionView struct {
	web.Page
	Head   ui.Head
	Upload ui.Upload
	Back   ui.Actions
}

func (p *pages) version(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	return p.showVersion(w, r, actor, nil)
}

func (p *pages) showVersion(w http.ResponseWriter, r *http.Request, actor access.Actor, refused error) error {
	v, list, err := p.changing(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	title := t.T("attach.version.title")
	view := versionView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Kicker: v.Name, Title: title, Lead: t.T("attach.version.lead")},
		Upload: ui.Upload{Action: v.Path() + "/ny-versjon", Fields: []form.Field{attachview.FileField(t, "attach.version.file")},
			Button: ui.Action{Label: t.T("attach.version.do"), Submit: true, Variant: ui.Primary}},
		Back: ui.Actions{Items: []ui.Action{{Label: t.T("attach.cancel"), Href: attachview.To(v.Thing), Variant: ui.Tertiary}}}}
	view.Crumbs = p.crumbs(t, list, true)
	status := http.StatusOK
	if refused != nil {
		status = http.StatusUnprocessableEntity
		view.Refused(form.Refill(&view.Upload, nil, refused, t))
	}
	return p.door.Views.Render(w, status, "attach/version", view)
}

func (p *pages) versionPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	v, err := p.find(r, actor)
	if err != nil {
		return err
	}
	err = receive(r, func(u attach.Upload) error {
		_, err := p.Attach.AddVersion(r.Context(), actor, v.Document, u)
		return err
	})
	switch {
	case fault.Is(err, fault.Invalid):
		return p.showVersion(w, r, actor, err)
	case err != nil:
		return err
	}
	return p.done(w, r, v.Thing, "attach.said.version")
}
