package expr_test

import (
	"errors"
	"strings"
	"testing"

	"kompetansetorg/internal/common/question/expr"
)

// env has a few answers: a number, a single choice, ticks, a column of a table,
// a hidden question, and nothing yet for all others.
func env() expr.Env {
	known := map[string]expr.Value{
		"antall": expr.OfNumber(4), "plan": expr.OfText("ja"), "dag": expr.OfText("2026-05-01"), "skjult": expr.None(),
		"kryss":   expr.OfList([]expr.Value{expr.OfText("a"), expr.OfText("c")}),
		"tom_kol": expr.OfList(nil),
		"kolonne": expr.OfList([]expr.Value{expr.OfNumber(2), {}, expr.OfNumber(3.5)}),
	}
	return expr.Env{Today: "2026-11-21", Dot: expr.OfNumber(7), Ref: func(n string) expr.Value { return known[n] },
		Attr: func(n string) expr.Value { return expr.OfText(map[string]string{"region": "fosen"}[n]) }}
}

func TestEval(t *testing.T) {
	for src, want := range map[string]string{
		"1 + 2 * 3": "7", "(1 + 2) * 3": "9", "7 mod 4": "3", "7 div 2": "3.5", "-2 + 5": "3", "10 - 2 - 3": "5", "1 div 0": "",
		"${antall} > 3": "true", "${antall} >= 5": "false", "${antall} = 4": "true", "${antall} = '4'": "true", "${plan} = 'ja'": "true",
		"${plan} != 'ja'": "false", "${plan} = 'ja' and ${antall} < 10": "true", "not(${plan} = 'nei')": "true",
		"selected(${kryss}, 'a')": "true", "selected(${kryss}, 'b')": "false", "selected('a b', 'b')": "true",
		"count-selected(${kryss})": "2", "count-selected(${ukjent})": "0", "count(${kolonne})": "2", "sum(${kolonne})": "5.5", "sum(${tom_kol})": "0",
		"if(${antall} > 3, 'mange', 'få')": "mange", "coalesce(${ukjent}, 5)": "5", "coalesce(${antall}, 5)": "4",
		"string-length('blåbær')": "6", "string-length(${ukjent})": "0", "round(2.345, 2)": "2.35", "int(3.9)": "3",
		"${dag} < today()": "true", "${dag} > '2026-12-01'": "false", ". >= 7": "true", "region = 'fosen'": "true",
		// Not answered yet: undetermined, unless one asks for just that.
		"${ukjent} = 'ja'": "", "${ukjent} != 'ja'": "", "${ukjent} > 3": "", "selected(${ukjent}, 'a')": "", "${ukjent} + 1": "",
		"${ukjent} = ''": "true", "${ukjent} != ''": "false", "${plan} != ''": "true", "'' = ${kryss}": "false",
		"${ukjent} = 'ja' or true()": "true", "true() or ${ukjent} = 'ja'": "true", "${ukjent} = 'ja' and false()": "false",
		"${ukjent} = 'ja' and true()": "", "not(${ukjent} = 'ja')": "", "if(${ukjent} = 'a', 1, 2)": "",
		// Hidden: decided, and empty.
		"${skjult} = 'ja'": "false", "${skjult} != 'ja'": "true", "${skjult} > 0": "false", "selected(${skjult}, 'a')": "false",
		"'ord' > 3": "false", "sum('to ord')": "",
	} {
		e, err := expr.Parse(src)
		if err != nil {
			t.Errorf("%s: %v", src, err)
			continue
		}
		if got := e.Eval(env()).String(); got != want {
			t.Errorf("%s = %q, want %q", src, got, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for src, key := range map[string]string{
		"": "question.expr.ends", "1 +": "question.expr.ends", "(1": "question.expr.expected", "1 2": "question.expr.unexpected",
		"${a": "question.expr.unclosed", "'a": "question.expr.unclosed", "${ }": "question.expr.name", "${blå}": "question.expr.name",
		"pulldata('x')": "question.expr.function", "if(1,2)": "question.expr.arguments", "a ; b": "question.expr.sign", "1.2.3": "question.expr.number",
		"${a} ² 2": "question.expr.sign", "= 2": "question.expr.unexpected", "and": "question.expr.unexpected",
		strings.Repeat("(", 60) + "1" + strings.Repeat(")", 60): "question.expr.long", strings.Repeat("1+", 300) + "1": "question.expr.long",
		strings.Repeat(" ", 3000): "question.expr.long",
	} {
		_, err := expr.Parse(src)
		var e *expr.Error
		if !errors.As(err, &e) || string(e.Key) != key {
			t.Errorf("%.30q: %v, want %s", src, err, key)
		}
	}
}

func TestRefs(t *testing.T) {
	e, err := expr.Parse("${a} > 1 and (${b} = 'x' or ${a} < 9) and . > 2 and region = 'x'")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(e.Refs(), " "); got != "a b" {
		t.Errorf("Refs = %s", got)
	}
	if !e.UsesDot() || strings.Join(e.Attributes(), " ") != "region" {
		t.Errorf("dot %v, attributes %v", e.UsesDot(), e.Attributes())
	}
}

// TestCostIsLimited sees that a formula over many rows ends, undetermined.
func TestCostIsLimited(t *testing.T) {
	rows := make([]expr.Value, 5000)
	for i := range rows {
		rows[i] = expr.OfNumber(1)
	}
	e, err := expr.Parse(strings.Repeat("sum(${a}) + ", 30) + "0")
	if err != nil {
		t.Fatal(err)
	}
	if got := e.Eval(expr.Env{Ref: func(string) expr.Value { return expr.OfList(rows) }}); got.Kind != expr.Unknown {
		t.Errorf("evaluated to %v", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"${a} = 'ja'", "sum(${b}) div count(${b})", ". <= 3 and not(selected(${c}, 'd'))", "if(1,-2,coalesce('',\"x\"))", "((", "${"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		e, err := expr.Parse(src)
		if err != nil {
			var known *expr.Error
			if !errors.As(err, &known) || known.At < 1 {
				t.Fatalf("%v", err)
			}
			return
		}
		for _, v := range []expr.Value{{}, expr.None(), expr.OfNumber(2), expr.OfText("a"), expr.OfList([]expr.Value{expr.OfText("a"), {}})} {
			e.Eval(expr.Env{Ref: func(string) expr.Value { return v }, Dot: v, Today: "2026-11-21"})
		}
	})
}
