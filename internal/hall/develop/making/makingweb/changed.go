package makingweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/say"
)

// changed is which programme the one that is made adapts, and what is another in it (LOP-2);
// nil when it adapts none, or the reader may not know of it yet.
func (p *Pages) changed(r *http.Request, actor access.Actor, t i18n.Printer, d making.Detail) (*leaf.Section, error) {
	found, err := p.Supply.Programme(r.Context(), actor, d.Programme)
	if fault.Is(err, fault.NotFound) || err == nil && found.Base == nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s := say.Speaker{Printer: t, Places: p.Places}
	out := &leaf.Section{ID: "endret", Title: t.T("making.changed"),
		Facts: &ui.Facts{Items: []ui.Fact{{Label: t.T("making.adapts"), Link: &ui.Link{Label: s.Text(found.Base.Title), Href: "/tilbud/" + string(found.Base.ID)}}}}}
	table := &ui.Table{Caption: t.T("making.changed"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("making.changed.what")}, {Label: t.T("making.changed.before")}, {Label: t.T("making.changed.after")}}}
	for _, a := range offer.Adaptation(*found.Base, offerings(found.Adapted), *found.Programme, offerings(found.Items), s.Language()) {
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: t.T(offer.FieldName(string(a.Feature)))}, {Text: s.Feature(a.Feature, a.Before)}, {Text: s.Feature(a.Feature, a.After)}}})
	}
	if len(table.Rows) == 0 {
		out.Text = t.T("making.changed.none")
		return out, nil
	}
	out.Table = table
	return out, nil
}

func offerings(list []*supply.Item) []offer.Offering {
	out := make([]offer.Offering, len(list))
	for i, x := range list {
		out[i] = *x.Offering
	}
	return out
}
