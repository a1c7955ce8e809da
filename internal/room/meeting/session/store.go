package session

import (
	"context"
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
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
	sendAgenda    db.SQL = `UPDATE meeting SET state = $1, edition = edition + 1, sequence = sequence + 1, version = version + 1 WHERE id = $2 AND version = $3`
	openMeeting   db.SQL = `UPDATE meeting SET state = 'open', chair = $1, opened_at = $2, version = version + 1 WHERE id = $3 AND version = $4`
	endMeeting    db.SQL = `UPDATE meeting SET state = 'held', ended_at = $1, to_clock = $2, version = version + 1 WHERE id = $3 AND version = $4`
	setState      db.SQL = `UPDATE meeting SET state = $1, version = version + 1 WHERE id = $2`
	touchMeeting  db.SQL = `UPDATE meeting SET version = version + 1 WHERE id = $1`
	insertJoint   db.SQL = `INSERT INTO meeting_joint (meeting, body) VALUES ($1, $2)`
	listJoint     db.SQL = `SELECT j.meeting, j.body, b.name FROM meeting_joint AS j JOIN body AS b ON b.id = j.body /*where*/ ORDER BY j.meeting, b.name_sort, b.id`
	listMeetings  db.SQL = `SELECT m.id, m.body, b.name AS body_name, m.day, m.from_clock, m.to_clock, m.place, m.remote, m.link, m.state, m.chair, m.sequence, m.edition,
		m.why, m.opened_at, m.ended_at, m.created_at, m.version FROM meeting AS m JOIN body AS b ON b.id = m.body /*where*/ ORDER BY m.day, m.from_clock, m.id`

	fragMeeting    db.Fragment = "m.id"
	fragOfBody     db.Fragment = "m.body"
	fragJointOf    db.Fragment = "SELECT 1 FROM meeting_joint AS x WHERE x.meeting = m.id"
	fragJointBody  db.Fragment = "x.body"
	fragFrom       db.Fragment = "m.day >= ?"
	fragTo         db.Fragment = "m.day <= ?"
	fragState      db.Fragment = "m.state"
	fragJointMeets db.Fragment = "j.meeting"

	insertItem db.SQL = `INSERT INTO agenda_item (id, meeting, body, position, kind, state, case_file, about, title, public_title, ground, words, prefix, nr, year, off_agenda,
		doors, doors_ground, doors_for, doors_against, matter, scope, scope_by, treated, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', NULL, 0, $13, '', '', 0, 0, $14, '', '', '', 1)`
	updateItem db.SQL = `UPDATE agenda_item SET title = $1, public_title = $2, ground = $3, words = $4, matter = $5, version = version + 1 WHERE id = $6 AND version = $7`
	placeItem  db.SQL = `UPDATE agenda_item SET position = $1 WHERE id = $2`
	stateItem  db.SQL = `UPDATE agenda_item SET state = $1, version = version + 1 WHERE id = $2 AND version = $3`
	removeItem db.SQL = `DELETE FROM agenda_item WHERE id = $1 AND version = $2 AND nr IS NULL`
	numberItem db.SQL = `UPDATE agenda_item SET prefix = $1, nr = $2, year = $3, version = version + 1 WHERE id = $4`
	scopeItem  db.SQL = `UPDATE agenda_item SET scope = $1, scope_by = $2, scope_on = $3, version = version + 1 WHERE id = $4 AND version = $5`
	doorsItem  db.SQL = `UPDATE agenda_item SET doors = $1, doors_ground = $2, doors_for = $3, doors_against = $4, version = version + 1 WHERE id = $5 AND version = $6`
	writeItem  db.SQL = `UPDATE agenda_item SET treated = $1, version = version + 1 WHERE id = $2 AND version = $3`
	listItems  db.SQL = `SELECT i.id, i.meeting, i.body, i.position, i.kind, i.state, i.case_file, i.about, i.title, i.public_title, i.ground, i.words, i.prefix, i.nr, i.year,
		i.off_agenda, i.doors, i.doors_ground, i.doors_for, i.doors_against, i.matter, i.scope, i.scope_by, i.scope_on, i.treated, i.version,
		c.archive_year, c.archive_serial, (SELECT COUNT(*) FROM agenda_demand AS d WHERE d.item = i.id) AS demands
		FROM agenda_item AS i LEFT JOIN case_file AS c ON c.id = i.case_file /*where*/ ORDER BY i.position, i.id`
	dropDemands  db.SQL = `DELETE FROM agenda_demand WHERE item = $1`
	insertDemand db.SQL = `INSERT INTO agenda_demand (item, seat, at) VALUES ($1, $2, $3) ON CONFLICT (item, seat) DO NOTHING`

	fragItem      db.Fragment = "i.id"
	fragItemOf    db.Fragment = "i.meeting"
	fragItemCase  db.Fragment = "i.case_file"
	fragItemAbout db.Fragment = "i.about"

	insertEdition db.SQL = `INSERT INTO agenda_version (meeting, nr, frozen, why, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6)`
	listEditions  db.SQL = `SELECT nr, frozen, why, made_at FROM agenda_version WHERE meeting = $1 ORDER BY nr DESC`
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
	Treated      string          `db:"treated"`
	Version      int64           `db:"version"`
	ArchiveYear  *int64          `db:"archive_year"`
	Serial       *int64          `db:"archive_serial"`
	Demands      int64           `db:"demands"`
}

func (r itemRow) item() Item {
	i := Item{ID: r.ID, Meeting: r.Meeting, Body: r.Body, Position: int(r.Position), Kind: r.Kind, Place: r.Place,
		Content:   Content{Title: r.Title, PublicTitle: r.PublicTitle, Ground: r.Ground, Words: r.Words, Matter: r.Matter},
		OffAgenda: r.OffAgenda, Doors: r.Doors, DoorsGround: r.DoorsGround, DoorsFor: int(r.DoorsFor), DoorsAgainst: int(r.DoorsAgainst),
		Scope: r.Scope, ScopeBy: r.ScopeBy, ScopeOn: r.ScopeOn, Treated: r.Treated, Version: r.Version, Demanded: int(r.Demands)}
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

// get is the meeting, or NotFound.
func get(ctx context.Context, tx *db.Tx, m ID) (Meeting, error) {
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

// itemsOf are the items of the meeting in their order, those withdrawn too.
func itemsOf(ctx context.Context, tx *db.Tx, m ID) ([]Item, error) {
	var w db.Where
	db.In(&w, fragItemOf, []ID{m})
	return items(ctx, tx, w)
}

func itemByID(ctx context.Context, tx *db.Tx, i ItemID) (Item, error) {
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

type editionRow struct {
	Nr     int64   `db:"nr"`
	Frozen string  `db:"frozen"`
	Why    string  `db:"why"`
	MadeAt db.Time `db:"made_at"`
}

func editions(ctx context.Context, tx *db.Tx, m ID) ([]Edition, error) {
	rows, err := db.List[editionRow](ctx, tx, listEditions, m)
	if err != nil {
		return nil, fmt.Errorf("meeting %s: editions: %w", m, err)
	}
	out := make([]Edition, len(rows))
	for i, r := range rows {
		out[i] = Edition{Nr: int(r.Nr), Why: r.Why, At: r.MadeAt}
		if err := json.Unmarshal([]byte(r.Frozen), &out[i].Frozen); err != nil {
			return nil, fmt.Errorf("meeting %s: edition %d: %w", m, r.Nr, err)
		}
	}
	return out, nil
}

// seated are the seats of all bodies that meet, as they are on the meeting's day. Kinds
// that the body's rules do not know stay without a vote.
func (s *Service) seated(ctx context.Context, tx *db.Tx, m Meeting, rd reader) ([]Seated, error) {
	var out []Seated
	for _, b := range m.Bodies() {
		seats, err := meeting.SeatsOf(ctx, tx, b, m.Day)
		if err != nil {
			return nil, err
		}
		rules, err := meeting.RulesOn(ctx, tx, b, m.Day)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		for _, x := range seats {
			if !x.HoldsOn(m.Day) {
				continue
			}
			member, _ := x.MemberOn(m.Day)
			_, mine := rd.rights[b].In(x.ID)
			out = append(out, Seated{Seat: x, Member: member, Deputies: x.DeputiesOn(m.Day), Votes: rules.Rules.Votes(x.Kind), Mine: mine})
		}
	}
	return out, nil
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

func must(v any) string {
	out, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("session: %T does not write as JSON: %v", v, err)) // a type of this package
	}
	return string(out)
}
