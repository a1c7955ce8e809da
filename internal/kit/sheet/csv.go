package sheet

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// readText reads a table of text.
func readText(r io.Reader, c *collector) (*Book, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	name, s, err := decode(data)
	if err != nil {
		return nil, err
	}
	if isJSON(s) {
		return nil, fail(KeyNotASpreadsheet, "found", "JSON")
	}
	delimiter, s := separatorLine(s)
	if delimiter == 0 {
		delimiter = guessDelimiter(s)
	}
	book := &Book{Format: CSV, Encoding: name, Delimiter: delimiter, Sheets: make([]Sheet, 1)}
	p := &parser{rest: s, delimiter: delimiter, maxFields: c.limits.Columns}
	for p.rest != "" {
		cells, err := p.record()
		if err != nil {
			return nil, err
		}
		for i, cell := range cells {
			cells[i] = disarmed(cell)
		}
		if err := c.add(&book.Sheets[0], p.number, cells); err != nil {
			return nil, err
		}
	}
	return book, nil
}

// decode makes UTF-8 of a text and names its encoding. A text that is none, because of
// the control characters in it, is refused.
func decode(data []byte) (string, string, error) {
	name := guessEncoding(data)
	s := ""
	var from encoding.Encoding
	switch name {
	case "utf-8":
		s = strings.ToValidUTF8(string(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))), "\uFFFD")
	case "utf-16le":
		from = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
		if !bytes.HasPrefix(data, []byte("\xFF\xFE")) {
			from = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
		}
	case "utf-16be":
		from = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
		if !bytes.HasPrefix(data, []byte("\xFE\xFF")) {
			from = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
		}
	default:
		from = charmap.Windows1252
	}
	if from != nil {
		b, err := from.NewDecoder().Bytes(data)
		if err != nil {
			return "", "", broken(err)
		}
		s = string(b)
	}
	s = strings.TrimRight(s, "\x1A") // the end mark of old DOS programs
	if strings.ContainsFunc(s, binary) {
		return "", "", fail(KeyNotASpreadsheet, "found", "?")
	}
	return name, s, nil
}

// binary tells whether r has no place in a text file.
func binary(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\v' && r != '\f'
}

func guessEncoding(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return "utf-16le"
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return "utf-16be"
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")), utf8.Valid(data) && !bytes.Contains(data, []byte{0}):
		return "utf-8"
	}
	// In UTF-16 the high half of most letters is zero.
	var zeros [2]int
	for i, b := range data[:min(len(data), 4096)] {
		if b == 0 {
			zeros[i%2]++
		}
	}
	half := min(len(data), 4096) / 2
	switch {
	case zeros[1] > half/2 && zeros[0] < half/20+1:
		return "utf-16le"
	case zeros[0] > half/2 && zeros[1] < half/20+1:
		return "utf-16be"
	}
	// One damaged byte does not make a UTF-8 file another: Norwegian text in
	// Windows-1252 is hardly ever valid as UTF-8 where it has a letter beyond ASCII.
	good, bad := 0, 0
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		i += size
	}
	if good > bad {
		return "utf-8"
	}
	return "windows-1252"
}

// delimiters in the order of preference among equals.
const delimiters = "\t;,|"

// separatorLine takes off the line "sep=;" that tells Excel the delimiter.
func separatorLine(s string) (rune, string) {
	line, rest := cutLine(s)
	line = strings.Trim(line, "\"")
	if len(line) == 5 && strings.EqualFold(line[:4], "sep=") && strings.Contains(delimiters, line[4:]) {
		return rune(line[4]), rest
	}
	return 0, s
}

// cutLine parts s at its first line end of any kind.
func cutLine(s string) (line, rest string) {
	i := strings.IndexAny(s, "\r\n")
	if i < 0 {
		return s, ""
	}
	return s[:i], s[i+lineEnd(s[i:]):]
}

// lineEnd is the length of the line end at the start of s, 0 when there is none.
func lineEnd(s string) int {
	switch {
	case strings.HasPrefix(s, "\r\n"):
		return 2
	case s != "" && (s[0] == '\n' || s[0] == '\r'):
		return 1
	}
	return 0
}

// guessDelimiter takes the sign that parts the most rows into the same number of cells,
// more than one; 0 when none does. It looks at the first rows only, with the quotation
// marks in mind.
func guessDelimiter(s string) rune {
	const look = 60
	best, bestScore := rune(0), 0
	for _, d := range delimiters {
		p := &parser{rest: s, delimiter: d, maxFields: 1 << 20}
		widths, rows := map[int]int{}, 0
		for rows < look && p.rest != "" {
			cells, err := p.record()
			if err != nil {
				break
			}
			if len(cells) == 1 && strings.TrimSpace(cells[0]) == "" {
				continue
			}
			rows++
			if len(cells) > 1 {
				widths[len(cells)]++
			}
		}
		score := 0
		for _, n := range widths {
			score = max(score, n)
		}
		// A comma in a line here and there is no delimiter.
		if score > bestScore && score*3 >= rows {
			best, bestScore = d, score
		}
	}
	return best
}

// parser reads records as spreadsheet programs do, which encoding/csv does not: any line
// end, empty lines counted, a quotation mark inside a cell left alone, and one that is
// never closed reported instead of taking the rest of the file.
type parser struct {
	rest      string
	number    int // of the record read last
	delimiter rune
	maxFields int // of content; more may be read before the limit is enforced
}

// record reads the next record; p.rest must not be empty.
func (p *parser) record() ([]string, error) {
	p.number++
	var cells []string
	for {
		cell, err := p.cell()
		if err != nil {
			return nil, err
		}
		cells = append(cells, cell)
		// Empty cells at the end of a row are no columns, so there may be many.
		if len(cells) > max(16384, p.maxFields) {
			return nil, fail(KeyTooManyColumns, "max", p.maxFields, "row", p.number)
		}
		if n := lineEnd(p.rest); n > 0 || p.rest == "" {
			p.rest = p.rest[n:]
			return cells, nil
		}
		p.rest = p.rest[1:] // the delimiter; all of them are one byte
		if p.rest == "" {
			return append(cells, ""), nil
		}
	}
}

// cell reads up to the next delimiter or line end, which stays in p.rest.
func (p *parser) cell() (string, error) {
	quoted := ""
	if strings.HasPrefix(p.rest, `"`) {
		body, rest, ok := cutQuoted(p.rest[1:])
		if !ok {
			return "", fail(KeyOpenQuote, "row", p.number)
		}
		quoted, p.rest = body, rest
	}
	end := strings.IndexFunc(p.rest, func(r rune) bool { return r == '\n' || r == '\r' || r == p.delimiter && r != 0 })
	if end < 0 {
		end = len(p.rest)
	}
	bare := p.rest[:end]
	p.rest = p.rest[end:]
	return quoted + bare, nil
}

// cutQuoted parts s after the first quotation mark that is not doubled.
func cutQuoted(s string) (body, rest string, ok bool) {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '"')
		if i < 0 {
			return "", "", false
		}
		b.WriteString(s[:i])
		s = s[i+1:]
		if !strings.HasPrefix(s, `"`) {
			return b.String(), s, true
		}
		b.WriteByte('"')
		s = s[1:]
	}
}
