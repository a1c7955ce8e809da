package expr

import (
	"math"
	"strings"
	"unicode/utf8"
)

// function is one of the language: how many arguments it takes and what it does.
type function struct {
	min, max int
	do       func(r *run, args []node) Value
}

var functions = map[string]function{
	"true":  {0, 0, func(*run, []node) Value { return OfBool(true) }},
	"false": {0, 0, func(*run, []node) Value { return OfBool(false) }},
	"today": {0, 0, func(r *run, _ []node) Value { return OfText(r.Today) }},
	"not":   {1, 1, func(r *run, a []node) Value { return opposite(a[0].eval(r).Truth()).value() }},

	"selected":       {2, 2, selected},
	"count-selected": {1, 1, func(r *run, a []node) Value { return OfNumber(float64(len(items(a[0].eval(r))))) }},
	"count":          {1, 1, func(r *run, a []node) Value { return OfNumber(float64(len(items(a[0].eval(r))))) }},
	"sum":            {1, 1, sum},
	"if":             {3, 3, choose},
	"coalesce":       {2, 2, coalesce},
	"string-length":  {1, 1, func(r *run, a []node) Value { return OfNumber(float64(utf8.RuneCountInString(a[0].eval(r).String()))) }},
	"round":          {2, 2, round},
	"int":            {1, 1, whole},
}

// items are the parts of a value that hold something. The codes of a text are
// parted by blanks, as XLSForm keeps them.
func items(v Value) []Value {
	switch v.Kind {
	case Unknown, Empty:
		return nil
	case List:
		var out []Value
		for _, x := range v.List {
			if !x.isMissing() && x.String() != "" {
				out = append(out, x)
			}
		}
		return out
	case Text:
		var out []Value
		for word := range strings.FieldsSeq(v.Text) {
			out = append(out, OfText(word))
		}
		return out
	}
	return []Value{v}
}

func selected(r *run, args []node) Value {
	v, code := args[0].eval(r), args[1].eval(r)
	if v.Kind == Unknown || code.Kind == Unknown {
		return Value{}
	}
	list := items(v)
	if !r.spend(len(list)) {
		return Value{}
	}
	for _, x := range list {
		if x.String() == code.String() {
			return OfBool(true)
		}
	}
	return OfBool(false)
}

// sum adds what is answered; nothing answered is 0. A word among the numbers
// makes the sum unknown.
func sum(r *run, args []node) Value {
	total := 0.0
	list := items(args[0].eval(r))
	if !r.spend(len(list)) {
		return Value{}
	}
	for _, x := range list {
		f, ok := x.number()
		if !ok {
			return Value{}
		}
		total += f
	}
	return finite(total)
}

func choose(r *run, args []node) Value {
	switch args[0].eval(r).Truth() {
	case True:
		return args[1].eval(r)
	case False:
		return args[2].eval(r)
	}
	return Value{}
}

func coalesce(r *run, args []node) Value {
	if v := args[0].eval(r); v.String() != "" {
		return v
	}
	return args[1].eval(r)
}

func round(r *run, args []node) Value {
	x, ok := args[0].eval(r).number()
	digits, okD := args[1].eval(r).number()
	if !ok || !okD || digits < 0 || digits > 6 {
		return Value{}
	}
	scale := math.Pow(10, math.Trunc(digits))
	return finite(math.Round(x*scale) / scale)
}

func whole(r *run, args []node) Value {
	x, ok := args[0].eval(r).number()
	if !ok {
		return Value{}
	}
	return finite(math.Trunc(x))
}
