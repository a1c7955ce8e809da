package meetingweb

import (
	"net/http"
	"net/url"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// asked is a page with one form: what it asks, and what is done with the answer.
// Every page where a case is changed is one, so that they look and refuse alike.
type asked struct {
	Title, Lead string
	Crumbs      []ui.Link
	Back        string      // where Cancel leads
	Notices     []ui.Notice // what to know before answering
	Groups      []ui.Fieldset
	Version     int64
	Submit      string
	Help        []ui.Details
	Draft       *ui.Draft
	Live        *ui.Live // a page that somebody else may change meanwhile
	// Theirs is what stands now, shown when somebody else saved first.
	Theirs theirs
	// Save does it, and answers where to go then.
	Save func(in *form.Input, values url.Values) (to string, err error)
}

// theirs is the saved text beside the reader's own.
type theirs struct {
	Title string
	Lines []string
}

type formView struct {
	web.Page
	Head    ui.Head
	Notices []ui.Notice
	Groups  []ui.Fieldset
	Version int64
	Theirs  *theirs
	Draft   *ui.Draft
	Live    *ui.Live
	Help    []ui.Details
	Actions ui.Actions
}

func (p *pages) get(make func(*http.Request, access.Actor) (asked, error)) gate.Handler {
	return func(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
		a, err := make(r, actor)
		if err != nil {
			return err
		}
		return p.door.Views.Render(w, http.StatusOK, "meeting/form", p.formPage(r, actor, a))
	}
}

func (p *pages) formPage(r *http.Request, actor access.Actor, a asked) formView {
	t := p.door.Printer(r)
	view := formView{Page: p.door.Frame(r, actor, a.Title), Head: ui.Head{Title: a.Title, Lead: a.Lead}, Notices: a.Notices, Groups: a.Groups, Version: a.Version, Draft: a.Draft, Live: a.Live, Help: a.Help,
		Actions: ui.Actions{Items: []ui.Action{{Label: a.Submit, Submit: true, Variant: ui.Primary}, {Label: t.T("meeting.back"), Href: a.Back, Variant: ui.Tertiary}}}}
	view.Crumbs = a.Crumbs
	return view
}

func (p *pages) post(make func(*http.Request, access.Actor) (asked, error)) gate.Handler {
	return func(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
		if err := r.ParseForm(); err != nil {
			return err
		}
		a, err := make(r, actor)
		if err != nil {
			return err
		}
		in := form.Read(r.PostForm)
		to, err := a.Save(in, r.PostForm)
		if err != nil {
			return p.refused(w, r, actor, a, err)
		}
		return web.SeeOther(w, r, to)
	}
}

// refused draws the form again with what was typed. When somebody saved first it
// shows their text too, and the next save is over theirs.
func (p *pages) refused(w http.ResponseWriter, r *http.Request, actor access.Actor, a asked, err error) error {
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid && f.Kind != fault.Stale && f.Kind != fault.Conflict {
		return err
	}
	view := p.formPage(r, actor, a)
	problems := form.Refill(&view.Groups, r.PostForm, err, view.Printer)
	if f.Kind != fault.Invalid {
		problems = append(problems, form.Problem{Message: view.T(f.Key, f.Values...)})
	}
	if f.Kind == fault.Stale && a.Theirs.Title != "" {
		view.Theirs = &a.Theirs
	} else if f.Kind != fault.Stale {
		view.Version = version(r)
	}
	view.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), "meeting/form", view)
}

// seen is the version of the thing that the form was made from.
func seen(values url.Values) int64 {
	n, err := strconv.ParseInt(values.Get("version"), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// options are choices of a field: codes with their labels.
func options[T ~string](t i18n.Printer, none i18n.Key, list []T, label func(T) i18n.Key, chosen T) []form.Option {
	var out []form.Option
	if none != "" {
		out = append(out, form.Option{Value: "", Label: t.T(none), Selected: chosen == ""})
	}
	for _, x := range list {
		out = append(out, form.Option{Value: string(x), Label: t.T(label(x)), Selected: x == chosen})
	}
	return out
}

// strs are codes as plain texts.
func strs[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = string(x)
	}
	return out
}
