package xlsform_test

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/xlsform"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/sheet"
)

// workbook writes sheets as a spreadsheet program does and reads them back.
func workbook(t testing.TB, sheets map[string][][]string) *sheet.Book {
	t.Helper()
	f := excelize.NewFile()
	for _, name := range []string{"survey", "choices", "settings"} {
		if rows, ok := sheets[name]; ok {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
			for i, row := range rows {
				if err := f.SetSheetRow(name, "A"+strconv.Itoa(i+1), &row); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	book, err := sheet.Read("skjema.xlsx", bytes.NewReader(b.Bytes()), int64(b.Len()), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func sample() map[string][][]string {
	return map[string][][]string{
		"survey": {
			{"type", "name", "label::Bokmål (nb)", "label::Nynorsk (nn)", "label::English (en)", "hint", "relevant", "constraint", "constraint_message", "required", "calculation", "choice_filter", "appearance"},
			{"start", "start"},
			{"begin group", "om", "Om dere", "Om dykk", "About you"},
			{"text", "navn", "Hva heter dere?", "Kva heiter de?", "What are you called?", "Slik det står i registeret", "", "", "", "yes"},
			{"select_one ja_nei", "plan", "Har dere en plan?", "Har de ein plan?", "Do you have a plan?"},
			{"begin group", "inni", "", "", "", "", "${plan} = 'ja'"},
			{"text", "om_planen", "Fortell", "Fortel", "Tell", "", "string-length(${navn}) > 2", "", "", "", "", "", "multiline"},
			{"end group"},
			{"end group"},
			{"begin_repeat", "yrker", "Yrker", "Yrke", "Occupations"},
			{"concept", "yrke", "Yrke", "Yrke", "Occupation"},
			{"integer", "antall", "Antall", "Talet på", "How many", "", "", ". > 0", "Minst én"},
			{"end repeat"},
			{"calculate", "alle", "", "", "", "", "", "", "", "", "sum(${antall})"},
			{"select_multiple sted or_other", "steder", "Hvor?", "Kvar?", "Where?", "", "", "", "", "", "", "fylke = 'trondelag'"},
		},
		"choices": {
			{"list_name", "name", "label::nb", "label::en", "fylke"},
			{"ja_nei", "ja", "Ja", "Yes"}, {"ja_nei", "nei", "Nei", "No"},
			{"sted", "roros", "Røros", "Røros", "trondelag"}, {"sted", "os", "Os", "Os", "innlandet"},
		},
		"settings": {{"form_title", "form_id"}, {"Prøve på skjema", "Prøve_2026"}},
	}
}

func TestReadsTheSubset(t *testing.T) {
	got := xlsform.Read(workbook(t, sample()))
	if len(got.Faults) > 0 {
		t.Fatalf("faults %+v", got.Faults)
	}
	d := got.Definition
	if p := d.Check(question.Can{}); len(p) > 0 {
		t.Fatalf("Check: %+v", p)
	}
	if got.Code != "pr-ve-2026" || d.Title.NB != "Prøve på skjema" || len(d.Sections) != 2 {
		t.Errorf("code %q, title %v, %d sections", got.Code, d.Title, len(d.Sections))
	}
	about := d.Sections[0]
	if about.Name != "om" || about.Title.NN != "Om dykk" || len(about.Questions) != 3 {
		t.Errorf("first section %+v", about)
	}
	if q := about.Questions[0]; !q.Required || q.Hint.NB != "Slik det står i registeret" || q.Label.EN != "What are you called?" {
		t.Errorf("navn %+v", q)
	}
	if q := about.Questions[2]; q.Kind != question.Long || q.ShowIf != "(${plan} = 'ja') and (string-length(${navn}) > 2)" {
		t.Errorf("om_planen %s %q", q.Kind, q.ShowIf)
	}
	rest := d.Sections[1].Questions
	if rest[0].Kind != question.Table || len(rest[0].Columns) != 2 || rest[0].Columns[1].ConstraintMessage.NB != "Minst én" {
		t.Errorf("yrker %+v", rest[0])
	}
	if rest[1].Calculation != "sum(${antall})" || len(rest[2].Choices) != 3 || !rest[2].Choices[2].Other || rest[2].Choices[1].Attrs["fylke"] != "innlandet" {
		t.Errorf("the rest %+v", rest[1:])
	}
	state := d.State(question.Values{"yrker": {Rows: []question.Values{{"antall": {Text: "2"}}, {"antall": {Text: "3"}}}}}, clock.MustDate("2026-11-21"))
	if state.Value("alle").Text != "5" || len(state.Offered(rest[2], -1)) != 1 {
		t.Errorf("sum %q, offered %v", state.Value("alle").Text, state.Offered(rest[2], -1))
	}
}

func TestTellsWhatCannotBeRead(t *testing.T) {
	rows := [][]string{{"type", "name", "label", "required", "relevant", "parameters"},
		{"geopoint", "sted", "Hvor?"},           // 2
		{"select_one finnes_ikke", "x", "X"},    // 3
		{"text", "to ord", "Navn"},              // 4
		{"text", "y", "Y", "kanskje"},           // 5
		{"text", "z", "Z", "", "pulldata('a')"}, // 6
		{"text", "y", "Y igjen"},                // 7
		{"end group"},                           // 8
		{"begin repeat", "r", "R"},              // 9
		{"begin repeat", "s", "S"},              // 10
		{"text", "inni", "Inni"},                // 11
		{"end repeat"},                          // 12
		{"note", "n", "Merk"},                   // 13
		{"text", "k", "K", "", "", "bruk=ja"},   // 14
	}
	got := xlsform.Read(workbook(t, map[string][][]string{"survey": rows}))
	var faults []string
	for _, f := range got.Faults {
		faults = append(faults, strconv.Itoa(f.Row)+" "+f.Column+" "+string(f.Key))
	}
	want := []string{"1 parameters xlsform.error.column", "2 type xlsform.error.type", "3 type xlsform.error.list", "4 name question.problem.name", "5 required xlsform.error.required",
		"6 relevant question.expr.function", "7 name question.problem.name_twice", "8 type xlsform.error.not_opened", "10 type xlsform.error.nested_repeat",
		"13 type xlsform.error.in_repeat", "9 type xlsform.error.not_closed"}
	if !slices.Equal(faults, want) {
		t.Errorf("faults\n%s\nwant\n%s", strings.Join(faults, "\n"), strings.Join(want, "\n"))
	}
	if empty := xlsform.Read(&sheet.Book{}); len(empty.Faults) != 1 || empty.Faults[0].Key != "xlsform.error.no_survey" {
		t.Errorf("an empty book: %+v", empty.Faults)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("type|name|label\nbegin group|a|A\ntext|b|B\nend group", "list_name|name|label\nx|y|Z", "form_title\nT")
	f.Add("type|name|relevant\nbegin repeat|a|1\nselect_one x|b|${a}\nend repeat", "list_name|name\nx|y", "form_title|form_id\nT|Ø")
	f.Fuzz(func(t *testing.T, survey, choices, settings string) {
		book := &sheet.Book{}
		for _, s := range []struct{ name, text string }{{"survey", survey}, {"choices", choices}, {"settings", settings}} {
			sh := sheet.Sheet{Name: s.name}
			for i, line := range strings.Split(s.text, "\n") {
				sh.Rows = append(sh.Rows, sheet.Row{Number: i + 1, Cells: strings.Split(line, "|")})
			}
			book.Sheets = append(book.Sheets, sh)
		}
		got := xlsform.Read(book)
		got.Definition.Check(question.Can{})
		for _, fault := range got.Faults {
			if fault.Key == "" || fault.Sheet == "" {
				t.Fatalf("a fault that says nothing: %+v", fault)
			}
		}
	})
}
