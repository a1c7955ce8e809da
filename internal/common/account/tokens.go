package account

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

// DemoAccounts lists the accounts to step into, in the order they were made.
func (s *Service) DemoAccounts(ctx context.Context) ([]Account, error) {
	var out []Account
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.List[accountRow](ctx, tx, listDemo)
		for _, r := range rows {
			out = append(out, r.account())
		}
		return err
	})
	return out, err
}

// DemoPeople lists the accounts of a demo role with the roles they hold today,
// in the order they were made.
func (s *Service) DemoPeople(ctx context.Context, role string) ([]Listed, error) {
	var out []Listed
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.List[accountRow](ctx, tx, listDemo)
		if err != nil {
			return err
		}
		rows = slices.DeleteFunc(rows, func(r accountRow) bool { return r.DemoRole != role })
		roles, err := s.rolesOf(ctx, tx, rows, s.clock.Today())
		out = nil
		for _, r := range rows {
			out = append(out, Listed{Account: r.account(), Roles: roles[r.ID]})
		}
		return err
	})
	return out, err
}

// DemoAccount is the account of a demo role, in the organisation if one is
// named. An unknown role or organisation is an Invalid fault.
func (s *Service) DemoAccount(ctx context.Context, role string, o access.OrgID) (access.AccountID, error) {
	list, err := s.DemoAccounts(ctx)
	if err != nil {
		return "", err
	}
	known := false
	for _, a := range list {
		if a.DemoRole != role {
			continue
		}
		known = true
		if o == "" {
			return a.ID, nil
		}
		actor, err := s.ActorOf(ctx, a.ID)
		if err != nil {
			return "", err
		}
		if actor.HasAt(o, access.Roles()...) {
			return a.ID, nil
		}
	}
	if !known {
		return "", fault.InvalidField("role", "form.error.choice")
	}
	return "", fault.InvalidField("organisation", "account.error.no_demo_there")
}

// IssueToken makes a token for programs that act as the account. It holds for
// a day; only its hash is kept.
func (s *Service) IssueToken(ctx context.Context, a access.AccountID) (string, error) {
	token := id.Token(24)
	now := s.clock()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, forgetTokens, clock.At(now)); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, insertToken, id.HashToken(token), a, nil, clock.At(now), clock.At(now.Add(tokenLife)))
		return err
	})
	if err != nil {
		return "", fmt.Errorf("account %s: token: %w", a, err)
	}
	return token, nil
}

// ActorOfToken is the actor that a program's token stands for, or NotFound.
func (s *Service) ActorOfToken(ctx context.Context, token string) (access.Actor, error) {
	var actor access.Actor
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		row, err := db.Get[tokenRow](ctx, tx, readToken, id.HashToken(token), s.clock.Now())
		if err != nil {
			return err
		}
		owner, err := db.Get[accountRow](ctx, tx, getAccount, row.Account)
		if err != nil {
			return err
		}
		actor, err = s.actorIn(ctx, tx, owner)
		return err
	})
	return actor, err
}
