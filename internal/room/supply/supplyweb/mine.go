package supplyweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/say"
)

type mineView struct {
	web.Page
	Head       ui.Head
	Notices    []ui.Notice
	Filter     ui.Filter
	Table      ui.Table
	Pager      *ui.Pager
	Programmes ui.Table
}

// mine lists what the reader's organisations offer: the offerings with their
// states, and the programmes, also those that have no offering yet.
func (p *pages) mine(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	s, values := p.speaker(r), r.URL.Query()
	in := form.Read(values)
	f := supply.Filter{Text: in.Search("q"), All: true, Sort: supply.ByTitle, After: in.Text("after"), Limit: ui.PageSize}
	wrong := in.Err()
	hits, err := p.Supply.Mine(r.Context(), actor, f)
	if err != nil {
		return err
	}
	programmes, _, _, err := p.Supply.MyProgrammes(r.Context(), actor, supply.ProgrammeFilter{Text: f.Text, Limit: 500})
	if err != nil {
		return err
	}
	view := mineView{Page: p.door.Frame(r, actor, s.T("supply.mine.title")),
		Head: ui.Head{Title: s.T("supply.mine.title"), Lead: s.T("supply.mine.lead"), Actions: []ui.Action{
			{Label: s.T("supply.act.new_programme"), Href: "/tilbud/ny", Variant: ui.Primary},
			{Label: s.T("supply.import.title"), Href: "/tilbud/import", Variant: ui.Secondary}}},
		Filter: ui.Filter{Action: "/tilbud/mine", Submit: s.T("supply.filter.show"), Hits: s.T("supply.hits", "n", hits.Total),
			Search: form.Field{Name: "q", Kind: form.Text, Label: s.T("supply.filter.text"), Value: f.Text}},
		Pager: pager(s, "/tilbud/mine", values, hits),
	}
	view.Crumbs = []ui.Link{{Label: s.T("supply.title"), Href: "/tilbud"}}
	view.Table, view.Programmes = mineTable(s, hits), programmeTable(s, programmes)
	stale := 0
	for _, h := range hits.Items {
		if h.Stale {
			stale++
		}
	}
	if stale > 0 {
		view.Notices = append(view.Notices, ui.Notice{Color: ui.Warning, Text: s.T("supply.mine.stale", "n", stale)})
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
		view.Refused(form.Refill(&view.Filter, values, wrong, s.Printer))
	}
	return p.door.Views.Render(w, status, "supply/mine", view)
}

func mineTable(s say.Speaker, hits supply.Hits) ui.Table {
	t := ui.Table{Caption: s.T("supply.mine.offerings"), Columns: []ui.Column{{Label: s.T("supply.col.title")}, {Label: s.T("supply.col.start")}, {Label: s.T("supply.col.status")},
		{Label: s.T("supply.col.places")}, {Label: s.T("supply.f.last_confirmed")}, {Label: s.T("supply.col.act"), Hidden: true}},
		Empty: ui.Empty{Title: s.T("supply.mine.empty.title"), Text: s.T("supply.mine.empty.text"),
			Actions: []ui.Action{{Label: s.T("supply.act.new_programme"), Href: "/tilbud/ny", Variant: ui.Secondary}}}}
	for _, h := range hits.Items {
		o := h.Offering
		state := statusCell(s, h.Status)
		confirmed := ui.Cell{Text: s.Date(o.LastConfirmed)}
		if h.Stale {
			confirmed.Tags = []ui.Tag{{Text: s.T("supply.stale"), Color: ui.Warning}}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{
			{Text: s.Text(h.Programme.Title), Href: offeringPath(o), Sub: s.T(o.Delivery.Label())}, {Text: s.Start(*o, h.Earliest)}, state,
			{Text: placesCell(s, *o)}, confirmed, {Actions: pressing(s, h.Item)}}})
	}
	return t
}

// pressing is what an offering waits for: to be published, or to be confirmed
// when nobody has for a long time.
func pressing(s say.Speaker, i *supply.Item) []ui.Action {
	if i.Offering.State == offer.Concept || i.Stale {
		return ownActions(s, i)[:1]
	}
	return nil
}

func placesCell(s say.Speaker, o offer.Offering) string {
	if list := s.PlacesLeft(o, true); len(list) > 0 {
		return list[0]
	}
	return s.T("supply.value.none")
}

func programmeTable(s say.Speaker, list []*offer.Programme) ui.Table {
	t := ui.Table{Caption: s.T("supply.mine.programmes"), Columns: []ui.Column{{Label: s.T("supply.f.programme")}, {Label: s.T("supply.f.level")}, {Label: s.T("supply.f.state")}}}
	for _, p := range list {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: s.Text(p.Title), Href: programmePath(p.ID), Sub: p.ProviderName}, {Text: s.Level(*p)}, {Tags: []ui.Tag{{Text: s.T(p.State.Label())}}}}})
	}
	return t
}
