package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"
	"unicode/utf8"

	"kompetansetorg/internal/kit/fault"
)

// SQL is a whole statement, written for both engines. Every SQL is a constant
// or was composed from constants by Query.Build.
type SQL string

// Get answers with the only row of the statement, NotFound if there is none.
// More than one row is an error of the program. T is a struct whose fields
// carry the column names in `db` tags, or a single value.
func Get[T any](ctx context.Context, tx *Tx, statement SQL, args ...any) (T, error) {
	var found T
	n := 0
	for row, err := range Each[T](ctx, tx, statement, args...) {
		if err != nil {
			var none T
			return none, err
		}
		if n++; n > 1 {
			return row, fmt.Errorf("db: one row wanted, more found: %s", shorten(statement))
		}
		found = row
	}
	if n == 0 {
		return found, fault.Wrap(fault.NotFound, "fault.not_found", sql.ErrNoRows)
	}
	return found, nil
}

// Scalar answers with the single value of a statement that always has one row,
// such as a count. Without a row it is NotFound.
func Scalar[T any](ctx context.Context, tx *Tx, statement SQL, args ...any) (T, error) {
	return Get[T](ctx, tx, statement, args...)
}

// List answers with all rows, an empty slice when there are none.
func List[T any](ctx context.Context, tx *Tx, statement SQL, args ...any) ([]T, error) {
	list := []T{}
	for row, err := range Each[T](ctx, tx, statement, args...) {
		if err != nil {
			return nil, err
		}
		list = append(list, row)
	}
	return list, nil
}

// Each walks through the rows one by one without holding them all, for exports
// and rebuilding of indexes. An error comes as the last pair and ends the
// walk. No other statement may run in the transaction meanwhile.
func Each[T any](ctx context.Context, tx *Tx, statement SQL, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		rows, err := query(ctx, tx, statement, args)
		if err != nil {
			yield(none, err)
			return
		}
		tx.rows = true
		defer func() { tx.rows = false }()
		defer rows.Close()
		scan, err := newScanner[T](tx, rows)
		if err != nil {
			yield(none, fmt.Errorf("%w: %s", err, shorten(statement)))
			return
		}
		for rows.Next() {
			var row T
			if err := scan(&row); err != nil {
				yield(none, fmt.Errorf("%w: %s", err, shorten(statement)))
				return
			}
			if !yield(row, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, tx.broken(ctx, err))
		}
	}
}

// Exec runs a statement that changes rows and says how many it changed.
func Exec(ctx context.Context, tx *Tx, statement SQL, args ...any) (int64, error) {
	values, err := prepare(tx, statement, args)
	if err != nil {
		return 0, err
	}
	if !tx.writes {
		return 0, fmt.Errorf("db: Exec in a Read: %s", shorten(statement))
	}
	result, err := tx.tx.ExecContext(ctx, string(statement), values...)
	if err != nil {
		return 0, tx.broken(ctx, err)
	}
	return result.RowsAffected()
}

// ExecOne runs a statement that must change exactly one row, usually an UPDATE
// … WHERE id = $n AND version = $n. When it changed none, somebody else saved
// first: Stale.
func ExecOne(ctx context.Context, tx *Tx, statement SQL, args ...any) error {
	n, err := Exec(ctx, tx, statement, args...)
	switch {
	case err != nil:
		return err
	case n == 0:
		return fault.New(fault.Stale, "fault.stale")
	case n > 1:
		return fmt.Errorf("db: one row was to change, %d did: %s", n, shorten(statement))
	}
	return nil
}

func query(ctx context.Context, tx *Tx, statement SQL, args []any) (*sql.Rows, error) {
	values, err := prepare(tx, statement, args)
	if err != nil {
		return nil, err
	}
	rows, err := tx.tx.QueryContext(ctx, string(statement), values...)
	if err != nil {
		return nil, tx.broken(ctx, err)
	}
	return rows, nil
}

// prepare brings arguments to the few types both drivers treat alike, and
// refuses what would be stored differently.
func prepare(tx *Tx, statement SQL, args []any) ([]any, error) {
	if tx.failed != nil {
		return nil, fmt.Errorf("db: a statement after one that failed: %w", tx.failed)
	}
	if tx.rows {
		return nil, fmt.Errorf("db: a statement inside Each: %s", shorten(statement))
	}
	values := make([]any, len(args))
	for i, arg := range args {
		value, err := driver.DefaultParameterConverter.ConvertValue(arg)
		if err != nil {
			return nil, fmt.Errorf("db: $%d: %w: %s", i+1, err, shorten(statement))
		}
		switch v := value.(type) {
		case time.Time:
			return nil, fmt.Errorf("db: $%d is a time.Time, use db.Time or db.Date: %s", i+1, shorten(statement))
		case []byte:
			if v != nil {
				value = string(v) // there are no BLOB columns
			} else {
				value = nil
			}
		}
		// PostgreSQL stores neither; SQLite would.
		if s, ok := value.(string); ok && (!utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0) {
			return nil, fault.Wrap(fault.Invalid, "fault.text", errors.New("db: text with a zero byte or invalid UTF-8"))
		}
		values[i] = value
	}
	return values, nil
}

// shorten gives the beginning of a statement for messages. Statements are
// constants, so no value a user typed ends up in the log.
func shorten(statement SQL) string {
	s := strings.Join(strings.Fields(string(statement)), " ")
	if len(s) > 80 {
		return s[:80] + "…"
	}
	return s
}
