package follow

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Kept is how long notices and events are kept, in days.
const Kept = 365

// List lists the actor's notices, the newest first: those of things that he may
// see now. unread narrows it to what he has not read.
func (s *Service) List(ctx context.Context, actor access.Actor, unread bool, after string, limit int) (db.Paged[Notice], error) {
	if !actor.SignedIn() {
		return db.Paged[Notice]{}, fault.New(fault.Denied, "fault.denied")
	}
	var out db.Paged[Notice]
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var w db.Where
		w.And(fragIsAccount, actor.Account)
		if unread {
			w.And(fragUnread)
		}
		page := db.Page{Order: db.Order{Key: fragMade, ID: fragNotice, Desc: true}, After: after, Limit: limit}
		rows, err := db.ListPage(ctx, tx, db.Query{Base: noticesOf, Where: w}, page, func(r noticeRow) (any, string) { return r.MadeAt.String(), string(r.Notice) })
		if err != nil {
			return err
		}
		out.Next = rows.Next
		out.Items, err = s.notices(ctx, tx, actor, rows.Items)
		return err
	})
	if err != nil {
		return db.Paged[Notice]{}, fmt.Errorf("follow: notices: %w", err)
	}
	return out, nil
}

// notices are the rows with what the actor may see now; the rest is left out.
func (s *Service) notices(ctx context.Context, tx *db.Tx, actor access.Actor, rows []noticeRow) ([]Notice, error) {
	refs := make([]object.Ref, len(rows))
	for i, r := range rows {
		refs[i] = r.event().Subject
	}
	cards, err := s.Objects.Cards(ctx, tx, actor, refs)
	if err != nil {
		return nil, err
	}
	var out []Notice
	for _, r := range rows {
		e := r.event()
		card, sees := cards[e.Subject]
		if !sees {
			continue
		}
		n, err := s.notice(ctx, tx, actor, e, card)
		if err != nil {
			return nil, err
		}
		n.ID, n.Reason, n.ReadAt = r.Notice, r.Reason, r.ReadAt
		out = append(out, n)
	}
	return out, nil
}

// notice is an event as the actor is told of it.
func (s *Service) notice(ctx context.Context, tx *db.Tx, actor access.Actor, e Event, card object.Card) (Notice, error) {
	n := Notice{Event: e, Card: card}
	orgs, err := s.kinds[e.Subject.Kind].concerns(ctx, tx, e.Subject.ID)
	if err != nil {
		return n, err
	}
	n.Mine = slices.ContainsFunc(actor.Orgs(), func(o access.OrgID) bool { return slices.Contains(orgs, o) })
	if !n.Mine {
		people, err := s.kinds[e.Subject.Kind].people(ctx, tx, e.Subject.ID)
		if err != nil {
			return n, err
		}
		n.Mine = slices.Contains(people, actor.Account)
	}
	switch {
	case e.Ball.Account != "":
		n.BallMine = e.Ball.Account == actor.Account
	case e.Ball.Org != "":
		n.BallMine = slices.Contains(actor.Orgs(), e.Ball.Org)
		n.BallName, err = org.NameOn(ctx, tx, e.Ball.Org, s.Clock.Today())
	case e.Ball.Role != "":
		n.BallMine = flow.Item{Ball: e.Ball, Places: card.Municipalities}.HeldBy(actor)
	}
	return n, err
}

// Unread is how many notices the actor has not read, at most a hundred.
func (s *Service) Unread(ctx context.Context, actor access.Actor) (int, error) {
	if !actor.SignedIn() {
		return 0, nil
	}
	n := 0
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		n, err = db.Scalar[int](ctx, tx, countUnread, actor.Account)
		return err
	})
	return n, err
}

// ReadAll notes that the actor has read all notices made up to the moment.
func (s *Service) ReadAll(ctx context.Context, actor access.Actor, upTo clock.Time) error {
	return s.read(ctx, actor, readAll, s.Clock.Now(), actor.Account, upTo)
}

// ReadThing notes that the actor has read what there was about the thing.
func (s *Service) ReadThing(ctx context.Context, actor access.Actor, r object.Ref) error {
	return s.read(ctx, actor, readThing, s.Clock.Now(), actor.Account, r.Kind, r.ID)
}

func (s *Service) read(ctx context.Context, actor access.Actor, statement db.SQL, args ...any) error {
	if !actor.SignedIn() {
		return fault.New(fault.Denied, "fault.denied")
	}
	// Not in the audit log: what somebody has read changes nothing for others.
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, statement, args...)
		return err
	})
}

// SweepNotices deletes notices and events past their time, and tells how many
// rows that was.
func (s *Service) SweepNotices(ctx context.Context, tx *db.Tx) (int64, error) {
	var total int64
	before := clock.StartOfDay(s.Clock.Today().AddDays(-Kept))
	for _, statement := range []db.SQL{sweepNotice, sweepEvent} {
		n, err := db.Exec(ctx, tx, statement, before)
		if err != nil {
			return 0, fmt.Errorf("follow: sweep: %w", err)
		}
		total += n
	}
	return total, nil
}

// SweepLetters deletes letters past their time, and tells how many.
func (s *Service) SweepLetters(ctx context.Context, tx *db.Tx) (int64, error) {
	return db.Exec(ctx, tx, sweepLetters, clock.StartOfDay(s.Clock.Today().AddDays(-LettersKept)))
}

// Sweep deletes notices, events and letters past their time.
func (s *Service) Sweep(ctx context.Context) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.SweepNotices(ctx, tx); err != nil {
			return err
		}
		_, err := s.SweepLetters(ctx, tx)
		return err
	})
}
