package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"kompetansetorg/internal/kit/fault"
)

// The conditions a test cannot bring about are told apart by code.
func TestTroubleOfPostgres(t *testing.T) {
	tests := []struct {
		code string
		want troubleKind
	}{
		{"23505", troubleUnique},
		{"23503", troubleReference},
		{"40001", troubleRetry},
		{"40P01", troubleRetry},
		{"53100", troubleDown}, // disk full
		{"53300", troubleDown}, // too many connections
		{"57P01", troubleDown}, // shut down by the administrator
		{"25006", troubleDown}, // read-only transaction
		{"55P03", troubleDown}, // lock not available in time
		{"08006", troubleDown},
		{"57014", troubleOther}, // query cancelled
		{"23514", troubleOther}, // a CHECK: a mistake of the program
		{"42P01", troubleOther}, // no such table
		{"", troubleOther},
	}
	for _, test := range tests {
		err := fmt.Errorf("need 1: submit: %w", &pgconn.PgError{Code: test.code})
		if got := troubleOf(err).kind; got != test.want {
			t.Errorf("%s: got %d, want %d", test.code, got, test.want)
		}
	}
	if got := troubleOf(driver.ErrBadConn).kind; got != troubleDown {
		t.Errorf("a broken connection: got %d", got)
	}
}

func TestSQLiteKeyName(t *testing.T) {
	tests := []struct {
		message string
		primary bool
		want    string
	}{
		{"constraint failed: UNIQUE constraint failed: need.year, need.number (2067)", false, "need_year_number_key"},
		{"UNIQUE constraint failed: need.year (2067)", false, "need_year_key"},
		{"constraint failed: UNIQUE constraint failed: need.id (1555)", true, "need_pkey"},
		{"constraint failed: UNIQUE constraint failed: index 'need_fold_key' (2067)", false, "need_fold_key"},
		{"something else", false, ""},
	}
	for _, test := range tests {
		if got := sqliteKeyName(test.message, test.primary); got != test.want {
			t.Errorf("%s: got %q, want %q", test.message, got, test.want)
		}
	}
}

func TestRetryGivesUpAndGoesOn(t *testing.T) {
	busy := fmt.Errorf("need 1: %w", fault.Wrap(fault.Unavailable, "fault.unavailable", &pgconn.PgError{Code: "40001"}))
	d, ctx := &DB{}, context.Background()
	runs := 0
	err := d.retry(ctx, func() error {
		if runs++; runs < 3 {
			return busy
		}
		return nil
	})
	if err != nil || runs != 3 {
		t.Errorf("busy twice: %d runs, %v", runs, err)
	}
	runs = 0
	err = d.retry(ctx, func() error { runs++; return busy })
	if !fault.Is(err, fault.Unavailable) || runs != attempts {
		t.Errorf("always busy: %d runs, %v", runs, err)
	}
	runs = 0
	lost := fmt.Errorf("commit: %w", driver.ErrBadConn)
	err = d.retry(ctx, func() error { runs++; return lost })
	if !fault.Is(err, fault.Unavailable) || runs != 1 {
		t.Errorf("a lost commit must not run again: %d runs, %v", runs, err)
	}
	runs = 0
	err = d.retry(ctx, func() error {
		if runs++; runs == 1 {
			return errBegin{driver.ErrBadConn}
		}
		return nil
	})
	if err != nil || runs != 2 {
		t.Errorf("a stale connection at begin: %d runs, %v", runs, err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	runs = 0
	err = d.retry(cancelled, func() error { runs++; return busy })
	if !errors.Is(err, context.Canceled) || runs != 1 {
		t.Errorf("cancelled: %d runs, %v", runs, err)
	}
}

// Whatever comes as a cursor, it is refused or means what it says.
func FuzzCursor(f *testing.F) {
	for _, cursor := range []string{"", "W10", "WyJhIiwiYiJd", "WzUsImIiXQ", "bnVsbA", "W251bGwsbnVsbF0"} {
		f.Add(cursor, true)
		f.Add(cursor, false)
	}
	f.Fuzz(func(t *testing.T, cursor string, text bool) {
		sort, id, err := readCursor(cursor, text)
		if err != nil {
			return
		}
		again, err := writeCursor(sort, id)
		if err != nil {
			t.Fatal(err)
		}
		sort2, id2, err := readCursor(again, text)
		if err != nil || sort2 != sort || id2 != id {
			t.Errorf("%q: %v %q, then %v %q, %v", cursor, sort, id, sort2, id2, err)
		}
	})
}
