package job

import (
	"context"
	"fmt"

	"kompetansetorg/internal/kit/db"
)

const (
	listJobs   db.SQL = `SELECT ` + columns + ` FROM job AS j /*where*/`
	countState db.SQL = `SELECT state, COUNT(*) AS n FROM job GROUP BY state ORDER BY state`
	endedSince db.SQL = `SELECT ` + columns + ` FROM job WHERE kind = $1 AND state = 'done' ORDER BY ended_at DESC, id DESC LIMIT 1`
	sweepJobs  db.SQL = `DELETE FROM job WHERE state IN ('done', 'cancelled') AND ended_at < $1`
	sweepPlans db.SQL = `DELETE FROM job WHERE state IN ('done', 'cancelled') AND key = $1 AND ended_at < $2`

	forgetJobs db.SQL = `DELETE FROM job WHERE added_by = $1 AND state IN ('done', 'dead', 'cancelled')`
	leaveJobs  db.SQL = `UPDATE job SET added_by = 'erased' WHERE added_by = $1`

	fragState db.Fragment = "j.state = ?"
	fragKind  db.Fragment = "j.kind = ?"
	fragBy    db.Fragment = "j.added_by = ?"
	fragAdded db.Fragment = "j.added_at"
	fragID    db.Fragment = "j.id"
)

// Filter narrows a list of jobs. Zero fields narrow nothing.
type Filter struct {
	State State
	Kind  Kind
	By    string
	After string
	Limit int
}

// List lists jobs, the newest first.
func List(ctx context.Context, tx *db.Tx, f Filter) (db.Paged[Job], error) {
	var w db.Where
	if f.State != "" {
		w.And(fragState, f.State)
	}
	if f.Kind != "" {
		w.And(fragKind, f.Kind)
	}
	if f.By != "" {
		w.And(fragBy, f.By)
	}
	page := db.Page{Order: db.Order{Key: fragAdded, ID: fragID, Desc: true}, After: f.After, Limit: f.Limit}
	list, err := db.ListPage(ctx, tx, db.Query{Base: listJobs, Where: w}, page, func(j Job) (any, string) { return j.AddedAt.String(), string(j.ID) })
	if err != nil {
		return list, fmt.Errorf("job: list: %w", err)
	}
	return list, nil
}

type stateRow struct {
	State State `db:"state"`
	N     int   `db:"n"`
}

// Count is how many jobs there are in each state.
func Count(ctx context.Context, tx *db.Tx) (map[State]int, error) {
	rows, err := db.List[stateRow](ctx, tx, countState)
	if err != nil {
		return nil, fmt.Errorf("job: count: %w", err)
	}
	out := map[State]int{}
	for _, r := range rows {
		out[r.State] = r.N
	}
	return out, nil
}

// Last is the newest job of the kind that is done, or NotFound.
func Last(ctx context.Context, tx *db.Tx, kind Kind) (Job, error) {
	return db.Get[Job](ctx, tx, endedSince, kind)
}

// Sweep deletes what has been done or cancelled for longer than Kept, and what
// comes again and again after KeptPlan.
func Sweep(ctx context.Context, tx *db.Tx, now db.Time) (int64, error) {
	n, err := db.Exec(ctx, tx, sweepJobs, now.Add(-Kept))
	if err != nil {
		return n, fmt.Errorf("job: sweep: %w", err)
	}
	plans, err := db.Exec(ctx, tx, sweepPlans, planKey, now.Add(-KeptPlan))
	return n + plans, err
}

// Forget deletes the ended jobs that somebody added, by his label, and takes him
// out of those that wait or run: their work is done, and nobody is told.
func Forget(ctx context.Context, tx *db.Tx, label string) error {
	if _, err := db.Exec(ctx, tx, forgetJobs, label); err != nil {
		return fmt.Errorf("job: forget: %w", err)
	}
	if _, err := db.Exec(ctx, tx, leaveJobs, label); err != nil {
		return fmt.Errorf("job: forget: %w", err)
	}
	return nil
}
