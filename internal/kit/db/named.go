package db

import (
	"context"
	"fmt"
	"strings"
)

// Is is that a column has a value. With From, the column names a row of that
// table by its id, whose columns Also have the values.
type Is struct {
	Column, Value string
	From          string
	Also          []Is
}

// where writes the conditions, all of which must hold, with the values numbered
// after the first used ones.
func where(all []Is, used int) (string, []any) {
	var parts []string
	var args []any
	for _, c := range all {
		if c.From != "" {
			inner, values := where(c.Also, used+len(args))
			parts = append(parts, quoted(c.Column)+" IN (SELECT id FROM "+quoted(c.From)+" WHERE "+inner+")")
			args = append(args, values...)
			continue
		}
		args = append(args, c.Value)
		parts = append(parts, fmt.Sprintf("%s = $%d", quoted(c.Column), used+len(args)))
	}
	return strings.Join(parts, " AND "), args
}

// RowsWith lists the columns of the rows of a table for which all conditions
// hold, in the order of the first two columns, which must not be JSON: PostgreSQL
// does not sort that. It is for what goes through many
// tables by a list of the program's own, as the register of personal data does;
// a name from outside must never reach it. A value is a string, a number, a
// boolean or nil.
func RowsWith(ctx context.Context, tx *Tx, table string, columns []string, all ...Is) ([][]any, error) {
	names := make([]string, len(columns))
	for i, name := range columns {
		names[i] = quoted(name)
	}
	order := strings.Join(names[:min(len(names), 2)], ", ")
	condition, args := where(all, 0)
	rows, err := query(ctx, tx, SQL("SELECT "+strings.Join(names, ", ")+" FROM "+quoted(table)+" WHERE "+condition+" ORDER BY "+order), args)
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
// for which all conditions hold, and tells in how many.
func ReplaceWith(ctx context.Context, tx *Tx, table, column, value, other string, all ...Is) (int64, error) {
	condition, args := where(append([]Is{{Column: column, Value: value}}, all...), 1)
	return Exec(ctx, tx, SQL("UPDATE "+quoted(table)+" SET "+quoted(column)+" = $1 WHERE "+condition), append([]any{other}, args...)...)
}
