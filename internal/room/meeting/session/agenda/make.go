package agenda

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/session"
)

// Standing is what another part of the house brings to every meeting of a body, such as
// the needs of the region. Stand answers the item, with ok false when there is nothing
// for the body; it reads only what all in the body may read.
type Standing interface {
	Stand(ctx context.Context, tx *db.Tx, b meeting.Body) (item StandingItem, ok bool, err error)
}

// StandingItem is such an item: what it is called and what stands under it.
type StandingItem struct{ Title, Words string }

// Make puts on the agenda what belongs there and is not there yet: reports, the
// minutes that await approval, follow-ups that are open, what the standing items hold,
// and the cases that are recommended to the body. It answers how many it added. Doing
// it again adds only what is new.
func (s *Service) Make(ctx context.Context, actor access.Actor, m session.ID) (int, error) {
	added := 0
	err := s.room.DB.Write(ctx, func(tx *db.Tx) error {
		added = 0
		mt, _, err := s.room.Writing(ctx, tx, actor, m)
		if err != nil {
			return err
		}
		if err := editable(mt); err != nil {
			return err
		}
		have, err := session.ItemsOf(ctx, tx, m)
		if err != nil {
			return err
		}
		wanted, err := s.belongs(ctx, tx, mt)
		if err != nil {
			return err
		}
		for _, w := range wanted {
			if slices.ContainsFunc(have, func(h session.Item) bool { return sameItem(h, w) }) {
				continue
			}
			if err := s.insert(ctx, tx, actor, mt, w, have); err != nil {
				return err
			}
			have = append(have, w)
			added++
		}
		return order(ctx, tx, m)
	})
	return added, err
}

// sameItem reports whether what is there is what is wanted, so that it comes once.
func sameItem(have, want session.Item) bool {
	if have.Kind != want.Kind || have.Case != want.Case || have.About != want.About {
		return false
	}
	return have.Kind != session.Regular || have.Title == want.Title
}

// belongs lists what belongs on the agenda of any meeting of the body now.
func (s *Service) belongs(ctx context.Context, tx *db.Tx, m session.Meeting) ([]session.Item, error) {
	out := []session.Item{{Kind: session.Report}}
	waiting, err := awaiting(ctx, tx, m)
	if err != nil {
		return nil, err
	}
	for _, w := range waiting {
		out = append(out, session.Item{Kind: session.Minutes, About: w.ID})
	}
	open, err := session.FollowUpsIn(ctx, tx, m.Body, []session.Progress{session.Open})
	if err != nil {
		return nil, err
	}
	if len(open) > 0 {
		out = append(out, session.Item{Kind: session.FollowUps})
	}
	body, err := meeting.Get(ctx, tx, m.Body, s.room.Clock.Today())
	if err != nil {
		return nil, err
	}
	for _, st := range s.Standing {
		held, ok, err := st.Stand(ctx, tx, body)
		if err != nil {
			return nil, fmt.Errorf("meeting %s: standing item: %w", m.ID, err)
		}
		if ok {
			out = append(out, session.Item{Kind: session.Regular, Content: session.Content{Title: held.Title, Words: held.Words}})
		}
	}
	cases, err := casework.Waiting(ctx, tx, m.Body, m.Day, s.room.Clock.Today())
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		out = append(out, ofCase(c))
	}
	return out, nil
}

// ofCase is the item of a case, with the closing that its paper proposes.
func ofCase(c casework.Case) session.Item {
	i := session.Item{Kind: session.File, Case: c.ID, Content: session.Content{Title: c.Title}}
	if c.Kind == casework.Information {
		i.Kind = session.Report
	}
	if c.Closed {
		i.PublicTitle, i.Ground = c.PublicTitle, c.Ground
	}
	return i
}

const awaitingMinutes db.SQL = `SELECT m.id FROM meeting AS m WHERE m.body = $1 AND m.state = 'published' AND m.day <= $2 AND m.id <> $3 ORDER BY m.day, m.id`

// awaiting are the earlier meetings of the body whose minutes are not approved yet.
func awaiting(ctx context.Context, tx *db.Tx, m session.Meeting) ([]session.Meeting, error) {
	ids, err := db.List[string](ctx, tx, awaitingMinutes, m.Body, m.Day, m.ID)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return session.Some(ctx, tx, ids)
}
