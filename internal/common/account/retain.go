package account

import (
	"context"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
)

const (
	forgetInvites db.SQL = `DELETE FROM invitation WHERE expires_at < $1`
	countGone     db.SQL = `SELECT COUNT(*) FROM account WHERE deleted_at IS NOT NULL`
)

// SweepSessions deletes sessions that have run out, and tells how many.
func (s *Service) SweepSessions(ctx context.Context, tx *db.Tx) (int64, error) {
	return db.Exec(ctx, tx, forgetSessions, s.clock.Now())
}

// SweepKeys deletes one-time links and keys of programs that no longer work.
func (s *Service) SweepKeys(ctx context.Context, tx *db.Tx) (int64, error) {
	links, err := db.Exec(ctx, tx, forgetInvites, s.clock.Now())
	if err != nil {
		return 0, err
	}
	tokens, err := db.Exec(ctx, tx, forgetTokens, s.clock.Now())
	return links + tokens, err
}

// SweepFailures deletes failed sign-ins that no longer count.
func (s *Service) SweepFailures(ctx context.Context, tx *db.Tx) (int64, error) {
	return db.Exec(ctx, tx, forgetFailures, clock.At(s.clock().Add(-failureWindow)))
}

// SweepAccounts deletes accounts that nobody has signed in with for IdleDays, a
// few at a time, and tells how many.
func (s *Service) SweepAccounts(ctx context.Context, tx *db.Tx) (int64, error) {
	before, err := db.Scalar[int64](ctx, tx, countGone)
	if err != nil {
		return 0, err
	}
	if err := s.forgetIdle(ctx, tx); err != nil {
		return 0, err
	}
	after, err := db.Scalar[int64](ctx, tx, countGone)
	return after - before, err
}
