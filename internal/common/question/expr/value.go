package expr

import (
	"math"
	"strconv"
	"strings"
)

// Kind is what a Value is.
type Kind uint8

// The kinds of values. The zero Value is Unknown.
const (
	Unknown Kind = iota // not answered yet
	Empty               // will not be answered
	Bool
	Number
	Text // also days, as 2006-01-02, and codes
	List // ticked codes, or one value for each row of a table
)

// Value is a value of the language.
type Value struct {
	Kind Kind
	Bool bool
	Num  float64
	Text string
	List []Value
}

// OfBool, OfNumber, OfText and OfList make values.
func OfBool(b bool) Value      { return Value{Kind: Bool, Bool: b} }
func OfNumber(f float64) Value { return Value{Kind: Number, Num: f} }
func OfText(s string) Value    { return Value{Kind: Text, Text: s} }
func OfList(l []Value) Value   { return Value{Kind: List, List: l} }

// None is the value of what will not be answered.
func None() Value { return Value{Kind: Empty} }

// Truth is the outcome of a condition.
type Truth uint8

// The outcomes.
const (
	Undetermined Truth = iota
	False
	True
)

// Truth reads the value as a condition: zero, no text and no item are false.
func (v Value) Truth() Truth {
	switch v.Kind {
	case Unknown:
		return Undetermined
	case Bool:
		return truth(v.Bool)
	case Number:
		return truth(v.Num != 0)
	case Text:
		return truth(v.Text != "")
	case List:
		return truth(len(v.List) > 0)
	}
	return False
}

func truth(b bool) Truth {
	if b {
		return True
	}
	return False
}

func (t Truth) value() Value {
	if t == Undetermined {
		return Value{}
	}
	return OfBool(t == True)
}

// number is the value as a number, if it is one: a text may be written as one.
func (v Value) number() (float64, bool) {
	switch v.Kind {
	case Number:
		return v.Num, true
	case Bool:
		if v.Bool {
			return 1, true
		}
		return 0, true
	case Text:
		f, err := strconv.ParseFloat(strings.TrimSpace(v.Text), 64)
		return f, err == nil && !math.IsNaN(f) && !math.IsInf(f, 0)
	case List:
		if len(v.List) == 1 {
			return v.List[0].number()
		}
	}
	return 0, false
}

// String is the value as a text: codes of a list are parted by blanks, whole
// numbers have no decimals, and what is not answered is empty.
func (v Value) String() string {
	switch v.Kind {
	case Bool:
		if v.Bool {
			return "true"
		}
		return "false"
	case Number:
		return strconv.FormatFloat(v.Num, 'f', -1, 64)
	case Text:
		return v.Text
	case List:
		parts := make([]string, 0, len(v.List))
		for _, x := range v.List {
			if s := x.String(); s != "" {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, " ")
	}
	return ""
}

func (v Value) isMissing() bool { return v.Kind == Unknown || v.Kind == Empty }
