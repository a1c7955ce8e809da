package question

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kompetansetorg/internal/common/question/expr"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

// The bounds of a form.
const (
	MaxSections  = 40
	MaxQuestions = 300 // with columns
	MaxChoices   = 500 // of a question
	MaxColumns   = 12
	MaxRows      = 100 // of a table's answer
	MaxFiles     = 20  // of a question's answer
	usualFiles   = 5   // where the question sets no limit
	MaxLabel     = 500
	MaxIntro     = 4000
	MaxAnswer    = 20_000 // characters of a text without a limit of its own
	maxCode      = 60
)

// Can says what the house can take besides: what another package lends.
type Can struct {
	// Files is whether attachments can be taken. Where they cannot, a form that
	// asks for one is not published.
	Files bool
}

// Problem is one thing that is wrong with a definition. At is the place, as in
// the JSON with points: sections.0.questions.2.label. Name is the question or
// section it is about.
type Problem struct {
	At, Name string
	Key      i18n.Key
	Values   []any
}

// Fault is the problems as one, nil for none. The fields are named by place.
func Fault(problems []Problem) error {
	var fs fault.Fields
	for _, p := range problems {
		fs.Add(p.At, p.Key, p.Values...)
	}
	return fs.Err()
}

// Check lists everything that keeps the definition from being published.
func (d Definition) Check(can Can) []Problem {
	c := &checker{can: can, order: map[string]int{}, columnOf: map[string]string{}}
	c.text("title", "", d.Title, MaxLabel, true)
	c.text("intro", "", d.Intro, MaxIntro, false)
	if d.Sight != "" && !slices.Contains(Sights(), d.Sight) {
		c.add("sight", "", "form.error.choice")
	}
	if !slices.Contains(Uses(), d.Use) {
		c.add("use", "", "form.error.choice")
	}
	switch {
	case len(d.Sections) == 0:
		c.add("sections", "", "question.problem.no_sections")
	case len(d.Sections) > MaxSections:
		c.add("sections", "", "question.problem.many_sections", "max", MaxSections)
		return c.list
	}
	c.names(d)
	asked := 0
	for i, s := range d.Sections {
		at := "sections." + strconv.Itoa(i)
		c.text(at+".title", s.Name, s.Title, MaxLabel, true)
		c.text(at+".intro", s.Name, s.Intro, MaxIntro, false)
		c.expression(at+".show_if", s.Name, s.ShowIf, rule{before: c.order[firstOf(s)]})
		if len(s.Questions) == 0 {
			c.add(at+".questions", s.Name, "question.problem.no_questions")
		}
		for j, q := range s.Questions {
			asked += 1 + len(q.Columns)
			c.question(at+".questions."+strconv.Itoa(j), q, "")
		}
	}
	if asked > MaxQuestions {
		c.add("sections", "", "question.problem.many_questions", "max", MaxQuestions)
		return c.list
	}
	c.cycles(d)
	c.remarks(d)
	return c.list
}

func firstOf(s Section) string {
	if len(s.Questions) == 0 {
		return ""
	}
	return s.Questions[0].Name
}

type checker struct {
	can      Can
	list     []Problem
	order    map[string]int    // of questions and columns, from 1
	columnOf map[string]string // table of a column
}

func (c *checker) add(at, name string, key i18n.Key, values ...any) {
	c.list = append(c.list, Problem{At: at, Name: name, Key: key, Values: values})
}

func (c *checker) text(at, name string, t i18n.Text, limit int, required bool) {
	if required && strings.TrimSpace(t.NB) == "" {
		c.add(at+".nb", name, "question.problem.bokmaal")
	}
	for _, x := range []struct{ lang, text string }{{"nb", t.NB}, {"nn", t.NN}, {"en", t.EN}} {
		if utf8.RuneCountInString(x.text) > limit {
			c.add(at+"."+x.lang, name, "form.error.too_long", "max", limit)
		}
	}
}

// names notes where every name stands, and which are wrong or used twice.
func (c *checker) names(d Definition) {
	seen := map[string]bool{}
	note := func(at, name string) {
		switch folded := strings.ToLower(name); {
		case !expr.IsName(name):
			c.add(at+".name", name, "question.problem.name")
		case seen[folded]:
			c.add(at+".name", name, "question.problem.name_twice", "name", name)
		default:
			seen[folded] = true
		}
	}
	for i, s := range d.Sections {
		at := "sections." + strconv.Itoa(i)
		note(at, s.Name)
		for j, q := range s.Questions {
			here := at + ".questions." + strconv.Itoa(j)
			note(here, q.Name)
			c.order[q.Name] = len(c.order) + 1
			for k, col := range q.Columns {
				note(here+".columns."+strconv.Itoa(k), col.Name)
				c.order[col.Name] = len(c.order) + 1
				c.columnOf[col.Name] = q.Name
			}
		}
	}
}

func (c *checker) question(at string, q Question, table string) {
	if !slices.Contains(Kinds(), q.Kind) || table != "" && !q.Kind.canBeColumn() {
		c.add(at+".kind", q.Name, "form.error.choice")
	}
	if q.Kind == File && !c.can.Files {
		c.add(at+".kind", q.Name, "question.problem.file")
	}
	c.text(at+".label", q.Name, q.Label, map[bool]int{true: MaxIntro, false: MaxLabel}[q.Kind == Note], true)
	c.text(at+".hint", q.Name, q.Hint, MaxIntro, false)
	c.text(at+".constraint_message", q.Name, q.ConstraintMessage, MaxLabel, false)
	if q.Sight != "" && !slices.Contains(Sights(), q.Sight) {
		c.add(at+".sight", q.Name, "form.error.choice")
	}
	if q.Prefill != "" && (!slices.Contains(PrefillKeys(), q.Prefill) || table != "" || q.Kind == File) {
		c.add(at+".prefill", q.Name, "form.error.choice")
	}
	self := c.order[q.Name]
	c.expression(at+".show_if", q.Name, q.ShowIf, rule{before: self, table: table})
	c.expression(at+".constraint", q.Name, q.Constraint, rule{table: table, dot: true})
	c.expression(at+".calculation", q.Name, q.Calculation, rule{table: table})
	c.expression(at+".choice_filter", q.Name, q.ChoiceFilter, rule{before: self, table: table, choices: q.Choices})
	if q.Calculation != "" && (q.Kind == Table || q.Kind == File || q.Kind == Note || q.Kind.HasChoices() || q.Kind.IsRegister()) {
		c.add(at+".calculation", q.Name, "question.problem.calculated_kind")
	}
	if q.Sum && (table == "" || !q.Kind.IsNumber()) {
		c.add(at+".sum", q.Name, "question.problem.sum")
	}
	c.limits(at+".limits", q)
	c.choices(at, q)
	c.columns(at, q)
}

func (c *checker) limits(at string, q Question) {
	for _, x := range []struct{ name, text string }{{"min", q.Limits.Min}, {"max", q.Limits.Max}} {
		if x.text == "" {
			continue
		}
		if _, ok := q.Kind.amount(x.text); !ok && q.Kind != Date || q.Kind == Date && !isDay(x.text) {
			c.add(at+"."+x.name, q.Name, "question.problem.limit")
		}
	}
	low, okLow := q.Kind.amount(q.Limits.Min)
	high, okHigh := q.Kind.amount(q.Limits.Max)
	if okLow && okHigh && low > high || q.Kind == Date && q.Limits.Max != "" && q.Limits.Min > q.Limits.Max {
		c.add(at+".max", q.Name, "question.problem.limits_crossed")
	}
	l := q.Limits
	for _, x := range []struct {
		name   string
		n, max int
	}{{"max_words", l.MaxWords, MaxAnswer}, {"max_length", l.MaxLength, MaxAnswer}, {"max_choices", l.MaxChoices, MaxChoices}, {"min_rows", l.MinRows, MaxRows}, {"max_rows", l.MaxRows, MaxRows}, {"max_files", l.MaxFiles, MaxFiles}} {
		if x.n < 0 || x.n > x.max {
			c.add(at+"."+x.name, q.Name, "form.error.range", "min", 0, "max", x.max)
		}
	}
	if l.MaxRows > 0 && l.MinRows > l.MaxRows {
		c.add(at+".max_rows", q.Name, "question.problem.limits_crossed")
	}
}

func (c *checker) choices(at string, q Question) {
	switch {
	case !q.Kind.HasChoices():
		return
	case len(q.Choices) == 0:
		c.add(at+".choices", q.Name, "question.problem.no_choices")
		return
	case len(q.Choices) > MaxChoices:
		c.add(at+".choices", q.Name, "question.problem.many_choices", "max", MaxChoices)
		return
	}
	codes, letters := map[string]bool{}, map[string]bool{}
	for i, x := range q.Choices {
		here := at + ".choices." + strconv.Itoa(i)
		switch {
		case x.Code == "" || len(x.Code) > maxCode || strings.ContainsFunc(x.Code, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"'<>`, r) }):
			c.add(here+".code", q.Name, "question.problem.code")
		case codes[x.Code]:
			c.add(here+".code", q.Name, "question.problem.code_twice", "code", x.Code)
		}
		codes[x.Code] = true
		if x.Letter != "" && (letters[x.Letter] || utf8.RuneCountInString(x.Letter) > 3) {
			c.add(here+".letter", q.Name, "question.problem.letter")
		}
		letters[x.Letter] = true
		c.text(here+".label", q.Name, x.Label, MaxLabel, true)
	}
}

func (c *checker) columns(at string, q Question) {
	switch {
	case q.Kind != Table && len(q.Columns) > 0:
		c.add(at+".columns", q.Name, "question.problem.columns")
	case q.Kind == Table && len(q.Columns) == 0:
		c.add(at+".columns", q.Name, "question.problem.no_columns")
	case len(q.Columns) > MaxColumns:
		c.add(at+".columns", q.Name, "question.problem.many_columns", "max", MaxColumns)
	default:
		for i, col := range q.Columns {
			c.question(at+".columns."+strconv.Itoa(i), col, q.Name)
		}
	}
}

// rule is what an expression may name: only what stands before a place in the
// form (0: anything), the columns of the table it is in, the answer itself,
// attributes of the choices.
type rule struct {
	before  int
	table   string
	dot     bool
	choices []Choice
}

func (c *checker) expression(at, name, src string, r rule) {
	if src == "" {
		return
	}
	e, err := expr.Parse(src)
	var bad *expr.Error
	if errors.As(err, &bad) {
		c.add(at, name, bad.Key, bad.Values()...)
		return
	}
	for _, ref := range e.Refs() {
		switch nr, known := c.order[ref]; {
		case !known:
			c.add(at, name, "question.problem.unknown_name", "name", ref)
		case r.before > 0 && nr >= r.before:
			c.add(at, name, "question.problem.later_name", "name", ref)
		}
	}
	if e.UsesDot() && !r.dot {
		c.add(at, name, "question.problem.dot")
	}
	for _, attr := range e.Attributes() {
		if !slices.ContainsFunc(r.choices, func(x Choice) bool { _, ok := x.Attrs[attr]; return ok || attr == "name" }) {
			c.add(at, name, "question.problem.bare_name", "name", attr, "ref", "${"+attr+"}")
		}
	}
}

// cycles finds calculations that need themselves, also by way of what decides
// whether they are shown.
func (c *checker) cycles(d Definition) {
	needs := map[string][]string{}
	note := func(name string, sources ...string) {
		for _, src := range sources {
			if e, err := expr.Parse(src); err == nil {
				needs[name] = append(needs[name], e.Refs()...)
			}
		}
	}
	at := map[string]string{}
	for i, s := range d.Sections {
		for j, q := range s.Questions {
			here := "sections." + strconv.Itoa(i) + ".questions." + strconv.Itoa(j)
			note(q.Name, s.ShowIf, q.ShowIf, q.Calculation)
			at[q.Name] = here
			for k, col := range q.Columns {
				note(col.Name, s.ShowIf, q.ShowIf, col.ShowIf, col.Calculation)
				at[col.Name] = here + ".columns." + strconv.Itoa(k)
			}
		}
	}
	state := map[string]int{} // 1: on the way, 2: done
	var walk func(name string) bool
	walk = func(name string) bool {
		if state[name] != 0 {
			return state[name] == 1
		}
		state[name] = 1
		defer func() { state[name] = 2 }()
		return slices.ContainsFunc(needs[name], walk)
	}
	for _, s := range d.Sections {
		for _, q := range s.Questions {
			for _, x := range append([]Question{q}, q.Columns...) {
				if state[x.Name] == 0 && walk(x.Name) {
					c.add(at[x.Name]+".calculation", x.Name, "question.problem.cycle")
				}
			}
		}
	}
}
