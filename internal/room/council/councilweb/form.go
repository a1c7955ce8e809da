package councilweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// asked is a page with one form: what it asks, and what is done with the answer.
type asked struct {
	// Elsewhere is where it is asked instead; the rest is empty then.
	Elsewhere   string
	Title, Lead string
	Crumbs      []ui.Link
	Back        string // where Cancel leads
	Fields      []form.Field
	Version     int64
	Submit      string
	Notices     []ui.Notice
	Help        []ui.Details
	// Theirs is what stands now, shown when somebody else saved first.
	Theirs []ui.Fact
	// Save does it, and answers where to go then. seen is the version that the form was
	// made from.
	Save func(in *form.Input, seen int64) (to string, err error)
}

// maker makes the form for a request, or refuses.
type maker func(*http.Request, access.Actor) (asked, error)

type formView struct {
	web.Page
	Head    ui.Head
	Notices []ui.Notice
	Fields  []form.Field
	Version int64
	Theirs  []ui.Fact
	Help    []ui.Details
	Actions ui.Actions
}

func (p *pages) get(make maker) gate.Handler {
	return func(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
		a, err := make(r, actor)
		if err != nil {
			return err
		}
		if a.Elsewhere != "" {
			return web.SeeOther(w, r, a.Elsewhere)
		}
		return p.door.Views.Render(w, http.StatusOK, "council/form", p.formPage(r, actor, a))
	}
}

func (p *pages) formPage(r *http.Request, actor access.Actor, a asked) formView {
	t := p.door.Printer(r)
	view := formView{Page: p.door.Frame(r, actor, a.Title), Head: ui.Head{Title: a.Title, Lead: a.Lead}, Notices: a.Notices, Fields: a.Fields, Version: a.Version, Help: a.Help,
		Actions: ui.Actions{Items: []ui.Action{{Label: a.Submit, Submit: true, Variant: ui.Primary}, {Label: t.T("council.cancel"), Href: a.Back, Variant: ui.Tertiary}}}}
	view.Crumbs = a.Crumbs
	return view
}

func (p *pages) post(make maker) gate.Handler {
	return func(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
		if err := r.ParseForm(); err != nil {
			return fault.Wrap(fault.Invalid, "fault.invalid", err)
		}
		a, err := make(r, actor)
		if err != nil {
			return err
		}
		if a.Elsewhere != "" {
			return web.SeeOther(w, r, a.Elsewhere)
		}
		to, err := a.Save(form.Read(r.PostForm), seen(r))
		if err != nil {
			return p.refused(w, r, actor, a, err)
		}
		return web.SeeOther(w, r, to)
	}
}

// refused draws the form again with what was typed. When somebody saved first it shows
// what they wrote, and the next save is over theirs.
func (p *pages) refused(w http.ResponseWriter, r *http.Request, actor access.Actor, a asked, err error) error {
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid && f.Kind != fault.Stale && f.Kind != fault.Conflict {
		return err
	}
	view := p.formPage(r, actor, a)
	problems := form.Refill(&view.Fields, r.PostForm, err, view.Printer)
	if f.Kind != fault.Invalid {
		problems = append(problems, form.Problem{Message: view.T(f.Key, f.Values...)})
	}
	if f.Kind == fault.Stale {
		view.Theirs = a.Theirs
	} else {
		view.Version = seen(r)
	}
	view.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), "council/form", view)
}

// seen is the version of the thing that the form was made from.
func seen(r *http.Request) int64 {
	n, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 64)
	if err != nil {
		return -1
	}
	return n
}
