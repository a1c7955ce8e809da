package expr

import (
	"math"
	"time"
)

// Env gives the values that an expression asks for. A nil function gives
// Unknown.
type Env struct {
	// Ref is the answer to a question, or a List for a column of a table.
	Ref func(name string) Value
	// Attr is an attribute of the choice that a filter is about.
	Attr func(name string) Value
	// Dot is the answer that the expression is about.
	Dot Value
	// Today is the day in Oslo, as 2006-01-02.
	Today string
}

// maxSteps limits the work of one evaluation: lists are counted by item.
const maxSteps = 20_000

// Eval evaluates the expression. It has no faults: what cannot be told, such
// as a division by zero or a sum of words, is Unknown.
func (e Expr) Eval(env Env) Value {
	if e.root == nil {
		return Value{}
	}
	return e.root.eval(&run{Env: env, left: maxSteps})
}

type run struct {
	Env
	left int
}

// spend counts work; when there is none left, all that follows is Unknown.
func (r *run) spend(n int) bool {
	r.left -= n
	return r.left >= 0
}

type node interface{ eval(r *run) Value }

type (
	literal    struct{ Value }
	refNode    string
	attrNode   string
	dotNode    struct{}
	binaryNode struct {
		op          string
		left, right node
	}
	callNode struct {
		name string
		f    function
		args []node
	}
)

func (n literal) eval(*run) Value { return n.Value }

func (n refNode) eval(r *run) Value {
	if r.Ref == nil {
		return Value{}
	}
	v := r.Ref(string(n))
	if !r.spend(1 + len(v.List)) {
		return Value{}
	}
	return v
}

func (n attrNode) eval(r *run) Value {
	if r.Attr == nil || !r.spend(1) {
		return Value{}
	}
	return r.Attr(string(n))
}

func (dotNode) eval(r *run) Value { return r.Dot }

func (n callNode) eval(r *run) Value {
	if !r.spend(1) {
		return Value{}
	}
	return n.f.do(r, n.args)
}

func (n binaryNode) eval(r *run) Value {
	if !r.spend(1) {
		return Value{}
	}
	left := n.left.eval(r)
	switch n.op {
	case "and":
		l := left.Truth()
		if l == False {
			return OfBool(false)
		}
		return both(l, n.right.eval(r).Truth()).value()
	case "or":
		l := left.Truth()
		if l == True {
			return OfBool(true)
		}
		return either(l, n.right.eval(r).Truth()).value()
	}
	right := n.right.eval(r)
	if !r.spend(len(left.List) + len(right.List)) {
		return Value{}
	}
	switch n.op {
	case "=":
		return equal(left, right).value()
	case "!=":
		return opposite(equal(left, right)).value()
	case "<", "<=", ">", ">=":
		return compare(n.op, left, right).value()
	}
	return arithmetic(n.op, left, right)
}

func both(a, b Truth) Truth {
	switch {
	case a == False || b == False:
		return False
	case a == True && b == True:
		return True
	}
	return Undetermined
}

func either(a, b Truth) Truth { return opposite(both(opposite(a), opposite(b))) }

func opposite(t Truth) Truth {
	switch t {
	case True:
		return False
	case False:
		return True
	}
	return Undetermined
}

// equal compares two values. Comparing with the text ” asks whether there is
// an answer, and is decided also when there is none yet.
func equal(a, b Value) Truth {
	for _, pair := range [][2]Value{{a, b}, {b, a}} {
		if pair[0].Kind == Text && pair[0].Text == "" {
			return truth(pair[1].String() == "")
		}
	}
	if a.Kind == Unknown || b.Kind == Unknown {
		return Undetermined
	}
	if a.Kind == Empty || b.Kind == Empty {
		return truth(a.String() == b.String())
	}
	if a.Kind == Bool || b.Kind == Bool {
		return truth(a.Truth() == b.Truth())
	}
	if x, ok := a.number(); ok {
		if y, ok := b.number(); ok && (a.Kind == Number || b.Kind == Number) {
			return truth(x == y)
		}
	}
	return truth(a.String() == b.String())
}

// compare orders numbers, and days among themselves. Other things have no
// order: all comparisons of them are false.
func compare(op string, a, b Value) Truth {
	if a.Kind == Unknown || b.Kind == Unknown {
		return Undetermined
	}
	order := 0
	if x, ok := a.number(); ok {
		y, ok := b.number()
		if !ok {
			return False
		}
		order = sign(x, y)
	} else {
		if !isDay(a) || !isDay(b) {
			return False
		}
		order = signText(a.Text, b.Text)
	}
	switch op {
	case "<":
		return truth(order < 0)
	case "<=":
		return truth(order <= 0)
	case ">":
		return truth(order > 0)
	}
	return truth(order >= 0)
}

func sign(x, y float64) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

func signText(x, y string) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

func isDay(v Value) bool {
	if v.Kind != Text || len(v.Text) != len(time.DateOnly) {
		return false
	}
	_, err := time.Parse(time.DateOnly, v.Text)
	return err == nil
}

func arithmetic(op string, a, b Value) Value {
	x, okX := a.number()
	y, okY := b.number()
	if !okX || !okY {
		return Value{}
	}
	out := 0.0
	switch op {
	case "+":
		out = x + y
	case "-":
		out = x - y
	case "*":
		out = x * y
	case "div":
		out = x / y
	case "mod":
		out = math.Mod(x, y)
	}
	return finite(out)
}

// finite is the number, or Unknown when it is none.
func finite(f float64) Value {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return Value{}
	}
	return OfNumber(f)
}
