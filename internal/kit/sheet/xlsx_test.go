package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// checkRead holds for any file at all: an *Error, or a book in order.
func checkRead(t *testing.T, data []byte) {
	t.Helper()
	limits := DefaultLimits()
	limits.UnpackedBytes, limits.Rows, limits.Columns = 8<<20, 5000, 300
	b, err := read(data, limits)
	var e *Error
	if err != nil {
		if !errors.As(err, &e) || e.Key == "" || b != nil {
			t.Fatalf("%v is no *Error", err)
		}
		return
	}
	rows := 0
	for _, s := range b.Sheets {
		last := 0
		for _, r := range s.Rows {
			rows++
			n := len(r.Cells)
			if r.Number < last || n == 0 || n > limits.Columns || r.Cells[n-1] == "" {
				t.Fatalf("row %d after %d: %q", r.Number, last, r.Cells)
			}
			last = r.Number
			for _, c := range r.Cells {
				if !utf8.ValidString(c) || strings.TrimSpace(c) != c || strings.ContainsAny(c, "\x00\r") {
					t.Fatalf("row %d: cell %q", r.Number, c)
				}
			}
		}
		if s.Header >= len(s.Rows) || s.Header < -1 || (s.Header < 0) != (len(s.Rows) == 0) {
			t.Fatalf("headings in row %d of %d", s.Header, len(s.Rows))
		}
	}
	if rows == 0 || rows > limits.Rows {
		t.Fatalf("%d rows", rows)
	}
}

func FuzzReadXLSX(f *testing.F) {
	f.Add(workbookOf(f, `<row><c t="s"><v>1</v></c><c s="1"><v>45000</v></c></row>`))
	f.Add(workbookOf(f, `<row r="3"><c r="B3" t="inlineStr"><is><t>x</t></is></c></row><row r="1"><c r="A1"><v>1E3</v></c></row>`))
	f.Add(zipOf(f, part{"xl/workbook.xml", "<workbook/>"}))
	f.Fuzz(func(t *testing.T, data []byte) { checkRead(t, data) })
}

// FuzzReadWorksheet spares the fuzzer the zip's checksums, which it cannot guess.
func FuzzReadWorksheet(f *testing.F) {
	f.Add(`<worksheet><sheetData><row><c t="s"><v>1</v></c><c s="1"><v>45000</v></c></row></sheetData></worksheet>`)
	f.Add(`<x:worksheet><x:row r="2"><x:c r="XFD2" t="b"><x:v>1</x:v></x:c><x:c><x:f>1</x:f></x:c></x:row></x:worksheet>`)
	f.Add(`<worksheet><row><c t="inlineStr"><is><r><t>a_x000D_b</t></r></is></c><c t="d"><v>2020-01-01T10:00:00</v></c></row></worksheet>`)
	f.Fuzz(func(t *testing.T, worksheet string) { checkRead(t, zipOf(t, workbookParts(worksheet)...)) })
}

// excelizeFile is a workbook of three sheets, the second hidden, the third empty.
func excelizeFile(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	set := func(sheet, cell string, v any) {
		t.Helper()
		if err := f.SetCellValue(sheet, cell, v); err != nil {
			t.Fatal(err)
		}
	}
	styled := func(cell string, v any, code string) {
		t.Helper()
		id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
		if err != nil {
			t.Fatal(err)
		}
		set("Sheet1", cell, v)
		if err := f.SetCellStyle("Sheet1", cell, cell, id); err != nil {
			t.Fatal(err)
		}
	}
	set("Sheet1", "A1", "Ærlig rapport")
	set("Sheet1", "A3", "navn")
	set("Sheet1", "B3", "antall")
	set("Sheet1", "D3", "frist")
	set("Sheet1", "A4", "  Bodø\r\nog Ås ")
	set("Sheet1", "B4", 12)
	styled("D4", 46023, "dd.mm.yyyy")
	set("Sheet1", "A5", "0301")
	set("Sheet1", "B5", 0.1+0.2)
	styled("C5", 301, "0000")
	styled("D5", 46023.5, "[$-414]d. mmmm yyyy hh:mm;@")
	set("Sheet1", "B6", true)
	set("Sheet1", "C6", 1234567890123456)
	set("Sheet1", "D6", 1e21)
	if err := f.SetCellFormula("Sheet1", "E6", "=1+1"); err != nil {
		t.Fatal(err)
	}
	if err := f.MergeCell("Sheet1", "A1", "D1"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.NewSheet("Skjult"); err != nil {
		t.Fatal(err)
	}
	set("Skjult", "C2", "x")
	if err := f.SetSheetVisible("Skjult", false); err != nil {
		t.Fatal(err)
	}
	if _, err := f.NewSheet("Tom"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestXLSXFromExcelize(t *testing.T) {
	book := mustRead(t, excelizeFile(t))
	if len(book.Sheets) != 3 || book.Format != XLSX {
		t.Fatalf("%+v", book)
	}
	s := book.Sheets[0]
	wantGrid(t, "first sheet", s,
		"1|Ærlig rapport", "3|navn|antall||frist", "4|Bodø\nog Ås|12||2026-01-01", "5|0301|0,3|0301|2026-01-01 12:00",
		"6||true|1234567890123460|1000000000000000000000")
	if s.Name != "Sheet1" || s.Hidden || s.Rows[s.Header].Number != 3 || s.Uncalculated != 1 {
		t.Errorf("first sheet: %q hidden %v, headings %d, %d formulas", s.Name, s.Hidden, s.Header, s.Uncalculated)
	}
	wantGrid(t, "hidden sheet", book.Sheets[1], "2|||x")
	if !book.Sheets[1].Hidden || book.Sheets[2].Header != -1 {
		t.Errorf("%+v", book.Sheets[1:])
	}
}

func TestXLSXAsOthersWriteIt(t *testing.T) {
	tests := []struct {
		what, rows string
		want       []string
	}{
		{"without references", `<row><c t="s"><v>0</v></c><c><v>1</v></c></row><row><c t="s"><v>1</v></c></row>`, []string{"1|navn|1", "2|to deler"}},
		{"gaps", `<row r="2"><c r="B2"><v>1</v></c></row><row><c><v>2</v></c><c r="D3"><v>3</v></c><c><v>4</v></c></row>`, []string{"2||1", "3|2|||3|4"}},
		{"rows out of order", `<row r="5"><c><v>5</v></c></row><row r="2"><c><v>2</v></c></row>`, []string{"2|2", "5|5"}},
		{"cells out of order", `<row><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>`, []string{"1|1||3"}},
		{"prefixes", `<x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row>`, []string{"1|a"}},
		{"rich inline text", `<row><c t="inlineStr"><is><r><rPr><b/></rPr><t>Å</t></r><r><t xml:space="preserve"> b</t></r><rPh><t>no</t></rPh></is></c></row>`, []string{"1|Å b"}},
		{"escapes", `<row><c t="str"><v>a_x000D__x000A_b_x005F_x0041_ &amp; &#229; _x12</v></c></row>`, []string{"1|a\nb_x0041_ & å _x12"}},
		{"formulas", `<row><c t="str"><f>A1&amp;"x"</f><v>svar</v></c><c><f>1+1</f><v>2</v></c><c t="str"><f>""</f><v></v></c></row>`, []string{"1|svar|2"}},
		{"errors", `<row><c t="e"><v>#N/A</v></c></row>`, []string{"1|#N/A"}},
		{"truth", `<row><c t="b"><v>1</v></c><c t="b"><v>0</v></c></row>`, []string{"1|true|false"}},
		{"ISO days", `<row><c t="d"><v>2020-07-01T00:00:00</v></c><c t="d"><v>2020-07-01T10:30:05Z</v></c><c t="d"><v>i dag</v></c></row>`, []string{"1|2020-07-01|2020-07-01 10:30:05|i dag"}},
		{"styles", `<row><c s="1"><v>44013</v></c><c s="2"><v>301</v></c><c s="3"><v>44013.25</v></c><c s="99"><v>44013</v></c><c s="1" t="s"><v>0</v></c></row>`,
			[]string{"1|2020-07-01|0301|2020-07-01 06:00|44013|navn"}},
		{"styled empty cells", `<row><c s="1"/><c r="XFD1" s="1"/></row><row r="1048576"><c><v>1</v></c></row>`, []string{"1048576|1"}},
		{"numbers", `<row><c><v>1E3</v></c><c><v>1.5E-3</v></c><c><v>-0</v></c><c><v>0.30000000000000004</v></c><c><v>12.50</v></c><c><v>nan</v></c></row>`,
			[]string{"1|1000|0,0015|0|0,3|12,5|nan"}},
		{"text that looks like a number", `<row><c t="inlineStr"><is><t>1E3</t></is></c><c t="str"><v>007</v></c></row>`, []string{"1|1E3|007"}},
	}
	for _, tt := range tests {
		wantGrid(t, tt.what, mustRead(t, workbookOf(t, tt.rows)).Sheets[0], tt.want...)
	}
}

func TestXLSX1904AndOddPlaces(t *testing.T) {
	data := zipOf(t,
		part{"[Content_Types].xml", "<Types/>"},
		part{"_rels/.rels", `<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="/Bok/Hoved.xml"/></Relationships>`},
		part{`Bok\hoved.xml`, `<workbook><workbookPr date1904="true"/><sheets><sheet name="Diagram" r:id="c"/><sheet name="A" r:id="s"/></sheets></workbook>`},
		part{"bok/_rels/Hoved.xml.rels", `<Relationships><Relationship Id="s" Type="http://x/worksheet" Target="../ark/en.xml"/>` +
			`<Relationship Id="c" Type="http://x/chartsheet" Target="d.xml"/><Relationship Id="st" Type="http://x/styles" Target="st.xml"/></Relationships>`},
		part{"bok/st.xml", testStyles},
		part{"ark/en.xml", `<worksheet><row><c s="1"><v>0</v></c><c s="1"><v>42551</v></c></row></worksheet>`},
	)
	b := mustRead(t, data)
	if len(b.Sheets) != 1 {
		t.Fatalf("%d sheets", len(b.Sheets))
	}
	wantGrid(t, "1904", b.Sheets[0], "1|1904-01-01|2020-07-01")
}

func TestXLSXDamaged(t *testing.T) {
	whole := `<worksheet><sheetData><row><c><v>1</v></c></row><row><c><v>2</v></c></row></sheetData></worksheet>`
	for what, worksheet := range map[string]string{
		"cut in a row": whole[:60], "cut after a row": whole[:strings.Index(whole, "</row>")+6], "cut before the end": strings.TrimSuffix(whole, "</worksheet>"),
		"empty": "", "not XML": "hei", "row 0": `<worksheet><row r="0"/></worksheet>`, "row too far": `<worksheet><row r="1048577"/></worksheet>`,
		"column too far": `<worksheet><row><c r="XFE1"/></row></worksheet>`, "no column": `<worksheet><row><c r="12"/></row></worksheet>`,
		"no such string": `<worksheet><row><c t="s"><v>2</v></c></row></worksheet>`, "negative string": `<worksheet><row><c t="s"><v>-1</v></c></row></worksheet>`,
		"entities":        `<!DOCTYPE a [<!ENTITY b "bbbbbbbb">]><worksheet><row><c t="str"><v>&b;</v></c></row></worksheet>`,
		"unknown entity":  `<worksheet><row><c t="str"><v>&b;</v></c></row></worksheet>`,
		"end without row": `</row><worksheet/>`,
	} {
		_, err := read(zipOf(t, workbookParts(worksheet)...), DefaultLimits())
		wantKey(t, what, err, KeyBroken)
	}
	parts := workbookParts(whole)
	for i, p := range parts[2:] {
		if strings.HasSuffix(p.name, ".rels") {
			continue // tried below: without it there are no sheets to find
		}
		rest := append(append([]part{}, parts[:2+i]...), parts[3+i:]...)
		if _, err := read(zipOf(t, rest...), DefaultLimits()); err == nil {
			t.Errorf("read without %s", p.name)
		}
	}
	_, err := read(zipOf(t, append(append([]part{}, parts[:3]...), parts[4:]...)...), DefaultLimits())
	wantKey(t, "without relations", err, KeyBroken)

	data := zipOf(t, parts...)
	at := bytes.Index(data, []byte("xl/worksheets/sheet1.xml")) + 40
	data[at] ^= 0xFF
	_, err = read(data, DefaultLimits())
	wantKey(t, "a flipped byte", err, KeyBroken)
}

func TestXLSXBombs(t *testing.T) {
	blank := strings.Repeat(" ", 64<<20)
	small := DefaultLimits()
	small.UnpackedBytes = 4 << 20
	tests := []struct {
		what   string
		data   []byte
		limits Limits
		key    string
	}{
		{"ratio", zipOf(t, workbookParts("<worksheet>"+blank+"</worksheet>")...), DefaultLimits(), KeyUnpacksTooLarge},
		{"sum of parts", zipOf(t, workbookParts("<worksheet>"+blank[:5<<20]+"</worksheet>")...), small, KeyUnpacksTooLarge},
		{"a part not used", zipOf(t, append(workbookParts("<worksheet/>"), part{"xl/media/a.png", blank})...), DefaultLimits(), KeyUnpacksTooLarge},
		{"a false promise", lyingZip(t, workbookParts("<worksheet>"+blank+"</worksheet>")), DefaultLimits(), KeyBroken},
		{"one endless text", zipOf(t, workbookParts(`<worksheet><row><c t="str"><v>`+strings.Repeat("aæ1bø2cå3", 400_000)+`</v></c></row></worksheet>`)...), loose(), KeyUnpacksTooLarge},
		{"one endless comment", zipOf(t, workbookParts("<worksheet><!--"+strings.Repeat("<a>", 1<<20)+"--></worksheet>")...), loose(), KeyUnpacksTooLarge},
	}
	for _, tt := range tests {
		_, err := read(tt.data, tt.limits)
		wantKey(t, tt.what, err, tt.key)
	}

	many := workbookParts("<worksheet/>")
	for i := range 3000 {
		many = append(many, part{fmt.Sprintf("xl/%d", i), ""})
	}
	_, err := read(zipOf(t, many...), DefaultLimits())
	wantKey(t, "many parts", err, KeyUnpacksTooLarge)

	// One large text, pointed at by very many cells.
	parts := workbookParts(`<worksheet>` + strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 20_000) + `</worksheet>`)
	parts[4].content = "<sst><si><t>" + strings.Repeat("x", 50_000) + "</t></si></sst>"
	_, err = read(zipOf(t, parts...), DefaultLimits())
	wantKey(t, "a text used often", err, KeyTooLarge)

	// One part, used as very many sheets.
	parts = workbookParts(`<worksheet>` + strings.Repeat("<a/>", 100_000) + `</worksheet>`)
	parts[2].content = `<workbook>` + strings.Repeat(`<sheet name="a" r:id="r1"/>`, 50) + `</workbook>`
	limits := loose()
	limits.UnpackedBytes = 4 << 20
	_, err = read(zipOf(t, parts...), limits)
	wantKey(t, "a part used often", err, KeyUnpacksTooLarge)
	parts[2].content = `<workbook>` + strings.Repeat(`<sheet name="a" r:id="r1"/>`, 51) + `</workbook>`
	_, err = read(zipOf(t, parts...), DefaultLimits())
	wantKey(t, "many sheets", err, KeyTooManySheets)

	limits = DefaultLimits()
	limits.SharedStrings = 1
	_, err = read(workbookOf(t, ""), limits)
	wantKey(t, "many strings", err, KeyTooManyCells)
}

// loose are limits without the one for the ratio, to try those behind it.
func loose() Limits {
	l := DefaultLimits()
	l.Ratio = 1 << 20
	return l
}

// lyingZip packs parts with a directory that promises a thousandth of their size.
func lyingZip(t *testing.T, parts []part) []byte {
	t.Helper()
	honest := zipOf(t, parts...)
	z, err := zip.NewReader(bytes.NewReader(honest), int64(len(honest)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range z.File {
		h := f.FileHeader
		if h.UncompressedSize64 > 1<<20 {
			h.UncompressedSize64 /= 1000
		}
		h.Flags &^= 8 // sizes stand in the header, not behind the data
		w, err := out.CreateRaw(&h)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := f.OpenRaw()
		if err != nil {
			t.Fatal(err)
		}
		var buf bytes.Buffer
		if _, err := buf.ReadFrom(raw); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(buf.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestHundredThousandRows(t *testing.T) {
	const n = 100_000
	table := Table{Name: "Behov", Columns: []Column{{"Nr", Number}, {"Tittel", Text}, {"Sted", Text}, {"Antall", Number}, {"Kode", Text}}}
	for i := range n {
		table.Rows = append(table.Rows, []any{i + 1, fmt.Sprintf("Behov nummer %d på Øra", i+1), "Ærøy", i % 17, "0301"})
	}
	var xlsx, csv bytes.Buffer
	if err := WriteXLSX(&xlsx, table); err != nil {
		t.Fatal(err)
	}
	if err := WriteCSV(&csv, table); err != nil {
		t.Fatal(err)
	}
	table.Rows = nil
	for format, data := range map[string][]byte{"xlsx": xlsx.Bytes(), "csv": csv.Bytes()} {
		b := mustRead(t, data)
		rows := b.Sheets[0].Data()
		if len(rows) != n {
			t.Fatalf("%s: %d rows", format, len(rows))
		}
		for i, r := range rows {
			want := fmt.Sprintf("%d|%d|Behov nummer %d på Øra|Ærøy|%d|0301", i+2, i+1, i+1, i%17)
			if got := fmt.Sprintf("%d|%s", r.Number, strings.Join(r.Cells, "|")); got != want {
				t.Fatalf("%s: row %q, want %q", format, got, want)
			}
		}
		rows = nil
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		// Half a million cells cost their text and 16 bytes each, not a tree of XML.
		if m.HeapAlloc > 120<<20 {
			t.Errorf("%s: the book holds %d MB", format, m.HeapAlloc>>20)
		}
		runtime.KeepAlive(b)
	}
}
