package admission

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
)

// parties are what the actor may act as for the application.
func (s *Service) parties(actor access.Actor, a Application) []flow.Party {
	if actor.IsSystem() {
		return []flow.Party{flow.Provider, flow.Learner, flow.Employer}
	}
	var out []flow.Party
	if a.Applicant != "" && actor.Account == a.Applicant {
		out = append(out, flow.Learner)
	}
	if a.Applicant == "" && a.Employer != "" && actor.HasAt(a.Employer, NominatorRoles()...) {
		out = append(out, flow.Employer)
	}
	if actor.HasAt(a.Provider, access.RoleProviderUser) {
		out = append(out, flow.Provider)
	}
	return out
}

// seen is the application as the actor sees it, or NotFound.
func (s *Service) seen(ctx context.Context, tx *db.Tx, actor access.Actor, of ID) (Application, error) {
	a, err := load(ctx, tx, of)
	if err != nil {
		return a, err
	}
	if a.Mine = s.parties(actor, a); len(a.Mine) == 0 {
		return Application{}, fault.Missing()
	}
	return a, nil
}

// Moving is a move to be made. From is the state that the mover saw, empty for any; Day is
// the day she started or ended, zero for today; ExpectedEnd is told when she starts.
type Moving struct {
	To          flow.State
	From        flow.State
	Note        string
	Day         clock.Date
	ExpectedEnd clock.Date
}

// Move moves an application. A place that becomes free goes to the first who waits in the
// same transaction; nobody is given one where none is free, which is Conflict.
func (s *Service) Move(ctx context.Context, actor access.Actor, of ID, m Moving) (Application, error) {
	var fs fault.Fields
	m.Note = text.CleanMultiline(m.Note)
	fs.Text("note", m.Note, MaxNote, false)
	today := s.Clock.Today()
	if m.Day.After(today) {
		fs.Add("day", "admission.error.future")
	}
	if err := fs.Err(); err != nil {
		return Application{}, err
	}
	if m.Day.IsZero() {
		m.Day = today
	}
	var out Application
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		a, err := s.seen(ctx, tx, actor, of)
		switch {
		case err != nil:
			return err
		case m.From != "" && m.From != a.State:
			return fault.New(fault.Stale, "flow.error.moved")
		}
		e, err := s.Offerings.Entry(ctx, tx, access.SystemActor("admission"), a.Offering)
		if err != nil {
			return err
		}
		if out, err = s.move(ctx, tx, actor, e, a, m); err != nil {
			return err
		}
		return s.promote(ctx, tx, e)
	})
}

// move makes one move, and counts anew.
func (s *Service) move(ctx context.Context, tx *db.Tx, actor access.Actor, e Entry, a Application, m Moving) (Application, error) {
	if Holds(m.To) && !Holds(a.State) {
		t, err := taken(ctx, tx, a.Offering)
		if err != nil {
			return a, err
		}
		if e.free(t) == 0 {
			return a, fault.New(fault.Conflict, "admission.error.full")
		}
	}
	now, from := s.Clock.Now(), a.State
	s.place(ctx, tx, &a, m, now)
	if a.State == Queued && from != Queued {
		last, err := db.Scalar[int64](ctx, tx, lastQueued, a.Offering)
		if err != nil {
			return a, err
		}
		a.QueueNr = last + 1
	}
	a.Ball = s.ball(a)
	if err := flow.Move(ctx, tx, Flow(), flow.Request{Subject: flowOf(a.ID), From: from, To: m.To, As: a.Mine, Note: m.Note, Ball: a.Ball}, actor, now); err != nil {
		return a, err
	}
	if err := save(ctx, tx, a); err != nil {
		return a, err
	}
	a.Version++
	audit.Record(tx, now, actor, ActionMove, subject(a.ID), audit.Field("state", from, m.To))
	if err := s.count(ctx, tx, a.Offering); err != nil {
		return a, err
	}
	return a, s.tell(ctx, tx, actor, a)
}

// place puts the application in the state of the move.
func (s *Service) place(_ context.Context, _ *db.Tx, a *Application, m Moving, now clock.Time) {
	a.State = m.To
	if m.To != Queued {
		a.QueueNr = 0
	}
	if a.AnsweredAt.IsZero() && (m.To == Offered || m.To == Admitted || m.To == Refused) {
		a.AnsweredAt = now
	}
	switch m.To {
	case Started:
		a.StartedOn, a.ExpectedEnd = m.Day, m.ExpectedEnd
	case Refused:
		a.Reason, a.EndedOn = m.Note, m.Day
	case Completed, Interrupted, Withdrawn:
		a.EndedOn = m.Day
	case Applied:
		a.Reason, a.EndedOn = "", clock.Date{}
	}
}

// promote gives the places that are free to those who wait, in their order.
func (s *Service) promote(ctx context.Context, tx *db.Tx, e Entry) error {
	for e.Limited {
		t, err := taken(ctx, tx, e.Offering)
		if err != nil || e.free(t) == 0 || t.Queued == 0 {
			return err
		}
		first, err := db.Get[ID](ctx, tx, firstQueued, e.Offering)
		if err != nil {
			return err
		}
		a, err := load(ctx, tx, first)
		if err != nil {
			return err
		}
		to := Offered
		if e.Direct {
			to = Admitted
		}
		if starts, ok := e.First(a.WantedFrom); ok {
			a.Starts = starts
		}
		if _, err := s.move(ctx, tx, promoting, e, a, Moving{To: to, Day: s.Clock.Today()}); err != nil {
			return err
		}
	}
	return nil
}

// PlacesChanged is told that an offering has another number of places: those who wait may
// get in.
func (s *Service) PlacesChanged(ctx context.Context, tx *db.Tx, offering string) error {
	e, err := s.Offerings.Entry(ctx, tx, access.SystemActor("admission"), offering)
	if err != nil {
		return err
	}
	return s.promote(ctx, tx, e)
}
