package centreweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/centre"
)

// list is all centres.
func (p *Pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	all, err := p.Centres.List(r.Context(), actor, centre.Filter{})
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Title: t.T("centre.title"), Lead: t.T("centre.lead")}, Main: []leaf.Section{{ID: "alle", Title: t.T("centre.all"), Cards: p.cards(t, all)}}}
	if len(all) == 0 {
		page.Main[0].Empty = &ui.Empty{Title: t.T("centre.none"), Text: t.T("centre.none.text")}
	}
	own, err := p.Centres.WithoutPage(r.Context(), actor)
	if err != nil {
		return err
	}
	if len(own) > 0 {
		page.Head.Actions = []ui.Action{{Label: t.T("centre.open"), Href: "/studiesenter/ny", Variant: ui.Primary}}
	}
	if actor.SignedIn() {
		page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("booking.own"), Href: "/rombestillinger", Variant: ui.Secondary})
	}
	return leaf.Show(p.door, w, r, actor, page)
}

// cards are centres in short.
func (p *Pages) cards(t i18n.Printer, list []centre.Centre) []ui.Card {
	var out []ui.Card
	for _, c := range list {
		card := ui.Card{Kicker: p.where(c.Municipality), Title: c.Name, Href: path(c.ID, ""), Facts: []ui.Fact{{Label: t.T("centre.field.contact"), Text: c.Contact}}}
		if first := text.Paragraphs(c.About); len(first) > 0 {
			card.Text = first[0]
		}
		out = append(out, card)
	}
	return out
}

// show is a centre: what can be taken there, rooms, wishes and news, and who runs it.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Kicker: t.T("centre.object"), Title: d.Name, Lead: p.where(d.Municipality), Actions: actions(t, actor, d)}, Crumbs: crumbs(t)}
	if d.Runs {
		waiting, err := p.Bookings.Waiting(r.Context(), actor, d.Centre)
		if err != nil {
			return err
		}
		if len(waiting) > 0 {
			page.Main = append(page.Main, leaf.Section{ID: "venter", Title: t.T("booking.waiting"), Text: t.T("booking.waiting.text"), Cards: p.bookingCards(t, waiting)})
		}
	}
	page.Main = append(page.Main, leaf.Section{ID: "om", Title: t.T("centre.about"), Paragraphs: text.Paragraphs(d.About)},
		p.courses(t, d), p.rooms(t, actor, d), p.wishes(t, actor, d), p.news(t, d))
	page.Side = []leaf.Section{{ID: "kontakt", Title: t.T("centre.contact"), Facts: &ui.Facts{Items: []ui.Fact{{Label: t.T("centre.field.contact"), Text: d.Contact},
		{Label: t.T("centre.organisation"), Link: &ui.Link{Label: d.Name, Href: "/virksomheter/" + string(d.Org)}}}}}}
	if services := d.ServiceList(); len(services) > 0 {
		s := leaf.Section{ID: "tjenester", Title: t.T("centre.services")}
		for _, x := range services {
			s.Points = append(s.Points, ui.Point{Text: x})
		}
		page.Side = append(page.Side, s)
	}
	page.Side = append(page.Side, partners(t, d), groupInvite(t, actor, d.Centre))
	return leaf.Show(p.door, w, r, actor, page)
}

func actions(t i18n.Printer, actor access.Actor, d centre.Detail) []ui.Action {
	var out []ui.Action
	if d.Runs {
		out = append(out, ui.Action{Label: t.T("centre.edit"), Href: path(d.ID, "/rediger"), Variant: ui.Secondary})
	}
	if d.CanCount(actor) {
		out = append(out, ui.Action{Label: t.T("centre.figures"), Href: path(d.ID, "/statistikk"), Variant: ui.Secondary})
	}
	return out
}

// courses are what can be taken at the centre (STS-2).
func (p *Pages) courses(t i18n.Printer, d centre.Detail) leaf.Section {
	s := leaf.Section{ID: "utdanninger", Title: t.T("centre.courses"), Text: t.T("centre.courses.text")}
	for _, x := range d.Courses {
		title, _ := x.Title.In(t.Language())
		c := ui.Card{Title: title, Href: "/tilbud/" + x.Programme, Text: x.How}
		if d.Runs {
			c.Actions = []ui.Action{{Label: t.T("centre.remove"), Context: title, Href: path(d.ID, "/tilbud/"+x.Programme+"/fjern"), Post: true, Variant: ui.Tertiary}}
		}
		s.Cards = append(s.Cards, c)
	}
	if len(d.Courses) == 0 {
		s.Empty = &ui.Empty{Title: t.T("centre.courses.none"), Text: t.T("centre.courses.none.text")}
	}
	if d.Runs {
		s.Actions = []ui.Action{{Label: t.T("centre.course.add"), Href: path(d.ID, "/tilbud/ny"), Variant: ui.Secondary}}
	}
	return s
}

// rooms are what can be asked for.
func (p *Pages) rooms(t i18n.Printer, actor access.Actor, d centre.Detail) leaf.Section {
	s := leaf.Section{ID: "rom", Title: t.T("centre.rooms"), Text: t.T("centre.rooms.text")}
	for _, x := range d.Rooms {
		if x.Closed && !d.Runs {
			continue
		}
		c := ui.Card{Title: x.Name, Href: roomPath(x, ""), Facts: []ui.Fact{{Label: t.T("centre.field.seats"), Text: t.T("centre.seats", "n", x.Seats)},
			{Label: t.T("centre.field.address"), Text: x.Address + ", " + p.where(x.Municipality)}}}
		if x.Equipment != "" {
			c.Facts = append(c.Facts, ui.Fact{Label: t.T("centre.field.equipment"), Text: x.Equipment})
		}
		if x.Closed {
			c.Tags = []ui.Tag{{Text: t.T("centre.room.closed"), Color: ui.Warning}}
		} else if actor.SignedIn() {
			c.Actions = append(c.Actions, ui.Action{Label: t.T("booking.ask"), Context: x.Name, Href: roomPath(x, "/be-om"), Variant: ui.Secondary})
		}
		if d.Runs {
			c.Actions = append(c.Actions, ui.Action{Label: t.T("centre.room.edit"), Context: x.Name, Href: roomPath(x, "/rediger"), Variant: ui.Tertiary})
		}
		s.Cards = append(s.Cards, c)
	}
	if len(s.Cards) == 0 {
		s.Empty = &ui.Empty{Title: t.T("centre.rooms.none"), Text: t.T("centre.rooms.none.text")}
	}
	if d.Runs {
		s.Actions = []ui.Action{{Label: t.T("centre.room.add"), Href: path(d.ID, "/rom/ny"), Variant: ui.Secondary}}
	}
	return s
}

// wishes are the courses that people wish for.
func (p *Pages) wishes(t i18n.Printer, actor access.Actor, d centre.Detail) leaf.Section {
	s := leaf.Section{ID: "onsker", Title: t.T("centre.wishes"), Text: t.T("centre.wishes.text")}
	for _, x := range d.Wishes {
		s.Cards = append(s.Cards, ui.Card{Kicker: x.Number, Title: x.Title, Href: wishPath(x.ID, ""), Tags: []ui.Tag{wishTag(t, x)}, Facts: []ui.Fact{{Label: t.T("centre.field.level"), Text: t.T(p.LevelLabel(x.Level))}, {Label: t.T("centre.field.least"), Text: t.T("centre.people", "n", x.Least)}}})
	}
	if len(d.Wishes) == 0 {
		s.Empty = &ui.Empty{Title: t.T("centre.wishes.none"), Text: t.T("centre.wishes.none.text")}
	}
	s.Actions = []ui.Action{signedIn(t, actor, ui.Action{Label: t.T("centre.wish.new"), Href: path(d.ID, "/onsker/ny"), Variant: ui.Secondary})}
	return s
}

// signedIn is the action, or the way to it past signing in.
func signedIn(t i18n.Printer, actor access.Actor, a ui.Action) ui.Action {
	if !actor.SignedIn() {
		a.Label = t.T("centre.sign_in", "what", a.Label)
	}
	return a
}

func (p *Pages) news(t i18n.Printer, d centre.Detail) leaf.Section {
	s := leaf.Section{ID: "nytt", Title: t.T("centre.news")}
	for _, x := range d.News {
		c := ui.Card{ID: "nytt-" + string(x.ID), Kicker: t.Date(x.At.Date()), Title: x.Title, Text: x.Words}
		if d.Runs {
			c.Actions = []ui.Action{{Label: t.T("centre.remove"), Context: x.Title, Href: path(d.ID, "/nyheter/"+string(x.ID)+"/fjern"), Post: true, Variant: ui.Tertiary}}
		}
		s.Cards = append(s.Cards, c)
	}
	if len(d.News) == 0 {
		s.Empty = &ui.Empty{Title: t.T("centre.news.none"), Text: t.T("centre.news.none.text")}
	}
	if d.Runs {
		s.Actions = []ui.Action{{Label: t.T("centre.news.new"), Href: path(d.ID, "/nyheter/ny"), Variant: ui.Secondary}}
	}
	return s
}

func partners(t i18n.Printer, d centre.Detail) leaf.Section {
	s := leaf.Section{ID: "parter", Title: t.T("centre.partners")}
	if d.Runs {
		for _, x := range d.Partners {
			s.Cards = append(s.Cards, ui.Card{Title: x.Name, Href: "/virksomheter/" + string(x.Org), Text: x.Part,
				Actions: []ui.Action{{Label: t.T("centre.remove"), Context: x.Name, Href: path(d.ID, "/parter/"+string(x.Org)+"/fjern"), Post: true, Variant: ui.Tertiary}}})
		}
		s.Actions = []ui.Action{{Label: t.T("centre.partner.add"), Href: path(d.ID, "/parter/ny"), Variant: ui.Secondary}}
	} else if len(d.Partners) > 0 {
		s.Facts = &ui.Facts{}
		for _, x := range d.Partners {
			s.Facts.Items = append(s.Facts.Items, ui.Fact{Label: x.Part, Link: &ui.Link{Label: x.Name, Href: "/virksomheter/" + string(x.Org)}})
		}
	}
	if len(d.Partners) == 0 {
		s.Empty = &ui.Empty{Title: t.T("centre.partners.none"), Text: t.T("centre.partners.none.text")}
	}
	return s
}

// groupInvite leads to the local group, or into it.
func groupInvite(t i18n.Printer, actor access.Actor, c centre.Centre) leaf.Section {
	s := leaf.Section{ID: "gruppe", Title: t.T("centre.group"), Text: t.T("centre.group.text")}
	if c.Member || c.Runs {
		s.Actions = append(s.Actions, ui.Action{Label: t.T("centre.group.see"), Href: path(c.ID, "/gruppe"), Variant: ui.Secondary})
	}
	if !c.Member {
		s.Actions = append(s.Actions, signedIn(t, actor, ui.Action{Label: t.T("centre.group.join"), Href: path(c.ID, "/gruppe/bli-med"), Variant: ui.Secondary}))
	}
	return s
}
