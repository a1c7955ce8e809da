// Package work is the long work of the house as people see it: an import, a
// round, a document. Whoever started it follows how far it has come and may stop
// it; a system administrator sees all of it, and lets what is dead be tried again.
//
// How work is done is in kit/job; what each kind of it does, in the package that
// adds it.
//
// Words: arbeid i bakgrunnen = job.
package work

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/job"
)

// The actions of the audit log.
const (
	ActionCancel audit.Action = "job.cancel"
	ActionRetry  audit.Action = "job.retry"
)

// Service is the use cases.
type Service struct {
	db    *db.DB
	clock clock.Clock
}

// New makes the service.
func New(d *db.DB, c clock.Clock) *Service { return &Service{db: d, clock: c} }

func subject(j job.ID) audit.Subject { return audit.Subject{Kind: "job", ID: string(j)} }

// Href is the address of the page that follows a piece of work.
func Href(j job.ID) string { return "/arbeid/" + string(j) }

// CanRun reports whether the actor looks after the work of the whole house.
func CanRun(a access.Actor) bool { return a.IsSystem() || a.Has(access.RoleSysadmin) }

// CanSee reports whether the actor may know of the job: its own, or any.
func CanSee(a access.Actor, j job.Job) bool {
	return CanRun(a) || a.SignedIn() && j.AddedBy == a.Label()
}

// Get is a job that the actor may see, or NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, j job.ID) (job.Job, error) {
	var out job.Job
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = seen(ctx, tx, actor, j)
		return err
	})
	return out, err
}

func seen(ctx context.Context, tx *db.Tx, actor access.Actor, j job.ID) (job.Job, error) {
	found, err := job.Get(ctx, tx, j)
	if err == nil && !CanSee(actor, found) {
		err = fault.Missing()
	}
	return found, err
}

// List lists jobs, the newest first, with how many there are in each state, for
// administrators.
func (s *Service) List(ctx context.Context, actor access.Actor, f job.Filter) (db.Paged[job.Job], map[job.State]int, error) {
	if !CanRun(actor) {
		return db.Paged[job.Job]{}, nil, fault.Missing()
	}
	var page db.Paged[job.Job]
	var counts map[job.State]int
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		if page, err = job.List(ctx, tx, f); err != nil {
			return err
		}
		counts, err = job.Count(ctx, tx)
		return err
	})
	return page, counts, err
}

// Cancel stops work that the actor started, or any for administrators. Work that
// has ended is a Conflict.
func (s *Service) Cancel(ctx context.Context, actor access.Actor, j job.ID) error {
	return s.change(ctx, actor, j, ActionCancel, job.Cancel)
}

// Retry lets dead or cancelled work be tried again.
func (s *Service) Retry(ctx context.Context, actor access.Actor, j job.ID) error {
	return s.change(ctx, actor, j, ActionRetry, job.Retry)
}

func (s *Service) change(ctx context.Context, actor access.Actor, j job.ID, action audit.Action,
	do func(context.Context, *db.Tx, db.Time, job.ID) error) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		found, err := seen(ctx, tx, actor, j)
		if err != nil {
			return err
		}
		if err := do(ctx, tx, s.clock.Now(), j); err != nil {
			return fmt.Errorf("work: %s: %w", action, err)
		}
		audit.Record(tx, s.clock.Now(), actor, action, subject(j), audit.Field("state", found.State, ""))
		return nil
	})
}
