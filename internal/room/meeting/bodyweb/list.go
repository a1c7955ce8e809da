package bodyweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
)

type listView struct {
	web.Page
	Head   ui.Head
	Filter ui.Filter
	Groups []listGroup
	Empty  ui.Empty
}

// listGroup is bodies of one sort under a heading.
type listGroup struct {
	ID, Title, Text string
	Cards           []ui.Card
}

// groups are the sorts of bodies in the order of the page.
var groups = []struct {
	id          string
	title, text i18n.Key
	kinds       []meeting.Kind
}{
	{"forum", "body.group.forum", "body.group.forum.text", []meeting.Kind{meeting.CountyForum, meeting.RegionalForum}},
	{"rad", "body.group.council", "body.group.council.text", []meeting.Kind{meeting.Council, meeting.Board, meeting.ChiefExecs}},
	{"grupper", "body.group.groups", "body.group.groups.text", []meeting.Kind{meeting.SteeringGroup, meeting.OperativeGroup}},
	{"folkevalgte", "body.group.elected", "body.group.elected.text", []meeting.Kind{meeting.Assembly, meeting.Committee}},
}

func (p *pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	in := form.Read(r.URL.Query())
	f := meeting.Filter{Text: in.Search("q"), Ended: in.Bool("ended")}
	if k := in.Choice("kind", kinds()...); k != "" {
		f.Kinds = []meeting.Kind{meeting.Kind(k)}
	}
	found, err := p.Bodies.Overviews(r.Context(), f)
	if err != nil {
		return err
	}
	view := listView{
		Page:   p.door.Frame(r, actor, t.T("body.title")),
		Head:   ui.Head{Title: t.T("body.title"), Lead: t.T("body.lead")},
		Filter: filter(t, f, len(found)),
		Empty: ui.Empty{Title: t.T("body.empty.title"), Text: t.T("body.empty.text"),
			Actions: []ui.Action{{Label: t.T("body.empty.all"), Href: "/forum-og-rad", Variant: ui.Secondary}}},
	}
	view.Head.Actions = []ui.Action{{Label: t.T("forum.title"), Href: "/kompetanseforum", Variant: ui.Secondary}, {Label: t.T("body.meetings.all"), Href: "/moter", Variant: ui.Secondary},
		{Label: t.T("body.cases.all"), Href: "/saker", Variant: ui.Secondary}}
	if meeting.CanCreate(actor) == nil {
		view.Head.Actions = append(view.Head.Actions, ui.Action{Label: t.T("body.new"), Href: "/forum-og-rad/nytt", Variant: ui.Secondary})
	}
	for _, g := range groups {
		group := listGroup{ID: g.id, Title: t.T(g.title), Text: t.T(g.text)}
		for _, k := range g.kinds {
			for _, o := range found {
				if o.Kind == k {
					group.Cards = append(group.Cards, p.card(t, o))
				}
			}
		}
		if len(group.Cards) > 0 {
			view.Groups = append(view.Groups, group)
		}
	}
	status := http.StatusOK
	if err := in.Err(); err != nil {
		status = http.StatusUnprocessableEntity
		view.Refused(form.Refill(&view.Filter, r.URL.Query(), err, t))
		view.Filter.Open = true
	}
	return p.door.Views.Render(w, status, "body/list", view)
}

// card is the short form: what it is, how many meet, and who leads.
func (p *pages) card(t i18n.Printer, o meeting.Overview) ui.Card {
	card := ui.Card{Kicker: t.T(o.Kind.Label()), Title: o.Name, Href: path(o.ID, ""), Text: o.About}
	if o.Rules != nil && o.Rules.Elected {
		card.Tags = append(card.Tags, ui.Tag{Text: t.T("body.elected"), Color: ui.Info})
	}
	if !o.ExistsOn(p.Clock.Today()) {
		card.Tags = append(card.Tags, ui.Tag{Text: t.T("body.ended", "date", o.To), Color: ui.Neutral})
	}
	if o.Members > 0 {
		members := t.T("body.members.n", "n", o.Members)
		if o.Rules != nil && meeting.CountsVotes(*o.Rules) {
			members = t.Join([]string{members, t.T("body.votes.n", "n", o.Votes)})
		}
		card.Facts = append(card.Facts, ui.Fact{Label: t.T("body.members"), Text: members})
	}
	if o.Leader != "" {
		card.Facts = append(card.Facts, ui.Fact{Label: t.T("body.led_by"), Text: o.Leader})
	}
	return card
}

func kinds() []string {
	var out []string
	for _, k := range meeting.Kinds() {
		out = append(out, string(k))
	}
	return out
}

func kindOptions(t i18n.Printer, any i18n.Key, chosen meeting.Kind) []form.Option {
	var out []form.Option
	if any != "" {
		out = append(out, form.Option{Label: t.T(any), Selected: chosen == ""})
	}
	for _, k := range meeting.Kinds() {
		out = append(out, form.Option{Value: string(k), Label: t.T(k.Label()), Selected: k == chosen})
	}
	return out
}

func filter(t i18n.Printer, f meeting.Filter, hits int) ui.Filter {
	var kind meeting.Kind
	if len(f.Kinds) > 0 {
		kind = f.Kinds[0]
	}
	out := ui.Filter{Action: "/forum-og-rad", Title: t.T("body.filter"), Submit: t.T("body.filter.do"), Hits: t.T("body.hits", "n", hits),
		Search: form.Field{Name: "q", Kind: form.Text, Label: t.T("body.filter.text"), Value: f.Text},
		Fields: []form.Field{
			{Name: "kind", Kind: form.Select, Label: t.T("body.field.kind"), Options: kindOptions(t, "body.filter.any", kind)},
			{Name: "ended", Kind: form.Checks, Label: t.T("body.filter.ended"), Options: []form.Option{{Value: "ja", Label: t.T("body.filter.ended.yes"), Selected: f.Ended}}},
		}}
	if f.Text != "" || kind != "" || f.Ended {
		out.Clear = &ui.Link{Label: t.T("body.filter.clear"), Href: "/forum-og-rad"}
	}
	return out
}
