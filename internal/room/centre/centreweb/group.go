package centreweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/centre"
)

// group is the local group, for those in it and the centre's people (STS-4).
func (p *Pages) group(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	of, members, err := p.Centres.Group(r.Context(), actor, d.ID)
	if err != nil {
		return err
	}
	list := leaf.Section{ID: "medlemmer", Title: t.T("centre.group.members", "n", len(members))}
	for _, m := range members {
		c := ui.Card{Kicker: t.T("centre.group.since", "date", t.Date(m.JoinedAt.Date())), Title: m.Name, Text: m.Studies}
		if m.Account == actor.Account {
			c.Tags = []ui.Tag{{Text: t.T("centre.group.you"), Color: ui.Info}}
		}
		list.Cards = append(list.Cards, c)
	}
	if len(members) == 0 {
		list.Empty = &ui.Empty{Title: t.T("centre.group.none"), Text: t.T("centre.group.none.text")}
	}
	meet, err := p.Bookings.Gatherings(r.Context(), actor, of)
	if err != nil {
		return err
	}
	together := leaf.Section{ID: "samlinger", Title: t.T("centre.group.gatherings")}
	for _, b := range meet {
		together.Cards = append(together.Cards, ui.Card{Kicker: t.Date(b.Day()) + ", " + b.Clock(), Title: b.Purpose, Text: b.OrgName})
	}
	if len(meet) == 0 {
		together.Empty = &ui.Empty{Title: t.T("centre.group.gatherings.none"), Text: t.T("centre.group.gatherings.none.text")}
	}
	page := leaf.Page{Secret: true, Head: ui.Head{Kicker: of.Name, Title: t.T("centre.group"), Lead: t.T("centre.group.lead")}, Crumbs: in(t, of), Main: []leaf.Section{list, together}}
	if of.Member {
		page.Head.Actions = []ui.Action{{Label: t.T("centre.group.change"), Href: path(of.ID, "/gruppe/bli-med"), Variant: ui.Secondary}, {Label: t.T("centre.group.leave"), Href: path(of.ID, "/gruppe/ut"), Post: true, Variant: ui.Tertiary}}
	}
	return leaf.Show(p.door, w, r, actor, page)
}

// joinForm asks for the consent, and says who reads what.
func (p *Pages) joinForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	asked := leaf.Asked{Title: t.T("centre.group.join"), Kicker: d.Name, Lead: t.T("centre.group.join.lead"), Crumbs: in(t, d.Centre), Back: path(d.ID, ""), Submit: t.T("centre.group.submit"), Fields: []form.Field{
		{Name: "studies", Kind: form.Text, Label: t.T("centre.field.studies"), Hint: t.T("centre.hint.studies"), MaxRunes: centre.MaxLine, Required: true},
		{Name: "yes", Kind: form.Checks, Label: t.T("centre.field.consent"), Options: []form.Option{{Value: "ja", Label: t.T("centre.consent")}}, Required: true}}}
	asked.Read = func(in *form.Input) func() (string, error) {
		studies, consents := in.Text("studies"), len(in.Choices("yes", "ja")) > 0
		return func() (string, error) {
			return path(d.ID, "/gruppe?ok=centre.said.joined"), p.Centres.Join(r.Context(), actor, d.ID, studies, consents)
		}
	}
	return asked, nil
}
