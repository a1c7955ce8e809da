package meeting

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

// AddSeat gives an organisation a seat in the body from in.From on, and answers
// its id. in.Body names the body. Only who may change the body does.
func (s *Service) AddSeat(ctx context.Context, actor access.Actor, in Seat) (SeatID, error) {
	in.ID = NewSeatID()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		body, err := s.toChange(ctx, tx, actor, in.Body)
		if err != nil {
			return err
		}
		if err := in.check(); err != nil {
			return err
		}
		var fs fault.Fields
		if err := checkOrg(ctx, tx, &fs, "organisation", in.Org); err != nil {
			return err
		}
		if in.From.Before(body.From) {
			fs.Add("from", "body.error.before_body", "date", body.From)
		}
		if err := fs.Err(); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, insertSeat, in.ID, in.Body, in.Org, in.Kind, string(in.Side), in.From, in.To); err != nil {
			return fmt.Errorf("body %s: add seat: %w", in.Body, err)
		}
		if err := s.seatHappened(ctx, tx, actor, in, SeatAdded, in.From, Holder{}); err != nil {
			return err
		}
		audit.Record(tx, s.clock.Now(), actor, ActionAddSeat, subject(in.Body), audit.Field("seat", "", string(in.Kind)),
			audit.Field("organisation", "", string(in.Org)), audit.Field("side", "", string(in.Side)), audit.Field("from", "", in.From))
		return nil
	})
	return in.ID, err
}

// RemoveSeat lets the seat exist to and with the day, and those who hold it too;
// the day before its first undoes it. version is the seat's that the editor saw.
func (s *Service) RemoveSeat(ctx context.Context, actor access.Actor, seat SeatID, version int64, last clock.Date) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		old, err := seatWith(ctx, tx, seat)
		if err != nil {
			return err
		}
		if _, err := s.toChange(ctx, tx, actor, old.Body); err != nil {
			return err
		}
		if err := checkEnd(last, old.From, old.To); err != nil {
			return err
		}
		old.Version = version
		return s.endOne(ctx, tx, actor, old, last)
	})
}

// EndSeatsOf lets the seats of an organisation in the body, and in those below it, last
// to and with the day, and those who hold them too: a member that leaves. Seats that end
// before are left. For other parts of the house, inside their transaction; the caller
// has the permission.
func (s *Service) EndSeatsOf(ctx context.Context, tx *db.Tx, actor access.Actor, b BodyID, o access.OrgID, last clock.Date) error {
	bodies, err := find(ctx, tx, Filter{Parent: b}.where(s.clock.Today()), s.clock.Today())
	if err != nil {
		return err
	}
	ids := []BodyID{b}
	for _, x := range bodies {
		ids = append(ids, x.ID)
	}
	for _, body := range ids {
		seats, err := SeatsOf(ctx, tx, body, s.clock.Today())
		if err != nil {
			return err
		}
		for _, x := range seats {
			if x.Org != o || !x.To.IsZero() && !x.To.After(last) {
				continue
			}
			if err := s.endOne(ctx, tx, actor, x, last); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) endOne(ctx context.Context, tx *db.Tx, actor access.Actor, x Seat, last clock.Date) error {
	if err := db.ExecOne(ctx, tx, endSeat, last, x.ID, x.Version); err != nil {
		return fmt.Errorf("seat %s: end: %w", x.ID, err)
	}
	for _, h := range x.Holders {
		if h.To.IsZero() || h.To.After(last) {
			if err := db.ExecOne(ctx, tx, endHolder, last, h.ID, h.Version); err != nil {
				return fmt.Errorf("seat %s: end holder: %w", x.ID, err)
			}
		}
	}
	if err := s.seatHappened(ctx, tx, actor, x, SeatEnded, last, Holder{}); err != nil {
		return err
	}
	audit.Record(tx, s.clock.Now(), actor, ActionEndSeat, subject(x.Body), audit.Field("seat", string(x.ID), ""), audit.Field("to", x.To, last))
	return nil
}

// checkEnd refuses a last day that does not shorten the period.
func checkEnd(last, from, to clock.Date) error {
	switch {
	case last.IsZero():
		return fault.InvalidField("to", "form.error.required")
	case last.Before(from.AddDays(-1)), !to.IsZero() && last.After(to):
		return fault.InvalidField("to", "body.error.end_day")
	}
	return nil
}

// Appointment is a holder with the username of the account that signs in for the
// office, empty when none does or Account has it already.
type Appointment struct {
	Holder
	Username string
}

// Appoint lets an office hold a seat, as member or deputy, and answers its id. A
// new member follows the one before, whose time ends the day before; a deputy
// comes last in the order unless in.Rank says another. Only who may change the
// body does.
func (s *Service) Appoint(ctx context.Context, actor access.Actor, in Appointment) (HolderID, error) {
	in.ID = NewHolderID()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		seat, err := seatWith(ctx, tx, in.Seat)
		if err != nil {
			return err
		}
		if _, err := s.toChange(ctx, tx, actor, seat.Body); err != nil {
			return err
		}
		h, err := in.check(seat.Kind)
		if err != nil {
			return err
		}
		if in.Username != "" {
			h.Account, err = account.Named(ctx, tx, in.Username)
			if fault.Is(err, fault.NotFound) {
				return fault.InvalidField("username", "body.error.no_account")
			}
			if err != nil {
				return err
			}
		}
		if h.From.Before(seat.From) || !seat.To.IsZero() && h.From.After(seat.To) {
			return fault.InvalidField("from", "body.error.outside_seat")
		}
		if h.Part == Member {
			h.Rank = 0
			if err := follow(ctx, tx, seat, h); err != nil {
				return err
			}
		} else if h.Rank < 1 {
			h.Rank = len(seat.DeputiesOn(h.From)) + 1
		}
		if err := insertHeld(ctx, tx, h, actor, s.clock.Now()); err != nil {
			return err
		}
		if err := s.seatHappened(ctx, tx, actor, seat, HolderChanged, h.From, h); err != nil {
			return err
		}
		audit.Record(tx, s.clock.Now(), actor, ActionAppoint, subject(seat.Body), audit.Field("seat", "", string(seat.ID)), audit.Field("part", "", string(h.Part)),
			audit.Field("title", "", h.Title), audit.PersonalField("account", "", string(h.Account)), audit.Field("elected_by", "", h.ElectedBy), audit.Field("from", "", h.From))
		return nil
	})
	return in.ID, err
}

func insertHeld(ctx context.Context, tx *db.Tx, h Holder, actor access.Actor, now clock.Time) error {
	_, err := db.Exec(ctx, tx, insertHolder, h.ID, h.Seat, h.Part, h.Rank, h.Account, h.Title, h.ElectedBy, h.From, h.To, actor.Label(), now)
	if err != nil {
		return fmt.Errorf("seat %s: appoint: %w", h.Seat, err)
	}
	return nil
}

// follow ends the time of the member whom the new one follows. It refuses when
// another member comes later in the new one's time.
func follow(ctx context.Context, tx *db.Tx, seat Seat, next Holder) error {
	for _, h := range seat.Holders {
		if h.Part != Member || !overlap(h.From, h.To, next.From, next.To) {
			continue
		}
		if !h.From.Before(next.From) {
			return fault.InvalidField("from", "body.error.held", "title", h.Title, "date", h.From)
		}
		if err := db.ExecOne(ctx, tx, endHolder, next.From.AddDays(-1), h.ID, h.Version); err != nil {
			return fmt.Errorf("seat %s: follow: %w", seat.ID, err)
		}
	}
	return nil
}

// EndHolder lets one hold the seat to and with the day; the day before the first
// undoes it. version is the holder's that the editor saw.
func (s *Service) EndHolder(ctx context.Context, actor access.Actor, holder HolderID, version int64, last clock.Date) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		row, err := db.Get[holderRow](ctx, tx, getHolder, holder)
		if err != nil {
			return fmt.Errorf("holder %s: %w", holder, err)
		}
		seat, err := db.Get[seatRow](ctx, tx, getSeat, row.Seat)
		if err != nil {
			return err
		}
		if _, err := s.toChange(ctx, tx, actor, seat.Body); err != nil {
			return err
		}
		if err := checkEnd(last, row.From, row.To); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, endHolder, last, holder, version); err != nil {
			return fmt.Errorf("holder %s: end: %w", holder, err)
		}
		if err := s.seatHappened(ctx, tx, actor, seat.seat(), HolderLeaves, last, row.holder()); err != nil {
			return err
		}
		audit.Record(tx, s.clock.Now(), actor, ActionEnd, subject(seat.Body), audit.Field("title", row.Title, row.Title), audit.Field("to", row.To, last))
		return nil
	})
}

// Elect makes a seat the leader or deputy leader of the body in a term. Without a
// last day the term lasts as long as the rules say. Only a seat with a vote can be
// elected where the rules say so. The term before ends when the new one begins.
func (s *Service) Elect(ctx context.Context, actor access.Actor, b BodyID, in Election) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.toChange(ctx, tx, actor, b); err != nil {
			return err
		}
		e, err := in.check()
		if err != nil {
			return err
		}
		if e, err = s.electable(ctx, tx, b, e); err != nil {
			return err
		}
		later, err := db.Scalar[int64](ctx, tx, laterTerms, b, e.Task, e.From)
		if err != nil {
			return err
		}
		if later > 0 {
			return fault.InvalidField("from", "body.error.later_term")
		}
		if _, err := db.Exec(ctx, tx, cutLeader, e.From.AddDays(-1), b, e.Task, e.From); err != nil {
			return fmt.Errorf("body %s: elect: %w", b, err)
		}
		if _, err := db.Exec(ctx, tx, insertLeader, id.New[Election](), b, e.Task, e.Seat, e.ElectedBy, e.From, e.To, actor.Label(), s.clock.Now()); err != nil {
			return fmt.Errorf("body %s: elect: %w", b, err)
		}
		if _, err := db.Exec(ctx, tx, bumpBody, b); err != nil {
			return fmt.Errorf("body %s: elect: %w", b, err)
		}
		s.happened(tx, actor, b, LeaderElected, e.From, happening.Facts{FactTask: string(e.Task)})
		audit.Record(tx, s.clock.Now(), actor, ActionElect, subject(b), audit.Field(string(e.Task), "", string(e.Seat)),
			audit.Field("from", "", e.From), audit.Field("to", "", e.To), audit.Field("elected_by", "", e.ElectedBy))
		return nil
	})
}
