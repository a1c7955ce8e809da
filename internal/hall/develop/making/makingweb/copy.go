package makingweb

import (
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
)

// copyForm copies a finished development for another region (LOP-17).
func (p *Pages) copyForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	d, err := p.find(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	if !slices.Contains(making.Finished(), d.State) {
		return leaf.Asked{}, fault.New(fault.Conflict, "making.error.unfinished")
	}
	may := d.CanCopy(actor)
	if len(may) == 0 {
		return leaf.Asked{}, fault.New(fault.Denied, "fault.denied")
	}
	t := p.door.Printer(r)
	asked := leaf.Asked{Title: t.T("making.copy"), Kicker: d.Title, Lead: t.T("making.copy.lead"), Back: path(d.ID, ""), Submit: t.T("making.copy"), Crumbs: crumbs(t, ui.Link{Label: d.Title, Href: path(d.ID, "")})}
	regions := []form.Option{{Label: t.T("making.choose")}}
	for _, x := range p.Making.Regions() {
		regions = append(regions, form.Option{Value: string(x.ID), Label: x.Name})
	}
	asked.Fields = []form.Field{{Name: "title", Kind: form.Text, Label: t.T("making.field.title"), Value: d.Title, MaxRunes: making.MaxTitle, Required: true},
		{Name: "region", Kind: form.Select, Label: t.T("making.field.region"), Options: regions, Required: true}}
	if len(may) > 1 {
		who := form.Field{Name: "provider", Kind: form.Select, Label: t.T("making.field.provider"), Required: true}
		for _, o := range may {
			who.Options = append(who.Options, form.Option{Value: string(o), Label: named(actor, o), Selected: o == may[0]})
		}
		asked.Fields = append(asked.Fields, who)
	}
	asked.Read = func(in *form.Input) func() (string, error) {
		x := making.Copying{Title: in.Text("title"), Region: place.RegionID(in.Text("region")), Provider: may[0]}
		if len(may) > 1 {
			x.Provider = access.OrgID(in.Text("provider"))
		}
		return func() (string, error) {
			made, err := p.Making.Copy(r.Context(), actor, d.ID, x)
			return path(made, "?ok=making.said.copied"), err
		}
	}
	return asked, nil
}

// named is what an organisation of the actor's own is called.
func named(actor access.Actor, o access.OrgID) string {
	for _, x := range actor.Roles {
		if x.Org == o {
			return x.OrgName
		}
	}
	return ""
}

// region is the name of a region, empty for none.
func (p *Pages) region(id place.RegionID) string {
	x, err := p.Places.Region(id)
	if err != nil {
		return ""
	}
	return x.Name
}

// origin is what a copy was made from, as far as the reader may know, and for which region.
func (p *Pages) origin(t i18n.Printer, d making.Detail) []ui.Fact {
	var out []ui.Fact
	if d.Origin != nil {
		out = append(out, ui.Fact{Label: t.T("making.fact.origin"), Link: &ui.Link{Label: d.Origin.Number + " · " + d.Origin.Title, Href: path(d.Origin.ID, "")}})
	}
	if name := p.region(d.Region); name != "" {
		out = append(out, ui.Fact{Label: t.T("making.fact.region"), Text: name})
	}
	return out
}

// copies are those made of it, as far as the reader may know.
func (p *Pages) copies(t i18n.Printer, d making.Detail) leaf.Section {
	out := leaf.Section{ID: "kopier", Title: t.T("making.copies")}
	for _, x := range d.Copies {
		out.Cards = append(out.Cards, ui.Card{Kicker: x.Number, Title: x.Title, Href: path(x.ID, ""), Facts: []ui.Fact{{Label: t.T("making.fact.region"), Text: p.region(x.Region)}, {Label: t.T("making.fact.provider"), Text: x.ProviderName}}})
	}
	return out
}
