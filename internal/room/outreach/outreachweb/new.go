package outreachweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register/pick"
	"kompetansetorg/internal/hall/reach"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/outreach"
)

type newView struct {
	web.Page
	Head    ui.Head
	Form    visitForm
	Once    string
	Actions ui.Actions
}

// visitForm is a visit in three taps: the organisation, what came of it, and save;
// the rest is filled in, or opens when it is wanted.
type visitForm struct {
	Organisation form.Field
	Hits         pick.Companions
	Hub          form.Field
	Result       form.Field
	AgainOn      form.Field
	Found        foundForm
	Kind         form.Field
	Day          form.Field
	Minutes      form.Field
	Municipality form.Field
}

// foundForm is the need that a visit found.
type foundForm struct{ Text, Headcount, Mandate form.Field }

// suggestedOrgs is how many organisations are offered as suggestions.
const suggestedOrgs = 300

// usualMinutes is what the form proposes.
const usualMinutes = 60

func (p *pages) newForm(r *http.Request, actor access.Actor, t i18n.Printer) (visitForm, error) {
	list, total, err := p.Orgs.List(r.Context(), org.Filter{Limit: suggestedOrgs})
	if err != nil {
		return visitForm{}, err
	}
	var names []string
	if total <= suggestedOrgs {
		for _, e := range list.Items {
			names = append(names, e.Name)
		}
	}
	hits, err := pick.CompanionsOf(r.Context(), p.Register, actor, t, p.Places, r.PostForm, "organisation")
	if err != nil {
		return visitForm{}, err
	}
	today, optional := p.Clock.Today(), t.T("outreach.optional")
	f := visitForm{Hits: hits, Found: newFound(t),
		Organisation: form.Field{Name: "organisation", Kind: form.Suggest, Label: t.T("outreach.organisation"), Hint: t.T("outreach.organisation.hint"), Datalist: names, Autocomplete: "off", Required: true},
		Result:       form.Field{Name: "result", Kind: form.Radio, Label: t.T("outreach.result.ask"), Required: true},
		AgainOn:      form.Field{Name: "again_on", Kind: form.Date, Label: t.T("outreach.again_on"), Hint: t.T("outreach.again_on.hint"), OptionalMark: optional},
		Kind:         form.Field{Name: "kind", Kind: form.Radio, Label: t.T("outreach.kind.ask")},
		Day:          form.Field{Name: "day", Kind: form.Date, Label: t.T("outreach.day"), Value: today.String()},
		Minutes:      form.Field{Name: "minutes", Kind: form.Number, Label: t.T("outreach.minutes"), Hint: t.T("outreach.minutes.hint"), Value: strconv.Itoa(usualMinutes)},
		Municipality: form.Field{Name: "municipality", Kind: form.Suggest, Label: t.T("outreach.municipality"), Hint: t.T("outreach.municipality.hint"),
			Datalist: p.Places.Options(today), OptionalMark: optional, Autocomplete: "off"}}
	for _, x := range outreach.Results() {
		f.Result.Options = append(f.Result.Options, form.Option{Value: string(x), Label: t.T(x.Label())})
	}
	for i, x := range outreach.Kinds() {
		f.Kind.Options = append(f.Kind.Options, form.Option{Value: string(x), Label: t.T(x.Label()), Selected: i == 0})
	}
	if hubs := actor.Orgs(outreach.Roles()...); len(hubs) > 1 {
		f.Hub = form.Field{Name: "hub", Kind: form.Select, Label: t.T("outreach.hub")}
		for _, h := range hubs {
			name, err := p.nameOf(r.Context(), h)
			if err != nil {
				return f, err
			}
			f.Hub.Options = append(f.Hub.Options, form.Option{Value: string(h), Label: name})
		}
	}
	return f, nil
}

func newFound(t i18n.Printer) foundForm {
	optional := t.T("outreach.optional")
	return foundForm{
		Text:      form.Field{Name: "text", Kind: form.Long, Rows: 4, Label: t.T("outreach.text"), Hint: t.T("outreach.text.hint"), OptionalMark: optional},
		Headcount: form.Field{Name: "headcount", Kind: form.Number, Label: t.T("outreach.headcount"), OptionalMark: optional},
		Mandate:   form.Field{Name: "mandate_ground", Kind: form.Text, Label: t.T("outreach.mandate"), Hint: t.T("outreach.mandate.hint"), OptionalMark: optional},
	}
}

func (p *pages) newPage(r *http.Request, actor access.Actor) (newView, error) {
	t := p.door.Printer(r)
	f, err := p.newForm(r, actor, t)
	view := newView{Page: p.door.Frame(r, actor, t.T("outreach.new.title")), Head: ui.Head{Title: t.T("outreach.new.title"), Lead: t.T("outreach.new.lead")}, Form: f, Once: id.Token(16),
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("outreach.save"), Submit: true, Variant: ui.Primary}, {Label: t.T("outreach.cancel"), Href: "/besok", Variant: ui.Tertiary}}}}
	view.Crumbs = []ui.Link{{Label: t.T("outreach.title"), Href: "/besok"}}
	return view, err
}

func (p *pages) create(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, err := p.newPage(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "outreach/new", view)
}

func (p *pages) createPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	v, found, fs, err := p.read(r, actor)
	if err == nil {
		err = p.Reach.Check(r.Context(), actor, v, found)
		if e, ok := fault.As(err); ok && e.Kind == fault.Invalid {
			for _, f := range e.Fields { // what has the wrong shape is said already
				if !fs.Has(f.Name) {
					fs.Add(f.Name, f.Key, f.Values...)
				}
			}
			err = nil
		}
	}
	if err == nil {
		err = fs.Err()
	}
	var made outreach.ID
	if err == nil {
		made, err = p.Reach.Record(r.Context(), actor, v, found, r.PostForm.Get("form_id"))
	}
	if !fault.Is(err, fault.Invalid) {
		if err != nil {
			return err
		}
		return web.SeeOther(w, r, "/besok/"+string(made)+"?ok=outreach.said.recorded")
	}
	view, viewErr := p.newPage(r, actor)
	if viewErr != nil {
		return viewErr
	}
	view.Refused(form.Refill(&view.Form, r.PostForm, err, view.Printer))
	return p.door.Views.Render(w, http.StatusUnprocessableEntity, "outreach/new", view)
}

// read is the visit that was posted; the fields are those with the wrong shape, or
// that name nobody.
func (p *pages) read(r *http.Request, actor access.Actor) (outreach.Visit, reach.Found, *fault.Fields, error) {
	in := form.Read(r.PostForm)
	v := outreach.Visit{Day: in.Date("day"), Kind: outreach.Kind(in.Choice("kind", text.Strings(outreach.Kinds())...)), Minutes: in.Int("minutes"),
		Result: outreach.Result(in.Choice("result", text.Strings(outreach.Results())...)), AgainOn: in.Date("again_on")}
	found := readFound(in, p.door.Printer(r))
	if hubs := actor.Orgs(outreach.Roles()...); len(hubs) > 0 {
		v.Hub = hubs[0]
		if chosen := in.Choice("hub", text.Strings(hubs)...); chosen != "" {
			v.Hub = org.ID(chosen)
		}
	}
	fs := &fault.Fields{}
	if err := fs.AddErr(in.Err()); err != nil {
		return v, found, fs, err
	}
	n, err := p.Places.ParseTyped(in.Text("municipality"), p.Clock.Today())
	if err := fs.AddErr(err); err != nil {
		return v, found, fs, err
	}
	v.Municipality = string(n)
	return v, found, fs, p.readOrg(r, actor, in, fs, &v)
}

// readOrg finds the organisation that was written, and the municipality that it
// lies in unless another was written.
func (p *pages) readOrg(r *http.Request, actor access.Actor, in *form.Input, fs *fault.Fields, v *outreach.Visit) error {
	if in.Text("organisation") == "" {
		return nil
	}
	found, err := pick.Find(r.Context(), p.Register, actor, in, "organisation", fs.Err() != nil, "outreach.error.organisation")
	if fault.Is(err, fault.Conflict) {
		err = fault.InvalidField("organisation", "outreach.error.several")
	}
	if err := fs.AddErr(err); err != nil {
		return err
	}
	v.Organisation = found
	if v.Municipality != "" || found == "" {
		return nil
	}
	o, err := p.Orgs.Get(r.Context(), found)
	v.Municipality = o.Municipality
	return err
}

func readFound(in *form.Input, t i18n.Printer) reach.Found {
	return reach.Found{Text: in.Text("text"), Headcount: in.Int("headcount"), MandateGround: in.Text("mandate_ground"), Lang: t.Language()}
}
