package bodyweb

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register/pick"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
)

// formView is a page with one form: what all the secretary's forms have.
type formView struct {
	web.Page
	Head    ui.Head
	Facts   ui.Facts
	Version int64
	Actions ui.Actions
}

type bodyForm struct {
	Name, Kind, About, Host, Secretariat, Region, Parent, From, To form.Field
	HostHits, SecretariatHits                                      pick.Companions
}

type editView struct {
	formView
	Form bodyForm
	// Theirs is the newest version when somebody else saved first.
	Theirs []ui.Fact
}

// suggestedOrgs is how many organisations are offered as suggestions.
const suggestedOrgs = 500

// orgNames are the organisations to suggest, none where there are too many.
func (p *pages) orgNames(ctx context.Context) ([]string, error) {
	list, total, err := p.Orgs.List(ctx, org.Filter{Limit: suggestedOrgs})
	if err != nil || total > suggestedOrgs {
		return nil, err
	}
	var out []string
	for _, e := range list.Items {
		out = append(out, e.Name)
	}
	return out, nil
}

func orgField(t i18n.Printer, name string, label, hint i18n.Key, value string, names []string) form.Field {
	return form.Field{Name: name, Kind: form.Suggest, Label: t.T(label), Hint: t.T(hint), Value: value, Datalist: names, Autocomplete: "off", Required: true}
}

func (p *pages) bodyForm(r *http.Request, actor access.Actor, b meeting.Body) (bodyForm, error) {
	t := p.door.Printer(r)
	names, err := p.orgNames(r.Context())
	if err != nil {
		return bodyForm{}, err
	}
	all, err := p.Bodies.List(r.Context(), meeting.Filter{})
	if err != nil {
		return bodyForm{}, err
	}
	optional := t.T("body.optional")
	f := bodyForm{
		Name:        form.Field{Name: "name", Kind: form.Text, Label: t.T("body.field.name"), Value: b.Name, Required: true},
		Kind:        form.Field{Name: "kind", Kind: form.Select, Label: t.T("body.field.kind"), Options: kindOptions(t, "", b.Kind), Value: string(b.Kind)},
		About:       form.Field{Name: "about", Kind: form.Long, Rows: 4, Label: t.T("body.field.about"), Hint: t.T("body.field.about.hint"), Value: b.About, MaxRunes: meeting.MaxAbout, OptionalMark: optional},
		Host:        orgField(t, "host", "body.host", "body.field.host.hint", b.HostName, names),
		Secretariat: orgField(t, "secretariat", "body.secretariat", "body.field.secretariat.hint", b.SecretariatName, names),
		Region:      form.Field{Name: "region", Kind: form.Select, Label: t.T("body.region"), Options: []form.Option{{Label: t.T("body.region.none")}}},
		Parent:      form.Field{Name: "parent", Kind: form.Select, Label: t.T("body.parent"), Options: []form.Option{{Label: t.T("body.parent.none")}}},
		From:        form.Field{Name: "from", Kind: form.Date, Label: t.T("body.from"), Value: b.From.String(), Required: true},
		To:          form.Field{Name: "to", Kind: form.Date, Label: t.T("body.field.to"), Hint: t.T("body.field.to.hint"), Value: b.To.String(), OptionalMark: optional},
	}
	for _, x := range p.Places.Regions(p.Clock.Today()) {
		f.Region.Options = append(f.Region.Options, form.Option{Value: string(x.ID), Label: x.Name, Selected: x.ID == b.Region})
	}
	for _, x := range all {
		if x.ID != b.ID {
			f.Parent.Options = append(f.Parent.Options, form.Option{Value: string(x.ID), Label: x.Name, Selected: x.ID == b.Parent})
		}
	}
	if f.HostHits, err = pick.CompanionsOf(r.Context(), p.Register, actor, t, p.Places, r.PostForm, "host"); err != nil {
		return f, err
	}
	f.SecretariatHits, err = pick.CompanionsOf(r.Context(), p.Register, actor, t, p.Places, r.PostForm, "secretariat")
	return f, err
}

func (p *pages) editPage(r *http.Request, actor access.Actor, b meeting.Body) (editView, error) {
	t := p.door.Printer(r)
	title, back := t.T("body.edit.title"), path(b.ID, "")
	if b.ID == "" {
		title, back = t.T("body.new"), "/forum-og-rad"
	}
	f, err := p.bodyForm(r, actor, b)
	view := editView{Form: f, formView: formView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Title: title, Lead: t.T("body.edit.lead")}, Version: b.Version, Actions: save(t, back)}}
	view.Crumbs = []ui.Link{{Label: t.T("body.title"), Href: "/forum-og-rad"}}
	if b.ID != "" {
		view.Crumbs = crumbs(t, meeting.Details{Body: b})
	}
	return view, err
}

// save is the button of a form, and the way back.
func save(t i18n.Printer, back string) ui.Actions {
	return ui.Actions{Items: []ui.Action{{Label: t.T("body.save"), Submit: true, Variant: ui.Primary}, {Label: t.T("body.cancel"), Href: back, Variant: ui.Tertiary}}}
}

func (p *pages) create(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	b := meeting.Body{Kind: meeting.SteeringGroup, From: p.Clock.Today()}
	view, err := p.editPage(r, actor, b)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "body/edit", view)
}

func (p *pages) createPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	b, err := p.readBody(r, actor, meeting.Body{})
	if err == nil {
		b.ID, err = p.Bodies.Create(r.Context(), actor, b)
	}
	if err != nil {
		return p.refuseBody(w, r, actor, meeting.Body{}, err)
	}
	return web.SeeOther(w, r, path(b.ID, "?ok=body.created"))
}

func (p *pages) edit(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.findMine(r, actor)
	if err != nil {
		return err
	}
	view, err := p.editPage(r, actor, d.Body)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "body/edit", view)
}

func (p *pages) editPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.findMine(r, actor)
	if err != nil {
		return err
	}
	b, err := p.readBody(r, actor, d.Body)
	if err == nil {
		err = p.Bodies.Change(r.Context(), actor, b)
	}
	if err != nil {
		return p.refuseBody(w, r, actor, d.Body, err)
	}
	return web.SeeOther(w, r, path(b.ID, "?ok=body.saved"))
}

// readBody fills the body with what was posted. What is wrong with the shape and
// with the organisations is told together.
func (p *pages) readBody(r *http.Request, actor access.Actor, b meeting.Body) (meeting.Body, error) {
	if err := r.ParseForm(); err != nil {
		return b, fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	in := form.Read(r.PostForm)
	b.Name, b.About, b.Kind = in.Text("name"), in.Text("about"), meeting.Kind(in.Choice("kind", kinds()...))
	b.From, b.To, b.Version = in.Date("from"), in.Date("to"), int64(in.Int("version"))
	b.Region, b.Parent = place.RegionID(in.Text("region")), ""
	if s := in.Text("parent"); s != "" {
		id, err := meeting.ParseBodyID(s)
		if err != nil {
			in.Refuse("parent", "form.error.choice")
		}
		b.Parent = id
	}
	var fs fault.Fields
	if err := fs.AddErr(in.Err()); err != nil {
		return b, err
	}
	var err error
	if b.Host, err = p.readOrg(r, actor, in, "host", &fs); err != nil {
		return b, err
	}
	if b.Secretariat, err = p.readOrg(r, actor, in, "secretariat", &fs); err != nil {
		return b, err
	}
	return b, fs.Err()
}

// readOrg finds the organisation that was written in the field; what is wrong with
// it is noted.
func (p *pages) readOrg(r *http.Request, actor access.Actor, in *form.Input, field string, fs *fault.Fields) (access.OrgID, error) {
	if in.Text(field) == "" {
		fs.Add(field, "form.error.required")
		return "", nil
	}
	found, err := pick.Find(r.Context(), p.Register, actor, in, field, fs.Err() != nil, "body.error.org")
	if fault.Is(err, fault.Conflict) {
		err = fault.InvalidField(field, "body.error.org_several")
	}
	return found, fs.AddErr(err)
}

// refuseBody draws the form again with what was typed. After a stale save it also
// shows what the other editor saved, and the next save replaces that.
func (p *pages) refuseBody(w http.ResponseWriter, r *http.Request, actor access.Actor, saved meeting.Body, err error) error {
	stale := fault.Is(err, fault.Stale)
	if !stale && !fault.Is(err, fault.Invalid) {
		return err
	}
	view, pageErr := p.editPage(r, actor, saved)
	if pageErr != nil {
		return pageErr
	}
	problems := form.Refill(&view.Form, r.PostForm, err, view.Printer)
	if stale {
		problems = append(problems, form.Problem{Message: view.T("fault.stale")})
		view.Theirs = []ui.Fact{{Label: view.T("body.field.name"), Text: saved.Name}, {Label: view.T("body.field.about"), Text: saved.About},
			{Label: view.T("body.host"), Text: saved.HostName}, {Label: view.T("body.secretariat"), Text: saved.SecretariatName}}
	} else if v, convErr := strconv.ParseInt(r.PostForm.Get("version"), 10, 64); convErr == nil {
		view.Version = v
	}
	view.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), "body/edit", view)
}

// refuse puts what was typed, and what is wrong with it, into a form.
func refuse(r *http.Request, base *formView, fields any, err error) {
	problems := form.Refill(fields, r.PostForm, err, base.Printer)
	if fault.Is(err, fault.Stale) {
		problems = append(problems, form.Problem{Message: base.T("fault.stale")})
	}
	base.Refused(problems)
}

// isForm reports whether the error is told in the form that caused it.
func isForm(err error) bool { return fault.Is(err, fault.Invalid) || fault.Is(err, fault.Stale) }

// oneOf are the values of a list as text.
func oneOf[T ~string](list []T, more ...T) []string {
	var out []string
	for _, x := range append(slices.Clone(list), more...) {
		out = append(out, string(x))
	}
	return out
}
