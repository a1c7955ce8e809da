package sheet_test

import (
	"fmt"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/sheet"
)

// A paragraph in the row of headings is no heading, however many of the words of
// one it has.
func TestALongTextIsNoHeading(t *testing.T) {
	long := "Kommune " + strings.Repeat("og noe mer ", 30)
	targets := []sheet.Target{{Field: "municipality", Names: []string{"kommune"}}}
	if got := sheet.MapHeadings([]string{long, "Kommune"}, targets); got[0].Column != 1 {
		t.Errorf("column %d", got[0].Column)
	}
	named := sheet.Names(targets)
	for heading, want := range map[string]bool{"Kommune": true, " KOMMUNE * ": true, "Kommune (nr.)": true, "Kommunen": false, "": false, "—": false, long: false} {
		if got := named(heading); got != want {
			t.Errorf("%q is a name: %v", heading, got)
		}
	}
}

// BenchmarkMapHeadings maps as many columns as an import takes to forty targets.
func BenchmarkMapHeadings(b *testing.B) {
	var headings []string
	var targets []sheet.Target
	for i := range 120 {
		headings = append(headings, fmt.Sprintf("Overskrift nummer %d om noe", i))
	}
	for i := range 40 {
		targets = append(targets, sheet.Target{Field: fmt.Sprint(i), Names: []string{fmt.Sprintf("felt %d", i), "et annet navn", "og et tredje navn på det"}})
	}
	for b.Loop() {
		sheet.MapHeadings(headings, targets)
	}
}
