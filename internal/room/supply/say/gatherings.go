package say

import (
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/supply/offer"
)

// Gatherings lists the gatherings with the reader's way to each; nil when
// there is none.
func (s Speaker) Gatherings(o offer.Offering, near place.Number) *ui.Table {
	if len(o.Gatherings) == 0 {
		return nil
	}
	t := &ui.Table{Caption: s.T("supply.f.gatherings"), Columns: []ui.Column{{Label: s.T("supply.gathering.when")}, {Label: s.T("supply.gathering.where")}, {Label: s.T("supply.gathering.days"), Number: true}}}
	if near != "" {
		t.Columns = append(t.Columns, ui.Column{Label: s.T("supply.col.distance")})
	}
	for i, g := range o.Gatherings {
		when := s.T("supply.gathering.nr", "nr", i+1)
		if !g.Day.IsZero() {
			when = s.Date(g.Day)
		}
		where := ui.Cell{Text: s.T("supply.gathering.nowhere"), Sub: g.Place}
		if g.Municipality != "" {
			where.Text = s.Municipality(g.Municipality)
		}
		if g.Voluntary {
			where.Tags = []ui.Tag{{Text: s.T("supply.gathering.voluntary")}}
		}
		cells := []ui.Cell{{Text: when}, where, {Text: s.Number(max(1, g.Days))}}
		if near != "" {
			km, class := s.Places.Distance(near, g.Municipality)
			text := s.Nearness(class)
			if class != place.UnknownDistance && class != place.Same {
				text = s.T("supply.trip.class", "class", text, "km", int(km+0.5))
			}
			cells = append(cells, ui.Cell{Text: text})
		}
		t.Rows = append(t.Rows, ui.Row{Cells: cells})
	}
	return t
}
