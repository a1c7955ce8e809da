package centre

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/series"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// letter begins the number of a wish.
const letter = "K"

// Propose notes a course that is wished for. The centre's own is open to all at once; that of
// anybody else is seen by the centre first.
func (s *Service) Propose(ctx context.Context, actor access.Actor, c ID, in Wishing) (WishID, error) {
	var fs fault.Fields
	if in = in.tidied(s.Knows, &fs); fs.Err() != nil {
		return "", fs.Err()
	}
	if actor.Account == "" && !actor.IsSystem() {
		return "", fault.New(fault.Denied, "fault.denied")
	}
	out := id.New[Wish]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		of, err := s.In(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		now := s.Clock.Now()
		number, key, err := series.Next(ctx, tx, letter, now.Date().Year())
		if err != nil {
			return err
		}
		state, proposer := Gathers, access.AccountID("")
		if !of.Runs {
			state, proposer = Proposed, actor.Account
		}
		if _, err := db.Exec(ctx, tx, insertWish, out, number, key, c, in.Title, in.Words, in.Level, in.Least, state, proposer, actor.Label(), now); err != nil {
			return fmt.Errorf("wish: %w", err)
		}
		if err := flow.StartIn(ctx, tx, WishFlow(), state, string(out), number+" · "+in.Title, wishBall(of, state, now.Date()), actor, now); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionWish, wishSubject(out), audit.Field("title", "", in.Title), audit.Field("state", "", state))
		return nil
	})
}

// EditWish lets the centre's people put a wish in better words and say how many are needed.
func (s *Service) EditWish(ctx context.Context, actor access.Actor, w WishID, version int64, in Wishing) error {
	var fs fault.Fields
	if in = in.tidied(s.Knows, &fs); fs.Err() != nil {
		return fs.Err()
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.wish(ctx, tx, actor, w)
		switch {
		case err != nil:
			return err
		case !old.Runs:
			return fault.New(fault.Denied, "fault.denied")
		case old.IsOver():
			return fault.New(fault.Conflict, "centre.error.over")
		}
		if err := db.ExecOne(ctx, tx, updateWish, in.Title, in.Words, in.Level, in.Least, w, version); err != nil {
			return err
		}
		if err := flow.Rename(ctx, tx, wishFlow(w), old.Number+" · "+in.Title); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionWish, wishSubject(w), audit.Changed(audit.Field("title", old.Title, in.Title), audit.Field("words", old.Words, in.Words), audit.Field("least", old.Least, in.Least))...)
		return s.weigh(ctx, tx, actor, w)
	})
}

// MoveWish opens a proposal to all, or ends a wish with a reason.
func (s *Service) MoveWish(ctx context.Context, actor access.Actor, w WishID, version int64, to flow.State, note string) error {
	note = text.CleanMultiline(note)
	var fs fault.Fields
	fs.Text("note", note, MaxWords, false)
	switch {
	case fs.Err() != nil:
		return fs.Err()
	case to == Reported || to == Enough:
		return fault.New(fault.Conflict, "centre.error.not_now")
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.wish(ctx, tx, actor, w)
		if err != nil {
			return err
		}
		if old.Version != version {
			return fault.New(fault.Stale, "fault.stale")
		}
		return s.moveWish(ctx, tx, actor, old, to, note)
	})
}

func (s *Service) moveWish(ctx context.Context, tx *db.Tx, actor access.Actor, old Wish, to flow.State, note string) error {
	var as []flow.Party
	if old.Runs {
		as = append(as, flow.Centre)
	}
	return s.step(ctx, tx, actor, old, to, as, note)
}

func (s *Service) step(ctx context.Context, tx *db.Tx, actor access.Actor, old Wish, to flow.State, as []flow.Party, note string) error {
	c, err := s.In(ctx, tx, actor, old.Centre)
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	if err := flow.Move(ctx, tx, WishFlow(), flow.Request{Subject: wishFlow(old.ID), From: old.State, To: to, As: as, Note: note, Ball: wishBall(c, to, now.Date())}, actor, now); err != nil {
		return err
	}
	if err := db.ExecOne(ctx, tx, moveWish, to, old.ID, old.State); err != nil {
		return err
	}
	audit.Record(tx, now, actor, ActionWish, wishSubject(old.ID), audit.Field("state", old.State, to))
	return nil
}

// Report makes a need of the centre's organisation from the wish, and answers the need's id:
// for so many as are on the waiting list, one when nobody is.
func (s *Service) Report(ctx context.Context, actor access.Actor, w WishID, version int64) (NeedID, error) {
	var out NeedID
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.wish(ctx, tx, actor, w)
		switch {
		case err != nil:
			return err
		case !old.Runs:
			return fault.New(fault.Denied, "fault.denied")
		case old.Version != version:
			return fault.New(fault.Stale, "fault.stale")
		case !old.IsOpen():
			return fault.New(fault.Conflict, "centre.error.over")
		}
		c, err := s.In(ctx, tx, actor, old.Centre)
		if err != nil {
			return err
		}
		seats, err := db.Scalar[int](ctx, tx, seatsWaiting, w)
		if err != nil {
			return err
		}
		if out, err = s.Knows.Report(ctx, tx, actor, Reporting{Org: c.Org, Title: old.Title, Words: old.Words, Level: old.Level, Municipality: c.Municipality, People: max(1, seats)}); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, wishNeed, out, w); err != nil {
			return err
		}
		return s.moveWish(ctx, tx, actor, old, Reported, "")
	})
}
