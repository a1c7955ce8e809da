package db

import (
	"context"
	"fmt"
	"strings"
)

// RowsWith lists the columns of the rows of a table whose column by has the
// value, in the order of the first two columns, which must not be JSON: PostgreSQL
// does not sort that. It is for what goes through many
// tables by a list of the program's own, as the register of personal data does;
// a name from outside must never reach it. A value is a string, a number, a
// boolean or nil.
func RowsWith(ctx context.Context, tx *Tx, table string, columns []string, by, value string) ([][]any, error) {
	names := make([]string, len(columns))
	for i, name := range columns {
		names[i] = quoted(name)
	}
	order := strings.Join(names[:min(len(names), 2)], ", ")
	rows, err := query(ctx, tx, SQL("SELECT "+strings.Join(names, ", ")+" FROM "+quoted(table)+" WHERE "+quoted(by)+" = $1 ORDER BY "+order), []any{value})
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out [][]any
	for rows.Next() {
		values, targets := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return nil, fmt.Errorf("db: table %s: %w", table, err)
		}
		for i, v := range values {
			if b, ok := v.([]byte); ok {
				values[i] = string(b)
			}
		}
		out = append(out, values)
	}
	if err := rows.Err(); err != nil {
		return nil, tx.broken(ctx, err)
	}
	return out, nil
}

// CountWith is how many rows of the table have the value in one of the columns
// by; a row that has it in two is counted once.
func CountWith(ctx context.Context, tx *Tx, table string, value string, by ...string) (int, error) {
	where := make([]string, len(by))
	args := make([]any, len(by))
	for i, name := range by {
		where[i], args[i] = fmt.Sprintf("%s = $%d", quoted(name), i+1), value
	}
	return Scalar[int](ctx, tx, SQL("SELECT COUNT(*) FROM "+quoted(table)+" WHERE "+strings.Join(where, " OR ")), args...)
}

// ReplaceWith writes another value over one in a column of the table, in the rows
// that belong to the thing with the id, and tells in how many.
func ReplaceWith(ctx context.Context, tx *Tx, table, by, value, other, thing, id string) (int64, error) {
	return Exec(ctx, tx, SQL("UPDATE "+quoted(table)+" SET "+quoted(by)+" = $1 WHERE "+quoted(by)+" = $2 AND "+quoted(thing)+" = $3"), other, value, id)
}
