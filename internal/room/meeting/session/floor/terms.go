package floor

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting/session"
)

const (
	costItem     db.SQL = `UPDATE agenda_item SET amount = $1, version = version + 1 WHERE id = $2 AND version = $3`
	urgentItem   db.SQL = `UPDATE agenda_item SET urgent_by = $1, urgent_why = $2, version = version + 1 WHERE id = $3 AND version = $4`
	clearParts   db.SQL = `DELETE FROM item_weight WHERE item = $1`
	insertWeight db.SQL = `INSERT INTO item_weight (item, org, weight) VALUES ($1, $2, $3)`
)

// The most that can be shared, and the largest part of it.
const (
	MaxAmount = 100_000_000_000 * money.Krone
	MaxWeight = 1_000_000
)

// SetCost says what is to be shared by those that take part, and the parts where they are
// not equal: a member without one counts 1. Before the decision, by the secretary.
func (s *Service) SetCost(ctx context.Context, actor access.Actor, i session.ItemID, version int64, amount money.NOK, parts []session.Weight) error {
	var fs fault.Fields
	if amount < 0 || amount > MaxAmount {
		fs.Add("amount", "money.error.out_of_bounds")
	}
	for _, x := range parts {
		if x.Weight < 1 || x.Weight > MaxWeight {
			fs.Add("part-"+string(x.Org), "form.error.range", "min", 1, "max", MaxWeight)
		}
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		old, m, r, err := s.preparing(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		seats, err := s.room.Seated(ctx, tx, m, r)
		if err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, costItem, amount, i, version); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, clearParts, i); err != nil {
			return fmt.Errorf("item %s: cost: %w", i, err)
		}
		for _, x := range parts {
			if !slices.ContainsFunc(seats, func(y session.Seated) bool { return y.Body == old.Body && y.Votes && y.Org == x.Org }) {
				return fault.InvalidField("part-"+string(x.Org), "form.error.choice")
			}
			if _, err := db.Exec(ctx, tx, insertWeight, i, x.Org, x.Weight); err != nil {
				return fmt.Errorf("item %s: cost: %w", i, err)
			}
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionTerms, session.Subject(m.ID), audit.Field("item", "", string(i)), audit.Field("amount", old.Amount, amount), audit.Field("parts", "", len(parts)))
		return nil
	})
}

// SetUrgent lets an item be decided in writing before the meeting, with a last day to
// answer and why it cannot wait (kommuneloven § 11-8); no day takes it back to the meeting.
// Only an elected body's rules know it, and only when the agenda is sent. By the secretary,
// as the leader has decided.
func (s *Service) SetUrgent(ctx context.Context, actor access.Actor, i session.ItemID, version int64, by clock.Date, why string) error {
	why = text.CleanMultiline(why)
	var fs fault.Fields
	fs.Text("why", why, session.MaxTold, !by.IsZero())
	if err := fs.Err(); err != nil {
		return err
	}
	if by.IsZero() {
		why = ""
	}
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		old, m, _, err := s.preparing(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		_, rules, err := s.facts(ctx, tx, old, m)
		switch {
		case err != nil:
			return err
		case m.State != session.Sent:
			return fault.New(fault.Conflict, "meeting.error.urgent_when")
		case !rules.Rules.Elected:
			return fault.New(fault.Conflict, "meeting.error.urgent_elected")
		case !by.IsZero() && (by.Before(s.room.Clock.Today()) || by.After(m.Day)):
			return fault.InvalidField("by", "meeting.error.urgent_by")
		}
		if err := db.ExecOne(ctx, tx, urgentItem, by, why, i, version); err != nil {
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionTerms, session.Subject(m.ID), audit.Field("item", "", string(i)), audit.Field("urgent_by", old.UrgentBy, by), audit.Field("why", old.UrgentWhy, why))
		return nil
	})
}

// preparing loads an item that is to be decided and is not yet, for the secretary.
func (s *Service) preparing(ctx context.Context, tx *db.Tx, actor access.Actor, i session.ItemID) (session.Item, session.Meeting, session.Reader, error) {
	item, m, r, err := s.room.Within(ctx, tx, actor, i)
	switch {
	case err != nil:
	case !r.Writes(m):
		err = fault.New(fault.Denied, "fault.denied")
	case !item.Decides():
		err = fault.New(fault.Conflict, "meeting.error.no_vote_here")
	case !m.State.Ahead():
		err = session.Writable(m)
	}
	if err == nil {
		err = item.OnAgenda()
	}
	if err == nil {
		err = s.undecided(ctx, tx, i)
	}
	return item, m, r, err
}
