package questionweb

import (
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// confirmView asks before something that cannot be undone.
type confirmView struct {
	web.Page
	Head    ui.Head
	Notices []ui.Notice
	Facts   ui.Facts
	Version int64
	Actions ui.Actions
}

func (p *pages) confirm(r *http.Request, actor access.Actor, f forms.Form, title, lead i18n.Key) confirmView {
	t := p.door.Printer(r)
	view := confirmView{Page: p.door.Frame(r, actor, t.T(title)), Version: f.Version, Head: ui.Head{Kicker: named(t, f.Title), Title: t.T(title), Lead: t.T(lead)}}
	view.Crumbs = crumbs(t, &f)
	return view
}

// movePost moves a question, column or section one place up or down.
func (p *pages) movePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	f, d, err := p.draft(r, actor)
	if err != nil {
		return err
	}
	name, step := r.PostForm.Get("name"), 1
	if r.PostForm.Get("way") == "up" {
		step = -1
	}
	if !move(&d, name, step) {
		return fault.Missing()
	}
	if err := p.Forms.SaveDraft(r.Context(), actor, f.ID, seen(r), d); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(f.ID)+"?ok=question.said.moved")
}

// move swaps the thing of the name with its neighbour, if it has one there.
func move(d *question.Definition, name string, step int) bool {
	if i := slices.IndexFunc(d.Sections, func(s question.Section) bool { return s.Name == name }); i >= 0 {
		swap(d.Sections, i, i+step)
		return true
	}
	at, ok := spotOf(*d, name)
	if !ok {
		return false
	}
	list := d.Sections[at.section].Questions
	if at.column >= 0 {
		swap(list[at.question].Columns, at.column, at.column+step)
	} else {
		swap(list, at.question, at.question+step)
	}
	return true
}

func swap[T any](list []T, i, j int) {
	if j >= 0 && j < len(list) {
		list[i], list[j] = list[j], list[i]
	}
}

func (p *pages) remove(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	f, d, err := p.draft(r, actor)
	if err != nil {
		return err
	}
	view := p.confirm(r, actor, f, "question.remove.title", "question.remove.lead")
	t, name := view.Printer, r.PathValue("name")
	label := i18n.Text{}
	if s, ok := d.Section(name); ok {
		label = s.Title
		view.Facts.Items = append(view.Facts.Items, ui.Fact{Label: t.T("question.remove.questions"), Text: t.Number(len(s.Questions))})
	} else if q, _, ok := d.Find(name); ok {
		label = q.Label
	} else {
		return fault.Missing()
	}
	shown, _ := label.In(t.Language())
	view.Facts.Items = append([]ui.Fact{{Label: t.T("question.remove.what"), Text: named(t, shown)}}, view.Facts.Items...)
	view.Actions.Items = []ui.Action{{Label: t.T("question.remove.yes"), Submit: true, Color: ui.Danger}, {Label: t.T("question.cancel"), Href: path(f.ID), Variant: ui.Tertiary}}
	return p.door.Views.Render(w, http.StatusOK, "question/confirm", view)
}

func (p *pages) removePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	f, d, err := p.draft(r, actor)
	if err != nil {
		return err
	}
	name := r.PathValue("name")
	if i := slices.IndexFunc(d.Sections, func(s question.Section) bool { return s.Name == name }); i >= 0 {
		d.Sections = slices.Delete(d.Sections, i, i+1)
	} else if at, ok := spotOf(d, name); ok {
		list := &d.Sections[at.section].Questions
		if at.column >= 0 {
			columns := &(*list)[at.question].Columns
			*columns = slices.Delete(*columns, at.column, at.column+1)
		} else {
			*list = slices.Delete(*list, at.question, at.question+1)
		}
	} else {
		return fault.Missing()
	}
	if err := p.Forms.SaveDraft(r.Context(), actor, f.ID, seen(r), d); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(f.ID)+"?ok=question.said.removed")
}

func (p *pages) publishPage(r *http.Request, actor access.Actor, f forms.Form, d question.Definition) confirmView {
	view := p.confirm(r, actor, f, "question.publish", "question.publish.lead")
	t := view.Printer
	ready := len(d.Check(p.Forms.Can())) == 0
	if !ready {
		view.Notices = append(view.Notices, p.problems(t, f, d))
	}
	draft, _ := f.Draft()
	view.Facts.Items = []ui.Fact{{Label: t.T("question.publish.new"), Text: t.T("question.version", "nr", draft.Nr)}}
	if old, ok := f.Published(); ok {
		view.Facts.Items = append(view.Facts.Items, ui.Fact{Label: t.T("question.publish.replaces"), Text: t.T("question.version", "nr", old.Nr)})
	}
	asked := 0
	for _, s := range d.Sections {
		asked += len(s.Questions)
	}
	view.Facts.Items = append(view.Facts.Items, ui.Fact{Label: t.T("question.publish.sections"), Text: t.Number(len(d.Sections))}, ui.Fact{Label: t.T("question.publish.questions"), Text: t.Number(asked)})
	if ready {
		view.Actions.Items = []ui.Action{{Label: t.T("question.publish.yes"), Submit: true}}
	}
	view.Actions.Items = append(view.Actions.Items, ui.Action{Label: t.T("question.cancel"), Href: path(f.ID), Variant: ui.Tertiary})
	return view
}

func (p *pages) publish(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	f, d, err := p.draft(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "question/confirm", p.publishPage(r, actor, f, d))
}

func (p *pages) publishPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	f, d, err := p.draft(r, actor)
	if err != nil {
		return err
	}
	err = p.Forms.Publish(r.Context(), actor, f.ID, seen(r))
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Stale) {
		view := p.publishPage(r, actor, f, d)
		e, _ := fault.As(err)
		view.Refused([]form.Problem{{Message: view.T(e.Key, e.Values...)}})
		return p.door.Views.Render(w, gate.Status(err), "question/confirm", view)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path(f.ID)+"?ok=question.said.published")
}

func (p *pages) versionPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	f, err := p.find(r, actor)
	if err == nil {
		err = p.Forms.NewVersion(r.Context(), actor, f.ID, seen(r))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path(f.ID)+"?ok=question.said.version")
}

func (p *pages) drop(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	f, _, err := p.draft(r, actor)
	if err != nil {
		return err
	}
	lead := i18n.Key("question.drop.lead")
	if len(f.Versions) == 1 {
		lead = "question.drop.lead.whole"
	}
	view := p.confirm(r, actor, f, "question.drop.title", lead)
	view.Actions.Items = []ui.Action{{Label: view.T("question.drop.yes"), Submit: true, Color: ui.Danger}, {Label: view.T("question.cancel"), Href: path(f.ID), Variant: ui.Tertiary}}
	return p.door.Views.Render(w, http.StatusOK, "question/confirm", view)
}

func (p *pages) dropPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	f, _, err := p.draft(r, actor)
	if err == nil {
		err = p.Forms.DropDraft(r.Context(), actor, f.ID, seen(r))
	}
	if err != nil {
		return err
	}
	if len(f.Versions) == 1 {
		return web.SeeOther(w, r, "/skjema?ok=question.said.dropped")
	}
	return web.SeeOther(w, r, path(f.ID)+"?ok=question.said.dropped")
}

// retirePost takes a form out of use, or into use again.
func (p *pages) retirePost(out bool) gate.Handler {
	said := "question.said.back"
	if out {
		said = "question.said.retired"
	}
	return func(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
		if err := r.ParseForm(); err != nil {
			return err
		}
		f, err := p.find(r, actor)
		if err == nil {
			err = p.Forms.Retire(r.Context(), actor, f.ID, seen(r), out)
		}
		if err != nil {
			return err
		}
		return web.SeeOther(w, r, path(f.ID)+"?ok="+said)
	}
}
