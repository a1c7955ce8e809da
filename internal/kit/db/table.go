package db

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// Kind is the type of a column, the same on both engines.
type Kind string

// The kinds of columns that migrations may make.
const (
	KindText    Kind = "text"
	KindInteger Kind = "integer"
	KindBoolean Kind = "boolean"
	KindReal    Kind = "real"
)

// Column is a column of a Table.
type Column struct {
	Name string `json:"name"`
	Kind Kind   `json:"kind"`
}

// Table is a table that migrations make, as far as its rows go. Columns that
// the engine computes are left out.
type Table struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"`
	Key     []string `json:"key"` // the primary key
}

// EachRow walks through the rows of the table in the order of its key, texts
// by their bytes, which is the same order on both engines. A value is a string,
// an int64, a bool, a float64 or nil. The slice is used again for the next row.
func EachRow(ctx context.Context, tx *Tx, t Table) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		rows, err := query(ctx, tx, t.selects(), nil)
		if err != nil {
			yield(nil, err)
			return
		}
		tx.rows = true
		defer func() { tx.rows = false }()
		defer rows.Close()
		values, targets := make([]any, len(t.Columns)), make([]any, len(t.Columns))
		for i := range values {
			targets[i] = &values[i]
		}
		for rows.Next() {
			if err := rows.Scan(targets...); err != nil {
				yield(nil, fmt.Errorf("db: table %s: %w", t.Name, err))
				return
			}
			for i, c := range t.Columns {
				if values[i], err = c.plain(values[i]); err != nil {
					yield(nil, fmt.Errorf("db: table %s: %w", t.Name, err))
					return
				}
			}
			if !yield(values, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, tx.broken(ctx, err))
		}
	}
}

// plain brings what a driver gives for the column to the column's own type.
func (c Column) plain(value any) (any, error) {
	if b, ok := value.([]byte); ok {
		value = string(b)
	}
	if value == nil {
		return nil, nil
	}
	switch c.Kind {
	case KindText:
		if v, ok := value.(string); ok {
			return v, nil
		}
	case KindInteger:
		if v, ok := value.(int64); ok {
			return v, nil
		}
	case KindBoolean:
		switch v := value.(type) {
		case bool:
			return v, nil
		case int64:
			return v != 0, nil
		}
	case KindReal:
		switch v := value.(type) {
		case float64:
			return v, nil
		case int64:
			return float64(v), nil
		}
	}
	return nil, fmt.Errorf("column %s: a %T is no %s", c.Name, value, c.Kind)
}

// insertParameters is how many values go into one statement: enough that the
// way to the server does not count, far under both engines' limit.
const insertParameters = 900

// RowsAtOnce is how many rows InsertRows puts into one statement, and so the
// number that is best given to it.
func (t Table) RowsAtOnce() int { return max(1, insertParameters/len(t.Columns)) }

// InsertRows adds the rows, each with a value for every column of t.
func InsertRows(ctx context.Context, tx *Tx, t Table, rows [][]any) error {
	for part := range slices.Chunk(rows, t.RowsAtOnce()) {
		args := make([]any, 0, len(part)*len(t.Columns))
		for _, row := range part {
			if len(row) != len(t.Columns) {
				return fmt.Errorf("db: table %s: a row of %d values for %d columns", t.Name, len(row), len(t.Columns))
			}
			args = append(args, row...)
		}
		if _, err := Exec(ctx, tx, t.inserts(len(part)), args...); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	return nil
}

// EmptyTable removes every row of the table.
func EmptyTable(ctx context.Context, tx *Tx, t Table) error {
	_, err := Exec(ctx, tx, SQL("DELETE FROM "+quoted(t.Name)))
	return err
}

// LoadFreely lets rows of the transaction come in any order, whatever they
// refer to, for loading a whole database. Every reference is checked before the
// transaction is committed, which fails if one does not hold.
func LoadFreely(ctx context.Context, tx *Tx, fn func() error) error {
	if tx.engine == Postgres {
		return loadFreelyPostgres(ctx, tx, fn)
	}
	return loadFreelySQLite(ctx, tx, fn)
}

func (t Table) selects() SQL {
	order := make([]string, len(t.Key))
	for i, name := range t.Key {
		order[i] = quoted(name)
	}
	// Texts of the house compare by bytes: see compareByBytes.
	return SQL("SELECT " + t.names() + " FROM " + quoted(t.Name) + " ORDER BY " + strings.Join(order, ", "))
}

func (t Table) inserts(rows int) SQL {
	var b strings.Builder
	fmt.Fprintf(&b, "INSERT INTO %s (%s) VALUES ", quoted(t.Name), t.names())
	n := 0
	for row := range rows {
		if row > 0 {
			b.WriteString(", ")
		}
		for i := range t.Columns {
			n++
			fmt.Fprintf(&b, "%s$%d", map[bool]string{true: "(", false: ", "}[i == 0], n)
		}
		b.WriteString(")")
	}
	return SQL(b.String())
}

func (t Table) names() string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = quoted(c.Name)
	}
	return strings.Join(names, ", ")
}

// quoted makes a name a name, whatever is in it.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
