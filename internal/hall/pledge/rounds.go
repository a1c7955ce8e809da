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
)

// SetDue sets the last day to pledge; zero takes it away. Who finds those who pledge may. version is the one that the actor saw.
func (s *Service) SetDue(ctx context.Context, actor access.Actor, of Ref, version int64, due clock.Date) error {
	if !due.IsZero() && due.Before(s.Clock.Today()) {
		return fault.InvalidField("due", "pledge.error.past")
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		t, r, err := s.collecting(ctx, tx, actor, of)
		if err == nil && !t.rights(actor).Steers {
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
		return flow.Pass(ctx, tx, flowOf(r.ID), s.ball(t, r, r.State))
	})
}

// collecting is what seats are gathered for, as far as the actor may know of it, with its
// open round: Conflict when it has none.
func (s *Service) collecting(ctx context.Context, tx *db.Tx, actor access.Actor, of Ref) (Target, Round, error) {
	t, err := s.load(ctx, tx, of)
	if err == nil && !t.rights(actor).Sees {
		err = fault.Missing()
	}
	if err != nil {
		return t, Round{}, err
	}
	r, err := getRoundBy(ctx, tx, openRound, of.ID)
	if fault.Is(err, fault.NotFound) {
		err = fault.New(fault.Conflict, "pledge.error.none")
	}
	return t, r, err
}

// Starting is that the provider starts: the first day, and why, where fewer seats are
// binding than are needed.
type Starting struct {
	Version int64
	Day     clock.Date
	Note    string
}

// Start ends the round with a start. The provider may; with fewer binding seats than needed
// it says why. Where the day is set already, it starts on that one.
func (s *Service) Start(ctx context.Context, actor access.Actor, of Ref, in Starting) error {
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
		t, r, err := s.collecting(ctx, tx, actor, of)
		switch {
		case err != nil:
			return err
		case !t.rights(actor).Starts:
			return fault.New(fault.Denied, "fault.denied")
		case !t.StartsOn.IsZero() && in.Day != t.StartsOn:
			return fault.InvalidField("day", "pledge.error.other_day", "date", t.StartsOn)
		case r.Version != in.Version:
			return fault.New(fault.Stale, "fault.stale")
		}
		all, err := liveOf(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		if short := Missing(t.Least, t.In()+sum(t.beyond(all)).Binding); in.Note == "" && short > 0 {
			return fault.InvalidField("note", "pledge.error.not_binding", "n", short)
		}
		if err := s.finish(ctx, tx, actor, r, Started, in.Note, []flow.Party{flow.Provider}); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionStart, subject(r.ID), audit.Field("state", r.State, Started), audit.Field("day", "", in.Day))
		return db.ExecOne(ctx, tx, startRound, in.Day, r.ID, r.Version)
	})
}

// End ends the round without a start. Who finds those who pledge may, and says why.
func (s *Service) End(ctx context.Context, actor access.Actor, of Ref, version int64, note string) error {
	var fs fault.Fields
	note = text.CleanMultiline(note)
	fs.Text("note", note, MaxNote, true)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		t, r, err := s.collecting(ctx, tx, actor, of)
		switch {
		case err != nil:
			return err
		case !t.rights(actor).Steers:
			return fault.New(fault.Denied, "fault.denied")
		case r.Version != version:
			return fault.New(fault.Stale, "fault.stale")
		}
		if err := s.finish(ctx, tx, actor, r, Lapsed, note, []flow.Party{t.finder()}); err != nil {
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

// Daily ends the pledges whose last day has passed and the rounds of what is over, and
// makes the figures that are open to all.
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
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := s.Weigh(ctx, tx, r.of()); err != nil {
				return err
			}
			open = append(open, r.ID)
		}
		return nil
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
	round, err := getRoundBy(ctx, tx, getRound, string(r))
	if err != nil {
		return err
	}
	t, err := s.load(ctx, tx, round.Of)
	if err != nil {
		return err
	}
	all, err := liveOf(ctx, tx, r)
	if err != nil {
		return err
	}
	all = t.beyond(all)
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
