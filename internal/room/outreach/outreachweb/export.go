package outreachweb

import (
	"bytes"
	"context"
	"io"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/hall/reach"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/room/outreach"
)

// visitSheet is every visit that the address asks for, as a spreadsheet.
func (p *pages) visitSheet(ctx context.Context, t i18n.Printer, actor access.Actor, f outreach.Filter) (sheet.Table, error) {
	col := func(label i18n.Key, kind sheet.Kind) sheet.Column { return sheet.Column{Title: t.T(label), Kind: kind} }
	table := sheet.Table{Name: t.T("outreach.visits"), Columns: []sheet.Column{col("outreach.organisation", sheet.Text), col("outreach.municipality", sheet.Text),
		col("outreach.day", sheet.Day), col("outreach.kind", sheet.Text), col("outreach.minutes", sheet.Number), col("outreach.result", sheet.Text),
		col("outreach.again_on", sheet.Day), col("outreach.hub", sheet.Text)}}
	f.Limit = db.MaxLimit
	for {
		page, _, err := p.Visits.List(ctx, actor, f)
		if err != nil {
			return table, err
		}
		for _, v := range page.Items {
			name, err := p.nameOf(ctx, v.Organisation)
			if err != nil {
				return table, err
			}
			hub, err := p.nameOf(ctx, v.Hub)
			if err != nil {
				return table, err
			}
			table.Rows = append(table.Rows, []any{name, p.place(v.Municipality), v.Day, t.T(v.Kind.Label()), v.Minutes, t.T(v.Result.Label()), v.AgainOn, hub})
		}
		if f.After = page.Next; f.After == "" {
			return table, nil
		}
	}
}

// funnelSheet is the funnel as a spreadsheet.
func (p *pages) funnelSheet(t i18n.Printer, steps []reach.Step) sheet.Table {
	col := func(label i18n.Key, kind sheet.Kind) sheet.Column { return sheet.Column{Title: t.T(label), Kind: kind} }
	table := sheet.Table{Name: t.T("outreach.funnel"), Columns: []sheet.Column{col("outreach.municipality", sheet.Text), col("outreach.visits", sheet.Number),
		col("outreach.contacted", sheet.Number), col("outreach.needs", sheet.Number), col("outreach.found", sheet.Number), col("outreach.in_use", sheet.Number), col("outreach.minutes", sheet.Number)}}
	for _, s := range steps {
		name := t.T("outreach.all")
		if s.Municipality != "" {
			name = p.place(s.Municipality)
		}
		table.Rows = append(table.Rows, []any{name, s.Visits, s.Contacted, s.Needs, s.Found, s.InUse, s.Minutes})
	}
	return table
}

func (p *pages) visitsCSV(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	f, _, err := p.asked(r.URL.Query())
	if err != nil {
		return err
	}
	table, err := p.visitSheet(r.Context(), p.door.Printer(r), actor, f)
	if err != nil {
		return err
	}
	return send(w, "text/csv; charset=utf-8", "besok.csv", func(out io.Writer) error { return sheet.WriteCSV(out, table) })
}

func (p *pages) funnelCSV(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	f, _, err := p.asked(r.URL.Query())
	if err != nil {
		return err
	}
	steps, err := p.Reach.Funnel(r.Context(), actor, f)
	if err != nil {
		return err
	}
	table := p.funnelSheet(p.door.Printer(r), steps)
	return send(w, "text/csv; charset=utf-8", "trakt.csv", func(out io.Writer) error { return sheet.WriteCSV(out, table) })
}

// exportXLSX is the visits and the funnel in one workbook.
func (p *pages) exportXLSX(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	f, _, err := p.asked(r.URL.Query())
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	visits, err := p.visitSheet(r.Context(), t, actor, f)
	if err != nil {
		return err
	}
	steps, err := p.Reach.Funnel(r.Context(), actor, f)
	if err != nil {
		return err
	}
	return send(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "besok.xlsx", func(out io.Writer) error {
		return sheet.WriteXLSX(out, visits, p.funnelSheet(t, steps))
	})
}

// send answers the file once all of it could be written.
func send(w http.ResponseWriter, contentType, name string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, err := w.Write(b.Bytes())
	return err
}
