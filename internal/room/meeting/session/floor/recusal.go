package floor

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
)

const (
	insertRecusal db.SQL = `INSERT INTO recusal (id, item, seat, part, reason, raised_by, raised_at, decided, told, version) VALUES ($1, $2, $3, $4, $5, $6, $7, '', '', 1)`
	decideRecusal db.SQL = `UPDATE recusal SET decided = $1, told = $2, decided_at = $3, version = version + 1 WHERE id = $4 AND version = $5`
)

// NoRecusal is why nobody is asked about habilitet in a body whose rules leave it out:
// kommuneloven § 11-10 is for folkevalgte organ, and the body's own document says nothing.
func NoRecusal() error { return fault.New(fault.Conflict, "meeting.error.no_recusal") }

// RaiseRecusal asks whether a holder of a seat in the body that decides the item is habil,
// where that body decides on it. Who takes part in the meeting may ask, about oneself or
// others.
func (s *Service) RaiseRecusal(ctx context.Context, actor access.Actor, i session.ItemID, seat meeting.SeatID, part meeting.Part, reason string) (session.RecusalID, error) {
	reason = text.CleanMultiline(reason)
	var fs fault.Fields
	fs.Text("reason", reason, session.MaxTold, true)
	if err := fs.Err(); err != nil {
		return "", err
	}
	out := id.New[session.Recusal]()
	return out, s.room.DB.Write(ctx, func(tx *db.Tx) error {
		item, m, r, err := s.room.Within(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if err := item.OnAgenda(); err != nil {
			return err
		}
		set, err := rulesOf(ctx, tx, item, m)
		if err != nil {
			return err
		}
		if !set.DecidesRecusal() {
			return NoRecusal()
		}
		if m.State != session.Sent {
			if err := session.Writable(m); err != nil {
				return err
			}
		}
		if err := s.undecided(ctx, tx, i); err != nil {
			return err
		}
		if err := s.knows(ctx, tx, m, r, []meeting.BodyID{item.Body}, seat, part); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, insertRecusal, out, i, seat, part, reason, actor.Label(), s.room.Clock.Now()); err != nil {
			if db.Constraint(err) != "" {
				return fault.InvalidField("seat", "meeting.error.raised")
			}
			return fmt.Errorf("item %s: raise: %w", i, err)
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionRecusal, session.Subject(m.ID), audit.Field("seat", "", string(seat)), audit.PersonalField("reason", "", reason))
		return nil
	})
}

// DecideRecusal records what the body decided, without the one it is about: whether the
// holder steps back. The secretary writes it down.
func (s *Service) DecideRecusal(ctx context.Context, actor access.Actor, rec session.RecusalID, version int64, decided outcome.Ability, told string) error {
	told = text.CleanMultiline(told)
	var fs fault.Fields
	fs.Text("told", told, session.MaxTold, true)
	if decided != outcome.Stepped && decided != outcome.Able {
		fs.Add("decided", "form.error.choice")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		row, err := session.RecusalByID(ctx, tx, rec)
		if err != nil {
			return err
		}
		item, m, err := s.room.Keeping(ctx, tx, actor, row.Item)
		if err != nil {
			return err
		}
		set, err := rulesOf(ctx, tx, item, m)
		if err != nil {
			return err
		}
		if !set.DecidesRecusal() {
			return NoRecusal()
		}
		if err := session.Writable(m); err != nil {
			return err
		}
		if err := s.undecided(ctx, tx, row.Item); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, decideRecusal, decided, told, s.room.Clock.Now(), rec, version); err != nil {
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionRecusal, session.Subject(m.ID), audit.Field("decided", string(row.Decided), string(decided)))
		return nil
	})
}
