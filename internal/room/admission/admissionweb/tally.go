package admissionweb

import (
	"net/http"

	"kompetansetorg/internal/common/few"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/entry"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
)

// Tally is how many have begun on a programme and completed it, and from how many firms, by
// municipality (LOP-14): exact for its provider, else as far as it tells of nobody. Nothing
// before somebody has begun.
func (p *Pages) Tally(r *http.Request, programme string, exact bool) ([]leaf.Section, error) {
	t := p.door.Printer(r)
	read, lead := p.Promises.Published, i18n.Key("admission.tally.published")
	if exact {
		read, lead = p.Promises.Exact, "admission.tally.exact"
	}
	list, err := read(r.Context(), programme)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	table := &ui.Table{Caption: t.T("admission.tally"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("admission.tally.where")}, {Label: t.T("admission.tally.learners"), Number: true},
		{Label: t.T("admission.tally.completed"), Number: true}, {Label: t.T("admission.tally.firms"), Number: true}}}
	for _, x := range list {
		where := ui.Cell{Text: p.where(t, x)}
		if !exact {
			where.Sub = t.T("admission.tally.as_of", "day", x.AsOf.Date())
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{where, {Text: figure(t, x.Learners)}, {Text: figure(t, x.Completed)}, {Text: figure(t, x.Firms)}}})
	}
	return []leaf.Section{{ID: "antall", Title: t.T("admission.tally"), Text: t.T(lead), Table: table}}, nil
}

// where is the municipality that a row is about.
func (p *Pages) where(t i18n.Printer, x entry.Tally) string {
	if x.Municipality == "" {
		return t.T("admission.tally.all")
	}
	m, err := p.Places.Municipality(place.Number(x.Municipality))
	if err != nil {
		return x.Municipality
	}
	return m.Name
}

func figure(t i18n.Printer, f few.Figure) string {
	if !f.Known {
		return t.T("admission.tally.hidden")
	}
	return t.Number(f.Value)
}
