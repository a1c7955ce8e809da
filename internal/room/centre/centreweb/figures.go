package centreweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/centre"
)

// year is the year that the address asks for, else this one.
func (p *Pages) year(r *http.Request) (int, error) {
	asked := r.URL.Query().Get("ar")
	if asked == "" {
		return p.Clock.Today().Year(), nil
	}
	y, err := strconv.Atoi(asked)
	if err != nil || y < 2000 || y > 2200 {
		return 0, fault.InvalidField("ar", "form.error.choice")
	}
	return y, nil
}

// counted are the figures in the order of the page, with their names.
func counted(f centre.Figures) []struct {
	Label i18n.Key
	N     int
} {
	return []struct {
		Label i18n.Key
		N     int
	}{{"centre.figure.courses", f.Courses}, {"centre.figure.began", f.Began}, {"centre.figure.completed", f.Completed}, {"centre.figure.municipalities", f.Municipalities}, {"centre.figure.firms", f.Firms},
		{"centre.figure.bookings", f.Bookings}, {"centre.figure.hours", f.Hours}, {"centre.figure.booked_by", f.BookedBy}, {"centre.figure.members", f.Members}, {"centre.figure.wishes", f.Wishes},
		{"centre.figure.waiting", f.Waiting}, {"centre.figure.needs", f.Needs}}
}

// figures are a centre's numbers of a year (STS-6).
func (p *Pages) figures(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	of, f, err := p.count(r, actor)
	if err != nil {
		return err
	}
	table := &ui.Table{Caption: t.T("centre.figures"), CaptionHidden: true, Compact: true, Columns: []ui.Column{{Label: t.T("centre.figure.what")}, {Label: t.T("centre.figure.n"), Number: true}}}
	for _, x := range counted(f) {
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: t.T(x.Label)}, {Text: t.Number(x.N)}}})
	}
	y := strconv.Itoa(f.Year)
	return leaf.Show(p.door, w, r, actor, leaf.Page{Secret: true, Head: ui.Head{Kicker: of.Name, Title: t.T("centre.figures.year", "year", y), Lead: t.T("centre.figures.lead"),
		Actions: []ui.Action{{Label: strconv.Itoa(f.Year - 1), Context: t.T("centre.figures"), Href: path(of.ID, "/statistikk?ar="+strconv.Itoa(f.Year-1)), Variant: ui.Secondary},
			{Label: strconv.Itoa(f.Year + 1), Context: t.T("centre.figures"), Href: path(of.ID, "/statistikk?ar="+strconv.Itoa(f.Year+1)), Variant: ui.Secondary},
			{Label: t.T("centre.figures.csv"), Href: path(of.ID, "/statistikk.csv?ar="+y), Variant: ui.Tertiary}}},
		Crumbs: in(t, of), Main: []leaf.Section{{ID: "tall", Title: t.T("centre.figures"), Table: table}}})
}

func (p *Pages) count(r *http.Request, actor access.Actor) (centre.Centre, centre.Figures, error) {
	id, err := centre.ParseID(r.PathValue("id"))
	if err != nil {
		return centre.Centre{}, centre.Figures{}, fault.Missing()
	}
	year, err := p.year(r)
	if err != nil {
		return centre.Centre{}, centre.Figures{}, err
	}
	return p.Centres.Figures(r.Context(), actor, id, year)
}

func (p *Pages) figuresCSV(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	_, f, err := p.count(r, actor)
	if err != nil {
		return err
	}
	out := sheet.Table{Name: t.T("centre.figures"), Columns: []sheet.Column{{Title: t.T("centre.figure.what")}, {Title: t.T("centre.figure.year"), Kind: sheet.Number}, {Title: t.T("centre.figure.n"), Kind: sheet.Number}}}
	for _, x := range counted(f) {
		out.Rows = append(out.Rows, []any{t.T(x.Label), f.Year, x.N})
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="studiesenter.csv"`)
	return sheet.WriteCSV(w, out)
}
