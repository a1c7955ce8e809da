package account

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

// ChangePassword gives the person a new password; they must know the old one.
// Their other sessions are over. Wrong old passwords are counted as failed
// sign-ins are.
func (s *Service) ChangePassword(ctx context.Context, actor access.Actor, old, password string) error {
	if !actor.SignedIn() || actor.Demo {
		return fault.New(fault.Denied, "account.error.demo")
	}
	var fs fault.Fields
	if old == "" {
		fs.Add("old_password", "form.error.required")
	}
	checkPassword(&fs, password)
	if err := fs.Err(); err != nil {
		return err
	}
	bucket := id.HashToken("change\x1f" + string(actor.Account))
	var row accountRow
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		if err := s.notLocked(ctx, tx, bucket); err != nil {
			return err
		}
		var err error
		row, err = db.Get[accountRow](ctx, tx, getAccount, actor.Account)
		return err
	})
	if err != nil {
		return err
	}
	ok, err := s.hasher.matches(ctx, row.Hash, old)
	if err != nil {
		return fmt.Errorf("account %s: password: %w", actor.Account, err)
	}
	if !ok {
		if err := s.noteFailure(ctx, bucket); err != nil {
			return err
		}
		return fault.InvalidField("old_password", "account.error.old_password")
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return fmt.Errorf("account %s: password: %w", actor.Account, err)
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, clearFailures, bucket); err != nil {
			return err
		}
		return s.setPassword(ctx, tx, actor, actor.Account, hash)
	})
}

// Export is everything that is stored about the person, for the person.
type Export struct {
	Account    Account
	Roles      []Assignment
	Tokens     []Token
	About, Did []audit.Entry
}

// Token is an API token without its secret.
type Token struct {
	CreatedAt db.Time `db:"created_at"`
	ExpiresAt db.Time `db:"expires_at"`
}

// Export gives the person what is stored about them: the account, its roles
// and tokens, what the log says about it, and what they did. What they wrote in
// a room stays with the organisation it was written for.
func (s *Service) Export(ctx context.Context, actor access.Actor) (Export, error) {
	if !actor.SignedIn() {
		return Export{}, fault.New(fault.Denied, "fault.denied")
	}
	details, err := s.Get(ctx, actor, actor.Account)
	if err != nil {
		return Export{}, err
	}
	out := Export{Account: details.Account, Roles: details.Roles}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out.About, out.Did = nil, nil
		var err error
		if out.Tokens, err = db.List[Token](ctx, tx, listTokens, actor.Account); err != nil {
			return err
		}
		// The log about oneself is read as the system: people may not read the
		// log, but have a right to what it holds about them.
		about := audit.Filter{Subject: subject(actor.Account)}
		if out.About, err = all(ctx, tx, access.SystemActor("export"), about); err != nil {
			return err
		}
		out.Did, err = all(ctx, tx, actor, audit.Filter{Actor: actor.Label()})
		return err
	})
	if err != nil {
		return Export{}, fmt.Errorf("account %s: export: %w", actor.Account, err)
	}
	return out, nil
}

func all(ctx context.Context, tx *db.Tx, by access.Actor, f audit.Filter) ([]audit.Entry, error) {
	var out []audit.Entry
	f.Limit = db.MaxLimit
	for {
		page, _, err := audit.List(ctx, tx, by, f)
		if err != nil {
			return nil, err
		}
		out = append(out, page.Items...)
		if f.After = page.Next; f.After == "" {
			return out, nil
		}
	}
}

// Forget deletes the account: name, username and password are emptied, roles
// end, links, tokens and sessions are void, and the personal values about it leave the
// log. What the person did in an office stays, as role and organisation. The
// person does so, or an administrator; the last administrator stays, and so do
// demo roles.
func (s *Service) Forget(ctx context.Context, actor access.Actor, a access.AccountID) error {
	if a != actor.Account && canAdminister(actor) != nil {
		return fault.Missing()
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		row, err := db.Get[accountRow](ctx, tx, getAccount, a)
		if err != nil {
			return fmt.Errorf("account %s: %w", a, err)
		}
		if row.DemoRole != "" {
			return fault.New(fault.Conflict, "account.error.demo")
		}
		admin, err := s.isAdmin(ctx, tx, a)
		if err != nil {
			return err
		}
		if admin {
			if err := s.keepAdmin(ctx, tx, s.clock.Today(), "", a); err != nil {
				return err
			}
		}
		return s.forget(ctx, tx, actor, a)
	})
}

func (s *Service) forget(ctx context.Context, tx *db.Tx, by access.Actor, a access.AccountID) error {
	today := s.clock.Today()
	for _, step := range []struct {
		statement db.SQL
		args      []any
	}{
		{forgetAccount, []any{"deleted:" + string(a), true, s.clock.Now(), a}},
		{endAll, []any{today.AddDays(-1), a}},
		{dropLinks, []any{a}},
		{dropTokens, []any{a}},
		{dropSessions, []any{`%"account":"` + string(a) + `"%`}},
	} {
		if _, err := db.Exec(ctx, tx, step.statement, step.args...); err != nil {
			return fmt.Errorf("account %s: forget: %w", a, err)
		}
	}
	for _, k := range s.keepers {
		if err := k.Forget(ctx, tx, a); err != nil {
			return fmt.Errorf("account %s: forget %s: %w", a, k.Name, err)
		}
	}
	if _, err := audit.Erase(ctx, tx, subject(a)); err != nil {
		return err
	}
	audit.Record(tx, s.clock.Now(), by, ActionForget, subject(a))
	return nil
}

// forgetIdle deletes accounts that nobody has signed in with for two years, a
// few at a time; the only administrator is kept.
func (s *Service) forgetIdle(ctx context.Context, tx *db.Tx) error {
	before := clock.StartOfDay(s.clock.Today().AddDays(-IdleDays))
	idle, err := db.List[access.AccountID](ctx, tx, idleAccounts, before)
	if err != nil {
		return fmt.Errorf("accounts: idle: %w", err)
	}
	for _, a := range idle {
		admin, err := s.isAdmin(ctx, tx, a)
		if err != nil {
			return err
		}
		if admin {
			if err := s.keepAdmin(ctx, tx, s.clock.Today(), "", a); fault.Is(err, fault.Conflict) {
				continue
			} else if err != nil {
				return err
			}
		}
		if err := s.forget(ctx, tx, access.SystemActor("retention"), a); err != nil {
			return err
		}
	}
	return nil
}

// Named is the account with the username, for a room that writes who holds an
// office, or NotFound. It tells that the username is in use, so only those who
// keep such records may ask.
func Named(ctx context.Context, tx *db.Tx, username string) (access.AccountID, error) {
	row, err := db.Get[accountRow](ctx, tx, getByUsername, normalUsername(username))
	if err != nil {
		return "", fmt.Errorf("account by name: %w", err)
	}
	return row.ID, nil
}
