package db

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Fragment is a piece of a statement: a condition, a column, an expression. It
// is always a constant. Inside a condition, ? stands for one value.
type Fragment string

// Where collects conditions that all must hold. The zero value holds none.
type Where struct {
	parts []Fragment
	args  []any
}

// And adds a condition with one value for each ? in it. A condition with OR
// needs no brackets of its own.
func (w *Where) And(condition Fragment, values ...any) {
	if n := strings.Count(string(condition), "?"); n != len(values) {
		// A mistake in the program that the first run of the line shows.
		panic(fmt.Sprintf("db: %d values for %d ? in %q", len(values), n, condition))
	}
	w.add("("+condition+")", values...)
}

// In adds the condition that the column has one of the values. With no values
// nothing matches.
func In[T any](w *Where, column Fragment, values []T) {
	if len(values) == 0 {
		w.add("1 = 0")
		return
	}
	w.list(column+" IN (", anys(values))
}

// NotIn adds the condition that the column has none of the values. With no
// values everything matches. A NULL column never matches otherwise.
func NotIn[T any](w *Where, column Fragment, values []T) {
	if len(values) > 0 {
		w.list(column+" NOT IN (", anys(values))
	}
}

// Or adds the condition that one of the alternatives holds, with all its
// conditions. With no alternatives nothing matches; an alternative without
// conditions always holds.
func (w *Where) Or(alternatives ...Where) {
	var either []Fragment
	var args []any
	for _, a := range alternatives {
		either, args = append(either, joined(a.parts, " AND ", "1 = 1")), append(args, a.args...)
	}
	w.add("("+joined(either, " OR ", "1 = 0")+")", args...)
}

// Exists adds the condition that the inner statement, with the conditions
// added to its WHERE, has a row. Inner has no values of its own.
func (w *Where) Exists(inner Fragment, conditions Where) {
	w.add("EXISTS ("+inner+" AND "+joined(conditions.parts, " AND ", "1 = 1")+")", conditions.args...)
}

func joined(parts []Fragment, with, none Fragment) Fragment {
	if len(parts) == 0 {
		return none
	}
	out := parts[0]
	for _, p := range parts[1:] {
		out += with + p
	}
	return out
}

// Like adds the condition that the column contains text, which is taken
// literally: % and _ have no meaning. Both sides must be folded alike.
func (w *Where) Like(column Fragment, text string) {
	w.add(column+` LIKE ? ESCAPE '\'`, "%"+EscapeLike(text)+"%")
}

// EscapeLike takes the meaning from %, _ and \ for a statement that says
// LIKE $n ESCAPE '\'.
func EscapeLike(text string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text)
}

func (w *Where) list(head Fragment, values []any) {
	w.add(head+Fragment(strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", "))+")", values...)
}

// add never writes into space shared with a copy of w: a room may take one
// Where as the beginning of two.
func (w *Where) add(part Fragment, values ...any) {
	w.parts = append(slices.Clip(w.parts), part)
	w.args = append(slices.Clip(w.args), values...)
}

func anys[T any](values []T) []any {
	list := make([]any, len(values))
	for i, v := range values {
		list[i] = v
	}
	return list
}

// Where the conditions go in a base statement. A base is a whole statement
// with one of these comments in it, so that it can be prepared by itself; the
// first begins a WHERE, the second continues one.
const (
	markWhere = "/*where*/"
	markAnd   = "/*and*/"
)

// Query is a base statement with conditions, an order and a limit. Base holds
// /*where*/ where the conditions belong, or /*and*/ after conditions of its
// own; without conditions it stays as it is.
type Query struct {
	Base  SQL
	Args  []any // values of the $n in Base
	Where Where
	order string
	limit int
}

// Build puts the statement together and gives its values in order. The base
// keeps its numbers; the conditions' values are numbered after them.
func (q Query) Build() (SQL, []any) {
	n := len(q.Args)
	args := append(append([]any{}, q.Args...), q.Where.args...)
	base := string(q.Base)
	if highest := highestNumber(base); highest != n {
		panic(fmt.Sprintf("db: %d values for $%d in %q", n, highest, base))
	}
	mark, opening := markWhere, "WHERE "
	if strings.Contains(base, markAnd) {
		mark, opening = markAnd, "AND "
	}
	if len(q.Where.parts) > 0 {
		if strings.Count(base, markWhere)+strings.Count(base, markAnd) != 1 {
			panic(fmt.Sprintf("db: want one %s or %s in %q", markWhere, markAnd, base))
		}
		conditions := make([]string, len(q.Where.parts))
		for i, part := range q.Where.parts {
			conditions[i] = numbered(string(part), &n)
		}
		base = strings.Replace(base, mark, opening+strings.Join(conditions, " AND "), 1)
	}
	if q.order != "" {
		base += " ORDER BY " + q.order
	}
	if q.limit > 0 {
		// Written out: SQLite plans a kept statement anew whenever a value it
		// planned by is set, and a limit is one.
		base += " LIMIT " + strconv.Itoa(q.limit)
	}
	return SQL(base), args
}

// highestNumber is the n of the highest $n in the statement.
func highestNumber(statement string) int {
	highest := 0
	for _, part := range strings.Split(statement, "$")[1:] {
		digits := len(part) - len(strings.TrimLeft(part, "0123456789"))
		if n, err := strconv.Atoi(part[:digits]); err == nil {
			highest = max(highest, n)
		}
	}
	return highest
}

// numbered replaces each ? by the next $n. A ? within quotes is not meant to
// occur in a Fragment; the statements test refuses it.
func numbered(part string, n *int) string {
	var b strings.Builder
	for _, r := range part {
		if r == '?' {
			*n++
			b.WriteString("$" + strconv.Itoa(*n))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
