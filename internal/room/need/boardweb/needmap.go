package boardweb

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/wording"
)

type mapView struct {
	web.Page
	Head   ui.Head
	Filter ui.Filter
	Map    ui.Map
	Empty  *ui.Empty
	Note   string
	Links  []ui.Link
}

func (p *pages) needMap(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t, values := p.door.Printer(r), r.URL.Query()
	a, err := p.readAsked(values)
	view := mapView{Page: p.door.Frame(r, actor, t.T("needmap.title")), Filter: p.mapFilter(t, actor, a, values),
		Head: ui.Head{Title: t.T("needmap.title"), Lead: t.T("needmap.lead")}, Links: shapes(t, values)}
	view.Crumbs = []ui.Link{{Label: t.T("board.col.needs"), Href: "/behov"}}
	if err != nil {
		if !fault.Is(err, fault.Invalid) {
			return err
		}
		view.Refused(form.Refill(&view.Filter, values, err, t))
		view.Filter.Open = true
		return p.door.Views.Render(w, http.StatusUnprocessableEntity, "board/map", view)
	}
	counts, err := p.Lists.CountByMunicipality(r.Context(), actor, a.Filter)
	if err != nil {
		return err
	}
	if len(counts) == 0 {
		view.Empty = &ui.Empty{Title: t.T("needmap.empty.title"), Text: t.T("needmap.empty.text"), Actions: []ui.Action{{Label: t.T("needmap.empty.all"), Href: "/behov/kart", Variant: ui.Secondary}}}
		return p.door.Views.Render(w, http.StatusOK, "board/map", view)
	}
	if !need.Office(actor).Everywhere {
		view.Note = t.T("needmap.note", "few", need.Few)
	}
	view.Map = p.drawing(t, counts, values)
	around := p.around(counts)
	view.Map.Places = p.neighbours(around, view.Map.Points)
	if view.Map.Areas, err = p.areas(r, around); err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "board/map", view)
}

// shapes leads to the same needs as a list and as files.
func shapes(t i18n.Printer, values url.Values) []ui.Link {
	q := kept(values)
	return []ui.Link{{Label: t.T("needmap.as.list"), Href: address("/behov", q)}, {Label: t.T("needmap.as.csv"), Href: address("/behov/eksport.csv", q)},
		{Label: t.T("needmap.as.xlsx"), Href: address("/behov/eksport.xlsx", q)}, {Label: t.T("needmap.as.json"), Href: address("/behov/eksport.json", q)}}
}

// drawing is the map with its table; the municipality with the most people
// comes first in the table.
func (p *pages) drawing(t i18n.Printer, counts []list.PlaceCount, values url.Values) ui.Map {
	m := ui.Map{ID: "needmap", Title: t.T("needmap.caption"), Desc: t.T("needmap.desc")}
	m.Table = ui.Table{Compact: true, Caption: t.T("needmap.caption"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("board.col.municipality")},
		{Label: t.T("board.col.headcount"), Number: true}, {Label: t.T("board.col.needs"), Number: true}}}
	counts = slices.Clone(counts)
	slices.SortFunc(counts, func(a, b list.PlaceCount) int {
		return cmp.Or(cmp.Compare(b.Headcount.Value, a.Headcount.Value),
			strings.Compare(text.SortKey(p.place(a.Municipality)), text.SortKey(p.place(b.Municipality))))
	})
	for _, c := range counts {
		at, name := p.today(c.Municipality).At, p.place(c.Municipality)
		q := kept(values)
		q.Set("municipality", c.Municipality)
		href := address("/behov", q)
		m.Points = append(m.Points, ui.MapPoint{Coord: ui.Coord{Lat: at.Lat, Lon: at.Lon}, Label: name, Href: href,
			Size: float64(max(1, c.Headcount.Value)), Value: circle(t, c.Headcount), Text: t.T("needmap.point", "persons", wording.Number(t, c.Headcount, fewPeople), "needs", wording.Number(t, c.Needs, fewPeople))})
		m.Table.Rows = append(m.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: name, Href: href}, {Text: wording.Number(t, c.Headcount, fewPeople)}, {Text: wording.Number(t, c.Needs, fewPeople)}}})
	}
	return m
}

// fewPeople stands on the map for what is built on one or two organisations.
const fewPeople i18n.Key = "needmap.few"

// circle is what there is room for inside a circle.
func circle(t i18n.Printer, f need.Figure) string {
	if f.Known {
		return t.Number(f.Value)
	}
	return ""
}

// around lists the municipalities of the counties that have needs.
func (p *pages) around(counts []list.PlaceCount) []place.Municipality {
	var counties []place.CountyNumber
	for _, c := range counts {
		counties = append(counties, p.today(c.Municipality).Number.County())
	}
	return p.Places.On(p.Clock.Today()).List(need.Unique(counties)...)
}

// neighbours are the municipalities without a circle, small, to find the way by.
func (p *pages) neighbours(around []place.Municipality, points []ui.MapPoint) []ui.MapPlace {
	var out []ui.MapPlace
	for _, m := range around {
		at := ui.Coord{Lat: m.At.Lat, Lon: m.At.Lon}
		if m.HasCentre() && !slices.ContainsFunc(points, func(pt ui.MapPoint) bool { return pt.Coord == at }) {
			out = append(out, ui.MapPlace{Coord: at, Label: m.Name})
		}
	}
	return out
}

// today is the municipality that a number stands for today; as it was when it
// stands for none.
func (p *pages) today(number string) place.Municipality {
	n := place.Number(number)
	if heirs, err := p.Places.Successors(n, p.Clock.Today()); err == nil && len(heirs) > 0 {
		n = heirs[0]
	}
	m, err := p.Places.Municipality(n)
	if err != nil {
		return place.Municipality{Number: n, Name: number}
	}
	return m
}

// areas are the boundaries, if an operator has loaded any.
func (p *pages) areas(r *http.Request, around []place.Municipality) ([]ui.MapArea, error) {
	if len(around) == 0 {
		return nil, nil
	}
	numbers := place.Numbers(around)
	var outlines []place.Outline
	err := p.Needs.Read(r.Context(), func(tx *db.Tx) error {
		var err error
		outlines, err = place.Outlines(r.Context(), tx, numbers...)
		return err
	})
	var out []ui.MapArea
	for _, o := range outlines {
		area := ui.MapArea{Label: p.place(string(o.Number))}
		for _, ring := range o.Rings {
			points := make([]ui.Coord, len(ring))
			for i, pt := range ring {
				points[i] = ui.Coord{Lat: pt[1], Lon: pt[0]}
			}
			area.Rings = append(area.Rings, points)
		}
		out = append(out, area)
	}
	return out, err
}
