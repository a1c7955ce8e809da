package attachweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// thingView is all that hangs on a thing, and the page that a refused file comes
// back to.
type thingView struct {
	web.Page
	Head  ui.Head
	Files ui.FileList
	Back  ui.Actions
}

func (p *pages) thing(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	return p.showThing(w, r, actor, nil)
}

// showThing draws the page, with what was refused if anything was.
func (p *pages) showThing(w http.ResponseWriter, r *http.Request, actor access.Actor, refused error) error {
	list, err := p.Attach.List(r.Context(), actor, object.Ref{Kind: r.PathValue("kind"), ID: r.PathValue("ref")})
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	kind, _ := p.Objects.Of(list.Thing.Ref.Kind)
	view := thingView{Page: p.door.Frame(r, actor, t.T("attach.title")),
		Head:  ui.Head{Kicker: t.T(kind.Label), Title: name(t, list.Thing), Lead: t.T("attach.lead")},
		Files: attachview.Draw(t, list),
		Back:  ui.Actions{Items: []ui.Action{{Label: t.T("attach.back"), Href: p.Objects.Href(list.Thing.Ref), Variant: ui.Tertiary}}}}
	if view.Files.Title == "" {
		view.Files = ui.FileList{ID: attachview.SectionID, Title: t.T("attach.title"), None: t.T("attach.none")}
	}
	view.Crumbs = p.crumbs(t, list, false)
	status := http.StatusOK
	if refused != nil {
		status = http.StatusUnprocessableEntity
		view.Refused(form.Refill(&view.Files, nil, refused, t))
	}
	return p.door.Views.Render(w, status, "attach/thing", view)
}

func (p *pages) thingPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	thing := object.Ref{Kind: r.PathValue("kind"), ID: r.PathValue("ref")}
	err := receive(r, func(u attach.Upload) error {
		_, err := p.Attach.Add(r.Context(), actor, thing, u)
		return err
	})
	switch {
	case fault.Is(err, fault.Invalid):
		return p.showThing(w, r, actor, err)
	case err != nil:
		return err
	}
	return p.done(w, r, thing, "attach.said.added")
}
