package centre

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

const (
	insertCentre db.SQL = `INSERT INTO centre (id, org, about, services, contact, created_by, created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)`
	updateCentre db.SQL = `UPDATE centre SET about = $1, services = $2, contact = $3, version = version + 1 WHERE id = $4 AND version = $5`
	listCentres  db.SQL = `SELECT c.id, c.org, c.about, c.services, c.contact, o.municipality, c.version FROM centre AS c
		JOIN organisation AS o ON o.id = c.org /*where*/ ORDER BY c.created_at, c.id`
	centreOf db.SQL = `SELECT id FROM centre WHERE org = $1`

	insertPartner db.SQL = `INSERT INTO centre_partner (centre, org, part, added_by, added_at) VALUES ($1, $2, $3, $4, $5)`
	deletePartner db.SQL = `DELETE FROM centre_partner WHERE centre = $1 AND org = $2`
	listPartners  db.SQL = `SELECT org, part FROM centre_partner WHERE centre = $1 ORDER BY added_at, org`

	insertRoom db.SQL = `INSERT INTO centre_room (id, centre, name, municipality, address, seats, equipment, closed, created_by, created_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, FALSE, $8, $9, 1)`
	updateRoom db.SQL = `UPDATE centre_room SET name = $1, municipality = $2, address = $3, seats = $4, equipment = $5, closed = $6, version = version + 1
		WHERE id = $7 AND version = $8`
	getRoom   db.SQL = `SELECT id, centre, name, municipality, address, seats, equipment, closed, version FROM centre_room WHERE id = $1`
	listRooms db.SQL = `SELECT id, centre, name, municipality, address, seats, equipment, closed, version FROM centre_room WHERE centre = $1 ORDER BY closed, name, id`

	insertNews db.SQL = `INSERT INTO centre_news (id, centre, title, words, made_by, made_at, hidden) VALUES ($1, $2, $3, $4, $5, $6, FALSE)`
	hideNews   db.SQL = `UPDATE centre_news SET hidden = TRUE WHERE id = $1 AND centre = $2 AND NOT hidden`
	listNews   db.SQL = `SELECT id, title, words, made_at FROM centre_news WHERE centre = $1 AND NOT hidden ORDER BY made_at DESC, id DESC LIMIT 20`

	insertCourse db.SQL = `INSERT INTO centre_programme (centre, programme, how, added_by, added_at) VALUES ($1, $2, $3, $4, $5)`
	deleteCourse db.SQL = `DELETE FROM centre_programme WHERE centre = $1 AND programme = $2`
	listCourses  db.SQL = `SELECT programme, how FROM centre_programme WHERE centre = $1 ORDER BY added_at, programme`
	takenAt      db.SQL = `SELECT centre FROM centre_programme WHERE programme = $1 ORDER BY added_at, centre`

	fragCentre       db.Fragment = "c.id"
	fragOrg          db.Fragment = "c.org"
	fragMunicipality db.Fragment = "o.municipality"
)

type centreRow struct {
	ID           ID           `db:"id"`
	Org          access.OrgID `db:"org"`
	About        string       `db:"about"`
	Services     string       `db:"services"`
	Contact      string       `db:"contact"`
	Municipality string       `db:"municipality"`
	Version      int64        `db:"version"`
}

type roomRow struct {
	ID           RoomID `db:"id"`
	Centre       ID     `db:"centre"`
	Name         string `db:"name"`
	Municipality string `db:"municipality"`
	Address      string `db:"address"`
	Seats        int    `db:"seats"`
	Equipment    string `db:"equipment"`
	Closed       bool   `db:"closed"`
	Version      int64  `db:"version"`
}

// find lists centres for the actor, the oldest first, by the names of the day.
func (s *Service) find(ctx context.Context, tx *db.Tx, actor access.Actor, w db.Where) ([]Centre, error) {
	statement, args := db.Query{Base: listCentres, Where: w}.Build()
	rows, err := db.List[centreRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("study centres: %w", err)
	}
	orgs := make([]access.OrgID, len(rows))
	for i, r := range rows {
		orgs[i] = r.Org
	}
	names, err := org.NamesOn(ctx, tx, orgs, s.Clock.Today())
	if err != nil {
		return nil, err
	}
	out := make([]Centre, len(rows))
	for i, r := range rows {
		out[i] = Centre{ID: r.ID, Org: r.Org, Content: Content{About: r.About, Services: r.Services, Contact: r.Contact}, Name: names[r.Org],
			Municipality: r.Municipality, Version: r.Version, Runs: runs(actor, r.Org)}
		if out[i].Member, err = isMember(ctx, tx, actor, r.ID); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// In is the centre as the actor sees it, or NotFound.
func (s *Service) In(ctx context.Context, tx *db.Tx, actor access.Actor, c ID) (Centre, error) {
	var w db.Where
	db.In(&w, fragCentre, []ID{c})
	found, err := s.find(ctx, tx, actor, w)
	switch {
	case err != nil:
		return Centre{}, err
	case len(found) == 0:
		return Centre{}, fault.Missing()
	}
	return found[0], nil
}

// RoomIn is a room with its centre as the actor sees it, or NotFound.
func (s *Service) RoomIn(ctx context.Context, tx *db.Tx, actor access.Actor, r RoomID) (Room, Centre, error) {
	row, err := db.Get[roomRow](ctx, tx, getRoom, r)
	if fault.Is(err, fault.NotFound) {
		err = fault.Missing()
	}
	if err != nil {
		return Room{}, Centre{}, err
	}
	c, err := s.In(ctx, tx, actor, row.Centre)
	return Room(row), c, err
}
