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
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/session"
)

const (
	openMeeting    db.SQL = `UPDATE meeting SET state = 'open', chair = $1, opened_at = $2, version = version + 1 WHERE id = $3 AND version = $4`
	endMeeting     db.SQL = `UPDATE meeting SET state = 'held', ended_at = $1, to_clock = $2, version = version + 1 WHERE id = $3 AND version = $4`
	touchMeeting   db.SQL = `UPDATE meeting SET version = version + 1 WHERE id = $1`
	noteAttendance db.SQL = `INSERT INTO attendance (meeting, seat, part, present, from_item, to_item, noted_by, noted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (meeting, seat, part) DO UPDATE SET present = excluded.present, from_item = excluded.from_item, to_item = excluded.to_item,
		noted_by = excluded.noted_by, noted_at = excluded.noted_at`
)

// Begin opens the meeting under the seat that leads it. From now on what seats say is
// said in the meeting.
func (s *Service) Begin(ctx context.Context, actor access.Actor, m session.ID, version int64, chair meeting.SeatID) error {
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		old, r, err := s.room.Writing(ctx, tx, actor, m)
		if err != nil {
			return err
		}
		if old.State != session.Sent {
			return fault.New(fault.Conflict, "meeting.error.not_sent")
		}
		seats, err := s.room.Seated(ctx, tx, old, r)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(seats, func(x session.Seated) bool { return x.ID == chair }) {
			return fault.InvalidField("chair", "form.error.choice")
		}
		if err := db.ExecOne(ctx, tx, openMeeting, chair, s.room.Clock.Now(), m, version); err != nil {
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionOpen, session.Subject(m), audit.Field("chair", "", string(chair)))
		return nil
	})
}

// End ends the meeting at a time of day. What is missing can still be written down
// until the minutes are published.
func (s *Service) End(ctx context.Context, actor access.Actor, m session.ID, version int64, at string) error {
	if !clock.IsTimeOfDay(at) {
		return fault.InvalidField("to", "meeting.error.clock")
	}
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		old, _, err := s.room.Writing(ctx, tx, actor, m)
		if err != nil {
			return err
		}
		switch {
		case old.State != session.Opened:
			return fault.New(fault.Conflict, "meeting.error.not_open")
		case clock.Minutes(at) <= clock.Minutes(old.From):
			return fault.InvalidField("to", "meeting.error.end")
		}
		if err := db.ExecOne(ctx, tx, endMeeting, s.room.Clock.Now(), at, m, version); err != nil {
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionEnd, session.Subject(m), audit.Field("to", old.To, at))
		return nil
	})
}

// Attend notes whether a holder of a seat meets. The secretary does, again whenever it
// changes.
func (s *Service) Attend(ctx context.Context, actor access.Actor, m session.ID, in session.Attendance) error {
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		mt, r, err := s.room.Writing(ctx, tx, actor, m)
		if err != nil {
			return err
		}
		if mt.State != session.Sent {
			if err := session.Writable(mt); err != nil {
				return err
			}
		}
		if err := s.knows(ctx, tx, mt, r, mt.Bodies(), in.Seat, in.Part); err != nil {
			return err
		}
		if err := checkSpan(ctx, tx, m, in); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, noteAttendance, m, in.Seat, in.Part, in.Present, in.From, in.To, actor.Label(), s.room.Clock.Now()); err != nil {
			return fmt.Errorf("meeting %s: attend: %w", m, err)
		}
		if _, err := db.Exec(ctx, tx, touchMeeting, m); err != nil {
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionAttend, session.Subject(m), audit.Field("seat", "", string(in.Seat)), audit.Field("part", "", string(in.Part)),
			audit.Field("present", "", in.Present), audit.Field("from", "", string(in.From)), audit.Field("to", "", string(in.To)))
		return nil
	})
}

// checkSpan sees that the items are of the meeting and in order.
func checkSpan(ctx context.Context, tx *db.Tx, m session.ID, in session.Attendance) error {
	list, err := session.ItemsOf(ctx, tx, m)
	if err != nil {
		return err
	}
	from, to := 0, len(list)
	for field, x := range map[string]struct {
		item session.ItemID
		at   *int
	}{"from": {in.From, &from}, "to": {in.To, &to}} {
		if x.item == "" {
			continue
		}
		if *x.at = slices.IndexFunc(list, func(i session.Item) bool { return i.ID == x.item }); *x.at < 0 {
			return fault.InvalidField(field, "form.error.choice")
		}
	}
	if to < from {
		return fault.InvalidField("to", "meeting.error.left_before")
	}
	return nil
}

// knows is nil when the seat is in one of the bodies in the meeting, and has a holder of
// the part.
func (s *Service) knows(ctx context.Context, tx *db.Tx, m session.Meeting, r session.Reader, in []meeting.BodyID, seat meeting.SeatID, part meeting.Part) error {
	seats, err := s.room.Seated(ctx, tx, m, r)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(seats, func(x session.Seated) bool { return x.ID == seat && slices.Contains(in, x.Body) })
	if i < 0 {
		return fault.InvalidField("seat", "form.error.choice")
	}
	if part != meeting.Member && (part != meeting.Deputy || len(seats[i].Deputies) == 0) {
		return fault.InvalidField("part", "meeting.error.no_deputy")
	}
	return nil
}
