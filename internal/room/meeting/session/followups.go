package session

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
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

// FollowUpKind is the kind under which flow knows a follow-up.
const FollowUpKind = "follow_up"

// FollowUpFlow is how a follow-up moves: whoever has it keeps the ball until it is closed.
func FollowUpFlow() flow.Definition {
	by := []flow.Party{flow.Owner, flow.Secretary}
	return flow.Definition{Kind: FollowUpKind, Initial: flow.State(Open), States: []flow.StateDef{
		{State: flow.State(Open), Label: "meeting.follow_up.open", Ball: flow.Owner},
		{State: flow.State(Done), Label: "meeting.follow_up.done", End: true},
		{State: flow.State(Dropped), Label: "meeting.follow_up.dropped", End: true},
	}, Moves: []flow.MoveDef{
		{From: flow.State(Open), To: flow.State(Done), By: by, Label: "meeting.follow_up.close"},
		{From: flow.State(Open), To: flow.State(Dropped), By: []flow.Party{flow.Secretary}, Label: "meeting.follow_up.close"},
	}}
}

// SeenFollowUps tells which follow-ups the actor may know of as tasks: those of bodies
// that he takes part in, and of closed items only who may be in the closed meeting.
func (s *Service) SeenFollowUps(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error) {
	r, err := s.Reader(ctx, tx, actor, s.Clock.Today())
	if err != nil {
		return nil, err
	}
	var w db.Where
	db.In(&w, fragFollowUp, ids)
	list, err := findFollowUps(ctx, tx, w)
	out := map[string]bool{}
	for _, f := range list {
		x := r.Rights[f.Body]
		out[string(f.ID)] = r.All || (x.IsIn() || x.Secretary) && (!f.Closed || r.ClosedIn(f.Body))
	}
	return out, err
}

// FollowUpOf is the follow-up for who may know of it as a task, else NotFound.
func (s *Service) FollowUpOf(ctx context.Context, actor access.Actor, f FollowUpID) (FollowUp, error) {
	var out FollowUp
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		seen, err := s.SeenFollowUps(ctx, tx, actor, []string{string(f)})
		if err != nil {
			return err
		}
		if !seen[string(f)] {
			return fault.Missing()
		}
		out, err = FollowUpByID(ctx, tx, f)
		return err
	})
	return out, err
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
