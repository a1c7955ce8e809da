package learning

import (
	"context"
	"fmt"

	"kompetansetorg/internal/hall/pledge"
	"kompetansetorg/internal/site/demo/stage"
)

// loadPledges gathers seats for the pooled need of wood and crafts: one short of the
// eight that are needed.
func loadPledges(ctx context.Context, s *stage.Stage) error {
	for _, x := range []struct {
		as, org string
		sort    pledge.Sort
		seats   int
	}{
		{"employer", "sag", pledge.Binding, 3},
		{"adviser", "limtre", pledge.Intention, 2},
		{system, "trearb", pledge.Intention, 2},
		{"learner@", "", pledge.Wish, 1},
	} {
		as := s.Role[x.as]
		if x.as == system {
			as = s.System
		}
		if _, err := s.Pledges.Pledge(ctx, as, s.Wood.ID, pledge.Pledging{Org: s.Org[x.org], Sort: x.sort, Seats: x.seats}); err != nil {
			return fmt.Errorf("demo: seats of %s: %w", x.org, err)
		}
	}
	return nil
}
