package expr

import (
	"fmt"
	"slices"
	"strconv"

	"kompetansetorg/internal/kit/i18n"
)

const (
	maxSource = 2000 // bytes
	maxTokens = 400
	maxDepth  = 40
)

// Error says what is wrong with an expression and where: At is the sign,
// counted from 1, Word the piece it is about.
type Error struct {
	Key  i18n.Key
	At   int
	Word string
}

// Error is the fault for logs.
func (e *Error) Error() string { return fmt.Sprintf("expression: %s at %d: %q", e.Key, e.At, e.Word) }

// Values are the values of the message, as name-value pairs.
func (e *Error) Values() []any { return []any{"at", e.At, "word", e.Word} }

// Expr is an expression that has been read. The zero Expr is none.
type Expr struct {
	root  node
	refs  []string
	names []string
	dot   bool
}

// IsZero reports whether there is no expression.
func (e Expr) IsZero() bool { return e.root == nil }

// Refs are the questions that the expression names, each once.
func (e Expr) Refs() []string { return e.refs }

// Attributes are the bare names in it, which only a choice filter may have.
func (e Expr) Attributes() []string { return e.names }

// UsesDot reports whether the expression asks for the answer it is about.
func (e Expr) UsesDot() bool { return e.dot }

// Parse reads an expression. The error is an *Error.
func Parse(src string) (Expr, error) {
	if len(src) > maxSource {
		return Expr{}, &Error{Key: "question.expr.long", At: 1}
	}
	tokens, err := lex(src)
	if err != nil {
		return Expr{}, err
	}
	p := &parser{tokens: tokens}
	root, err := p.binary(0)
	if err != nil {
		return Expr{}, err
	}
	if t := p.peek(); t.kind != tokEnd {
		return Expr{}, &Error{Key: "question.expr.unexpected", At: t.at, Word: t.text}
	}
	p.out.root = root
	return p.out, nil
}

type parser struct {
	tokens []token
	at     int
	depth  int
	out    Expr
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.kind != tokEnd {
		p.at++
	}
	return t
}

// levels are the operators, the loosest first.
var levels = [][]string{{"or"}, {"and"}, {"=", "!="}, {"<", "<=", ">", ">="}, {"+", "-"}, {"*", "div", "mod"}}

// binary reads operators of the level and tighter ones; all bind to the left.
func (p *parser) binary(level int) (node, error) {
	if level == len(levels) {
		return p.unary()
	}
	left, err := p.binary(level + 1)
	for err == nil {
		t := p.peek()
		if t.kind != tokSign && t.kind != tokName || !slices.Contains(levels[level], t.text) {
			return left, nil
		}
		p.next()
		var right node
		if right, err = p.binary(level + 1); err == nil {
			left = binaryNode{t.text, left, right}
		}
	}
	return nil, err
}

func (p *parser) unary() (node, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, &Error{Key: "question.expr.long", At: p.peek().at}
	}
	defer func() { p.depth-- }()
	t := p.next()
	switch t.kind {
	case tokNumber:
		f, err := strconv.ParseFloat(t.text, 64)
		if err != nil {
			return nil, &Error{Key: "question.expr.number", At: t.at, Word: t.text}
		}
		return literal{OfNumber(f)}, nil
	case tokText:
		return literal{OfText(t.text)}, nil
	case tokRef:
		if !slices.Contains(p.out.refs, t.text) {
			p.out.refs = append(p.out.refs, t.text)
		}
		return refNode(t.text), nil
	case tokDot:
		p.out.dot = true
		return dotNode{}, nil
	case tokName:
		return p.name(t)
	case tokSign:
		if t.text == "-" {
			inner, err := p.unary()
			return binaryNode{"-", literal{OfNumber(0)}, inner}, err
		}
		if t.text == "(" {
			inner, err := p.binary(0)
			if err != nil {
				return nil, err
			}
			return inner, p.expect(")")
		}
	}
	if t.kind == tokEnd {
		return nil, &Error{Key: "question.expr.ends", At: t.at}
	}
	return nil, &Error{Key: "question.expr.unexpected", At: t.at, Word: t.text}
}

func (p *parser) expect(sign string) error {
	if t := p.next(); t.kind != tokSign || t.text != sign {
		return &Error{Key: "question.expr.expected", At: t.at, Word: sign}
	}
	return nil
}

// name reads a call, or an attribute of a choice.
func (p *parser) name(t token) (node, error) {
	if next := p.peek(); next.kind != tokSign || next.text != "(" {
		if !IsName(t.text) || slices.Contains([]string{"and", "or", "div", "mod"}, t.text) {
			return nil, &Error{Key: "question.expr.unexpected", At: t.at, Word: t.text}
		}
		if !slices.Contains(p.out.names, t.text) {
			p.out.names = append(p.out.names, t.text)
		}
		return attrNode(t.text), nil
	}
	p.next()
	f, known := functions[t.text]
	if !known {
		return nil, &Error{Key: "question.expr.function", At: t.at, Word: t.text}
	}
	call := callNode{name: t.text, f: f}
	if end := p.peek(); end.kind == tokSign && end.text == ")" {
		p.next()
	} else {
		for {
			arg, err := p.binary(0)
			if err != nil {
				return nil, err
			}
			call.args = append(call.args, arg)
			if t := p.peek(); t.kind == tokSign && t.text == "," {
				p.next()
				continue
			}
			if err := p.expect(")"); err != nil {
				return nil, err
			}
			break
		}
	}
	if len(call.args) < f.min || len(call.args) > f.max {
		return nil, &Error{Key: "question.expr.arguments", At: t.at, Word: t.text}
	}
	return call, nil
}
