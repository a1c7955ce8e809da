package reading

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/room/need"
)

func reader(t testing.TB) Reader {
	t.Helper()
	data, err := place.Starter()
	if err != nil {
		t.Fatal(err)
	}
	places, err := place.New(data)
	if err != nil {
		t.Fatal(err)
	}
	return Reader{Places: places, Today: clock.MustDate("2026-11-21"), KnownNumber: func(no string) bool { return no == "923609016" }}
}

func nothing(string) (string, bool) { return "", false }

func TestOddHeadings(t *testing.T) {
	for _, c := range []struct {
		heading string
		want    Field
	}{
		{"Hva trenger dere?", Text}, {"Kva treng de?", Text}, {"Beskriv behovet (fritekst)", Text}, {"Kommunenr", Municipality}, {"KOMMUNENUMMER", Municipality},
		{"Ant. pers", Headcount}, {"Antall pers.", Headcount}, {"Hvor mange?", Headcount}, {"Tal på personar", Headcount}, {"Bedriftsnavn", Organisation},
		{"Navn på bedrift *", Organisation}, {"Verksemd", Organisation}, {"Org.nr", OrgNumber}, {"Nivå", Level}, {"Ønsket utdanningsnivå", Level},
		{"Rekruttering/EVU", Purpose}, {"Når?", WantedFrom}, {"Hva hindrer dere?", Barriers}, {"Bransje", Sector}, {"Kontaktperson", ""}, {"E-post", ""}, {"Tlf", ""}, {"Feil", ""}, {"Id", ""}, {"", ""},
	} {
		if got := Columns().Propose([]string{c.heading}, nothing)[0]; got != string(c.want) {
			t.Errorf("%q is taken for %q, want %q", c.heading, got, c.want)
		}
	}
}

func TestOwnHeadingsComeBack(t *testing.T) {
	headings := []string{"Merknader", "Kommune", "Hva trengs"}
	remembered := func(h string) (string, bool) {
		switch h {
		case "Merknader":
			return string(Text), true
		case "Kommune":
			return "", true // left out last time
		}
		return "", false
	}
	if diff := cmp.Diff([]string{"text", "", ""}, Columns().Propose(headings, remembered)); diff != "" {
		t.Errorf("remembered headings (-want +got):\n%s", diff)
	}
}

func TestEachFieldIsProposedOnce(t *testing.T) {
	got := Columns().Propose([]string{"Kommune", "Kommunenummer", "Bedrift", "Firma", "Antall personer", "Antall"}, nothing)
	seen := map[string]int{}
	for _, f := range got {
		if seen[f]++; f != "" && seen[f] > 1 {
			t.Errorf("%s proposed twice: %v", f, got)
		}
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		field   Field
		written string
		want    any
	}{
		{Level, "Fagbrev", need.LevelTrade}, {Level, "fagbrev/svennebrev", need.LevelTrade}, {Level, "Bachelor eller master", need.LevelHigher},
		{Level, "Videregående", need.LevelVGS}, {Level, "Videregående (yrkesfag)", need.LevelVGS}, {Level, "Høyere yrkesfaglig utdanning", need.LevelFagskole},
		{Level, "fagskule", need.LevelFagskole}, {Level, "kort kurs", need.LevelCourse}, {Level, "Vet ikke", need.LevelUnknown}, {Level, "hoyere", need.LevelHigher},
		{Level, "Higher education", need.LevelHigher}, {Level, "trade certificate", need.LevelTrade},
		{Purpose, "Nye folk", need.Recruitment}, {Purpose, "Etter- og videreutdanning", need.Upskilling}, {Purpose, "rekruttering og etterutdanning", need.Both},
		{Purpose, "Rekruttering / kompetanseheving", need.Both}, {Purpose, "begge deler", need.Both}, {Purpose, "recruiting", need.Recruitment},
		{Horizon, "Snarest", need.Now}, {Horizon, "innen 3 år", need.ThreeYears}, {Horizon, "5-10 år", need.TenYears}, {Horizon, "no", need.Now},
		{Cause, "Han går av med pensjon", need.Departure}, {Cause, "vi vokser? nei, høy turnover", need.Turnover},
		{Sector, "Bygg og anlegg", "F"}, {Sector, "I", "I"}, {Sector, "landbruk i fjellet", "A"}, {Sector, "havbruk", "A"}, {Sector, "Reiseliv", "I"},
		{Confidentiality, "Åpen", need.Open}, {Confidentiality, "bare forum", need.ForumOnly}, {Confidentiality, "Konfidensielt", need.Internal}, {Confidentiality, "tilbydere", need.ProvidersOnly},
	} {
		k := cells{values: map[Field]string{c.field: c.written}}
		in := k.content()
		got := map[Field]any{Level: in.Level, Purpose: in.Purpose, Horizon: in.Horizon, Cause: in.Cause, Sector: in.Sector, Confidentiality: in.Confidentiality}[c.field]
		if got != c.want {
			t.Errorf("%s %q = %v, want %v (%v)", c.field, c.written, got, c.want, k.faults.Err())
		}
	}
}

func TestSeveralWordsInACell(t *testing.T) {
	k := cells{values: map[Field]string{Barriers: "Lang reisevei, for dyrt\nfolk får ikke fri", Forms: "nett; samlinger", Consequences: "Overtid og sykefravær / vi leier inn"}}
	in := k.content()
	if diff := cmp.Diff([]need.Barrier{need.Travel, need.Economy, need.LostTime}, in.Barriers); diff != "" {
		t.Errorf("barriers (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]need.Form{need.Online, need.Gatherings}, in.Forms); diff != "" {
		t.Errorf("forms (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]need.Consequence{need.Overtime, need.HiredIn}, in.Consequences); diff != "" {
		t.Errorf("consequences (-want +got):\n%s", diff)
	}
	if err := k.faults.Err(); err != nil {
		t.Error(err)
	}
}

func TestNumbers(t *testing.T) {
	for written, want := range map[string]int{"3": 3, " 12 ": 12, "ca. 5": 5, "3 stk": 3, "4 personer": 4, "tre": 3, "Én": 1, "en": 1, "3,0": 3, "1 200": 1200, "1.200": 1200, "om lag 7 ansatte": 7, "syv": 7, "to personer": 2} {
		k := cells{values: map[Field]string{Headcount: written}}
		got := k.number(Headcount)
		if got != want || k.faults.Err() != nil {
			t.Errorf("%q = %d, want %d (%v)", written, got, want, k.faults.Err())
		}
	}
	for _, written := range []string{"5-6", "mange", "2,5", "3 eller 4", "?", "1e9", "tre-fire"} {
		k := cells{values: map[Field]string{Headcount: written}}
		if got := k.number(Headcount); k.faults.Err() == nil {
			t.Errorf("%q is read as %d", written, got)
		}
	}
}

func TestDays(t *testing.T) {
	for written, want := range map[string]string{"2027-08-01": "2027-08-01", "1.8.2027": "2027-08-01", "2027": "2027-01-01", "høsten 2027": "2027-08-01",
		"August 2027": "2027-08-01", "fra våren 2028": "2028-01-01", "januar 2027": "2027-01-01", "snarest": "", "hausten 2027": "2027-08-01"} {
		k := cells{values: map[Field]string{WantedFrom: written}}
		in := k.content()
		if in.WantedFrom.String() != want || k.faults.Err() != nil {
			t.Errorf("%q = %q, want %q (%v)", written, in.WantedFrom, want, k.faults.Err())
		}
		if written == "snarest" && in.Horizon != need.Now {
			t.Errorf("%q gives the horizon %q", written, in.Horizon)
		}
	}
	for _, written := range []string{"31.02.2027", "8/27", "når det passer", "uke 34"} {
		k := cells{values: map[Field]string{WantedFrom: written}}
		if k.content(); k.faults.Err() == nil {
			t.Errorf("%q is taken for a day", written)
		}
	}
}

func TestRows(t *testing.T) {
	rd := reader(t)
	fields := []Field{Organisation, Municipality, Text, Headcount, Level, "", OrgNumber, Text}
	good := rd.Row(sheet.Row{Number: 7, Cells: []string{"Eksempel Sag AS", "røros kommune", "Vi trenger folk på saga", "2", "fagbrev", "ikke med", "", "De må kunne stille inn"}}, fields)
	if len(good.Faults) > 0 {
		t.Fatalf("faults %v", good.Faults)
	}
	if good.Nr != 7 || good.Organisation != "Eksempel Sag AS" || good.Content.Municipality != "5025" || good.Content.Headcount != 2 || good.Content.Level != need.LevelTrade {
		t.Errorf("row = %+v", good)
	}
	if want := "Vi trenger folk på saga\nDe må kunne stille inn"; good.Content.Text != want {
		t.Errorf("two columns of text = %q, want %q", good.Content.Text, want)
	}
	for written, want := range map[string]string{"5025": "5025", "301": "0301", "5025,0": "5025", "Oslo": "0301", "Støren": "5027"} {
		k := cells{values: map[Field]string{Municipality: written}, places: rd.Places, today: rd.Today}
		if got := k.municipality(); got != want {
			t.Errorf("municipality %q = %q, want %q (%v)", written, got, want, k.faults.Err())
		}
	}
	bad := rd.Row(sheet.Row{Number: 9, Cells: []string{"", "Atlantis", "x", "mange", "fagbrev eller fagskole", "", "12345"}}, fields)
	var names []string
	for _, f := range bad.Faults {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	if got := strings.Join(names, " "); got != "headcount level municipality organisation" {
		t.Errorf("faults at %s: %v", got, bad.Faults)
	}
}

func TestWhose(t *testing.T) {
	rd := reader(t)
	for _, c := range []struct{ name, number, want string }{
		{"Navnet AS", "", "Navnet AS"}, {"Navnet AS", "923 609 016", "923609016"}, {"Navnet AS", "974760673", "Navnet AS"}, {"", "974760673", "974760673"},
	} {
		k := cells{values: map[Field]string{Organisation: c.name, OrgNumber: c.number}}
		if got := rd.whose(&k); got != c.want {
			t.Errorf("%q with %q is %q, want %q", c.name, c.number, got, c.want)
		}
	}
}

// TestCodesAreWords sees that a sheet that was written with codes is read.
func TestCodesAreWords(t *testing.T) {
	for _, v := range need.Levels() {
		if got := meanings(string(v), levels); len(got) != 1 || got[0] != v {
			t.Errorf("level %s is read as %v", v, got)
		}
	}
	for _, v := range need.Barriers() {
		if got := meanings(string(v), barriers); len(got) != 1 || got[0] != v {
			t.Errorf("barrier %s is read as %v", v, got)
		}
	}
	for _, v := range need.Consequences() {
		if got := meanings(string(v), consequences); len(got) != 1 || got[0] != v {
			t.Errorf("consequence %s is read as %v", v, got)
		}
	}
	for _, v := range need.Forms() {
		if got := meanings(string(v), forms); len(got) != 1 || got[0] != v {
			t.Errorf("form %s is read as %v", v, got)
		}
	}
	for _, v := range need.Horizons() {
		if got := meanings(string(v), horizons); len(got) != 1 || got[0] != v {
			t.Errorf("horizon %s is read as %v", v, got)
		}
	}
	for _, v := range need.Causes() {
		if got := meanings(string(v), causes); len(got) != 1 || got[0] != v {
			t.Errorf("cause %s is read as %v", v, got)
		}
	}
}

// TestAdviceIsUnderstood sees that the words that the messages tell people to
// write are read, in every language.
func TestAdviceIsUnderstood(t *testing.T) {
	read := map[string]func(string) int{
		"level": counter(levels), "purpose": counter(purposes), "horizon": counter(horizons), "cause": counter(causes), "sector": counter(sectors),
		"confidentiality": counter(confidentialities), "forms": counter(forms), "consequences": counter(consequences), "barriers": counter(barriers),
	}
	advice := regexp.MustCompile(`(?:Skriv|Write)(?: for eksempel| til dømes| for example)? (.*)\.$`)
	for _, lang := range []string{"nb", "nn", "en"} {
		data, err := os.ReadFile("../importweb/text/" + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]any
		if err := json.Unmarshal(data, &texts); err != nil {
			t.Fatal(err)
		}
		for field, count := range read {
			said, _ := texts["import.error."+field].(string)
			m := advice.FindStringSubmatch(said)
			if m == nil {
				t.Errorf("%s: the message for %s gives no advice: %q", lang, field, said)
				continue
			}
			for _, word := range regexp.MustCompile(`, | eller | or `).Split(m[1], -1) {
				if count(word) != 1 {
					t.Errorf("%s: %s: %q is %d things", lang, field, word, count(word))
				}
			}
		}
	}
}

func counter[T ~string](table []meaning[T]) func(string) int {
	return func(s string) int { return len(meanings(s, table)) }
}

func FuzzRow(f *testing.F) {
	rd := reader(f)
	f.Add("Sag AS", "5025", "tre", "fagbrev")
	f.Add("", "Herøy", "1 200", "høyere; nett")
	fields := []Field{Organisation, Municipality, Headcount, Level, WantedFrom, Barriers, Sector, Apprentice}
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		row := rd.Row(sheet.Row{Number: 2, Cells: []string{a, b, c, d, a, b, c, d}}, fields)
		if row.Content.Headcount < 0 && len(row.Faults) == 0 && !strings.Contains(c, "-") {
			t.Errorf("headcount %d of %q", row.Content.Headcount, c)
		}
		if m := row.Content.Municipality; m != "" && !rd.Places.On(rd.Today).Has(place.Number(m)) {
			t.Errorf("municipality %q of %q", m, b)
		}
	})
}
