package account

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

// SignIn answers the account when username and password fit. After ten
// failures from the address within 15 minutes it answers TooMany, right
// password or not. Every sign-in also forgets what has run out: failures older
// than that, and accounts that nobody has used for two years.
func (s *Service) SignIn(ctx context.Context, username, password, address string) (access.AccountID, error) {
	bucket := id.HashToken(normalUsername(username) + "\x1f" + address)
	var row accountRow
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		if err := s.notLocked(ctx, tx, bucket); err != nil {
			return err
		}
		var err error
		row, err = db.Get[accountRow](ctx, tx, getByUsername, normalUsername(username))
		if fault.Is(err, fault.NotFound) {
			row = accountRow{}
			return nil
		}
		return err
	})
	if err != nil {
		return "", err
	}
	ok, err := s.hasher.matches(ctx, row.Hash, password)
	if err != nil {
		return "", fmt.Errorf("sign in: %w", err)
	}
	if !ok || row.Disabled {
		if err := s.noteFailure(ctx, bucket); err != nil {
			return "", err
		}
		return "", fault.InvalidField("password", "account.error.wrong")
	}
	return row.ID, s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, clearFailures, bucket); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, forgetFailures, clock.At(s.clock().Add(-failureWindow))); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, noteSignIn, s.clock.Now(), row.ID); err != nil {
			return err
		}
		return s.forgetIdle(ctx, tx)
	})
}

// notLocked answers TooMany when the bucket has had its failures.
func (s *Service) notLocked(ctx context.Context, tx *db.Tx, bucket string) error {
	n, err := db.Scalar[int64](ctx, tx, countFailures, bucket, clock.At(s.clock().Add(-failureWindow)))
	if err == nil && n >= maxFailures {
		return fault.New(fault.TooMany, "account.error.locked")
	}
	return err
}

// noteFailure counts the failure and forgets old ones.
func (s *Service) noteFailure(ctx context.Context, bucket string) error {
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, forgetFailures, clock.At(s.clock().Add(-failureWindow))); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, insertFailure, id.Token(16), bucket, s.clock.Now())
		return err
	})
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	return nil
}

// Stamp names the account's present password without telling anything about
// it. A session keeps the one it began with.
func (s *Service) Stamp(ctx context.Context, a access.AccountID) (string, error) {
	var stamp string
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		row, err := db.Get[accountRow](ctx, tx, getAccount, a)
		stamp = row.stamp()
		return err
	})
	return stamp, err
}

func (r accountRow) stamp() string {
	if r.Hash == "" {
		return ""
	}
	return id.HashToken(r.Hash)
}

// ActorOf is the person with the roles that hold today. A disabled, deleted or
// unknown account is NotFound.
func (s *Service) ActorOf(ctx context.Context, a access.AccountID) (access.Actor, error) {
	var actor access.Actor
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		actor, err = s.ActorIn(ctx, tx, a)
		return err
	})
	return actor, err
}

// ActorOfSession is ActorOf for a session that began with the stamp; once the
// password is another the session is over: NotFound.
func (s *Service) ActorOfSession(ctx context.Context, a access.AccountID, stamp string) (access.Actor, error) {
	var actor access.Actor
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		row, err := db.Get[accountRow](ctx, tx, getAccount, a)
		if err != nil {
			return err
		}
		if row.stamp() != stamp {
			return fault.Missing()
		}
		actor, err = s.actorIn(ctx, tx, row)
		return err
	})
	return actor, err
}

func (s *Service) actorIn(ctx context.Context, tx *db.Tx, row accountRow) (access.Actor, error) {
	if row.Disabled {
		return access.Actor{}, fault.Missing()
	}
	actor := access.Actor{Account: row.ID, Name: row.Name, Demo: row.DemoRole != ""}
	today := s.clock.Today()
	rows, err := db.List[assignRow](ctx, tx, listAssign, row.ID)
	if err != nil {
		return access.Actor{}, err
	}
	for _, r := range rows {
		x := r.assignment().Assignment
		if !x.ActiveOn(today) {
			continue
		}
		if x.OrgName, err = org.NameOn(ctx, tx, x.Org, today); err != nil {
			return access.Actor{}, err
		}
		// What is no scope any more covers nothing.
		x.Municipalities, _ = s.scopes(x.Scope, today)
		actor.Roles = append(actor.Roles, x)
	}
	return actor, nil
}
