package workspace

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/money"
)

const (
	insertNote db.SQL = `INSERT INTO development_note (id, development, words, said_by, said_org, said_at) VALUES ($1, $2, $3, $4, $5, $6)`
	someNotes  db.SQL = `SELECT n.id, n.words, n.said_org, n.said_at FROM development_note AS n /*where*/`
	insertTask db.SQL = `INSERT INTO development_task (id, development, what, org, party, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	countOpen  db.SQL = `SELECT COUNT(*) FROM development_task AS t JOIN flow_item AS f ON f.kind = 'development_task' AND f.subject = t.id
		WHERE t.development = $1 AND f.state = 'open'`
	// The word of a move is that of the last one: a task has one move beside its beginning.
	someTasks db.SQL = `SELECT t.id, t.development, t.what, t.org, t.party, f.state, f.due, f.since,
		COALESCE((SELECT m.note FROM flow_move AS m WHERE m.kind = 'development_task' AND m.subject = t.id AND m.from_state = 'open'), '') AS why
		FROM development_task AS t JOIN flow_item AS f ON f.kind = 'development_task' AND f.subject = t.id /*where*/ ORDER BY f.due NULLS LAST, f.since DESC, t.id`
	orgsOf db.SQL = `SELECT t.org FROM development_task AS t WHERE t.id = $1
		UNION SELECT d.provider FROM development_task AS t JOIN development AS d ON d.id = t.development WHERE t.id = $1 ORDER BY 1`

	insertLine db.SQL = `INSERT INTO development_money (id, development, source, payer, payer_words, amount, year, state, note, recorded_by, recorded_at, confirmed_by, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL, 1)`
	updateLine db.SQL = `UPDATE development_money SET source = $1, payer = $2, payer_words = $3, amount = $4, year = $5, state = $6, note = $7, confirmed_by = $8, version = version + 1
		WHERE id = $9 AND version = $10`
	deleteLine  db.SQL = `DELETE FROM development_money WHERE id = $1 AND version = $2`
	confirmLine db.SQL = `UPDATE development_money SET state = 'confirmed', confirmed_by = $1, version = version + 1 WHERE id = $2 AND version = $3`
	linesOf     db.SQL = `SELECT id, development, source, payer, payer_words, amount, year, state, note, confirmed_by, version FROM development_money WHERE development = $1 ORDER BY year, source, recorded_at, id`

	fragNoteOf  db.Fragment = "n.development"
	fragSaidAt  db.Fragment = "n.said_at"
	fragNote    db.Fragment = "n.id"
	fragTask    db.Fragment = "t.id"
	fragTasksOf db.Fragment = "t.development"
)

type noteRow struct {
	ID    NoteID       `db:"id"`
	Words string       `db:"words"`
	Org   access.OrgID `db:"said_org"`
	At    db.Time      `db:"said_at"`
}

type taskRow struct {
	ID          TaskID       `db:"id"`
	Development making.ID    `db:"development"`
	What        string       `db:"what"`
	Org         access.OrgID `db:"org"`
	Party       flow.Party   `db:"party"`
	State       flow.State   `db:"state"`
	Due         db.Date      `db:"due"`
	Since       db.Time      `db:"since"`
	Why         string       `db:"why"`
}

func (r taskRow) task() Task {
	return Task{ID: r.ID, Development: r.Development, What: r.What, Org: r.Org, State: r.State, Due: r.Due, Since: r.Since, Why: r.Why}
}

func tasks(ctx context.Context, tx *db.Tx, w db.Where) ([]taskRow, error) {
	statement, args := db.Query{Base: someTasks, Where: w}.Build()
	rows, err := db.List[taskRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("tasks of a development: %w", err)
	}
	return rows, nil
}

// load is the task, whoever asks, or NotFound.
func load(ctx context.Context, tx *db.Tx, t TaskID) (taskRow, error) {
	var w db.Where
	db.In(&w, fragTask, []TaskID{t})
	rows, err := tasks(ctx, tx, w)
	if err == nil && len(rows) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return taskRow{}, err
	}
	return rows[0], nil
}

type lineRow struct {
	ID          LineID       `db:"id"`
	Development making.ID    `db:"development"`
	Source      Source       `db:"source"`
	Payer       access.OrgID `db:"payer"`
	Words       string       `db:"payer_words"`
	Amount      money.NOK    `db:"amount"`
	Year        int          `db:"year"`
	State       Certainty    `db:"state"`
	Note        string       `db:"note"`
	ConfirmedBy access.OrgID `db:"confirmed_by"`
	Version     int64        `db:"version"`
}

func (r lineRow) line() Line {
	return Line{ID: r.ID, Paying: Paying{Source: r.Source, Payer: r.Payer, Words: r.Words, Amount: r.Amount, Year: r.Year, State: r.State, Note: r.Note},
		ConfirmedBy: r.ConfirmedBy, Version: r.Version}
}

func lines(ctx context.Context, tx *db.Tx, d making.ID) ([]Line, error) {
	rows, err := db.List[lineRow](ctx, tx, linesOf, d)
	if err != nil {
		return nil, fmt.Errorf("financing of development %s: %w", d, err)
	}
	out := make([]Line, len(rows))
	for i, r := range rows {
		out[i] = r.line()
	}
	return out, nil
}
