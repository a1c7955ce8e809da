package booking

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/series"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/centre"
)

// Deps is what the calendars need.
type Deps struct {
	DB      *db.DB
	Clock   clock.Clock
	Centres *centre.Service
}

// Service is the use cases of rooms' calendars.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// letter begins the number of a booking.
const letter = "R"

func flowOf(b ID) flow.Subject { return flow.Subject{Kind: FlowKind, ID: string(b)} }

func subject(b ID) audit.Subject { return audit.Subject{Kind: FlowKind, ID: string(b)} }

// Ask asks for a room, once or for some weeks, and answers the ids in the order of time. What
// the centre's own people ask for is confirmed at once: all of it or nothing, and then the
// error names the first time that is taken.
func (s *Service) Ask(ctx context.Context, actor access.Actor, in Asking) ([]ID, error) {
	var fs fault.Fields
	in = in.tidied(s.Clock.Today(), &fs)
	if in.Org != "" && !actor.IsSystem() && !slices.Contains(actor.Orgs(), in.Org) {
		fs.Add("org", "form.error.choice")
	}
	switch {
	case fs.Err() != nil:
		return nil, fs.Err()
	case in.Org == "" && actor.Account == "":
		return nil, fault.New(fault.Denied, "fault.denied")
	}
	var out []ID
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		room, of, err := s.Centres.RoomIn(ctx, tx, actor, in.Room)
		switch {
		case err != nil:
			return err
		case room.Closed:
			return fault.New(fault.Conflict, "booking.error.closed")
		case in.People > room.Seats:
			return fault.InvalidField("people", "booking.error.seats", "seats", room.Seats)
		}
		out = nil // the transaction may be tried again
		for _, at := range in.spans() {
			b, err := s.ask(ctx, tx, actor, in, at, room, of)
			if err != nil {
				return err
			}
			out = append(out, b)
		}
		return nil
	})
}

func (s *Service) ask(ctx context.Context, tx *db.Tx, actor access.Actor, in Asking, at span, room centre.Room, of centre.Centre) (ID, error) {
	now := s.Clock.Now()
	if !now.Before(at.From) {
		return "", fault.InvalidField("from", "booking.error.past")
	}
	// Whoever asks is told at once when the room is taken already.
	if err := s.free(ctx, tx, room.ID, at); err != nil {
		return "", err
	}
	state, ball := Asked, flow.Ball{Party: flow.Centre, Org: of.Org, Due: clock.AddWorkdays(now.Date(), answerDays)}
	if of.Runs {
		state, ball = Confirmed, flow.Ball{}
	}
	account := actor.Account
	if in.Org != "" {
		account = ""
	}
	number, key, err := series.Next(ctx, tx, letter, now.Date().Year())
	if err != nil {
		return "", err
	}
	out := id.New[Booking]()
	if _, err := db.Exec(ctx, tx, insertBooking, out, number, key, room.ID, at.From, at.To, in.Sort, in.Purpose, in.People, in.Org, account, state, actor.Label(), now); err != nil {
		return "", fmt.Errorf("booking: %w", err)
	}
	if err := flow.StartIn(ctx, tx, Flow(), state, string(out), number+" · "+room.Name, ball, actor, now); err != nil {
		return "", err
	}
	audit.Record(tx, now, actor, ActionAsk, subject(out), audit.Field("room", "", string(room.ID)), audit.Field("from", "", at.From), audit.Field("state", "", state))
	return out, nil
}

// free refuses a time when the room is confirmed to somebody else.
func (s *Service) free(ctx context.Context, tx *db.Tx, room centre.RoomID, at span) error {
	taken, err := s.find(ctx, tx, access.Actor{}, between(room, at.From, at.To, Confirmed))
	if err == nil && len(taken) > 0 {
		err = fault.New(fault.Conflict, "booking.error.taken", "day", taken[0].Day(), "clock", taken[0].Clock())
	}
	return err
}

// Move confirms, declines or cancels. version is the one that the mover saw. A room that has
// been confirmed to somebody else meanwhile is Conflict, and the booking stands as it was.
func (s *Service) Move(ctx context.Context, actor access.Actor, b ID, version int64, to flow.State, note string) error {
	note = text.CleanMultiline(note)
	var fs fault.Fields
	fs.Text("note", note, centre.MaxWords, false)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.load(ctx, tx, actor, b)
		switch {
		case err != nil:
			return err
		case old.Version != version:
			return fault.New(fault.Stale, "fault.stale")
		case old.IsOver(s.Clock.Now()):
			return fault.New(fault.Conflict, "booking.error.over")
		}
		if to == Confirmed {
			if err := s.free(ctx, tx, old.Room, span{old.From, old.To}); err != nil {
				return err
			}
		}
		return s.move(ctx, tx, actor, old, to, note)
	})
}

func (s *Service) move(ctx context.Context, tx *db.Tx, actor access.Actor, old Booking, to flow.State, note string) error {
	now := s.Clock.Now()
	if err := flow.Move(ctx, tx, Flow(), flow.Request{Subject: flowOf(old.ID), From: old.State, To: to, As: old.Mine, Note: note}, actor, now); err != nil {
		return err
	}
	if err := db.ExecOne(ctx, tx, moveBooking, to, old.ID, old.Version); err != nil {
		return err
	}
	audit.Record(tx, now, actor, ActionMove, subject(old.ID), audit.Field("state", old.State, to))
	return nil
}

// Forget cancels what an account that is deleted has asked for herself and nobody has
// answered. What has been confirmed stands, without her and what she wrote.
func (s *Service) Forget(ctx context.Context, tx *db.Tx, a access.AccountID) error {
	ids, err := db.List[ID](ctx, tx, askedBy, a)
	if err != nil {
		return err
	}
	system := access.SystemActor("account")
	for _, b := range ids {
		old, err := s.load(ctx, tx, system, b)
		if err != nil {
			return err
		}
		if err := s.move(ctx, tx, system, old, Cancelled, ""); err != nil {
			return err
		}
	}
	_, err = db.Exec(ctx, tx, forgetAsker, a)
	return err
}
