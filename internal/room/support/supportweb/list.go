package supportweb

import (
	"fmt"
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/support"
)

type listView struct {
	web.Page
	Head   ui.Head
	Filter ui.Filter
	Cards  []ui.Card
	Empty  ui.Empty
	Beside []leaf.Section
}

func (p *pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	in := form.Read(r.URL.Query())
	f := support.Filter{Text: in.Search("q"), Kind: support.Kind(in.Choice("kind", kinds()...)), Group: support.TargetGroup(in.Choice("group", groups()...))}
	cards, err := p.Support.List(r.Context(), f)
	if err != nil {
		return err
	}
	filter, narrow := filter(t, f), (func(support.ID) bool)(nil)
	if p.Narrow != nil {
		more, keep, err := p.Narrow(r, in)
		if err != nil {
			return err
		}
		filter.Fields, narrow = append(filter.Fields, more...), keep
	}
	if narrow != nil {
		cards = slices.DeleteFunc(cards, func(c support.Card) bool { return !narrow(c.ID) })
		filter.Open, filter.Clear = true, &ui.Link{Label: t.T("support.filter.clear"), Href: "/verktoykasse"}
	}
	filter.Hits = t.T("support.hits", "n", len(cards))
	view := listView{
		Page:   p.door.Frame(r, actor, t.T("support.title")),
		Head:   ui.Head{Title: t.T("support.title"), Lead: t.T("support.lead")},
		Filter: filter,
		Empty: ui.Empty{Title: t.T("support.empty.title"), Text: t.T("support.empty.text"),
			Actions: []ui.Action{{Label: t.T("support.empty.all"), Href: "/verktoykasse", Variant: ui.Secondary}}},
	}
	if support.CanEdit(actor) == nil {
		view.Head.Actions = []ui.Action{{Label: t.T("support.new"), Href: "/verktoykasse/ny", Variant: ui.Secondary}}
	}
	for _, c := range cards {
		view.Cards = append(view.Cards, p.card(t, c))
	}
	if p.Beside != nil && f == (support.Filter{}) && narrow == nil {
		if view.Beside, err = p.Beside(r); err != nil {
			return fmt.Errorf("beside the toolbox: %w", err)
		}
	}
	status := http.StatusOK
	if err := in.Err(); err != nil {
		status = http.StatusUnprocessableEntity
		view.Refused(form.Refill(&view.Filter, r.URL.Query(), err, t))
		view.Filter.Open = true
	}
	return p.door.Views.Render(w, status, "support/list", view)
}

// card is the short form: what it is, for whom, and whether it is fresh.
func (p *pages) card(t i18n.Printer, c support.Card) ui.Card {
	title, _ := c.Title.In(t.Language())
	text, _ := c.What.In(t.Language())
	forWhom, _ := c.ForWhom.In(t.Language())
	card := ui.Card{Top: true, Kicker: t.T(kindLabel(c.Kind)), Title: title, Href: "/verktoykasse/" + string(c.ID), Text: text,
		Facts: []ui.Fact{{Label: t.T("support.field.for_whom"), Text: forWhom}}}
	if c.IsStale(p.Clock.Today()) {
		card.Tags = []ui.Tag{{Text: t.T("support.stale"), Color: ui.Warning}}
	}
	return card
}

func kinds() []string {
	var out []string
	for _, k := range support.Kinds() {
		out = append(out, string(k))
	}
	return out
}

func groups() []string {
	var out []string
	for _, g := range support.TargetGroups() {
		out = append(out, string(g))
	}
	return out
}

func kindOptions(t i18n.Printer, any i18n.Key, chosen support.Kind) []form.Option {
	var out []form.Option
	if any != "" {
		out = append(out, form.Option{Value: "", Label: t.T(any), Selected: chosen == ""})
	}
	for _, k := range support.Kinds() {
		out = append(out, form.Option{Value: string(k), Label: t.T(kindLabel(k)), Selected: k == chosen})
	}
	return out
}

func groupOptions(t i18n.Printer, any i18n.Key, chosen support.TargetGroup) []form.Option {
	var out []form.Option
	if any != "" {
		out = append(out, form.Option{Value: "", Label: t.T(any), Selected: chosen == ""})
	}
	for _, g := range support.TargetGroups() {
		out = append(out, form.Option{Value: string(g), Label: t.T(groupLabel(g)), Selected: g == chosen})
	}
	return out
}

func filter(t i18n.Printer, f support.Filter) ui.Filter {
	out := ui.Filter{Action: "/verktoykasse", Title: t.T("support.filter"), Submit: t.T("support.filter.do"),
		Search: form.Field{Name: "q", Kind: form.Text, Label: t.T("support.filter.text"), Value: f.Text},
		Fields: []form.Field{
			{Name: "kind", Kind: form.Select, Label: t.T("support.field.kind"), Options: kindOptions(t, "support.filter.any_kind", f.Kind)},
			{Name: "group", Kind: form.Select, Label: t.T("support.field.target_group"), Options: groupOptions(t, "support.filter.any_group", f.Group)},
		}}
	if f.Text != "" || f.Kind != "" || f.Group != "" {
		out.Clear = &ui.Link{Label: t.T("support.filter.clear"), Href: "/verktoykasse"}
	}
	return out
}
