package sheet

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

func TestCSVEncodings(t *testing.T) {
	const table = "navn;sted\r\nÆrlig Øye;Ås – «Å»\r\nSøren;Bodø\r\n"
	encode := func(e encoding.Encoding) []byte {
		b, err := e.NewEncoder().Bytes([]byte(table))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	tests := []struct {
		what, encoding string
		data           []byte
	}{
		{"UTF-8", "utf-8", []byte(table)},
		{"UTF-8 with mark", "utf-8", []byte("\xEF\xBB\xBF" + table)},
		{"Windows-1252", "windows-1252", encode(charmap.Windows1252)},
		{"UTF-16LE with mark", "utf-16le", encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))},
		{"UTF-16BE with mark", "utf-16be", encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM))},
		{"UTF-16LE", "utf-16le", encode(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM))},
		{"UTF-16BE", "utf-16be", encode(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM))},
	}
	for _, tt := range tests {
		b := mustRead(t, tt.data)
		if b.Encoding != tt.encoding || b.Format != CSV || b.Delimiter != ';' {
			t.Errorf("%s: read as %s %s %q", tt.what, b.Format, b.Encoding, b.Delimiter)
		}
		wantGrid(t, tt.what, b.Sheets[0], "1|navn|sted", "2|Ærlig Øye|Ås – «Å»", "3|Søren|Bodø")
	}
}

func TestCSVOneDamagedByteIsNoOtherEncoding(t *testing.T) {
	b := mustRead(t, []byte("navn;sted\nÆrlig;Bodø\nfe\xFFil;Ås\n"))
	if b.Encoding != "utf-8" {
		t.Errorf("read as %s", b.Encoding)
	}
	wantGrid(t, "damaged", b.Sheets[0], "1|navn|sted", "2|Ærlig|Bodø", "3|fe\uFFFDil|Ås")
}

func TestCSVForms(t *testing.T) {
	tests := []struct {
		what, csv string
		delimiter rune
		want      []string
	}{
		{"comma", "a,b\n1,2\n", ',', []string{"1|a|b", "2|1|2"}},
		{"tab", "a\tb\n1\t2\n", '\t', []string{"1|a|b", "2|1|2"}},
		{"bar", "a|b\n1|2\n", '|', []string{"1|a|b", "2|1|2"}},
		{"decimal commas", "navn;pris\nA;1,5\nB;2,5\n", ';', []string{"1|navn|pris", "2|A|1,5", "3|B|2,5"}},
		{"decimal commas in each column", "a;b\n1,5;2,5\n3,5;4,5\n", ';', []string{"1|a|b", "2|1,5|2,5", "3|3,5|4,5"}},
		{"semicolons in comma texts", "a,b\nx,\"1; 2; 3\"\ny,\"4; 5\"\nz,6\n", ',', []string{"1|a|b", "2|x|1; 2; 3", "3|y|4; 5", "4|z|6"}},
		{"Excel's hint", "sep=,\na,b;c\n1,2;3\n", ',', []string{"1|a|b;c", "2|1|2;3"}},
		{"Excel's hint in quotes", "\"sep=;\"\r\na;b,c\r\n", ';', []string{"1|a|b,c"}},
		{"one column", "navn\nOslo, by\nHitra\nFrøya\nÅs\n", 0, []string{"1|navn", "2|Oslo, by", "3|Hitra", "4|Frøya", "5|Ås"}},
		{"one quoted column", "\"navn\"\n\"a\"\"b\"\n", 0, []string{"1|navn", "2|a\"b"}},
		{"title above", "Rapport, 2026\n\na;b;c\n1,5;2,5;3\n1,5;2,5;3\n", ';', []string{"1|Rapport, 2026", "3|a|b|c", "4|1,5|2,5|3", "5|1,5|2,5|3"}},
		{"CR line ends", "a;b\r1;2\r\r3;4", ';', []string{"1|a|b", "2|1|2", "4|3|4"}},
		{"mixed line ends", "a;b\r\n1;2\n3;4\r5;6", ';', []string{"1|a|b", "2|1|2", "3|3|4", "4|5|6"}},
		{"quoted line ends", "a;b\n\"x\r\ny\rz\";2\n3;4", ';', []string{"1|a|b", "2|x\ny\nz|2", "3|3|4"}},
		{"quoted delimiters and marks", `a;b` + "\n" + `"1;2";"sa ""hei"""` + "\n", ';', []string{"1|a|b", `2|1;2|sa "hei"`}},
		{"marks inside", "a;b\n3/4\" rør;5\"\n", ';', []string{"1|a|b", "2|3/4\" rør|5\""}},
		{"text after a quotation", "a;b\n\"Kafé\" og mer;2\n", ';', []string{"1|a|b", "2|Kafé og mer|2"}},
		{"blanks and empty rows", "a ; b\n ;\n;;\n 1;\u00A02 ;\n", ';', []string{"1|a|b", "4|1|2"}},
		{"empty first column", ";b\n;2", ';', []string{"1||b", "2||2"}},
		{"DOS end mark", "a;b\n1;2\n\x1A", ';', []string{"1|a|b", "2|1|2"}},
		{"codes keep zeros", "knr;orgnr\n0301;000123\n", ';', []string{"1|knr|orgnr", "2|0301|000123"}},
		{"no last line end", "a;b\n1;", ';', []string{"1|a|b", "2|1"}},
		{"apostrophes that guard", "a;b\n'=1+1;'- ja\n'vanlig;''\n", ';', []string{"1|a|b", "2|=1+1|- ja", "3|'vanlig|''"}},
	}
	for _, tt := range tests {
		b, err := read([]byte(tt.csv), DefaultLimits())
		if err != nil {
			t.Errorf("%s: %v", tt.what, err)
			continue
		}
		if b.Delimiter != tt.delimiter {
			t.Errorf("%s: delimiter %q, want %q", tt.what, b.Delimiter, tt.delimiter)
		}
		wantGrid(t, tt.what, b.Sheets[0], tt.want...)
	}
}

func TestCSVOpenQuote(t *testing.T) {
	_, err := read([]byte("a;b\n\n1;2\n\"3;4\n5;6\n"), DefaultLimits())
	if e := wantKey(t, "open quote", err, KeyOpenQuote); !slices.Equal(e.Values, []any{"row", 4}) {
		t.Errorf("values %v", e.Values)
	}
}

func TestCSVManyEmptyColumns(t *testing.T) {
	wantGrid(t, "empty columns", mustRead(t, []byte("a;b"+strings.Repeat(";", 5000)+"\n1;2\n")).Sheets[0], "1|a|b", "2|1|2")
	_, err := read([]byte("a;b\n"+strings.Repeat(";", 20000)+"\n"), DefaultLimits())
	wantKey(t, "a row of delimiters", err, KeyTooManyColumns)
}

// Whatever cells are written in quotation marks come back, with any delimiter.
func TestCSVReadsWhatIsQuoted(t *testing.T) {
	cell := rapid.StringMatching(`[a-zæøå"';,\t|= \n-]{0,8}`)
	rapid.Check(t, func(t *rapid.T) {
		delimiter := rapid.SampledFrom([]string{";", "\t", ",", "|"}).Draw(t, "delimiter")
		end := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "end")
		width := rapid.IntRange(2, 4).Draw(t, "width")
		var b strings.Builder
		var want [][]string
		for range rapid.IntRange(1, 5).Draw(t, "rows") {
			row := []string{"x"} // so that no row is empty
			for len(row) < width {
				row = append(row, cell.Draw(t, "cell"))
			}
			want = append(want, row)
			for i, c := range row {
				if i > 0 {
					b.WriteString(delimiter)
				}
				b.WriteString(`"` + strings.ReplaceAll(c, `"`, `""`) + `"`)
			}
			b.WriteString(end)
		}
		p := &parser{rest: b.String(), delimiter: rune(delimiter[0]), maxFields: 10}
		for i, row := range want {
			got, err := p.record()
			if err != nil || !slices.Equal(got, row) || p.number != i+1 {
				t.Fatalf("row %d of %q: %q, %v; want %q", i+1, b.String(), got, err, row)
			}
		}
		if p.rest != "" {
			t.Fatalf("%q is left of %q", p.rest, b.String())
		}
	})
}

func FuzzReadCSV(f *testing.F) {
	for _, s := range []string{
		"a;b\n1;2\n", "\xEF\xBB\xBFa,b\r\n\"x\ny\",2", "\xFF\xFEa\x00;\x00b\x00", "navn\xE6;\xF8\n", "sep=;\na;b", "\"a", "a\tb\r\r1", ";;;", "'=1;''\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkRead(t, data) })
}
