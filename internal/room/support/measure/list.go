package measure

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/support"
)

// Filter narrows the measures of the toolbox; an empty one narrows nothing.
type Filter struct {
	Text         string
	Group        support.TargetGroup
	Effort       Effort
	Band         Band
	Sector       string
	Municipality string
}

// fits reports whether the measure is looked for. within are the numbers of the municipality.
func (f Filter) fits(m Measure, within []string) bool {
	return (f.Effort == "" || m.Effort == f.Effort) && (f.Band == "" || f.Band.Has(m.Cost)) &&
		(f.Sector == "" || len(m.Sectors) == 0 || slices.Contains(m.Sectors, f.Sector)) &&
		(f.Municipality == "" || len(m.Municipalities) == 0 || slices.ContainsFunc(m.Municipalities, func(n string) bool { return slices.Contains(within, n) }))
}

// List are the measures that stand in the toolbox, in alphabetical order.
func (s *Service) List(ctx context.Context, actor access.Actor, f Filter) ([]Measure, error) {
	var out []Measure
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		cards, err := support.ListIn(ctx, tx, support.Filter{Text: f.Text, Kind: support.Measure, Group: f.Group})
		if err != nil {
			return err
		}
		ids := make([]support.ID, len(cards))
		for i, c := range cards {
			ids[i] = c.ID
		}
		var w db.Where
		db.In(&w, fragCard, ids)
		found, err := s.find(ctx, tx, actor, w)
		if err != nil {
			return err
		}
		var within []string
		if f.Municipality != "" {
			within = s.Knows.Within(f.Municipality)
		}
		for _, m := range found {
			if f.fits(m, within) {
				out = append(out, m)
			}
		}
		return nil
	})
}

// Drafts are the measures that are not published, as far as the actor may know of them; those
// that were declined are left out.
func (s *Service) Drafts(ctx context.Context, actor access.Actor) ([]Measure, error) {
	var out []Measure
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var w db.Where
		db.In(&w, fragState, []flow.State{Suggested, Described, Piloted})
		var err error
		out, err = s.find(ctx, tx, actor, w)
		return err
	})
}
