package draw_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/draw"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/site/sitetest"
)

func nb(s string) i18n.Text { return i18n.Text{NB: s} }

var section = question.Section{Name: "s", Title: nb("S"), Questions: []question.Question{
	{Name: "plan", Kind: question.Single, Label: nb("Plan?"), Choices: []question.Choice{{Code: "ja", Letter: "a", Label: nb("Ja")}, {Code: "annet", Letter: "b", Label: nb("Annet"), Other: true}}},
	{Name: "hvilken", Kind: question.Text, Label: nb("Hvilken?"), ShowIf: "${plan} = 'ja'"},
	{Name: "kommune", Kind: question.Municipality, Label: nb("Kommune"), Prefill: "org.municipality"},
	{Name: "former", Kind: question.Multiple, Label: nb("Former"), Choices: []question.Choice{{Code: "nett", Label: nb("Nett")}, {Code: "samling", Label: nb("Samling")}}},
	{Name: "yrker", Kind: question.Table, Label: nb("Yrker"), Columns: []question.Question{
		{Name: "yrke", Kind: question.Concept, Label: nb("Yrke"), Scheme: "styrk08"},
		{Name: "antall", Kind: question.Number, Label: nb("Antall"), Sum: true},
		{Name: "hvorfor", Kind: question.Text, Label: nb("Hvorfor så mange?"), ShowIf: "${antall} > 5"}}},
}}

// page is the section with answers, in the reader's language.
func page(t *testing.T, h *sitetest.House, values question.Values) draw.Page {
	t.Helper()
	return draw.Page{Printer: h.Door().Texts.Printer(i18n.NN), Registers: h.Registers, Values: values, Today: clock.MustDate("2026-11-21"),
		Definition: question.Definition{Title: nb("T"), Sections: []question.Section{section}}}
}

func find(t *testing.T, q ui.Questions, id string) ui.Asked {
	t.Helper()
	i := slices.IndexFunc(q.List, func(a ui.Asked) bool { return a.ID == id })
	if i < 0 {
		t.Fatalf("%s is not asked", id)
	}
	return q.List[i]
}

func TestReadKeepsWhatWasNotAsked(t *testing.T) {
	old := question.Values{"hvilken": {Text: "gammel"}, "former": {Codes: []string{"nett"}}}
	got := draw.Read(url.Values{"asked": {"plan", "former", "yrker"}, "answers.plan": {"annet"}, "answers.plan.other": {" noe  annet "},
		"answers.yrker.0.antall": {"1\u00a0200"}, "answers.yrker.2.antall": {"mange"}, "answers.yrker.99999.antall": {"1"}}, section, old)
	if got["hvilken"].Text != "gammel" {
		t.Error("the answer to a hidden question is lost")
	}
	if len(got["former"].Codes) != 0 {
		t.Error("boxes that were unticked are still ticked")
	}
	if got["plan"].Other != "noe annet" {
		t.Errorf("other = %q", got["plan"].Other)
	}
	rows := got["yrker"].Rows
	if len(rows) != 3 || rows[0]["antall"].Text != "1200" || rows[2]["antall"].Text != "mange" {
		t.Errorf("rows %v", rows)
	}
}

func TestActs(t *testing.T) {
	values := question.Values{"yrker": {Rows: []question.Values{{"antall": {Text: "1"}}, {"antall": {Text: "2"}}}}}
	after := func(act string) []question.Values {
		a := draw.ActOf(url.Values{"act": {act}})
		if !a.Redraws() {
			t.Errorf("%s does not redraw", act)
		}
		return a.Apply(section, values)["yrker"].Rows
	}
	if got := after("add:yrker"); len(got) != 3 {
		t.Errorf("added: %v", got)
	}
	if got := after("remove:yrker:0"); len(got) != 1 || got[0]["antall"].Text != "2" {
		t.Errorf("removed: %v", got)
	}
	for _, odd := range []string{"remove:yrker:7", "remove:yrker:-1", "remove:plan:0", "add:finnes_ikke", "update"} {
		if got := after(odd); len(got) != 2 {
			t.Errorf("%s: %v", odd, got)
		}
	}
	if a := draw.ActOf(url.Values{"act": {"unchanged"}}); !a.TakesOver() || a.Redraws() {
		t.Error("unchanged is misread")
	}
	if len(values["yrker"].Rows) != 2 {
		t.Error("the values given were changed")
	}
}

func TestSectionTellsWhereThingsAreFrom(t *testing.T) {
	h := sitetest.New(t)
	values, err := h.Registers.Resolve(context.Background(), section, question.Values{"plan": {Text: "ja"}, "kommune": {Text: "Røros"},
		"yrker": {Rows: []question.Values{{"yrke": {Text: "kokk"}, "antall": {Text: "4"}, "hvorfor": {Text: "gjemt"}}, {"yrke": {Text: "blåbærflytter på månen"}, "antall": {Text: "9"}}}}})
	if err != nil {
		t.Fatal(err)
	}
	if values["kommune"].Code != "5025" || !strings.HasPrefix(values["yrker"].Rows[0]["yrke"].Code, "styrk08:512") {
		t.Errorf("resolved %v", values)
	}
	p := page(t, h, values)
	p.Prefilled = map[string]forms.Prefill{"kommune": {Value: question.Value{Text: "Oppdal"}, Source: "Enhetsregisteret", Day: clock.MustDate("2026-11-01")}}
	p.Last = &forms.Answer{Definition: p.Definition, SubmittedAt: clock.MustTime("2025-11-12T09:00:00.000000Z"), Sent: question.Values{"plan": {Text: "annet", Other: "en skisse"}}}
	got := p.Section(section)
	if !strings.Contains(got.Last.Text, "12.11.2025") || got.Last.Action.Label != "Uendra sidan sist" {
		t.Errorf("last %+v", got.Last)
	}
	plan := find(t, got, "asked-plan")
	if plan.Fields[0].Options[0].Label != "a) Ja" || !plan.Fields[0].Options[0].Selected || plan.Fields[0].Lang != "nb" || len(plan.Fields) != 2 {
		t.Errorf("plan %+v", plan.Fields)
	}
	if strings.Join(plan.Told, " ") != "Sist: Annet: en skisse" {
		t.Errorf("told %q", plan.Told)
	}
	if told := strings.Join(find(t, got, "asked-kommune").Told, " "); !strings.Contains(told, "Enhetsregisteret") || !strings.Contains(told, "«Oppdal»") {
		t.Errorf("the source is not told: %s", told)
	}
	table := find(t, got, "asked-yrker").Rows
	if table.Sums[0].Text != "13" || len(table.Rows) != 2 || len(table.Rows[0].Cells) != 2 || len(table.Rows[1].Cells) != 3 {
		t.Errorf("table %+v", table)
	}
	if got := table.Rows[0].Legend; got != "Rad 1" {
		t.Errorf("the first row is called %q", got)
	}
	if k := table.Rows[0].Kept; len(k) != 2 || k[0].Value != "gjemt" {
		t.Errorf("a hidden column's answer is not kept: %+v", k)
	}
	if told := table.Rows[1].Cells[0].Told; len(told) != 1 || !strings.Contains(told[0], "kjende ikkje att") {
		t.Errorf("an unknown occupation: %q", told)
	}
	problems := form.Refill(&got, nil, p.Definition.Validate(question.Values{"plan": {Text: "tull"}, "yrker": {Rows: []question.Values{{"antall": {Text: "x"}}}}}, p.Today), p.Printer)
	if len(problems) != 2 || problems[1].ID != "answers.yrker.0.antall" {
		t.Errorf("problems %+v", problems)
	}
}

// TestRegistersPlugIn holds the vocabulary against the interface that forms need.
func TestRegistersPlugIn(t *testing.T) {
	var _ draw.Concepts = (*vocab.Index)(nil)
	r := draw.Registers{Places: new(place.Register), Clock: nil}
	if got, err := r.Suggest(context.Background(), question.Question{Kind: question.Concept}, "  ", i18n.NB); err != nil || got != nil {
		t.Errorf("nothing typed: %v %v", got, err)
	}
}
