package demand_test

import (
	"context"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
)

func TestTheTablesAreMadeOnceADay(t *testing.T) {
	b, system := newBoard(t), access.SystemActor("daily")
	for i, day := range []struct {
		later time.Duration
		made  bool
	}{{0, true}, {time.Hour, false}, {24 * time.Hour, true}, {0, false}} {
		b.Forward(day.later)
		if made, err := b.demand.Daily(context.Background(), system); err != nil || made != day.made {
			t.Errorf("round %d: made %v, %v, want %v", i, made, err, day.made)
		}
	}
}
