package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

// ID names a job.
type ID = id.Of[Job]

// Kind is what a job does; the Runner has a handler for each.
type Kind string

// State is where a job stands. Stored as written.
type State string

// The states. Dead is a job that was tried MaxTries times in vain.
const (
	Waiting   State = "waiting"
	Running   State = "running"
	Done      State = "done"
	Dead      State = "dead"
	Cancelled State = "cancelled"
)

// Ended reports whether nothing more happens to the job by itself.
func (s State) Ended() bool { return s == Done || s == Dead || s == Cancelled }

// MaxTries is how often a job is tried before it is dead.
const MaxTries = 8

// Kept is how long a job that is done or cancelled can be read.
const Kept = 30 * 24 * time.Hour

// KeptPlan is the same for a job that comes again and again.
const KeptPlan = 48 * time.Hour

// Job is a piece of work. Progress of Total is how far it has come, in units of
// the handler's own; a Total of zero means that nobody knows. Report is what
// came of it, Error what went wrong at the last try.
type Job struct {
	ID        ID      `db:"id"`
	Kind      Kind    `db:"kind"`
	Key       *string `db:"key"`
	Payload   string  `db:"payload"`
	State     State   `db:"state"`
	RunAt     db.Time `db:"run_at"`
	Tries     int     `db:"tries"`
	Progress  int     `db:"progress"`
	Total     int     `db:"total"`
	Report    string  `db:"report"`
	Error     string  `db:"error"`
	Cancel    bool    `db:"cancel"`
	AddedBy   string  `db:"added_by"`
	AddedAt   db.Time `db:"added_at"`
	StartedAt db.Time `db:"started_at"`
	EndedAt   db.Time `db:"ended_at"`
}

const (
	columns = `id, kind, key, payload, state, run_at, tries, progress, total, report, error, cancel, added_by, added_at, started_at, ended_at`

	insertJob db.SQL = `INSERT INTO job (id, kind, key, payload, state, run_at, lease_until, holder, tries, progress, total, report, error,
		cancel, again, added_by, added_at, started_at, ended_at)
		VALUES ($1, $2, $3, $4, 'waiting', $5, NULL, '', 0, 0, 0, '', '', FALSE, FALSE, $6, $7, NULL, NULL)`
	livingOf db.SQL = `SELECT ` + columns + ` FROM job WHERE kind = $1 AND key = $2 AND state IN ('waiting', 'running')`
	sooner   db.SQL = `UPDATE job SET run_at = $1 WHERE id = $2 AND state = 'waiting' AND run_at > $1`
	onceMore db.SQL = `UPDATE job SET again = TRUE WHERE id = $1 AND state = 'running'`
	getJob   db.SQL = `SELECT ` + columns + ` FROM job WHERE id = $1`
	stopNow  db.SQL = `UPDATE job SET state = 'cancelled', ended_at = $1 WHERE id = $2 AND state = 'waiting'`
	stopSoon db.SQL = `UPDATE job SET cancel = TRUE WHERE id = $1 AND state = 'running'`
	again    db.SQL = `UPDATE job SET state = 'waiting', run_at = $1, tries = 0, cancel = FALSE, progress = 0, total = 0, ended_at = NULL
		WHERE id = $2 AND state IN ('dead', 'cancelled')`
)

// New is a job to be added. Key is empty for a job that may be there many times.
// Payload is stored as JSON; it holds ids and settings, nothing secret. At is the
// earliest moment, the zero Time is now. By says who wanted it, as
// access.Actor.Label does.
type New struct {
	Kind    Kind
	Key     string
	Payload any
	At      db.Time
	By      string
}

// Add adds the job as part of the transaction. When one with the key waits
// already, its id is answered instead, and it is done at At if that is earlier.
// When one with the key runs, it is done once more afterwards, as it may be past
// what the caller has changed.
func Add(ctx context.Context, tx *db.Tx, now db.Time, n New) (ID, error) {
	at := n.At
	if at.IsZero() {
		at = now
	}
	var key any
	if n.Key != "" {
		key = n.Key
		old, err := db.Get[Job](ctx, tx, livingOf, n.Kind, n.Key)
		switch {
		case err == nil:
			if old.State == Running {
				return old.ID, db.ExecOne(ctx, tx, onceMore, old.ID)
			}
			_, err = db.Exec(ctx, tx, sooner, at, old.ID)
			return old.ID, err
		case !fault.Is(err, fault.NotFound):
			return "", fmt.Errorf("job %s %s: add: %w", n.Kind, n.Key, err)
		}
	}
	payload, err := json.Marshal(n.Payload)
	if err != nil {
		return "", fmt.Errorf("job %s: payload: %w", n.Kind, err)
	}
	job := id.New[Job]()
	if _, err := db.Exec(ctx, tx, insertJob, job, n.Kind, key, string(payload), at, n.By, now); err != nil {
		return "", fmt.Errorf("job %s: add: %w", n.Kind, err)
	}
	return job, nil
}

// Living is the job of the kind and key that waits or runs, or NotFound.
func Living(ctx context.Context, tx *db.Tx, kind Kind, key string) (Job, error) {
	j, err := db.Get[Job](ctx, tx, livingOf, kind, key)
	if err != nil {
		return Job{}, fmt.Errorf("job %s %s: %w", kind, key, err)
	}
	return j, nil
}

// Get is the job, or NotFound.
func Get(ctx context.Context, tx *db.Tx, job ID) (Job, error) {
	j, err := db.Get[Job](ctx, tx, getJob, job)
	if err != nil {
		return Job{}, fmt.Errorf("job %s: %w", job, err)
	}
	return j, nil
}

// Cancel stops a job: one that waits at once, one that runs as soon as its
// Runner sees it. A job that has ended already is a Conflict.
func Cancel(ctx context.Context, tx *db.Tx, now db.Time, job ID) error {
	n, err := db.Exec(ctx, tx, stopNow, now, job)
	if err != nil || n > 0 {
		return err
	}
	n, err = db.Exec(ctx, tx, stopSoon, job)
	if err != nil || n > 0 {
		return err
	}
	if _, err := Get(ctx, tx, job); err != nil {
		return err
	}
	return fault.New(fault.Conflict, "job.error.ended")
}

// Retry lets a job that is dead or cancelled be tried again, from its first try.
// Any other is a Conflict, as is one whose key another living job has.
func Retry(ctx context.Context, tx *db.Tx, now db.Time, job ID) error {
	j, err := Get(ctx, tx, job)
	if err != nil {
		return err
	}
	if j.Key != nil {
		_, err := db.Get[Job](ctx, tx, livingOf, j.Kind, *j.Key)
		if err == nil {
			return fault.New(fault.Conflict, "job.error.another")
		}
		if !fault.Is(err, fault.NotFound) {
			return fmt.Errorf("job %s: retry: %w", job, err)
		}
	}
	n, err := db.Exec(ctx, tx, again, now, job)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "job.error.not_dead")
	}
	return err
}

// ErrCancelled is what ends the context of a job that somebody cancelled. A handler
// that answers it stops its job itself: it is not tried again unless somebody asks.
var ErrCancelled = errors.New("the job was cancelled")
