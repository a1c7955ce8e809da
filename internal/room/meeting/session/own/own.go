package own

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
)

const (
	insertOwn db.SQL = `INSERT INTO own_decision (id, item, org, due, answer, ref, told, via, asked_by, asked_at, answered_by, version)
		VALUES ($1, $2, $3, $4, '', '', '', '', $5, $6, '', 1)`
	answerOwn db.SQL = `UPDATE own_decision SET answer = $1, ref = $2, day = $3, told = $4, via = $5, answered_by = $6, answered_at = $7, version = version + 1
		WHERE id = $8 AND version = $9`
	insertOptIn db.SQL = `INSERT INTO opt_in (item, org, day, ref, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)`
	touchItem   db.SQL = `UPDATE agenda_item SET version = version + 1 WHERE id = $1`
)

// Ask asks members of the body for their own decision in an item, to be answered by a day
// if one is given. The secretary does, before the body has decided or after.
func (s *Service) Ask(ctx context.Context, actor access.Actor, i session.ItemID, orgs []access.OrgID, due clock.Date) error {
	if len(orgs) == 0 {
		return fault.InvalidField("orgs", "form.error.required")
	}
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		item, m, r, err := s.of(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if !r.Writes(m) {
			return fault.New(fault.Denied, "fault.denied")
		}
		if err := item.OnAgenda(); err != nil {
			return err
		}
		today := s.room.Clock.Today()
		if !due.IsZero() && due.Before(today) {
			return fault.InvalidField("due", "meeting.error.own_due")
		}
		for _, o := range orgs {
			if err := s.isMember(ctx, tx, item, m, r, o, "orgs"); err != nil {
				return err
			}
			made := id.New[session.Own]()
			if _, err := db.Exec(ctx, tx, insertOwn, made, i, o, due, actor.Label(), s.room.Clock.Now()); err != nil {
				if db.Constraint(err) != "" {
					return fault.InvalidField("orgs", "meeting.error.own_asked")
				}
				return fmt.Errorf("item %s: ask: %w", i, err)
			}
			if err := s.begin(ctx, tx, actor, item, made, flow.Ball{Org: o, Due: due}); err != nil {
				return err
			}
			audit.Record(tx, s.room.Clock.Now(), actor, session.ActionOwnAsk, session.Subject(m.ID), audit.Field("item", "", string(i)), audit.Field("organisation", "", string(o)), audit.Field("due", "", due))
		}
		return s.since(ctx, tx, actor, item, m, session.WasAsked, orgs[len(orgs)-1])
	})
}

// Answer is a member's own decision: yes or no, the number of its case there and the day.
type Answer struct {
	Answer outcome.Answer
	Ref    string
	Day    clock.Date
	Told   string
}

func (a *Answer) check(today clock.Date) error {
	a.Ref, a.Told = text.CleanLine(a.Ref), text.CleanMultiline(a.Told)
	var fs fault.Fields
	if a.Answer != outcome.Yes && a.Answer != outcome.No {
		fs.Add("answer", "form.error.required")
	}
	fs.Text("ref", a.Ref, session.MaxLine, true)
	fs.Text("told", a.Told, session.MaxTold, false)
	switch {
	case a.Day.IsZero():
		fs.Add("day", "form.error.required")
	case a.Day.After(today):
		fs.Add("day", "meeting.error.own_day")
	}
	return fs.Err()
}

// Answer records a member's own decision. Who holds a seat of the member does, once; the
// secretary writes down what the member has sent, and may put a wrong answer right.
func (s *Service) Answer(ctx context.Context, actor access.Actor, o session.OwnID, version int64, in Answer) error {
	if err := in.check(s.room.Clock.Today()); err != nil {
		return err
	}
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		row, err := session.OwnByID(ctx, tx, o)
		if err != nil {
			return err
		}
		item, m, r, err := s.of(ctx, tx, actor, row.Item)
		if err != nil {
			return err
		}
		via := session.ByOffice
		if !r.Writes(m) {
			via = session.BySeat
			if !sits(r, item.Body, row.Org) {
				return fault.New(fault.Denied, "fault.denied")
			}
			if row.Answer != "" {
				return fault.New(fault.Conflict, "meeting.error.own_answered")
			}
		}
		return s.answer(ctx, tx, actor, item, m, row, version, in, via)
	})
}

func (s *Service) answer(ctx context.Context, tx *db.Tx, actor access.Actor, item session.Item, m session.Meeting, row session.Own, version int64, in Answer, via session.Via) error {
	now := s.room.Clock.Now()
	if err := db.ExecOne(ctx, tx, answerOwn, string(in.Answer), in.Ref, in.Day, in.Told, string(via), actor.Label(), now, row.ID, version); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, revokeLinks, now, row.ID); err != nil {
		return fmt.Errorf("item %s: answer: %w", item.ID, err)
	}
	audit.Record(tx, now, actor, session.ActionOwn, session.Subject(m.ID), audit.Field("item", "", string(item.ID)), audit.Field("organisation", "", string(row.Org)),
		audit.Field("answer", string(row.Answer), string(in.Answer)), audit.Field("ref", row.Ref, in.Ref), audit.Field("day", row.Day, in.Day), audit.Field("via", "", string(via)))
	if err := s.finish(ctx, tx, actor, row, in, via); err != nil {
		return err
	}
	if err := s.since(ctx, tx, actor, item, m, session.HasAnswered, row.Org); err != nil {
		return err
	}
	return s.tell(ctx, tx, actor, Given{Item: item.ID, Org: row.Org, Answer: in})
}

// Join lets a member that the decision does not hold for join it from a day on, with the
// number of its own case. Only where the rules let members join later, in an item that
// does not touch all; never from before the body decided. The secretary does, and who
// holds a seat of the member.
func (s *Service) Join(ctx context.Context, actor access.Actor, i session.ItemID, o access.OrgID, day clock.Date, ref string) error {
	ref = text.CleanLine(ref)
	var fs fault.Fields
	fs.Text("ref", ref, session.MaxLine, true)
	if day.IsZero() {
		fs.Add("day", "form.error.required")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		item, m, r, err := s.of(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if !r.Writes(m) && !sits(r, item.Body, o) {
			return fault.New(fault.Denied, "fault.denied")
		}
		d, decided, err := session.DecisionOf(ctx, tx, i)
		if err != nil {
			return err
		}
		if !decided {
			return fault.New(fault.Conflict, "meeting.error.join_early")
		}
		if may := MayJoin(d); !slices.ContainsFunc(may, func(p outcome.Party) bool { return p.Member == string(o) }) {
			return fault.InvalidField("org", "meeting.error.join_who")
		}
		if day.Before(d.At.Date()) {
			return fault.InvalidField("day", "meeting.error.join_day")
		}
		if _, err := db.Exec(ctx, tx, insertOptIn, i, o, day, ref, actor.Label(), s.room.Clock.Now()); err != nil {
			return fmt.Errorf("item %s: join: %w", i, err)
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionJoin, session.Subject(m.ID), audit.Field("item", "", string(i)), audit.Field("organisation", "", string(o)),
			audit.Field("day", "", day), audit.Field("ref", "", ref))
		return s.since(ctx, tx, actor, item, m, session.HasJoined, o)
	})
}

// MayJoin are the members that the decision does not hold for and that may join it.
func MayJoin(d session.Decision) []outcome.Party {
	now, facts := d.Standing()
	binding := now.State == outcome.Adopted || now.State == outcome.AdoptedSome || now.State == outcome.Recommended
	if !binding || facts.Case.Scope != outcome.Some || !d.Rules.Reservation.OptIn {
		return nil
	}
	var out []outcome.Party
	for _, b := range now.Ballots {
		p := b.Party()
		if !slices.Contains(out, p) && !slices.ContainsFunc(now.AdoptedFor, func(a outcome.Party) bool { return a.Member == p.Member }) {
			out = append(out, p)
		}
	}
	return out
}

// of is an item that the body decides, for those who take part in the meeting.
func (s *Service) of(ctx context.Context, tx *db.Tx, actor access.Actor, i session.ItemID) (session.Item, session.Meeting, session.Reader, error) {
	item, m, r, err := s.room.Within(ctx, tx, actor, i)
	if err == nil && (!item.Decides() || item.Kind == session.Minutes) {
		err = fault.New(fault.Conflict, "meeting.error.no_vote_here")
	}
	if err == nil && m.State == session.Cancelled {
		err = fault.New(fault.Conflict, "meeting.error.over")
	}
	return item, m, r, err
}

// isMember refuses, at the field, an organisation without a vote in the item.
func (s *Service) isMember(ctx context.Context, tx *db.Tx, i session.Item, m session.Meeting, r session.Reader, o access.OrgID, at string) error {
	seats, err := s.room.Seated(ctx, tx, m, r)
	if err == nil && !slices.ContainsFunc(seats, func(x session.Seated) bool { return x.Body == i.Body && x.Votes && x.Org == o }) {
		err = fault.InvalidField(at, "form.error.choice")
	}
	return err
}

// sits reports whether the actor holds a seat of the member in the body.
func sits(r session.Reader, b meeting.BodyID, o access.OrgID) bool {
	return slices.ContainsFunc(r.Rights[b].Seats, func(x meeting.SeatRight) bool { return x.Org == o })
}
