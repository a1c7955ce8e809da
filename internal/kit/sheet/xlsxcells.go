package sheet

import (
	"encoding/xml"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// The size of a sheet in Excel; a reference outside it is damage.
const (
	excelRows    = 1 << 20
	excelColumns = 1 << 14
)

// cellReader reads the cells of one sheet as they stream by.
type cellReader struct {
	w *workbook
	s *Sheet
	c *collector

	number int // of the row being read
	column int // of the cell being read, from 0
	row    []string

	kind, style string // attributes t and s of the cell
	value       strings.Builder
	inline      strings.Builder
	inValue     bool
	inRow       bool
	inCell      bool
	formula     bool
	hasValue    bool
	rich        richText
}

// readSheet adds the rows of a worksheet to s.
func (w *workbook) readSheet(p *pack, name string, s *Sheet, c *collector) error {
	r := &cellReader{w: w, s: s, c: c}
	if err := p.each(name, r.take); err != nil {
		return err
	}
	// Rows may stand in any order in the file.
	byNumber := func(a, b Row) int { return a.Number - b.Number }
	if !slices.IsSortedFunc(s.Rows, byNumber) {
		slices.SortStableFunc(s.Rows, byNumber)
	}
	return nil
}

func (r *cellReader) take(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		return r.start(t)
	case xml.EndElement:
		return r.end(t.Name.Local)
	case xml.CharData:
		if r.inValue {
			r.value.Write(t)
		}
	}
	if r.inCell {
		r.rich.take(t, &r.inline)
	}
	return nil
}

func (r *cellReader) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		r.number++
		if s := attr(e, "r"); s != "" {
			n, err := strconv.Atoi(s)
			if err != nil || n < 1 || n > excelRows {
				return broken(errors.New("row " + s))
			}
			r.number = n
		}
		// A broken file may begin a row inside a cell: the cell is over.
		r.inRow, r.column, r.inCell, r.inValue = true, -1, false, false
	case "c":
		if !r.inRow {
			return nil
		}
		r.column++
		if s := attr(e, "r"); s != "" {
			column, ok := columnOf(s)
			if !ok {
				return broken(errors.New("cell " + s))
			}
			r.column = column
		}
		r.inCell, r.formula, r.hasValue = true, false, false
		r.kind, r.style = attr(e, "t"), attr(e, "s")
		r.value.Reset()
		r.inline.Reset()
	case "v":
		r.inValue, r.hasValue = r.inCell, r.inCell
	case "f":
		r.formula = r.inCell
	}
	if r.inCell {
		r.rich.take(e, &r.inline)
	}
	return nil
}

func (r *cellReader) end(name string) error {
	if r.inCell {
		r.rich.take(xml.EndElement{Name: xml.Name{Local: name}}, &r.inline)
	}
	switch name {
	case "v":
		r.inValue = false
	case "c":
		if !r.inCell {
			return nil
		}
		r.inCell, r.inValue = false, false
		return r.put()
	case "row":
		r.inRow = false
		// Kept apart from r.row, which the next row uses again.
		err := r.c.add(r.s, r.number, slices.Clone(r.row))
		r.row = r.row[:0]
		return err
	}
	return nil
}

// put sets the cell that has just been read into its row.
func (r *cellReader) put() error {
	v, err := r.text()
	if err != nil {
		return err
	}
	if v == "" {
		if r.formula && !r.hasValue {
			r.s.Uncalculated++
		}
		return nil // a cell with only a style is none
	}
	if r.column >= r.c.limits.Columns {
		return fail(KeyTooManyColumns, "max", r.c.limits.Columns, "row", r.number)
	}
	for len(r.row) <= r.column {
		r.row = append(r.row, "")
	}
	r.row[r.column] = v
	return nil
}

// text is the cell as a text.
func (r *cellReader) text() (string, error) {
	v := r.value.String()
	switch r.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(v))
		if v == "" {
			return "", nil
		}
		if err != nil || i < 0 || i >= len(r.w.strings) {
			return "", broken(errors.New("no string " + v))
		}
		return r.w.strings[i], nil
	case "inlineStr":
		return unescape(r.inline.String()), nil
	case "str":
		return unescape(v), nil
	case "e":
		return v, nil
	case "b":
		return map[bool]string{true: "true", false: "false"}[isTrue(strings.TrimSpace(v))], nil
	case "d":
		return isoText(strings.TrimSpace(v)), nil
	}
	var st style
	if i, err := strconv.Atoi(r.style); err == nil && i >= 0 && i < len(r.w.styles) {
		st = r.w.styles[i]
	} else if r.style == "" && len(r.w.styles) > 0 {
		st = r.w.styles[0]
	}
	return numberText(strings.TrimSpace(v), st, r.w.date1904), nil
}

// columnOf is the column of a reference such as "AB12", from 0.
func columnOf(ref string) (int, bool) {
	n, i := 0, 0
	for ; i < len(ref); i++ {
		c := ref[i] &^ 0x20 // upper case
		if c < 'A' || c > 'Z' {
			break
		}
		if n = n*26 + int(c-'A') + 1; n > excelColumns {
			return 0, false
		}
	}
	return n - 1, n > 0 && i < len(ref) && strings.Trim(ref[i:], "0123456789") == ""
}
