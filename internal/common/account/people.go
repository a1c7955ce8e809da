package account

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

const (
	accountsWith db.SQL = `SELECT DISTINCT s.account FROM assignment AS s JOIN account AS c ON c.id = s.account
		WHERE c.deleted_at IS NULL AND NOT c.disabled AND s.from_day <= $1 AND (s.to_day IS NULL OR s.to_day >= $1) /*and*/ ORDER BY s.account`
	fragRole db.Fragment = "s.role"
	fragOrg  db.Fragment = "s.org"

	orgsWith db.SQL = `SELECT DISTINCT s.org FROM assignment AS s JOIN account AS c ON c.id = s.account
		WHERE s.org IS NOT NULL AND c.deleted_at IS NULL AND NOT c.disabled AND s.role = $1 AND s.from_day <= $2 AND (s.to_day IS NULL OR s.to_day >= $2) ORDER BY s.org`
)

// OrgsWith lists the organisations in which somebody has the role today.
func (s *Service) OrgsWith(ctx context.Context, tx *db.Tx, role access.Role) ([]access.OrgID, error) {
	list, err := db.List[access.OrgID](ctx, tx, orgsWith, role, s.clock.Today())
	if err != nil {
		return nil, fmt.Errorf("accounts: organisations with %s: %w", role, err)
	}
	return list, nil
}

// PeopleAt lists the accounts with a role today in one of the organisations.
func (s *Service) PeopleAt(ctx context.Context, tx *db.Tx, orgs ...access.OrgID) ([]access.AccountID, error) {
	var w db.Where
	db.In(&w, fragOrg, orgs)
	return s.people(ctx, tx, w)
}

// PeopleWith lists the accounts with one of the roles today, anywhere.
func (s *Service) PeopleWith(ctx context.Context, tx *db.Tx, roles ...access.Role) ([]access.AccountID, error) {
	var w db.Where
	db.In(&w, fragRole, roles)
	return s.people(ctx, tx, w)
}

// PeopleAs lists the accounts with the role in the organisation today.
func (s *Service) PeopleAs(ctx context.Context, tx *db.Tx, role access.Role, o access.OrgID) ([]access.AccountID, error) {
	var w db.Where
	db.In(&w, fragRole, []access.Role{role})
	db.In(&w, fragOrg, []access.OrgID{o})
	return s.people(ctx, tx, w)
}

func (s *Service) people(ctx context.Context, tx *db.Tx, w db.Where) ([]access.AccountID, error) {
	statement, args := db.Query{Base: accountsWith, Args: []any{s.clock.Today()}, Where: w}.Build()
	list, err := db.List[access.AccountID](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("accounts: people: %w", err)
	}
	return list, nil
}

// ActorIn is ActorOf in a transaction of the caller.
func (s *Service) ActorIn(ctx context.Context, tx *db.Tx, a access.AccountID) (access.Actor, error) {
	row, err := db.Get[accountRow](ctx, tx, getAccount, a)
	if err != nil {
		return access.Actor{}, err
	}
	return s.actorIn(ctx, tx, row)
}

// Keeper is a part of the house that keeps something about persons which is
// theirs alone: settings, wishes, drafts. It gives all of it out, and deletes it
// when the account is deleted.
type Keeper struct {
	// Name is the name of its part of the export.
	Name string
	// Held gives what is kept about the person, in words of JSON; nil when
	// nothing is.
	Held func(ctx context.Context, tx *db.Tx, a access.AccountID) (any, error)
	// Forget deletes it.
	Forget func(ctx context.Context, tx *db.Tx, a access.AccountID) error
}

// Keep tells the service of a Keeper; at start only.
func (s *Service) Keep(k Keeper) { s.keepers = append(s.keepers, k) }

// Held is what the Keepers keep about the actor himself, by their names.
func (s *Service) Held(ctx context.Context, actor access.Actor) (map[string]any, error) {
	if !actor.SignedIn() {
		return nil, fault.New(fault.Denied, "fault.denied")
	}
	out := map[string]any{}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		for _, k := range s.keepers {
			held, err := k.Held(ctx, tx, actor.Account)
			if err != nil {
				return fmt.Errorf("account %s: %s: %w", actor.Account, k.Name, err)
			}
			if held != nil {
				out[k.Name] = held
			}
		}
		return nil
	})
	return out, err
}
