package needweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/needweb/telling"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/need/wording"
)

type listView struct {
	web.Page
	Head   ui.Head
	Tabs   *ui.Tabs
	Filter ui.Filter
	Table  ui.Table
	// Pool is the button that makes a pooled need of the ticked rows; its form
	// is poolForm.
	Pool  *ui.Action
	Pager *ui.Pager
	Links []ui.Link // the same list in other shapes
}

// poolForm is the id of the form that the rows' boxes belong to.
const poolForm = "felles"

// asked is what the address of a list asks for. The names are those of JSON.
type asked struct {
	list.Query
	state        flow.State
	purpose      need.Purpose
	level        need.Level
	municipality string // as written
	region       string
}

// readList reads the address; the fault names what cannot be used.
func (p *pages) readList(values url.Values) (asked, error) {
	in := form.Read(values)
	a := asked{state: flow.State(in.Choice("state", text.Strings(need.States())...)), purpose: need.Purpose(in.Choice("purpose", text.Strings(need.Purposes())...)),
		level: need.Level(in.Choice("level", text.Strings(need.Levels())...)), municipality: in.Text("municipality"), region: in.Text("region")}
	a.Query = list.Query{Order: in.Choice("sort", list.Orders().Names()...), After: in.Text("after"), Limit: ui.PageSize, Filter: list.Filter{
		Text: in.Search("q"), Mine: in.Bool("mine"), BallMine: in.Bool("ball"), Overdue: in.Bool("overdue")}}
	if a.state != "" {
		a.States = []flow.State{a.state}
	}
	if a.purpose != "" {
		a.Purposes = []need.Purpose{a.purpose}
		if a.purpose != need.Both {
			a.Purposes = append(a.Purposes, need.Both)
		}
	}
	if a.level != "" {
		a.Levels = []need.Level{a.level}
	}
	if a.municipality != "" {
		if n := p.numberOf(in.Refuse, a.municipality); n != "" {
			a.Municipalities = []string{n}
		}
	}
	if a.region != "" {
		p.addRegion(in, &a)
	}
	return a, in.Err()
}

// FilterOf is the filter that a list's address asks for; the fault names what
// cannot be used.
func FilterOf(needs *need.Service, values url.Values) (list.Filter, error) {
	a, err := (&pages{Deps: Deps{Needs: needs}}).readList(values)
	return a.Filter, err
}

// QueryOf is FilterOf with the order that the address asks for.
func QueryOf(needs *need.Service, values url.Values) (list.Query, error) {
	a, err := (&pages{Deps: Deps{Needs: needs}}).readList(values)
	return list.Query{Filter: a.Filter, Order: a.Order}, err
}

// addRegion narrows the list to the region's municipalities, and to the one
// that was asked for when that lies in it.
func (p *pages) addRegion(in *form.Input, a *asked) {
	members, err := p.Needs.Places().MembersAt(place.RegionID(a.region), p.Needs.Today())
	if err != nil {
		in.Refuse("region", "form.error.choice")
		return
	}
	numbers := text.Strings(place.Numbers(members))
	if len(a.Municipalities) > 0 {
		if !slices.Contains(numbers, a.Municipalities[0]) {
			in.Refuse("municipality", "need.error.not_in_region")
		}
		return
	}
	a.Municipalities = numbers
}

func (p *pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t, values := p.door.Printer(r), r.URL.Query()
	a, err := p.readList(values)
	view := listView{Page: p.door.Frame(r, actor, t.T("need.list.title")), Filter: p.filter(t, a, values),
		Head: ui.Head{Title: t.T("need.list.title"), Lead: t.T("need.list.lead")}}
	if !actor.SignedIn() {
		view.Head.Lead = t.T("need.list.lead_open")
	}
	if need.CanRegister(actor) || !actor.SignedIn() {
		view.Head.Actions = []ui.Action{{Label: t.T("need.action.new"), Href: "/behov/ny", Variant: ui.Primary}}
	}
	if need.CanRegister(actor) {
		view.Head.Actions = append(view.Head.Actions, ui.Action{Label: t.T("need.action.paste"), Href: "/behov/lim-inn", Variant: ui.Secondary})
	}
	if need.CanRegister(actor) || !need.Office(actor).IsNowhere() {
		view.Tabs = tabs(t, a, need.CanRegister(actor))
	}
	if err != nil {
		view.Refused(form.Refill(&view.Filter, values, err, t))
		view.Filter.Open = true
		return p.door.Views.Render(w, http.StatusUnprocessableEntity, "need/list", view)
	}
	page, total, err := p.Lists.List(r.Context(), actor, a.Query)
	if err != nil {
		return err
	}
	view.Filter.Hits = t.T("need.hits", "n", total)
	view.Table = p.table(t, a, values, page.Items, actor)
	if a.After != "" || page.Next != "" {
		view.Pager = pager(t, values, page.Next, len(page.Items), total)
	}
	if pool.CanMake(actor) && total > 0 {
		view.Pool = &ui.Action{Label: t.T("need.action.pool"), Submit: true, Variant: ui.Secondary}
	}
	if total > 0 {
		view.Links = shapes(t, values, actor)
	}
	return p.door.Views.Render(w, http.StatusOK, "need/list", view)
}

// with is the list's address with one value changed, on its first page.
func with(values url.Values, name, value string) string {
	q := url.Values{}
	for _, known := range []string{"q", "state", "purpose", "level", "municipality", "region", "mine", "ball", "overdue", "sort"} {
		if v := values.Get(known); v != "" && known != name {
			q.Set(known, v)
		}
	}
	if value != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return "/behov"
	}
	return "/behov?" + q.Encode()
}

func tabs(t i18n.Printer, a asked, own bool) *ui.Tabs {
	drafts := a.Mine && a.state == need.Draft
	items := []ui.Tab{{Label: t.T("need.tab.all"), Href: "/behov", Current: !a.Mine && !a.BallMine}}
	if own {
		items = append(items, ui.Tab{Label: t.T("need.tab.mine"), Href: "/behov?mine=1", Current: a.Mine && !drafts},
			ui.Tab{Label: t.T("need.tab.drafts"), Href: "/behov?mine=1&state=draft", Current: drafts})
	}
	items = append(items, ui.Tab{Label: t.T("need.tab.ball"), Href: "/behov?ball=1", Current: a.BallMine && !a.Mine})
	return &ui.Tabs{Label: t.T("need.tabs"), Items: items}
}

// states are the states of a list of needs to choose from, without drafts.
func states() []flow.State {
	return slices.DeleteFunc(need.States(), func(s flow.State) bool { return s == need.Draft })
}

func (p *pages) filter(t i18n.Printer, a asked, values url.Values) ui.Filter {
	byState := []form.Option{{Label: t.T("need.any.state"), Selected: a.state == ""}}
	for _, s := range states() {
		byState = append(byState, form.Option{Value: string(s), Label: t.T(need.StateLabel(s)), Selected: s == a.state})
	}
	byRegion := []form.Option{{Label: t.T("need.any.region"), Selected: a.region == ""}}
	for _, g := range p.Needs.Places().Regions(p.Needs.Today()) {
		byRegion = append(byRegion, form.Option{Value: string(g.ID), Label: g.Name, Selected: string(g.ID) == a.region})
	}
	f := ui.Filter{Action: "/behov", Title: t.T("need.filter"), Submit: t.T("need.filter.do"), Chosen: t.T("need.filter.chosen"),
		Search: form.Field{Name: "q", Kind: form.Text, Label: t.T("need.filter.text"), Value: a.Text},
		Fields: []form.Field{
			{Name: "state", Kind: form.Select, Label: t.T("need.label.state"), Options: byState},
			{Name: "purpose", Kind: form.Select, Label: t.T("need.label.purpose"), Options: options(t, "need.any.purpose", need.Purposes(), a.purpose)},
			{Name: "level", Kind: form.Select, Label: t.T("need.label.level"), Options: options(t, "need.any.level", need.Levels(), a.level)},
			{Name: "municipality", Kind: form.Suggest, Label: t.T("need.label.municipality"), Value: a.municipality, Datalist: p.Needs.Places().Options(p.Needs.Today()), Autocomplete: "off"},
			{Name: "region", Kind: form.Select, Label: t.T("need.label.region"), Options: byRegion},
			{Name: "overdue", Kind: form.Checks, Label: t.T("need.label.overdue"), Options: []form.Option{{Value: "1", Label: t.T("need.label.overdue.yes"), Selected: a.Overdue}}},
		}}
	for _, name := range []string{"mine", "ball", "sort"} {
		if v := values.Get(name); v != "" {
			f.Hidden = append(f.Hidden, ui.Hidden{Name: name, Value: v})
		}
	}
	f.Chips = p.chips(t, a, values, byRegion)
	if len(f.Chips) > 0 {
		f.Clear = &ui.Link{Label: t.T("need.filter.clear"), Href: clearHref(values)}
	}
	return f
}

func clearHref(values url.Values) string {
	keep := url.Values{}
	for _, name := range []string{"mine", "ball"} {
		if v := values.Get(name); v != "" {
			keep.Set(name, v)
		}
	}
	return with(keep, "", "")
}

func (p *pages) chips(t i18n.Printer, a asked, values url.Values, regions []form.Option) []ui.Chip {
	var out []ui.Chip
	add := func(name, label string) {
		if label != "" {
			out = append(out, ui.Chip{Label: label, Href: with(values, name, ""), Remove: t.T("need.filter.remove")})
		}
	}
	if a.Text != "" {
		add("q", "«"+a.Text+"»")
	}
	if a.state != "" && !(a.Mine && a.state == need.Draft) {
		add("state", t.T(need.StateLabel(a.state)))
	}
	add("purpose", telling.Label(t, a.purpose))
	add("level", telling.Label(t, a.level))
	add("municipality", a.municipality)
	for _, g := range regions {
		if a.region != "" && g.Value == a.region {
			add("region", g.Label)
		}
	}
	if a.Overdue {
		add("overdue", t.T("need.label.overdue.yes"))
	}
	return out
}

func (p *pages) table(t i18n.Printer, a asked, values url.Values, items []list.Item, actor access.Actor) ui.Table {
	sorted := func(label i18n.Key, order, other, direction string, number bool) ui.Column {
		c := ui.Column{Label: t.T(label), Href: with(values, "sort", order), Number: number}
		switch a.Order {
		case order:
			c.Sort = direction
			if other != "" {
				c.Href = with(values, "sort", other)
			}
		case other:
			if other != "" {
				c.Sort = "descending"
			}
		}
		return c
	}
	table := ui.Table{Caption: t.T("need.list.title"), CaptionHidden: true, Empty: emptyList(t, a, values, actor), Columns: []ui.Column{
		sorted("need.column.need", "number", "number_desc", "ascending", false),
		sorted("need.label.municipality", "municipality", "", "ascending", false),
		sorted("need.column.headcount", "headcount", "", "descending", true),
		{Label: t.T("need.label.state")},
		sorted("need.column.due", "due", "", "ascending", false),
	}}
	wanted := a.Order == "wanted_from" || slices.ContainsFunc(items, func(it list.Item) bool { return !it.WantedFrom.IsZero() })
	if wanted {
		table.Columns = append(table.Columns, sorted("need.label.wanted_from", "wanted_from", "", "ascending", false))
	}
	for _, it := range items {
		row := p.row(t, it)
		if wanted {
			row.Cells = append(row.Cells, ui.Cell{Text: t.Date(it.WantedFrom)})
		}
		if pool.CanMake(actor) && it.Pool == nil && slices.Contains(need.Poolable(), it.State) {
			row.Cells[0].Check = &ui.Check{Name: "behov", Value: string(it.ID), Label: t.T("need.choose", "title", it.Title), Form: poolForm}
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func (p *pages) row(t i18n.Printer, it list.Item) ui.Row {
	whose := it.OrganisationName
	if it.Organisation == "" && it.Firms > 1 {
		whose = t.T("need.firms", "n", it.Firms)
	}
	title, sub := it.Title, it.Number
	if title == "" {
		title = t.T("need.untitled")
	}
	if sub != "" && whose != "" {
		sub += " · "
	}
	place := ""
	if it.Municipality != "" {
		place = p.placeName(it.Municipality)
	}
	state, due := ui.Cell{Tags: []ui.Tag{wording.State(t, it.State)}}, ui.Cell{Text: t.Date(it.Due)}
	if it.Pool != nil {
		state.Sub = it.Pool.Number
	}
	if it.Overdue {
		due.Tags = []ui.Tag{{Text: t.T("need.overdue"), Color: ui.Danger}}
	}
	return ui.Row{ID: "n-" + string(it.ID), Cells: []ui.Cell{{Text: title, Href: path(it.ID), Sub: sub + whose}, {Text: place},
		{Text: positive(it.Headcount)}, state, due}}
}

// emptyList tells why there is nothing, and the way on.
func emptyList(t i18n.Printer, a asked, values url.Values, actor access.Actor) ui.Empty {
	report := ui.Action{Label: t.T("need.action.new"), Href: "/behov/ny", Variant: ui.Secondary}
	switch {
	case with(values, "sort", "") != clearHref(values) && !(a.Mine && a.state == need.Draft):
		return ui.Empty{Title: t.T("need.empty.filter"), Text: t.T("need.empty.filter.text"),
			Actions: []ui.Action{{Label: t.T("need.filter.clear"), Href: clearHref(values), Variant: ui.Secondary}}}
	case a.BallMine:
		return ui.Empty{Title: t.T("need.empty.ball"), Text: t.T("need.empty.ball.text")}
	case a.state == need.Draft:
		return ui.Empty{Title: t.T("need.empty.drafts"), Text: t.T("need.empty.drafts.text"), Actions: []ui.Action{report}}
	case !actor.SignedIn():
		return ui.Empty{Title: t.T("need.empty.open"), Text: t.T("need.empty.open.text"),
			Actions: []ui.Action{report, {Label: t.T("site.signin"), Href: "/logg-inn?til=/behov", Variant: ui.Tertiary}}}
	}
	empty := ui.Empty{Title: t.T("need.empty.all"), Text: t.T("need.empty.all.text")}
	if need.CanRegister(actor) {
		empty.Actions = []ui.Action{report}
	}
	return empty
}

// pager goes forward from row to row; back is the first page, and the browser.
func pager(t i18n.Printer, values url.Values, next string, shown, total int) *ui.Pager {
	p := &ui.Pager{Label: t.T("need.pager"), Summary: t.T("need.pager.summary", "shown", strconv.Itoa(shown), "n", total)}
	first := with(values, "", "")
	if values.Get("after") != "" {
		p.First = &ui.Link{Label: t.T("need.pager.first"), Href: first}
	}
	if next != "" {
		glue := "?"
		if len(first) > len("/behov") {
			glue = "&"
		}
		p.Next = &ui.Link{Label: t.T("need.pager.next"), Href: first + glue + "after=" + url.QueryEscape(next)}
	}
	return p
}

// shapes leads to the same list on the map and as files, and to following it.
func shapes(t i18n.Printer, values url.Values, actor access.Actor) []ui.Link {
	query := with(values, "", "")[len("/behov"):]
	out := []ui.Link{{Label: t.T("need.shape.map"), Href: "/behov/kart" + query}, {Label: t.T("need.shape.paper"), Href: "/behov/moteliste" + query}, {Label: t.T("need.shape.csv"), Href: "/behov/eksport.csv" + query},
		{Label: t.T("need.shape.xlsx"), Href: "/behov/eksport.xlsx" + query}, {Label: t.T("need.shape.json"), Href: "/behov/eksport.json" + query}}
	if search := strings.TrimPrefix(query, "?"); actor.SignedIn() && search != "" {
		out = append(out, ui.Link{Label: t.T("need.shape.follow"), Href: follow.Topic{Target: follow.Search, Kind: need.FlowKind, Ref: search}.Path()})
	}
	return out
}
