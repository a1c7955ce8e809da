package place

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
)

func TestSuccessors(t *testing.T) {
	r := register(t)
	for _, c := range []struct {
		number, day string
		want        []Number
	}{
		{"1624", "2015-01-01", []Number{"1624"}},
		{"1624", "2018-01-01", []Number{"5054"}}, // Rissa to Indre Fosen
		{"1718", "", []Number{"5054"}},           // Leksvik, from another county
		{"1621", "2019-06-01", []Number{"5015"}}, // Ørland, renumbered
		{"1621", "2020-06-01", []Number{"5057"}}, // and then merged with Bjugn
		{"1627", "", []Number{"5057"}},
		{"5015", "", []Number{"5057"}},
		{"1613", "2019-12-31", []Number{"5012"}},
		{"1613", "2020-01-01", []Number{"5055", "5056", "5059"}}, // Snillfjord split in three
		{"5012", "", []Number{"5055", "5056", "5059"}},
		{"1850", "", []Number{"1806", "1875"}},           // Tysfjord in two
		{"1504", "2023-12-31", []Number{"1507"}},         // Ålesund merged
		{"1504", "2024-01-01", []Number{"1508", "1580"}}, // and split again
		{"1546", "", []Number{"1508", "1580"}},           // Sandøy went along
		{"1567", "2019-01-01", []Number{"5061"}},         // Rindal changed county
		{"1571", "", []Number{"5055"}},                   // Halsa too
		{"0719", "2016-12-31", []Number{"0719"}},         // Andebu
		{"0719", "2017-01-01", []Number{"0710"}},         // to Sandefjord
		{"0719", "2021-01-01", []Number{"3804"}},         // in Vestfold og Telemark
		{"0719", "2024-01-01", []Number{"3907"}},         // and Vestfold
		{"1662", "", []Number{"5001"}},                   // Klæbu to Trondheim
		{"1601", "", []Number{"5001"}},
		{"1723", "", []Number{"5053"}}, // Mosvik to Inderøy, twice renumbered
		{"0301", "", []Number{"0301"}},
	} {
		var on clock.Date
		if c.day != "" {
			on = day(c.day)
		}
		got, err := r.Successors(Number(c.number), on)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s on %s = %v, %v; want %v", c.number, c.day, got, err, c.want)
		}
	}
	for number, on := range map[Number]string{"5054": "2017-12-31", "9999": "2024-01-01", "": "2024-01-01", "'; --": "2024-01-01"} {
		if got, err := r.Successors(number, day(on)); !fault.Is(err, fault.NotFound) {
			t.Errorf("%q on %s = %v, %v; want NotFound", number, on, got, err)
		}
	}
}

func TestMadeFromAndClosedBy(t *testing.T) {
	r := register(t)
	var from []Number
	for _, c := range r.MadeFrom("5059") {
		from = append(from, c.From)
	}
	slices.Sort(from)
	if want := []Number{"5012", "5016", "5023", "5024"}; !slices.Equal(from, want) {
		t.Errorf("Orkland was made from %v, want %v", from, want)
	}
	if got := r.ClosedBy("5012"); len(got) != 3 || got[0].Kind != Split {
		t.Errorf("Snillfjord was closed by %v", got)
	}
	if got := r.ClosedBy("5059"); len(got) != 0 {
		t.Errorf("Orkland was closed by %v", got)
	}
}

func TestSum(t *testing.T) {
	r := register(t)
	got, err := Sum(r, map[Number]int{"1624": 10, "1718": 5, "5054": 1, "5012": 7, "1613": 2}, day("2024-06-01"))
	if err != nil {
		t.Fatal(err)
	}
	if want := map[Number]int{"5054": 16}; !maps.Equal(got.Totals, want) {
		t.Errorf("totals %v, want %v", got.Totals, want)
	}
	if len(got.Unshared) != 2 || got.Unshared[0].From != "1613" || got.Unshared[1].Value != 7 || len(got.Unshared[1].To) != 3 {
		t.Errorf("unshared %v", got.Unshared)
	}
	// Before the split the same figures can be summed.
	got, err = Sum(r, map[Number]int{"1613": 2, "5012": 7}, day("2019-06-01"))
	if err != nil || got.Totals["5012"] != 9 || len(got.Unshared) != 0 {
		t.Errorf("in 2019: %v, %v", got, err)
	}
	if _, err := Sum(r, map[Number]int{"1624": 1, "9999": 1}, day("2024-01-01")); !fault.Is(err, fault.NotFound) {
		t.Errorf("unknown number: %v", err)
	}
	if got, err := Sum(r, map[Number]float64{}, clock.Date{}); err != nil || len(got.Totals) != 0 {
		t.Errorf("nothing: %v, %v", got, err)
	}
}

// Whatever the figures and the days, what goes in comes out.
func TestSumLosesNothing(t *testing.T) {
	r := register(t)
	random := rand.New(rand.NewPCG(1, 2))
	days := []clock.Date{day("2012-01-01"), day("2016-02-29"), day("2018-01-01"), day("2019-12-31"), day("2020-01-01"), {}}
	for i, from := range days {
		for _, to := range days[i:] {
			figures, want := map[Number]int64{}, int64(0)
			for _, m := range r.On(from).List() {
				figures[m.Number] = random.Int64N(1e6)
				want += figures[m.Number]
			}
			sums, err := Sum(r, figures, to)
			if err != nil {
				t.Fatalf("%s to %s: %v", from, to, err)
			}
			var got int64
			for n, v := range sums.Totals {
				if !r.On(to).Has(n) {
					t.Errorf("%s to %s: total under %s", from, to, n)
				}
				got += v
			}
			for _, u := range sums.Unshared {
				got += u.Value
			}
			if got != want {
				t.Errorf("%s to %s: %d in, %d out", from, to, want, got)
			}
		}
	}
}

func TestWithin(t *testing.T) {
	r := register(t)
	for _, c := range []struct {
		day  string
		list []Number
		want []Number
	}{
		{"2026-11-21", []Number{"5025", "5028"}, []Number{"1640", "1653", "5025", "5028"}},                 // renumbered
		{"2026-11-21", []Number{"5054"}, []Number{"1624", "1718", "5054"}},                                 // merged
		{"2026-11-21", []Number{"5057"}, []Number{"1621", "1627", "5015", "5017", "5057"}},                 // both
		{"2019-06-01", []Number{"5015"}, []Number{"1621", "5015"}},                                         // before the merger
		{"2026-11-21", []Number{"5059"}, []Number{"1622", "1636", "1638", "5016", "5023", "5024", "5059"}}, // without Snillfjord, split in three
		{"2026-11-21", []Number{"5055", "5056", "5059"}, []Number{"1571", "1612", "1613", "1617", "1622", "1636", "1638", "5011", "5012", "5013", "5016",
			"5023", "5024", "5055", "5056", "5059"}}, // with it
		{"2026-11-21", []Number{"5012", "9999", ""}, nil}, // no municipalities of the day
		{"2026-11-21", nil, nil},
	} {
		if got := r.Within(c.list, day(c.day)); !slices.Equal(got, c.want) {
			t.Errorf("%v on %s: %v, want %v", c.list, c.day, got, c.want)
		}
	}
}
