package meeting

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/text"
)

const (
	insertBody db.SQL = `INSERT INTO body (id, kind, name, name_fold, name_sort, about, host, secretariat, region, parent, from_day, to_day, created_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)`
	updateBody db.SQL = `UPDATE body SET kind = $1, name = $2, name_fold = $3, name_sort = $4, about = $5, host = $6, secretariat = $7, region = $8,
		parent = $9, from_day = $10, to_day = $11, version = version + 1 WHERE id = $12 AND version = $13`
	getBody    db.SQL = `SELECT id, kind, name, about, host, secretariat, region, parent, from_day, to_day, version FROM body WHERE id = $1`
	listBodies db.SQL = `SELECT b.id, b.kind, b.name, b.about, b.host, b.secretariat, b.region, b.parent, b.from_day, b.to_day, b.version
		FROM body AS b /*where*/ ORDER BY b.name_sort, b.id`

	fragID      db.Fragment = "b.id"
	fragKind    db.Fragment = "b.kind"
	fragFold    db.Fragment = "b.name_fold"
	fragParent  db.Fragment = "b.parent"
	fragExists  db.Fragment = "b.from_day <= ? AND (b.to_day IS NULL OR b.to_day >= ?)"
	fragSeatOf  db.Fragment = "SELECT 1 FROM body_seat AS s WHERE s.body = b.id"
	fragSeatOrg db.Fragment = "s.org"
	fragSeatOn  db.Fragment = "s.from_day <= ? AND (s.to_day IS NULL OR s.to_day >= ?)"

	insertSeat db.SQL = `INSERT INTO body_seat (id, body, org, kind, side, from_day, to_day, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)`
	endSeat    db.SQL = `UPDATE body_seat SET to_day = $1, version = version + 1 WHERE id = $2 AND version = $3`
	getSeat    db.SQL = `SELECT id, body, org, kind, side, from_day, to_day, version FROM body_seat WHERE id = $1`
	seatsOf    db.SQL = `SELECT id, body, org, kind, side, from_day, to_day, version FROM body_seat WHERE body = $1 ORDER BY id`

	insertHolder db.SQL = `INSERT INTO body_holder (id, seat, part, rank, account, title, elected_by, from_day, to_day, recorded_by, recorded_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)`
	endHolder   db.SQL = `UPDATE body_holder SET to_day = $1, version = version + 1 WHERE id = $2 AND version = $3`
	getHolder   db.SQL = `SELECT id, seat, part, rank, account, title, elected_by, from_day, to_day, version FROM body_holder WHERE id = $1`
	holdersSeat db.SQL = `SELECT id, seat, part, rank, account, title, elected_by, from_day, to_day, version FROM body_holder WHERE seat = $1
		ORDER BY from_day, part DESC, rank, id`
	holdersBody db.SQL = `SELECT h.id, h.seat, h.part, h.rank, h.account, h.title, h.elected_by, h.from_day, h.to_day, h.version
		FROM body_holder AS h JOIN body_seat AS s ON s.id = h.seat WHERE s.body = $1 ORDER BY h.from_day, h.part DESC, h.rank, h.id`

	insertLeader db.SQL = `INSERT INTO body_leader (id, body, task, seat, elected_by, from_day, to_day, recorded_by, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	cutLeader  db.SQL = `UPDATE body_leader SET to_day = $1 WHERE body = $2 AND task = $3 AND from_day < $4 AND to_day >= $4`
	laterTerms db.SQL = `SELECT COUNT(*) FROM body_leader WHERE body = $1 AND task = $2 AND from_day >= $3`
	leadersOf  db.SQL = `SELECT task, seat, elected_by, from_day, to_day FROM body_leader WHERE body = $1 ORDER BY from_day DESC, task DESC, id`

	bumpBody db.SQL = `UPDATE body SET version = version + 1 WHERE id = $1`
)

type bodyRow struct {
	ID          BodyID         `db:"id"`
	Kind        Kind           `db:"kind"`
	Name        string         `db:"name"`
	About       string         `db:"about"`
	Host        access.OrgID   `db:"host"`
	Secretariat access.OrgID   `db:"secretariat"`
	Region      place.RegionID `db:"region"`
	Parent      *BodyID        `db:"parent"`
	From        db.Date        `db:"from_day"`
	To          db.Date        `db:"to_day"`
	Version     int64          `db:"version"`
}

func (r bodyRow) body() Body {
	b := Body{ID: r.ID, Kind: r.Kind, Name: r.Name, About: r.About, Host: r.Host, Secretariat: r.Secretariat, Region: r.Region,
		From: r.From, To: r.To, Version: r.Version}
	if r.Parent != nil {
		b.Parent = *r.Parent
	}
	return b
}

type seatRow struct {
	ID      SeatID       `db:"id"`
	Body    BodyID       `db:"body"`
	Org     access.OrgID `db:"org"`
	Kind    SeatKind     `db:"kind"`
	Side    Side         `db:"side"`
	From    db.Date      `db:"from_day"`
	To      db.Date      `db:"to_day"`
	Version int64        `db:"version"`
}

func (r seatRow) seat() Seat {
	return Seat{ID: r.ID, Body: r.Body, Org: r.Org, Kind: r.Kind, Side: r.Side, From: r.From, To: r.To, Version: r.Version}
}

type holderRow struct {
	ID        HolderID          `db:"id"`
	Seat      SeatID            `db:"seat"`
	Part      Part              `db:"part"`
	Rank      int               `db:"rank"`
	Account   *access.AccountID `db:"account"`
	Title     string            `db:"title"`
	ElectedBy string            `db:"elected_by"`
	From      db.Date           `db:"from_day"`
	To        db.Date           `db:"to_day"`
	Version   int64             `db:"version"`
}

func (r holderRow) holder() Holder {
	h := Holder{ID: r.ID, Seat: r.Seat, Part: r.Part, Rank: r.Rank, Title: r.Title, ElectedBy: r.ElectedBy, From: r.From, To: r.To, Version: r.Version}
	if r.Account != nil {
		h.Account = *r.Account
	}
	return h
}

type leaderRow struct {
	Task      Task    `db:"task"`
	Seat      SeatID  `db:"seat"`
	ElectedBy string  `db:"elected_by"`
	From      db.Date `db:"from_day"`
	To        db.Date `db:"to_day"`
}

// Get is the body with the names of its organisations, or NotFound. For other
// packages of the room, inside their transaction.
func Get(ctx context.Context, tx *db.Tx, b BodyID, today clock.Date) (Body, error) {
	row, err := db.Get[bodyRow](ctx, tx, getBody, b)
	if err != nil {
		return Body{}, fmt.Errorf("body %s: %w", b, err)
	}
	out := []Body{row.body()}
	return out[0], named(ctx, tx, out, today)
}

// named fills in the names of the organisations.
func named(ctx context.Context, tx *db.Tx, list []Body, today clock.Date) error {
	var orgs []access.OrgID
	for _, b := range list {
		orgs = append(orgs, b.Host, b.Secretariat)
	}
	names, err := org.NamesOn(ctx, tx, orgs, today)
	if err != nil {
		return err
	}
	for i := range list {
		list[i].HostName, list[i].SecretariatName = names[list[i].Host], names[list[i].Secretariat]
	}
	return nil
}

func find(ctx context.Context, tx *db.Tx, w db.Where, today clock.Date) ([]Body, error) {
	statement, args := db.Query{Base: listBodies, Where: w}.Build()
	rows, err := db.List[bodyRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("bodies: %w", err)
	}
	out := make([]Body, len(rows))
	for i, r := range rows {
		out[i] = r.body()
	}
	return out, named(ctx, tx, out, today)
}

// SeatsOf are all seats that a body has had, with their holders, in the order
// they were made. For other packages of the room, inside their transaction.
func SeatsOf(ctx context.Context, tx *db.Tx, b BodyID, today clock.Date) ([]Seat, error) {
	rows, err := db.List[seatRow](ctx, tx, seatsOf, b)
	if err != nil {
		return nil, fmt.Errorf("body %s: seats: %w", b, err)
	}
	held, err := db.List[holderRow](ctx, tx, holdersBody, b)
	if err != nil {
		return nil, fmt.Errorf("body %s: holders: %w", b, err)
	}
	of := map[SeatID][]Holder{}
	for _, h := range held {
		of[h.Seat] = append(of[h.Seat], h.holder())
	}
	out, orgs := make([]Seat, len(rows)), make([]access.OrgID, len(rows))
	for i, r := range rows {
		out[i], orgs[i] = r.seat(), r.Org
		out[i].Holders = of[r.ID]
	}
	names, err := org.NamesOn(ctx, tx, orgs, today)
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].OrgName = names[out[i].Org]
	}
	return out, nil
}

// seatWith is the seat with its holders, or NotFound.
func seatWith(ctx context.Context, tx *db.Tx, id SeatID) (Seat, error) {
	row, err := db.Get[seatRow](ctx, tx, getSeat, id)
	if err != nil {
		return Seat{}, fmt.Errorf("seat %s: %w", id, err)
	}
	held, err := db.List[holderRow](ctx, tx, holdersSeat, id)
	if err != nil {
		return Seat{}, fmt.Errorf("seat %s: holders: %w", id, err)
	}
	s := row.seat()
	for _, h := range held {
		s.Holders = append(s.Holders, h.holder())
	}
	return s, nil
}

// electionsOf are the terms of leaders and deputy leaders, newest first.
func electionsOf(ctx context.Context, tx *db.Tx, b BodyID) ([]Election, error) {
	rows, err := db.List[leaderRow](ctx, tx, leadersOf, b)
	if err != nil {
		return nil, fmt.Errorf("body %s: leaders: %w", b, err)
	}
	out := make([]Election, len(rows))
	for i, r := range rows {
		out[i] = Election(r)
	}
	return out, nil
}

// values are the columns that insert and update share, in their order.
func (b Body) values() []any {
	return []any{b.Kind, b.Name, text.Fold(b.Name), text.SortKey(b.Name), b.About, b.Host, b.Secretariat, string(b.Region), b.Parent, b.From, b.To}
}
