package account

import (
	"context"
	"encoding/json"
	"time"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

const (
	readSession  db.SQL = `SELECT data FROM session WHERE token_hash = $1 AND expires_at >= $2`
	writeSession db.SQL = `INSERT INTO session (token_hash, data, expires_at) VALUES ($1, $2, $3)
		ON CONFLICT (token_hash) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at`
	dropSession    db.SQL = `DELETE FROM session WHERE token_hash = $1`
	forgetSessions db.SQL = `DELETE FROM session WHERE expires_at < $1`
)

// SessionStore keeps browser sessions, which must be JSON, in the database for
// the session library (its CtxStore). Only a hash of the token is stored, so a
// copy of the database lets nobody in.
type SessionStore struct {
	db    *db.DB
	clock clock.Clock
}

// Sessions is the store of this database.
func (s *Service) Sessions() *SessionStore { return &SessionStore{db: s.db, clock: s.clock} }

// FindCtx gives the session's data, and whether there is a living one.
func (s *SessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var data string
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		data, err = db.Scalar[string](ctx, tx, readSession, id.HashToken(token), s.clock.Now())
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	// What an older version wrote cannot be read: that session is over.
	return []byte(data), json.Valid([]byte(data)), nil
}

// CommitCtx stores the session's data until the moment, and forgets sessions
// that have run out. The library counts from the machine's clock, this store
// from its own, so what is kept is how long is left.
func (s *SessionStore) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	until := clock.At(s.clock().Add(time.Until(expiry)))
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, forgetSessions, s.clock.Now()); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, writeSession, id.HashToken(token), string(b), until)
		return err
	})
}

// DeleteCtx ends the session.
func (s *SessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, dropSession, id.HashToken(token))
		return err
	})
}

// Find, Commit and Delete are what the library's older interface asks for; it
// calls the ones with a context.
func (s *SessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s *SessionStore) Commit(token string, b []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, b, expiry)
}

// Delete is DeleteCtx without a context.
func (s *SessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
