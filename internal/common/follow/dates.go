package follow

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
)

// subjects are the things that the entries are about.
func subjects(entries []Notice) []object.Ref {
	out := make([]object.Ref, len(entries))
	for i, n := range entries {
		out[i] = n.Event.Subject
	}
	return out
}

// dates are the days that belong to the things themselves, such as the last day
// to apply, of those things that the actor may see: as far back as feeds look.
func (s *Service) dates(ctx context.Context, tx *db.Tx, actor access.Actor, refs []object.Ref) ([]Deadline, error) {
	cards, err := s.Objects.Cards(ctx, tx, actor, refs)
	if err != nil {
		return nil, err
	}
	since := s.Clock.Today().AddDays(-feedDays)
	var out []Deadline
	for _, kind := range s.Kinds {
		if kind.Dates == nil {
			continue
		}
		var ids []string
		for _, r := range refs {
			if _, sees := cards[r]; sees && r.Kind == kind.Name && !slices.Contains(ids, r.ID) {
				ids = append(ids, r.ID)
			}
		}
		if len(ids) == 0 {
			continue
		}
		found, err := kind.Dates(ctx, tx, ids)
		if err != nil {
			return nil, fmt.Errorf("follow: days of %s: %w", kind.Name, err)
		}
		for _, d := range found {
			if d.Day.Before(since) {
				continue
			}
			r := object.Ref{Kind: kind.Name, ID: d.ID}
			n := Notice{Event: Event{Subject: r, What: d.What, At: d.Updated, Facts: d.Facts}, Card: cards[r]}
			out = append(out, Deadline{Notice: n, UID: d.UID, Sequence: d.Sequence, Due: d.Day, Cancelled: d.Cancelled, Updated: d.Updated})
		}
	}
	return out, nil
}
