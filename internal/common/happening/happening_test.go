package happening_test

import (
	"errors"
	"maps"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
)

// What happened is taken once, the oldest first; of a change that was not made
// nothing happened.
func TestTakenOnceAndOnlyWhatWasDone(t *testing.T) {
	d := dbtest.New(t)
	now := clock.At(time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC))
	next := flow.Ball{Party: flow.Learner, Account: access.NewAccountID(), Due: clock.MustDate("2026-12-24")}
	write := func(fail error, what ...happening.What) {
		t.Helper()
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			for _, w := range what {
				happening.Record(tx, now, access.SystemActor("test"), happening.Happening{Kind: "thing", ID: "1", What: w, Mark: "a", Facts: happening.Facts{"by": "2026-12-24"}, Next: next})
			}
			return fail
		})
		if !errors.Is(err, fail) {
			t.Fatal(err)
		}
	}
	write(errors.New("no"), "lost")
	write(nil, "first", "second")
	var waits bool
	var taken []happening.Taken
	take := func() {
		t.Helper()
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			var err error
			if waits, err = happening.Wait(t.Context(), tx); err != nil {
				return err
			}
			taken, err = happening.Take(t.Context(), tx)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	take()
	if !waits || len(taken) != 2 || taken[0].What != "first" || taken[1].What != "second" || taken[0].At != now || taken[0].Actor != "system:test" {
		t.Fatalf("took %+v, waits %v", taken, waits)
	}
	if taken[0].Next != next {
		t.Errorf("acts next: %+v", taken[0].Next)
	}
	if !maps.Equal(taken[0].Facts, happening.Facts{"by": "2026-12-24"}) || taken[0].Facts.Day("by") != clock.MustDate("2026-12-24") || !taken[0].Facts.Day("other").IsZero() {
		t.Errorf("facts %v", taken[0].Facts)
	}
	if take(); waits || len(taken) != 0 {
		t.Errorf("again: %+v, waits %v", taken, waits)
	}
}
