package session

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting"
)

// FollowUp is what is to be done after an item. Org, or Office where no organisation has
// it, is who does it.
type FollowUp struct {
	ID       FollowUpID
	Body     meeting.BodyID
	Item     ItemID
	Meeting  ID
	What     string
	Org      access.OrgID
	OrgName  string
	Office   string
	Due      clock.Date
	State    Progress
	Evidence string
	ClosedAt clock.Time
	Version  int64
	Number   string     // of the item
	Day      clock.Date // of the meeting
	Closed   bool       // the item was treated behind closed doors
}

// Owner is who does it.
func (f FollowUp) Owner() string {
	switch {
	case f.OrgName == "":
		return f.Office
	case f.Office == "":
		return f.OrgName
	}
	return f.OrgName + ", " + f.Office
}

// Progress is how a follow-up stands. Stored as written.
type Progress string

// The states of a follow-up.
const (
	Open    Progress = "open"
	Done    Progress = "done"
	Dropped Progress = "dropped"
)

// Label is the state's name.
func (p Progress) Label() i18n.Key { return i18n.Key("meeting.follow_up." + string(p)) }

const (
	listFollowUps db.SQL = `SELECT f.id, f.body, f.item, i.meeting, f.what, f.org, f.office, f.due, f.state, f.evidence, f.closed_at, f.version, i.prefix, i.nr, i.year, m.day,
		i.doors, CASE WHEN c.closed AND i.ground = '' THEN c.ground ELSE i.ground END AS ground FROM follow_up AS f JOIN agenda_item AS i ON i.id = f.item
		JOIN meeting AS m ON m.id = i.meeting LEFT JOIN case_file AS c ON c.id = i.case_file /*where*/ ORDER BY f.due NULLS LAST, f.id`
	fragFollowUp     db.Fragment = "f.id"
	fragFollowUpBody db.Fragment = "f.body"
	fragFollowUpItem db.Fragment = "f.item"
	fragProgress     db.Fragment = "f.state"
)

type followUpRow struct {
	ID       FollowUpID     `db:"id"`
	Body     meeting.BodyID `db:"body"`
	Item     ItemID         `db:"item"`
	Meeting  ID             `db:"meeting"`
	What     string         `db:"what"`
	Org      *access.OrgID  `db:"org"`
	Office   string         `db:"office"`
	Due      db.Date        `db:"due"`
	State    Progress       `db:"state"`
	Evidence string         `db:"evidence"`
	ClosedAt db.Time        `db:"closed_at"`
	Version  int64          `db:"version"`
	Prefix   string         `db:"prefix"`
	Nr       *int64         `db:"nr"`
	Year     int64          `db:"year"`
	Day      db.Date        `db:"day"`
	Doors    Doors          `db:"doors"`
	Ground   string         `db:"ground"`
}

func findFollowUps(ctx context.Context, tx *db.Tx, w db.Where) ([]FollowUp, error) {
	statement, args := db.Query{Base: listFollowUps, Where: w}.Build()
	rows, err := db.List[followUpRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("follow-ups: %w", err)
	}
	out := make([]FollowUp, len(rows))
	for i, r := range rows {
		out[i] = FollowUp{ID: r.ID, Body: r.Body, Item: r.Item, Meeting: r.Meeting, What: r.What, Office: r.Office, Due: r.Due, State: r.State, Evidence: r.Evidence,
			ClosedAt: r.ClosedAt, Version: r.Version, Day: r.Day, Closed: Item{Doors: r.Doors, Content: Content{Ground: r.Ground}}.IsClosed()}
		if r.Org != nil {
			out[i].Org = *r.Org
		}
		if r.Nr != nil {
			out[i].Number = meeting.Number{Prefix: r.Prefix, Nr: int(*r.Nr), Year: int(r.Year)}.String()
		}
	}
	return out, ownerNames(ctx, tx, out, clock.Date{})
}

// SomeFollowUps are those with the ids, by due day.
func SomeFollowUps(ctx context.Context, tx *db.Tx, ids []string) ([]FollowUp, error) {
	var w db.Where
	db.In(&w, fragFollowUp, ids)
	return findFollowUps(ctx, tx, w)
}

// FollowUpsIn are the body's in the states, by due day.
func FollowUpsIn(ctx context.Context, tx *db.Tx, b meeting.BodyID, states []Progress) ([]FollowUp, error) {
	var w db.Where
	db.In(&w, fragFollowUpBody, []meeting.BodyID{b})
	db.In(&w, fragProgress, states)
	return findFollowUps(ctx, tx, w)
}

// FollowUpsOf are those of an item.
func FollowUpsOf(ctx context.Context, tx *db.Tx, i ItemID) ([]FollowUp, error) {
	var w db.Where
	db.In(&w, fragFollowUpItem, []ItemID{i})
	return findFollowUps(ctx, tx, w)
}

// ownerName fills in who has the follow-ups.
func ownerNames(ctx context.Context, tx *db.Tx, list []FollowUp, today clock.Date) error {
	var ids []access.OrgID
	for _, f := range list {
		if f.Org != "" {
			ids = append(ids, f.Org)
		}
	}
	names, err := org.NamesOn(ctx, tx, ids, today)
	for i := range list {
		list[i].OrgName = names[list[i].Org]
	}
	return err
}

// FollowUpByID is the follow-up, or NotFound.
func FollowUpByID(ctx context.Context, tx *db.Tx, f FollowUpID) (FollowUp, error) {
	var w db.Where
	db.In(&w, fragFollowUp, []FollowUpID{f})
	list, err := findFollowUps(ctx, tx, w)
	if err == nil && len(list) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return FollowUp{}, err
	}
	return list[0], nil
}
