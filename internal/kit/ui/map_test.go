package ui_test

import (
	"math"
	"testing"

	"kompetansetorg/internal/kit/ui"
)

func TestDrawing(t *testing.T) {
	m := ui.Map{Points: []ui.MapPoint{
		{Coord: ui.Coord{Lat: 62.57, Lon: 11.38}, Label: "Røros", Text: "6 personer", Size: 6},
		{Coord: ui.Coord{Lat: 64.47, Lon: 11.49}, Label: "Namsos", Text: "24 personer", Size: 24},
		{Coord: ui.Coord{Lat: 63.70, Lon: 8.78}, Label: "Frøya"},
		{Label: "Uten sted", Size: 99},
	}}
	d := m.Drawing()
	if len(d.Circles) != 3 {
		t.Fatalf("%d circles, want 3: a point without a place is not drawn", len(d.Circles))
	}
	by := map[string]ui.Mark{}
	for i, c := range d.Circles {
		by[c.Label] = c
		if i > 0 && c.R > d.Circles[i-1].R {
			t.Error("a larger circle is drawn above a smaller")
		}
		if c.X-c.R < 0 || c.Y-c.R < 0 || c.X+c.R > float64(d.Width) || c.Y+c.R > float64(d.Height) {
			t.Errorf("%s lies outside the picture: %+v", c.Label, c)
		}
	}
	namsos, roros, froya := by["Namsos"], by["Røros"], by["Frøya"]
	if namsos.Y >= roros.Y || froya.X >= namsos.X {
		t.Error("north is not up, or west not left")
	}
	// 1.9 degrees of latitude are 211 km; 2.71 of longitude at 63.5° are 134 km.
	northSouth, eastWest := roros.Y-namsos.Y, namsos.X-froya.X
	if ratio := northSouth / eastWest; math.Abs(ratio-1.57) > 0.05 {
		t.Errorf("north-south to east-west is %.2f, want about 1.57", ratio)
	}
	if namsos.Title != "Namsos: 24 personer" || froya.Title != "Frøya" {
		t.Errorf("titles %q and %q", namsos.Title, froya.Title)
	}
	if !namsos.Named || namsos.Color != ui.Accent {
		t.Errorf("Namsos is drawn as %+v", namsos)
	}
}

func TestDrawingGrowsWithArea(t *testing.T) {
	at := func(lon, size float64) ui.MapPoint {
		return ui.MapPoint{Coord: ui.Coord{Lat: 63, Lon: lon}, Label: "x", Size: size}
	}
	d := ui.Map{Points: []ui.MapPoint{at(9, 100), at(11, 25)}}.Drawing()
	if ratio := d.Circles[0].R / d.Circles[1].R; math.Abs(ratio-2) > 0.05 {
		t.Errorf("four times as many is %.2f times as wide, want 2", ratio)
	}
}

func TestDrawingOddCases(t *testing.T) {
	for name, m := range map[string]ui.Map{
		"nothing":   {},
		"one place": {Points: []ui.MapPoint{{Coord: ui.Coord{Lat: 63, Lon: 10}, Label: "ett", Size: 1}}},
		"a column":  {Places: []ui.MapPlace{{Coord: ui.Coord{Lat: 58, Lon: 10}, Label: "sør"}, {Coord: ui.Coord{Lat: 71, Lon: 10}, Label: "nord"}}},
		"the same":  {Points: []ui.MapPoint{{Coord: ui.Coord{Lat: 63, Lon: 10}, Label: "en", Size: -1}, {Coord: ui.Coord{Lat: 63, Lon: 10}, Label: "to", Size: 0}}},
	} {
		d := m.Drawing()
		if d.Width < 100 || d.Height < 100 || d.Height > 2*d.Width {
			t.Errorf("%s: %d by %d", name, d.Width, d.Height)
		}
		for _, k := range append(d.Circles, d.Dots...) {
			if math.IsNaN(k.X+k.Y+k.R) || k.X < 0 || k.X > float64(d.Width) || k.Y < 0 || k.Y > float64(d.Height) {
				t.Errorf("%s: %+v", name, k)
			}
		}
	}
}

func TestDrawingArea(t *testing.T) {
	d := ui.Map{Areas: []ui.MapArea{{Rings: [][]ui.Coord{{{Lat: 63, Lon: 10}, {Lat: 64, Lon: 10}, {Lat: 64, Lon: 12}}}}}}.Drawing()
	if len(d.Shapes) != 1 || d.Shapes[0][0] != 'M' || d.Shapes[0][len(d.Shapes[0])-1] != 'Z' {
		t.Errorf("shapes %q", d.Shapes)
	}
}

func TestBars(t *testing.T) {
	b := ui.Bars{Rows: []ui.Bar{{Value: 200}, {Value: 50}, {Value: 0.1}, {Value: 0}, {Value: -3}}}
	for i, want := range []int{100, 25, 1, 0, 0} {
		if got := b.Width(i); got != want {
			t.Errorf("bar %d is %d %% wide, want %d", i, got, want)
		}
	}
	if got := (ui.Bars{Rows: []ui.Bar{{}}}).Width(0); got != 0 {
		t.Errorf("a chart of nothing has a bar of %d %%", got)
	}
}
