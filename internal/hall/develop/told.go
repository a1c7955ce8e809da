package develop

import (
	"context"

	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/wording"
)

// Answered is that a provider answered where the need did not move: one that was asked
// beside the one that follows up, or a new answer in the place of an old one.
const Answered happening.What = wording.Answered

// facts are what a message says of an answer.
func facts(a Answer) happening.Facts {
	f := happening.Facts{wording.FactKind: string(a.Kind), wording.FactUnit: a.Unit}
	f.WithDay(wording.FactEarliest, a.Earliest)
	f.WithDay(wording.FactDeadline, a.Deadline)
	return f
}

// Facts are what a message about a move says of the answer that the move came of; none
// when it came of none. Only states that an answer leaves a need in are looked up.
func Facts(ctx context.Context, tx *db.Tx, e follow.Event) (happening.Facts, error) {
	switch e.To {
	case need.InDevelopment, need.CoveredByExisting, need.CoveredByOther, need.NotPossible:
		a, ok, err := given(ctx, tx, e.Subject.ID, e.At)
		if err != nil || !ok {
			return nil, err
		}
		return facts(a), nil
	}
	return nil, nil
}
