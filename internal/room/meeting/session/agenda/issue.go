package agenda

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting/session"
)

const (
	sendAgenda    db.SQL = `UPDATE meeting SET state = $1, edition = edition + 1, sequence = sequence + 1, version = version + 1 WHERE id = $2 AND version = $3`
	insertEdition db.SQL = `INSERT INTO agenda_version (meeting, nr, frozen, why, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6)`
)

func freeze(m session.Meeting, list []session.Item) session.Frozen {
	out := session.Frozen{Day: m.Day, From: m.From, To: m.To, Place: m.Place, Remote: m.Remote}
	for _, i := range list {
		if i.Place == session.Demanded || i.Place == session.Withdrawn && i.Number.Nr == 0 {
			continue // never sent
		}
		out.Items = append(out.Items, session.FrozenItem{ID: i.ID, Number: i.Number.String(), Kind: i.Kind, Case: i.Case, Archive: i.Archive.String(), Title: i.Title,
			PublicTitle: i.PublicTitle, Ground: i.Ground, AboutDay: i.AboutDay, Withdrawn: i.Place == session.Withdrawn})
	}
	return out
}

// EnoughNotice is how many days before the meeting an agenda ought to be out. The law
// says "reasonable" (§ 11-3); a week is common practice, and a shorter time is allowed.
const EnoughNotice = 7

// Issue sends the agenda: every item without a number gets the next in the body's series
// of the year, an edition is kept, and all may read it. version is the meeting's that the
// secretary saw; an agenda that is sent again says why. It answers the edition's number.
func (s *Service) Issue(ctx context.Context, actor access.Actor, m session.ID, version int64, why string) (int, error) {
	why = text.CleanLine(why)
	var fs fault.Fields
	fs.Text("why", why, session.MaxLine, false)
	if err := fs.Err(); err != nil {
		return 0, err
	}
	edition := 0
	err := s.room.DB.Write(ctx, func(tx *db.Tx) error {
		mt, _, err := s.room.Writing(ctx, tx, actor, m)
		if err != nil {
			return err
		}
		if !mt.State.Ahead() {
			return fault.New(fault.Conflict, "meeting.error.begun")
		}
		if mt.Edition > 0 && why == "" {
			return fault.InvalidField("why", "form.error.required")
		}
		if err := s.room.Number(ctx, tx, actor, mt); err != nil {
			return err
		}
		list, err := session.ItemsOf(ctx, tx, m)
		if err != nil {
			return err
		}
		f := freeze(mt, list)
		if len(f.Items) == 0 {
			return fault.New(fault.Conflict, "meeting.error.no_items")
		}
		edition = mt.Edition + 1
		if err := db.ExecOne(ctx, tx, sendAgenda, session.Sent, m, version); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, insertEdition, m, edition, session.AsJSON(f), why, actor.Label(), s.room.Clock.Now()); err != nil {
			return fmt.Errorf("meeting %s: edition: %w", m, err)
		}
		if err := s.room.Schedule(ctx, tx, mt, mt.Day, actor); err != nil {
			return err
		}
		s.room.Happened(tx, actor, mt, session.WasSent, edition)
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionIssue, session.Subject(m), audit.Field("edition", mt.Edition, edition), audit.Field("why", "", why))
		return s.room.Invite(ctx, tx, actor, m)
	})
	return edition, err
}
