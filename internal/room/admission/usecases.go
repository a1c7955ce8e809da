package admission

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/series"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// Deps is what the room needs. NeedOf is whose a need is, for an actor who may know of it,
// else NotFound; Municipality reports whether there is one with the number.
type Deps struct {
	DB           *db.DB
	Clock        clock.Clock
	Offerings    Offerings
	NeedOf       func(ctx context.Context, tx *db.Tx, actor access.Actor, need NeedID) (access.OrgID, error)
	Municipality func(number string) bool
}

// Service is the use cases of admission.
type Service struct {
	Deps
	// Moved are told of each move, and of each application that is made, in the same
	// transaction: of the application as it has become.
	Moved []func(ctx context.Context, tx *db.Tx, actor access.Actor, a Application) error
}

// New makes the room.
func New(d Deps) *Service { return &Service{Deps: d} }

// letter begins the number of an application.
const letter = "S"

// Applying is what is applied with. Person is nil for who applies for herself; Contact is
// then how she wants to be reached. EmployerSees lets the employer that she names know of
// it. WantedFrom is the first day she can start, zero for as soon as can be.
type Applying struct {
	Person       *Person
	Contact      string
	Employer     access.OrgID
	EmployerSees bool
	Need         NeedID
	Municipality string
	WantedFrom   clock.Date
}

// Apply applies for a place: a person for herself, an employer (or the adviser with its
// mandate) for one of its people, the provider for one who called. It answers the
// application as it stands: admitted, applied or queued. Full without a queue, applied
// already, and an offering that does not take applications here now are Conflict.
func (s *Service) Apply(ctx context.Context, actor access.Actor, offering string, in Applying) (Application, error) {
	var out Application
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		e, err := s.Offerings.Entry(ctx, tx, actor, offering)
		switch {
		case err != nil:
			return err
		case e.Refusal != nil:
			return e.Refusal
		}
		a, err := s.whose(ctx, tx, actor, e, in)
		if err != nil {
			return err
		}
		t, err := s.let(ctx, tx, e)
		if err != nil {
			return err
		}
		if a.State, err = e.begins(t); err != nil {
			return err
		}
		starts, ok := e.First(in.WantedFrom)
		if !ok && a.State != Queued { // who waits may not know yet
			return fault.InvalidField("start_from", "admission.error.no_start")
		}
		a.ID, a.Offering, a.Programme, a.Title, a.Provider = id.New[Application](), e.Offering, e.Programme, e.Title, e.Provider
		a.AppliedAt, a.WantedFrom, a.Version = s.Clock.Now(), in.WantedFrom, 1
		if a.State != Queued {
			a.AnswerDue, a.Promised, a.Starts = e.answerDue(a.AppliedAt.Date()), starts, starts
		}
		if a.State == Admitted {
			a.AnsweredAt = a.AppliedAt
		}
		if err := s.add(ctx, tx, actor, &a); err != nil {
			return err
		}
		if a.Mine, err = s.parties(ctx, tx, actor, a); err != nil {
			return err
		}
		out = a
		return s.tell(ctx, tx, actor, a)
	})
}

// let gives the places that are free to those who wait already, and counts.
func (s *Service) let(ctx context.Context, tx *db.Tx, e Entry) (Taken, error) {
	t, err := taken(ctx, tx, e.Offering)
	if err != nil || t.Queued == 0 || e.free(t) == 0 {
		return t, err
	}
	if err := s.promote(ctx, tx, e); err != nil {
		return t, err
	}
	return taken(ctx, tx, e.Offering)
}

// add stores a new application.
func (s *Service) add(ctx context.Context, tx *db.Tx, actor access.Actor, a *Application) error {
	number, key, err := series.Next(ctx, tx, letter, a.AppliedAt.Date().Year())
	if err != nil {
		return err
	}
	a.Number = number
	if a.State == Queued {
		if a.QueueNr, err = nextInQueue(ctx, tx, a.Offering); err != nil {
			return err
		}
	}
	_, err = db.Exec(ctx, tx, insertApplication, a.ID, number, key, a.Offering, a.Programme, a.Provider, a.Applicant, true, a.Employer, a.EmployerSees, a.RepresentedBy, a.Need,
		a.Municipality, a.State, a.AppliedAt, a.AnswerDue, a.AnsweredAt, a.WantedFrom, a.Promised, a.Starts, queueNr(*a), actor.Label())
	if fault.Is(err, fault.Conflict) {
		return fault.New(fault.Conflict, "admission.error.again")
	}
	if err == nil {
		_, err = db.Exec(ctx, tx, insertPerson, a.ID, a.Person.Name, a.Person.Contact)
	}
	if err == nil && a.Applicant == "" {
		_, err = db.Exec(ctx, tx, insertLink, a.ID, id.Token(tokenBytes), a.AppliedAt)
	}
	if err != nil {
		return fmt.Errorf("application: %w", err)
	}
	a.Ball = s.ball(*a)
	if err := flow.StartIn(ctx, tx, Flow(), a.State, string(a.ID), number+separator+a.Title, a.Ball, actor, a.AppliedAt); err != nil {
		return err
	}
	audit.Record(tx, a.AppliedAt, actor, ActionApply, subject(a.ID), audit.Field("offering", "", a.Offering), audit.Field("state", "", a.State))
	return s.count(ctx, tx, a.Offering)
}

// count tells the room of supply how many came in here.
func (s *Service) count(ctx context.Context, tx *db.Tx, offering string) error {
	t, err := taken(ctx, tx, offering)
	if err != nil {
		return err
	}
	return s.Offerings.SetTaken(ctx, tx, offering, t)
}

// whose fills in for whom it is, or refuses an actor who may not apply for her.
func (s *Service) whose(ctx context.Context, tx *db.Tx, actor access.Actor, e Entry, in Applying) (Application, error) {
	out := Application{Employer: in.Employer, Municipality: in.Municipality}
	var fs fault.Fields
	if in.Municipality != "" && !s.Municipality(in.Municipality) {
		fs.Add("municipality", "form.error.choice")
	}
	if in.Employer != "" {
		if _, err := org.Get(ctx, tx, in.Employer); fault.Is(err, fault.NotFound) {
			fs.Add("employer", "form.error.choice")
		} else if err != nil {
			return out, err
		}
	}
	var err error
	if in.Person == nil {
		err = s.herself(ctx, tx, actor, in, &out, &fs)
	} else {
		err = s.nominated(ctx, tx, actor, e, in, &out, &fs)
	}
	if err != nil {
		return out, err
	}
	if in.Need != "" {
		if err := s.meets(ctx, tx, actor, out, in.Need, &fs); err != nil {
			return out, err
		}
		out.Need = in.Need
	}
	return out, fs.Err()
}

// herself is for who applies for herself; her name is the account's.
func (s *Service) herself(ctx context.Context, tx *db.Tx, actor access.Actor, in Applying, out *Application, fs *fault.Fields) error {
	if actor.Account == "" || !actor.Has(access.RolePerson) {
		fs.Add("person", "form.error.required")
		return nil
	}
	name, err := db.Get[string](ctx, tx, nameOfAccount, actor.Account)
	if err != nil {
		return fmt.Errorf("application: account %s: %w", actor.Account, err)
	}
	out.Applicant, out.EmployerSees = actor.Account, in.EmployerSees && in.Employer != ""
	out.Person = Person{Name: name, Contact: text.CleanLine(in.Contact)}
	fs.Text("contact", out.Person.Contact, MaxContact, false)
	return nil
}

// nominated is for who somebody else applies for.
func (s *Service) nominated(ctx context.Context, tx *db.Tx, actor access.Actor, e Entry, in Applying, out *Application, fs *fault.Fields) error {
	out.Person = *in.Person
	out.Person.tidy(fs)
	var err error
	if out.RepresentedBy, out.EmployerSees, err = s.actsFor(ctx, tx, actor, in.Employer); err != nil {
		return err
	}
	switch {
	case out.EmployerSees, actor.IsSystem(), actor.HasAt(e.Provider, access.RoleProviderUser):
	case in.Employer == "":
		fs.Add("employer", "form.error.required")
	default:
		fs.Add("employer", "admission.error.no_mandate")
	}
	if fs.Err() != nil {
		return nil
	}
	number, err := db.Get[string](ctx, tx, sameLive, e.Offering, out.Person.Name, out.Person.Contact, string(in.Employer))
	switch {
	case fault.Is(err, fault.NotFound):
		return nil
	case err != nil:
		return fmt.Errorf("application: %w", err)
	}
	return fault.New(fault.Conflict, "admission.error.same", "number", number)
}

// meets refuses a need that the application cannot meet: it must be the employer's that
// nominates her.
func (s *Service) meets(ctx context.Context, tx *db.Tx, actor access.Actor, a Application, need NeedID, fs *fault.Fields) error {
	owner, err := s.NeedOf(ctx, tx, actor, need)
	switch {
	case fault.Is(err, fault.NotFound):
		fs.Add("need", "form.error.choice")
	case err != nil:
		return err
	case !a.isNominated() || owner != a.Employer:
		fs.Add("need", "admission.error.not_its_need")
	}
	return nil
}

// ball is who has to act on the application as it stands.
func (s *Service) ball(a Application) flow.Ball {
	def, _ := Flow().State(a.State)
	switch a.State {
	case Applied:
		return flow.Ball{Party: flow.Provider, Org: a.Provider, Due: a.AnswerDue}
	case Admitted:
		return flow.Ball{Party: flow.Provider, Org: a.Provider, Due: a.Starts}
	case Started:
		return flow.Ball{Party: flow.Provider, Org: a.Provider, Due: a.ExpectedEnd}
	case Queued:
		return flow.Ball{Party: flow.Provider, Org: a.Provider}
	case Offered:
		due := def.Due(s.Clock.Today())
		if due.After(a.Starts) && !a.Starts.IsZero() {
			due = a.Starts
		}
		return s.hers(a, due)
	}
	return flow.Ball{}
}

// hers is the ball of who answers for the one it is for.
func (s *Service) hers(a Application, due clock.Date) flow.Ball {
	switch {
	case a.Applicant != "":
		return flow.Ball{Party: flow.Learner, Account: a.Applicant, Due: due}
	case a.RepresentedBy != "":
		return flow.Ball{Party: flow.Employer, Org: a.RepresentedBy, Due: due}
	case a.isNominated():
		return flow.Ball{Party: flow.Employer, Org: a.Employer, Due: due}
	}
	return flow.Ball{Party: flow.Provider, Org: a.Provider, Due: due}
}

func (s *Service) tell(ctx context.Context, tx *db.Tx, actor access.Actor, a Application) error {
	for _, moved := range s.Moved {
		if err := moved(ctx, tx, actor, a); err != nil {
			return err
		}
	}
	return nil
}
