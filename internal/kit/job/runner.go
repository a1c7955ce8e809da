package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

// Handler does jobs of a kind. It answers nil when the job is done.
type Handler func(ctx context.Context, run *Run) error

// Lease is how long a Runner has a job before another may take it, unless it
// says that it still has it; it does so three times a lease.
const Lease = 90 * time.Second

// poll is how often a Runner looks for jobs, and whether somebody has cancelled
// what it runs.
const poll = time.Second

// Runner takes jobs and does them. Make one with NewRunner, tell it the Handlers,
// then Work.
type Runner struct {
	db       *db.DB
	clock    clock.Clock
	log      *slog.Logger
	name     string
	handlers map[Kind]Handler
	plans    []plan
	wake     chan struct{}
}

type plan struct {
	kind Kind
	next func(after db.Time) db.Time                        // of Every
	due  func(ctx context.Context, tx *db.Tx) (bool, error) // of When
}

// NewRunner makes a Runner; its name, which is random, marks the jobs it has.
func NewRunner(d *db.DB, c clock.Clock, log *slog.Logger) *Runner {
	return &Runner{db: d, clock: c, log: log, name: id.Token(16), handlers: map[Kind]Handler{}, wake: make(chan struct{}, 1)}
}

// Handle sets the handler of a kind. A job of a kind without one waits.
func (r *Runner) Handle(kind Kind, h Handler) { r.handlers[kind] = h }

// Every sets the handler of a kind that is done again and again: next tells the
// moment after the one given, so that each is planned from the clock and not from
// how long the last one took.
func (r *Runner) Every(kind Kind, next func(after db.Time) db.Time, h Handler) {
	r.Handle(kind, h)
	r.plans = append(r.plans, plan{kind: kind, next: next})
}

// When sets the handler of a kind that is done whenever due reports that there is
// something to do: the work is found in the tables themselves, and nobody has to
// remember to add a job. due is asked every second and must be quick.
func (r *Runner) When(kind Kind, due func(ctx context.Context, tx *db.Tx) (bool, error), h Handler) {
	r.Handle(kind, h)
	r.plans = append(r.plans, plan{kind: kind, due: due})
}

// Each is a plan for Every: at whole multiples of the step.
func Each(step time.Duration) func(db.Time) db.Time {
	return func(after db.Time) db.Time { return clock.At(after.Std().Truncate(step).Add(step)) }
}

// DailyAt is a plan for Every: each day at the hour, Norwegian time.
func DailyAt(hour int) func(db.Time) db.Time {
	return func(after db.Time) db.Time {
		day := clock.InOslo(after)
		at := time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, day.Location())
		if !at.After(day) {
			at = time.Date(day.Year(), day.Month(), day.Day()+1, hour, 0, 0, 0, day.Location())
		}
		return clock.At(at)
	}
}

// Wake lets a waiting Runner look at once, after a transaction that added a job.
func (r *Runner) Wake() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Work does jobs, so many side by side, until ctx ends; then what runs goes back
// to wait, and Work returns when all handlers have.
func (r *Runner) Work(ctx context.Context, workers int) {
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() { r.loop(ctx) })
	}
	wg.Wait()
}

func (r *Runner) loop(ctx context.Context) {
	ticker := time.NewTicker(poll)
	defer ticker.Stop()
	for ctx.Err() == nil {
		did, err := r.Once(ctx)
		if err != nil && ctx.Err() == nil {
			r.log.ErrorContext(ctx, "jobs", "error", err)
		}
		if did && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-ticker.C:
		case <-r.wake:
		}
	}
}

// Drain does every job that is due, one after the other: for tests and commands.
func (r *Runner) Drain(ctx context.Context) error {
	for {
		did, err := r.Once(ctx)
		if err != nil || !did {
			return err
		}
	}
}

const (
	anyDue db.SQL = `SELECT COUNT(*) FROM (SELECT 1 FROM job WHERE state = 'waiting' AND run_at <= $1
		UNION ALL SELECT 1 FROM job WHERE state = 'running' AND lease_until < $1) AS due`
	nextDue db.SQL = `SELECT id, kind FROM job WHERE state = 'waiting' AND run_at <= $1
		OR state = 'running' AND lease_until < $1 ORDER BY run_at, id LIMIT 200`
	takeJob db.SQL = `UPDATE job SET state = 'running', holder = $1, lease_until = $2, tries = tries + 1, started_at = $3, progress = 0, total = 0
		WHERE id = $4 AND (state = 'waiting' OR lease_until < $3)
		RETURNING ` + columns
	keepLease db.SQL = `UPDATE job SET lease_until = $1 WHERE id = $2 AND holder = $3 AND state = 'running' RETURNING cancel`
	askCancel db.SQL = `SELECT cancel FROM job WHERE id = $1 AND holder = $2 AND state = 'running'`
	endJob    db.SQL = `UPDATE job SET state = $1, report = $2, error = $3, run_at = $4, ended_at = $5, lease_until = NULL, holder = '', tries = $6,
		progress = $7, total = $8 WHERE id = $9 AND holder = $10 AND state = 'running'`
	doAgain db.SQL = `UPDATE job SET state = 'waiting', again = FALSE, tries = 0, run_at = $1, ended_at = NULL
		WHERE id = $2 AND state = 'done' AND again`
	setProgress db.SQL = `UPDATE job SET progress = $1, total = $2, report = $3 WHERE id = $4 AND holder = $5 AND state = 'running'`
)

type dueRow struct {
	ID   ID   `db:"id"`
	Kind Kind `db:"kind"`
}

// Once does the next job that is due, if there is one, and tells whether it did.
// How the job went is in its row; an error is one of the database.
func (r *Runner) Once(ctx context.Context) (bool, error) {
	j, ok, err := r.take(ctx)
	if err != nil || !ok {
		return false, err
	}
	return true, r.run(ctx, j)
}

// take takes the first job that is due and has a handler. It reads before it
// writes, so that a Runner with nothing to do never waits for the writer.
func (r *Runner) take(ctx context.Context) (Job, bool, error) {
	if err := r.planned(ctx); err != nil {
		return Job{}, false, err
	}
	due := 0
	err := r.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		due, err = db.Scalar[int](ctx, tx, anyDue, r.clock.Now())
		return err
	})
	if err != nil || due == 0 {
		return Job{}, false, err
	}
	var taken Job
	found := false
	err = r.db.Write(ctx, func(tx *db.Tx) error {
		now := r.clock.Now()
		found = false
		list, err := db.List[dueRow](ctx, tx, nextDue, now)
		if err != nil {
			return err
		}
		for _, d := range list {
			if r.handlers[d.Kind] == nil {
				continue
			}
			taken, err = db.Get[Job](ctx, tx, takeJob, r.name, now.Add(Lease), now, d.ID)
			found = err == nil
			return err
		}
		return nil
	})
	return taken, found, err
}

// planned adds the next job of each plan that has none.
func (r *Runner) planned(ctx context.Context) error {
	var missing []plan
	err := r.db.Read(ctx, func(tx *db.Tx) error {
		missing = nil
		for _, p := range r.plans {
			wanted := true
			if p.due != nil {
				var err error
				if wanted, err = p.due(ctx, tx); err != nil {
					return err
				}
			}
			if !wanted {
				continue
			}
			_, err := db.Get[Job](ctx, tx, livingOf, p.kind, planKey)
			if fault.Is(err, fault.NotFound) {
				missing = append(missing, p)
			} else if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || len(missing) == 0 {
		return err
	}
	return r.db.Write(ctx, func(tx *db.Tx) error {
		now := r.clock.Now()
		for _, p := range missing {
			at := now // the first one ever is done at once
			last, err := Last(ctx, tx, p.kind)
			switch {
			case p.due != nil, fault.Is(err, fault.NotFound):
			case err != nil:
				return err
			default:
				at = p.next(last.RunAt)
			}
			if at.Before(now) { // the program was stopped: once is enough
				at = now
			}
			if _, err := Add(ctx, tx, now, New{Kind: p.kind, Key: planKey, At: at, By: "plan"}); err != nil {
				return err
			}
		}
		return nil
	})
}

// planKey is the key of jobs that come again and again.
const planKey = "plan"

// run does the job and writes how it went.
func (r *Runner) run(ctx context.Context, j Job) error {
	working, stop := context.WithCancelCause(ctx)
	run := &Run{Job: j, runner: r}
	watched := make(chan struct{})
	go func() { defer close(watched); r.watch(working, stop, j.ID) }()
	err := r.handle(working, run)
	stop(nil)
	<-watched
	state, tries := Done, j.Tries
	now := r.clock.Now()
	runAt, ended := j.RunAt, now
	message := ""
	switch {
	case err == nil:
	case errors.Is(err, ErrCancelled), errors.Is(context.Cause(working), ErrCancelled):
		state = Cancelled
	case ctx.Err() != nil: // the program stops
		state, tries, runAt, ended = Waiting, j.Tries-1, now, db.Time{}
	case j.Tries >= MaxTries:
		state, message = Dead, err.Error()
		r.log.ErrorContext(ctx, "job is dead", "kind", j.Kind, "job", j.ID, "tries", j.Tries, "error", err)
	default:
		state, message, runAt, ended = Waiting, err.Error(), now.Add(Pause(j.Tries)), db.Time{}
		r.log.WarnContext(ctx, "job failed; it is tried again", "kind", j.Kind, "job", j.ID, "tries", j.Tries, "at", runAt, "error", err)
	}
	// Written although the program stops: the row must not wait for its lease.
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return r.db.Write(closing, func(tx *db.Tx) error {
		n, err := db.Exec(closing, tx, endJob, state, run.report, message, runAt, ended, tries, run.done, run.total, j.ID, r.name)
		if err != nil || n == 0 {
			return err // with n 0 the lease is lost: another Runner has the job
		}
		_, err = db.Exec(closing, tx, doAgain, now, j.ID)
		return err
	})
}

// Pause is how long a job waits after so many tries in vain: half a minute after
// the first, twice as long each time, at most six hours.
func Pause(tries int) time.Duration {
	return min(30*time.Second<<min(max(tries, 1)-1, 20), 6*time.Hour)
}

// handle calls the handler; a panic is an error like any other.
func (r *Runner) handle(ctx context.Context, run *Run) (err error) {
	defer func() {
		if p := recover(); p != nil {
			r.log.ErrorContext(ctx, "job panicked", "kind", run.Kind, "job", run.ID, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return r.handlers[run.Kind](ctx, run)
}

// watch renews the lease and stops the job when somebody cancels it, or when
// another Runner has taken it.
func (r *Runner) watch(ctx context.Context, stop context.CancelCauseFunc, job ID) {
	look, renew := time.NewTicker(poll), time.NewTicker(Lease/3)
	defer look.Stop()
	defer renew.Stop()
	for {
		var cancelled bool
		var err error
		select {
		case <-ctx.Done():
			return
		case <-look.C:
			err = r.db.Read(ctx, func(tx *db.Tx) error {
				var err error
				cancelled, err = db.Scalar[bool](ctx, tx, askCancel, job, r.name)
				return err
			})
		case <-renew.C:
			err = r.db.Write(ctx, func(tx *db.Tx) error {
				var err error
				cancelled, err = db.Scalar[bool](ctx, tx, keepLease, r.clock.Now().Add(Lease), job, r.name)
				return err
			})
		}
		switch {
		case cancelled, fault.Is(err, fault.NotFound):
			stop(ErrCancelled)
			return
		case err != nil && ctx.Err() == nil:
			r.log.WarnContext(ctx, "job: lease", "job", job, "error", err)
		}
	}
}

// Run is a job that is being done.
type Run struct {
	Job
	runner *Runner
	report string
	// done of total is how far it has come, told when its row was last told so.
	done, total int
	told        time.Time
}

// Into reads the payload into v.
func (r *Run) Into(v any) error {
	if err := json.Unmarshal([]byte(r.Payload), v); err != nil {
		return fmt.Errorf("job %s %s: payload: %w", r.Kind, r.ID, err)
	}
	return nil
}

// Say sets what came of the job so far, in a word or a number that pages can put
// in the reader's language; it is stored with the next Progress and at the end.
func (r *Run) Say(report string) { r.report = report }

// Progress stores how far the job has come, at most once a second and always when
// all is done or the job ends. It answers the error of ctx, so that a handler that calls it often
// stops when it is cancelled.
func (r *Run) Progress(ctx context.Context, done, total int) error {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	r.done, r.total = done, total
	if now := time.Now(); done == total || now.Sub(r.told) >= poll {
		r.told = now
		return r.runner.db.Write(ctx, func(tx *db.Tx) error {
			_, err := db.Exec(ctx, tx, setProgress, done, total, r.report, r.ID, r.runner.name)
			return err
		})
	}
	return nil
}
