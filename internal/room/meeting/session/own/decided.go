package own

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/session"
)

// decidedItems are for choosing from: what was decided long ago is not looked for there.
const (
	decidedItems db.SQL = `SELECT i.id, i.meeting, i.prefix, i.nr, i.year, i.doors, m.day, m.state, d.taken_at,
		CASE WHEN c.closed AND i.ground = '' THEN c.ground ELSE i.ground END AS ground,
		CASE WHEN c.closed AND i.ground = '' THEN c.public_title WHEN i.ground <> '' THEN i.public_title ELSE i.title END AS title
		FROM decision AS d JOIN agenda_item AS i ON i.id = d.item JOIN meeting AS m ON m.id = i.meeting AND m.body = i.body LEFT JOIN case_file AS c ON c.id = i.case_file
		WHERE i.body = $1 AND i.kind IN ('case', 'other') AND i.nr IS NOT NULL AND d.outcome IN ('adopted', 'adopted_some', 'recommended') /*and*/
		ORDER BY m.day DESC, i.nr DESC, i.id LIMIT 50`

	fragDecided db.Fragment = "i.id"
)

type decidedRow struct {
	ID      session.ItemID `db:"id"`
	Meeting session.ID     `db:"meeting"`
	Prefix  string         `db:"prefix"`
	Nr      int64          `db:"nr"`
	Year    int64          `db:"year"`
	Doors   session.Doors  `db:"doors"`
	Day     db.Date        `db:"day"`
	State   session.State  `db:"state"`
	At      db.Time        `db:"taken_at"`
	Ground  string         `db:"ground"`
	Title   string         `db:"title"`
}

// Decided is an item that a body has adopted in a meeting that it called itself, with the
// members that were asked for their own decision. Title is the one that all may read. Over
// tells that the meeting was cancelled after it was decided in writing: no member answers
// there any more.
type Decided struct {
	ID           session.ItemID
	Meeting      session.ID
	Number       meeting.Number
	Title        string
	On           clock.Date
	Closed, Over bool
	Own          []session.Own
}

// DecidedBy are the items that the body has adopted, the newest first and 50 at most; with
// items, of those only. The caller has the permission.
func DecidedBy(ctx context.Context, tx *db.Tx, b meeting.BodyID, items ...session.ItemID) ([]Decided, error) {
	var w db.Where
	if len(items) > 0 {
		db.In(&w, fragDecided, items)
	}
	statement, args := db.Query{Base: decidedItems, Args: []any{b}, Where: w}.Build()
	rows, err := db.List[decidedRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("body %s: decided items: %w", b, err)
	}
	out, ids := make([]Decided, len(rows)), make([]session.ItemID, len(rows))
	for n, r := range rows {
		out[n] = Decided{ID: r.ID, Meeting: r.Meeting, Number: meeting.Number{Prefix: r.Prefix, Nr: int(r.Nr), Year: int(r.Year)}, Title: r.Title, On: r.Day,
			Closed: session.Item{Doors: r.Doors, Content: session.Content{Ground: r.Ground}}.IsClosed(), Over: r.State == session.Cancelled}
		if at := r.At.Date(); at.Before(r.Day) { // in writing, before the meeting
			out[n].On = at
		}
		ids[n] = r.ID
	}
	all, err := session.OwnOf(ctx, tx, ids...)
	for n := range out {
		for _, x := range all {
			if x.Item == out[n].ID {
				out[n].Own = append(out[n].Own, x)
			}
		}
	}
	return out, err
}

// Given is what a member has answered in an item: the first time, or put right.
type Given struct {
	Item session.ItemID
	Org  access.OrgID
	Answer
}

// tell lets those who listen know of an answer.
func (s *Service) tell(ctx context.Context, tx *db.Tx, actor access.Actor, g Given) error {
	for _, listen := range s.Answered {
		if err := listen(ctx, tx, actor, g); err != nil {
			return fmt.Errorf("item %s: answer: %w", g.Item, err)
		}
	}
	return nil
}
