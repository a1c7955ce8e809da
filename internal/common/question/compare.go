package question

import (
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/kit/i18n"
)

// Facet is what of a form, section, question or choice is another. Named as the
// field of the page where it is written.
type Facet string

// The facets that are no field by themselves.
const (
	FacetWhole   Facet = ""        // all of it is new or gone
	FacetOrder   Facet = "order"   // of sections, questions, columns or choices
	FacetSection Facet = "section" // the question stands in another section
	FacetColumn  Facet = "column"  // the question stands in another table, or in one no more
	FacetChoice  Facet = "choice"  // an answer to choose is new or gone
)

// Differs is how a version differs from the one before it.
type Differs string

// The ways.
const (
	Added   Differs = "added"
	Removed Differs = "removed"
	Altered Differs = "altered"
)

// Change is one difference between two versions. Name is the section, question or
// column, empty for the form itself; Choice the code of a choice. Before and After
// are written as the definition writes them, in Lang for a text.
type Change struct {
	Differs       Differs
	Name          string
	IsSection     bool
	Label         i18n.Text // as it is called now, or was before it went
	Choice        string
	Facet         Facet
	Lang          i18n.Lang
	Before, After string
}

// Comparison is how a version differs from the one before it, in the order of the
// new one. What is counted are questions and columns.
type Comparison struct {
	Changes                       []Change
	Added, Removed, Altered, Same int
}

// IsSame reports whether both say the same.
func (c Comparison) IsSame() bool { return len(c.Changes) == 0 }

// Compare holds a version against the one before it. Sections, questions and
// choices are known again by their names: one that was given another name is gone,
// and a new one has come.
func Compare(old, now Definition) Comparison {
	c := &comparer{old: old, now: now}
	c.text("title", old.Title, now.Title)
	c.text("intro", old.Intro, now.Intro)
	c.value("sight", string(old.Sight), string(now.Sight))
	c.value("use", string(old.Use), string(now.Use))
	c.order(names(old.Sections, sectionName), names(now.Sections, sectionName))
	for _, s := range now.Sections {
		c.section(s)
	}
	for _, s := range old.Sections {
		if _, ok := now.Section(s.Name); ok {
			continue
		}
		c.about(s.Name, s.Title, true)
		c.whole(Removed)
		c.gone(s.Questions)
	}
	return c.out
}

type comparer struct {
	old, now Definition
	out      Comparison
	at       Change // what is being compared
}

func (c *comparer) about(name string, label i18n.Text, section bool) {
	c.at = Change{Name: name, Label: label, IsSection: section}
}

func (c *comparer) whole(d Differs) {
	x := c.at
	x.Differs = d
	c.out.Changes = append(c.out.Changes, x)
}

func (c *comparer) value(f Facet, before, after string) {
	if before == after {
		return
	}
	x := c.at
	x.Differs, x.Facet, x.Before, x.After = Altered, f, before, after
	c.out.Changes = append(c.out.Changes, x)
}

func (c *comparer) text(f Facet, before, after i18n.Text) {
	for _, l := range []struct {
		lang          i18n.Lang
		before, after string
	}{{i18n.NB, before.NB, after.NB}, {i18n.NN, before.NN, after.NN}, {i18n.EN, before.EN, after.EN}} {
		c.at.Lang = l.lang
		c.value(f, l.before, l.after)
	}
	c.at.Lang = ""
}

func (c *comparer) number(f Facet, before, after int) {
	c.value(f, zeroAsNone(before), zeroAsNone(after))
}

func zeroAsNone(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (c *comparer) yes(f Facet, before, after bool) {
	c.value(f, yesOrNo(before), yesOrNo(after))
}

// yesOrNo writes a mark of the definition; No and Yes are what it is in a Change.
func yesOrNo(b bool) string {
	if b {
		return Yes
	}
	return No
}

// How a mark of a definition is written in a Change.
const (
	Yes = "true"
	No  = "false"
)

// order tells when what is in both comes in another order: from the first that
// stands elsewhere to the last.
func (c *comparer) order(before, after []string) {
	var was, is []string
	for _, name := range before {
		if slices.Contains(after, name) {
			was = append(was, name)
		}
	}
	for _, name := range after {
		if slices.Contains(before, name) {
			is = append(is, name)
		}
	}
	if len(was) != len(is) { // a name that is there twice, which Check refuses
		return
	}
	for len(was) > 0 && was[0] == is[0] {
		was, is = was[1:], is[1:]
	}
	for len(was) > 0 && was[len(was)-1] == is[len(is)-1] {
		was, is = was[:len(was)-1], is[:len(is)-1]
	}
	c.value(FacetOrder, strings.Join(was, ", "), strings.Join(is, ", "))
}

func names[T any](list []T, name func(T) string) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = name(x)
	}
	return out
}

func sectionName(s Section) string   { return s.Name }
func questionName(q Question) string { return q.Name }
func choiceCode(c Choice) string     { return c.Code }

func (c *comparer) section(now Section) {
	c.about(now.Name, now.Title, true)
	old, ok := c.old.Section(now.Name)
	if !ok {
		c.whole(Added)
	} else {
		c.text("title", old.Title, now.Title)
		c.text("intro", old.Intro, now.Intro)
		c.value("show_if", old.ShowIf, now.ShowIf)
		c.order(names(old.Questions, questionName), names(now.Questions, questionName))
	}
	for _, q := range now.Questions {
		c.question(now.Name, "", q)
	}
	c.gone(old.Questions)
}

// question compares a question or column with the one of its name, wherever that
// stood.
func (c *comparer) question(section, table string, now Question) {
	c.about(now.Name, now.Label, false)
	before := len(c.out.Changes)
	old, oldTable, ok := c.old.Find(now.Name)
	if !ok {
		c.whole(Added)
		c.out.Added++
	} else {
		if oldTable == "" && table == "" {
			c.value(FacetSection, c.old.sectionOf(now.Name), section)
		}
		c.value(FacetColumn, oldTable, table)
		c.rules(old, now)
		c.choices(old, now)
		c.order(names(old.Columns, questionName), names(now.Columns, questionName))
		if len(c.out.Changes) > before {
			c.out.Altered++
		} else {
			c.out.Same++
		}
	}
	for _, col := range now.Columns {
		c.question(section, now.Name, col)
	}
	c.gone(old.Columns)
}

func (c *comparer) rules(old, now Question) {
	c.text("label", old.Label, now.Label)
	c.text("hint", old.Hint, now.Hint)
	c.value("kind", string(old.Kind), string(now.Kind))
	c.yes("required", old.Required, now.Required)
	c.value("show_if", old.ShowIf, now.ShowIf)
	c.value("constraint", old.Constraint, now.Constraint)
	c.text("constraint_message", old.ConstraintMessage, now.ConstraintMessage)
	c.value("calculation", old.Calculation, now.Calculation)
	c.value("choice_filter", old.ChoiceFilter, now.ChoiceFilter)
	a, b := old.Limits, now.Limits
	c.value("min", a.Min, b.Min)
	c.value("max", a.Max, b.Max)
	c.number("max_words", a.MaxWords, b.MaxWords)
	c.number("max_length", a.MaxLength, b.MaxLength)
	c.number("max_choices", a.MaxChoices, b.MaxChoices)
	c.number("min_rows", a.MinRows, b.MinRows)
	c.number("max_rows", a.MaxRows, b.MaxRows)
	c.number("max_files", a.MaxFiles, b.MaxFiles)
	c.value("scheme", old.Scheme, now.Scheme)
	c.yes("sum", old.Sum, now.Sum)
	c.value("prefill", old.Prefill, now.Prefill)
	c.value("sight", string(old.Sight), string(now.Sight))
}

func (c *comparer) choices(old, now Question) {
	place := c.at
	defer func() { c.at = place }()
	c.order(names(old.Choices, choiceCode), names(now.Choices, choiceCode))
	for _, x := range now.Choices {
		c.at.Choice = x.Code
		was, ok := old.Choice(x.Code)
		if !ok {
			c.offered(Added, "", x.Label.String())
			continue
		}
		c.text("choice_label", was.Label, x.Label)
		c.value("choice_letter", was.Letter, x.Letter)
		c.yes("choice_other", was.Other, x.Other)
		c.value("choice_attrs", was.attrs(), x.attrs())
	}
	for _, x := range old.Choices {
		if _, ok := now.Choice(x.Code); !ok {
			c.at.Choice = x.Code
			c.offered(Removed, x.Label.String(), "")
		}
	}
}

func (c *comparer) offered(d Differs, before, after string) {
	x := c.at
	x.Differs, x.Facet, x.Before, x.After = d, FacetChoice, before, after
	c.out.Changes = append(c.out.Changes, x)
}

// gone tells of the questions that are nowhere in the new version.
func (c *comparer) gone(old []Question) {
	for _, q := range old {
		if _, _, ok := c.now.Find(q.Name); ok {
			continue
		}
		c.about(q.Name, q.Label, false)
		c.whole(Removed)
		c.out.Removed++
		c.gone(q.Columns)
	}
}

// sectionOf is the name of the section that the question stands in.
func (d Definition) sectionOf(name string) string {
	for _, s := range d.Sections {
		if slices.ContainsFunc(s.Questions, func(q Question) bool { return q.Name == name }) {
			return s.Name
		}
	}
	return ""
}

// attrs writes what decides whether the choice is offered, by name.
func (c Choice) attrs() string {
	out := make([]string, 0, len(c.Attrs))
	for name, value := range c.Attrs {
		out = append(out, name+"="+value)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}
