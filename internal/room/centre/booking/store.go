package booking

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/centre"
)

const (
	insertBooking db.SQL = `INSERT INTO centre_booking (id, number, number_key, room, from_at, to_at, sort, purpose, people, org, account, state, made_by, made_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)`
	moveBooking  db.SQL = `UPDATE centre_booking SET state = $1, version = version + 1 WHERE id = $2 AND version = $3`
	listBookings db.SQL = `SELECT b.id, b.number, b.room, b.from_at, b.to_at, b.sort, b.purpose, b.people, b.org, b.account, b.state, b.version, c.org AS centre_org
		FROM centre_booking AS b JOIN centre_room AS r ON r.id = b.room JOIN centre AS c ON c.id = r.centre /*where*/ ORDER BY b.from_at, b.id`
	forgetAsker db.SQL = `UPDATE centre_booking SET account = NULL, purpose = '' WHERE account = $1 AND state <> 'asked'`
	askedBy     db.SQL = `SELECT id FROM centre_booking WHERE account = $1 AND state = 'asked' ORDER BY id`
	concerned   db.SQL = `SELECT c.org FROM centre_booking AS b JOIN centre_room AS r ON r.id = b.room JOIN centre AS c ON c.id = r.centre WHERE b.id = $1
		UNION SELECT org FROM centre_booking WHERE id = $1 AND org IS NOT NULL ORDER BY 1`
	askers db.SQL = `SELECT account FROM centre_booking WHERE id = $1 AND account IS NOT NULL ORDER BY account`

	fragID      db.Fragment = "b.id"
	fragRoom    db.Fragment = "b.room"
	fragState   db.Fragment = "b.state"
	fragFrom    db.Fragment = "b.from_at >= ?"
	fragBefore  db.Fragment = "b.from_at < ?"
	fragEnds    db.Fragment = "b.to_at > ?"
	fragOrg     db.Fragment = "b.org"
	fragAccount db.Fragment = "b.account"
	fragCentre  db.Fragment = "c.org"
)

type row struct {
	ID        ID                `db:"id"`
	Number    string            `db:"number"`
	Room      centre.RoomID     `db:"room"`
	From      db.Time           `db:"from_at"`
	To        db.Time           `db:"to_at"`
	Sort      Sort              `db:"sort"`
	Purpose   string            `db:"purpose"`
	People    int               `db:"people"`
	Org       *access.OrgID     `db:"org"`
	Account   *access.AccountID `db:"account"`
	State     flow.State        `db:"state"`
	Version   int64             `db:"version"`
	CentreOrg access.OrgID      `db:"centre_org"`
}

// find lists bookings in the order of time, with what the actor may act as.
func (s *Service) find(ctx context.Context, tx *db.Tx, actor access.Actor, w db.Where) ([]Booking, error) {
	statement, args := db.Query{Base: listBookings, Where: w}.Build()
	rows, err := db.List[row](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("bookings: %w", err)
	}
	out := make([]Booking, len(rows))
	var orgs []access.OrgID
	for i, r := range rows {
		b := Booking{ID: r.ID, Number: r.Number, Room: r.Room, From: r.From, To: r.To, Sort: r.Sort, Purpose: r.Purpose, People: r.People, State: r.State, Version: r.Version}
		if r.Org != nil {
			b.Org = *r.Org
			orgs = append(orgs, b.Org)
		}
		if r.Account != nil {
			b.Account = *r.Account
		}
		if actor.IsSystem() || actor.HasAt(r.CentreOrg, centre.RunnerRoles()...) {
			b.Mine = append(b.Mine, flow.Centre)
		}
		if actor.IsSystem() || b.Org != "" && slices.Contains(actor.Orgs(), b.Org) || b.Account != "" && b.Account == actor.Account {
			b.Mine = append(b.Mine, flow.Learner)
		}
		out[i] = b
	}
	names, err := org.NamesOn(ctx, tx, orgs, s.Clock.Today())
	for i := range out {
		out[i].OrgName = names[out[i].Org]
	}
	return out, err
}

// load is the booking for an actor who is party to it, or NotFound.
func (s *Service) load(ctx context.Context, tx *db.Tx, actor access.Actor, id ID) (Booking, error) {
	var w db.Where
	db.In(&w, fragID, []ID{id})
	found, err := s.find(ctx, tx, actor, w)
	switch {
	case err != nil:
		return Booking{}, err
	case len(found) == 0 || len(found[0].Mine) == 0:
		return Booking{}, fault.Missing()
	}
	return found[0], nil
}

// between are the bookings of a room in the states that are on between two moments.
func between(room centre.RoomID, from, to clock.Time, states ...flow.State) db.Where {
	var w db.Where
	db.In(&w, fragRoom, []centre.RoomID{room})
	db.In(&w, fragState, states)
	w.And(fragFrom, from.Add(-maxStay))
	w.And(fragBefore, to)
	w.And(fragEnds, from)
	return w
}
