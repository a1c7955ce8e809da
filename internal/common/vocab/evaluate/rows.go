package evaluate

import (
	"bufio"
	"hash/fnv"
	"io"
	"strings"
)

// A Row is one text with the unit groups an annotator accepts for it.
type Row struct {
	Text  string
	Codes []string // most natural first; empty = none can be inferred
	Kind  string   // title, need, nynorsk, noisy, multi, none; "" where the set has no kinds
}

// columns names the columns of a set; kind may be "".
type columns struct{ text, codes, kind string }

// readRows reads a tab-separated file with a header.
func readRows(r io.Reader, c columns) ([]Row, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), 4<<20)
	var at map[string]int
	var rows []Row
	for lines.Scan() {
		cells := strings.Split(strings.TrimRight(lines.Text(), "\r"), "\t")
		if at == nil {
			at = map[string]int{}
			for i, name := range cells {
				at[name] = i
			}
			continue
		}
		cell := func(name string) string {
			if i, ok := at[name]; ok && i < len(cells) {
				return cells[i]
			}
			return ""
		}
		codes := strings.FieldsFunc(cell(c.codes), func(r rune) bool { return r == ',' || r == ' ' || r == '|' })
		rows = append(rows, Row{Text: cell(c.text), Codes: codes, Kind: cell(c.kind)})
	}
	return rows, lines.Err()
}

// Halves splits rows in two by a hash of the text, so that the split survives added rows.
func Halves(rows []Row) (a, b []Row) {
	for _, r := range rows {
		h := fnv.New32a()
		h.Write([]byte(r.Text))
		if h.Sum32()>>7&1 == 0 {
			a = append(a, r)
		} else {
			b = append(b, r)
		}
	}
	return a, b
}
