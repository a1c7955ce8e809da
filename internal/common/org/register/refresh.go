package register

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// dueAfter is how old a reading is before the next night renews it.
const dueAfter = 20 * time.Hour

// Report tells what a refresh did.
type Report struct {
	Asked, Closed, Reopened, Renamed, Moved, Unknown int
	// Left are due and were not come to.
	Left int
}

// Progress is told after each organisation how many of how many are done.
type Progress func(done, all int)

// Refresh asks the register about organisations with a number that have not
// been asked about for a day, longest ago first, at most that many, one at a
// time with a pause between. What it has found is stored as it goes, so a
// refresh that is stopped, or meets a register that does not answer, goes on
// another time where it was; the latter is the fault Unavailable. The actor is
// the program.
func (s *Service) Refresh(ctx context.Context, actor access.Actor, most int, progress Progress) (Report, error) {
	var r Report
	if !actor.IsSystem() {
		return r, fault.New(fault.Denied, "fault.denied")
	}
	if !s.IsOn() {
		return r, nil
	}
	begun := s.Clock()
	all := -1
	for r.Asked < most {
		var next []org.Numbered
		err := s.DB.Read(ctx, func(tx *db.Tx) error {
			var err error
			next, r.Left, err = org.Due(ctx, tx, clock.At(begun.Add(-dueAfter)))
			return err
		})
		if err != nil || len(next) == 0 {
			return r, err
		}
		if all < 0 {
			all = min(r.Left, most)
		}
		for _, o := range next[:min(len(next), most-r.Asked)] {
			if err := s.refresh(ctx, actor, o, &r); err != nil {
				return r, fmt.Errorf("register: refresh %s: %w", o.ID, err)
			}
			r.Left--
			if progress != nil {
				progress(r.Asked, all)
			}
			if err := s.pause(ctx); err != nil {
				return r, err
			}
		}
	}
	return r, nil
}

func (s *Service) pause(ctx context.Context) error {
	if s.Pace <= 0 {
		return ctx.Err()
	}
	select {
	case <-time.After(s.Pace):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// refresh asks about one. It passes the rest that look-ups keep: a refresh
// that meets trouble ends at once.
func (s *Service) refresh(ctx context.Context, actor access.Actor, o org.Numbered, r *Report) error {
	u, err := s.Source.Unit(ctx, o.OrgNo)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, brreg.ErrRefused):
		u = brreg.Unit{OrgNo: o.OrgNo, State: brreg.Unknown, Employees: -1}
	case err != nil:
		return fault.Wrap(fault.Unavailable, "register.unreachable", err)
	}
	now := s.Clock.Now()
	var was org.Standing
	var followed org.Followed
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		var err error
		if was, err = org.StandingOf(ctx, tx, o.ID); err != nil {
			return err
		}
		if followed, err = s.Orgs.StandIn(ctx, tx, actor, o.ID, standing(u, now)); err != nil {
			return err
		}
		return keepUnit(ctx, tx, u, now)
	})
	if err != nil {
		return err
	}
	r.Asked++
	r.count(was.IsClosed(), u.State, followed)
	return nil
}

func (r *Report) count(wasClosed bool, now brreg.State, f org.Followed) {
	switch {
	case now == brreg.Unknown:
		r.Unknown++
	case now.IsClosed() && !wasClosed:
		r.Closed++
	case !now.IsClosed() && wasClosed:
		r.Reopened++
	}
	if f.Name {
		r.Renamed++
	}
	if f.Municipality {
		r.Moved++
	}
}
