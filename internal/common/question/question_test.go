package question_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

var today = clock.MustDate("2026-11-21")

func nb(s string) i18n.Text { return i18n.Text{NB: s} }

func choices(codes ...string) []question.Choice {
	var out []question.Choice
	for _, c := range codes {
		out = append(out, question.Choice{Code: c, Label: nb(c)})
	}
	return out
}

// survey is a form with an if-question, a table with a sum and calculations.
func survey() question.Definition {
	return question.Definition{Title: nb("Skjema"), Sections: []question.Section{
		{Name: "om", Title: nb("Om"), Questions: []question.Question{
			{Name: "plan", Kind: question.Single, Label: nb("Plan?"), Required: true, Choices: choices("ja", "nei")},
			{Name: "hvilken", Kind: question.Text, Label: nb("Hvilken?"), Required: true, ShowIf: "${plan} = 'ja'"},
			{Name: "fylke", Kind: question.Single, Label: nb("Fylke"), Choices: choices("trondelag", "innlandet")},
			{Name: "sted", Kind: question.Single, Label: nb("Sted"), ChoiceFilter: "fylke = ${fylke}", Choices: []question.Choice{
				{Code: "roros", Label: nb("Røros"), Attrs: map[string]string{"fylke": "trondelag"}}, {Code: "os", Label: nb("Os"), Attrs: map[string]string{"fylke": "innlandet"}}}},
		}},
		{Name: "yrker", Title: nb("Yrker"), ShowIf: "${plan} != 'nei'", Questions: []question.Question{
			{Name: "tabell", Kind: question.Table, Label: nb("Yrker"), Limits: question.Limits{MaxRows: 3}, Columns: []question.Question{
				{Name: "yrke", Kind: question.Text, Label: nb("Yrke"), Required: true},
				{Name: "antall", Kind: question.Number, Label: nb("Antall"), Sum: true, Limits: question.Limits{Min: "1"}},
				{Name: "pris", Kind: question.Money, Label: nb("Pris")},
				{Name: "kost", Kind: question.Money, Label: nb("Kost"), Calculation: "${antall} * ${pris}", Sum: true},
			}},
			{Name: "alle", Kind: question.Number, Label: nb("Alle"), Calculation: "sum(${antall})"},
			{Name: "hvorfor", Kind: question.Long, Label: nb("Hvorfor så mange?"), ShowIf: "${alle} > 10", Limits: question.Limits{MaxWords: 250}},
		}},
	}}
}

func row(yrke, antall, pris string) question.Values {
	return question.Values{"yrke": {Text: yrke}, "antall": {Text: antall}, "pris": {Text: pris}}
}

func TestShowIfAndSubmitted(t *testing.T) {
	d := survey()
	if got := d.Check(question.Can{}); len(got) > 0 {
		t.Fatalf("Check = %+v", got)
	}
	s := d.State(question.Values{}, today)
	if got := s.Shown("hvilken"); got != question.Undetermined {
		t.Errorf("before the answer: %v", got)
	}
	answers := question.Values{"plan": {Text: "nei"}, "hvilken": {Text: "en gammel"}, "tabell": {Rows: []question.Values{row("kokk", "3", "100")}}}
	s = d.State(answers, today)
	if s.Shown("hvilken") != question.Hidden || s.Shown("tabell") != question.Hidden {
		t.Error("what the answer no decides away is shown")
	}
	if got := s.Submitted(); len(got) != 1 || got["plan"].Text != "nei" {
		t.Errorf("Submitted = %v", got)
	}
	if answers["hvilken"].Text != "en gammel" {
		t.Error("the hidden answer is lost from the draft")
	}
}

func TestTableSumsAndCalculations(t *testing.T) {
	answers := question.Values{"plan": {Text: "ja"}, "hvilken": {Text: "x"},
		"tabell": {Rows: []question.Values{row("kokk", "8", "12,50"), {}, row("sveiser", "4", "100")}}}
	s := survey().State(answers, today)
	if got := s.Sum("antall"); got != 12 {
		t.Errorf("sum of persons = %d", got)
	}
	if got := s.Sum("kost"); got != 50_000 {
		t.Errorf("sum of cost = %d øre", got)
	}
	if got := s.ValueIn("kost", 0).Text; got != "100" {
		t.Errorf("cost of row 0 = %q", got)
	}
	if got := s.Value("alle").Text; got != "12" {
		t.Errorf("calculated = %q", got)
	}
	if s.Shown("hvorfor") != question.Visible {
		t.Error("a question that hangs on a sum is not shown")
	}
	if got := s.Submitted()["tabell"].Rows; len(got) != 2 || got[1]["kost"].Text != "400" {
		t.Errorf("submitted rows = %v", got)
	}
}

func TestChoiceFilter(t *testing.T) {
	d := survey()
	q, _, _ := d.Find("sted")
	if got := d.State(question.Values{"fylke": {Text: "innlandet"}}, today).Offered(q, -1); len(got) != 1 || got[0].Code != "os" {
		t.Errorf("offered %v", got)
	}
	err := d.Validate(question.Values{"plan": {Text: "nei"}, "fylke": {Text: "innlandet"}, "sted": {Text: "roros"}}, today)
	if got := keys(err); !slices.Equal(got, []string{"answers.sted form.error.choice"}) {
		t.Errorf("faults = %v", got)
	}
}

// keys are the faults as "field key".
func keys(err error) []string {
	e, ok := fault.As(err)
	if !ok {
		return nil
	}
	var out []string
	for _, f := range e.Fields {
		out = append(out, f.Name+" "+string(f.Key))
	}
	return out
}

func TestValidate(t *testing.T) {
	rows := func(r ...question.Values) question.Values {
		return question.Values{"plan": {Text: "ja"}, "hvilken": {Text: "x"}, "tabell": {Rows: r}}
	}
	for name, tt := range map[string]struct {
		given question.Values
		want  []string
	}{
		"nothing":        {question.Values{}, []string{"answers.plan form.error.required"}},
		"shown required": {question.Values{"plan": {Text: "ja"}}, []string{"answers.hvilken form.error.required"}},
		"fine":           {rows(row("kokk", "2", "5")), nil},
		"unknown choice": {question.Values{"plan": {Text: "kanskje"}}, []string{"answers.plan form.error.choice"}},
		"empty row":      {rows(question.Values{}, row("kokk", "2", "")), nil},
		"in a row": {rows(row("kokk", "mange", "gratis"), row("", "0", "")), []string{"answers.tabell.0.antall form.error.number",
			"answers.tabell.0.pris form.error.money", "answers.tabell.1.yrke form.error.required", "answers.tabell.1.antall question.error.least"}},
		"many rows": {rows(row("a", "1", ""), row("b", "1", ""), row("c", "1", ""), row("d", "1", "")), []string{"answers.tabell question.error.many_rows"}},
	} {
		if got := keys(survey().Validate(tt.given, today)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
	if got := keys(survey().ValidateSection("yrker", question.Values{"plan": {Text: "ja"}}, today)); got != nil {
		t.Errorf("the other section's faults are told: %v", got)
	}
}

// TestWordLimit is O-6: 250 words are accepted, 251 refused.
func TestWordLimit(t *testing.T) {
	d := question.Definition{Title: nb("R"), Sections: []question.Section{{Name: "s", Title: nb("S"), Questions: []question.Question{
		{Name: "videre", Kind: question.Long, Label: nb("Videreføring"), Limits: question.Limits{MaxWords: 250}}}}}}
	// Twelve words: hyphens join, a dash alone is none, æøå are letters, and a
	// number with a blank in it is two.
	twelve := "Etter- og videreutdanning – for blåbærplukkere på Ørlandet, e-post og 12\u00a0000 år "
	if err := d.Validate(question.Values{"videre": {Text: strings.Repeat("æøå ", 238) + twelve}}, today); err != nil {
		t.Errorf("250 words: %v", err)
	}
	err := d.Validate(question.Values{"videre": {Text: strings.Repeat("æøå ", 239) + twelve}}, today)
	if got := keys(err); !slices.Equal(got, []string{"answers.videre question.error.words"}) {
		t.Errorf("251 words: %v", got)
	}
}

func TestLimitsAndConstraints(t *testing.T) {
	ask := func(q question.Question, v question.Value) []string {
		q.Name, q.Label = "q", nb("Q")
		d := question.Definition{Title: nb("T"), Sections: []question.Section{{Name: "s", Title: nb("S"), Questions: []question.Question{q}}}}
		if got := d.Check(question.Can{}); len(got) > 0 {
			t.Fatalf("Check = %+v", got)
		}
		return keys(d.Validate(question.Values{"q": q.Normal(v)}, today))
	}
	for i, tt := range []struct {
		q    question.Question
		v    question.Value
		want string
	}{
		{question.Question{Kind: question.Number, Limits: question.Limits{Max: "10"}}, question.Value{Text: "11"}, "question.error.most"},
		{question.Question{Kind: question.Number}, question.Value{Text: "1\u00a0200"}, ""},
		{question.Question{Kind: question.Decimal, Limits: question.Limits{Min: "0,5"}}, question.Value{Text: "0,4"}, "question.error.least"},
		{question.Question{Kind: question.Decimal}, question.Value{Text: "1,2345"}, "question.error.decimal"},
		{question.Question{Kind: question.Money}, question.Value{Text: "kr 1.650.000,-"}, ""},
		{question.Question{Kind: question.Date, Limits: question.Limits{Min: "2026-01-01"}}, question.Value{Text: "31.12.2025"}, "question.error.earliest"},
		{question.Question{Kind: question.Date, Constraint: ". > today()"}, question.Value{Text: "21.11.2026"}, "question.error.constraint"},
		{question.Question{Kind: question.Number, Constraint: ". mod 2 = 0", ConstraintMessage: nb("Partall")}, question.Value{Text: "3"}, "question.error.own"},
		{question.Question{Kind: question.Multiple, Choices: choices("a", "b"), Limits: question.Limits{MaxChoices: 1}}, question.Value{Codes: []string{"a", "b"}}, "question.error.many_choices"},
		{question.Question{Kind: question.Single, Choices: []question.Choice{{Code: "x", Label: nb("Annet"), Other: true}}}, question.Value{Text: "x"}, "question.error.other"},
		{question.Question{Kind: question.Single, Choices: []question.Choice{{Code: "x", Label: nb("Annet"), Other: true}}}, question.Value{Text: "x", Other: "noe"}, ""},
		{question.Question{Kind: question.Municipality}, question.Value{Text: "Atlantis"}, "form.error.municipality"},
		{question.Question{Kind: question.Concept}, question.Value{Text: "tømmerfløter"}, ""},
		{question.Question{Kind: question.Text}, question.Value{Text: strings.Repeat("å", 301)}, "form.error.too_long"},
	} {
		got := ask(tt.q, tt.v)
		if len(got) > 1 || (len(got) == 0) != (tt.want == "") || len(got) == 1 && !strings.HasSuffix(got[0], " "+tt.want) {
			t.Errorf("%d: %s %v: %v, want %q", i, tt.q.Kind, tt.v, got, tt.want)
		}
	}
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	change := func(fn func(d *question.Definition)) question.Definition {
		d := survey().Clone()
		fn(&d)
		return d
	}
	q := func(d *question.Definition, i, j int) *question.Question { return &d.Sections[i].Questions[j] }
	for want, d := range map[string]question.Definition{
		"title.nb question.problem.bokmaal":                                 change(func(d *question.Definition) { d.Title = i18n.Text{NN: "Berre nynorsk"} }),
		"sections question.problem.no_sections":                             {Title: nb("T")},
		"sections.0.questions.1.name question.problem.name_twice":           change(func(d *question.Definition) { q(d, 0, 1).Name = "PLAN" }),
		"sections.0.questions.0.name question.problem.name":                 change(func(d *question.Definition) { q(d, 0, 0).Name = "blå bær" }),
		"sections.0.questions.1.show_if question.problem.unknown_name":      change(func(d *question.Definition) { q(d, 0, 1).ShowIf = "${finnes_ikke} = 1" }),
		"sections.0.questions.1.show_if question.problem.later_name":        change(func(d *question.Definition) { q(d, 0, 1).ShowIf = "${alle} = 1" }),
		"sections.0.questions.1.show_if question.expr.ends":                 change(func(d *question.Definition) { q(d, 0, 1).ShowIf = "${plan} =" }),
		"sections.0.questions.1.show_if question.problem.dot":               change(func(d *question.Definition) { q(d, 0, 1).ShowIf = ". = 1" }),
		"sections.0.questions.0.choices question.problem.no_choices":        change(func(d *question.Definition) { q(d, 0, 0).Choices = nil }),
		"sections.0.questions.0.choices.1.code question.problem.code_twice": change(func(d *question.Definition) { q(d, 0, 0).Choices[1].Code = "ja" }),
		"sections.0.questions.3.choice_filter question.problem.bare_name":   change(func(d *question.Definition) { q(d, 0, 3).ChoiceFilter = "land = 'no'" }),
		"sections.1.questions.1.calculation question.problem.cycle":         change(func(d *question.Definition) { q(d, 1, 1).Calculation = "${alle} + 1" }),
		"sections.1.questions.0.columns question.problem.no_columns":        change(func(d *question.Definition) { q(d, 1, 0).Columns, q(d, 1, 1).Calculation = nil, "" }),
		"sections.1.questions.0.columns.0.kind form.error.choice":           change(func(d *question.Definition) { q(d, 1, 0).Columns[0].Kind = question.Table }),
		"sections.1.questions.2.kind question.problem.file":                 change(func(d *question.Definition) { q(d, 1, 2).Kind = question.File }),
		"sections.1.questions.2.prefill form.error.choice":                  change(func(d *question.Definition) { q(d, 1, 2).Prefill = "org.secret" }),
		"sections.1.questions.1.limits.min question.problem.limit":          change(func(d *question.Definition) { q(d, 1, 1).Limits.Min = "mange" }),
		"sections.1.questions.1.limits.max question.problem.limits_crossed": change(func(d *question.Definition) { q(d, 1, 1).Limits = question.Limits{Min: "5", Max: "2"} }),
	} {
		var got []string
		for _, p := range d.Check(question.Can{}) {
			got = append(got, p.At+" "+string(p.Key))
		}
		if !slices.Contains(got, want) {
			t.Errorf("want %s, got %v", want, got)
		}
	}
	withFile := change(func(d *question.Definition) { q(d, 1, 2).Kind = question.File })
	if got := withFile.Check(question.Can{Files: true}); len(got) > 0 {
		t.Errorf("with files: %v", got)
	}
}

func TestSightOf(t *testing.T) {
	d := survey()
	d.Sight, d.Sections[1].Questions[0].Sight = question.SightForum, question.SightOpen
	for name, want := range map[string]question.Sight{"plan": question.SightForum, "antall": question.SightOpen, "ukjent": question.SightInternal} {
		if got := d.SightOf(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}

func TestDecode(t *testing.T) {
	src, err := question.Encode(survey())
	if err != nil {
		t.Fatal(err)
	}
	d, err := question.Decode([]byte(src))
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := question.Encode(d); again != src {
		t.Errorf("decoded and encoded: %s", again)
	}
	for _, bad := range []string{"", "{}{}", `{"titel":{}}`, "[1]", `{"sections":{}}`} {
		if _, err := question.Decode([]byte(bad)); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}

// FuzzDefinition reads any JSON as a form and answers it: nothing may fail but
// with an error, and what passes Check must take an answer.
func FuzzDefinition(f *testing.F) {
	src, _ := question.Encode(survey())
	f.Add(src, "ja", "7")
	f.Add(`{"title":{"nb":"x"},"sections":[{"name":"a","questions":[{"name":"b","kind":"table","show_if":"${b}","columns":[{"name":"c","kind":"number","calculation":"${d}"},{"name":"d","kind":"number","calculation":"${c}"}]}]}]}`, "", "1")
	f.Add(`{"title":{"nb":"x"},"sections":[{"name":"a","questions":[{"name":"b","kind":"table","show_if":"${b}","columns":[{"name":"b","kind":"number","calculation":"${d}"},{"name":"d","kind":"number","calculation":"${c}"}]}]}]}`, "x", "1")
	f.Fuzz(func(t *testing.T, src, a, b string) {
		d, err := question.Decode([]byte(src))
		if err != nil {
			return
		}
		d.Check(question.Can{Files: true})
		given := question.Values{}
		for _, s := range d.Sections {
			for _, q := range s.Questions {
				v := question.Value{Text: a, Codes: []string{b}}
				for _, col := range q.Columns {
					v.Rows = append(v.Rows, question.Values{col.Name: col.Normal(question.Value{Text: b})})
				}
				given[q.Name] = q.Normal(v)
			}
		}
		if err := d.Validate(given, today); err != nil && !fault.Is(err, fault.Invalid) {
			t.Fatal(err)
		}
		if _, err := json.Marshal(d.State(given, today).Submitted()); err != nil {
			t.Fatal(err)
		}
	})
}
