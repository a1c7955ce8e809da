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

// Deps is what the room needs.
type Deps struct {
	DB        *db.DB
	Clock     clock.Clock
	Offerings Offerings
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

// promoting gives free places to those who wait.
var promoting = access.SystemActor("admission")

// NominatorRoles may nominate people of their own organisation; AdviserRoles those of
// organisations that have given theirs a mandate.
func NominatorRoles() []access.Role {
	return []access.Role{access.RoleOrgMember, access.RoleMunicipalLead, access.RoleIntermediary, access.RoleCaseOfficer, access.RoleProviderUser}
}

// AdviserRoles may act for others by mandate.
func AdviserRoles() []access.Role {
	return []access.Role{access.RoleIntermediary, access.RoleMunicipalLead, access.RoleCaseOfficer}
}

// Applying is what is applied with. Person is nil for who applies for herself; Contact is
// then how she wants to be reached. WantedFrom is the first day she can start, zero for as
// soon as can be.
type Applying struct {
	Person       *Person
	Contact      string
	Employer     access.OrgID
	Need         string
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
		now := s.Clock.Now()
		t, err := taken(ctx, tx, offering)
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
		a.ID, a.Offering, a.Programme, a.Provider = id.New[Application](), e.Offering, e.Programme, e.Provider
		a.AppliedAt, a.AnswerDue, a.WantedFrom, a.Promised, a.Starts, a.Version = now, e.answerDue(now.Date()), in.WantedFrom, starts, starts, 1
		if a.State == Admitted {
			a.AnsweredAt = now
		}
		if err := s.add(ctx, tx, actor, e, &a); err != nil {
			return err
		}
		out = a
		return s.tell(ctx, tx, actor, a)
	})
}

// add stores a new application.
func (s *Service) add(ctx context.Context, tx *db.Tx, actor access.Actor, e Entry, a *Application) error {
	number, key, err := series.Next(ctx, tx, letter, a.AppliedAt.Date().Year())
	if err != nil {
		return err
	}
	a.Number = number
	var nr *int64
	if a.State == Queued {
		last, err := db.Scalar[int64](ctx, tx, lastQueued, a.Offering)
		if err != nil {
			return err
		}
		a.QueueNr = last + 1
		nr = &a.QueueNr
	}
	_, err = db.Exec(ctx, tx, insertApplication, a.ID, number, key, a.Offering, a.Programme, a.Provider, a.Applicant, true, a.Employer, id.Of[thing](a.Need), a.Municipality, a.State,
		a.AppliedAt, a.AnswerDue, a.AnsweredAt, a.WantedFrom, a.Promised, a.Starts, nr, actor.Label())
	if fault.Is(err, fault.Conflict) {
		return fault.New(fault.Conflict, "admission.error.again")
	}
	if err == nil {
		_, err = db.Exec(ctx, tx, insertPerson, a.ID, a.Person.Name, a.Person.Contact)
	}
	if err != nil {
		return fmt.Errorf("application: %w", err)
	}
	a.Ball = s.ball(*a)
	if err := flow.StartIn(ctx, tx, Flow(), a.State, string(a.ID), number+" · "+e.Title, a.Ball, actor, a.AppliedAt); err != nil {
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
	out := Application{Employer: in.Employer, Need: in.Need, Municipality: in.Municipality}
	var fs fault.Fields
	if in.Person == nil {
		if actor.Account == "" || !actor.Has(access.RolePerson) {
			return out, fault.InvalidField("person", "form.error.required")
		}
		out.Applicant, out.Person = actor.Account, Person{Contact: text.CleanLine(in.Contact)}
		fs.Text("contact", out.Person.Contact, MaxContact, false)
		return out, fs.Err()
	}
	out.Person = *in.Person
	out.Person.tidy(&fs)
	if err := fs.Err(); err != nil {
		return out, err
	}
	if actor.IsSystem() || actor.HasAt(e.Provider, access.RoleProviderUser) || in.Employer != "" && actor.HasAt(in.Employer, NominatorRoles()...) {
		return out, nil
	}
	for _, mine := range actor.Orgs(AdviserRoles()...) {
		if in.Employer == "" {
			break
		}
		if ok, err := org.HasMandate(ctx, tx, mine, in.Employer, s.Clock.Today()); err != nil || ok {
			return out, err
		}
	}
	return out, fault.InvalidField("employer", "admission.error.no_mandate")
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
		if a.Applicant == "" {
			return flow.Ball{Party: flow.Employer, Org: a.Employer, Due: due}
		}
		return flow.Ball{Party: flow.Learner, Account: a.Applicant, Due: due}
	}
	return flow.Ball{}
}

func (s *Service) tell(ctx context.Context, tx *db.Tx, actor access.Actor, a Application) error {
	for _, moved := range s.Moved {
		if err := moved(ctx, tx, actor, a); err != nil {
			return err
		}
	}
	return nil
}
