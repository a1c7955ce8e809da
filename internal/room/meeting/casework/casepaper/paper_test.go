package casepaper_test

import (
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
)

// TestHeader: what is typed is read and written the same; a line that cannot be read is
// refused.
func TestHeader(t *testing.T) {
	rows, err := casepaper.ParseHeader("Rådet | PS 23/20 | 18.08.2020\nStyret\n\nUtvalget || 2020-09-02")
	if err != nil || len(rows) != 3 || rows[0].Number != "PS 23/20" || rows[2].Day != clock.MustDate("2020-09-02") {
		t.Fatalf("%v %+v", err, rows)
	}
	if got := casepaper.HeaderText(rows); got != "Rådet | PS 23/20 | 18.08.2020\nStyret\nUtvalget |  | 02.09.2020" {
		t.Errorf("%q", got)
	}
	for _, bad := range []string{"Rådet | PS 1/20 | i morgen", "| PS 1/20", "a|b||d"} {
		if _, err := casepaper.ParseHeader(bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
