package boardweb

import (
	"embed"
	"net/http"
	"net/url"
	"strings"

	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/demand"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/wording"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Needs  *need.Service
	Lists  *list.Service
	Demand *demand.Service
	Places *place.Register
	Clock  clock.Clock
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes. All are open: what a reader may not see is in none
// of them.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("board", Files, "demand", demandView{})
	d.Views.Add("board", Files, "map", mapView{})
	d.Pages(
		gate.Route{Method: "GET", Path: "/ettersporsel", Rule: gate.Public(), Handle: p.demand},
		gate.Route{Method: "GET", Path: "/ettersporsel.csv", Rule: gate.Public(), Handle: p.demandCSV},
		gate.Route{Method: "GET", Path: "/ettersporsel.json", Rule: gate.Public(), Handle: p.demandJSON},
		gate.Route{Method: "GET", Path: "/behov/kart", Rule: gate.Public(), Handle: p.needMap},
		gate.Route{Method: "GET", Path: "/behov/eksport.csv", Rule: gate.Public(), Handle: p.exportCSV},
		gate.Route{Method: "GET", Path: "/behov/eksport.xlsx", Rule: gate.Public(), Handle: p.exportXLSX},
		gate.Route{Method: "GET", Path: "/behov/eksport.json", Rule: gate.Public(), Handle: p.exportJSON},
	)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/demand", Rule: gate.Public(), ID: "list-demand",
		Summary: "Open figures of demand by field, region, level and year", Tags: []string{"need"}}, p.apiDemand)
}

// region names a region of figures, place a municipality.
func (p *pages) region(t i18n.Printer, r need.Region) string {
	return wording.Region(t, p.Places, r)
}
func (p *pages) place(number string) string { return wording.Place(p.Places, number) }

func first[T any](list []T) T {
	var none T
	if len(list) == 0 {
		return none
	}
	return list[0]
}

func oneOrNone[T ~string](v T) []T {
	if v == "" {
		return nil
	}
	return []T{v}
}

// address is a path with a query, if there is one.
func address(path string, q url.Values) string {
	return strings.TrimSuffix(path+"?"+q.Encode(), "?")
}

// download says what a file is and how it is called.
func download(w http.ResponseWriter, contentType, name string) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Cache-Control", "no-store")
}
