package place

import (
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
)

// FuzzParseTyped: what is typed is a municipality of the day, that reads back from how
// it is written, or nothing, with a fault at the field.
func FuzzParseTyped(f *testing.F) {
	r, today := register(f), clock.MustDate("2026-11-18")
	for _, s := range []string{"Røros", "5025", "5025 Røros", "røros kommune", "Våler", "Klæbu", "0301", "Snåase", " ", "5025 Oppdal", "HERØY (Nordland)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := r.ParseTyped(s, today)
		if err != nil {
			e, ok := fault.As(err)
			if !ok || e.Kind != fault.Invalid || len(e.Fields) != 1 || e.Fields[0].Name != "municipality" || n != "" {
				t.Fatalf("%q: %q, %v", s, n, err)
			}
			return
		}
		if n == "" {
			return
		}
		if !r.On(today).Has(n) {
			t.Fatalf("%q gives %s, which is none that day", s, n)
		}
		if back, err := r.ParseTyped(r.Written(n), today); err != nil || back != n {
			t.Fatalf("%q gives %s, written %q, read back %q, %v", s, n, r.Written(n), back, err)
		}
	})
}
