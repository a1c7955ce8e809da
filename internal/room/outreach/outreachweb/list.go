package outreachweb

import (
	"net/http"
	"net/url"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/hall/reach"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/outreach"
)

type listView struct {
	web.Page
	Head    ui.Head
	Filter  ui.Filter
	Funnel  ui.Table
	How     ui.Details
	Visits  ui.Table
	Pager   *ui.Pager
	Exports []ui.Link
}

// asked reads which visits an address asks for; the fault names what cannot be
// used.
func (p *pages) asked(values url.Values) (outreach.Filter, string, error) {
	in := form.Read(values)
	f := outreach.Filter{From: in.Date("from"), To: in.Date("to"), Again: in.Bool("again"), After: in.Text("after"), Limit: ui.PageSize}
	written := in.Text("municipality")
	n, err := p.Places.ParseTyped(written, p.Clock.Today())
	if e, ok := fault.As(err); ok && len(e.Fields) > 0 {
		in.Refuse("municipality", e.Fields[0].Key, e.Fields[0].Values...)
	}
	f.Municipality = string(n)
	return f, written, in.Err()
}

func (p *pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t, values := p.door.Printer(r), r.URL.Query()
	f, written, err := p.asked(values)
	view := listView{Page: p.door.Frame(r, actor, t.T("outreach.title")), Head: ui.Head{Title: t.T("outreach.title"), Lead: t.T("outreach.lead")},
		Filter: ui.Filter{Action: "/besok", Title: t.T("outreach.filter"), Submit: t.T("outreach.filter.do"), Fields: []form.Field{
			{Name: "municipality", Kind: form.Suggest, Label: t.T("outreach.municipality"), Value: written, Datalist: p.Places.Options(p.Clock.Today()), Autocomplete: "off"},
			{Name: "from", Kind: form.Date, Label: t.T("outreach.from"), Value: f.From.String()}, {Name: "to", Kind: form.Date, Label: t.T("outreach.to"), Value: f.To.String()},
			{Name: "again", Kind: form.Checks, Label: t.T("outreach.again"), Options: []form.Option{{Value: "1", Label: t.T("outreach.again.yes"), Selected: f.Again}}}}}}
	if actor.Has(outreach.Roles()...) {
		view.Head.Actions = []ui.Action{{Label: t.T("outreach.new"), Href: "/besok/ny", Variant: ui.Primary},
			{Label: t.T("outreach.import.title"), Href: "/besok/importer", Variant: ui.Secondary}}
	}
	view.Head.Actions = append(view.Head.Actions, ui.Action{Label: t.T("outreach.rounds"), Href: "/runder", Variant: ui.Secondary})
	if err != nil {
		view.Refused(form.Refill(&view.Filter, values, err, t))
		view.Filter.Open = true
		return p.door.Views.Render(w, http.StatusUnprocessableEntity, "outreach/list", view)
	}
	visits, total, err := p.Visits.List(r.Context(), actor, f)
	if err != nil {
		return err
	}
	steps, err := p.Reach.Funnel(r.Context(), actor, f)
	if err != nil {
		return err
	}
	view.Filter.Hits = t.T("outreach.hits", "n", total)
	if view.Visits, err = p.visitTable(r, t, visits); err != nil {
		return err
	}
	if total > 0 {
		view.Funnel = p.funnelTable(t, steps)
		view.How = ui.Details{Summary: t.T("outreach.how"), Paragraphs: []string{t.T("outreach.how.text")}}
		values.Del("after")
		q := ""
		if len(values) > 0 {
			q = "?" + values.Encode()
		}
		view.Exports = []ui.Link{{Label: t.T("outreach.export.csv"), Href: "/besok/eksport.csv" + q}, {Label: t.T("outreach.export.xlsx"), Href: "/besok/eksport.xlsx" + q},
			{Label: t.T("outreach.export.funnel"), Href: "/besok/trakt.csv" + q}}
	}
	if visits.Next != "" {
		values.Set("after", visits.Next)
		view.Pager = &ui.Pager{Label: t.T("outreach.pages"), Next: &ui.Link{Label: t.T("outreach.older"), Href: "/besok?" + values.Encode()}}
	}
	return p.door.Views.Render(w, http.StatusOK, "outreach/list", view)
}

func (p *pages) visitTable(r *http.Request, t i18n.Printer, visits db.Paged[outreach.Visit]) (ui.Table, error) {
	table := ui.Table{Caption: t.T("outreach.visits"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("outreach.organisation")}, {Label: t.T("outreach.municipality")},
		{Label: t.T("outreach.day")}, {Label: t.T("outreach.kind")}, {Label: t.T("outreach.result")}},
		Empty: ui.Empty{Title: t.T("outreach.empty"), Text: t.T("outreach.empty.text")}}
	for _, v := range visits.Items {
		name, err := p.nameOf(r.Context(), v.Organisation)
		if err != nil {
			return table, err
		}
		result := ui.Cell{Tags: []ui.Tag{resultTag(t, v.Result)}}
		if v.Result == outreach.Again {
			result.Sub = t.Date(v.AgainOn)
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: name, Href: "/besok/" + string(v.ID)}, {Text: p.place(v.Municipality)},
			{Text: t.Date(v.Day)}, {Text: t.T(v.Kind.Label()), Sub: t.T("outreach.minutes.n", "n", v.Minutes)}, result}})
	}
	return table, nil
}

func resultTag(t i18n.Printer, r outreach.Result) ui.Tag {
	color := map[outreach.Result]ui.Color{outreach.Need: ui.Success, outreach.NotNow: ui.Neutral, outreach.Again: ui.Info}[r]
	return ui.Tag{Text: t.T(r.Label()), Color: color}
}

func (p *pages) funnelTable(t i18n.Printer, steps []reach.Step) ui.Table {
	number := func(label i18n.Key) ui.Column { return ui.Column{Label: t.T(label), Number: true} }
	table := ui.Table{Caption: t.T("outreach.funnel"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("outreach.municipality")}, number("outreach.contacted"), number("outreach.needs"),
		number("outreach.found"), number("outreach.in_use"), number("outreach.hours")}}
	for _, s := range steps {
		name := t.T("outreach.all")
		if s.Municipality != "" {
			name = p.place(s.Municipality)
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: name}, {Text: t.Number(s.Contacted)}, {Text: t.Number(s.Needs)}, {Text: t.Number(s.Found)},
			{Text: t.Number(s.InUse)}, {Text: t.Decimal(s.HoursEach(), 1)}}})
	}
	return table
}
