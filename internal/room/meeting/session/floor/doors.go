package floor

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
)

const (
	scopeItem db.SQL = `UPDATE agenda_item SET scope = $1, scope_by = $2, scope_on = $3, version = version + 1 WHERE id = $4 AND version = $5`
	doorsItem db.SQL = `UPDATE agenda_item SET doors = $1, doors_ground = $2, doors_for = $3, doors_against = $4, version = version + 1 WHERE id = $5 AND version = $6`
)

// SetScope records whom an item touches, and who decided it: the rules are silent on
// that, so it is written down.
func (s *Service) SetScope(ctx context.Context, actor access.Actor, i session.ItemID, version int64, scope outcome.Scope, by string) error {
	by = text.CleanLine(by)
	var fs fault.Fields
	fs.Text("by", by, session.MaxLine, true)
	if scope != outcome.All && scope != outcome.Some {
		fs.Add("scope", "form.error.choice")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		old, m, err := s.room.Keeping(ctx, tx, actor, i)
		if err == nil {
			err = old.OnAgenda()
		}
		if err != nil {
			return err
		}
		if !m.State.Ahead() {
			if err := session.Writable(m); err != nil {
				return err
			}
		}
		if err := s.undecided(ctx, tx, i); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, scopeItem, string(scope), by, s.room.Clock.Today(), i, version); err != nil {
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionScope, session.Subject(m.ID), audit.Field("scope", string(old.Scope), string(scope)), audit.Field("by", old.ScopeBy, by))
		return nil
	})
}

// NoDoors is why a body that is no folkevalgt organ does not vote on its doors. What is
// kept from others by offentleglova is so without a vote.
func NoDoors() error { return fault.New(fault.Conflict, "meeting.error.no_doors") }

// DecideDoors records how a folkevalgt organ voted on closing the doors for an item
// (§ 11-5): with a ground when more were for than against, else they stay open.
func (s *Service) DecideDoors(ctx context.Context, actor access.Actor, i session.ItemID, version int64, ground string, yes, no int) error {
	var fs fault.Fields
	if yes < 0 || no < 0 || yes+no == 0 || yes+no > maxSeats {
		fs.Add("for", "form.error.range", "min", 1, "max", maxSeats)
	}
	if _, ok := casework.GroundOf(casework.MeetingGrounds(), ground); yes > no && !ok {
		fs.Add("ground", "form.error.required")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	doors := session.DoorsOpen
	if yes > no {
		doors = session.DoorsClosed
	} else {
		ground = ""
	}
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		old, m, err := s.room.Keeping(ctx, tx, actor, i)
		if err == nil {
			err = old.OnAgenda()
		}
		if err != nil {
			return err
		}
		set, err := rulesOf(ctx, tx, old, m)
		if err != nil {
			return err
		}
		if !set.Elected {
			return NoDoors()
		}
		if err := session.Writable(m); err != nil {
			return err
		}
		if err := s.undecided(ctx, tx, i); err != nil {
			return err
		}
		if doors == session.DoorsClosed && old.PublicTitle == "" && old.Title != "" {
			return fault.InvalidField("ground", "meeting.error.public_title")
		}
		if err := db.ExecOne(ctx, tx, doorsItem, string(doors), ground, yes, no, i, version); err != nil {
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionDoors, session.Subject(m.ID), audit.Field("doors", string(old.Doors), string(doors)), audit.Field("ground", old.DoorsGround, ground),
			audit.Field("votes", "", fmt.Sprintf("%d–%d", yes, no)))
		return nil
	})
}

// maxSeats bounds what is counted by hand.
const maxSeats = 500
