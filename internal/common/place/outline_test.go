package place

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"kompetansetorg/internal/kit/clock"
)

const square = `[[[10,60],[11,60],[11,61],[10,61],[10,60]]]`

func featureJSON(properties, geometryType, coordinates string) string {
	return fmt.Sprintf(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":%s,"geometry":{"type":%q,"coordinates":%s}}]}`,
		properties, geometryType, coordinates)
}

func TestLoadGeoJSON(t *testing.T) {
	plain := featureJSON(`{"kommunenummer":"5025"}`, "Polygon", square)
	for name, in := range map[string]string{
		"plain":           plain,
		"number as id":    `{"type":"FeatureCollection","features":[{"id":"5025","geometry":{"type":"Polygon","coordinates":` + square + `}}]}`,
		"number, number":  featureJSON(`{"KOMMUNENR":5025}`, "Polygon", square),
		"MultiPolygon":    featureJSON(`{"kommunenr":"5025"}`, "MultiPolygon", "["+square+"]"),
		"with height":     featureJSON(`{"kommunenummer":"5025"}`, "Polygon", `[[[10,60,5],[11,60,5],[11,61,5],[10,61,5],[10,60,5]]]`),
		"Geonorge":        `{"administrative_enheter.kommune":` + plain + `,"administrative_enheter.grense":{"type":"FeatureCollection","features":[]}}`,
		"clockwise piece": featureJSON(`{"kommunenummer":"5025"}`, "Polygon", `[[[10,60],[10,61],[11,61],[11,60],[10,60]]]`),
	} {
		got, err := LoadGeoJSON(strings.NewReader(in))
		if err != nil || len(got) != 1 || got[0].Number != "5025" || len(got[0].Rings) != 1 {
			t.Errorf("%s: %v, %v", name, got, err)
			continue
		}
		if got[0].Rings[0].Orientation() != orb.CCW {
			t.Errorf("%s: the piece is not counter-clockwise", name)
		}
		if !got[0].Contains(Point{60.5, 10.5}) || got[0].Contains(Point{61.5, 10.5}) {
			t.Errorf("%s: the middle is outside or the outside inside", name)
		}
	}
}

func TestLoadGeoJSONRefuses(t *testing.T) {
	number := `{"kommunenummer":"5025"}`
	for name, c := range map[string]struct{ in, says string }{
		"nothing":           {"", "not GeoJSON"},
		"no JSON":           {"number;name\n5025;Røros", "not GeoJSON"},
		"a list":            {"[]", "not GeoJSON"},
		"null":              {"null", "no FeatureCollection"},
		"another object":    {`{"a":1}`, "no FeatureCollection"},
		"topology":          {`{"type":"Topology"}`, `"Topology"`},
		"no features":       {`{"type":"FeatureCollection","features":[]}`, "no features"},
		"null feature":      {`{"type":"FeatureCollection","features":[null]}`, "feature 1"},
		"no number":         {featureJSON(`{"navn":"Røros"}`, "Polygon", square), "no municipality number"},
		"odd number":        {featureJSON(`{"kommunenummer":"50-25"}`, "Polygon", square), "no municipality number"},
		"a line":            {featureJSON(number, "LineString", `[[10,60],[11,61]]`), `"LineString"`},
		"no coordinates":    {featureJSON(number, "Polygon", `null`), "no rings"},
		"text coordinates":  {featureJSON(number, "Polygon", `[[["a","b"]]]`), "5025"},
		"short point":       {featureJSON(number, "Polygon", `[[[10],[11],[12],[10]]]`), "5025"},
		"open ring":         {featureJSON(number, "Polygon", `[[[10,60],[11,60],[11,61],[10,61]]]`), "open"},
		"three points":      {featureJSON(number, "Polygon", `[[[10,60],[11,60],[10,60]]]`), "fewer than four"},
		"metres":            {featureJSON(number, "Polygon", `[[[260000,7030000],[270000,7030000],[270000,7040000],[260000,7030000]]]`), "not in degrees"},
		"latitude first":    {featureJSON(number, "Polygon", `[[[60,10],[60,11],[61,11],[60,10]]]`), "longitude comes first"},
		"told twice":        {`{"type":"FeatureCollection","features":[` + twice + `,` + twice + `]}`, "told twice"},
		"cut off":           {featureJSON(number, "Polygon", square)[:120], "not GeoJSON"},
		"number of another": {featureJSON(`{"kommunenummer":true}`, "Polygon", square), "no municipality number"},
	} {
		got, err := LoadGeoJSON(strings.NewReader(c.in))
		if err == nil || !strings.Contains(err.Error(), c.says) || got != nil {
			t.Errorf("%s: %v, %v; want an error with %q", name, got, err, c.says)
		}
	}
}

const twice = `{"properties":{"id":"5025"},"geometry":{"type":"Polygon","coordinates":` + square + `}}`

func TestContainsMindsHoles(t *testing.T) {
	holed := featureJSON(`{"id":"5025"}`, "Polygon", `[[[10,60],[11,60],[11,61],[10,61],[10,60]],[[10.4,60.4],[10.6,60.4],[10.6,60.6],[10.4,60.6],[10.4,60.4]]]`)
	got, err := LoadGeoJSON(strings.NewReader(holed))
	if err != nil {
		t.Fatal(err)
	}
	if got[0].Contains(Point{60.5, 10.5}) || !got[0].Contains(Point{60.2, 10.2}) {
		t.Error("the hole is inside, or the piece outside")
	}
}

// Two neighbours share a crooked border; each names it in its own direction and begins
// its ring elsewhere.
func TestSimplifyKeepsBordersShared(t *testing.T) {
	var border []orb.Point
	for i := range 101 {
		f := float64(i) / 100
		border = append(border, orb.Point{11 + 0.002*math.Sin(40*f), 60 + f})
	}
	west := append(orb.Ring{{10, 60}}, border...)
	west = append(west, orb.Point{10, 61}, orb.Point{10, 60})
	east := orb.Ring{{12, 61}}
	for i := range border {
		east = append(east, border[len(border)-1-i])
	}
	east = append(east, orb.Point{12, 60}, orb.Point{12, 61})
	in := []Outline{{"0001", []orb.Ring{west}}, {"0002", []orb.Ring{east}}}

	out := Simplify(in, 0.3, 0)
	if len(in[0].Rings[0]) != len(border)+3 {
		t.Error("the input was changed")
	}
	a, b := points(out[0]), points(out[1])
	if len(a) >= len(border) {
		t.Errorf("%d points of %d are left", len(a), len(border))
	}
	for _, p := range border {
		if a[p] != b[p] {
			t.Errorf("%v is a point of one neighbour only", p)
		}
	}
	total := squareKm(out[0].Rings[0]) + squareKm(out[1].Rings[0])
	if want := squareKm(west) + squareKm(east); math.Abs(total-want) > want/1000 {
		t.Errorf("area %.1f km², was %.1f", total, want)
	}
}

func TestSimplifyLeavesOutIslands(t *testing.T) {
	island := func(x, y, size float64) orb.Ring {
		return orb.Ring{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}}
	}
	in := []Outline{{"0001", []orb.Ring{island(10, 60, 0.5), island(11, 61, 0.001)}}, {"0002", []orb.Ring{island(12, 62, 0.001)}}}
	for _, tolerance := range []float64{0, 0.01, 1} {
		out := Simplify(in, tolerance, 1)
		if len(out[0].Rings) != 1 || len(out[1].Rings) != 1 {
			t.Errorf("tolerance %v: %d and %d rings, want 1 and 1", tolerance, len(out[0].Rings), len(out[1].Rings))
		}
	}
	if out := Simplify(in, -1, 0); len(out[0].Rings) != 2 {
		t.Errorf("without a least area: %d rings, want 2", len(out[0].Rings))
	}
	if out := Simplify(nil, 1, 1); len(out) != 0 {
		t.Errorf("nothing became %v", out)
	}
}

func TestSimplifyNorway(t *testing.T) {
	in, err := LoadGeoJSON(bytes.NewReader(shared(t, "Kommuner-S.geojson")))
	if err != nil {
		t.Fatal(err)
	}
	out := Simplify(in, 1.0, 3)
	before, after := 0, 0
	var areaBefore, areaAfter float64
	today := register(t).On(clock.Date{})
	for i := range in {
		if !today.Has(out[i].Number) || len(out[i].Rings) == 0 {
			t.Errorf("%s: %d rings", out[i].Number, len(out[i].Rings))
		}
		for _, ring := range in[i].Rings {
			before += len(ring)
			areaBefore += squareKm(ring) * sign(ring)
		}
		for _, ring := range out[i].Rings {
			after += len(ring)
			areaAfter += squareKm(ring) * sign(ring)
			if !ring.Closed() || len(ring) < 4 {
				t.Errorf("%s: a broken ring", out[i].Number)
			}
		}
	}
	if after > before*2/3 {
		t.Errorf("%d points of %d are left", after, before)
	}
	if math.Abs(areaAfter-areaBefore) > areaBefore/100 {
		t.Errorf("area %.0f km², was %.0f", areaAfter, areaBefore)
	}
	// The mainland, its islands and the sea the file counts in: 325,000 to 450,000 km².
	if areaBefore < 320_000 || areaBefore > 450_000 {
		t.Errorf("Norway has %.0f km²", areaBefore)
	}
	t.Logf("%d points became %d", before, after)
}

func sign(ring orb.Ring) float64 { return math.Copysign(1, planar.Area(ring)) }

func points(o Outline) map[orb.Point]bool {
	in := map[orb.Point]bool{}
	for _, ring := range o.Rings {
		for _, p := range ring {
			in[p] = true
		}
	}
	return in
}

func FuzzLoadGeoJSON(f *testing.F) {
	f.Add(featureJSON(`{"kommunenummer":"5025"}`, "Polygon", square))
	f.Add(featureJSON(`{"id":301}`, "MultiPolygon", "["+square+","+square+"]"))
	f.Add(`{"x.kommune":{"type":"FeatureCollection","features":[]}}`)
	f.Fuzz(func(t *testing.T, in string) {
		outlines, err := LoadGeoJSON(strings.NewReader(in))
		if err != nil {
			return
		}
		for _, o := range Simplify(outlines, 0.5, 1) {
			if len(o.Number) != 4 || len(o.Rings) == 0 {
				t.Errorf("%q gave %q with %d rings", in, o.Number, len(o.Rings))
			}
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"5025", "301", " 0301", "x", "-123", "１２３４"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseNumber(s)
		if (err == nil) != (len(n) == 4 && isDigits(string(n))) {
			t.Errorf("%q gave %q, %v", s, n, err)
		}
	})
}
