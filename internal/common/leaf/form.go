package leaf

import (
	"embed"
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Register adds the two pages; once for the house.
func Register(d *gate.Door) {
	d.Views.Add("leaf", Files, "form", formView{})
	d.Views.Add("leaf", Files, "page", pageView{})
}

// Asked is a page with one form. Back is where Cancel leads, Submit the button, Version
// that of the thing the form was made from. Theirs is what stands now, shown when
// somebody else saved first.
type Asked struct {
	Title, Kicker, Lead string
	Crumbs              []ui.Link
	Back                string
	Fields              []form.Field
	Submit              string
	Version             int64
	Theirs              []ui.Fact
	Help                []ui.Details
	// Secret is that whoever has the address reads the page.
	Secret bool
	// Read reads what was sent, and answers what is to be done with it: that is done
	// only when nothing was wrong with the input, and answers where to go then.
	Read func(in *form.Input) (do func() (to string, err error))
}

// Maker makes the page for a reader: what he may not is Denied, and what he may not
// know of NotFound. It is asked both when the form is drawn and when it is sent.
type Maker func(r *http.Request, actor access.Actor) (Asked, error)

type formView struct {
	web.Page
	Head    ui.Head
	Form    []form.Field
	Version int64
	Theirs  []ui.Fact
	Help    []ui.Details
	Actions ui.Actions
}

// Forms adds a page to read and to send for each path.
func Forms(d *gate.Door, rule gate.Rule, list map[string]Maker) {
	for path, m := range list {
		d.Pages(gate.Route{Method: "GET", Path: path, Rule: rule, Handle: get(d, m)}, gate.Route{Method: "POST", Path: path, Rule: rule, Handle: post(d, m)})
	}
}

func get(d *gate.Door, m Maker) gate.Handler {
	return func(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
		a, err := m(r, actor)
		if err != nil {
			return err
		}
		return render(d, w, http.StatusOK, a, draw(d, r, actor, a))
	}
}

func draw(d *gate.Door, r *http.Request, actor access.Actor, a Asked) formView {
	t := d.Printer(r)
	view := formView{Page: d.Frame(r, actor, a.Title), Head: ui.Head{Kicker: a.Kicker, Title: a.Title, Lead: a.Lead}, Form: a.Fields, Version: a.Version, Help: a.Help,
		Actions: ui.Actions{Items: []ui.Action{{Label: a.Submit, Submit: true, Variant: ui.Primary}, {Label: t.T("leaf.cancel"), Href: a.Back, Variant: ui.Tertiary}}}}
	view.Crumbs = a.Crumbs
	return view
}

func post(d *gate.Door, m Maker) gate.Handler {
	return func(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
		if err := r.ParseForm(); err != nil {
			return fault.Wrap(fault.Invalid, "fault.invalid", err)
		}
		a, err := m(r, actor)
		if err != nil {
			return err
		}
		in := form.Read(r.PostForm)
		do, to := a.Read(in), ""
		if err = in.Err(); err == nil {
			to, err = do()
		}
		if err != nil {
			return refuse(d, w, r, actor, a, err)
		}
		return web.SeeOther(w, r, to)
	}
}

// refuse draws the form again with what was typed. When somebody saved first it shows
// theirs too, and the next save is over theirs.
func refuse(d *gate.Door, w http.ResponseWriter, r *http.Request, actor access.Actor, a Asked, err error) error {
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid && f.Kind != fault.Stale && f.Kind != fault.Conflict {
		return err
	}
	view := draw(d, r, actor, a)
	problems := form.Refill(&view.Form, r.PostForm, err, view.Printer)
	if f.Kind != fault.Invalid {
		problems = append(problems, form.Problem{Message: view.T(f.Key, f.Values...)})
	}
	if f.Kind == fault.Stale {
		view.Theirs = a.Theirs
	} else {
		view.Version = seen(r)
	}
	view.Refused(problems)
	return render(d, w, gate.Status(err), a, view)
}

func render(d *gate.Door, w http.ResponseWriter, status int, a Asked, view formView) error {
	if a.Secret {
		view.KeepSecret(w)
	}
	return d.Views.Render(w, status, "leaf/form", view)
}

// seen is the version of the thing that the form was made from.
func seen(r *http.Request) int64 {
	n, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// Version is the version that the writer saw, of a form that was sent.
func Version(in *form.Input) int64 {
	n, err := strconv.ParseInt(in.Text("version"), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// Options are choices of a field: codes with their labels; none is the choice of
// nothing, left out when it is empty.
func Options[T ~string](t i18n.Printer, none i18n.Key, list []T, label func(T) i18n.Key, chosen T) []form.Option {
	var out []form.Option
	if none != "" {
		out = append(out, form.Option{Label: t.T(none), Selected: chosen == ""})
	}
	for _, x := range list {
		out = append(out, form.Option{Value: string(x), Label: t.T(label(x)), Selected: x == chosen})
	}
	return out
}
