package admissionweb

import (
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/supply"
)

// The choices of for whom it is, beside the organisations: the reader herself, and somebody
// who has called the provider.
const (
	self   = "meg"
	caller = "ringte"
)

// applicants are those that the reader may apply for.
func (p *Pages) applicants(r *http.Request, t i18n.Printer, actor access.Actor, st admission.Standing) ([]form.Option, []string, error) {
	var out []form.Option
	var ids []string
	add := func(value, label string) {
		out, ids = append(out, form.Option{Value: value, Label: label}), append(ids, value)
	}
	if actor.Has(access.RolePerson) && st.Own == "" {
		add(self, t.T("admission.self"))
	}
	list, err := p.Orgs.ActsFor(r.Context(), actor, admission.NominatorRoles(), admission.AdviserRoles())
	for _, o := range list {
		add(string(o.ID), t.T("admission.employee", "employer", o.Name))
	}
	if st.Provides {
		add(caller, t.T("admission.caller"))
	}
	return out, ids, err
}

// applyForm asks who wants a place, and from when. What an application leads to today is said
// before it is sent.
func (p *Pages) applyForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	i, err := p.offering(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	st, err := p.Admission.Stands(r.Context(), actor, string(i.Offering.ID))
	if err != nil {
		return leaf.Asked{}, err
	}
	if st.Refusal != nil {
		return leaf.Asked{}, st.Refusal
	}
	options, ids, err := p.applicants(r, t, actor, st)
	switch {
	case err != nil:
		return leaf.Asked{}, err
	case len(ids) == 0 && st.Own != "":
		return leaf.Asked{}, fault.New(fault.Conflict, "admission.error.again")
	case len(ids) == 0:
		return leaf.Asked{}, fault.New(fault.Denied, "fault.denied")
	}
	title := p.speaker(r).Text(i.Programme.Title)
	asked := leaf.Asked{Title: t.T("admission.apply"), Kicker: title, Lead: leads(t, st, i.Programme.ProviderName), Submit: t.T(submit(st.Leads)), Back: "/tilbud/" + string(i.Programme.ID),
		Crumbs: []ui.Link{{Label: t.T("admission.programmes"), Href: "/tilbud"}, {Label: title, Href: "/tilbud/" + string(i.Programme.ID)}}, Help: p.help(r, t, i)}
	alone := len(ids) == 1 && ids[0] == self
	asked.Fields = p.fields(t, options, alone)
	asked.Read = func(in *form.Input) func() (string, error) {
		x := p.read(in, ids, alone)
		return func() (string, error) {
			made, err := p.Admission.Apply(r.Context(), actor, string(i.Offering.ID), x)
			return path(made.ID, "?ok="+string(said(made.State))), err
		}
	}
	return asked, nil
}

// leads says what an application leads to today.
func leads(t i18n.Printer, st admission.Standing, provider string) string {
	switch st.Leads {
	case admission.Admitted:
		return t.T("admission.leads.admitted")
	case admission.Queued:
		return t.T("admission.leads.queued", "provider", provider)
	}
	return t.T("admission.leads.applied", "provider", provider, "n", st.Days())
}

func submit(s flow.State) i18n.Key {
	switch s {
	case admission.Admitted:
		return "admission.do.admitted"
	case admission.Queued:
		return "admission.do.queued"
	}
	return "admission.do.applied"
}

func said(s flow.State) i18n.Key {
	switch s {
	case admission.Admitted:
		return "admission.said.admitted"
	case admission.Queued:
		return "admission.said.queued"
	}
	return "admission.said.applied"
}

// fields ask a person who applies for herself for no more than she need say.
func (p *Pages) fields(t i18n.Printer, options []form.Option, alone bool) []form.Field {
	optional := t.T("admission.optional")
	contact := form.Field{Name: "contact", Kind: form.Text, Label: t.T("admission.field.contact"), Hint: t.T("admission.hint.contact"), MaxRunes: admission.MaxContact, OptionalMark: optional}
	where := form.Field{Name: "municipality", Kind: form.Suggest, Label: t.T("admission.field.municipality"), Hint: t.T("admission.hint.municipality"), Datalist: p.addresses.Municipalities(),
		Autocomplete: "off", OptionalMark: optional}
	from := form.Field{Name: "start_from", Kind: form.Date, Label: t.T("admission.field.start_from"), Hint: t.T("admission.hint.start_from"), OptionalMark: optional}
	if alone {
		return []form.Field{contact, where, from}
	}
	whose := form.Field{Name: "who", Kind: form.Select, Label: t.T("admission.field.who"), Options: options, Required: true}
	if len(options) > 1 {
		whose.Options = append([]form.Option{{Label: t.T("admission.choose"), Selected: true}}, options...)
	}
	name := form.Field{Name: "name", Kind: form.Text, Label: t.T("admission.field.name"), MaxRunes: admission.MaxName}
	if slices.ContainsFunc(options, func(o form.Option) bool { return o.Value == self }) {
		name.Hint = t.T("admission.hint.name")
	}
	contact.OptionalMark = ""
	return []form.Field{whose, name, contact, where, from}
}

func (p *Pages) read(in *form.Input, ids []string, alone bool) admission.Applying {
	out := admission.Applying{Contact: in.Text("contact"), Municipality: string(p.addresses.Municipality(in, "municipality")), WantedFrom: in.Date("start_from")}
	if alone {
		return out
	}
	switch who := in.Choice("who", ids...); who {
	case "":
		in.Refuse("who", "form.error.required")
		return out
	case self:
		return out
	case caller:
	default:
		out.Employer = access.OrgID(who)
	}
	out.Person = &admission.Person{Name: in.Text("name"), Contact: in.Text("contact")}
	for _, field := range []string{"name", "contact"} {
		if in.Text(field) == "" {
			in.Refuse(field, "form.error.required")
		}
	}
	return out
}

// help says where they meet, and what is kept and why.
func (p *Pages) help(r *http.Request, t i18n.Printer, i *supply.Item) []ui.Details {
	out := []ui.Details{{Summary: t.T("admission.kept"), Paragraphs: []string{t.T("admission.kept.what"), t.T("admission.kept.who"), t.T("admission.kept.long", "days", admission.KeptDays), t.T("admission.kept.basis")}}}
	if where := p.speaker(r).Meets(*i.Offering); where != "" {
		out = append([]ui.Details{{Summary: t.T("admission.gatherings"), Open: true, Paragraphs: []string{where}}}, out...)
	}
	return out
}
