package matchweb

import (
	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/supply/offer"
)

// Group is answers of one kind under a heading. Empty is said when there are
// none.
type Group struct {
	ID, Title, Lead string
	Cards           []ui.Card
	Empty           string
}

// cards draws answers for a reader. judged adds what a saved need's page shows
// of verdicts; it may be nil.
type cards struct {
	p      *Pages
	t      i18n.Printer
	query  match.Query
	judged func(kind match.Kind, target string, v *match.Verdict, place int, card *ui.Card)
}

// shownHelp is how many measures, and how many kinds of support, a page shows
// beside education.
const shownHelp = 3

// groups are the answers as a page shows them: education, measures, support
// and guidance, measures first when people do not stay; then what is right in
// content but must be adapted, each with the actions that ask gives.
func (c cards) groups(a match.Answer, ask func(match.Offer) []ui.Action) []Group {
	t := c.t
	education := Group{ID: "utdanning", Title: t.T("match.group.education"), Empty: t.T("match.group.education.none")}
	if len(a.Adapt) > 0 {
		education.Empty = t.T("match.group.education.adapt")
	}
	for i, o := range a.Offers {
		education.Cards = append(education.Cards, c.offer(o, i+1))
	}
	most := shownHelp
	if a.Settle {
		most = len(a.Measures)
	}
	measures := Group{ID: "tiltak", Title: t.T("match.group.measures"), Lead: t.T("match.group.measures.lead"), Cards: c.help(a.Measures, most)}
	support := Group{ID: "stotte", Title: t.T("match.group.support"), Lead: t.T("match.group.support.lead"), Cards: c.help(a.Support, shownHelp)}
	order := []Group{education, measures, support}
	if a.Settle {
		order = []Group{measures, support, education}
	}
	var out []Group
	for _, g := range order {
		if len(g.Cards) > 0 || g.Empty != "" {
			out = append(out, g)
		}
	}
	if len(a.Adapt) == 0 {
		return out
	}
	adapt := Group{ID: "tilpasses", Title: t.T("match.group.adapt"), Lead: t.T("match.group.adapt.lead")}
	for i, o := range a.Adapt {
		card := c.offer(o, len(a.Offers)+i+1)
		card.Color = ui.Warning
		card.Actions = append(ask(o), card.Actions...)
		adapt.Cards = append(adapt.Cards, card)
	}
	return append(out, adapt)
}

// offer is an education: what one must know to choose it, and why it is here.
func (c cards) offer(o match.Offer, place int) ui.Card {
	t, say, today := c.t, c.p.speaker(c.t), c.p.Match.Clock.Today()
	card := ui.Card{ID: anchor(match.KindProgramme, string(o.Programme.ID)), Kicker: o.Programme.ProviderName + " · " + t.T(o.Programme.Level.Label()),
		Title: say.Text(o.Programme.Title), Href: programmePath(o.Programme.ID), Why: t.T("match.why.title")}
	if o.Offering != nil {
		status := offer.StatusOn(*o.Programme, *o.Offering, today)
		card.Tags = append(card.Tags, say.StatusTag(status))
		if offer.Judge(*o.Programme, *o.Offering, c.p.Match.Places, today).Holds {
			card.Tags = append(card.Tags, ui.Tag{Text: t.T("match.badge"), Color: ui.Accent})
		}
		earliest, _ := offer.EarliestStart(*o.Programme, *o.Offering, today)
		card.Facts = append(card.Facts, fact(t.T("match.fact.start"), say.Start(*o.Offering, earliest)),
			c.admission(status), c.where(o), fact(t.T("match.fact.price"), say.Price(o.Offering.Price)...))
	}
	card.Facts = filled(card.Facts)
	card.Points = append(points(t, o.Evidence, ui.Yes), points(t, o.Missing, ui.No)...)
	if c.judged != nil {
		c.judged(match.KindProgramme, string(o.Programme.ID), o.Verdict, place, &card)
	}
	return card
}

// admission is what there is to say of it besides the tag: until when, and what
// comes next.
func (c cards) admission(status offer.Status) ui.Fact {
	say := c.p.speaker(c.t)
	sentence := say.Status(status)
	if sentence == c.t.T(status.State.Label()) {
		sentence = ""
	}
	return fact(c.t.T("match.fact.admission"), sentence, say.Next(status))
}

// where is the form and the place, with the way there from the reader's
// municipality when it is known.
func (c cards) where(o match.Offer) ui.Fact {
	say := c.p.speaker(c.t)
	lines := []string{c.t.T(o.Offering.Delivery.Label()), say.Meets(*o.Offering)}
	if from := place.Number(c.query.Municipality); from != "" && len(o.Offering.MeetsIn()) > 0 {
		lines = append(lines, say.Trip(offer.Travel(*o.Offering, c.p.Match.Places, from)))
	}
	return fact(c.t.T("match.fact.where"), lines...)
}

func (c cards) help(list []match.Card, most int) []ui.Card {
	var out []ui.Card
	for i, h := range list[:min(most, len(list))] {
		in := func(text i18n.Text) string { s, _ := text.In(c.t.Language()); return s }
		card := ui.Card{ID: anchor(match.KindCard, string(h.ID)), Kicker: c.t.T(i18n.Key("support.kind." + string(h.Kind))), Title: in(h.Title),
			Href: "/verktoykasse/" + string(h.ID), Text: in(h.What), Why: c.t.T("match.why.title"), Points: points(c.t, h.Evidence, ui.Yes)}
		if c.judged != nil {
			c.judged(match.KindCard, string(h.ID), h.Verdict, i+1, &card)
		}
		out = append(out, card)
	}
	return out
}

// askFirst is the way from a typed text to asking a provider: the text becomes
// a need first. A visitor signs in before that.
func (c cards) askFirst(actor access.Actor, a asked, o match.Offer) []ui.Action {
	title := c.p.speaker(c.t).Text(o.Programme.Title)
	return c.p.door.Leading(actor, ui.Action{Label: c.t.T("match.ask"), Href: a.reportHref(), Variant: ui.Secondary, Context: c.t.T("match.ask.context", "title", title)})
}

func programmePath(p offer.ProgrammeID) string { return "/tilbud/" + string(p) }

// anchor is the id of an answer's card.
func anchor(kind match.Kind, target string) string { return string(kind) + "-" + target }

func points(t i18n.Printer, list []match.Reason, kind ui.PointKind) []ui.Point {
	out := make([]ui.Point, len(list))
	for i, r := range list {
		out[i] = ui.Point{Text: t.T(r.Key, r.Values...), Kind: kind, Label: t.T("match.point." + i18n.Key(kind))}
	}
	return out
}

// fact is a line with the filled lines as values.
func fact(label string, lines ...string) ui.Fact {
	f := ui.Fact{Label: label}
	for _, l := range lines {
		if l != "" {
			f.Lines = append(f.Lines, l)
		}
	}
	return f
}

func filled(list []ui.Fact) []ui.Fact {
	var out []ui.Fact
	for _, f := range list {
		if len(f.Lines) > 0 {
			out = append(out, f)
		}
	}
	return out
}
