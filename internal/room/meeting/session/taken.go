package session

import (
	"context"
	"fmt"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/meeting"
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
	InWriting  bool // consents to that the item is decided in writing
}

const (
	listAttendance db.SQL = `SELECT seat, part, present, from_item, to_item FROM attendance WHERE meeting = $1 ORDER BY seat, part DESC`
	getRecusal     db.SQL = `SELECT id, item, seat, part, reason, raised_by, decided, told, version FROM recusal WHERE id = $1`
	listRecusals   db.SQL = `SELECT id, item, seat, part, reason, raised_by, decided, told, version FROM recusal WHERE item = $1 ORDER BY raised_at, id`
	getPosition    db.SQL = `SELECT id, item, seat, part, position, reason, how, registered, evidence, taken_at, contested, in_writing FROM position_taken WHERE id = $1`
	listPositions  db.SQL = `SELECT id, item, seat, part, position, reason, how, registered, evidence, taken_at, contested, in_writing FROM position_taken WHERE item = $1
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
	InWriting  bool            `db:"in_writing"`
}

// AttendanceOf is who met, as noted.
func AttendanceOf(ctx context.Context, tx *db.Tx, m ID) ([]Attendance, error) {
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

// RecusalsOf are the questions of habilitet in an item, as raised.
func RecusalsOf(ctx context.Context, tx *db.Tx, i ItemID) ([]Recusal, error) {
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

// PositionsOf is all that was said for seats in an item, the oldest first.
func PositionsOf(ctx context.Context, tx *db.Tx, i ItemID) ([]Position, error) {
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

// RecusalByID is the question of habilitet, or NotFound.
func RecusalByID(ctx context.Context, tx *db.Tx, r RecusalID) (Recusal, error) {
	row, err := db.Get[recusalRow](ctx, tx, getRecusal, r)
	return Recusal(row), err
}

// PositionByID is what was said, or NotFound.
func PositionByID(ctx context.Context, tx *db.Tx, p PositionID) (Position, error) {
	row, err := db.Get[positionRow](ctx, tx, getPosition, p)
	return Position(row), err
}
