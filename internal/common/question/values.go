package question

import (
	"math"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/question/expr"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
)

// Values are answers by the name of their question.
type Values map[string]Value

// Value is an answer as it was given. What could not be read as the kind of
// the question is kept as typed: a draft never loses a word.
type Value struct {
	// Text is the answer in words: a text, a number or day in the one way we
	// write it ("1200", "12.5", "2026-07-01"), the code of a single choice, what
	// was written for something of a register.
	Text string `json:"text,omitempty"`
	// Code is what Text was found to mean in a register; empty when it is not
	// known there.
	Code string `json:"code,omitempty"`
	// Codes are the ticked choices.
	Codes []string `json:"codes,omitempty"`
	// Other is the answer in words to a choice that asks for one.
	Other string `json:"other,omitempty"`
	// Rows are the rows of a table.
	Rows []Values `json:"rows,omitempty"`
	// Files are the files that were sent. Only those that the house keeps for the
	// answer count, so what is posted never says which they are.
	Files []Sent `json:"files,omitempty"`
}

// Sent is a file that belongs to an answer: its id where it is kept, empty for one
// that is not kept; its name, and its size in bytes.
type Sent struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Size int64  `json:"size"`
}

// IsEmpty reports whether nothing is answered. Rows without an answer count as
// none.
func (v Value) IsEmpty() bool {
	if v.Text != "" || len(v.Codes) > 0 || len(v.Files) > 0 {
		return false
	}
	for _, r := range v.Rows {
		if !r.IsEmpty() {
			return false
		}
	}
	return true
}

// IsEmpty reports whether nothing at all is answered.
func (vs Values) IsEmpty() bool {
	for _, v := range vs {
		if !v.IsEmpty() {
			return false
		}
	}
	return true
}

// Normal is the value in the one way we write it, as far as it can be read.
func (q Question) Normal(v Value) Value {
	switch q.Kind {
	case Long:
		v.Text = strings.TrimSpace(text.CleanMultiline(v.Text))
	case Multiple:
		v.Text = ""
	case Table, File:
		v.Text, v.Codes = "", nil
	default:
		v.Text = text.CleanLine(v.Text)
	}
	v.Other = text.CleanLine(v.Other)
	if v.Text == "" {
		v.Code = ""
		return v
	}
	switch {
	case q.Kind.IsNumber():
		if n, ok := q.Kind.amount(v.Text); ok {
			v.Text = q.Kind.write(n)
		}
	case q.Kind == Date:
		if d, err := clock.ParseDate(v.Text); err == nil {
			v.Text = d.String()
		}
	}
	return v
}

// Amount is the answer as a number: whole for a number, thousandths for a
// decimal, øre for money. It is false when nothing, or no number, is answered.
func (q Question) Amount(v Value) (int64, bool) {
	if !q.Kind.IsNumber() {
		return 0, false
	}
	return q.Kind.amount(v.Text)
}

// maxNumber bounds numbers to what is exact in a calculation.
const maxNumber = 1_000_000_000_000

func (k Kind) amount(s string) (int64, bool) {
	if strings.TrimSpace(s) == "" {
		return 0, false
	}
	switch k {
	case Money:
		n, err := money.Parse(s)
		return int64(n), err == nil && n <= maxNumber*100 && n >= -maxNumber*100
	case Number:
		n, err := strconv.ParseInt(plainNumber(s), 10, 64)
		return n, err == nil && n <= maxNumber && n >= -maxNumber
	case Decimal:
		s = strings.Replace(plainNumber(s), ",", ".", 1)
		if strings.ContainsFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != '-' }) {
			return 0, false
		}
		whole, decimals, _ := strings.Cut(s, ".")
		if len(decimals) > 3 || whole == "" || whole == "-" {
			return 0, false
		}
		n, err := strconv.ParseInt(whole+(decimals + "000")[:3], 10, 64)
		return n, err == nil && n <= maxNumber*1000 && n >= -maxNumber*1000
	}
	return 0, false
}

// write is the one way an amount is written.
func (k Kind) write(n int64) string {
	switch k {
	case Money:
		return money.NOK(n).Plain()
	case Decimal:
		return strconv.FormatFloat(float64(n)/1000, 'f', -1, 64)
	}
	return strconv.FormatInt(n, 10)
}

// scale is how many parts of an amount make one.
func (k Kind) scale() float64 {
	switch k {
	case Money:
		return 100
	case Decimal:
		return 1000
	}
	return 1
}

// plainNumber drops the blanks inside a number and takes any minus sign.
func plainNumber(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f', '\t':
			return -1
		case '−', '–':
			return '-'
		}
		return r
	}, strings.TrimSpace(s))
}

func isDay(s string) bool {
	d, err := clock.ParseDate(s)
	return err == nil && d.String() == s
}

// expression is the answer as the language of conditions sees it. What cannot
// be read is as good as not answered.
func (q Question) expression(v Value) expr.Value {
	switch {
	case q.Kind == Multiple:
		if len(v.Codes) == 0 {
			return expr.Value{}
		}
		var list []expr.Value
		for _, c := range v.Codes {
			list = append(list, expr.OfText(c))
		}
		return expr.OfList(list)
	case q.Kind == Table:
		n := 0
		for _, r := range v.Rows {
			if !r.IsEmpty() {
				n++
			}
		}
		return expr.OfNumber(float64(n))
	case q.Kind == File && len(v.Files) > 0:
		return expr.OfNumber(float64(len(v.Files)))
	case v.Text == "" || q.Kind == Note:
		return expr.Value{}
	case q.Kind.IsNumber():
		n, ok := q.Kind.amount(v.Text)
		if !ok {
			return expr.Value{}
		}
		return expr.OfNumber(float64(n) / q.Kind.scale())
	case q.Kind == Date && !isDay(v.Text):
		return expr.Value{}
	case q.Kind.IsRegister() && v.Code != "":
		return expr.OfText(v.Code)
	}
	return expr.OfText(v.Text)
}

// fromExpression is what a calculation came to, as an answer.
func (q Question) fromExpression(v expr.Value) Value {
	switch {
	case v.Kind == expr.Unknown || v.Kind == expr.Empty:
		return Value{}
	case q.Kind.IsNumber():
		if v.Kind == expr.Text {
			return q.Normal(Value{Text: v.Text})
		}
		if v.Kind != expr.Number || math.Abs(v.Num) > maxNumber {
			return Value{}
		}
		return Value{Text: q.Kind.write(int64(math.Round(v.Num * q.Kind.scale())))}
	}
	return Value{Text: v.String()}
}
