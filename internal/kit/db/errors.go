package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"kompetansetorg/internal/kit/fault"
)

// troubleKind sorts driver errors the same way for both engines.
type troubleKind int

const (
	troubleOther     troubleKind = iota // a mistake in the program, or unknown
	troubleUnique                       // a unique or primary key is taken
	troubleReference                    // a foreign key does not hold
	troubleRetry                        // busy, deadlock, serialisation: try again
	troubleDown                         // disk full, read-only, no connection
)

type trouble struct {
	kind       troubleKind
	constraint string
}

func troubleOf(err error) trouble {
	if t := sqliteTrouble(err); t.kind != troubleOther {
		return t
	}
	if t := postgresTrouble(err); t.kind != troubleOther {
		return t
	}
	if errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) {
		return trouble{kind: troubleDown}
	}
	return trouble{}
}

// constraintError remembers which unique key was taken.
type constraintError struct {
	name string
	err  error
}

func (e *constraintError) Error() string { return e.name + ": " + e.err.Error() }
func (e *constraintError) Unwrap() error { return e.err }

// Constraint names the unique key that err says is taken, in PostgreSQL's way
// on both engines: need_year_number_key for UNIQUE (year, number) in need,
// need_pkey for the primary key. It is empty for every other error. Named
// unique indexes must follow the same pattern; the schema test sees to it.
func Constraint(err error) string {
	var e *constraintError
	if errors.As(err, &e) {
		return e.name
	}
	return ""
}

// mapped turns a driver error into a fault where the house has a kind for it.
// Errors of a cancelled or expired context stay what they are, faults too.
func mapped(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctxErr := ctx.Err(); ctxErr != nil {
		if errors.Is(err, ctxErr) {
			return err
		}
		// The engines report an interrupted statement in their own words.
		return errors.Join(ctxErr, err)
	}
	if _, ok := fault.As(err); ok {
		return err
	}
	if errors.Is(err, sql.ErrNoRows) {
		return fault.Wrap(fault.NotFound, "fault.not_found", err)
	}
	switch t := troubleOf(err); t.kind {
	case troubleUnique:
		return fault.Wrap(fault.Conflict, "fault.conflict", &constraintError{t.constraint, err})
	case troubleReference:
		return fault.Wrap(fault.Conflict, "fault.conflict", err)
	case troubleRetry, troubleDown:
		return fault.Wrap(fault.Unavailable, "fault.unavailable", err)
	default:
		return err
	}
}
