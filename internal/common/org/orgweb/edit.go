package orgweb

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

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
)

type editForm struct {
	Name, Short, Kind, Municipality, OrgNo, Website, Parent, Aliases form.Field
	// ParentHits are what Enhetsregisteret has for a parent that is not known.
	ParentHits pick.Companions
}

type editView struct {
	web.Page
	Head ui.Head
	// Lookup fills in a new organisation from Enhetsregisteret; nil where it
	// is not offered.
	Lookup  *lookupView
	Form    editForm
	Version int64
	// Theirs is what the register says now when somebody else saved first.
	Theirs  []ui.Fact
	Actions ui.Actions
}

// editPage is the form for the organisation as it is saved; a new one has no id.
func (p *pages) editPage(r *http.Request, actor access.Actor, o org.Organisation) (editView, error) {
	t := p.door.Printer(r)
	title, lead, back := t.T("org.new"), t.T("org.new.lead"), "/virksomheter"
	trail := crumbs(t)
	if o.ID != "" {
		title, lead, back = t.T("org.edit"), t.T("org.edit.lead"), href(o.ID)
		trail = crumbs(t, ui.Link{Label: o.NameOn(p.Clock.Today()), Href: back})
	}
	parent, err := p.parentName(r, o)
	if err != nil {
		return editView{}, err
	}
	hits, err := pick.CompanionsOf(r.Context(), p.Register, actor, t, p.Places, r.PostForm, "parent")
	if err != nil {
		return editView{}, err
	}
	view := editView{
		Page: p.door.Frame(r, actor, title), Head: ui.Head{Title: title, Lead: lead}, Version: o.Version,
		Form: p.newForm(t, o, parent),
		Actions: ui.Actions{Items: []ui.Action{
			{Label: t.T("org.save"), Submit: true, Variant: ui.Primary},
			{Label: t.T("org.cancel"), Href: back, Variant: ui.Tertiary},
		}},
	}
	view.Form.ParentHits, view.Crumbs = hits, trail
	return view, nil
}

func (p *pages) newForm(t i18n.Printer, o org.Organisation, parent string) editForm {
	n := o.On(p.Clock.Today())
	optional := t.T("org.optional")
	return editForm{
		Name:  form.Field{Name: "name", Kind: form.Text, Label: t.T("org.field.name"), Value: n.Name, Required: true, Autocomplete: "organization"},
		Short: form.Field{Name: "short", Kind: form.Text, Label: t.T("org.field.short"), Hint: t.T("org.hint.short"), Value: n.Short, OptionalMark: optional},
		Kind:  form.Field{Name: "kind", Kind: form.Select, Label: t.T("org.field.kind"), Options: kindOptions(t, "org.choose_kind", o.Kind), Required: true},
		Municipality: form.Field{Name: "municipality", Kind: form.Suggest, Label: t.T("org.field.municipality"), Hint: t.T("org.hint.municipality"),
			Value: p.Places.Written(place.Number(o.Municipality)), Datalist: p.Places.Options(p.Clock.Today()), Required: true, Autocomplete: "off"},
		OrgNo:   form.Field{Name: "orgno", Kind: form.Text, Label: t.T("org.field.orgno"), Hint: t.T("org.hint.orgno"), Value: o.OrgNo, InputMode: "numeric", OptionalMark: optional},
		Website: form.Field{Name: "website", Kind: form.Text, Label: t.T("org.field.website"), Hint: t.T("org.hint.website"), Value: o.Website, InputMode: "url", OptionalMark: optional},
		Parent:  form.Field{Name: "parent", Kind: form.Text, Label: t.T("org.field.parent"), Hint: t.T("org.hint.parent"), Value: parent, OptionalMark: optional},
		Aliases: form.Field{Name: "aliases", Kind: form.Long, Rows: 4, Label: t.T("org.field.aliases"), Hint: t.T("org.hint.aliases"),
			Value: strings.Join(o.Aliases, "\n"), OptionalMark: optional},
	}
}

func (p *pages) parentName(r *http.Request, o org.Organisation) (string, error) {
	if o.Parent == "" {
		return "", nil
	}
	parent, err := p.Orgs.Get(r.Context(), o.Parent)
	return parent.NameOn(p.Clock.Today()), err
}

// read is what was posted. What the reader left as it was saved is kept as it
// was, also when it could not be typed anew: a municipality that is no more, a
// parent that shares its name with others.
func (p *pages) read(r *http.Request, actor access.Actor, saved org.Organisation) (org.Registration, error) {
	in := form.Read(r.PostForm)
	out := org.Registration{
		Kind: org.Kind(in.Choice("kind", kinds()...)), Name: in.Text("name"), Short: in.Text("short"), OrgNo: in.Text("orgno"),
		Website: in.Text("website"), Aliases: strings.Split(in.Text("aliases"), "\n"), Municipality: saved.Municipality, Parent: saved.Parent,
	}
	var fs fault.Fields
	if typed := in.Text("municipality"); saved.Municipality == "" || typed != p.Places.Written(place.Number(saved.Municipality)) {
		n, err := p.Places.ParseTyped(typed, p.Clock.Today())
		if err := fs.AddErr(err); err != nil {
			return out, err
		}
		out.Municipality = string(n)
	}
	parent, err := p.parentName(r, saved)
	if err != nil {
		return out, err
	}
	if err := fs.AddErr(in.Err()); err != nil {
		return out, err
	}
	if typed := in.Text("parent"); typed != parent {
		if out.Parent, err = p.findParent(r, actor, in, fs.Err() != nil); fs.AddErr(err) != nil {
			return out, err
		}
	}
	return out, fs.Err()
}

func (p *pages) findParent(r *http.Request, actor access.Actor, in *form.Input, wrong bool) (org.ID, error) {
	if in.Text("parent") == "" {
		return "", nil
	}
	o, err := pick.Find(r.Context(), p.Register, actor, in, "parent", wrong, "org.error.unknown")
	if fault.Is(err, fault.Conflict) {
		return "", fault.InvalidField("parent", "org.error.ambiguous")
	}
	return o, err
}

func (p *pages) create(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	look, filled, err := p.lookUp(r, actor)
	if err != nil && !fault.Is(err, fault.Invalid) {
		return err
	}
	view, pageErr := p.editPage(r, actor, filled)
	if pageErr != nil {
		return pageErr
	}
	view.Lookup = look
	status := http.StatusOK
	if err != nil {
		view.Refused(form.Refill(look, r.URL.Query(), err, view.Printer))
		status = http.StatusUnprocessableEntity
	}
	return p.door.Views.Render(w, status, "org/edit", view)
}

func (p *pages) createPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	in, err := p.read(r, actor, org.Organisation{})
	var o org.Organisation
	if err == nil {
		o, err = p.Register.Register(r.Context(), actor, in)
	}
	if err != nil {
		return p.refuse(w, r, actor, org.Organisation{}, err)
	}
	return web.SeeOther(w, r, href(o.ID)+"?ok=org.created")
}

func (p *pages) edit(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	o, err := p.find(r)
	if err != nil {
		return err
	}
	view, err := p.editPage(r, actor, o)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "org/edit", view)
}

func (p *pages) editPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	o, err := p.find(r)
	if err != nil {
		return err
	}
	in, err := p.read(r, actor, o)
	if err == nil {
		err = p.Orgs.Edit(r.Context(), actor, o.ID, version(r.PostForm), in)
	}
	if err != nil {
		return p.refuse(w, r, actor, o, err)
	}
	return web.SeeOther(w, r, href(o.ID)+"?ok=org.saved")
}

// version is the one that the editor saw; none is no version at all.
func version(posted url.Values) int64 {
	v, err := strconv.ParseInt(posted.Get("version"), 10, 64)
	if err != nil {
		return 0
	}
	return v
}

// refuse draws the form again with what was typed. After a stale save it also
// shows what the other editor saved, and the next save replaces that.
func (p *pages) refuse(w http.ResponseWriter, r *http.Request, actor access.Actor, saved org.Organisation, err error) error {
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
		n := saved.On(p.Clock.Today())
		view.Theirs = []ui.Fact{{Label: view.T("org.field.name"), Text: n.Name}, {Label: view.T("org.field.short"), Text: n.Short},
			{Label: view.T("org.field.kind"), Text: view.T(saved.Kind.Label())}}
		facts, err := p.facts(r, view.Printer, saved)
		if err != nil {
			return err
		}
		view.Theirs = append(view.Theirs, facts...)
	} else if saved.ID != "" {
		view.Version = version(r.PostForm)
	}
	view.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), "org/edit", view)
}
