package session

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
)

// Attendance is whether a holder of a seat met, from and to an item, both included;
// empty for the whole meeting.
type Attendance struct {
	Seat     meeting.SeatID
	Part     meeting.Part
	Present  bool
	From, To ItemID
}

// Recusal is a question of habilitet. Decided is empty until the body has decided.
type Recusal struct {
	ID       RecusalID
	Item     ItemID
	Seat     meeting.SeatID
	Part     meeting.Part
	Reason   string
	RaisedBy string
	Decided  outcome.Ability
	Told     string
	Version  int64
}

// Position is what a holder said on behalf of a seat. Registered is the office that
// wrote it down for the holder, Evidence what it builds on.
type Position struct {
	ID         PositionID
	Item       ItemID
	Seat       meeting.SeatID
	Part       meeting.Part
	Position   rule.Position
	Reason     string
	How        outcome.Channel
	Registered string
	Evidence   string
	At         clock.Time
	Contested  clock.Date
}

const (
	noteAttendance db.SQL = `INSERT INTO attendance (meeting, seat, part, present, from_item, to_item, noted_by, noted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (meeting, seat, part) DO UPDATE SET present = excluded.present, from_item = excluded.from_item, to_item = excluded.to_item,
		noted_by = excluded.noted_by, noted_at = excluded.noted_at`
	listAttendance db.SQL = `SELECT seat, part, present, from_item, to_item FROM attendance WHERE meeting = $1 ORDER BY seat, part DESC`

	insertRecusal db.SQL = `INSERT INTO recusal (id, item, seat, part, reason, raised_by, raised_at, decided, told, version) VALUES ($1, $2, $3, $4, $5, $6, $7, '', '', 1)`
	decideRecusal db.SQL = `UPDATE recusal SET decided = $1, told = $2, decided_at = $3, version = version + 1 WHERE id = $4 AND version = $5`
	getRecusal    db.SQL = `SELECT id, item, seat, part, reason, raised_by, decided, told, version FROM recusal WHERE id = $1`
	listRecusals  db.SQL = `SELECT id, item, seat, part, reason, raised_by, decided, told, version FROM recusal WHERE item = $1 ORDER BY raised_at, id`

	insertPosition db.SQL = `INSERT INTO position_taken (id, item, seat, part, position, reason, how, registered, evidence, taken_by, taken_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	contestPosition db.SQL = `UPDATE position_taken SET contested = $1 WHERE id = $2 AND contested IS NULL`
	getPosition     db.SQL = `SELECT id, item, seat, part, position, reason, how, registered, evidence, taken_at, contested FROM position_taken WHERE id = $1`
	listPositions   db.SQL = `SELECT id, item, seat, part, position, reason, how, registered, evidence, taken_at, contested FROM position_taken WHERE item = $1
		ORDER BY taken_at, id`
)

type attendanceRow struct {
	Seat    meeting.SeatID `db:"seat"`
	Part    meeting.Part   `db:"part"`
	Present bool           `db:"present"`
	From    *ItemID        `db:"from_item"`
	To      *ItemID        `db:"to_item"`
}

type recusalRow struct {
	ID       RecusalID       `db:"id"`
	Item     ItemID          `db:"item"`
	Seat     meeting.SeatID  `db:"seat"`
	Part     meeting.Part    `db:"part"`
	Reason   string          `db:"reason"`
	RaisedBy string          `db:"raised_by"`
	Decided  outcome.Ability `db:"decided"`
	Told     string          `db:"told"`
	Version  int64           `db:"version"`
}

type positionRow struct {
	ID         PositionID      `db:"id"`
	Item       ItemID          `db:"item"`
	Seat       meeting.SeatID  `db:"seat"`
	Part       meeting.Part    `db:"part"`
	Position   rule.Position   `db:"position"`
	Reason     string          `db:"reason"`
	How        outcome.Channel `db:"how"`
	Registered string          `db:"registered"`
	Evidence   string          `db:"evidence"`
	At         db.Time         `db:"taken_at"`
	Contested  db.Date         `db:"contested"`
}

func attendance(ctx context.Context, tx *db.Tx, m ID) ([]Attendance, error) {
	rows, err := db.List[attendanceRow](ctx, tx, listAttendance, m)
	if err != nil {
		return nil, fmt.Errorf("meeting %s: attendance: %w", m, err)
	}
	out := make([]Attendance, len(rows))
	for i, r := range rows {
		out[i] = Attendance{Seat: r.Seat, Part: r.Part, Present: r.Present}
		if r.From != nil {
			out[i].From = *r.From
		}
		if r.To != nil {
			out[i].To = *r.To
		}
	}
	return out, nil
}

func recusals(ctx context.Context, tx *db.Tx, i ItemID) ([]Recusal, error) {
	rows, err := db.List[recusalRow](ctx, tx, listRecusals, i)
	if err != nil {
		return nil, fmt.Errorf("item %s: recusals: %w", i, err)
	}
	out := make([]Recusal, len(rows))
	for n, r := range rows {
		out[n] = Recusal(r)
	}
	return out, nil
}

func positions(ctx context.Context, tx *db.Tx, i ItemID) ([]Position, error) {
	rows, err := db.List[positionRow](ctx, tx, listPositions, i)
	if err != nil {
		return nil, fmt.Errorf("item %s: positions: %w", i, err)
	}
	out := make([]Position, len(rows))
	for n, r := range rows {
		out[n] = Position(r)
	}
	return out, nil
}

// writable refuses what happens in a meeting before it has begun and when its minutes
// are out.
func writable(m Meeting) error {
	switch m.State {
	case Opened, Held:
		return nil
	case Planned, Sent:
		return fault.New(fault.Conflict, "meeting.error.not_begun")
	}
	return fault.New(fault.Conflict, "meeting.error.over")
}

// Attend notes whether a holder of a seat meets. The secretary does, again whenever it
// changes.
func (s *Service) Attend(ctx context.Context, actor access.Actor, m ID, in Attendance) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		mt, r, err := s.writing(ctx, tx, actor, m)
		if err != nil {
			return err
		}
		if mt.State != Sent {
			if err := writable(mt); err != nil {
				return err
			}
		}
		if err := s.knows(ctx, tx, mt, r, in.Seat, in.Part); err != nil {
			return err
		}
		if err := checkSpan(ctx, tx, m, in); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, noteAttendance, m, in.Seat, in.Part, in.Present, in.From, in.To, actor.Label(), s.Clock.Now()); err != nil {
			return fmt.Errorf("meeting %s: attend: %w", m, err)
		}
		if _, err := db.Exec(ctx, tx, touchMeeting, m); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionAttend, subject(m), audit.Field("seat", "", string(in.Seat)), audit.Field("part", "", string(in.Part)),
			audit.Field("present", "", in.Present), audit.Field("from", "", string(in.From)), audit.Field("to", "", string(in.To)))
		return nil
	})
}

// checkSpan sees that the items are of the meeting and in order.
func checkSpan(ctx context.Context, tx *db.Tx, m ID, in Attendance) error {
	list, err := itemsOf(ctx, tx, m)
	if err != nil {
		return err
	}
	from, to := 0, len(list)
	for field, x := range map[string]struct {
		item ItemID
		at   *int
	}{"from": {in.From, &from}, "to": {in.To, &to}} {
		if x.item == "" {
			continue
		}
		if *x.at = slices.IndexFunc(list, func(i Item) bool { return i.ID == x.item }); *x.at < 0 {
			return fault.InvalidField(field, "form.error.choice")
		}
	}
	if to < from {
		return fault.InvalidField("to", "meeting.error.left_before")
	}
	return nil
}

// knows is nil when the seat is in the meeting and has a holder of the part.
func (s *Service) knows(ctx context.Context, tx *db.Tx, m Meeting, r reader, seat meeting.SeatID, part meeting.Part) error {
	seats, err := s.seated(ctx, tx, m, r)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(seats, func(x Seated) bool { return x.ID == seat })
	if i < 0 {
		return fault.InvalidField("seat", "form.error.choice")
	}
	if part != meeting.Member && (part != meeting.Deputy || len(seats[i].Deputies) == 0) {
		return fault.InvalidField("part", "meeting.error.no_deputy")
	}
	return nil
}

// RaiseRecusal asks whether a holder is habil in an item. Who takes part in the body may
// ask, about oneself or others.
func (s *Service) RaiseRecusal(ctx context.Context, actor access.Actor, i ItemID, seat meeting.SeatID, part meeting.Part, reason string) (RecusalID, error) {
	reason = text.CleanMultiline(reason)
	var fs fault.Fields
	limited(&fs, "reason", reason, MaxTold, true)
	if err := fs.Err(); err != nil {
		return "", err
	}
	out := id.New[Recusal]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		_, m, r, err := s.within(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if m.State != Sent {
			if err := writable(m); err != nil {
				return err
			}
		}
		if err := s.undecided(ctx, tx, i); err != nil {
			return err
		}
		if err := s.knows(ctx, tx, m, r, seat, part); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, insertRecusal, out, i, seat, part, reason, actor.Label(), s.Clock.Now()); err != nil {
			if db.Constraint(err) != "" {
				return fault.InvalidField("seat", "meeting.error.raised")
			}
			return fmt.Errorf("item %s: raise: %w", i, err)
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionRecusal, subject(m.ID), audit.Field("seat", "", string(seat)), audit.PersonalField("reason", "", reason))
		return nil
	})
}

// DecideRecusal records what the body decided, without the one it is about: whether the
// holder steps back. The secretary writes it down.
func (s *Service) DecideRecusal(ctx context.Context, actor access.Actor, rec RecusalID, version int64, decided outcome.Ability, told string) error {
	told = text.CleanMultiline(told)
	var fs fault.Fields
	limited(&fs, "told", told, MaxTold, true)
	if decided != outcome.Stepped && decided != outcome.Able {
		fs.Add("decided", "form.error.choice")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		row, err := db.Get[recusalRow](ctx, tx, getRecusal, rec)
		if err != nil {
			return err
		}
		_, m, err := s.keeping(ctx, tx, actor, row.Item)
		if err != nil {
			return err
		}
		if err := writable(m); err != nil {
			return err
		}
		if err := s.undecided(ctx, tx, row.Item); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, decideRecusal, decided, told, s.Clock.Now(), rec, version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionRecusal, subject(m.ID), audit.Field("decided", string(row.Decided), string(decided)))
		return nil
	})
}

// Taking is what a seat says.
type Taking struct {
	Seat     meeting.SeatID
	Part     meeting.Part
	Position rule.Position
	Reason   string
}

// TakePosition says what a seat means in an item. Who holds the seat does, as the member,
// or as the deputy when the member is away or has stepped back; in the meeting the
// secretary may write it down for one who is present. A seat without a vote is refused,
// citing the paragraph. Before the meeting it is said beforehand.
func (s *Service) TakePosition(ctx context.Context, actor access.Actor, i ItemID, in Taking) (PositionID, error) {
	return s.take(ctx, actor, i, in, outcome.Here, "")
}

// RegisterForehand writes down what a member has said by phone or in writing before the
// meeting. The member may contest it before the meeting begins.
func (s *Service) RegisterForehand(ctx context.Context, actor access.Actor, i ItemID, in Taking, how outcome.Channel, evidence string) (PositionID, error) {
	evidence = text.CleanMultiline(evidence)
	var fs fault.Fields
	limited(&fs, "evidence", evidence, MaxTold, true)
	if how != outcome.Phone && how != outcome.Writing {
		fs.Add("how", "form.error.choice")
	}
	if err := fs.Err(); err != nil {
		return "", err
	}
	return s.take(ctx, actor, i, in, how, evidence)
}

func (s *Service) take(ctx context.Context, actor access.Actor, i ItemID, in Taking, how outcome.Channel, evidence string) (PositionID, error) {
	in.Reason = text.CleanMultiline(in.Reason)
	var fs fault.Fields
	limited(&fs, "reason", in.Reason, MaxTold, false)
	if err := fs.Err(); err != nil {
		return "", err
	}
	if in.Part == "" {
		in.Part = meeting.Member
	}
	out := id.New[Position]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		item, m, r, err := s.within(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if !item.Decides() {
			return fault.New(fault.Conflict, "meeting.error.no_vote_here")
		}
		if err := s.undecided(ctx, tx, i); err != nil {
			return err
		}
		facts, rules, err := s.facts(ctx, tx, item, m)
		if err != nil {
			return err
		}
		channel, registered, err := s.speaks(item, m, r, facts, rules.Rules, in, how)
		if err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, insertPosition, out, i, in.Seat, in.Part, in.Position, in.Reason, string(channel), registered, evidence, actor.Label(), s.Clock.Now()); err != nil {
			return fmt.Errorf("item %s: position: %w", i, err)
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionPosition, subject(m.ID), audit.Field("item", "", string(i)), audit.Field("seat", "", string(in.Seat)),
			audit.Field("position", "", string(in.Position)), audit.Field("how", "", string(channel)), audit.Field("reason", "", in.Reason))
		return nil
	})
}

// speaks sees that the actor may say this for the seat now, and answers how it was said
// and by which office it was written down, if it was.
func (s *Service) speaks(item Item, m Meeting, r reader, facts outcome.Facts, set rule.Set, in Taking, how outcome.Channel) (outcome.Channel, string, error) {
	at := slices.IndexFunc(facts.Seats, func(x outcome.Seat) bool { return x.ID == string(in.Seat) })
	if at < 0 {
		return "", "", fault.InvalidField("seat", "form.error.choice")
	}
	seat, registered := facts.Seats[at], ""
	right, mine := r.seat(m, in.Seat)
	switch {
	case how != outcome.Here && !r.writes(m), !mine && !r.writes(m):
		return "", "", fault.New(fault.Denied, "meeting.error.not_your_seat")
	case how != outcome.Here && !m.State.Ahead():
		return "", "", fault.New(fault.Conflict, "meeting.error.begun")
	case mine && how == outcome.Here && !r.all:
		in.Part = right.Part
	default:
		registered = string(access.RoleSecretary)
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
	if m.State != Opened && (m.State != Held || registered == "") {
		return "", "", fault.New(fault.Conflict, "meeting.error.over")
	}
	by, _, ok := outcome.Caster(set, facts, seat)
	if !ok || by != outcome.Holder(in.Part) {
		return "", "", fault.New(fault.Denied, "meeting.error.not_caster", "name", seat.Name)
	}
	return outcome.Here, registered, nil
}

// Contest lets who holds the seat say that what was written down for it is not so,
// before the meeting begins. The seat is then not heard.
func (s *Service) Contest(ctx context.Context, actor access.Actor, p PositionID) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		row, err := db.Get[positionRow](ctx, tx, getPosition, p)
		if err != nil {
			return err
		}
		_, m, r, err := s.within(ctx, tx, actor, row.Item)
		if err != nil {
			return err
		}
		if _, mine := r.seat(m, row.Seat); !mine {
			return fault.New(fault.Denied, "meeting.error.not_your_seat")
		}
		if !m.State.Ahead() {
			return fault.New(fault.Conflict, "meeting.error.begun")
		}
		if err := db.ExecOne(ctx, tx, contestPosition, s.Clock.Today(), p); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionContest, subject(m.ID), audit.Field("position", string(row.Position), ""))
		return nil
	})
}

// SetScope records whom an item touches, and who decided it: the rules are silent on
// that, so it is written down.
func (s *Service) SetScope(ctx context.Context, actor access.Actor, i ItemID, version int64, scope outcome.Scope, by string) error {
	by = text.CleanLine(by)
	var fs fault.Fields
	line(&fs, "by", by, true)
	if scope != outcome.All && scope != outcome.Some {
		fs.Add("scope", "form.error.choice")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, m, err := s.keeping(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if !m.State.Ahead() {
			if err := writable(m); err != nil {
				return err
			}
		}
		if err := s.undecided(ctx, tx, i); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, scopeItem, string(scope), by, s.Clock.Today(), i, version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionScope, subject(m.ID), audit.Field("scope", string(old.Scope), string(scope)), audit.Field("by", old.ScopeBy, by))
		return nil
	})
}

// DecideDoors records how the body voted on closing the doors for an item (§ 11-5): with
// a ground when more were for than against, else they stay open.
func (s *Service) DecideDoors(ctx context.Context, actor access.Actor, i ItemID, version int64, ground string, yes, no int) error {
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
	doors := DoorsOpen
	if yes > no {
		doors = DoorsClosed
	} else {
		ground = ""
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, m, err := s.keeping(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if err := writable(m); err != nil {
			return err
		}
		if err := s.undecided(ctx, tx, i); err != nil {
			return err
		}
		if doors == DoorsClosed && old.PublicTitle == "" && old.Title != "" {
			return fault.InvalidField("ground", "meeting.error.public_title")
		}
		if err := db.ExecOne(ctx, tx, doorsItem, string(doors), ground, yes, no, i, version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionDoors, subject(m.ID), audit.Field("doors", string(old.Doors), string(doors)), audit.Field("ground", old.DoorsGround, ground),
			audit.Field("votes", "", fmt.Sprintf("%d–%d", yes, no)))
		return nil
	})
}

// maxSeats bounds what is counted by hand.
const maxSeats = 500
