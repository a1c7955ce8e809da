package positionweb

import (
	"context"
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/position"
)

// few is how many positions are shown on others' pages.
const few = 3

// part is a table of the results: what the positions have in common, and how its codes are
// named.
type part struct {
	id     string
	label  i18n.Key
	counts []position.Count
	name   func(code string) string
}

func (p *Pages) parts(t i18n.Printer, x position.Results) []part {
	return []part{{"sektor", "position.field.sector", x.Sectors, func(code string) string {
		if code == "" {
			return t.T("position.results.none_said")
		}
		return sector(t, code)
	}}, {"kommune", "position.field.municipality", x.Municipalities, p.place}, {"niva", "position.field.level", x.Levels, func(code string) string { return level(t, code) }}}
}

func (p *Pages) counted(r *http.Request) (position.Results, error) {
	year := 0
	if asked := r.URL.Query().Get("ar"); asked != "" {
		var err error
		if year, err = strconv.Atoi(asked); err != nil || year < 2000 || year > 2200 {
			return position.Results{}, fault.InvalidField("ar", "form.error.choice")
		}
	}
	return p.Positions.Results(r.Context(), year)
}

// results are how many positions there have been, and what became of them (KAU-6).
func (p *Pages) results(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	x, err := p.counted(r)
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Title: t.T("position.results"), Lead: t.T("position.results.lead")}, Crumbs: crumbs(t)}
	if x.Year != 0 {
		page.Head.Kicker = strconv.Itoa(x.Year)
		page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("position.results.all_years"), Href: "/stillinger/resultat", Variant: ui.Secondary})
	}
	for _, y := range x.Years {
		if y != x.Year {
			page.Head.Actions = append(page.Head.Actions, ui.Action{Label: strconv.Itoa(y), Context: t.T("position.results"), Href: "/stillinger/resultat?ar=" + strconv.Itoa(y), Variant: ui.Secondary})
		}
	}
	if x.All.Positions == 0 {
		page.Main = []leaf.Section{{ID: "tom", Title: t.T("position.results"), Empty: &ui.Empty{Title: t.T("position.results.none"), Text: t.T("position.results.none.text")}}}
		return leaf.Show(p.door, w, r, actor, page)
	}
	page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("position.results.csv"), Href: "/stillinger/resultat.csv?" + r.URL.Query().Encode(), Variant: ui.Tertiary})
	page.Main = []leaf.Section{{ID: "alle", Title: t.T("position.results.all"), Bars: &ui.Bars{Caption: t.T("position.results.all"), LabelHead: t.T("position.results.step"), ValueHead: t.T("position.results.n"), Rows: []ui.Bar{
		{Label: t.T("position.results.positions"), Value: float64(x.All.Positions), Text: t.Number(x.All.Positions)}, {Label: t.T("position.results.hired"), Value: float64(x.All.Hired), Text: t.Number(x.All.Hired)},
		{Label: t.T("position.results.qualified"), Value: float64(x.All.Qualified), Text: t.Number(x.All.Qualified)}}}}}
	for _, part := range p.parts(t, x) {
		table := &ui.Table{Caption: t.T(part.label), CaptionHidden: true, Columns: []ui.Column{{Label: t.T(part.label)}, {Label: t.T("position.results.positions"), Number: true}, {Label: t.T("position.results.hired"), Number: true}, {Label: t.T("position.results.qualified"), Number: true}}}
		for _, c := range part.counts {
			table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: part.name(c.Code)}, {Text: t.Number(c.Positions)}, {Text: t.Number(c.Hired)}, {Text: t.Number(c.Qualified)}}})
		}
		page.Main = append(page.Main, leaf.Section{ID: part.id, Title: t.T(part.label), Table: table})
	}
	return leaf.Show(p.door, w, r, actor, page)
}

// resultsCSV is the same as a file, a line for each part and step.
func (p *Pages) resultsCSV(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	t := p.door.Printer(r)
	x, err := p.counted(r)
	if err != nil {
		return err
	}
	out := sheet.Table{Name: t.T("position.results"), Columns: []sheet.Column{{Title: t.T("position.results.by")}, {Title: t.T("position.results.part")}, {Title: t.T("position.results.positions"), Kind: sheet.Number},
		{Title: t.T("position.results.hired"), Kind: sheet.Number}, {Title: t.T("position.results.qualified"), Kind: sheet.Number}}}
	for _, part := range p.parts(t, x) {
		for _, c := range part.counts {
			out.Rows = append(out.Rows, []any{t.T(part.label), part.name(c.Code), c.Positions, c.Hired, c.Qualified})
		}
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="jobb-med-utdanning.csv"`)
	return sheet.WriteCSV(w, out)
}

// PositionCount is how many positions have a code in common.
type PositionCount struct {
	Code      string `json:"code" doc:"Empty for those that do not say"`
	Positions int    `json:"positions"`
	Hired     int    `json:"hired"`
	Qualified int    `json:"qualified"`
}

type resultsIn struct {
	Year int `query:"year" minimum:"0" maximum:"2200" doc:"The year of publishing; all when it is left out"`
}

type resultsOut struct {
	Body struct {
		Year           int             `json:"year"`
		Positions      int             `json:"positions"`
		Hired          int             `json:"hired"`
		Qualified      int             `json:"qualified"`
		Sectors        []PositionCount `json:"sectors"`
		Municipalities []PositionCount `json:"municipalities"`
		Levels         []PositionCount `json:"levels"`
	}
}

func (p *Pages) apiResults(ctx context.Context, _ access.Actor, in *resultsIn) (*resultsOut, error) {
	x, err := p.Positions.Results(ctx, in.Year)
	if err != nil {
		return nil, err
	}
	counts := func(list []position.Count) []PositionCount {
		out := make([]PositionCount, len(list))
		for i, c := range list {
			out[i] = PositionCount(c)
		}
		return out
	}
	out := &resultsOut{}
	out.Body.Year, out.Body.Positions, out.Body.Hired, out.Body.Qualified = x.Year, x.All.Positions, x.All.Hired, x.All.Qualified
	out.Body.Sectors, out.Body.Municipalities, out.Body.Levels = counts(x.Sectors), counts(x.Municipalities), counts(x.Levels)
	return out, nil
}

func registerResults(d *gate.Door, p *Pages) {
	d.Pages(gate.Route{Method: "GET", Path: "/stillinger/resultat", Rule: gate.Public(), Handle: p.results}, gate.Route{Method: "GET", Path: "/stillinger/resultat.csv", Rule: gate.Public(), Handle: p.resultsCSV})
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/positions/results", Rule: gate.Public(), ID: "get-position-results", Summary: "How many jobs with education there have been, and what became of them", Tags: []string{"position"}}, p.apiResults)
}

// OnRegion are the newest positions in a region that interest can be shown in; nothing where
// there are none.
func (p *Pages) OnRegion(r *http.Request, _ access.Actor, region place.RegionID) ([]leaf.Section, error) {
	members, err := p.Places.MembersAt(region, p.Clock.Today())
	if err != nil || len(members) == 0 {
		return nil, err
	}
	return p.open(r, position.Filter{Open: true, Municipalities: text.Strings(place.Numbers(members))})
}

// InToolbox are the newest positions for the page of the toolbox (KAU-8).
func (p *Pages) InToolbox(r *http.Request) ([]leaf.Section, error) {
	return p.open(r, position.Filter{Open: true})
}

func (p *Pages) open(r *http.Request, f position.Filter) ([]leaf.Section, error) {
	t := p.door.Printer(r)
	list, err := p.Positions.List(r.Context(), f, "", few)
	if err != nil || len(list.Items) == 0 {
		return nil, err
	}
	return []leaf.Section{{ID: "stillinger", Title: t.T("position.title"), Text: t.T("position.lead"), Cards: p.cards(t, list.Items), Actions: []ui.Action{{Label: t.T("position.see_all"), Href: "/stillinger", Variant: ui.Secondary}}}}, nil
}
