package supplyweb

import (
	"net/http"
	"net/url"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/happened"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/say"
)

type listView struct {
	web.Page
	Head   ui.Head
	Filter ui.Filter
	Table  ui.Table
	Pager  *ui.Pager
	Links  []ui.Link // the same list in other shapes
	Feed   string    // address of what is new in it; none when there is no feed
}

func (p *pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	s, values := p.speaker(r), r.URL.Query()
	f, wrong := p.addresses.Filter(values)
	f.Limit = ui.PageSize
	hits, err := p.Supply.List(r.Context(), f)
	if fault.Is(err, fault.Invalid) {
		// A place in the list that there is no more: begin again.
		f.After = ""
		hits, err = p.Supply.List(r.Context(), f)
	}
	if err != nil {
		return err
	}
	view := listView{
		Page:   p.door.Frame(r, actor, s.T("supply.title")),
		Head:   ui.Head{Title: s.T("supply.title"), Lead: s.T("supply.lead")},
		Filter: p.filterForm(s, values, f, hits.Total),
		Table:  p.table(s, values, f, hits),
		Pager:  pager(s, "/tilbud", values, hits),
	}
	if actor.Has(access.RoleProviderUser) {
		view.Head.Actions = []ui.Action{{Label: s.T("supply.mine.title"), Href: "/tilbud/mine", Variant: ui.Secondary}}
	}
	if actor.SignedIn() {
		view.Head.Actions = append(view.Head.Actions, ui.Action{Label: s.T("supply.applications"), Href: "/soknader", Variant: ui.Tertiary})
	}
	view.Head.Actions = append(view.Head.Actions, ui.Action{Label: s.T("supply.positions"), Href: "/stillinger", Variant: ui.Tertiary})
	view.Links = shapes(s, values, actor, len(hits.Items) > 0)
	if p.News != nil && wrong == nil {
		view.Feed = feedOf(values)
		view.Links = append(view.Links, ui.Link{Label: s.T("supply.feed.link"), Href: view.Feed})
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
		view.Refused(form.Refill(&view.Filter, values, wrong, s.Printer))
		view.Filter.Open = true
	}
	return p.door.Views.Render(w, status, "supply/list", view)
}

// shapes leads to the same list as files, when there is something in it, and to
// following it: also one that finds nothing yet.
func shapes(s say.Speaker, values url.Values, actor access.Actor, any bool) []ui.Link {
	var out []ui.Link
	q := kept(values)
	for _, x := range []struct {
		file  string
		label i18n.Key
	}{{"eksport.csv", "supply.export.csv"}, {"eksport.xlsx", "supply.export.xlsx"}, {"eksport.json", "supply.export.json"}} {
		if any {
			out = append(out, ui.Link{Label: s.T(x.label), Href: "/tilbud/" + x.file + query(q)})
		}
	}
	if q.Del("sort"); actor.SignedIn() && len(q) > 0 {
		out = append(out, ui.Link{Label: s.T("supply.follow.search"), Href: follow.Topic{Target: follow.Search, Kind: happened.Kind, Ref: q.Encode()}.Path()})
	}
	return out
}

// table has a row for each offering. Where the reader said a place, the way
// there is a column.
func (p *pages) table(s say.Speaker, values url.Values, f supply.Filter, hits supply.Hits) ui.Table {
	current := f.Sort
	if current == "" {
		current = supply.ByStart
		if f.Near != "" {
			current = supply.ByDistance
		}
	}
	column := func(label i18n.Key, sort supply.Sort) ui.Column {
		c := ui.Column{Label: s.T(label)}
		if sort != "" {
			c.Href = "/tilbud" + with(values, "sort", string(sort))
		}
		if sort == current && sort != "" {
			c.Sort = "ascending"
		}
		return c
	}
	t := ui.Table{ID: "tilbud", Caption: s.T("supply.table"), CaptionHidden: true, Empty: ui.Empty{Title: s.T("supply.empty.title"), Text: s.T("supply.empty.text"),
		Actions: []ui.Action{{Label: s.T("supply.filter.clear"), Href: "/tilbud", Variant: ui.Secondary}, {Label: s.T("supply.empty.find"), Href: "/finn", Variant: ui.Tertiary}}},
		Columns: []ui.Column{column("supply.col.title", supply.ByTitle), column("supply.col.start", supply.ByStart), column("supply.f.form", ""), column("supply.col.meets", "")}}
	if f.Near != "" {
		t.Columns = append(t.Columns, column("supply.col.distance", supply.ByDistance))
	}
	t.Columns = append(t.Columns, column("supply.col.status", ""))
	for _, h := range hits.Items {
		t.Rows = append(t.Rows, row(s, f, h))
	}
	return t
}

func row(s say.Speaker, f supply.Filter, h supply.Hit) ui.Row {
	o, p := h.Offering, h.Programme
	href := offeringPath(o)
	if f.Near != "" {
		href = programmePath(p.ID) + "?near=" + url.QueryEscape(string(f.Near)) + "#" + anchor(o.ID)
	}
	title := ui.Cell{Text: s.Text(p.Title), Href: href, Sub: s.T("supply.row.sub", "provider", p.ProviderName, "level", p.Level.Label())}
	if h.Badge.Holds {
		title.Tags = []ui.Tag{{Text: s.T("supply.badge"), Color: ui.Accent}}
	}
	status := statusCell(s, h.Status)
	cells := []ui.Cell{title, {Text: s.Start(*o, h.Earliest)}, {Text: s.T(o.Delivery.Label())}, {Text: s.Meets(*o)}}
	if f.Near != "" {
		cells = append(cells, ui.Cell{Text: s.Trip(h.Trip)})
	}
	return ui.Row{Cells: append(cells, status)}
}

// statusCell is the state as a tag, with the day where there is one.
func statusCell(s say.Speaker, st offer.Status) ui.Cell {
	cell := ui.Cell{Tags: []ui.Tag{s.StatusTag(st)}}
	if text := s.Status(st); text != cell.Tags[0].Text {
		cell.Sub = text
	}
	return cell
}

// pager walks through the list; nil when all is on one page.
func pager(s say.Speaker, path string, values url.Values, hits supply.Hits) *ui.Pager {
	if hits.From == 0 && hits.Next == "" {
		return nil
	}
	p := &ui.Pager{Label: s.T("supply.pager"), Summary: s.T("supply.pager.summary", "from", hits.From+1, "to", hits.From+len(hits.Items), "total", hits.Total)}
	if hits.From > 0 {
		p.First = &ui.Link{Label: s.T("supply.pager.first"), Href: path + query(kept(values))}
	}
	if hits.Next != "" {
		q := kept(values)
		q.Set("after", hits.Next)
		p.Next = &ui.Link{Label: s.T("supply.pager.next"), Href: path + "?" + q.Encode()}
	}
	return p
}
