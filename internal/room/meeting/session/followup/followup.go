package followup

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/session"
)

const (
	insertFollowUp db.SQL = `INSERT INTO follow_up (id, body, item, what, org, office, due, state, evidence, made_by, made_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', '', $8, $9, 1)`
	closeFollowUp db.SQL = `UPDATE follow_up SET state = $1, evidence = $2, closed_at = $3, version = version + 1 WHERE id = $4 AND version = $5 AND state = 'open'`
)

// Add adds what is to be done after an item, by an organisation or an office. The
// secretary does, as the decision is minuted.
func (s *Service) Add(ctx context.Context, actor access.Actor, i session.ItemID, in session.FollowUp) (session.FollowUpID, error) {
	in.What, in.Office = text.CleanLine(in.What), text.CleanLine(in.Office)
	var fs fault.Fields
	fs.Text("what", in.What, session.MaxLine, true)
	fs.Text("office", in.Office, session.MaxLine, in.Org == "")
	if err := fs.Err(); err != nil {
		return "", err
	}
	out := id.New[session.FollowUp]()
	return out, s.room.DB.Write(ctx, func(tx *db.Tx) error {
		item, m, err := s.room.Keeping(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if err := session.Writable(m); err != nil && m.State != session.Published && m.State != session.Approved {
			return err
		}
		if !in.Due.IsZero() && in.Due.Before(m.Day) {
			return fault.InvalidField("due", "meeting.error.due")
		}
		if in.Org != "" {
			if _, err := org.Get(ctx, tx, in.Org); fault.Is(err, fault.NotFound) {
				return fault.InvalidField("org", "org.error.unknown")
			} else if err != nil {
				return err
			}
		}
		if _, err := db.Exec(ctx, tx, insertFollowUp, out, item.Body, i, in.What, in.Org, in.Office, in.Due, actor.Label(), s.room.Clock.Now()); err != nil {
			return fmt.Errorf("item %s: follow up: %w", i, err)
		}
		if err := s.start(ctx, tx, actor, item, out, in); err != nil {
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionFollowUp, session.Subject(m.ID), audit.Field("what", "", in.What), audit.Field("due", "", in.Due))
		return nil
	})
}

// start gives the ball to the organisation that has it, or to the secretariat of the body
// where only an office is named. What came of a closed item is a task without its words.
func (s *Service) start(ctx context.Context, tx *db.Tx, actor access.Actor, item session.Item, f session.FollowUpID, in session.FollowUp) error {
	ball := flow.Ball{Party: flow.Owner, Org: in.Org, Due: in.Due}
	if ball.Org == "" {
		body, err := meeting.Get(ctx, tx, item.Body, s.room.Clock.Today())
		if err != nil {
			return err
		}
		ball.Org = body.Secretariat
	}
	label := in.What
	if item.IsClosed() {
		label = item.PublicTitle
	}
	return flow.Start(ctx, tx, Flow(), string(f), label, ball, actor, s.room.Clock.Now())
}

// Close closes a follow-up as done or dropped. It needs evidence: where it can be
// seen, or why it is dropped. The secretary closes, and who has it: those who may act for
// the organisation.
func (s *Service) Close(ctx context.Context, actor access.Actor, f session.FollowUpID, version int64, state session.Progress, evidence string) error {
	evidence = text.CleanMultiline(evidence)
	var fs fault.Fields
	fs.Text("evidence", evidence, session.MaxTold, true)
	if state != session.Done && state != session.Dropped {
		fs.Add("state", "form.error.choice")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := session.FollowUpByID(ctx, tx, f)
		if err != nil {
			return err
		}
		r, err := s.room.Reader(ctx, tx, actor, s.room.Clock.Today())
		if err != nil {
			return err
		}
		if old.Closed && !r.ClosedIn(old.Body) {
			return fault.Missing()
		}
		owns := old.Org != "" && r.Rights[old.Body].IsIn() && hasSeatFor(r, old)
		if !r.All && !r.Rights[old.Body].Secretary && !(owns && state == session.Done) {
			return fault.New(fault.Denied, "fault.denied")
		}
		if err := db.ExecOne(ctx, tx, closeFollowUp, state, evidence, s.room.Clock.Now(), f, version); err != nil {
			return err
		}
		as := []flow.Party{flow.Owner}
		if r.Rights[old.Body].Secretary {
			as = []flow.Party{flow.Secretary}
		}
		move := flow.Request{Subject: flow.Subject{Kind: Kind, ID: string(f)}, From: flow.State(session.Open), To: flow.State(state), As: as}
		if err := flow.Move(ctx, tx, Flow(), move, actor, s.room.Clock.Now()); err != nil {
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionFollowUp, session.Subject(old.Meeting), audit.Field("state", string(old.State), string(state)), audit.Field("evidence", "", evidence))
		return nil
	})
}

// hasSeatFor reports whether the actor holds a seat of the organisation that has it.
func hasSeatFor(r session.Reader, f session.FollowUp) bool {
	for _, x := range r.Rights[f.Body].Seats {
		if x.Org == f.Org {
			return true
		}
	}
	return false
}

// List is the body's follow-ups in the states, by due day, as the actor may know
// them: what came of closed items only those within, and others only when the minutes
// that made them are out.
func (s *Service) List(ctx context.Context, actor access.Actor, b meeting.BodyID, states ...session.Progress) ([]session.FollowUp, error) {
	var out []session.FollowUp
	err := s.room.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		r, err := s.room.Reader(ctx, tx, actor, s.room.Clock.Today())
		if err != nil {
			return err
		}
		list, err := session.FollowUpsIn(ctx, tx, b, states)
		if err != nil {
			return err
		}
		published := map[session.ID]bool{}
		for _, f := range list {
			if _, known := published[f.Meeting]; !known {
				m, err := session.Load(ctx, tx, f.Meeting)
				if err != nil {
					return err
				}
				published[f.Meeting] = m.State == session.Published || m.State == session.Approved
			}
			if f.Closed && !r.ClosedIn(b) || !published[f.Meeting] && !r.Rights[b].IsIn() && !r.All {
				continue
			}
			out = append(out, f)
		}
		return nil
	})
	return out, err
}
