// Package funnelweb has the page of how far needs come and how long it takes, the same as CSV
// and as JSON.
package funnelweb

import (
	"embed"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/funnel"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/wording"
)

// Files are the page and the texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Funnel *funnel.Service
	Places *place.Register
}

// Pages are the pages, and what other pages show of how far needs come.
type Pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) *Pages {
	p := &Pages{Deps: deps, door: d}
	d.Views.Add("funnel", Files, "table", tableView{})
	d.Pages(gate.Route{Method: "GET", Path: "/resultater", Rule: gate.Public(), Handle: p.show},
		gate.Route{Method: "GET", Path: "/resultater.csv", Rule: gate.Public(), Handle: p.csv})
	registerAPI(d, p)
	return p
}

type tableView struct {
	web.Page
	Head    ui.Head
	Filter  ui.Filter
	Empty   *ui.Empty
	Bars    ui.Bars
	Held    string
	AsOf    string
	Why     ui.Details
	Table   ui.Table
	Exports ui.Actions
}

// asked reads what the address asks for; the fault names what cannot be used.
func (p *Pages) asked(values url.Values) (funnel.Filter, error) {
	in := form.Read(values)
	f := funnel.Filter{Region: need.Region(in.Choice("region", text.Strings(wording.Regions(p.Places))...)), Field: need.Field(in.Choice("field", text.Strings(need.Fields())...)),
		Level: need.Level(in.Choice("level", text.Strings(need.Levels())...)), Year: in.Int("year")}
	return f, in.Err()
}

// show is the figures as a picture with its numbers, and each part in a table.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	f, wrong := p.asked(r.URL.Query())
	all, err := p.Funnel.Open(r.Context(), funnel.Filter{})
	if err != nil {
		return err
	}
	shown := all
	if f != (funnel.Filter{}) {
		if shown, err = p.Funnel.Open(r.Context(), f); err != nil {
			return err
		}
	}
	view := tableView{Page: p.door.Frame(r, actor, t.T("funnel.title")), Head: ui.Head{Title: t.T("funnel.title"), Lead: t.T("funnel.lead")}, Filter: p.filter(t, f, all, shown),
		Why: ui.Details{Summary: t.T("funnel.why"), Paragraphs: []string{t.T("funnel.why.few"), t.T("funnel.why.rest"), t.T("funnel.why.days")}}}
	if wrong != nil {
		view.Refused(form.Refill(&view.Filter, r.URL.Query(), wrong, t))
		return p.door.Views.Render(w, http.StatusUnprocessableEntity, "funnel/table", view)
	}
	if len(shown.Lines) == 0 {
		view.Empty = &ui.Empty{Title: t.T("funnel.none"), Text: t.T("funnel.none.text")}
		return p.door.Views.Render(w, http.StatusOK, "funnel/table", view)
	}
	view.Bars, view.Table = bars(t, shown), p.table(t, shown)
	if shown.Hidden > 0 {
		view.Held = t.T("funnel.held", "n", shown.Hidden)
	}
	if !shown.AsOf.IsZero() {
		view.AsOf = t.T("funnel.as_of", "date", shown.AsOf.Date())
	}
	view.Exports.Items = []ui.Action{{Label: t.T("funnel.csv"), Href: "/resultater.csv?" + r.URL.Query().Encode(), Variant: ui.Tertiary},
		{Label: t.T("funnel.json"), Href: "/api/v1/funnel?" + r.URL.Query().Encode(), Variant: ui.Tertiary}}
	return p.door.Views.Render(w, http.StatusOK, "funnel/table", view)
}

// filter offers what there are figures for.
func (p *Pages) filter(t i18n.Printer, f funnel.Filter, all, shown funnel.Table) ui.Filter {
	var regions []need.Region
	var years []int
	for _, l := range all.Lines {
		regions, years = append(regions, l.Region), append(years, l.Year)
	}
	regions, years = need.Unique(regions), need.Unique(years)
	slices.SortFunc(regions, func(a, b need.Region) int { return strings.Compare(p.region(t, a), p.region(t, b)) })
	slices.SortFunc(years, func(a, b int) int { return b - a })
	region := []form.Option{{Label: t.T("funnel.any.region"), Selected: f.Region == ""}}
	for _, x := range regions {
		region = append(region, form.Option{Value: string(x), Label: p.region(t, x), Selected: x == f.Region})
	}
	year := []form.Option{{Label: t.T("funnel.any.year"), Selected: f.Year == 0}}
	for _, y := range years {
		year = append(year, form.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y), Selected: y == f.Year})
	}
	out := ui.Filter{Action: "/resultater", Title: t.T("funnel.filter"), Submit: t.T("funnel.filter.do"), Hits: t.T("funnel.hits", "n", len(shown.Lines)), Open: true,
		Fields: []form.Field{{Name: "region", Kind: form.Select, Label: t.T("funnel.region"), Options: region},
			{Name: "field", Kind: form.Select, Label: t.T("funnel.field"), Options: wording.Options(t, "funnel.any.field", need.Fields(), need.Field.Label, f.Field)},
			{Name: "level", Kind: form.Select, Label: t.T("funnel.level"), Options: wording.Options(t, "funnel.any.level", need.Levels(), need.Level.Label, f.Level)},
			{Name: "year", Kind: form.Select, Label: t.T("funnel.year"), Options: year}}}
	if f != (funnel.Filter{}) {
		out.Clear = &ui.Link{Label: t.T("funnel.filter.clear"), Href: "/resultater"}
	}
	return out
}

func (p *Pages) region(t i18n.Printer, r need.Region) string { return wording.Region(t, p.Places, r) }

// bars are the sums of what is shown, step by step.
func bars(t i18n.Printer, all funnel.Table) ui.Bars {
	out := ui.Bars{Caption: t.T("funnel.picture"), LabelHead: t.T("funnel.step"), ValueHead: t.T("funnel.needs")}
	for i, s := range funnel.Steps() {
		out.Rows = append(out.Rows, ui.Bar{Label: t.T(s.Label()), Value: float64(all.Sums[i]), Text: t.T("funnel.count", "n", all.Sums[i])})
	}
	return out
}

// name is what a part counts.
func (p *Pages) name(t i18n.Printer, c funnel.Cell) string {
	what := t.T("funnel.rest")
	if c.Level != "" || c.Field != "" {
		what = wording.Dotted(t.T(c.Field.Label()), t.T(c.Level.Label()))
	}
	return wording.Dotted(p.region(t, c.Region), what, strconv.Itoa(c.Year))
}

// table is every part, with the number at each step and the middle number of days it took.
func (p *Pages) table(t i18n.Printer, all funnel.Table) ui.Table {
	out := ui.Table{Caption: t.T("funnel.parts"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("funnel.part")}}}
	for _, s := range funnel.Steps() {
		out.Columns = append(out.Columns, ui.Column{Label: t.T(s.Label()), Number: true})
	}
	for _, l := range all.Lines {
		row := ui.Row{Cells: []ui.Cell{{Text: p.name(t, l.Cell)}}}
		for i := range funnel.Steps() {
			cell := ui.Cell{Text: t.T("funnel.few")}
			if l.Counts[i] >= 0 {
				cell.Text = t.Number(l.Counts[i])
				if i > 0 && l.Median[i] >= 0 {
					cell.Sub = t.T("funnel.days", "n", l.Median[i])
				}
			}
			row.Cells = append(row.Cells, cell)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// OnRegion is how far the needs of a region have come, for its page; nothing where there are no
// figures.
func (p *Pages) OnRegion(r *http.Request, _ access.Actor, region place.RegionID) ([]leaf.Section, error) {
	t := p.door.Printer(r)
	all, err := p.Funnel.Open(r.Context(), funnel.Filter{Region: need.Region(region)})
	if err != nil || len(all.Lines) == 0 {
		return nil, err
	}
	picture := bars(t, all)
	return []leaf.Section{{ID: "resultater", Title: t.T("funnel.all"), Bars: &picture, Actions: []ui.Action{{Label: t.T("funnel.more"), Href: "/resultater?" + url.Values{"region": {string(region)}}.Encode(), Variant: ui.Secondary}}}}, nil
}

// csv is the table as a file.
func (p *Pages) csv(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	t := p.door.Printer(r)
	f, err := p.asked(r.URL.Query())
	if err != nil {
		return err
	}
	all, err := p.Funnel.Open(r.Context(), f)
	if err != nil {
		return err
	}
	out := sheet.Table{Name: t.T("funnel.title"), Columns: []sheet.Column{{Title: t.T("funnel.region")}, {Title: t.T("funnel.field")}, {Title: t.T("funnel.level")}, {Title: t.T("funnel.year"), Kind: sheet.Number},
		{Title: t.T("funnel.step")}, {Title: t.T("funnel.needs"), Kind: sheet.Number}, {Title: t.T("funnel.median"), Kind: sheet.Number}}}
	for _, l := range all.Lines {
		for i, s := range funnel.Steps() {
			row := []any{p.region(t, l.Region), string(l.Field), string(l.Level), l.Year, t.T(s.Label()), nil, nil}
			if l.Counts[i] >= 0 {
				row[5] = l.Counts[i]
				if i > 0 && l.Median[i] >= 0 {
					row[6] = l.Median[i]
				}
			}
			out.Rows = append(out.Rows, row)
		}
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="resultater.csv"`)
	return sheet.WriteCSV(w, out)
}
