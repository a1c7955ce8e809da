package upload

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/work"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/job"
)

// AtOnce is the most rows that are stored while their owner waits: that takes a second
// at most, and he comes straight to what became of them. More is work in the background.
const AtOnce = 100

// Portion is how many rows are stored in a transaction. Others can write between two of
// them, and what is stored stays when the work is stopped.
const Portion = 25

// Job is the kind of the jobs that store sheets of the use.
func (u Use) Job() job.Kind { return job.Kind(u.Kind + ".import") }

// Rows are a sheet that has been read. Write is the transaction of the room whose things
// become of them. Store stores the good ones of the rows from, to (not included), and
// leaves those that are here already: a row that is stored twice is there once.
type Rows struct {
	N     int
	Write func(ctx context.Context, fn func(tx *db.Tx) error) error
	Store func(ctx context.Context, tx *db.Tx, actor access.Actor, from, to int) (Tally, error)
}

// Storing stores confirmed sheets, portion by portion.
type Storing struct {
	Sheets  *Service
	ActorIn work.ActorIn
	// Open reads a sheet; one with too many rows is TooLarge.
	Open func(ctx context.Context, actor access.Actor, u Upload) (Rows, error)
	// Fits refuses a sheet with too many rows before it is read.
	Fits func(rows int) error
}

// End is why storing ended before all rows were gone through.
type End string

// The ends: none; the role that it was confirmed in holds no more; the sheet is thrown
// away.
const (
	Through End = ""
	NoRole  End = "role"
	NoSheet End = "sheet"
)

// Report is what came of the job that stores a sheet. Stored is how many things have
// become of the sheet, Wrong how many rows could not be taken, Left how many were not
// come to.
type Report struct {
	Upload              ID
	Stored, Wrong, Left int
	End                 End
}

// order is the payload of the job: who confirmed which sheet.
type order struct {
	Upload ID `json:"upload"`
	work.Mandate
}

// ReportOf reads the report of a job that stores a sheet; false for one that has none yet.
func ReportOf(j job.Job) (Report, bool) {
	var out Report
	return out, json.Unmarshal([]byte(j.Report), &out) == nil
}

// Confirm stores the rows of a sheet that the actor has said yes to: at once when there
// are few, and then it answers no job; else as a job, which it answers. One that is being
// stored already answers that job.
func (s Storing) Confirm(ctx context.Context, actor access.Actor, u Upload) (job.ID, error) {
	if err := s.Sheets.use.May(actor); err != nil {
		return "", err
	}
	o, n := order{Upload: u.ID, Mandate: work.MandateOf(actor)}, len(u.Chosen().Data())
	if err := s.Fits(n); err != nil {
		return "", err
	}
	if n <= AtOnce {
		rows, err := s.Open(ctx, actor, u)
		if err != nil {
			return "", err
		}
		_, err = s.store(ctx, o, u, rows, func(int, Report) error { return nil })
		return "", err
	}
	var out job.ID
	err := s.Sheets.db.Write(ctx, func(tx *db.Tx) error {
		living, err := job.Living(ctx, tx, s.Sheets.use.Job(), string(u.ID))
		if err == nil {
			out = living.ID
			return nil
		}
		if !fault.Is(err, fault.NotFound) {
			return err
		}
		now := s.Sheets.clock.Now()
		audit.Record(tx, now, actor, s.Sheets.use.Actions.Confirm, s.Sheets.subject(u.ID))
		out, err = job.Add(ctx, tx, now, job.New{Kind: s.Sheets.use.Job(), Key: string(u.ID), Payload: o, By: actor.Label()})
		return err
	})
	if err != nil {
		return "", fmt.Errorf("import %s: confirm: %w", u.ID, err)
	}
	return out, nil
}

// Living is the job that stores the sheet now or soon, or NotFound.
func (s Storing) Living(ctx context.Context, u ID) (job.ID, error) {
	var out job.Job
	err := s.Sheets.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = job.Living(ctx, tx, s.Sheets.use.Job(), string(u))
		return err
	})
	return out.ID, err
}

// Work does the job. What it stored before it was killed is known again, so it goes on
// from there. When the role or the sheet is gone it stops itself, with what it has come
// to in the report.
func (s Storing) Work(ctx context.Context, run *job.Run) error {
	var o order
	if err := run.Into(&o); err != nil {
		return err
	}
	u, rows, err := s.open(ctx, o)
	if end := ended(err); end != Through {
		return say(run, Report{Upload: o.Upload, End: end}, err)
	}
	if err != nil {
		return err
	}
	r, err := s.store(ctx, o, u, rows, func(done int, r Report) error {
		if err := say(run, r, nil); err != nil {
			return err
		}
		return run.Progress(ctx, done, rows.N)
	})
	if r.End = ended(err); r.End != Through {
		return say(run, r, err)
	}
	return err
}

// say puts the report in the job, which stops when something has ended it.
func say(run *job.Run, r Report, end error) error {
	text, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("import %s: report: %w", r.Upload, err)
	}
	run.Say(string(text))
	if end != nil {
		return fmt.Errorf("%w: %w", job.ErrCancelled, end)
	}
	return nil
}

// errNoSheet ends the storing of a sheet that is gone, as work.ErrNoRole ends that of one
// who may not any more.
var errNoSheet = fault.Missing()

func ended(err error) End {
	switch {
	case errors.Is(err, work.ErrNoRole):
		return NoRole
	case errors.Is(err, errNoSheet):
		return NoSheet
	}
	return Through
}

// open finds the sheet and reads it as whoever confirmed it.
func (s Storing) open(ctx context.Context, o order) (Upload, Rows, error) {
	var actor access.Actor
	err := s.Sheets.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		actor, err = s.actor(ctx, tx, o)
		return err
	})
	if err != nil {
		return Upload{}, Rows{}, err
	}
	u, err := s.Sheets.Get(ctx, actor, o.Upload)
	if fault.Is(err, fault.NotFound) {
		return Upload{}, Rows{}, errNoSheet
	}
	if err != nil {
		return Upload{}, Rows{}, err
	}
	rows, err := s.Open(ctx, actor, u)
	return u, rows, err
}

// actor is who confirmed the sheet, as long as he may.
func (s Storing) actor(ctx context.Context, tx *db.Tx, o order) (access.Actor, error) {
	actor, err := o.Actor(ctx, tx, s.ActorIn, s.Sheets.use.Roles...)
	if err == nil && s.Sheets.use.May(actor) != nil {
		err = work.ErrNoRole
	}
	return actor, err
}

// store stores all rows and tells of each portion how far it has come.
func (s Storing) store(ctx context.Context, o order, u Upload, rows Rows, told func(done int, r Report) error) (Report, error) {
	r := Report{Upload: u.ID, Stored: u.Stored, Left: rows.N}
	if err := told(0, r); err != nil {
		return r, err
	}
	for from := 0; from < rows.N; from += Portion {
		to := min(from+Portion, rows.N)
		var tally Tally
		err := rows.Write(ctx, func(tx *db.Tx) error {
			actor, err := s.actor(ctx, tx, o)
			if err != nil {
				return err
			}
			if tally, err = rows.Store(ctx, tx, actor, from, to); err != nil || tally.OK == 0 {
				return err
			}
			return s.Sheets.stored(ctx, tx, actor, u.ID, tally.OK)
		})
		if err != nil {
			return r, fmt.Errorf("import %s: rows %d to %d: %w", u.ID, from, to, err)
		}
		r.Stored, r.Wrong, r.Left = r.Stored+tally.OK, r.Wrong+tally.Wrong, rows.N-to
		if err := told(to, r); err != nil {
			return r, err
		}
	}
	return r, nil
}

// stored notes, with the rows themselves, that n things have become of the sheet; one that
// its owner has thrown away meanwhile is not stored further.
func (s *Service) stored(ctx context.Context, tx *db.Tx, actor access.Actor, upload ID, n int) error {
	changed, err := db.Exec(ctx, tx, addStored, n, upload, actor.Account, s.use.Kind)
	if err != nil {
		return err
	}
	if changed == 0 {
		return errNoSheet
	}
	audit.Record(tx, s.clock.Now(), actor, s.use.Actions.Stored, s.subject(upload), audit.Field("stored", "", n))
	return nil
}
