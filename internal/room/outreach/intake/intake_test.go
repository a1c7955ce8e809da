package intake_test

import (
	"strings"
	"testing"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/room/outreach/intake"
)

// FuzzRow: a row that says of no cell that it is wrong holds only words the room knows,
// and a wrong cell is named by its field.
func FuzzRow(f *testing.F) {
	data, err := place.Starter()
	if err != nil {
		f.Fatal(err)
	}
	places, err := place.New(data)
	if err != nil {
		f.Fatal(err)
	}
	rd := intake.Reader{Places: places, Today: clock.MustDate("2026-11-18")}
	for _, s := range []string{"Eksempel AS|Røros|2.11.2026|besøk|60|behov|1.2.2027|Hagen", "|||||||", "A|5025|i går|due|1e300|kanskje|x|", "A|Atlantis|2026-01-01|TELEFON|-3,0|Nei||"} {
		f.Add(s)
	}
	var fields []string
	for _, f := range intake.Columns() {
		fields = append(fields, f.Name)
	}
	f.Fuzz(func(t *testing.T, line string) {
		got := rd.Row(sheet.Row{Number: 7, Cells: strings.Split(line, "|")}, fields)
		wrong := map[string]bool{}
		for _, x := range got.Faults {
			if x.Name == "" || x.Key == "" {
				t.Fatalf("a fault that says nothing: %+v", x)
			}
			wrong[x.Name] = true
		}
		v := got.Visit
		if got.Nr != 7 || !wrong["kind"] && v.Kind == "" || !wrong["municipality"] && v.Municipality != "" && !places.On(rd.Today).Has(place.Number(v.Municipality)) || v.Minutes > 1e6 || v.Minutes < -1e6 {
			t.Fatalf("%q gives %+v", line, got)
		}
	})
}
