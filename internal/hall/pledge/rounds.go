package pledge

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/few"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
)

// SetDue sets the last day to pledge; zero takes it away. Who looks after the pooled need
// may. version is the one that the actor saw.
func (s *Service) SetDue(ctx context.Context, actor access.Actor, of need.PoolID, version int64, due clock.Date) error {
	if !due.IsZero() && due.Before(s.Clock.Today()) {
		return fault.InvalidField("due", "pledge.error.past")
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		p, r, err := s.collecting(ctx, tx, of)
		if err == nil && !pool.CanSteer(actor, p) {
			err = fault.New(fault.Denied, "fault.denied")
		}
		if err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, dueRound, due, r.ID, version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionDue, subject(r.ID), audit.Field("due", r.Due, due))
		if r.State != Collecting {
			return nil
		}
		r.Due = due
		return flow.Pass(ctx, tx, flowOf(r.ID), s.ball(p, r, r.State))
	})
}

// collecting is the pooled need with its open round: Conflict when it has none.
func (s *Service) collecting(ctx context.Context, tx *db.Tx, of need.PoolID) (pool.Pool, Round, error) {
	p, err := pool.Load(ctx, tx, of)
	if err != nil {
		return p, Round{}, err
	}
	row, err := db.Get[roundRow](ctx, tx, openRound, of)
	if fault.Is(err, fault.NotFound) {
		err = fault.New(fault.Conflict, "pledge.error.none")
	}
	return p, Round(row), err
}

// Starting is that the provider starts: the first day, and why, where fewer seats are
// binding than are needed.
type Starting struct {
	Version int64
	Day     clock.Date
	Note    string
}

// Start ends the round with a start. The provider that follows up the pooled need may;
// with fewer binding seats than needed it says why.
func (s *Service) Start(ctx context.Context, actor access.Actor, of need.PoolID, in Starting) error {
	var fs fault.Fields
	in.Note = text.CleanMultiline(in.Note)
	fs.Text("note", in.Note, MaxNote, false)
	switch {
	case in.Day.IsZero():
		fs.Add("day", "form.error.required")
	case in.Day.Before(s.Clock.Today()):
		fs.Add("day", "pledge.error.past")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		p, r, err := s.collecting(ctx, tx, of)
		switch {
		case err != nil:
			return err
		case !actor.IsSystem() && (p.Provider == "" || !actor.HasAt(p.Provider, access.RoleProviderUser)):
			return fault.New(fault.Denied, "fault.denied")
		case r.Version != in.Version:
			return fault.New(fault.Stale, "fault.stale")
		}
		all, err := liveOf(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		if in.Note == "" && sum(all).Binding < p.MinToStart {
			return fault.InvalidField("note", "pledge.error.not_binding", "n", Missing(p.MinToStart, sum(all).Binding))
		}
		if err := s.finish(ctx, tx, actor, r, Started, in.Note, []flow.Party{flow.Provider}); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionStart, subject(r.ID), audit.Field("state", r.State, Started), audit.Field("day", "", in.Day))
		return db.ExecOne(ctx, tx, startRound, in.Day, r.ID, r.Version)
	})
}

// End ends the round without a start. Who looks after the pooled need may, and says why.
func (s *Service) End(ctx context.Context, actor access.Actor, of need.PoolID, version int64, note string) error {
	var fs fault.Fields
	note = text.CleanMultiline(note)
	fs.Text("note", note, MaxNote, true)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		p, r, err := s.collecting(ctx, tx, of)
		switch {
		case err != nil:
			return err
		case !pool.CanSteer(actor, p):
			return fault.New(fault.Denied, "fault.denied")
		case r.Version != version:
			return fault.New(fault.Stale, "fault.stale")
		}
		if err := s.finish(ctx, tx, actor, r, Lapsed, note, []flow.Party{flow.Adviser}); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionEnd, subject(r.ID), audit.Field("state", r.State, Lapsed))
		return nil
	})
}

// finish moves the round to an end, and its pledges with it. That a started round has its
// day is for the caller to store.
func (s *Service) finish(ctx context.Context, tx *db.Tx, actor access.Actor, r Round, to flow.State, note string, as []flow.Party) error {
	if err := flow.Move(ctx, tx, Flow(), flow.Request{Subject: flowOf(r.ID), From: r.State, To: to, As: as, Note: note}, actor, s.Clock.Now()); err != nil {
		return err
	}
	end := used
	if to == Lapsed {
		end = lapsed
		if err := db.ExecOne(ctx, tx, endRound, r.ID, r.Version); err != nil {
			return err
		}
	}
	_, err := db.Exec(ctx, tx, endPledges, end, r.ID)
	return err
}

// Daily ends the pledges whose last day has passed, and makes the figures that are open to
// all.
func (s *Service) Daily(ctx context.Context) error {
	var open []RoundID
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		open = nil
		now := s.Clock.Now()
		gone, err := list(db.List[pledgeRow](ctx, tx, overdue, now.Date()))
		if err != nil {
			return err
		}
		for _, p := range gone {
			if err := s.drop(ctx, tx, p, expired); err != nil {
				return err
			}
			audit.Record(tx, now, counting, ActionExpire, subject(p.Round), audit.Field("seats", p.Seats, 0))
			if err := s.weighRound(ctx, tx, p.Round); err != nil {
				return err
			}
		}
		rows, err := db.List[roundRow](ctx, tx, openRounds)
		for _, r := range rows {
			open = append(open, r.ID)
		}
		return err
	})
	for _, r := range open {
		if err == nil {
			err = s.DB.Write(ctx, func(tx *db.Tx) error { return s.publish(ctx, tx, r) })
		}
	}
	return err
}

// publish makes the open figure of a round, when the rule of few lets it; else the last
// one stands.
func (s *Service) publish(ctx context.Context, tx *db.Tx, r RoundID) error {
	all, err := liveOf(ctx, tx, r)
	if err != nil {
		return err
	}
	before, err := editions(ctx, tx, r)
	if err != nil {
		return err
	}
	now := edition{seats: sum(all).Counted(), sources: sources(all), asOf: s.Clock.Now()}
	var earlier []few.Sources
	for _, e := range before {
		earlier = append(earlier, e.sources)
	}
	if n := len(before); n > 0 && before[n-1].seats == now.seats || !few.May(earlier, now.sources) {
		return nil
	}
	return putEdition(ctx, tx, r, len(before)+1, now)
}
