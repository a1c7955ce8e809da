package place

import (
	"slices"
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

func TestParseTyped(t *testing.T) {
	r := register(t)
	today, then := clock.MustDate("2026-11-21"), clock.MustDate("2013-05-30")
	for _, c := range []struct {
		typed string
		day   clock.Date
		want  Number
		key   i18n.Key
	}{
		{"Røros (5025)", today, "5025", ""},
		{"  røros ", today, "5025", ""},
		{"Røros kommune", today, "5025", ""},
		{"Rosse", today, "5025", ""},   // Sámi
		{"Plassje", today, "5025", ""}, // alias
		{"5025", today, "5025", ""},    //
		{"301", today, "0301", ""},     // a spreadsheet took the zero
		{"Berkåk", today, "5022", ""},  // centre of Rennebu
		{"Midtre-Gauldal", today, "5027", ""},
		{"Herøy, Nordland (1818)", today, "1818", ""},
		{"Herøy (Nordland)", today, "1818", ""},
		{"Herøy", today, "", "place.error.several"},
		{"Rissa", today, "", "place.error.not_valid_that_day"},
		{"Leksvik", then, "1718", ""},
		{"Leksvik (1718)", today, "", "place.error.not_valid_that_day"},
		{"9999", today, "", "place.error.unknown_municipality"},
		{"50255", today, "", "place.error.number"},
		{"Gotham", today, "", "form.error.municipality"},
		{"()", today, "", "form.error.municipality"},
		{"", today, "", ""},
	} {
		got, err := r.ParseTyped(c.typed, c.day)
		if got != c.want {
			t.Errorf("ParseTyped(%q, %s) = %q, want %q (%v)", c.typed, c.day, got, c.want, err)
		}
		if c.key == "" {
			if err != nil {
				t.Errorf("ParseTyped(%q, %s): %v", c.typed, c.day, err)
			}
			continue
		}
		e, ok := fault.As(err)
		if !ok || e.Kind != fault.Invalid || len(e.Fields) != 1 || e.Fields[0].Name != "municipality" || e.Fields[0].Key != c.key {
			t.Errorf("ParseTyped(%q, %s): %v, want %s at municipality", c.typed, c.day, err, c.key)
		}
	}
}

// TestOptionsAreReadBack holds for every municipality of the newest division and of an
// older one.
func TestOptionsAreReadBack(t *testing.T) {
	r := register(t)
	for _, day := range []clock.Date{{}, clock.MustDate("2013-05-30")} {
		d := r.On(day)
		options := r.Options(day)
		for i, m := range d.List() {
			if n, err := r.ParseTyped(options[i], day); err != nil || n != m.Number {
				t.Errorf("%q on %s is read as %q, %v", options[i], day, n, err)
			}
		}
		if slices.Sort(options); len(slices.Compact(options)) != len(d.List()) {
			t.Errorf("two municipalities of %s share an option", day)
		}
	}
	if got := r.Options(clock.Date{}, "50"); !slices.Contains(got, "Røros (5025)") || slices.Contains(got, "Os (3430)") {
		t.Errorf("options of Trøndelag: %v", got)
	}
	if got := r.Written("1718"); got != "Leksvik (1718)" {
		t.Errorf("Written(1718) = %q", got)
	}
	if got := r.Written("9999"); got != "" {
		t.Errorf("Written(9999) = %q", got)
	}
}
