package poolweb

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/need/wording"
)

type listView struct {
	web.Page
	Head   ui.Head
	Filter ui.Filter
	Table  ui.Table
	Pager  *ui.Pager
	Note   string
}

func poolStates() []flow.State {
	return slices.DeleteFunc(need.States(), func(s flow.State) bool { return s == need.Draft || s == need.Merged })
}

// poolFilter reads the filter of a list of pooled needs from an address; the
// fault names what cannot be used.
func (p *pages) poolFilter(values url.Values) (pool.Filter, error) {
	in := form.Read(values)
	f := pool.Filter{Text: in.Search("q"), After: in.Text("after"), Limit: ui.PageSize,
		States:  oneOrNone(flow.State(in.Choice("state", text.Strings(poolStates())...))),
		Fields:  oneOrNone(need.Field(in.Choice("field", text.Strings(need.Fields())...))),
		Levels:  oneOrNone(need.Level(in.Choice("level", text.Strings(need.Levels())...))),
		Regions: oneOrNone(need.Region(in.Choice("region", text.Strings(wording.Regions(p.Places))...)))}
	return f, in.Err()
}

func (p *pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	f, wrong := p.poolFilter(r.URL.Query())
	view := listView{Page: p.door.Frame(r, actor, t.T("pool.title")), Head: ui.Head{Title: t.T("pool.title"), Lead: t.T("pool.lead")},
		Filter: p.poolFilterForm(t, f), Note: t.T("pool.figures.note")}
	view.Crumbs = []ui.Link{{Label: t.T("pool.crumb.needs"), Href: "/behov"}}
	if pool.CanMake(actor) {
		view.Head.Actions = []ui.Action{{Label: t.T("pool.make"), Href: "/felles/ny", Variant: ui.Primary}}
	}
	if wrong != nil {
		view.Refused(form.Refill(&view.Filter, r.URL.Query(), wrong, t))
		view.Filter.Open = true
		return p.door.Views.Render(w, http.StatusUnprocessableEntity, "pool/list", view)
	}
	found, total, err := p.Pools.List(r.Context(), actor, f)
	if err != nil {
		return err
	}
	view.Filter.Hits, view.Table = t.T("pool.hits", "n", total), p.poolTable(t, found.Items)
	if f.After != "" || found.Next != "" {
		view.Pager = pager(t, r.URL, found.Next, len(found.Items), total)
	}
	return p.door.Views.Render(w, http.StatusOK, "pool/list", view)
}

func (p *pages) poolFilterForm(t i18n.Printer, f pool.Filter) ui.Filter {
	out := ui.Filter{Action: "/felles", Title: t.T("pool.filter"), Submit: t.T("pool.filter.do"),
		Search: form.Field{Name: "q", Kind: form.Text, Label: t.T("pool.filter.text"), Value: f.Text},
		Fields: []form.Field{
			{Name: "state", Kind: form.Select, Label: t.T("pool.col.state"), Options: wording.Options(t, "pool.any.state", poolStates(), need.StateLabel, first(f.States))},
			{Name: "field", Kind: form.Select, Label: t.T("pool.col.field"), Options: wording.Options(t, "pool.any.field", need.Fields(), need.Field.Label, first(f.Fields))},
			{Name: "level", Kind: form.Select, Label: t.T("pool.col.level"), Options: wording.Options(t, "pool.any.level", need.Levels(), need.Level.Label, first(f.Levels))},
			{Name: "region", Kind: form.Select, Label: t.T("pool.col.region"), Options: p.regionOptions(t, first(f.Regions))},
		}}
	if len(f.States)+len(f.Fields)+len(f.Levels)+len(f.Regions) > 0 {
		out.Open = true
	}
	if out.Open || f.Text != "" {
		out.Clear = &ui.Link{Label: t.T("pool.filter.clear"), Href: "/felles"}
	}
	return out
}

func first[T any](list []T) T {
	var none T
	if len(list) == 0 {
		return none
	}
	return list[0]
}

func (p *pages) poolTable(t i18n.Printer, items []pool.Item) ui.Table {
	table := ui.Table{Caption: t.T("pool.title"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("pool.col.title")}, {Label: t.T("pool.col.field")}, {Label: t.T("pool.col.region")},
			{Label: t.T("pool.col.headcount"), Number: true}, {Label: t.T("pool.col.firms"), Number: true}, {Label: t.T("pool.col.state")}},
		Empty: ui.Empty{Title: t.T("pool.empty.title"), Text: t.T("pool.empty.text"),
			Actions: []ui.Action{{Label: t.T("pool.empty.all"), Href: "/felles", Variant: ui.Secondary}}}}
	for _, it := range items {
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{
			{Text: it.Title, Href: "/felles/" + string(it.ID), Sub: it.Number},
			{Text: t.T(it.Field.Label()), Sub: levelText(t, it.Level)},
			{Text: p.region(t, it.Region)},
			{Text: wording.Number(t, it.Headcount, "")},
			{Text: wording.Number(t, it.Firms, wording.FewFirms)},
			{Tags: []ui.Tag{wording.State(t, it.State)}},
		}})
	}
	return table
}

// levelText names a level, and says nothing about one that nobody has said.
func levelText(t i18n.Printer, l need.Level) string {
	if l == "" || l == need.LevelUnknown {
		return ""
	}
	return t.T(l.Label())
}

// pager leads on through a list of which shown of total are on this page.
func pager(t i18n.Printer, u *url.URL, next string, shown, total int) *ui.Pager {
	out := &ui.Pager{Label: t.T("pool.pages"), Summary: t.T("pool.pages.summary", "shown", shown, "total", total)}
	q := u.Query()
	if q.Get("after") != "" {
		q.Del("after")
		out.First = &ui.Link{Label: t.T("pool.pages.first"), Href: address(u.Path, q)}
	}
	if next != "" {
		q.Set("after", next)
		out.Next = &ui.Link{Label: t.T("pool.pages.next"), Href: address(u.Path, q)}
	}
	return out
}

// address is a path with a query; "ok" is for one look at a page only.
func address(path string, q url.Values) string {
	q.Del("ok")
	q.Del("lang")
	return strings.TrimSuffix(path+"?"+q.Encode(), "?")
}
