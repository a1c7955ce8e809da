package place_test

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
)

var now = clock.MustTime("2026-11-21T10:00:00Z")

func load(t *testing.T, d *db.DB, outlines []place.Outline) error {
	t.Helper()
	return d.Write(t.Context(), func(tx *db.Tx) error {
		return place.StoreOutlines(t.Context(), tx, now, access.SystemActor("test"), outlines)
	})
}

func stored(t *testing.T, d *db.DB, numbers ...place.Number) []place.Outline {
	t.Helper()
	var out []place.Outline
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		var err error
		out, err = place.Outlines(t.Context(), tx, numbers...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestOutlinesAreStoredAndReplaced(t *testing.T) {
	d := dbtest.New(t)
	square := func(lon float64) []orb.Ring {
		return []orb.Ring{{{lon, 60}, {lon + 1, 60}, {lon + 1.000000001, 60.5}, {lon + 1, 61}, {lon, 61}, {lon, 60}}}
	}
	if got := stored(t, d); len(got) != 0 {
		t.Fatalf("an empty database has %d outlines", len(got))
	}
	if err := load(t, d, []place.Outline{{Number: "5026", Rings: square(12)}, {Number: "5025", Rings: square(10)}}); err != nil {
		t.Fatal(err)
	}
	got := stored(t, d)
	if len(got) != 2 || got[0].Number != "5025" || !got[0].Contains(place.Point{Lat: 60.5, Lon: 10.5}) || got[0].Contains(place.Point{Lat: 60.5, Lon: 12.5}) {
		t.Errorf("stored: %v", got)
	}
	if !got[0].Rings[0].Closed() {
		t.Error("the ring came back open")
	}
	if one := stored(t, d, "5026", "9999"); len(one) != 1 || one[0].Number != "5026" {
		t.Errorf("the named ones: %v", one)
	}
	if err := load(t, d, []place.Outline{{Number: "5027", Rings: square(10)}}); err != nil {
		t.Fatal(err)
	}
	if got := stored(t, d); len(got) != 1 || got[0].Number != "5027" {
		t.Errorf("after the second load: %v", got)
	}
	if err := load(t, d, nil); err == nil {
		t.Error("an empty list cleared the map")
	}
	if got := stored(t, d); len(got) != 1 {
		t.Errorf("after a refused load: %v", got)
	}
	report, err := audit.Verify(t.Context(), d)
	if err != nil || report.Entries != 2 || report.Broken != 0 {
		t.Errorf("audit: %+v, %v; want two entries", report, err)
	}
}

// TestRealOutlinesAreSmall stores all of Norway: every centre stays inside, and a page of
// one county stays light.
func TestRealOutlinesAreSmall(t *testing.T) {
	raw, err := os.ReadFile("../../../../shared/data/places/Kommuner-S.geojson")
	if err != nil {
		t.Skip("no boundaries to read in ../shared/data")
	}
	outlines, err := place.LoadGeoJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	d := dbtest.New(t)
	if err := load(t, d, place.ForMaps(outlines)); err != nil {
		t.Fatal(err)
	}
	got := stored(t, d)
	data, err := place.Starter()
	if err != nil {
		t.Fatal(err)
	}
	outside := 0
	for _, o := range got {
		i := slices.IndexFunc(data.Municipalities, func(m place.Municipality) bool { return m.Number == o.Number })
		if i >= 0 && !o.Contains(data.Municipalities[i].At) {
			outside++
			t.Logf("the centre of %s is outside its drawn boundary", data.Municipalities[i].Name)
		}
	}
	if outside > 8 { // quays and river mouths; the line strays 400 m
		t.Errorf("%d centres are outside", outside)
	}
	size := 0
	for _, o := range got {
		b, err := json.Marshal(o.Rings)
		if err != nil {
			t.Fatal(err)
		}
		size += len(b)
	}
	if len(got) != len(outlines) || size > 500_000 {
		t.Errorf("%d of %d outlines in %d bytes", len(got), len(outlines), size)
	}
	t.Logf("%d outlines, %d bytes", len(got), size)
}
