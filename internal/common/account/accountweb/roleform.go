package accountweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register/pick"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
)

// roleForm is the fields of a role: what, where, limited to what, and when.
type roleForm struct {
	Role, Organisation, Municipality, Region, From, To form.Field
	// Hits are what Enhetsregisteret has for an organisation that is not known.
	Hits pick.Companions
}

// suggestedOrgs is how many organisations are offered as suggestions; in a
// larger register the name is typed.
const suggestedOrgs = 300

func (p *pages) newRoleForm(r *http.Request, actor access.Actor, t i18n.Printer) (roleForm, error) {
	today := p.Clock.Today()
	list, total, err := p.Orgs.List(r.Context(), org.Filter{Limit: suggestedOrgs})
	if err != nil {
		return roleForm{}, err
	}
	var names []string
	if total <= suggestedOrgs {
		for _, e := range list.Items {
			names = append(names, e.Name)
		}
	}
	regions := []form.Option{{Value: "", Label: t.T("account.role.no_region")}}
	for _, g := range p.Places.Regions(today) {
		regions = append(regions, form.Option{Value: string(g.ID), Label: g.Name})
	}
	hits, err := pick.CompanionsOf(r.Context(), p.Register, actor, t, p.Places, r.PostForm, "organisation")
	if err != nil {
		return roleForm{}, err
	}
	optional := t.T("account.optional")
	return roleForm{
		Hits:         hits,
		Role:         form.Field{Name: "role", Kind: form.Select, Label: t.T("account.field.role"), Options: roleOptions(t, "account.role.choose", ""), Required: true},
		Organisation: form.Field{Name: "organisation", Kind: form.Suggest, Label: t.T("account.field.organisation"), Hint: t.T("account.hint.organisation"), Datalist: names, Autocomplete: "off"},
		Municipality: form.Field{Name: "municipality", Kind: form.Suggest, Label: t.T("account.field.only_municipality"), Hint: t.T("account.hint.scope"),
			Datalist: p.Places.Options(today), OptionalMark: optional, Autocomplete: "off"},
		Region: form.Field{Name: "region", Kind: form.Select, Label: t.T("account.field.only_region"), Options: regions, OptionalMark: optional},
		From:   form.Field{Name: "from", Kind: form.Date, Label: t.T("account.field.from"), Value: today.String()},
		To:     form.Field{Name: "to", Kind: form.Date, Label: t.T("account.field.to"), Hint: t.T("account.hint.to"), OptionalMark: optional},
	}, nil
}

// readRole is the role that was posted; the fault names what has the wrong
// shape or is not known.
func (p *pages) readRole(r *http.Request, actor access.Actor) (access.Assignment, error) {
	in := form.Read(r.PostForm)
	out := access.Assignment{Role: access.Role(in.Choice("role", roleValues()...)), From: in.Date("from"), To: in.Date("to")}
	var fs fault.Fields
	if err := fs.AddErr(in.Err()); err != nil {
		return out, err
	}
	if out.Role == "" && !fs.Has("role") {
		fs.Add("role", "form.error.required")
	}
	n, err := p.Places.ParseTyped(in.Text("municipality"), p.Clock.Today())
	if err := fs.AddErr(err); err != nil {
		return out, err
	}
	region := in.Text("region")
	switch {
	case n != "" && region != "":
		fs.Add("region", "account.error.one_scope")
	case n != "":
		out.Scope = access.Scope{Kind: access.ScopeMunicipality, Ref: string(n)}
	case region != "":
		if _, err := p.Places.Region(place.RegionID(region)); err != nil {
			fs.Add("region", "form.error.choice")
		}
		out.Scope = access.Scope{Kind: access.ScopeRegion, Ref: region}
	}
	out.Org, err = p.findOrg(r, actor, in, fs.Err() != nil)
	if err := fs.AddErr(err); err != nil {
		return out, err
	}
	return out, fs.Err()
}

func (p *pages) findOrg(r *http.Request, actor access.Actor, in *form.Input, wrong bool) (access.OrgID, error) {
	if in.Text("organisation") == "" {
		return "", nil
	}
	o, err := pick.Find(r.Context(), p.Register, actor, in, "organisation", wrong, "account.error.no_org")
	switch {
	case fault.Is(err, fault.Conflict):
		return "", fault.InvalidField("organisation", "account.error.several_orgs")
	}
	return o, err
}

// scopeText is what a role is limited to, in words.
func (p *pages) scopeText(s access.Scope) string {
	switch s.Kind {
	case access.ScopeNone:
		return ""
	case access.ScopeMunicipality:
		if written := p.Places.Written(place.Number(s.Ref)); written != "" {
			return written
		}
	case access.ScopeRegion:
		if g, err := p.Places.Region(place.RegionID(s.Ref)); err == nil {
			return g.Name
		}
	}
	return string(s.Kind) + " " + s.Ref
}
