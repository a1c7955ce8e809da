package upload_test

import (
	"slices"
	"testing"

	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/kit/sheet"
)

var fields = upload.Fields{
	{Name: "who", Headings: []string{"Virksomhet", "Bedrift"}, Must: true},
	{Name: "day", Headings: []string{"Dag", "Dato"}, Must: true},
	{Name: "words", Headings: []string{"Merknad"}, Joins: true},
}

// remembering answers from pairs of heading and field.
func remembering(pairs ...string) upload.Remembered {
	return func(heading string) (string, bool) {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == heading {
				return pairs[i+1], true
			}
		}
		return "", false
	}
}

func sheetOf(rows ...[]string) sheet.Sheet {
	var s sheet.Sheet
	for i, cells := range rows {
		s.Rows = append(s.Rows, sheet.Row{Number: i + 1, Cells: cells})
	}
	return s
}

// TestWhatIsAskedAbout: a sheet goes through without a question only when nothing in it is
// a guess.
func TestWhatIsAskedAbout(t *testing.T) {
	row := []string{"Eksempel AS", "2.11.2026", "sagt", "x"}
	for name, x := range map[string]struct {
		headings   []string
		remembered upload.Remembered
		fields     []string
		sure       bool
	}{
		"all are names":                {[]string{"Bedrift", "Dato"}, remembering(), []string{"who", "day"}, true},
		"a column is empty":            {[]string{"Bedrift", "Dato", "Merknad", "x", ""}, remembering("x", ""), []string{"who", "day", "words", "", ""}, true},
		"one is unknown":               {[]string{"Bedrift", "Dato", "Kontakt"}, remembering(), []string{"who", "day", ""}, false},
		"one is left out as before":    {[]string{"Bedrift", "Dato", "Kontakt"}, remembering("Kontakt", ""), []string{"who", "day", ""}, true},
		"one is chosen as before":      {[]string{"Bedrift", "Dato", "Kontakt"}, remembering("Kontakt", "words"), []string{"who", "day", "words"}, true},
		"one has no heading":           {[]string{"Bedrift", "Dato", ""}, remembering(), []string{"who", "day", ""}, false},
		"one is only alike":            {[]string{"Bedriften", "Dato"}, remembering(), []string{"who", "day"}, false},
		"two are the same":             {[]string{"Bedrift", "Virksomhet", "Dato"}, remembering(), []string{"", "who", "day"}, false},
		"two were chosen for the same": {[]string{"A", "B", "Dato"}, remembering("A", "who", "B", "who"), []string{"who", "", "day"}, false},
		"one is missing":               {[]string{"Bedrift"}, remembering(), []string{"who"}, false},
		"a field is no more":           {[]string{"Bedrift", "Dato", "Gammel"}, remembering("Gammel", "gone"), []string{"who", "day", ""}, false},
		"nothing":                      {nil, remembering(), []string{}, false},
	} {
		s := sheetOf(x.headings, row[:min(len(x.headings), len(row))])
		got := fields.Choose(0, s, x.remembered)
		if !slices.Equal(got.Fields, x.fields) {
			t.Errorf("%s: taken for %q, want %q", name, got.Fields, x.fields)
		}
		if sure := fields.Sure(s, got.Fields, x.remembered); sure != x.sure {
			t.Errorf("%s: sure is %v", name, sure)
		}
	}
}

// TestTheLikeliestSheet: of those that can be seen, the one in which most is known.
func TestTheLikeliestSheet(t *testing.T) {
	hidden := sheetOf([]string{"Bedrift", "Dato", "Merknad"}, []string{"A", "2.11.2026", "x"})
	hidden.Hidden = true
	book := &sheet.Book{Sheets: []sheet.Sheet{hidden, {}, sheetOf([]string{"Om listen", "Sist endret"}, []string{"Vår", "i går"}),
		sheetOf([]string{"Vår liste", "", ""}, []string{"Bedrift", "Dato", "Merknad"}, []string{"A", "2.11.2026", "x"})}}
	got, err := fields.Read(book, remembering())
	if err != nil || len(book.Sheets) != 2 || got.Sheet != 1 || got.Header != 2 || got.Done || !slices.Equal(got.Fields, []string{"who", "day", "words"}) {
		t.Errorf("%+v of %d sheets, %v", got, len(book.Sheets), err)
	}
	if _, err := fields.Read(&sheet.Book{Sheets: []sheet.Sheet{hidden, {}}}, remembering()); err == nil {
		t.Error("a book with nothing in it is read")
	}
}
