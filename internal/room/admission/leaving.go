package admission

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

const (
	emptyPerson db.SQL = `UPDATE application_person SET name = '', contact = '' WHERE application = $1`
	dropLink    db.SQL = `DELETE FROM application_link WHERE application = $1`
	emptyEnded  db.SQL = `UPDATE application_person SET name = '', contact = '' WHERE (name <> '' OR contact <> '') AND application IN (SELECT id FROM application WHERE NOT live AND ended_on < $1 OR live AND COALESCE(expected_end, start_on, answer_due, wanted_from, applied_at) < $1)`
	dropEnded   db.SQL = `DELETE FROM application_link WHERE application IN (SELECT id FROM application WHERE NOT live AND ended_on < $1 OR live AND COALESCE(expected_end, start_on, answer_due, wanted_from, applied_at) < $1)`
	ofApplicant db.SQL = `SELECT id FROM application WHERE applicant = $1 ORDER BY number_key, id`
)

// Forget is what happens when an account is deleted: what nobody has decided is withdrawn,
// and the place goes to the next; of it, and of what she withdrew before, the name and how to reach her are gone at once. What
// has been decided is the provider's record: it stands, and is answered by Decided.
func (s *Service) Forget(ctx context.Context, tx *db.Tx, a access.AccountID) error {
	mine, err := s.of(ctx, tx, a)
	if err != nil {
		return err
	}
	for _, x := range mine {
		if isUndecided(x.State) {
			if _, err := s.moveIn(ctx, tx, leaver, x, Moving{To: Withdrawn, Day: s.Clock.Today()}); err != nil {
				return err
			}
			x.State = Withdrawn
		}
		if x.State == Withdrawn {
			if err := Empty(ctx, tx, x.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// leaver withdraws the applications of those who have deleted their account.
var leaver = access.SystemActor("admission.leave")

// Decided are the applications of an account that somebody has given an answer to that
// stands, or that have ended so.
func (s *Service) Decided(ctx context.Context, tx *db.Tx, a access.AccountID) ([]Application, error) {
	mine, err := s.of(ctx, tx, a)
	var out []Application
	for _, x := range mine {
		if !isUndecided(x.State) && x.State != Withdrawn && x.Person != (Person{}) {
			out = append(out, x)
		}
	}
	return out, err
}

func (s *Service) of(ctx context.Context, tx *db.Tx, a access.AccountID) ([]Application, error) {
	ids, err := db.List[ID](ctx, tx, ofApplicant, a)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	var w db.Where
	db.In(&w, fragID, ids)
	return find(ctx, tx, w)
}

// Empty takes the name and how to reach her out of an application, and ends her link.
func Empty(ctx context.Context, tx *db.Tx, a ID) error {
	for _, statement := range []db.SQL{emptyPerson, dropLink} {
		if _, err := db.Exec(ctx, tx, statement, a); err != nil {
			return fmt.Errorf("application %s: empty: %w", a, err)
		}
	}
	return nil
}

// TakenOut is Empty for an application that the account is taken out of, when it is hers: that
// of somebody who applied for her, or answered, leaves her name as it is.
func TakenOut(ctx context.Context, tx *db.Tx, application string, a access.AccountID) error {
	x, err := load(ctx, tx, ID(application))
	if err != nil || x.Applicant != a {
		return err
	}
	return Empty(ctx, tx, x.ID)
}

// EmptyByToken takes the name and how to reach her out of an application that has ended or
// is not decided, at the wish of her who has the link; one that is not decided is withdrawn.
// A decided one is Conflict: she asks the provider.
func (s *Service) EmptyByToken(ctx context.Context, token string) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		a, err := s.withToken(ctx, tx, token)
		if err != nil {
			return err
		}
		switch {
		case isUndecided(a.State):
			if _, err := s.moveIn(ctx, tx, byLink, a, Moving{To: Withdrawn}); err != nil {
				return err
			}
		case a.State != Withdrawn:
			return fault.New(fault.Conflict, "admission.error.record")
		}
		audit.Record(tx, s.Clock.Now(), byLink, ActionEmpty, subject(a.ID))
		return Empty(ctx, tx, a.ID)
	})
}

// TakeOut takes the name and how to reach her out of an application of somebody without an
// account, at her wish: the provider does it, whose record it is.
func (s *Service) TakeOut(ctx context.Context, actor access.Actor, of ID) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		a, err := s.seen(ctx, tx, actor, of)
		if err != nil {
			return err
		}
		if !a.CanTakeOut() {
			return fault.New(fault.Denied, "fault.denied")
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionEmpty, subject(a.ID))
		return Empty(ctx, tx, a.ID)
	})
}

// Held is what a person gave in her applications, in words of JSON; nil when she has made
// none.
func (s *Service) Held(ctx context.Context, tx *db.Tx, a access.AccountID) (any, error) {
	mine, err := s.of(ctx, tx, a)
	if err != nil || len(mine) == 0 {
		return nil, err
	}
	type given struct {
		Number   string       `json:"number"`
		Title    string       `json:"title"`
		Name     string       `json:"name"`
		Contact  string       `json:"contact"`
		Employer access.OrgID `json:"employer"`
	}
	var out []given
	for _, x := range mine {
		out = append(out, given{x.Number, x.Title, x.Person.Name, x.Person.Contact, x.Employer})
	}
	return out, nil
}

// SweepPersons takes the names and how to reach them out of applications that ended more than
// KeptDays ago, or that nobody has ended so long after the day that was set last, and answers
// how many.
func (s *Service) SweepPersons(ctx context.Context, tx *db.Tx) (int64, error) {
	before := s.Clock.Today().AddDays(-KeptDays)
	n, err := db.Exec(ctx, tx, emptyEnded, before)
	if err == nil {
		_, err = db.Exec(ctx, tx, dropEnded, before)
	}
	return n, err
}
