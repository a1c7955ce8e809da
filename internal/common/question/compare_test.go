package question_test

import (
	"reflect"
	"slices"
	"testing"

	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/i18n"
)

// compared is a form with everything a form can say.
func compared() question.Definition {
	all := i18n.Text{NB: "b", NN: "n", EN: "e"}
	return question.Definition{Title: all, Intro: all, Sight: question.SightForum, Sections: []question.Section{
		{Name: "om", Title: all, Intro: all, ShowIf: "1 = 1", Questions: []question.Question{
			{Name: "plan", Kind: question.Single, Label: all, Hint: all, Required: true, ShowIf: "1 = 1", Constraint: ". = 'ja'", ConstraintMessage: all, Sight: question.SightInternal,
				Choices: []question.Choice{{Code: "ja", Letter: "a", Label: all, Other: true, Attrs: map[string]string{"fylke": "50"}}, {Code: "nei", Label: all}}, ChoiceFilter: "name != ''"},
			{Name: "antall", Kind: question.Number, Label: all, Calculation: "1 + 1", Prefill: "org.employees", Scheme: "styrk08",
				Limits: question.Limits{Min: "1", Max: "9", MaxWords: 1, MaxLength: 1, MaxChoices: 1, MinRows: 1, MaxRows: 1, MaxFiles: 1}},
		}},
		{Name: "yrker", Title: all, Questions: []question.Question{{Name: "tabell", Kind: question.Table, Label: all, Columns: []question.Question{
			{Name: "yrke", Kind: question.Concept, Label: all, Scheme: "styrk08"}, {Name: "hvor_mange", Kind: question.Number, Label: all, Sum: true}}}}},
	}}
}

// TestCompareMissesNothing changes every leaf of a form, one at a time, and holds
// that the comparison tells of it: also of a field that is added later.
func TestCompareMissesNothing(t *testing.T) {
	if c := question.Compare(compared(), compared()); !c.IsSame() || c.Same != 5 {
		t.Fatalf("a form differs from itself: %+v", c)
	}
	leaves := 0
	for change := 0; ; change++ {
		d, nr := compared(), change
		where, done := mutate(reflect.ValueOf(&d).Elem(), "form", &nr)
		if !done {
			break
		}
		leaves++
		if question.Compare(compared(), d).IsSame() {
			t.Errorf("a change of %s is not told", where)
		}
		if question.Compare(d, compared()).IsSame() {
			t.Errorf("a change back of %s is not told", where)
		}
	}
	if leaves < 100 {
		t.Errorf("only %d leaves were changed", leaves)
	}
}

// mutate changes the leaf that nr counts to, and tells which it was.
func mutate(v reflect.Value, at string, nr *int) (string, bool) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if where, done := mutate(v.Field(i), at+"."+v.Type().Field(i).Name, nr); done {
				return where, true
			}
		}
		return "", false
	case reflect.Slice:
		for i := range v.Len() {
			if where, done := mutate(v.Index(i), at, nr); done {
				return where, true
			}
		}
		return "", false
	}
	if *nr--; *nr >= 0 {
		return "", false
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int:
		v.SetInt(v.Int() + 1)
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]string{"ny": "x"}))
	default:
		panic("a field of a kind that the test does not know: " + at)
	}
	return at, true
}

func told(c question.Comparison) []string {
	var out []string
	for _, x := range c.Changes {
		out = append(out, string(x.Differs)+" "+x.Name+" "+string(x.Facet)+" "+x.Choice)
	}
	return out
}

func TestCompareKnowsAgainByName(t *testing.T) {
	for name, c := range map[string]struct {
		change func(d *question.Definition)
		want   []string
		count  [4]int // added, removed, altered, same
	}{
		"a question moves to another section": {func(d *question.Definition) {
			d.Sections[1].Questions = append(d.Sections[1].Questions, d.Sections[0].Questions[1])
			d.Sections[0].Questions = d.Sections[0].Questions[:1]
		}, []string{"altered antall section "}, [4]int{0, 0, 1, 4}},
		"a section with a table goes": {func(d *question.Definition) { d.Sections = d.Sections[:1] },
			[]string{"removed yrker  ", "removed tabell  ", "removed yrke  ", "removed hvor_mange  "}, [4]int{0, 3, 0, 2}},
		"a column becomes a question": {func(d *question.Definition) {
			q := &d.Sections[1].Questions[0]
			d.Sections[1].Questions = append(d.Sections[1].Questions, q.Columns[1])
			d.Sections[1].Questions[0].Columns = q.Columns[:1]
		}, []string{"altered hvor_mange column "}, [4]int{0, 0, 1, 4}},
		"sections change places":  {func(d *question.Definition) { slices.Reverse(d.Sections) }, []string{"altered  order "}, [4]int{0, 0, 0, 5}},
		"questions change places": {func(d *question.Definition) { slices.Reverse(d.Sections[0].Questions) }, []string{"altered om order "}, [4]int{0, 0, 0, 5}},
		"a name is changed": {func(d *question.Definition) { d.Sections[0].Questions[1].Name = "tall" },
			[]string{"added tall  ", "removed antall  "}, [4]int{1, 1, 0, 4}},
		"choices come and go": {func(d *question.Definition) { d.Sections[0].Questions[0].Choices[1].Code = "kanskje" },
			[]string{"added plan choice kanskje", "removed plan choice nei"}, [4]int{0, 0, 1, 4}},
		"another kind, and no longer required": {func(d *question.Definition) {
			d.Sections[0].Questions[0].Kind, d.Sections[0].Questions[0].Required = question.Text, false
		}, []string{"altered plan kind ", "altered plan required "}, [4]int{0, 0, 1, 4}},
	} {
		now := compared()
		c.change(&now)
		got := question.Compare(compared(), now)
		if !slices.Equal(told(got), c.want) || [4]int{got.Added, got.Removed, got.Altered, got.Same} != c.count {
			t.Errorf("%s: %q, %d/%d/%d/%d", name, told(got), got.Added, got.Removed, got.Altered, got.Same)
		}
	}
}

// TestOnto reads a form anew with what a workbook can say of it, and holds that the
// version after says all that the one before did.
func TestOnto(t *testing.T) {
	bare := func(x i18n.Text) i18n.Text { return i18n.Text{NB: x.NB} }
	read := question.Definition{}
	for _, s := range compared().Sections {
		out := question.Section{Name: s.Name, Title: bare(s.Title), Intro: bare(s.Intro), ShowIf: s.ShowIf}
		for _, q := range s.Questions {
			x := question.Question{Name: q.Name, Kind: q.Kind, Label: bare(q.Label), Hint: bare(q.Hint), Required: q.Required, ShowIf: q.ShowIf, Constraint: q.Constraint,
				ConstraintMessage: bare(q.ConstraintMessage), Calculation: q.Calculation, ChoiceFilter: q.ChoiceFilter}
			for _, c := range q.Choices {
				x.Choices = append(x.Choices, question.Choice{Code: c.Code, Label: bare(c.Label), Attrs: c.Attrs})
			}
			for _, col := range q.Columns {
				x.Columns = append(x.Columns, question.Question{Name: col.Name, Kind: col.Kind, Label: bare(col.Label)})
			}
			out.Questions = append(out.Questions, x)
		}
		read.Sections = append(read.Sections, out)
	}
	if c := question.Compare(compared(), read.Onto(compared())); !c.IsSame() {
		t.Errorf("lost on the way: %q", told(c))
	}
	read.Sections[0].Questions[0].Kind = question.Text
	read.Sections[0].Questions[1].Label.NB = "Et annet spørsmål"
	got := read.Onto(compared())
	if q, _, _ := got.Find("plan"); q.Sight != question.SightInternal {
		t.Error("another kind of answer is seen by others than before")
	}
	if q, _, _ := got.Find("antall"); q.Label.NN != "" || q.Limits.Max != "9" {
		t.Errorf("a new question keeps the old translation, or loses its limits: %+v", q)
	}
	if read.Sections[0].Questions[1].Limits.Max != "" {
		t.Error("what was read was changed")
	}
}
