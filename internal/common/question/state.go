package question

import (
	"kompetansetorg/internal/common/question/expr"
	"kompetansetorg/internal/kit/clock"
)

// Visibility is whether a question is asked.
type Visibility uint8

// The visibilities. What is undetermined hangs on an answer that is not given
// yet; it is not shown, and not submitted.
const (
	Undetermined Visibility = iota
	Hidden
	Visible
)

// State is a form with answers on a day: what is shown, calculated and
// offered. It works a thing out when it is asked for, once.
type State struct {
	def    Definition
	given  Values
	today  string
	asked  map[string]asked
	shown  map[cell]Visibility
	values map[cell]expr.Value
	busy   map[cell]bool
	parsed map[string]expr.Expr
}

// asked is where a question stands.
type asked struct {
	Question
	section Section
	table   string
}

// cell is a question, in a row of a table or, with row -1, outside any.
type cell struct {
	name string
	row  int
}

const noRow = -1

// State holds the answers against the form. The definition must have passed
// Check; one that has not gives no fault, only fewer answers.
func (d Definition) State(given Values, today clock.Date) *State {
	s := &State{def: d, given: given, today: today.String(), asked: map[string]asked{}, shown: map[cell]Visibility{},
		values: map[cell]expr.Value{}, busy: map[cell]bool{}, parsed: map[string]expr.Expr{}}
	for _, sec := range d.Sections {
		for _, q := range sec.Questions {
			s.asked[q.Name] = asked{Question: q, section: sec}
			for _, col := range q.Columns {
				s.asked[col.Name] = asked{Question: col, section: sec, table: q.Name}
			}
		}
	}
	return s
}

// Section is whether the section is shown.
func (s *State) Section(sec Section) Visibility {
	if sec.ShowIf == "" {
		return Visible
	}
	return visibility(s.eval(sec.ShowIf, place{}, expr.Value{}, nil).Truth())
}

// Shown is whether the question is asked.
func (s *State) Shown(name string) Visibility { return s.visible(cell{name, noRow}) }

// ShownIn is whether the column is asked in the row of its table.
func (s *State) ShownIn(column string, row int) Visibility { return s.visible(cell{column, row}) }

// Value is the answer to the question: given, or calculated.
func (s *State) Value(name string) Value {
	q, ok := s.asked[name]
	if ok && q.Calculation != "" {
		return q.fromExpression(s.value(cell{name, noRow}))
	}
	return s.given[name]
}

// ValueIn is the answer in the row of a table.
func (s *State) ValueIn(column string, row int) Value {
	q, ok := s.asked[column]
	if ok && q.Calculation != "" {
		return q.fromExpression(s.value(cell{column, row}))
	}
	if rows := s.given[q.table].Rows; row < len(rows) {
		return rows[row][column]
	}
	return Value{}
}

// Sum is the sum of a column over the rows in which it is asked, in the parts
// that Amount counts.
func (s *State) Sum(column string) int64 {
	q := s.asked[column]
	var total int64
	for i := range s.given[q.table].Rows {
		if s.ShownIn(column, i) == Visible {
			n, _ := q.Amount(s.ValueIn(column, i))
			total += n
		}
	}
	return total
}

// Offered are the choices that can be chosen. row is the row of a table, or -1.
func (s *State) Offered(q Question, row int) []Choice {
	if q.ChoiceFilter == "" {
		return q.Choices
	}
	var out []Choice
	for _, c := range q.Choices {
		attr := func(name string) expr.Value {
			if name == "name" {
				return expr.OfText(c.Code)
			}
			return expr.OfText(c.Attrs[name])
		}
		if s.eval(q.ChoiceFilter, place{s.asked[q.Name].table, row}, expr.Value{}, attr).Truth() == expr.True {
			out = append(out, c)
		}
	}
	return out
}

// Submitted are the answers that count: to what is shown, and what is
// calculated, without empty rows.
func (s *State) Submitted() Values {
	out := Values{}
	for _, sec := range s.def.Sections {
		for _, q := range sec.Questions {
			if q.Kind == Note || s.Shown(q.Name) != Visible {
				continue
			}
			v := s.Value(q.Name)
			if q.Kind == Table {
				v = Value{Rows: s.rows(q, v)}
			}
			if !v.IsEmpty() {
				out[q.Name] = v
			}
		}
	}
	return out
}

func (s *State) rows(q Question, v Value) []Values {
	var out []Values
	for i, given := range v.Rows {
		if given.IsEmpty() {
			continue
		}
		row := Values{}
		for _, col := range q.Columns {
			if x := s.ValueIn(col.Name, i); !x.IsEmpty() && s.ShownIn(col.Name, i) == Visible {
				row[col.Name] = x
			}
		}
		out = append(out, row)
	}
	return out
}

func visibility(t expr.Truth) Visibility {
	switch t {
	case expr.True:
		return Visible
	case expr.False:
		return Hidden
	}
	return Undetermined
}

// visible is worked out from the section, the table and the question itself:
// the most hidden decides.
func (s *State) visible(c cell) Visibility {
	q, ok := s.asked[c.name]
	if !ok {
		return Hidden
	}
	if v, done := s.shown[c]; done {
		return v
	}
	s.shown[c] = Undetermined // for what asks for itself, which Check refuses
	v := s.Section(q.section)
	if v == Visible && q.table != "" {
		v = s.visible(cell{q.table, noRow})
	}
	if v == Visible && q.ShowIf != "" {
		v = visibility(s.eval(q.ShowIf, place{q.table, c.row}, expr.Value{}, nil).Truth())
	}
	s.shown[c] = v
	return v
}

// value is an answer in the language of conditions: empty when its question is
// hidden, unknown when that is not decided.
func (s *State) value(c cell) expr.Value {
	if v, done := s.values[c]; done {
		return v
	}
	if s.busy[c] {
		return expr.Value{} // a cycle, which Check refuses
	}
	s.busy[c] = true
	v := s.work(c)
	delete(s.busy, c)
	s.values[c] = v
	return v
}

func (s *State) work(c cell) expr.Value {
	q, ok := s.asked[c.name]
	if !ok {
		return expr.None()
	}
	if q.table != "" && c.row == noRow {
		return s.column(q)
	}
	switch s.visible(c) {
	case Hidden:
		return expr.None()
	case Undetermined:
		return expr.Value{}
	}
	if q.Calculation != "" {
		return s.eval(q.Calculation, place{q.table, c.row}, expr.Value{}, nil)
	}
	if c.row == noRow {
		return q.expression(s.given[c.name])
	}
	if rows := s.given[q.table].Rows; c.row < len(rows) {
		return q.expression(rows[c.row][c.name])
	}
	return expr.Value{}
}

// column is one value for each row, as rules outside the table see it.
func (s *State) column(q asked) expr.Value {
	rows := s.given[q.table].Rows
	list := make([]expr.Value, 0, len(rows))
	for i, given := range rows {
		if !given.IsEmpty() {
			list = append(list, s.value(cell{q.Name, i}))
		}
	}
	return expr.OfList(list)
}

// place is the row that an expression stands in, if it stands in a table.
type place struct {
	table string
	row   int
}

func (s *State) eval(src string, at place, dot expr.Value, attr func(string) expr.Value) expr.Value {
	e, done := s.parsed[src]
	if !done {
		e, _ = expr.Parse(src) // a fault is the zero Expr, which is unknown
		s.parsed[src] = e
	}
	return e.Eval(expr.Env{Today: s.today, Dot: dot, Attr: attr, Ref: func(name string) expr.Value {
		if q, ok := s.asked[name]; ok && q.table != "" && q.table == at.table && at.row != noRow {
			return s.value(cell{name, at.row})
		}
		return s.value(cell{name, noRow})
	}})
}
