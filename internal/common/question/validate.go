package question

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"kompetansetorg/internal/common/question/expr"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
)

// AnswersField is what begins the name of every field of an answer, in forms
// and in JSON: answers.plan, answers.occupations.0.number.
const AnswersField = "answers"

// FieldOf is the field of a question's answer.
func FieldOf(name string) string { return AnswersField + "." + name }

// FieldIn is the field of a column's answer in a row of its table.
func FieldIn(table string, row int, column string) string {
	return FieldOf(table) + "." + strconv.Itoa(row) + "." + column
}

// Validate is nil when the answers can be submitted, else an Invalid fault
// with every field that is wrong, in the order of the form.
func (d Definition) Validate(given Values, today clock.Date) error {
	v := &validator{state: d.State(given, today)}
	for _, s := range d.Sections {
		v.section(s)
	}
	return v.faults.Err()
}

// ValidateSection is Validate for one section of the answers.
func (d Definition) ValidateSection(section string, given Values, today clock.Date) error {
	v := &validator{state: d.State(given, today)}
	if s, ok := d.Section(section); ok {
		v.section(s)
	}
	return v.faults.Err()
}

type validator struct {
	state  *State
	faults fault.Fields
}

func (v *validator) section(s Section) {
	for _, q := range s.Questions {
		if v.state.Shown(q.Name) != Visible || q.Kind == Note {
			continue
		}
		if q.Kind == Table {
			v.table(q)
			continue
		}
		v.answer(FieldOf(q.Name), q, v.state.Value(q.Name), place{row: noRow})
	}
}

func (v *validator) table(q Question) {
	rows := v.state.given[q.Name].Rows
	filled := 0
	for i, row := range rows {
		if row.IsEmpty() {
			continue
		}
		filled++
		for _, col := range q.Columns {
			if v.state.ShownIn(col.Name, i) == Visible {
				v.answer(FieldIn(q.Name, i, col.Name), col, v.state.ValueIn(col.Name, i), place{q.Name, i})
			}
		}
	}
	most := q.Limits.MaxRows
	if most == 0 {
		most = MaxRows
	}
	field := FieldOf(q.Name)
	switch least := q.Limits.MinRows; {
	case filled == 0 && (q.Required || least > 0):
		v.faults.Add(field, "question.error.row_required")
	case filled < least:
		v.faults.Add(field, "question.error.few_rows", "min", least)
	case filled > most:
		v.faults.Add(field, "question.error.many_rows", "max", most)
	default:
		v.constraint(field, q, Value{Rows: rows}, place{row: noRow})
	}
}

// answer judges one answer: there at all, the right shape, within its limits,
// and what its own rule says; the first that fails is told.
func (v *validator) answer(field string, q Question, x Value, at place) {
	if utf8.RuneCountInString(x.Other) > MaxLabel {
		v.faults.Add(field+".other", "form.error.too_long", "max", MaxLabel)
		return
	}
	if x.IsEmpty() {
		if q.Required {
			v.faults.Add(field, "form.error.required")
		}
		return
	}
	if key, values := v.shape(q, x, at); key != "" {
		v.faults.Add(field, key, values...)
		return
	}
	for _, code := range append([]string{x.Text}, x.Codes...) {
		if c, ok := q.Choice(code); q.Kind.HasChoices() && ok && c.Other && x.Other == "" {
			v.faults.Add(field+".other", "question.error.other")
			return
		}
	}
	v.constraint(field, q, x, at)
}

func (v *validator) constraint(field string, q Question, x Value, at place) {
	if q.Constraint == "" || v.state.eval(q.Constraint, at, q.expression(x), nil).Truth() != expr.False {
		return
	}
	if q.ConstraintMessage != (i18n.Text{}) {
		v.faults.Add(field, "question.error.own", "message", q.ConstraintMessage)
		return
	}
	v.faults.Add(field, "question.error.constraint")
}

// shape is what is wrong with an answer in itself; no key for nothing.
func (v *validator) shape(q Question, x Value, at place) (i18n.Key, []any) {
	switch {
	case q.Kind.IsNumber():
		return q.number(x)
	case q.Kind == Date:
		return q.day(x)
	case q.Kind == File && len(x.Files) > q.MostFiles():
		return "question.error.many_files", []any{"max", q.MostFiles()}
	case q.Kind.HasChoices():
		return v.choice(q, x, at)
	case q.Kind == Municipality && x.Code == "":
		return "form.error.municipality", nil
	case q.Kind == Text || q.Kind == Long || q.Kind == PersonRole || q.Kind.IsRegister():
		return q.words(x)
	}
	return "", nil
}

func (q Question) number(x Value) (i18n.Key, []any) {
	n, ok := q.Amount(x)
	if !ok {
		return map[Kind]i18n.Key{Number: "form.error.number", Decimal: "question.error.decimal", Money: "form.error.money"}[q.Kind], nil
	}
	if low, ok := q.Kind.amount(q.Limits.Min); ok && n < low {
		return "question.error.least", []any{"min", q.shown(low)}
	}
	if high, ok := q.Kind.amount(q.Limits.Max); ok && n > high {
		return "question.error.most", []any{"max", q.shown(high)}
	}
	return "", nil
}

// shown is an amount as a message shows it.
func (q Question) shown(n int64) any {
	switch q.Kind {
	case Money:
		return money.NOK(n)
	case Number:
		return n
	}
	return q.Kind.write(n)
}

func (q Question) day(x Value) (i18n.Key, []any) {
	d, err := clock.ParseDate(x.Text)
	if err != nil {
		return "form.error.date", nil
	}
	if low, err := clock.ParseDate(q.Limits.Min); err == nil && d.Before(low) {
		return "question.error.earliest", []any{"day", low}
	}
	if high, err := clock.ParseDate(q.Limits.Max); err == nil && d.After(high) {
		return "question.error.latest", []any{"day", high}
	}
	return "", nil
}

func (v *validator) choice(q Question, x Value, at place) (i18n.Key, []any) {
	codes := x.Codes
	if q.Kind == Single {
		codes = []string{x.Text}
	}
	offered := v.state.Offered(q, at.row)
	for _, code := range codes {
		if !slices.ContainsFunc(offered, func(c Choice) bool { return c.Code == code }) {
			return "form.error.choice", nil
		}
	}
	if limit := q.Limits.MaxChoices; limit > 0 && len(codes) > limit {
		return "question.error.many_choices", []any{"max", limit}
	}
	return "", nil
}

// maxLine is the limit of a text of one line that has none of its own.
const maxLine = 300

func (q Question) words(x Value) (i18n.Key, []any) {
	if limit := q.Limits.MaxWords; limit > 0 {
		if n := text.WordCount(x.Text); n > limit {
			return "question.error.words", []any{"max", limit, "now", n}
		}
	}
	if limit := q.MaxRunes(); utf8.RuneCountInString(x.Text) > limit {
		return "form.error.too_long", []any{"max", limit}
	}
	return "", nil
}

// MostFiles is how many files the answer may have.
func (q Question) MostFiles() int {
	if q.Limits.MaxFiles > 0 {
		return q.Limits.MaxFiles
	}
	return usualFiles
}

// MaxRunes is how many characters the answer may have.
func (q Question) MaxRunes() int {
	switch {
	case q.Limits.MaxLength > 0:
		return q.Limits.MaxLength
	case q.Kind == Long:
		return MaxAnswer
	}
	return maxLine
}
