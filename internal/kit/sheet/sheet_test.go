package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// read reads data under a name that decides nothing.
func read(data []byte, limits Limits) (*Book, error) {
	return Read("fil.xlsx", bytes.NewReader(data), int64(len(data)), limits)
}

func mustRead(t *testing.T, data []byte) *Book {
	t.Helper()
	b, err := read(data, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// wantKey fails the test unless err is an *Error with the key.
func wantKey(t *testing.T, what string, err error, key string) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Errorf("%s: %v, want %s", what, err, key)
		return &Error{}
	}
	if e.Key != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
	return e
}

// grid is the rows of a sheet as text, for comparing: "number|cell|cell".
func grid(s Sheet) []string {
	var lines []string
	for _, r := range s.Rows {
		lines = append(lines, fmt.Sprintf("%d|%s", r.Number, strings.Join(r.Cells, "|")))
	}
	return lines
}

func wantGrid(t *testing.T, what string, s Sheet, want ...string) {
	t.Helper()
	if got := grid(s); !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

// part is a file in a zip.
type part struct{ name, content string }

func zipOf(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, p.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	testRoot = `<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	testRels = `<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="r2" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/>` +
		`<Relationship Id="r3" Type="http://x/styles" Target="styles.xml"/></Relationships>`
	testBook   = `<workbook><sheets><sheet name="Ark" sheetId="1" r:id="r1"/></sheets></workbook>`
	testShared = `<sst><si><t>navn</t></si><si><r><t>to </t></r><r><t>deler</t></r><rPh><t>aid</t></rPh></si></sst>`
	testStyles = `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="d. mmm yyyy"/><numFmt numFmtId="171" formatCode="0000"/></numFmts>` +
		`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="22"/></cellXfs></styleSheet>`
)

// workbookOf is a workbook with one sheet whose rows are given as XML.
func workbookOf(t testing.TB, sheetData string) []byte {
	t.Helper()
	return zipOf(t, workbookParts(`<worksheet><sheetData>`+sheetData+`</sheetData></worksheet>`)...)
}

func workbookParts(worksheet string) []part {
	return []part{
		{"[Content_Types].xml", "<Types/>"}, {"_rels/.rels", testRoot}, {"xl/workbook.xml", testBook},
		{"xl/_rels/workbook.xml.rels", testRels}, {"xl/sharedStrings.xml", testShared}, {"xl/styles.xml", testStyles},
		{"xl/worksheets/sheet1.xml", worksheet},
	}
}

func TestNotWhatItSays(t *testing.T) {
	ole := func(names ...string) []byte {
		b := []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600))
		for _, n := range names {
			b = append(b, wide(n)...)
		}
		return b
	}
	tests := []struct {
		what  string
		data  []byte
		key   string
		found string
	}{
		{"nothing", nil, KeyNoRows, ""},
		{"blanks", []byte(" \r\n \t \n"), KeyNoRows, ""},
		{"a mark only", []byte("\xEF\xBB\xBF"), KeyNoRows, ""},
		{"delimiters only", []byte(";;;\n;;;"), KeyNoRows, ""},
		{"pdf", []byte("%PDF-1.7\n..."), KeyNotASpreadsheet, "PDF"},
		{"html", []byte("\xEF\xBB\xBF \n<!DOCTYPE html><html><table>"), KeyNotASpreadsheet, "HTML"},
		{"html as exports write it", []byte("<table><tr><td>1</td></tr></table>"), KeyNotASpreadsheet, "HTML"},
		{"xml", []byte(`<?xml version="1.0"?><Workbook/>`), KeyNotASpreadsheet, "XML"},
		{"json", []byte(` {"a": [1, 2]}`), KeyNotASpreadsheet, "JSON"},
		{"png", []byte("\x89PNG\r\n\x1a\n"), KeyNotASpreadsheet, "PNG"},
		{"gzip", []byte("\x1f\x8b\x08\x00"), KeyNotASpreadsheet, "GZIP"},
		{"a program", []byte("\x7fELF\x02\x01\x01\x00\x00\x00"), KeyNotASpreadsheet, "?"},
		{"zip", zipOf(t, part{"a.txt", "a"}), KeyNotASpreadsheet, "ZIP"},
		{"empty zip", zipOf(t), KeyNotASpreadsheet, "ZIP"},
		{"docx", zipOf(t, part{"[Content_Types].xml", "<Types/>"}, part{"word/document.xml", "<w/>"}), KeyNotASpreadsheet, "DOCX"},
		{"pptx", zipOf(t, part{"ppt/presentation.xml", "<p/>"}), KeyNotASpreadsheet, "PPTX"},
		{"xlsb", zipOf(t, part{"xl/workbook.bin", "x"}), KeyXLSB, ""},
		{"ods", zipOf(t, part{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, part{"content.xml", "<x/>"}), KeyODS, ""},
		{"odt", zipOf(t, part{"mimetype", "application/vnd.oasis.opendocument.text"}), KeyNotASpreadsheet, "ODF"},
		{"xls", ole("Workbook"), KeyXLS, ""},
		{"old xls", ole("Book"), KeyXLS, ""},
		{"encrypted", ole("EncryptionInfo", "EncryptedPackage"), KeyEncrypted, ""},
		{"doc", ole("WordDocument"), KeyNotASpreadsheet, "OLE"},
		{"cut zip", zipOf(t, part{"xl/workbook.xml", "<workbook/>"})[:60], KeyBroken, ""},
	}
	for _, tt := range tests {
		_, err := read(tt.data, DefaultLimits())
		e := wantKey(t, tt.what, err, tt.key)
		if tt.found != "" && (len(e.Values) != 2 || e.Values[1] != tt.found) {
			t.Errorf("%s: found %v, want %s", tt.what, e.Values, tt.found)
		}
	}
}

func TestEncryptedByExcelize(t *testing.T) {
	f := excelize.NewFile()
	if err := f.SetCellValue("Sheet1", "A1", "hemmelig"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b, excelize.Options{Password: "passord"}); err != nil {
		t.Fatal(err)
	}
	_, err := read(b.Bytes(), DefaultLimits())
	wantKey(t, "a workbook with a password", err, KeyEncrypted)
}

func TestContentDecidesNotName(t *testing.T) {
	for name, data := range map[string][]byte{
		"liste.xls": []byte("navn;antall\nA;1\n"), "liste.csv": workbookOf(t, `<row><c t="s"><v>0</v></c></row>`), "uten navn": []byte("navn"),
	} {
		b, err := Read(name, bytes.NewReader(data), int64(len(data)), DefaultLimits())
		if err != nil || b.Name != name || b.Sheets[0].Rows[0].Cells[0] != "navn" {
			t.Errorf("%s: %+v, %v", name, b, err)
		}
	}
}

// failing is a file on a disk that has gone away.
type failing struct{}

func (failing) ReadAt([]byte, int64) (int, error) { return 0, fs.ErrClosed }

func TestAReaderThatFailsIsNotTheFilesFault(t *testing.T) {
	_, err := Read("x", failing{}, 100, DefaultLimits())
	var e *Error
	if !errors.Is(err, fs.ErrClosed) || errors.As(err, &e) {
		t.Errorf("got %v", err)
	}
	data := []byte("a;b")
	if _, err := Read("x", bytes.NewReader(data), 100, DefaultLimits()); !errors.Is(err, io.EOF) {
		t.Errorf("a file shorter than said: %v", err)
	}
}

func TestFindsTheHeadings(t *testing.T) {
	tests := []struct {
		what, csv string
		number    int
	}{
		{"first row", "navn;antall;frist\nA;1;1.2.2026\nB;2;1.3.2026", 1},
		{"texts only", "navn;sted;fag\nTannlege;Hitra;helse\nSveiser;Frøya;industri", 1},
		{"title above", "Kompetansebehov 2026\n\nSist endret: 1.2.2026\nnavn;antall;frist\nA;1;1.2.2026\nB;2;1.3.2026", 4},
		{"groups above", "Virksomhet;;;Behov;;\nnavn;kommune;orgnr;fag;antall;frist\nA;Hitra;974760673;helse;3;1.2.2026\nB;Frøya;974760673;helse;4;1.2.2026", 2},
		{"long note above", strings.Repeat("Fyll ut alle feltene. ", 10) + ";;\nnavn;antall;frist\nA;1;1.2.2026", 2},
		{"columns without heading", "navn;antall;sted;fag;;\nA;1;Hitra;helse;x;y\nB;2;Frøya;helse;x;y", 1},
		{"years as headings", "kommune;2024;2025;2026\nHitra;1;2;3\nFrøya;4;5;6", 1},
		{"one column", "navn\nA\nB", 1},
		{"one row", "a;b;c", 1},
		{"a remark far out", "navn;antall\nA;1;;;;;;;obs\nB;2\nC;3\nD;4\nE;5\nF;6\nG;7\nH;8\nI;9\nJ;1\nK;1\nL;1", 1},
	}
	for _, tt := range tests {
		s := mustRead(t, []byte(tt.csv)).Sheets[0]
		if got := s.Rows[s.Header].Number; got != tt.number {
			t.Errorf("%s: headings in row %d, want %d", tt.what, got, tt.number)
		}
	}
}

func TestHeadingsAndData(t *testing.T) {
	s := mustRead(t, []byte("Rapport\n\"navn\nfullt\";;antall\n\nA;x;1;ekstra\nB;y;2\n")).Sheets[0]
	if got, want := s.Headings(), []string{"navn fullt", "", "antall", ""}; !slices.Equal(got, want) {
		t.Errorf("headings %q, want %q", got, want)
	}
	if d := s.Data(); len(d) != 2 || d[0].Number != 4 || d[0].Cell(3) != "ekstra" || d[1].Cell(3) != "" || d[1].Cell(-1) != "" {
		t.Errorf("data %+v", d)
	}
	other, ok := s.WithHeader(1)
	if !ok || len(other.Data()) != 3 || other.Headings()[0] != "Rapport" {
		t.Errorf("with row 1 as headings: %v, %+v", ok, other)
	}
	if _, ok := s.WithHeader(3); ok {
		t.Error("an empty row was taken for headings")
	}
	if (Sheet{Header: -1}).Headings() != nil || (Sheet{Header: -1}).Data() != nil {
		t.Error("a sheet without rows has headings or data")
	}
}

func TestMapHeadings(t *testing.T) {
	targets := []Target{
		{"title", []string{"Tittel", "Behov", "Title"}},
		{"municipality", []string{"Kommunenummer", "Kommunenr", "Knr"}},
		{"municipality_name", []string{"Kommune", "Municipality"}},
		{"headcount", []string{"Antall personer", "Antall", "Headcount"}},
		{"deadline", []string{"Frist", "Ønsket oppstart"}},
		{"phone", []string{"Telefon"}},
	}
	tests := []struct {
		what     string
		headings []string
		want     []int
	}{
		{"exact", []string{"Tittel", "Kommunenummer", "Kommune", "Antall personer", "Frist", "Telefon"}, []int{0, 1, 2, 3, 4, 5}},
		{"other order and case", []string{"TELEFON", "frist", "antall personer", "kommune", "kommunenummer", "tittel"}, []int{5, 4, 3, 2, 1, 0}},
		{"synonyms and shortenings", []string{"Behov", "Kommunenr.", "Municipality", "Ant. personer", "ønsket  oppstart", "Tlf"}, []int{0, 1, 2, 3, 4, 5}},
		{"stars, brackets, slips", []string{"Tittel *", "Komunenummer", "Kommune (navn)", "Antal personar", "Frist [dato]", "Telefonnr"}, []int{0, 1, 2, 3, 4, 5}},
		{"nothing alike", []string{"x", "", "Merknad", "123"}, []int{-1, -1, -1, -1, -1, -1}},
		{"each once", []string{"Antall"}, []int{-1, -1, -1, 0, -1, -1}},
		{"none", nil, []int{-1, -1, -1, -1, -1, -1}},
	}
	for _, tt := range tests {
		got := MapHeadings(tt.headings, targets)
		for i, p := range got {
			if p.Field != targets[i].Field || p.Column != tt.want[i] {
				t.Errorf("%s: %s is column %d (%.2f), want %d", tt.what, targets[i].Field, p.Column, p.Score, tt.want[i])
			}
			if (p.Column < 0) != (p.Score == 0) || p.Score > 1 {
				t.Errorf("%s: %+v", tt.what, p)
			}
		}
	}
	if got := MapHeadings([]string{"Tittel"}, targets)[0].Score; got != 1 {
		t.Errorf("the same text scores %v", got)
	}
	// The surer pair takes the column, whatever the order.
	got := MapHeadings([]string{"Kommune"}, targets)
	if got[1].Column != -1 || got[2].Column != 0 {
		t.Errorf("Kommune went to %+v", got)
	}
}

func TestLimits(t *testing.T) {
	rows := func(n, columns int) []byte { return []byte(strings.Repeat(strings.Repeat("x;", columns-1)+"x\n", n)) }
	xlsx := func(n, columns int) []byte {
		return workbookOf(t, strings.Repeat(`<row>`+strings.Repeat(`<c t="inlineStr"><is><t>x</t></is></c>`, columns)+`</row>`, n))
	}
	for format, make := range map[string]func(n, columns int) []byte{"csv": rows, "xlsx": xlsx} {
		tests := []struct {
			what  string
			data  []byte
			limit func(*Limits)
			key   string
		}{
			{"file", make(100, 5), func(l *Limits) { l.FileBytes = 100 }, KeyTooLarge},
			{"rows", make(11, 2), func(l *Limits) { l.Rows = 10 }, KeyTooManyRows},
			{"rows at the limit", make(10, 2), func(l *Limits) { l.Rows = 10 }, ""},
			{"columns", make(2, 11), func(l *Limits) { l.Columns = 10 }, KeyTooManyColumns},
			{"columns at the limit", make(2, 10), func(l *Limits) { l.Columns = 10 }, ""},
			{"cells", make(10, 10), func(l *Limits) { l.Cells = 99 }, KeyTooManyCells},
			{"cells at the limit", make(10, 10), func(l *Limits) { l.Cells = 100 }, ""},
			{"text", make(10, 10), func(l *Limits) { l.TextBytes = 99 }, KeyTooLarge},
			{"text at the limit", make(10, 10), func(l *Limits) { l.TextBytes = 110 }, ""},
		}
		for _, tt := range tests {
			limits := DefaultLimits()
			tt.limit(&limits)
			_, err := read(tt.data, limits)
			if tt.key != "" {
				wantKey(t, format+" "+tt.what, err, tt.key)
			} else if err != nil {
				t.Errorf("%s %s: %v", format, tt.what, err)
			}
		}
	}
	limits := DefaultLimits()
	limits.CellBytes = 10
	_, err := read([]byte("navn;x\nA;"+strings.Repeat("å", 6)), limits)
	if e := wantKey(t, "a long cell", err, KeyCellTooLong); !slices.Equal(e.Values, []any{"max", 10, "row", 2}) {
		t.Errorf("a long cell: %v", e.Values)
	}
}
