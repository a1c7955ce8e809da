package learning

import (
	"context"
	"fmt"

	"kompetansetorg/internal/hall/pledge"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/site/demo/stage"
)

// seats are what somebody of the demo pledges.
type seats struct {
	as, org string
	sort    pledge.Sort
	seats   int
}

// loadPledges gathers seats for the pooled need of wood and crafts, and for the course in old
// crafts: each is one short of the eight that are needed.
func loadPledges(ctx context.Context, s *stage.Stage) error {
	offerings, err := offeringsOf(ctx, s)
	if err != nil {
		return err
	}
	for _, round := range []struct {
		of   pledge.Ref
		list []seats
	}{
		{pledge.Pool(s.Wood.ID), []seats{{"employer", "sag", pledge.Binding, 3}, {"adviser", "limtre", pledge.Intention, 2}, {system, "trearb", pledge.Intention, 2}, {"learner@", "", pledge.Wish, 1}}},
		{pledge.Offering(offerings["Restaurering: torvtak, vinduer og laft/"+string(offer.Fixed)]), []seats{{"employer@hotell", "hotell", pledge.Binding, 1}, {"adviser", "limtre", pledge.Intention, 1},
			{system, "trearb", pledge.Binding, 1}}},
	} {
		for _, x := range round.list {
			as := s.Role[x.as]
			if x.as == system {
				as = s.System
			}
			if _, err := s.Pledges.Pledge(ctx, as, round.of, pledge.Pledging{Org: s.Org[x.org], Sort: x.sort, Seats: x.seats}); err != nil {
				return fmt.Errorf("demo: seats of %s for %s: %w", x.org, round.of.Kind, err)
			}
		}
	}
	return nil
}
