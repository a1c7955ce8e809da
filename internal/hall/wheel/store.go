package wheel

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/wheel/figure"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/forum"
	"kompetansetorg/internal/room/need"
)

const (
	insertRound db.SQL = `INSERT INTO wheel_round (id, county, year, state, most, created_by, created_at, version) VALUES ($1, $2, $3, 'knowledge', $4, $5, $6, 1)`
	moveRound   db.SQL = `UPDATE wheel_round SET state = $1, version = version + 1 WHERE id = $2 AND state = $3`
	listRounds  db.SQL = `SELECT r.id, r.county, r.year, r.state, r.most, r.version FROM wheel_round AS r /*where*/ ORDER BY r.year DESC, r.id`

	insertStep db.SQL = `INSERT INTO wheel_step (id, round, kind, title, org, from_day, due, base, version) VALUES ($1, $2, $3, $4, $5, $6, $7, '', 1)`
	updateStep db.SQL = `UPDATE wheel_step SET title = $1, org = $2, from_day = $3, due = $4, version = version + 1 WHERE id = $5 AND version = $6`
	closeStep  db.SQL = `UPDATE wheel_step SET closed_at = $1, base = $2, version = version + 1 WHERE id = $3 AND version = $4 AND closed_at IS NULL`
	reopenStep db.SQL = `UPDATE wheel_step SET closed_at = NULL, version = version + 1 WHERE round = $1 AND kind = $2`
	getStep    db.SQL = `SELECT id, round, kind, title, org, from_day, due, closed_at, base, version FROM wheel_step WHERE id = $1`
	listSteps  db.SQL = `SELECT id, round, kind, title, org, from_day, due, closed_at, base, version FROM wheel_step WHERE round = $1 ORDER BY due, id`

	insertRegion  db.SQL = `INSERT INTO wheel_region (id, round, region, silent) VALUES ($1, $2, $3, '')`
	settleRegion  db.SQL = `UPDATE wheel_region SET sent_at = $1, silent = $2 WHERE id = $3 AND sent_at IS NULL AND silent = ''`
	listRegions   db.SQL = `SELECT id, region, sent_at, silent FROM wheel_region WHERE round = $1 ORDER BY region`
	roundOfRegion db.SQL = `SELECT round FROM wheel_region WHERE id = $1`

	insertInput db.SQL = `INSERT INTO wheel_input (id, round, region, body, org, rank, field, level, title, words, need, figure, result, priority, why, made_by, made_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', NULL, '', $13, $14, 1)`
	updateInput db.SQL = `UPDATE wheel_input SET rank = $1, field = $2, level = $3, title = $4, words = $5, need = $6, figure = $7, version = version + 1
		WHERE id = $8 AND version = $9`
	removeInput db.SQL = `DELETE FROM wheel_input WHERE id = $1 AND version = $2`
	decideInput db.SQL = `UPDATE wheel_input SET result = $1, priority = $2, why = $3, version = version + 1 WHERE id = $4 AND version = $5`
	listInputs  db.SQL = `SELECT i.id, i.round, i.region, i.body, i.org, i.rank, i.field, i.level, i.title, i.words, i.need, i.figure, i.result, i.priority, i.why, i.version,
		p.rank AS nr FROM wheel_input AS i LEFT JOIN wheel_priority AS p ON p.id = i.priority /*where*/ ORDER BY i.region, i.rank, i.id`

	insertPriority db.SQL = `INSERT INTO wheel_priority (id, round, rank, field, level, title, words, expected, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)`
	updatePriority db.SQL = `UPDATE wheel_priority SET field = $1, level = $2, title = $3, words = $4, expected = $5, version = version + 1 WHERE id = $6 AND version = $7`
	rankPriority   db.SQL = `UPDATE wheel_priority SET rank = $1, version = version + 1 WHERE id = $2`
	getPriority    db.SQL = `SELECT id, round, rank, field, level, title, words, expected, version FROM wheel_priority WHERE id = $1`
	listPriorities db.SQL = `SELECT id, round, rank, field, level, title, words, expected, version FROM wheel_priority WHERE round = $1 ORDER BY rank, id`

	insertAnswer db.SQL = `INSERT INTO wheel_answer (id, priority, org, kind, words, places, terms, answered_by, version) VALUES ($1, $2, $3, '', '', 0, '', '', 1)`
	removeAnswer db.SQL = `DELETE FROM wheel_answer WHERE id = $1 AND kind = ''`
	saveAnswer   db.SQL = `UPDATE wheel_answer SET kind = $1, words = $2, places = $3, start_day = $4, terms = $5, answered_at = $6, answered_by = $7, version = version + 1
		WHERE id = $8 AND version = $9`
	getAnswer   db.SQL = `SELECT id, priority, org, kind, words, places, start_day, terms, answered_at, version FROM wheel_answer WHERE id = $1`
	listAnswers db.SQL = `SELECT a.id, a.priority, a.org, a.kind, a.words, a.places, a.start_day, a.terms, a.answered_at, a.version
		FROM wheel_answer AS a JOIN wheel_priority AS p ON p.id = a.priority WHERE p.round = $1 ORDER BY p.rank, a.id`

	needsNamed   db.SQL = `SELECT n.id, n.number, n.title FROM need AS n /*where*/ ORDER BY n.id`
	needByNumber db.SQL = `SELECT n.id, n.number, n.title FROM need AS n /*where*/ ORDER BY n.id LIMIT 1`

	fragRound     db.Fragment = "r.id"
	fragCounty    db.Fragment = "r.county"
	fragInput     db.Fragment = "i.id"
	fragInputOf   db.Fragment = "i.round"
	fragNeed      db.Fragment = "n.id"
	fragNeedNr    db.Fragment = "n.number"
	fragSubmitted db.Fragment = "n.state <> 'draft'"
)

type roundRow struct {
	ID      ID           `db:"id"`
	County  forum.BodyID `db:"county"`
	Year    int64        `db:"year"`
	State   flow.State   `db:"state"`
	Most    int64        `db:"most"`
	Version int64        `db:"version"`
}

func (r roundRow) round() Round {
	return Round{ID: r.ID, County: r.County, Year: int(r.Year), State: r.State, Most: int(r.Most), Version: r.Version}
}

type stepRow struct {
	ID       StepID       `db:"id"`
	Round    ID           `db:"round"`
	Kind     Kind         `db:"kind"`
	Title    string       `db:"title"`
	Org      access.OrgID `db:"org"`
	From     db.Date      `db:"from_day"`
	Due      db.Date      `db:"due"`
	ClosedAt db.Time      `db:"closed_at"`
	Base     string       `db:"base"`
	Version  int64        `db:"version"`
}

func (r stepRow) step() Step {
	return Step{ID: r.ID, Round: r.Round, Kind: r.Kind, Title: r.Title, Org: r.Org, From: r.From, Due: r.Due, ClosedAt: r.ClosedAt, Base: r.Base, Version: r.Version}
}

type regionRow struct {
	ID     TaskID         `db:"id"`
	Region place.RegionID `db:"region"`
	SentAt db.Time        `db:"sent_at"`
	Silent string         `db:"silent"`
}

type inputRow struct {
	ID       InputID        `db:"id"`
	Round    ID             `db:"round"`
	Region   place.RegionID `db:"region"`
	Body     *forum.BodyID  `db:"body"`
	Org      access.OrgID   `db:"org"`
	Rank     int64          `db:"rank"`
	Field    string         `db:"field"`
	Level    string         `db:"level"`
	Title    string         `db:"title"`
	Words    string         `db:"words"`
	Need     *need.ID       `db:"need"`
	Figure   *figure.ID     `db:"figure"`
	Result   Result         `db:"result"`
	Priority *PriorityID    `db:"priority"`
	Why      string         `db:"why"`
	Version  int64          `db:"version"`
	Nr       *int64         `db:"nr"`
}

func (r inputRow) input() Input {
	i := Input{ID: r.ID, Round: r.Round, Region: r.Region, Org: r.Org, Rank: int(r.Rank), Field: r.Field, Level: r.Level, Title: r.Title, Words: r.Words, Result: r.Result, Why: r.Why, Version: r.Version}
	set(&i.Body, r.Body)
	set(&i.Need, r.Need)
	set(&i.Figure, r.Figure)
	set(&i.Priority, r.Priority)
	if r.Nr != nil {
		i.Nr = int(*r.Nr)
	}
	return i
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

type priorityRow struct {
	ID       PriorityID `db:"id"`
	Round    ID         `db:"round"`
	Rank     int64      `db:"rank"`
	Field    string     `db:"field"`
	Level    string     `db:"level"`
	Title    string     `db:"title"`
	Words    string     `db:"words"`
	Expected string     `db:"expected"`
	Version  int64      `db:"version"`
}

func (r priorityRow) priority() Priority {
	return Priority{ID: r.ID, Round: r.Round, Rank: int(r.Rank), Field: r.Field, Level: r.Level, Title: r.Title, Words: r.Words, Expected: r.Expected, Version: r.Version}
}

type answerRow struct {
	ID       TaskID       `db:"id"`
	Priority PriorityID   `db:"priority"`
	Org      access.OrgID `db:"org"`
	Kind     AnswerKind   `db:"kind"`
	Words    string       `db:"words"`
	Places   int64        `db:"places"`
	Start    db.Date      `db:"start_day"`
	Terms    string       `db:"terms"`
	At       db.Time      `db:"answered_at"`
	Version  int64        `db:"version"`
}

func (r answerRow) answer() Answer {
	return Answer{Task: r.ID, Priority: r.Priority, Org: r.Org, Kind: r.Kind, Words: r.Words, Places: int(r.Places), Start: r.Start, Terms: r.Terms, At: r.At, Version: r.Version}
}

func findRounds(ctx context.Context, tx *db.Tx, w db.Where) ([]Round, error) {
	statement, args := db.Query{Base: listRounds, Where: w}.Build()
	rows, err := db.List[roundRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("wheel: %w", err)
	}
	out := make([]Round, len(rows))
	for i, r := range rows {
		out[i] = r.round()
	}
	return out, nil
}

func load(ctx context.Context, tx *db.Tx, r ID) (Round, error) {
	var w db.Where
	db.In(&w, fragRound, []ID{r})
	return one(findRounds(ctx, tx, w))
}

func one[T any](list []T, err error) (T, error) {
	var none T
	switch {
	case err != nil:
		return none, err
	case len(list) == 0:
		return none, fault.Missing()
	}
	return list[0], nil
}

func findInputs(ctx context.Context, tx *db.Tx, w db.Where) ([]Input, error) {
	statement, args := db.Query{Base: listInputs, Where: w}.Build()
	rows, err := db.List[inputRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("wheel: inputs: %w", err)
	}
	out := make([]Input, len(rows))
	for i, r := range rows {
		out[i] = r.input()
	}
	return out, nil
}

func loadInput(ctx context.Context, tx *db.Tx, i InputID) (Input, error) {
	var w db.Where
	db.In(&w, fragInput, []InputID{i})
	return one(findInputs(ctx, tx, w))
}

func inputsOf(ctx context.Context, tx *db.Tx, r ID) ([]Input, error) {
	var w db.Where
	db.In(&w, fragInputOf, []ID{r})
	return findInputs(ctx, tx, w)
}

func stepsOf(ctx context.Context, tx *db.Tx, r ID) ([]Step, error) {
	rows, err := db.List[stepRow](ctx, tx, listSteps, r)
	out := make([]Step, len(rows))
	for i, x := range rows {
		out[i] = x.step()
	}
	return out, err
}

func prioritiesOf(ctx context.Context, tx *db.Tx, r ID) ([]Priority, error) {
	rows, err := db.List[priorityRow](ctx, tx, listPriorities, r)
	out := make([]Priority, len(rows))
	for i, x := range rows {
		out[i] = x.priority()
	}
	return out, err
}

func answersOf(ctx context.Context, tx *db.Tx, r ID) ([]Answer, error) {
	rows, err := db.List[answerRow](ctx, tx, listAnswers, r)
	out := make([]Answer, len(rows))
	for i, x := range rows {
		out[i] = x.answer()
	}
	return out, err
}
