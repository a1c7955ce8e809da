package floor

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
)

const (
	insertPosition db.SQL = `INSERT INTO position_taken (id, item, seat, part, position, reason, how, registered, evidence, in_writing, taken_by, taken_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
	contestPosition db.SQL = `UPDATE position_taken SET contested = $1 WHERE id = $2 AND contested IS NULL`
)

// Taking is what a seat says. InWriting is consent to that the item is decided in writing.
type Taking struct {
	Seat     meeting.SeatID
	Part     meeting.Part
	Position rule.Position
	Reason   string

	InWriting bool
}

// TakePosition says what a seat means in an item. Who holds the seat does, now and on the
// meeting's day: as the member, or as the deputy when the member is away or has stepped
// back, whatever in.Part says; in the meeting the
// secretary may write it down for one who is present. A seat without a vote is refused,
// citing the paragraph. Before the meeting it is said beforehand.
func (s *Service) TakePosition(ctx context.Context, actor access.Actor, i session.ItemID, in Taking) (session.PositionID, error) {
	return s.take(ctx, actor, i, in, outcome.Here, "")
}

// RegisterForehand writes down what a member has said by phone or in writing before the
// meeting. The member may contest it before the meeting begins.
func (s *Service) RegisterForehand(ctx context.Context, actor access.Actor, i session.ItemID, in Taking, how outcome.Channel, evidence string) (session.PositionID, error) {
	evidence = text.CleanMultiline(evidence)
	var fs fault.Fields
	fs.Text("evidence", evidence, session.MaxTold, true)
	if how != outcome.Phone && how != outcome.Writing {
		fs.Add("how", "form.error.choice")
	}
	if err := fs.Err(); err != nil {
		return "", err
	}
	return s.take(ctx, actor, i, in, how, evidence)
}

func (s *Service) take(ctx context.Context, actor access.Actor, i session.ItemID, in Taking, how outcome.Channel, evidence string) (session.PositionID, error) {
	in.Reason = text.CleanMultiline(in.Reason)
	var fs fault.Fields
	fs.Text("reason", in.Reason, session.MaxTold, false)
	if err := fs.Err(); err != nil {
		return "", err
	}
	if in.Part == "" {
		in.Part = meeting.Member
	}
	out := id.New[session.Position]()
	return out, s.room.DB.Write(ctx, func(tx *db.Tx) error {
		item, m, r, err := s.room.Within(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if !item.Decides() {
			return fault.New(fault.Conflict, "meeting.error.no_vote_here")
		}
		if err := item.OnAgenda(); err != nil {
			return err
		}
		if err := s.undecided(ctx, tx, i); err != nil {
			return err
		}
		facts, rules, err := s.facts(ctx, tx, item, m)
		if err != nil {
			return err
		}
		if how == outcome.Here {
			if in.Part, err = s.part(ctx, tx, actor, m, r, in); err != nil {
				return err
			}
		}
		channel, registered, err := s.speaks(item, m, r, facts, rules.Rules, in, how)
		if err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, insertPosition, out, i, in.Seat, in.Part, in.Position, in.Reason, string(channel), registered, evidence, in.InWriting && item.InWriting(m), actor.Label(), s.room.Clock.Now()); err != nil {
			return fmt.Errorf("item %s: position: %w", i, err)
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionPosition, session.Subject(m.ID), audit.Field("item", "", string(i)), audit.Field("seat", "", string(in.Seat)),
			audit.Field("position", "", string(in.Position)), audit.Field("how", "", string(channel)), audit.Field("reason", "", in.Reason))
		return nil
	})
}

// part is what the actor is in the seat that he speaks for, if it is his: the member or the
// vara, whatever in says. One who does not hold it on the meeting's day is Denied, unless he
// writes down what others say.
func (s *Service) part(ctx context.Context, tx *db.Tx, actor access.Actor, m session.Meeting, r session.Reader, in Taking) (meeting.Part, error) {
	right, mine := r.Seat(m, in.Seat)
	if !mine || r.All {
		return in.Part, nil
	}
	then, err := s.room.Reader(ctx, tx, actor, m.Day)
	if err != nil {
		return "", err
	}
	if _, on := then.Seat(m, in.Seat); !on && !r.Writes(m) {
		return "", fault.New(fault.Denied, "meeting.error.not_seat_then")
	}
	return right.Part, nil
}

// speaks sees that the actor may say this for the seat now, and answers how it was said
// and by which office it was written down, if it was.
func (s *Service) speaks(item session.Item, m session.Meeting, r session.Reader, facts outcome.Facts, set rule.Set, in Taking, how outcome.Channel) (outcome.Channel, string, error) {
	at := slices.IndexFunc(facts.Seats, func(x outcome.Seat) bool { return x.ID == string(in.Seat) })
	if at < 0 {
		return "", "", fault.InvalidField("seat", "form.error.choice")
	}
	seat, registered := facts.Seats[at], ""
	_, mine := r.Seat(m, in.Seat)
	switch {
	case how != outcome.Here && !r.Writes(m), !mine && !r.Writes(m):
		return "", "", fault.New(fault.Denied, "meeting.error.not_your_seat")
	case how != outcome.Here && !m.State.Ahead():
		return "", "", fault.New(fault.Conflict, "meeting.error.begun")
	case !mine || how != outcome.Here || r.All:
		registered = string(access.RoleSecretary)
	}
	if in.Position == rule.Recused && !set.DecidesRecusal() {
		return "", "", fault.InvalidField("position", "meeting.error.no_recusal")
	}
	if err := outcome.CanTake(set, seat.Kind, item.Scope, in.Position, in.Reason); err != nil {
		return "", "", err
	}
	if m.State.Ahead() {
		if how == outcome.Here {
			how = outcome.Writing // said beforehand, by the holder
			if registered != "" {
				return "", "", fault.New(fault.Conflict, "meeting.error.not_begun")
			}
		}
		return how, registered, nil
	}
	if m.State != session.Opened && (m.State != session.Held || registered == "") {
		return "", "", fault.New(fault.Conflict, "meeting.error.over")
	}
	by, _, ok := outcome.Caster(set, facts, seat)
	if !ok || by != outcome.Holder(in.Part) {
		return "", "", fault.New(fault.Denied, "meeting.error.not_caster", "name", seat.Name)
	}
	return outcome.Here, registered, nil
}

// MayTake is nil when the seat may take a position in the item, else Denied, citing the
// paragraph that says who has a vote.
func (s *Service) MayTake(ctx context.Context, actor access.Actor, i session.ItemID, seat meeting.SeatID) error {
	return s.room.DB.Read(ctx, func(tx *db.Tx) error {
		item, m, _, err := s.room.Within(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		facts, rules, err := s.facts(ctx, tx, item, m)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(facts.Seats, func(x outcome.Seat) bool { return x.ID == string(seat) })
		if at < 0 {
			return fault.Missing()
		}
		return outcome.CanTake(rules.Rules, facts.Seats[at].Kind, item.Scope, rule.For, "")
	})
}

// Contest lets who holds the seat say that what was written down for it is not so,
// before the meeting begins. The seat is then not heard.
func (s *Service) Contest(ctx context.Context, actor access.Actor, p session.PositionID) error {
	return s.room.DB.Write(ctx, func(tx *db.Tx) error {
		row, err := session.PositionByID(ctx, tx, p)
		if err != nil {
			return err
		}
		_, m, r, err := s.room.Within(ctx, tx, actor, row.Item)
		if err != nil {
			return err
		}
		if _, mine := r.Seat(m, row.Seat); !mine {
			return fault.New(fault.Denied, "meeting.error.not_your_seat")
		}
		if !m.State.Ahead() {
			return fault.New(fault.Conflict, "meeting.error.begun")
		}
		if err := db.ExecOne(ctx, tx, contestPosition, s.room.Clock.Today(), p); err != nil {
			return err
		}
		audit.Record(tx, s.room.Clock.Now(), actor, session.ActionContest, session.Subject(m.ID), audit.Field("position", string(row.Position), ""))
		return nil
	})
}
