package admission

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
)

// Moving is a move to be made. From is the state that the mover saw, empty for any. Day is
// the day she is to start, for a place that is given, zero for the first she can; else the
// day it happened, zero for today. ExpectedEnd is told when she starts.
type Moving struct {
	To          flow.State
	From        flow.State
	Note        string
	Day         clock.Date
	ExpectedEnd clock.Date
}

// check refuses days that cannot be, and fills in today.
func (m Moving) check(a Application, today clock.Date) (Moving, error) {
	var fs fault.Fields
	m.Note = text.CleanMultiline(m.Note)
	fs.Text("note", m.Note, MaxNote, false)
	switch {
	case isGiven(m.To):
		if !m.Day.IsZero() && m.Day.Before(today) {
			fs.Add("day", "admission.error.past")
		}
		return m, fs.Err()
	case m.Day.IsZero():
		m.Day = today
	case m.Day.After(today):
		fs.Add("day", "admission.error.future")
	case m.Day.Before(a.AppliedAt.Date()):
		fs.Add("day", "admission.error.before_applied")
	case m.Day.Before(a.StartedOn):
		fs.Add("day", "admission.error.before_start")
	}
	if !m.ExpectedEnd.IsZero() && m.ExpectedEnd.Before(m.Day) {
		fs.Add("expected_end", "admission.error.before_start")
	}
	return m, fs.Err()
}

// Move moves an application. A place that becomes free goes to the first who waits in the
// same transaction; nobody is given one where none is free, which is Conflict.
func (s *Service) Move(ctx context.Context, actor access.Actor, of ID, m Moving) (Application, error) {
	var out Application
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		a, err := s.seen(ctx, tx, actor, of)
		if err != nil {
			return err
		}
		out, err = s.moveIn(ctx, tx, actor, a, m)
		return err
	})
}

// moveIn makes the move of who acts as a's parties, and gives away the place that it frees.
func (s *Service) moveIn(ctx context.Context, tx *db.Tx, actor access.Actor, a Application, m Moving) (Application, error) {
	if m.From != "" && m.From != a.State {
		return a, fault.New(fault.Stale, "flow.error.moved")
	}
	m, err := m.check(a, s.Clock.Today())
	if err != nil {
		return a, err
	}
	e, err := s.Offerings.Entry(ctx, tx, automatic, a.Offering)
	if err != nil {
		return a, err
	}
	if e.CalledOff && (isGiven(m.To) || m.To == Applied) {
		return a, fault.New(fault.Conflict, "admission.error.called_off")
	}
	if err := s.allows(ctx, tx, e, a, m); err != nil {
		return a, err
	}
	out, err := s.move(ctx, tx, actor, e, a, m)
	if err != nil {
		return a, err
	}
	return out, s.promote(ctx, tx, e)
}

// allows refuses a move that would undo itself: she is put into the queue only when somebody
// else waits who then gets the place, and an appeal is allowed only while she has no other
// application for the offering.
func (s *Service) allows(ctx context.Context, tx *db.Tx, e Entry, a Application, m Moving) error {
	switch {
	case a.State == Applied && m.To == Queued:
		t, err := taken(ctx, tx, a.Offering)
		if err == nil && (!e.Limited || t.Queued == 0) {
			err = fault.New(fault.Conflict, "admission.error.nobody_waits")
		}
		return err
	case a.State == Refused && m.To == Applied && a.Applicant != "":
		_, err := db.Get[ID](ctx, tx, ownLive, a.Offering, a.Applicant)
		switch {
		case err == nil:
			return fault.New(fault.Conflict, "admission.error.again")
		case !fault.Is(err, fault.NotFound):
			return err
		}
	}
	return nil
}

// move makes one move, and counts anew.
func (s *Service) move(ctx context.Context, tx *db.Tx, actor access.Actor, e Entry, a Application, m Moving) (Application, error) {
	if Holds(m.To) && !Holds(a.State) {
		t, err := taken(ctx, tx, a.Offering)
		if err != nil {
			return a, err
		}
		if e.free(t) == 0 {
			if a.State != Refused {
				return a, fault.New(fault.Conflict, "admission.error.full")
			}
			m.To = Queued // an appeal that is allowed: she gets the next place
		}
	}
	now, from := s.Clock.Now(), a.State
	if err := s.place(ctx, tx, actor, e, &a, m, now); err != nil {
		return a, err
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
func (s *Service) place(ctx context.Context, tx *db.Tx, actor access.Actor, e Entry, a *Application, m Moving, now clock.Time) error {
	from := a.State
	a.State, a.QueueNr = m.To, 0
	if a.AnsweredAt.IsZero() && (isGiven(m.To) || m.To == Refused) {
		a.AnsweredAt = now
	}
	var err error
	switch m.To {
	case Queued:
		a.AnswerDue, a.Promised, a.Starts = clock.Date{}, clock.Date{}, clock.Date{}
		if a.QueueNr, err = nextInQueue(ctx, tx, a.Offering); from == Refused && err == nil {
			if a.QueueNr, err = db.Scalar[int64](ctx, tx, headOfQueue, a.Offering); a.QueueNr == 0 {
				a.QueueNr = -1 // 0 is nobody's
			}
			a.Reason, a.EndedOn, a.AppealBy = "", clock.Date{}, clock.Date{}
		}
	case Offered, Admitted:
		err = s.start(e, a, m, from)
	case Started:
		a.StartedOn, a.ExpectedEnd = m.Day, m.ExpectedEnd
	case Refused:
		a.Reason, a.EndedOn = m.Note, m.Day
		a.AppealBy, err = s.appealBy(ctx, tx, actor, *a)
	case Interrupted:
		a.EndedOn = m.Day
		if from == Admitted { // the place is taken back before the start
			a.Reason = m.Note
			a.AppealBy, err = s.appealBy(ctx, tx, actor, *a)
		}
	case Completed, Withdrawn:
		a.EndedOn = m.Day
	case Applied: // an appeal was allowed: it is answered anew
		a.Reason, a.EndedOn, a.AppealBy = "", clock.Date{}, clock.Date{}
		a.AnswerDue, a.AnsweredAt = e.answerDue(now.Date()), clock.Time{}
	}
	return err
}

// start says when somebody starts to whom a place is given: on the day of the move, else on
// the day that was said if it is still to come, else on the first that she can. Who takes a
// place that was offered starts on the day that was offered with it.
func (s *Service) start(e Entry, a *Application, m Moving, from flow.State) error {
	switch {
	case from == Offered && !a.Starts.IsZero():
	case !m.Day.IsZero():
		a.Starts = m.Day
	case a.Starts.IsZero() || a.Starts.Before(s.earliest(e, m.To)):
		first, ok := s.first(e, *a, m.To)
		if !ok {
			return fault.InvalidField("day", "admission.error.no_start")
		}
		a.Starts = first
	}
	if a.Promised.IsZero() {
		a.Promised = a.Starts
	}
	return nil
}

// earliest is the first day on which somebody may start who is given a place today: who is
// offered one that starts any day has her days to take it first.
func (s *Service) earliest(e Entry, to flow.State) clock.Date {
	if to != Offered || !e.Rolls {
		return s.Clock.Today()
	}
	def, _ := Flow().State(Offered)
	return def.Due(s.Clock.Today())
}

// first is the first day on which she can start who is given a place today; false when there
// is none.
func (s *Service) first(e Entry, a Application, to flow.State) (clock.Date, bool) {
	wanted := a.WantedFrom
	if earliest := s.earliest(e, to); wanted.Before(earliest) {
		wanted = earliest
	}
	return e.First(wanted)
}

// appealBy is the last day to appeal against a refusal today, zero where nobody refused
// her or the provider is not of the public administration.
func (s *Service) appealBy(ctx context.Context, tx *db.Tx, actor access.Actor, a Application) (clock.Date, error) {
	rule, found := AppealRuleOn(s.Clock.Today())
	if !found || actor.IsSystem() {
		return clock.Date{}, nil
	}
	o, err := org.Get(ctx, tx, a.Provider)
	if err != nil || !canBeAppealed(o.Kind) {
		return clock.Date{}, err
	}
	return rule.by(s.Clock.Today()), nil
}
