package place

import (
	"math"
	"testing"
)

// Distances measured on the map, give or take the size of a town.
func TestDistance(t *testing.T) {
	r := register(t)
	for _, c := range []struct {
		a, b  Number
		km    float64
		class Nearness
	}{
		{"0301", "4601", 305, Far},      // Oslo–Bergen
		{"5001", "0301", 391, Far},      // Trondheim–Oslo
		{"5025", "5026", 29, Under50},   // Røros–Ålen
		{"5025", "5021", 87, Under100},  // Røros–Oppdal
		{"5001", "5025", 107, Under200}, // Trondheim–Røros
		{"5001", "5059", 31, Under50},   // Trondheim–Orkanger
		{"5025", "5025", 0, Same},
		{"1640", "5025", 0, Same},     // by its old number
		{"1624", "1718", 0, Same},     // merged since
		{"1613", "5059", 0, Same},     // a part of Snillfjord is there
		{"1613", "5001", 31, Under50}, // of several the nearest, Orkanger
		{"5605", "4205", 1690, Far},   // the length of the land
		{"9999", "5025", 0, UnknownDistance},
		{"5025", "", 0, UnknownDistance},
	} {
		km, class := r.Distance(c.a, c.b)
		if math.Abs(float64(km)-c.km) > 3+c.km/100 || class != c.class {
			t.Errorf("%s–%s = %.1f km, %s; want about %.0f, %s", c.a, c.b, km, class, c.km, c.class)
		}
		if back, class2 := r.Distance(c.b, c.a); back != km || class2 != class {
			t.Errorf("%s–%s differs by direction: %v and %v", c.a, c.b, km, back)
		}
	}
}

func TestClassify(t *testing.T) {
	for _, c := range []struct {
		km   Kilometres
		want Nearness
	}{
		{0, Under50}, {49.99, Under50}, {50, Under100}, {99.99, Under100}, {100, Under200}, {199.99, Under200}, {200, Far},
		{20000, Far}, {-1, UnknownDistance}, {Kilometres(math.NaN()), UnknownDistance},
	} {
		if got := Classify(c.km); got != c.want {
			t.Errorf("Classify(%v) = %s, want %s", c.km, got, c.want)
		}
	}
}

func TestAir(t *testing.T) {
	// A degree of latitude is 111.2 km anywhere, one of longitude half of that at 60°.
	if got := Air(Point{60, 10}, Point{61, 10}); math.Abs(float64(got)-111.19) > 0.01 {
		t.Errorf("a degree north = %v", got)
	}
	if got := Air(Point{60, 10}, Point{60, 11}); math.Abs(float64(got)-55.6) > 0.1 {
		t.Errorf("a degree east at 60° = %v", got)
	}
	if got := Air(Point{0, 0}, Point{0, 180}); math.Abs(float64(got)-math.Pi*earthRadius) > 0.01 {
		t.Errorf("half around = %v", got)
	}
}

func TestNear(t *testing.T) {
	near := register(t).Near("5025", 50)
	if len(near) < 3 || near[0].Name != "Røros" || near[0].Class != Same {
		t.Fatalf("near Røros: %v", near)
	}
	for i, n := range near[1:] {
		if n.Air > 50 || n.Air < near[i].Air || n.Class != Under50 {
			t.Errorf("%s: %.1f km, %s after %.1f", n.Name, n.Air, n.Class, near[i].Air)
		}
	}
	if got := register(t).Near("9999", 50); got != nil {
		t.Errorf("near nowhere: %v", got)
	}
}

func TestReachesAgreesWithDistance(t *testing.T) {
	r := register(t)
	all := r.Reaches("1640")
	if len(all) != len(r.byNumber) {
		t.Errorf("%d reaches, %d numbers", len(all), len(r.byNumber))
	}
	for n, got := range all {
		if km, class := r.Distance("5025", n); got != (Reach{km, class}) || class == UnknownDistance {
			t.Errorf("%s: %v, want %v %s", n, got, km, class)
		}
	}
	if got := r.Reaches("9999"); len(got) != 0 {
		t.Errorf("from nowhere: %d", len(got))
	}
}

func BenchmarkDistance(b *testing.B) {
	r := register(b)
	for b.Loop() {
		r.Distance("5025", "5001")
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		register(b)
	}
}
