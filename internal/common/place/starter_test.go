package place

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/clock"
)

const sharedPlaces = "../../../../shared/data/places/"

// shared reads a file of the shared data, which is not part of the project.
func shared(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(sharedPlaces + name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is absent: the shared data is not part of the project", sharedPlaces+name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func register(t testing.TB) *Register {
	t.Helper()
	data, err := Starter()
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(data)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func day(s string) clock.Date { return clock.MustDate(s) }

// The numbers of municipalities and counties are those the government announced at each
// reform.
func TestCountsThroughTheReforms(t *testing.T) {
	r := register(t)
	for _, c := range []struct {
		day                      string
		municipalities, counties int
	}{
		{"2012-01-01", 429, 19},
		{"2012-12-31", 429, 19},
		{"2013-01-01", 428, 19},
		{"2016-12-31", 428, 19},
		{"2017-01-01", 426, 19},
		{"2018-01-01", 422, 18},
		{"2019-12-31", 422, 18},
		{"2020-01-01", 356, 11},
		{"2023-12-31", 356, 11},
		{"2024-01-01", 357, 15},
	} {
		d := r.On(day(c.day))
		if got := len(d.List()); got != c.municipalities {
			t.Errorf("%s: %d municipalities, want %d", c.day, got, c.municipalities)
		}
		if got := len(d.Counties()); got != c.counties {
			t.Errorf("%s: %d counties, want %d", c.day, got, c.counties)
		}
	}
	if got := len(r.On(clock.Date{}).List("50")); got != 38 {
		t.Errorf("Trøndelag has %d municipalities, want 38", got)
	}
}

func TestEveryMunicipalityTodayHasACentre(t *testing.T) {
	r := register(t)
	at := map[Point]string{}
	for _, m := range r.On(clock.Date{}).List() {
		if m.Centre == "" || !m.HasCentre() {
			t.Errorf("%s %s: no centre", m.Number, m.Name)
		}
		if other := at[m.At]; other != "" {
			t.Errorf("%s and %s have the same centre", m.Name, other)
		}
		at[m.At] = m.Name
	}
}

// Every number that was in force is followed to a number of today.
func TestEveryNumberLeadsToToday(t *testing.T) {
	r := register(t)
	for n := range r.byNumber {
		heirs, err := r.Successors(n, clock.Date{})
		if err != nil || len(heirs) == 0 {
			t.Errorf("%s leads to %v, %v", n, heirs, err)
		}
	}
}

// centreDiffers lists where the shared table names something that is no place; its
// value is ours.
var centreDiffers = map[Number]string{
	"5042": "Sandvika", // the table repeats the municipality's name
}

func TestStarterAgreesWithDivision2024(t *testing.T) {
	r := csv.NewReader(bytes.NewReader(shared(t, "kommuner_2024.tsv")))
	r.Comma = '\t'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	today := register(t).On(clock.Date{})
	if got, want := len(today.List()), len(rows)-1; got != want {
		t.Errorf("%d municipalities, the table has %d", got, want)
	}
	for _, row := range rows[1:] {
		m, err := today.Municipality(Number(row[0]))
		if err != nil {
			t.Errorf("%s %s: %v", row[0], row[1], err)
			continue
		}
		if want := strings.ReplaceAll(row[1], " - ", officialSeparator); m.Official != want {
			t.Errorf("%s: name %q, the table says %q", m.Number, m.Official, want)
		}
		want := row[4]
		if ours, ok := centreDiffers[m.Number]; ok {
			want = ours
		}
		if m.Centre != want {
			t.Errorf("%s %s: centre %q, the table says %q", m.Number, m.Name, m.Centre, want)
		}
	}
}

func TestStarterAgreesWithDivision2014(t *testing.T) {
	var file struct {
		ClassificationItems []struct{ Code, Name string }
	}
	if err := json.Unmarshal(shared(t, "kommuneinndeling2014.json"), &file); err != nil {
		t.Fatal(err)
	}
	compareNames(t, day("2014-01-01"), len(file.ClassificationItems), func(yield func(code, name string)) {
		for _, item := range file.ClassificationItems {
			yield(item.Code, item.Name)
		}
	})
}

// The file is the division of 2020–2023.
func TestStarterAgreesWithDivision2020(t *testing.T) {
	r := csv.NewReader(bytes.NewReader(shared(t, "kommuner_klass131.csv")))
	r.Comma, r.LazyQuotes = ';', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, on := range []string{"2020-01-01", "2023-12-31"} {
		compareNames(t, day(on), len(rows)-1, func(yield func(code, name string)) {
			for _, row := range rows[1:] {
				yield(row[0], row[3])
			}
		})
	}
}

// compareNames checks numbers and Norwegian names of the day. Lists add the county in
// parentheses to shared names, and their last row stands for unknown.
func compareNames(t *testing.T, on clock.Date, rows int, each func(func(code, name string))) {
	t.Helper()
	const unknown = "9999"
	d := register(t).On(on)
	if got, want := len(d.List()), rows-1; got != want {
		t.Errorf("%s: %d municipalities, the list has %d", on, got, want)
	}
	each(func(code, name string) {
		if code == unknown {
			return
		}
		n, err := ParseNumber(code)
		if err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		m, err := d.Municipality(n)
		if err != nil {
			t.Errorf("%s: %s %s: %v", on, code, name, err)
			return
		}
		plain, _, _ := strings.Cut(name, " (")
		names := strings.Split(plain, " - ")
		if code == "2025" {
			names = strings.Fields(plain) // "Deatnu Tana", no dash in the list
		}
		if !slices.Contains(names, m.Name) {
			t.Errorf("%s: %s is %q, the list says %q", on, code, m.Name, name)
		}
	})
}

func TestCentresLieInTheirMunicipality(t *testing.T) {
	outlines, err := LoadGeoJSON(bytes.NewReader(shared(t, "Kommuner-S.geojson")))
	if err != nil {
		t.Fatal(err)
	}
	today := register(t).On(clock.Date{})
	if got, want := len(outlines), len(today.List()); got != want {
		t.Errorf("%d outlines, %d municipalities", got, want)
	}
	for _, o := range outlines {
		m, err := today.Municipality(o.Number)
		if err != nil {
			t.Errorf("%s: %v", o.Number, err)
			continue
		}
		if !o.Contains(m.At) {
			t.Errorf("%s %s: %s at %.4f, %.4f lies outside%s", m.Number, m.Name, m.Centre, m.At.Lat, m.At.Lon, whose(outlines, today, m.At))
		}
	}
}

func whose(outlines []Outline, d Division, p Point) string {
	for _, o := range outlines {
		if o.Contains(p) {
			m, _ := d.Municipality(o.Number)
			return ", in " + m.Name
		}
	}
	return ", in the sea or abroad"
}

// The name column of memberships and leads is for readers; it must tell the truth.
func TestNamesInMembershipFiles(t *testing.T) {
	r := register(t)
	for file, at := range map[string]int{"memberships": 1, "leads": 3} {
		raw, err := starterFiles.ReadFile("starter/" + file + ".tsv")
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(strings.TrimSpace(string(raw)), "\n")[1:] {
			cells := strings.Split(line, "\t")
			if m, err := r.Municipality(Number(cells[at])); err != nil || m.Name != cells[at+1] {
				t.Errorf("%s:%d: %s is %q, not %q", file, i+2, cells[at], m.Name, cells[at+1])
			}
		}
	}
}
