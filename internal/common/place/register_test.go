package place

import (
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
)

func TestParseNumber(t *testing.T) {
	for in, want := range map[string]Number{
		"5025":     "5025",
		" 0301 ":   "0301",
		"301":      "0301", // a spreadsheet took the zero
		"":         "",
		"50":       "",
		"50255":    "",
		"50a5":     "",
		"-502":     "",
		"5 025":    "",
		"٥٠٢٥":     "",
		"5025.0":   "",
		"Trøndlag": "",
	} {
		got, err := ParseNumber(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("ParseNumber(%q) = %q, %v; want %q", in, got, err, want)
		}
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("ParseNumber(%q): %v is not of kind Invalid", in, err)
		}
	}
}

func TestNumbersOnADay(t *testing.T) {
	r := register(t)
	for _, c := range []struct {
		day, number, name string // name "" = not valid
	}{
		{"2012-01-01", "1624", "Rissa"},
		{"2017-12-31", "1624", "Rissa"},
		{"2018-01-01", "1624", ""},
		{"2017-12-31", "5054", ""},
		{"2018-01-01", "5054", "Indre Fosen"},
		{"1999-05-17", "1624", "Rissa"}, // before the register: as at its start
		{"2019-12-31", "5012", "Snillfjord"},
		{"2020-01-01", "5012", ""},
		{"2015-06-01", "1103", "Stavanger"}, // a number that outlives a merger
		{"2025-06-01", "1103", "Stavanger"},
		{"2012-12-31", "1901", "Harstad"},
		{"2013-01-01", "1901", ""},
		{"2013-01-01", "1903", "Harstad"},
		{"2023-12-31", "1580", ""},
		{"2024-01-01", "1580", "Haram"},
		{"2019-12-31", "0616", "Nes"},
		{"2020-01-01", "3040", "Nesbyen"},
		{"2100-01-01", "5025", "Røros"},
		{"2024-01-01", "9999", ""},
		{"2024-01-01", "", ""},
	} {
		m, err := r.On(day(c.day)).Municipality(Number(c.number))
		if m.Name != c.name || (err == nil) != (c.name != "") {
			t.Errorf("%s on %s = %q, %v; want %q", c.number, c.day, m.Name, err, c.name)
		}
		if err != nil && !fault.Is(err, fault.NotFound) {
			t.Errorf("%s on %s: %v is not of kind NotFound", c.number, c.day, err)
		}
		if got, want := r.On(day(c.day)).Has(Number(c.number)), c.name != ""; got != want {
			t.Errorf("%s on %s: Has = %v", c.number, c.day, got)
		}
	}
	if _, err := r.On(clock.Date{}).Municipality("1624"); err == nil {
		t.Error("the zero day is the newest division, but has Rissa")
	}
	// Old reports show old names without knowing a day.
	if m, err := r.Municipality("1624"); err != nil || m.Name != "Rissa" {
		t.Errorf("1624 at any time = %q, %v", m.Name, err)
	}
}

func TestOfficialNames(t *testing.T) {
	today := register(t).On(clock.Date{})
	for _, c := range []struct {
		number, name, official string
		others                 []string
	}{
		{"5025", "Røros", "Rosse – Røros", []string{"Rosse"}},
		{"5041", "Snåsa", "Snåase – Snåsa", []string{"Snåase"}},
		{"5540", "Kåfjord", "Gáivuotna – Kåfjord – Kaivuono", []string{"Gáivuotna", "Kaivuono"}},
		{"5021", "Oppdal", "Oppdal", nil},
	} {
		m, err := today.Municipality(Number(c.number))
		if err != nil || m.Name != c.name || m.Official != c.official || !slices.Equal(m.OtherNames(), c.others) {
			t.Errorf("%s = %q, %q, others %q, %v", c.number, m.Name, m.Official, m.OtherNames(), err)
		}
	}
}

func TestByName(t *testing.T) {
	r := register(t)
	for _, c := range []struct {
		day, name, want string
	}{
		{"2024-01-01", "Røros", "5025"},
		{"2024-01-01", "  RØROS kommune ", "5025"},
		{"2024-01-01", "Plassje", "5025"},
		{"2024-01-01", "rosse", "5025"},
		{"2024-01-01", "Rosse - Røros", "5025"},
		{"2024-01-01", "Midtre-Gauldal", "5027"},
		{"2024-01-01", "Porsangu", "5622"}, // typed without ŋ and accents
		{"2024-01-01", "Ulvik herad", "4620"},
		{"2024-01-01", "Herøy", "1515 1818"},
		{"2024-01-01", "Herøy (Nordland)", "1818"},
		{"2024-01-01", "Våler", "3114 3419"},
		{"2019-01-01", "Nes", "0236 0616"},
		{"2024-01-01", "Nes", "3228"},
		{"2024-01-01", "Rissa", ""},
		{"2015-01-01", "Rissa", "1624"},
		{"2024-01-01", "Aasen", ""},
		{"2024-01-01", "", ""},
		{"2024-01-01", "kommune", ""},
		{"2024-01-01", "Mo i Rana", ""}, // a town, not a municipality
	} {
		var got []string
		for _, m := range r.On(day(c.day)).ByName(c.name) {
			got = append(got, string(m.Number))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s on %s = %v, want %s", c.name, c.day, got, c.want)
		}
	}
}

func TestSearch(t *testing.T) {
	r := register(t)
	for _, c := range []struct{ typed, first string }{
		{"trond", "Trondheim"},
		{"mo i", "Rana"},
		{"5025", "Røros"},
		{"502", "Holtålen"}, // all of 5020–5029, by name
		{"gauldal", "Midtre Gauldal"},
		{"os", "Os"}, // the whole name before Osen and Oslo
		{"åm", "Åmli"},
		{"brekstad", "Ørland"},
	} {
		got := r.On(day("2024-01-01")).Search(c.typed, 5)
		if len(got) == 0 || got[0].Name != c.first {
			t.Errorf("search %q = %v, want %s first", c.typed, names(got), c.first)
		}
	}
	for _, typed := range []string{"", "  ", "xyzzy", "%", "99999"} {
		if got := r.On(clock.Date{}).Search(typed, 5); len(got) != 0 {
			t.Errorf("search %q = %v", typed, names(got))
		}
	}
	if got := r.On(clock.Date{}).Search("s", 3); len(got) != 3 {
		t.Errorf("limit 3 gave %v", names(got))
	}
	if got := r.On(clock.Date{}).Search("s", -1); got != nil {
		t.Errorf("limit -1 gave %v", names(got))
	}
}

func TestListsInNorwegianOrder(t *testing.T) {
	list := names(register(t).On(clock.Date{}).List("50"))
	want := []string{"Orkland", "Osen", "Overhalla", "Rennebu", "Rindal", "Røros", "Røyrvik", "Selbu", "Skaun", "Snåsa",
		"Steinkjer", "Stjørdal", "Trondheim", "Tydal", "Verdal", "Ørland", "Åfjord"}
	if got := list[len(list)-len(want):]; !slices.Equal(got, want) {
		t.Errorf("end of Trøndelag = %v", got)
	}
}

func TestCounties(t *testing.T) {
	r := register(t)
	if c, err := r.On(day("2017-12-31")).County("16"); err != nil || c.Name != "Sør-Trøndelag" {
		t.Errorf("county 16 in 2017 = %v, %v", c, err)
	}
	if _, err := r.On(day("2018-01-01")).County("16"); !fault.Is(err, fault.NotFound) {
		t.Errorf("county 16 in 2018: %v", err)
	}
	if c, err := r.On(clock.Date{}).County("50"); err != nil || c.Official != "Trøndelag – Trööndelage" {
		t.Errorf("county 50 = %v, %v", c, err)
	}
	if got := Number("5025").County(); got != "50" {
		t.Errorf("county of 5025 = %s", got)
	}
	if got := Number("x").County(); got != "" {
		t.Errorf("county of x = %q", got)
	}
}

func TestLabel(t *testing.T) {
	today := register(t).On(clock.Date{})
	for number, want := range map[Number]string{
		"1818": "Herøy (Nordland)", "1515": "Herøy (Møre og Romsdal)", "3430": "Os", "5025": "Røros", "3419": "Våler (Innlandet)",
	} {
		m, err := today.Municipality(number)
		if got := today.Label(m); err != nil || got != want {
			t.Errorf("%s = %q, %v; want %q", number, got, err, want)
		}
	}
}

func names(list []Municipality) []string {
	var out []string
	for _, m := range list {
		out = append(out, m.Name)
	}
	return out
}
