package session

import (
	"context"
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
)

const (
	insertMeeting db.SQL = `INSERT INTO meeting (id, body, day, from_clock, to_clock, place, remote, link, state, sequence, edition, why, created_at, created_by, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'planned', 0, 0, '', $9, $10, 1)`
	updateFrame db.SQL = `UPDATE meeting SET day = $1, from_clock = $2, to_clock = $3, place = $4, remote = $5, link = $6, sequence = sequence + 1,
		version = version + 1 WHERE id = $7 AND version = $8`
	cancelMeeting db.SQL = `UPDATE meeting SET state = 'cancelled', why = $1, sequence = sequence + 1, version = version + 1 WHERE id = $2 AND version = $3`
	setState      db.SQL = `UPDATE meeting SET state = $1, version = version + 1 WHERE id = $2`
	insertJoint   db.SQL = `INSERT INTO meeting_joint (meeting, body) VALUES ($1, $2)`
	listJoint     db.SQL = `SELECT j.meeting, j.body, b.name FROM meeting_joint AS j JOIN body AS b ON b.id = j.body /*where*/ ORDER BY j.meeting, b.name_sort, b.id`
	listMeetings  db.SQL = `SELECT m.id, m.body, b.name AS body_name, m.day, m.from_clock, m.to_clock, m.place, m.remote, m.link, m.state, m.chair, m.sequence, m.edition,
		m.why, m.opened_at, m.ended_at, m.created_at, m.version FROM meeting AS m JOIN body AS b ON b.id = m.body /*where*/ ORDER BY m.day, m.from_clock, m.id`
)

const (
	fragMeeting    db.Fragment = "m.id"
	fragOfBody     db.Fragment = "m.body"
	fragJointOf    db.Fragment = "SELECT 1 FROM meeting_joint AS x WHERE x.meeting = m.id"
	fragJointBody  db.Fragment = "x.body"
	fragFrom       db.Fragment = "m.day >= ?"
	fragTo         db.Fragment = "m.day <= ?"
	fragState      db.Fragment = "m.state"
	fragJointMeets db.Fragment = "j.meeting"
)

const listItems db.SQL = `SELECT i.id, i.meeting, i.body, i.position, i.kind, i.state, i.case_file, i.about, i.title, i.public_title, i.ground, i.words, i.prefix, i.nr, i.year,
		i.off_agenda, i.doors, i.doors_ground, i.doors_for, i.doors_against, i.matter, i.scope, i.scope_by, i.scope_on, i.amount, i.urgent_by, i.urgent_why, i.treated, i.version,
		c.archive_year, c.archive_serial, c.closed AS case_closed, c.public_title AS case_public, c.ground AS case_ground, a.day AS about_day,
		(SELECT COUNT(*) FROM agenda_demand AS d WHERE d.item = i.id) AS demands
		FROM agenda_item AS i LEFT JOIN case_file AS c ON c.id = i.case_file LEFT JOIN meeting AS a ON a.id = i.about /*where*/ ORDER BY i.position, i.id`

const (
	fragItem   db.Fragment = "i.id"
	fragItemOf db.Fragment = "i.meeting"
)

type meetingRow struct {
	ID        ID              `db:"id"`
	Body      meeting.BodyID  `db:"body"`
	BodyName  string          `db:"body_name"`
	Day       db.Date         `db:"day"`
	From      string          `db:"from_clock"`
	To        string          `db:"to_clock"`
	Place     string          `db:"place"`
	Remote    bool            `db:"remote"`
	Link      string          `db:"link"`
	State     State           `db:"state"`
	Chair     *meeting.SeatID `db:"chair"`
	Sequence  int64           `db:"sequence"`
	Edition   int64           `db:"edition"`
	Why       string          `db:"why"`
	OpenedAt  db.Time         `db:"opened_at"`
	EndedAt   db.Time         `db:"ended_at"`
	CreatedAt db.Time         `db:"created_at"`
	Version   int64           `db:"version"`
}

func (r meetingRow) meeting() Meeting {
	m := Meeting{ID: r.ID, Body: r.Body, Frame: Frame{Day: r.Day, From: r.From, To: r.To, Place: r.Place, Remote: r.Remote, Link: r.Link}, State: r.State,
		Sequence: int(r.Sequence), Edition: int(r.Edition), Why: r.Why, OpenedAt: r.OpenedAt, EndedAt: r.EndedAt, CreatedAt: r.CreatedAt, Version: r.Version, BodyName: r.BodyName}
	if r.Chair != nil {
		m.Chair = *r.Chair
	}
	return m
}

type jointRow struct {
	Meeting ID             `db:"meeting"`
	Body    meeting.BodyID `db:"body"`
	Name    string         `db:"name"`
}

type itemRow struct {
	ID           ItemID          `db:"id"`
	Meeting      ID              `db:"meeting"`
	Body         meeting.BodyID  `db:"body"`
	Position     int64           `db:"position"`
	Kind         Kind            `db:"kind"`
	Place        Place           `db:"state"`
	Case         *meeting.CaseID `db:"case_file"`
	About        *ID             `db:"about"`
	Title        string          `db:"title"`
	PublicTitle  string          `db:"public_title"`
	Ground       string          `db:"ground"`
	Words        string          `db:"words"`
	Prefix       string          `db:"prefix"`
	Nr           *int64          `db:"nr"`
	Year         int64           `db:"year"`
	OffAgenda    bool            `db:"off_agenda"`
	Doors        Doors           `db:"doors"`
	DoorsGround  string          `db:"doors_ground"`
	DoorsFor     int64           `db:"doors_for"`
	DoorsAgainst int64           `db:"doors_against"`
	Matter       outcome.Kind    `db:"matter"`
	Scope        outcome.Scope   `db:"scope"`
	ScopeBy      string          `db:"scope_by"`
	ScopeOn      db.Date         `db:"scope_on"`
	Amount       money.NOK       `db:"amount"`
	UrgentBy     db.Date         `db:"urgent_by"`
	UrgentWhy    string          `db:"urgent_why"`
	Treated      string          `db:"treated"`
	Version      int64           `db:"version"`
	ArchiveYear  *int64          `db:"archive_year"`
	Serial       *int64          `db:"archive_serial"`
	CaseClosed   *bool           `db:"case_closed"`
	CasePublic   *string         `db:"case_public"`
	CaseGround   *string         `db:"case_ground"`
	AboutDay     db.Date         `db:"about_day"`
	Demands      int64           `db:"demands"`
}

func (r itemRow) item() Item {
	i := Item{ID: r.ID, Meeting: r.Meeting, Body: r.Body, Position: int(r.Position), Kind: r.Kind, Place: r.Place,
		Content:   Content{Title: r.Title, PublicTitle: r.PublicTitle, Ground: r.Ground, Words: r.Words, Matter: r.Matter},
		OffAgenda: r.OffAgenda, Doors: r.Doors, DoorsGround: r.DoorsGround, DoorsFor: int(r.DoorsFor), DoorsAgainst: int(r.DoorsAgainst),
		Scope: r.Scope, ScopeBy: r.ScopeBy, ScopeOn: r.ScopeOn, Amount: r.Amount, UrgentBy: r.UrgentBy, UrgentWhy: r.UrgentWhy, Treated: r.Treated, Version: r.Version, AboutDay: r.AboutDay, Demanded: int(r.Demands)}
	if r.Case != nil {
		i.Case = *r.Case
	}
	if r.About != nil {
		i.About = *r.About
	}
	if r.Nr != nil {
		i.Number = meeting.Number{Prefix: r.Prefix, Nr: int(*r.Nr), Year: int(r.Year)}
	}
	if r.ArchiveYear != nil && r.Serial != nil {
		i.Archive = casework.Number{Year: int(*r.ArchiveYear), Serial: int(*r.Serial)}
	}
	if r.CaseClosed != nil && *r.CaseClosed && i.Ground == "" {
		// The secretariat closed the case after the item was made of it.
		i.PublicTitle, i.Ground = *r.CasePublic, *r.CaseGround
	}
	return i
}

// find lists meetings by day and time.
func find(ctx context.Context, tx *db.Tx, w db.Where) ([]Meeting, error) {
	statement, args := db.Query{Base: listMeetings, Where: w}.Build()
	rows, err := db.List[meetingRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("meetings: %w", err)
	}
	out, at, ids := make([]Meeting, len(rows)), map[ID]*Meeting{}, make([]ID, len(rows))
	for i, r := range rows {
		out[i], ids[i] = r.meeting(), r.ID
		at[r.ID] = &out[i]
	}
	if len(out) == 0 {
		return out, nil
	}
	var of db.Where
	db.In(&of, fragJointMeets, ids)
	statement, args = db.Query{Base: listJoint, Where: of}.Build()
	joint, err := db.List[jointRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("meetings: joint: %w", err)
	}
	for _, j := range joint {
		m := at[j.Meeting]
		m.Joint, m.JointNames = append(m.Joint, j.Body), append(m.JointNames, j.Name)
	}
	return out, nil
}

// Load is the meeting, or NotFound.
func Load(ctx context.Context, tx *db.Tx, m ID) (Meeting, error) {
	var w db.Where
	db.In(&w, fragMeeting, []ID{m})
	list, err := find(ctx, tx, w)
	if err == nil && len(list) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return Meeting{}, err
	}
	return list[0], nil
}

// Some are the meetings with the ids, by day and time; with states only those in one of
// them.
func Some(ctx context.Context, tx *db.Tx, ids []string, states ...State) ([]Meeting, error) {
	var w db.Where
	db.In(&w, fragMeeting, ids)
	if len(states) > 0 {
		db.In(&w, fragState, states)
	}
	return find(ctx, tx, w)
}

func items(ctx context.Context, tx *db.Tx, w db.Where) ([]Item, error) {
	statement, args := db.Query{Base: listItems, Where: w}.Build()
	rows, err := db.List[itemRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("agenda items: %w", err)
	}
	out := make([]Item, len(rows))
	for i, r := range rows {
		out[i] = r.item()
	}
	return out, nil
}

// ItemsOf are the items of the meeting in their order, those withdrawn too.
func ItemsOf(ctx context.Context, tx *db.Tx, m ID) ([]Item, error) {
	var w db.Where
	db.In(&w, fragItemOf, []ID{m})
	return items(ctx, tx, w)
}

// LoadItem is the item, or NotFound.
func LoadItem(ctx context.Context, tx *db.Tx, i ItemID) (Item, error) {
	var w db.Where
	db.In(&w, fragItem, []ItemID{i})
	list, err := items(ctx, tx, w)
	if err == nil && len(list) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return Item{}, err
	}
	return list[0], nil
}

// AsJSON writes a value of this room for a column; one that cannot be written is a fault
// in the program.
func AsJSON(v any) string {
	out, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("session: %T does not write as JSON: %v", v, err)) // a type of this package
	}
	return string(out)
}

// SetState moves the meeting to a state.
func SetState(ctx context.Context, tx *db.Tx, m ID, to State) error {
	return db.ExecOne(ctx, tx, setState, to, m)
}
