package positionweb

import (
	"net/http"
	"net/url"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/position"
)

// onPage is how many positions a page of the list shows.
const onPage = 24

// list is what is open to all, under what the reader's own organisations have.
func (p *Pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	after := r.URL.Query().Get("after")
	open, err := p.Positions.List(r.Context(), position.Filter{}, after, onPage)
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Title: t.T("position.title"), Lead: t.T("position.lead")}}
	if after == "" {
		mine, err := p.Positions.Mine(r.Context(), actor)
		if err != nil {
			return err
		}
		if len(mine) > 0 {
			page.Main = append(page.Main, leaf.Section{ID: "dine", Title: t.T("position.mine"), Cards: p.cards(t, mine)})
		}
	}
	all := leaf.Section{ID: "apne", Title: t.T("position.open"), Cards: p.cards(t, open.Items)}
	if len(open.Items) == 0 {
		all.Empty = &ui.Empty{Title: t.T("position.none"), Text: t.T("position.none.text")}
	}
	if open.Next != "" {
		all.Actions = []ui.Action{{Label: t.T("position.more"), Href: "/stillinger?" + url.Values{"after": {open.Next}}.Encode(), Variant: ui.Secondary}}
	}
	page.Main = append(page.Main, all)
	page.Head.Actions = []ui.Action{{Label: t.T("position.results"), Href: "/stillinger/resultat", Variant: ui.Secondary}}
	if slices.ContainsFunc(position.WriterRoles(), func(x access.Role) bool { return actor.Has(x) }) {
		page.Head.Actions = append([]ui.Action{{Label: t.T("position.new"), Href: "/stillinger/ny", Variant: ui.Primary}}, page.Head.Actions...)
	}
	return leaf.Show(p.door, w, r, actor, page)
}

func (p *Pages) cards(t i18n.Printer, list []position.Position) []ui.Card {
	var out []ui.Card
	for _, x := range list {
		c := ui.Card{Kicker: x.EmployerName, Title: x.Title, Href: path(x.ID, ""), Tags: []ui.Tag{stateTag(t, x)},
			Facts: []ui.Fact{{Label: t.T("position.field.municipality"), Text: p.place(x.Municipality)}, {Label: t.T("position.field.required"), Text: x.Required}}}
		if !x.ApplyBy.IsZero() && x.State == position.Published {
			c.Facts = append(c.Facts, ui.Fact{Label: t.T("position.field.apply_by"), Text: t.Date(x.ApplyBy)})
		}
		out = append(out, c)
	}
	return out
}
