package roundweb

import (
	"net/http"
	"net/url"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/outreach/round"
)

type listView struct {
	web.Page
	Head  ui.Head
	Tabs  ui.Tabs
	Cards []ui.Card
	Empty ui.Empty
	Pager *ui.Pager
}

func (p *pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t, query := p.door.Printer(r), r.URL.Query()
	state := round.State("")
	view := listView{Page: p.door.Frame(r, actor, t.T("round.title")), Tabs: ui.Tabs{Label: t.T("round.tabs")},
		Head: ui.Head{Title: t.T("round.title"), Lead: t.T("round.lead"), Actions: []ui.Action{{Label: t.T("round.new"), Href: "/runder/ny", Variant: ui.Primary}}}}
	view.Crumbs = []ui.Link{}
	for _, s := range []round.State{"", round.Open, round.Draft, round.Closed} {
		tab := ui.Tab{Label: t.T("round.tab.all"), Href: "/runder", Current: string(s) == query.Get("tilstand")}
		if s != "" {
			tab.Label, tab.Href = t.T(s.Label()), "/runder?tilstand="+string(s)
		}
		if tab.Current {
			state = s
		}
		view.Tabs.Items = append(view.Tabs.Items, tab)
	}
	page, err := p.Rounds.List(r.Context(), actor, state, query.Get("after"), ui.PageSize)
	if err != nil {
		return err
	}
	for _, e := range page.Items {
		card := ui.Card{Top: true, Kicker: e.HubName, Title: e.Title, Href: path(e.ID), Tags: []ui.Tag{stateTag(t, e.StateOn(p.Clock.Today()))},
			Facts: []ui.Fact{{Label: t.T("round.deadline"), Text: t.Date(e.Deadline)}, {Label: t.T("round.invited"), Text: t.Number(e.Count.Invited)}}}
		if e.State != round.Draft {
			card.Facts = append(card.Facts, ui.Fact{Label: t.T("round.answered"), Text: t.T("round.of", "n", e.Count.Answered, "of", e.Count.Invited)})
		}
		view.Cards = append(view.Cards, card)
	}
	view.Empty = ui.Empty{Title: t.T("round.empty"), Text: t.T("round.empty.text")}
	if page.Next != "" {
		view.Pager = &ui.Pager{Label: t.T("round.pages"), Next: &ui.Link{Label: t.T("round.older"), Href: "/runder?" + url.Values{"tilstand": {string(state)}, "after": {page.Next}}.Encode()}}
	}
	return p.door.Views.Render(w, http.StatusOK, "round/list", view)
}
