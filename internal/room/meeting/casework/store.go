package casework

import (
	"context"
	"fmt"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
)

const (
	insertCase db.SQL = `INSERT INTO case_file (id, body, archive, archive_year, archive_serial, kind, title, public_title, officer, origin, closed, ground, ready_by,
		question, asked_by, answer, answered_by, plan, found, found_open, created_at, created_by, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 1)`
	updateCase db.SQL = `UPDATE case_file SET kind = $1, title = $2, public_title = $3, officer = $4, origin = $5, closed = $6, ground = $7, ready_by = $8,
		question = $9, asked_by = $10, answer = $11, answered_by = $12, version = version + 1 WHERE id = $13 AND version = $14`
	updateFound db.SQL = `UPDATE case_file SET found = $1, found_open = $2 WHERE id = $3`
	lastSerial  db.SQL = `SELECT COALESCE(MAX(archive_serial), 0) FROM case_file WHERE archive = $1 AND archive_year = $2`

	selectCases db.SQL = `SELECT c.id, c.body, c.archive, c.archive_year, c.archive_serial, c.kind, c.title, c.public_title, c.officer, c.origin, c.closed, c.ground, c.ready_by,
		c.question, c.asked_by, c.answer, c.answered_by, c.plan, c.created_at, c.version, f.state, f.ball_party, f.ball_org, f.ball_role, f.due, b.name AS body_name
		FROM case_file AS c JOIN flow_item AS f ON f.kind = 'case' AND f.subject = c.id JOIN body AS b ON b.id = c.body /*where*/ ORDER BY c.archive_year DESC, c.archive_serial DESC, c.id LIMIT 500`
	listTreatments db.SQL = `SELECT t.id, t.case_file, t.position, t.body, COALESCE(b.name, t.body_called) AS body_called, t.number, t.day, t.result, t.told, t.version
		FROM case_treatment AS t LEFT JOIN body AS b ON b.id = t.body /*where*/ ORDER BY t.case_file, t.position`

	listDocuments  db.SQL = `SELECT id, case_file, nr, letter, title, day, ground, version FROM case_document AS d /*where*/ ORDER BY case_file, nr`
	insertDocument db.SQL = `INSERT INTO case_document (id, case_file, nr, letter, title, day, ground, recorded_by, recorded_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)`
	updateDocument db.SQL = `UPDATE case_document SET letter = $1, title = $2, day = $3, ground = $4, version = version + 1 WHERE id = $5 AND version = $6`
	lastDocument   db.SQL = `SELECT COALESCE(MAX(nr), 0) FROM case_document WHERE case_file = $1`

	listInputs  db.SQL = `SELECT id, case_file, sender, day, words, done, version FROM case_input WHERE case_file = $1 ORDER BY day, id`
	insertInput db.SQL = `INSERT INTO case_input (id, case_file, sender, day, words, done, recorded_by, recorded_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)`
	answerInput db.SQL = `UPDATE case_input SET done = $1, version = version + 1 WHERE id = $2 AND case_file = $3 AND version = $4`

	listLinks  db.SQL = `SELECT kind, ref FROM case_link WHERE case_file = $1 ORDER BY added_at, kind, ref`
	insertLink db.SQL = `INSERT INTO case_link (case_file, kind, ref, added_at) VALUES ($1, $2, $3, $4) ON CONFLICT (case_file, kind, ref) DO NOTHING`
	removeLink db.SQL = `DELETE FROM case_link WHERE case_file = $1 AND kind = $2 AND ref = $3`

	fragCase      db.Fragment = "c.id"
	fragOfCase    db.Fragment = "t.case_file"
	fragDocOfCase db.Fragment = "d.case_file"
	fragDocument  db.Fragment = "d.id"
	fragTreatment db.Fragment = "t.id"
)

type caseRow struct {
	ID            ID             `db:"id"`
	Body          meeting.BodyID `db:"body"`
	Archive       access.OrgID   `db:"archive"`
	ArchiveYear   int64          `db:"archive_year"`
	ArchiveSerial int64          `db:"archive_serial"`
	Kind          Kind           `db:"kind"`
	Title         string         `db:"title"`
	PublicTitle   string         `db:"public_title"`
	Officer       string         `db:"officer"`
	Origin        access.OrgID   `db:"origin"`
	Closed        bool           `db:"closed"`
	Ground        string         `db:"ground"`
	ReadyBy       db.Date        `db:"ready_by"`
	Question      string         `db:"question"`
	AskedBy       string         `db:"asked_by"`
	Answer        string         `db:"answer"`
	AnsweredBy    string         `db:"answered_by"`
	Plan          string         `db:"plan"`
	CreatedAt     db.Time        `db:"created_at"`
	Version       int64          `db:"version"`
	State         flow.State     `db:"state"`
	BallParty     flow.Party     `db:"ball_party"`
	BallOrg       access.OrgID   `db:"ball_org"`
	BallRole      access.Role    `db:"ball_role"`
	BallDue       db.Date        `db:"due"`
	BodyName      string         `db:"body_name"`
}

func (r caseRow) file() (Case, error) {
	plan, err := readPlan(r.Plan)
	if err != nil {
		return Case{}, fmt.Errorf("case %s: plan: %w", r.ID, err)
	}
	return Case{ID: r.ID, Body: r.Body, Archive: r.Archive, Number: Number{int(r.ArchiveYear), int(r.ArchiveSerial)}, State: r.State,
		Ball: flow.Ball{Party: r.BallParty, Org: r.BallOrg, Role: r.BallRole, Due: r.BallDue}, Plan: plan, CreatedAt: r.CreatedAt, Version: r.Version,
		BodyName: r.BodyName,
		Content: Content{Kind: r.Kind, Title: r.Title, PublicTitle: r.PublicTitle, Officer: r.Officer, Origin: r.Origin, Closed: r.Closed, Ground: r.Ground, ReadyBy: r.ReadyBy,
			Interpellation: casepaper.Interpellation{Question: r.Question, AskedBy: r.AskedBy, Answer: r.Answer, AnsweredBy: r.AnsweredBy}}}, nil
}

type treatmentRow struct {
	ID       TreatmentID    `db:"id"`
	Case     ID             `db:"case_file"`
	Position int64          `db:"position"`
	Body     meeting.BodyID `db:"body"`
	Called   string         `db:"body_called"`
	Number   string         `db:"number"`
	Day      db.Date        `db:"day"`
	Result   Result         `db:"result"`
	Told     string         `db:"told"`
	Version  int64          `db:"version"`
}

type documentRow struct {
	ID      DocumentID `db:"id"`
	Case    ID         `db:"case_file"`
	Nr      int64      `db:"nr"`
	Letter  Letter     `db:"letter"`
	Title   string     `db:"title"`
	Day     db.Date    `db:"day"`
	Ground  string     `db:"ground"`
	Version int64      `db:"version"`
}

type inputRow struct {
	ID      InputID `db:"id"`
	Case    ID      `db:"case_file"`
	Sender  string  `db:"sender"`
	Day     db.Date `db:"day"`
	Words   string  `db:"words"`
	Done    string  `db:"done"`
	Version int64   `db:"version"`
}

// find lists the cases, the newest number first, with the names of the day.
func find(ctx context.Context, tx *db.Tx, w db.Where, today clock.Date) ([]Case, error) {
	statement, args := db.Query{Base: selectCases, Where: w}.Build()
	rows, err := db.List[caseRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("cases: %w", err)
	}
	out := make([]Case, len(rows))
	for i, r := range rows {
		if out[i], err = r.file(); err != nil {
			return nil, err
		}
	}
	return out, named(ctx, tx, out, today)
}

func named(ctx context.Context, tx *db.Tx, list []Case, today clock.Date) error {
	var ids []access.OrgID
	for _, c := range list {
		ids = append(ids, c.Archive)
		if c.Origin != "" {
			ids = append(ids, c.Origin)
		}
	}
	names, err := org.NamesOn(ctx, tx, ids, today)
	for i := range list {
		list[i].OriginName, list[i].ArchiveName = names[list[i].Origin], names[list[i].Archive]
	}
	return err
}

// TreatmentsOf are the treatments of the cases, in their order.
func TreatmentsOf(ctx context.Context, tx *db.Tx, cases ...ID) (map[ID][]Treatment, error) {
	var w db.Where
	db.In(&w, fragOfCase, cases)
	return treatmentsWhere(ctx, tx, w)
}

func treatmentsWhere(ctx context.Context, tx *db.Tx, w db.Where) (map[ID][]Treatment, error) {
	statement, args := db.Query{Base: listTreatments, Where: w}.Build()
	rows, err := db.List[treatmentRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("treatments: %w", err)
	}
	out := map[ID][]Treatment{}
	for _, r := range rows {
		out[r.Case] = append(out[r.Case], Treatment{ID: r.ID, Case: r.Case, Position: int(r.Position), Body: r.Body, BodyName: r.Called, Number: r.Number, Day: r.Day,
			Result: r.Result, Told: r.Told, Version: r.Version})
	}
	return out, nil
}

// TreatmentByID is the treatment of the case, or NotFound.
func TreatmentByID(ctx context.Context, tx *db.Tx, c ID, t TreatmentID) (Treatment, error) {
	var w db.Where
	db.In(&w, fragTreatment, []TreatmentID{t})
	all, err := treatmentsWhere(ctx, tx, w)
	if err == nil && len(all[c]) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return Treatment{}, err
	}
	return all[c][0], nil
}

func documents(ctx context.Context, tx *db.Tx, w db.Where) ([]Document, error) {
	statement, args := db.Query{Base: listDocuments, Where: w}.Build()
	rows, err := db.List[documentRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("documents: %w", err)
	}
	out := make([]Document, len(rows))
	for i, r := range rows {
		out[i] = Document{ID: r.ID, Case: r.Case, Nr: int(r.Nr), Letter: r.Letter, Title: r.Title, Day: r.Day, Ground: r.Ground, Version: r.Version}
	}
	return out, nil
}

func documentsOf(ctx context.Context, tx *db.Tx, c ID) ([]Document, error) {
	var w db.Where
	db.In(&w, fragDocOfCase, []ID{c})
	return documents(ctx, tx, w)
}

func inputs(ctx context.Context, tx *db.Tx, c ID) ([]Input, error) {
	rows, err := db.List[inputRow](ctx, tx, listInputs, c)
	if err != nil {
		return nil, fmt.Errorf("case %s: inputs: %w", c, err)
	}
	out := make([]Input, len(rows))
	for i, r := range rows {
		out[i] = Input(r)
	}
	return out, nil
}

// treating are the registered bodies among those of the treatments.
func treating(list []Treatment) []meeting.BodyID {
	var out []meeting.BodyID
	for _, t := range list {
		if t.Body != "" {
			out = append(out, t.Body)
		}
	}
	return out
}

// Refind writes what the case is searched by, after any change that shows in it.
func Refind(ctx context.Context, tx *db.Tx, c Case) error {
	all, err := TreatmentsOf(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	docs, err := documentsOf(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	open := []string{c.Number.String(), c.shown()}
	whole := []string{c.Number.String(), c.Title, c.PublicTitle, c.OriginName}
	for _, t := range all[c.ID] {
		open, whole = append(open, t.Number), append(whole, t.Number)
	}
	for _, d := range docs {
		whole = append(whole, d.Title)
		if !c.Closed && d.Ground == "" {
			open = append(open, d.Title)
		}
	}
	_, err = db.Exec(ctx, tx, updateFound, text.Fold(strings.Join(whole, " ")), text.Fold(strings.Join(open, " ")), c.ID)
	return err
}

// shown is the title that all may read.
func (c Case) shown() string {
	if c.Closed {
		return c.PublicTitle
	}
	return c.Title
}

// label is the case's name in lists of tasks, which must not tell what is closed.
func (c Case) label() string { return c.Number.String() + " " + c.shown() }

func (c Case) values(now clock.Time, by string) []any {
	return []any{c.ID, c.Body, c.Archive, c.Number.Year, c.Number.Serial, c.Kind, c.Title, c.PublicTitle, c.Officer, c.Origin, c.Closed, c.Ground, c.ReadyBy,
		c.Interpellation.Question, c.Interpellation.AskedBy, c.Interpellation.Answer, c.Interpellation.AnsweredBy, "{}", "", "", now, by}
}
