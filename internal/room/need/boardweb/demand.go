package boardweb

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/demand"
	"kompetansetorg/internal/room/need/wording"
)

type demandView struct {
	web.Page
	Head    ui.Head
	Filter  ui.Filter
	Pools   ui.Table
	Bars    ui.Bars
	Table   ui.Table
	Why     ui.Details
	AsOf    string
	Exports ui.Actions
}

// maxBars is how many cells the chart shows; the table has all.
const maxBars = 12

// demandChoice reads which cells the address picks; the fault names what
// cannot be used.
func (p *pages) demandChoice(values url.Values) (demand.Choice, error) {
	in := form.Read(values)
	c := demand.Choice{Regions: oneOrNone(need.Region(in.Choice("region", text.Strings(wording.Regions(p.Places))...))),
		Fields: oneOrNone(need.Field(in.Choice("field", append(text.Strings(need.Fields()), noField)...))),
		Levels: oneOrNone(need.Level(in.Choice("level", text.Strings(need.Levels())...)))}
	if len(c.Fields) > 0 && c.Fields[0] == noField {
		c.Fields[0] = ""
	}
	if year := in.Int("year"); year > 0 {
		c.Years = []int{year}
	}
	return c, in.Err()
}

// noField asks for what has no known field; an empty value asks for all.
const noField = "none"

func (p *pages) demand(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	c, wrong := p.demandChoice(r.URL.Query())
	all, err := p.Demand.Table(r.Context(), actor, demand.Choice{})
	if err != nil {
		return err
	}
	shown := slices.DeleteFunc(slices.Clone(all), func(l demand.Line) bool { return !chosen(c, l.Cell) })
	provider := actor.Has(access.RoleProviderUser)
	view := demandView{
		Page:   p.door.Frame(r, actor, t.T("demand.title")),
		Head:   ui.Head{Title: t.T("demand.title"), Lead: t.T("demand.lead")},
		Filter: p.demandFilter(t, c, all, len(shown)),
		Pools:  p.poolTable(t, shown, provider),
		Bars:   p.demandBars(t, shown),
		Table:  p.demandTable(t, shown),
		Why:    ui.Details{Summary: t.T("demand.why"), Paragraphs: []string{t.T("demand.why.few", "few", need.Few), t.T("demand.why.withheld"), t.T("demand.why.fixed"), t.T("demand.why.inside")}},
		Exports: ui.Actions{Items: []ui.Action{
			{Label: t.T("demand.export.csv"), Href: "/ettersporsel.csv", Variant: ui.Tertiary},
			{Label: t.T("demand.export.json"), Href: "/ettersporsel.json", Variant: ui.Tertiary}}},
	}
	if provider {
		view.Head.Actions = []ui.Action{{Label: t.T("demand.requests"), Href: "/foresporsler", Variant: ui.Secondary}}
	}
	if wrong != nil {
		view.Refused(form.Refill(&view.Filter, r.URL.Query(), wrong, t))
		return p.door.Views.Render(w, http.StatusUnprocessableEntity, "board/demand", view)
	}
	if day := newest(all); !day.IsZero() {
		view.AsOf = t.T("demand.as_of", "date", day)
	}
	return p.door.Views.Render(w, http.StatusOK, "board/demand", view)
}

// chosen reports whether the filter picks the cell.
func chosen(c demand.Choice, x demand.Cell) bool {
	return (len(c.Regions) == 0 || slices.Contains(c.Regions, x.Region)) && (len(c.Fields) == 0 || slices.Contains(c.Fields, x.Field)) &&
		(len(c.Levels) == 0 || slices.Contains(c.Levels, x.Level)) && (len(c.Years) == 0 || slices.Contains(c.Years, x.Year))
}

// newest is the day the fixed figures were last made.
func newest(lines []demand.Line) clock.Date {
	var day clock.Date
	for _, l := range lines {
		if l.AsOf.After(day) {
			day = l.AsOf
		}
	}
	return day
}

// demandFilter offers what there are cells for; it picks cells and adds none up.
func (p *pages) demandFilter(t i18n.Printer, c demand.Choice, all []demand.Line, hits int) ui.Filter {
	regions := []form.Option{{Value: "", Label: t.T("board.any.region"), Selected: len(c.Regions) == 0}}
	var known []need.Region
	var years []int
	for _, l := range all {
		known, years = append(known, l.Region), append(years, l.Year)
	}
	known, years = need.Unique(known), need.Unique(years)
	slices.SortFunc(known, func(a, b need.Region) int { return strings.Compare(p.region(t, a), p.region(t, b)) })
	for _, g := range known {
		regions = append(regions, form.Option{Value: string(g), Label: p.region(t, g), Selected: slices.Contains(c.Regions, g)})
	}
	fields := wording.Options(t, "board.any.field", need.Fields(), need.Field.Label, "")
	fields = append(fields, form.Option{Value: noField, Label: t.T(need.Field("").Label())})
	field := ""
	if len(c.Fields) > 0 {
		field = cmp.Or(string(c.Fields[0]), noField)
	}
	slices.SortFunc(years, func(a, b int) int { return cmp.Compare(b, a) })
	yearOptions := []form.Option{{Value: "", Label: t.T("demand.any.year"), Selected: len(c.Years) == 0}}
	for _, y := range years {
		yearOptions = append(yearOptions, form.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y), Selected: slices.Contains(c.Years, y)})
	}
	out := ui.Filter{Action: "/ettersporsel", Title: t.T("demand.filter"), Submit: t.T("board.filter.do"), Hits: t.T("demand.hits", "n", hits), Open: true,
		Fields: []form.Field{
			{Name: "region", Kind: form.Select, Label: t.T("board.col.region"), Options: regions},
			form.Field{Name: "field", Kind: form.Select, Label: t.T("board.col.field"), Options: fields}.With(field),
			{Name: "level", Kind: form.Select, Label: t.T("board.col.level"), Options: wording.Options(t, "board.any.level", need.Levels(), need.Level.Label, first(c.Levels))},
			{Name: "year", Kind: form.Select, Label: t.T("demand.col.year"), Options: yearOptions},
		}}
	if len(c.Regions)+len(c.Fields)+len(c.Levels)+len(c.Years) > 0 {
		out.Clear = &ui.Link{Label: t.T("board.filter.clear"), Href: "/ettersporsel"}
	}
	return out
}

// cellName says what a cell counts, without its region.
func cellName(t i18n.Printer, c demand.Cell) string {
	return wording.Dotted(t.T(c.Field.Label()), t.T(c.Level.Label()))
}

// demandBars shows the largest figures that may be shown.
func (p *pages) demandBars(t i18n.Printer, lines []demand.Line) ui.Bars {
	out := ui.Bars{Caption: t.T("demand.bars"), LabelHead: t.T("demand.bars.what"), ValueHead: t.T("board.col.headcount")}
	years := map[int]bool{}
	for _, l := range lines {
		years[l.Year] = true
	}
	known := slices.DeleteFunc(slices.Clone(lines), func(l demand.Line) bool { return !l.Headcount.Known })
	slices.SortStableFunc(known, func(a, b demand.Line) int { return cmp.Compare(b.Headcount.Value, a.Headcount.Value) })
	for _, l := range known[:min(len(known), maxBars)] {
		year := ""
		if len(years) > 1 {
			year = strconv.Itoa(l.Year)
		}
		out.Rows = append(out.Rows, ui.Bar{Label: wording.Dotted(cellName(t, l.Cell), p.region(t, l.Region), year),
			Value: float64(l.Headcount.Value), Text: wording.Persons(t, l.Headcount)})
	}
	return out
}

// poolTable lists the pooled needs in the cells, with their own figures: they
// are what a provider can answer as a whole.
func (p *pages) poolTable(t i18n.Printer, lines []demand.Line, provider bool) ui.Table {
	table := ui.Table{Caption: t.T("demand.pools"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("demand.col.pool")}, {Label: t.T("demand.bars.what")}, {Label: t.T("board.col.region")},
			{Label: t.T("board.col.headcount"), Number: true}, {Label: t.T("board.col.firms"), Number: true}}}
	if provider {
		table.Columns = append(table.Columns, ui.Column{Label: t.T("demand.answer"), Hidden: true})
	}
	for _, l := range lines {
		for _, part := range l.Parts {
			if part.Pool == nil {
				continue
			}
			href := "/felles/" + string(part.Pool.ID)
			row := ui.Row{Cells: []ui.Cell{
				{Text: part.Pool.Title, Href: href, Sub: part.Pool.Number},
				{Text: t.T(l.Field.Label()), Sub: t.T(l.Level.Label())},
				{Text: p.region(t, l.Region)},
				{Text: wording.Number(t, part.Headcount, ""), Sub: wording.WhyShort(t, part.Headcount)},
				{Text: wording.Number(t, part.Firms, wording.FewFirms)},
			}}
			if provider {
				row.Cells = append(row.Cells, ui.Cell{Actions: []ui.Action{{Label: t.T("demand.answer"), Href: href, Variant: ui.Secondary, Context: part.Pool.Number}}})
			}
			table.Rows = append(table.Rows, row)
		}
	}
	return table
}

func (p *pages) demandTable(t i18n.Printer, lines []demand.Line) ui.Table {
	table := ui.Table{Caption: t.T("demand.table"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("demand.bars.what")}, {Label: t.T("board.col.region")}, {Label: t.T("demand.col.year"), Number: true},
			{Label: t.T("board.col.headcount"), Number: true}, {Label: t.T("board.col.firms"), Number: true}, {Label: t.T("demand.needs"), Hidden: true}},
		Empty: ui.Empty{Title: t.T("demand.empty.title"), Text: t.T("demand.empty.text"), Actions: []ui.Action{{Label: t.T("demand.empty.all"), Href: "/ettersporsel", Variant: ui.Secondary}}}}
	for _, l := range lines {
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{
			{Text: t.T(l.Field.Label()), Sub: t.T(l.Level.Label())},
			{Text: p.region(t, l.Region)},
			{Text: strconv.Itoa(l.Year)},
			{Text: wording.Number(t, l.Headcount, ""), Sub: wording.WhyShort(t, l.Headcount)},
			{Text: wording.Number(t, l.Firms, wording.FewFirms)},
			{Actions: []ui.Action{{Label: t.T("demand.needs"), Href: p.needsIn(l), Variant: ui.Tertiary, Context: cellName(t, l.Cell)}}},
		}})
	}
	return table
}

// needsIn is the list of needs that comes nearest to the cell: it has no
// fields, but levels and regions.
func (p *pages) needsIn(l demand.Line) string {
	q := url.Values{}
	if _, err := p.Places.Region(place.RegionID(l.Region)); err == nil {
		q.Set("region", string(l.Region))
	}
	if l.Level != need.LevelUnknown {
		q.Set("level", string(l.Level))
	}
	return address("/behov", q)
}

// openLines are the cells that the address picks, as everybody may know them.
func (p *pages) openLines(r *http.Request) ([]demand.Line, error) {
	c, err := p.demandChoice(r.URL.Query())
	if err != nil {
		return nil, err
	}
	return p.Demand.Table(r.Context(), access.Actor{}, c)
}

// demandCSV is the open table as a spreadsheet: what a visitor sees, whoever
// asks, so that the file can be passed on.
func (p *pages) demandCSV(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	t := p.door.Printer(r)
	lines, err := p.openLines(r)
	if err != nil {
		return err
	}
	table := sheet.Table{Name: t.T("demand.title"), Columns: []sheet.Column{{Title: t.T("board.col.field")}, {Title: t.T("board.col.level")}, {Title: t.T("board.col.region")},
		{Title: t.T("demand.col.year"), Kind: sheet.Number}, {Title: t.T("board.col.headcount"), Kind: sheet.Number}, {Title: t.T("board.col.firms")},
		{Title: t.T("demand.col.note")}, {Title: t.T("demand.col.as_of"), Kind: sheet.Day}}}
	for _, l := range lines {
		row := []any{t.T(l.Field.Label()), t.T(l.Level.Label()), p.region(t, l.Region), l.Year, nil, nil, wording.Why(t, l.Headcount), l.AsOf}
		if l.Headcount.Known {
			row[4] = l.Headcount.Value
		}
		switch {
		case l.Firms.Known:
			row[5] = strconv.Itoa(l.Firms.Value)
		case l.Firms.Few:
			row[5] = t.T(wording.FewFirms)
		}
		table.Rows = append(table.Rows, row)
	}
	download(w, "text/csv; charset=utf-8", "ettersporsel.csv")
	return sheet.WriteCSV(w, table)
}

func (p *pages) demandJSON(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	lines, err := p.openLines(r)
	if err != nil {
		return err
	}
	items := make([]apiLine, len(lines))
	for i, l := range lines {
		items[i] = newAPILine(l)
	}
	download(w, "application/json", "ettersporsel.json")
	return json.NewEncoder(w).Encode(struct {
		Items []apiLine `json:"items"`
		Total int       `json:"total"`
	}{items, len(items)})
}
