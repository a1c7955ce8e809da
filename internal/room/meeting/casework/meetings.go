package casework

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
)

// Waiting are the cases for the body's meeting on the day: those recommended to it, and
// those whose treatment by it is planned for that day or for none yet.
func Waiting(ctx context.Context, tx *db.Tx, b meeting.BodyID, day, today clock.Date) ([]Case, error) {
	var w, own, other, treats db.Where
	db.In(&own, fragOwn, []meeting.BodyID{b})
	db.In(&treats, fragTreater, []meeting.BodyID{b})
	other.Exists(fragTreats, treats)
	w.Or(own, other)
	db.In(&w, fragState, []any{Recommended, OnAgenda})
	list, err := find(ctx, tx, w, today)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	ids := make([]ID, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	all, err := TreatmentsOf(ctx, tx, ids...)
	if err != nil {
		return nil, err
	}
	var out []Case
	for _, c := range slices.Backward(list) { // the oldest number first
		planned := slices.ContainsFunc(all[c.ID], func(t Treatment) bool {
			return t.Body == b && t.Result == Planned && t.Number == "" && (t.Day == day || t.Day.IsZero())
		})
		if planned || c.State == Recommended && c.Body == b && len(all[c.ID]) == 0 {
			out = append(out, c)
		}
	}
	return out, nil
}

// Readable is the case when the actor may read it whole, else NotFound.
func (s *Service) Readable(ctx context.Context, tx *db.Tx, actor access.Actor, c ID) (Case, error) {
	out, sight, _, err := s.seen(ctx, tx, actor, c)
	if err == nil && sight < Reads {
		err = fault.Missing()
	}
	return out, err
}
