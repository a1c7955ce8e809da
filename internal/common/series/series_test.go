package series_test

import (
	"context"
	"errors"
	"testing"

	"kompetansetorg/internal/common/series"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
)

// TestNextHasNoGapsAndNoDoubles: each series and year counts for itself, and what is
// rolled back is given again.
func TestNextHasNoGapsAndNoDoubles(t *testing.T) {
	d := dbtest.New(t)
	undone := errors.New("undone")
	var last int64
	for _, c := range []struct {
		series string
		year   int
		fails  error
		want   string
	}{
		{"Q", 2026, nil, "Q-2026-0001"},
		{"Q", 2026, undone, "Q-2026-0002"},
		{"Q", 2026, nil, "Q-2026-0002"},
		{"R", 2026, nil, "R-2026-0001"},
		{"Q", 2027, nil, "Q-2027-0001"},
	} {
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			got, key, err := series.Next(context.Background(), tx, c.series, c.year)
			if got != c.want {
				t.Errorf("next of %s in %d: %s, want %s", c.series, c.year, got, c.want)
			}
			if c.series == "Q" && c.fails == nil {
				if key <= last {
					t.Errorf("%s has key %d, after %d", got, key, last)
				}
				last = key
			}
			return errors.Join(err, c.fails)
		})
		if !errors.Is(err, c.fails) {
			t.Fatal(err)
		}
	}
}
