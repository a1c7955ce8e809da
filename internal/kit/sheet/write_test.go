package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/money"
)

// sample has a value of every type, and texts that could be formulas.
func sample() Table {
	return Table{
		Name: "Behov: [2026]",
		Columns: []Column{
			{"Tittel", Text}, {"Om", Long}, {"Antall", Number}, {"Beløp", Money}, {"Frist", Day}, {"Endret", Moment}, {"Åpen", Bool},
		},
		Rows: [][]any{
			{"Sveiser på Ørlandet", "en; to\nlinjer \"her\"", 12, money.Kroner(1650000), clock.MustDate("2026-07-01"), clock.MustTime("2026-07-01T10:30:00Z"), true},
			{"=1+1", "-2+3", int64(-3), money.NOK(-1250), clock.Date{}, clock.Time{}, false},
			{"@SUM(A1)", " \t=cmd|' /C calc'!A0", 0.5, nil, clock.MustDate("1900-01-01"), nil, nil},
			{"0301", "'=sitat", 1e21, money.NOK(0), nil, clock.MustTime("2026-01-01T23:59:00Z"), nil},
		},
	}
}

func TestWriteCSV(t *testing.T) {
	var b bytes.Buffer
	if err := WriteCSV(&b, sample()); err != nil {
		t.Fatal(err)
	}
	want := "\uFEFFTittel;Om;Antall;Beløp;Frist;Endret;Åpen\r\n" +
		"Sveiser på Ørlandet;\"en; to\nlinjer \"\"her\"\"\";12;1650000;2026-07-01;2026-07-01 12:30;SANN\r\n" +
		"'=1+1;'-2+3;-3;-12,50;;;USANN\r\n"
	want += "'@SUM(A1);\"' \t=cmd|' /C calc'!A0\";0,5;;1900-01-01;;\r\n" +
		"0301;''=sitat;1000000000000000000000;0;;2026-01-02 00:59;\r\n"
	if got := b.String(); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	book := mustRead(t, b.Bytes())
	wantGrid(t, "read back", book.Sheets[0],
		"1|Tittel|Om|Antall|Beløp|Frist|Endret|Åpen",
		"2|Sveiser på Ørlandet|en; to\nlinjer \"her\"|12|1650000|2026-07-01|2026-07-01 12:30|SANN",
		"3|=1+1|-2+3|-3|-12,50|||USANN",
		"4|@SUM(A1)|=cmd|' /C calc'!A0|0,5||1900-01-01",
		"5|0301|'=sitat|1000000000000000000000|0||2026-01-02 00:59")
}

func TestWriteXLSX(t *testing.T) {
	var b bytes.Buffer
	second := Table{Name: "behov  2026", Columns: []Column{{"Én", Text}}, Rows: [][]any{{"x"}}}
	if err := WriteXLSX(&b, sample(), second); err != nil {
		t.Fatal(err)
	}
	book := mustRead(t, b.Bytes())
	wantGrid(t, "read back", book.Sheets[0],
		"1|Tittel|Om|Antall|Beløp|Frist|Endret|Åpen",
		"2|Sveiser på Ørlandet|en; to\nlinjer \"her\"|12|1650000|2026-07-01|2026-07-01 12:30|true",
		"3|=1+1|-2+3|-3|-12,5|||false",
		"4|@SUM(A1)|=cmd|' /C calc'!A0|0,5||1900-01-01",
		"5|0301|'=sitat|1000000000000000000000|0||2026-01-02 00:59")
	if book.Sheets[0].Name != "Behov 2026" || book.Sheets[1].Name != "behov 2026 2" {
		t.Errorf("sheets %q and %q", book.Sheets[0].Name, book.Sheets[1].Name)
	}
	if len(book.Sheets) != 2 || book.Sheets[0].Uncalculated != 0 {
		t.Errorf("%d sheets, %d formulas", len(book.Sheets), book.Sheets[0].Uncalculated)
	}

	// As another program sees it.
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{"A3": "=1+1", "D2": "1,650,000", "D3": "-12.50", "E2": "01.07.2026", "F2": "01.07.2026 12:30", "A5": "0301"} {
		if got, err := f.GetCellValue("Behov 2026", cell); err != nil || got != want {
			t.Errorf("%s shows %q, %v; want %q", cell, got, err, want)
		}
		if formula, err := f.GetCellFormula("Behov 2026", cell); err != nil || formula != "" {
			t.Errorf("%s has the formula %q, %v", cell, formula, err)
		}
	}
	panes, err := f.GetPanes("Behov 2026")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
}

func TestXLSXHoldsWhatACellHolds(t *testing.T) {
	long := strings.Repeat("å", maxCell)
	table := Table{Columns: []Column{{"Tekst", Long}}, Rows: [][]any{{long}, {long + "b"}, {strings.Repeat("\U0001F600", 20000)}, {"a\x00\t\x07\uFFFEb_x0041_"}}}
	var b bytes.Buffer
	if err := WriteXLSX(&b, table); err != nil {
		t.Fatal(err)
	}
	rows := mustRead(t, b.Bytes()).Sheets[0].Data()
	if rows[0].Cells[0] != long {
		t.Error("a text as long as a cell was changed")
	}
	if got := rows[1].Cells[0]; got != strings.Repeat("å", maxCell-1)+"…" {
		t.Errorf("a longer one has %d letters", len([]rune(got)))
	}
	if got := rows[2].Cells[0]; got != strings.Repeat("\U0001F600", 16383)+"…" {
		t.Errorf("of letters that count double there are %d", len([]rune(got)))
	}
	if got := rows[3].Cells[0]; got != "a b_x0041_" {
		t.Errorf("control characters: %q", got)
	}
}

func TestSheetName(t *testing.T) {
	taken := map[string]bool{}
	for _, tt := range [][2]string{
		{"Behov", "Behov"}, {"BEHOV", "BEHOV 2"}, {"", "Ark"}, {"[]", "Ark 2"}, {"'sitat'", "sitat"},
		{strings.Repeat("å", 40), strings.Repeat("å", 31)}, {strings.Repeat("å", 40), strings.Repeat("å", 29) + " 2"}, {"a/b\\c:d\n*?", "a b c d"},
	} {
		if got := sheetName(tt[0], taken); got != tt[1] {
			t.Errorf("sheetName(%q) = %q, want %q", tt[0], got, tt[1])
		}
	}
}

// broke is a connection the reader has closed.
type broke struct{}

func (broke) Write([]byte) (int, error) { return 0, fs.ErrClosed }

func TestWriteRefuses(t *testing.T) {
	columns := []Column{{"a", Text}, {"b", Number}}
	for what, rows := range map[string][][]any{
		"a short row": {{"x"}}, "a long row": {{"x", 1, 2}}, "a type without a cell": {{"x", []int{1}}},
		"no number": {{"x", math.NaN()}}, "an endless number": {{"x", math.Inf(1)}},
	} {
		table := Table{Name: "A", Columns: columns, Rows: rows}
		if err := WriteCSV(&bytes.Buffer{}, table); err == nil {
			t.Errorf("csv took %s", what)
		}
		if err := WriteXLSX(&bytes.Buffer{}, table); err == nil {
			t.Errorf("xlsx took %s", what)
		}
	}
	if err := WriteXLSX(&bytes.Buffer{}); err == nil {
		t.Error("a workbook without sheets was written")
	}
	if err := WriteXLSX(&bytes.Buffer{}, Table{Name: "A"}); err == nil {
		t.Error("a table without columns was written")
	}
	table := Table{Name: "A", Columns: columns, Rows: [][]any{{"x", 1}}}
	if err := WriteCSV(broke{}, table); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("csv to a closed connection: %v", err)
	}
	if err := WriteXLSX(broke{}, table); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("xlsx to a closed connection: %v", err)
	}
	var e *Error
	if err := WriteXLSX(&bytes.Buffer{}, Table{Columns: columns, Rows: make([][]any, excelRows)}); !errors.As(err, &e) || e.Key != KeyTooManyRows {
		t.Errorf("more rows than a sheet: %v", err)
	}
}

func TestTextsComeBackAndAreNeverFormulas(t *testing.T) {
	value := rapid.StringMatching(`['=+@\-  	]{0,3}[a-zæøå0-9;,"|\n=+'-]{0,10}[a-z]`)
	rapid.Check(t, func(t *rapid.T) {
		table := Table{Columns: []Column{{"Første", Text}, {"Andre", Text}}}
		var want []string
		for range rapid.IntRange(1, 4).Draw(t, "rows") {
			v := strings.TrimSpace(value.Draw(t, "value"))
			table.Rows = append(table.Rows, []any{"x", v})
			want = append(want, v)
		}
		for format, write := range map[string]func(*bytes.Buffer) error{
			"csv":  func(b *bytes.Buffer) error { return WriteCSV(b, table) },
			"xlsx": func(b *bytes.Buffer) error { return WriteXLSX(b, table) },
		} {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			book, err := read(b.Bytes(), DefaultLimits())
			if err != nil {
				t.Fatalf("%s: %v", format, err)
			}
			var got []string
			for _, r := range book.Sheets[0].Rows[1:] {
				got = append(got, r.Cell(1))
			}
			for i, v := range want { // tabs come back as spaces, and blanks at line ends do not
				want[i] = cleaned(v)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s: got %q, want %q", format, got, want)
			}
			if book.Sheets[0].Uncalculated != 0 {
				t.Fatalf("%s: a formula was written of %q", format, want)
			}
		}
		var b bytes.Buffer
		if err := WriteCSV(&b, table); err != nil {
			t.Fatal(err)
		}
		p := &parser{rest: strings.TrimPrefix(b.String(), "\uFEFF"), delimiter: ';', maxFields: 10}
		for p.rest != "" {
			cells, err := p.record()
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range cells {
				if dangerous(c) {
					t.Fatalf("%q opens as a formula", c)
				}
			}
		}
	})
}

// cleaned is what reading does to a text.
func cleaned(s string) string {
	var sh Sheet
	c := &collector{limits: DefaultLimits()}
	if err := c.add(&sh, 1, []string{s}); err != nil || len(sh.Rows) == 0 {
		return ""
	}
	return sh.Rows[0].Cells[0]
}

func ExampleMapHeadings() {
	for _, p := range MapHeadings([]string{"Kommunenr.", "Hva trengs?"}, []Target{{"municipality", []string{"Kommunenummer"}}, {"headcount", []string{"Antall"}}}) {
		fmt.Println(p.Field, p.Column)
	}
	// Output:
	// municipality 0
	// headcount -1
}

func TestWriteMoreRowsAreMadeWhileWriting(t *testing.T) {
	made := 0
	table := Table{Name: "Ark", Columns: []Column{{Title: "a", Kind: Number}}, Rows: [][]any{{0}}, More: func(yield func([]any, error) bool) {
		for i := range 3 {
			if made++; !yield([]any{i + 1}, nil) {
				return
			}
		}
	}}
	var csv, xlsx bytes.Buffer
	if err := errors.Join(WriteCSV(&csv, table), WriteXLSX(&xlsx, table)); err != nil {
		t.Fatal(err)
	}
	if got, want := csv.String(), "\uFEFFa\r\n0\r\n1\r\n2\r\n3\r\n"; got != want {
		t.Errorf("csv %q, want %q", got, want)
	}
	book, err := Read("x.xlsx", bytes.NewReader(xlsx.Bytes()), int64(xlsx.Len()), DefaultLimits())
	if err != nil || len(book.Sheets[0].Rows) != 5 || made != 6 {
		t.Errorf("xlsx: %v, %+v, %d rows made", err, book, made)
	}
	broken := errors.New("broken")
	table.More = func(yield func([]any, error) bool) { yield(nil, broken) }
	if err := WriteCSV(io.Discard, table); !errors.Is(err, broken) {
		t.Errorf("csv: %v", err)
	}
	if err := WriteXLSX(io.Discard, table); !errors.Is(err, broken) {
		t.Errorf("xlsx: %v", err)
	}
}
