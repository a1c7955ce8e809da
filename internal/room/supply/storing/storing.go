// Package storing takes in files of programmes that somebody has said yes to: small ones
// while he waits, large ones as work in the background that he can follow and stop.
package storing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/work"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/job"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/intake"
)

// AtOnce is the most lines that are taken in while their owner waits.
const AtOnce = 100

// Job is the kind of the jobs that take in files.
const Job job.Kind = "supply.import"

// Deps is what files are taken in with.
type Deps struct {
	Supply  *supply.Service
	Batches *batch.Service
	Places  *place.Register
	Clock   clock.Clock
	ActorIn work.ActorIn
}

// Service takes in files.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// End is why the work ended before all of the file was gone through.
type End string

// The ends: none; the role that it was confirmed in holds no more; the file is thrown away.
const (
	Through End = ""
	NoRole  End = "role"
	NoFile  End = "file"
)

// Report is what came of the work with a file: how many lines were of each kind, and how
// many programmes were not come to.
type Report struct {
	Upload                           supply.UploadID
	New, Changed, Unchanged, Refused int
	Left                             int
	End                              End
}

// order is the payload of the job: who confirmed which file.
type order struct {
	Upload supply.UploadID `json:"upload"`
	work.Mandate
}

// ByProvider reports whether the work of the job was asked for by somebody of a provider.
func ByProvider(j job.Job) bool {
	var o order
	if err := json.Unmarshal([]byte(j.Payload), &o); err != nil {
		return false
	}
	for _, r := range o.Roles {
		if r.Role == access.RoleProviderUser {
			return true
		}
	}
	return false
}

// ReportOf reads the report of a job that takes in a file; false for one that has none yet.
func ReportOf(j job.Job) (Report, bool) {
	var out Report
	return out, json.Unmarshal([]byte(j.Report), &out) == nil
}

// Batch makes the batch of an upload. A fault is one of the file as a whole.
func (s *Service) Batch(u supply.Upload, c intake.Content) (batch.Batch, error) {
	return c.Batch(u.Provider, s.Places, s.Clock.Today())
}

// Confirm takes in a file that the actor has said yes to: at once when it is small, and then
// it answers no job; else as a job, which it answers. One that is being taken in already
// answers that job.
func (s *Service) Confirm(ctx context.Context, actor access.Actor, u supply.UploadID, b batch.Batch) (job.ID, error) {
	if b.Lines() <= AtOnce {
		if _, err := s.Batches.Import(ctx, actor, b); err != nil {
			return "", err
		}
		return "", s.Supply.Discard(ctx, actor, u)
	}
	if err := s.Batches.Takes(actor, b); err != nil {
		return "", err
	}
	var out job.ID
	err := s.Supply.Write(ctx, func(tx *db.Tx) error {
		living, err := job.Living(ctx, tx, Job, string(u))
		if !fault.Is(err, fault.NotFound) {
			out = living.ID
			return err
		}
		now := s.Clock.Now()
		audit.Record(tx, now, actor, supply.ActionConfirmImport, audit.Subject{Kind: "supply_import", ID: string(u)})
		out, err = job.Add(ctx, tx, now, job.New{Kind: Job, Key: string(u), Payload: order{u, work.MandateOf(actor)}, By: actor.Label()})
		return err
	})
	if err != nil {
		return "", fmt.Errorf("import %s: confirm: %w", u, err)
	}
	return out, nil
}

// Living is the job that takes in the file now or soon, or NotFound.
func (s *Service) Living(ctx context.Context, u supply.UploadID) (job.ID, error) {
	var out job.Job
	err := s.Supply.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = job.Living(ctx, tx, Job, string(u))
		return err
	})
	return out.ID, err
}

// errNoFile ends the work with a file that is gone.
var errNoFile = fault.Missing()

// Work does the job. What it took in before it was killed is unchanged the next time, so it
// goes on from there. When the role or the file is gone it stops itself, with what it has
// come to in the report.
func (s *Service) Work(ctx context.Context, run *job.Run) error {
	var o order
	if err := run.Into(&o); err != nil {
		return err
	}
	r := Report{Upload: o.Upload}
	err := s.work(ctx, run, o, &r)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, work.ErrNoRole):
		r.End = NoRole
	case errors.Is(err, errNoFile):
		r.End = NoFile
	default:
		return err
	}
	if said := say(run, r); said != nil {
		return said
	}
	return fmt.Errorf("%w: %w", job.ErrCancelled, err)
}

func (s *Service) work(ctx context.Context, run *job.Run, o order, r *Report) error {
	who := func(ctx context.Context, tx *db.Tx) (access.Actor, error) {
		return o.Actor(ctx, tx, s.ActorIn, access.RoleProviderUser, access.RoleCaseOfficer, access.RoleSysadmin)
	}
	actor, b, err := s.open(ctx, o.Upload, who)
	if err != nil {
		return err
	}
	told := func(done int, p batch.Plan) error {
		r.New, r.Changed, r.Unchanged, r.Refused = p.Count(batch.LineNew), p.Count(batch.LineChanged), p.Count(batch.LineUnchanged), p.Count(batch.LineRefused)
		r.Left = len(b.Programmes) - done
		if err := say(run, *r); err != nil {
			return err
		}
		return run.Progress(ctx, done, len(b.Programmes))
	}
	if err := told(0, batch.Plan{}); err != nil {
		return err
	}
	if _, err := s.Batches.ImportWith(ctx, actor, b, batch.Steps{Who: who, Told: told}); err != nil {
		return err
	}
	return s.Supply.Discard(ctx, actor, o.Upload)
}

// open finds the file as whoever confirmed it.
func (s *Service) open(ctx context.Context, upload supply.UploadID, who func(context.Context, *db.Tx) (access.Actor, error)) (actor access.Actor, b batch.Batch, err error) {
	if err = s.Supply.Read(ctx, func(tx *db.Tx) error { actor, err = who(ctx, tx); return err }); err != nil {
		return actor, b, err
	}
	u, err := s.Supply.Kept(ctx, actor, upload)
	if fault.Is(err, fault.NotFound) {
		return actor, b, errNoFile
	}
	if err != nil {
		return actor, b, err
	}
	c, err := intake.Decode(u.Content)
	if err != nil {
		return actor, b, err
	}
	b, err = s.Batch(u, c)
	return actor, b, err
}

// say puts the report in the job.
func say(run *job.Run, r Report) error {
	text, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("import %s: report: %w", r.Upload, err)
	}
	run.Say(string(text))
	return nil
}
