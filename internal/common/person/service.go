package person

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
)

// Deps is what the service works with.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Register Register
	Accounts *account.Service
	Objects  *object.Kinds
	// Concerns lists the organisations that a thing is about.
	Concerns func(ctx context.Context, tx *db.Tx, thing object.Ref) ([]access.OrgID, error)
	// Rules delete what has passed its time.
	Rules []Rule
	// Officers are the roles that answer requests about things of a kind, for the
	// kinds whose records are not answered for by case officers.
	Officers map[string]Officer
	// TakenOut hear that the account is taken out of a thing of their kind, before it is and in
	// the same transaction: they take out what the register's columns do not name.
	TakenOut map[string]func(ctx context.Context, tx *db.Tx, thing string, a access.AccountID) error
}

// Officer is who answers requests about things of a kind: the role, at the organisation whose
// record the thing is.
type Officer struct {
	Role access.Role
	Body func(ctx context.Context, tx *db.Tx, thing string) (access.OrgID, error)
}

// Service is the use cases.
type Service struct{ Deps }

// New makes the service.
func New(deps Deps) *Service { return &Service{deps} }

// officer is the role that answers requests about things of the kind.
func (s *Service) officer(kind string) access.Role {
	if o, ok := s.Officers[kind]; ok {
		return o.Role
	}
	return access.RoleCaseOfficer
}

// OfficerRoles are the roles that answer requests.
func (s *Service) OfficerRoles() []access.Role {
	out := []access.Role{access.RoleCaseOfficer}
	for _, o := range s.Officers {
		out = append(out, o.Role)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Forget ends what the person waits for an answer to and empties the words of
// all their requests: that there was a request, and its outcome, stays. It is
// account's Keeper.
func (s *Service) Forget(ctx context.Context, tx *db.Tx, a access.AccountID) error {
	rows, err := db.List[requestRow](ctx, tx, requestsOf, a)
	if err != nil {
		return fmt.Errorf("person: forget: %w", err)
	}
	for _, r := range rows {
		if _, err := audit.Erase(ctx, tx, subject(r.ID)); err != nil {
			return err
		}
	}
	if _, err := db.Exec(ctx, tx, emptyRequests, a); err != nil {
		return fmt.Errorf("person: forget: %w", err)
	}
	if _, err := db.Exec(ctx, tx, withdrawRequests, s.Clock.Now(), a); err != nil {
		return fmt.Errorf("person: forget: %w", err)
	}
	return nil
}
