package sheet

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"kompetansetorg/internal/kit/text"
)

// Format is what a file turned out to be.
type Format string

// The formats that are read.
const (
	XLSX Format = "xlsx"
	CSV  Format = "csv"
)

// Book is the content of a file. It has at least one row.
type Book struct {
	Name      string // the file's name, as given
	Format    Format
	Encoding  string // of a CSV file: "utf-8", "utf-16le", "utf-16be", "windows-1252"
	Delimiter rune   // of a CSV file; 0 when it has one column
	Sheets    []Sheet
}

// Sheet is one sheet of a book. A CSV file has one, without a name.
type Sheet struct {
	Name   string
	Hidden bool
	Rows   []Row // those with content, in order
	Header int   // index in Rows of what looks like the headings; -1 without rows

	// Uncalculated counts formulas that the file has no result for; their cells are
	// empty. The file must be opened and saved in a spreadsheet program.
	Uncalculated int
}

// Row is one row with content.
type Row struct {
	Number int      // as the spreadsheet program shows it, from 1
	Cells  []string // trimmed and cleaned; the last one is not empty
}

// Cell is the cell of column i, from 0; "" beyond the row.
func (r Row) Cell(i int) string {
	if i < 0 || i >= len(r.Cells) {
		return ""
	}
	return r.Cells[i]
}

// Headings are the texts of the heading row, one for each column that is used in it or
// below it; a column without heading has "".
func (s Sheet) Headings() []string {
	if s.Header < 0 {
		return nil
	}
	width := 0
	for _, r := range s.Rows[s.Header:] {
		width = max(width, len(r.Cells))
	}
	headings := make([]string, width)
	for i, c := range s.Rows[s.Header].Cells {
		headings[i] = text.CleanLine(c)
	}
	return headings
}

// Data are the rows below the headings.
func (s Sheet) Data() []Row {
	if s.Header < 0 {
		return nil
	}
	return s.Rows[s.Header+1:]
}

// WithHeader is the sheet with the row of that number as its headings, for a reader who
// knows better; false when there is no such row with content.
func (s Sheet) WithHeader(number int) (Sheet, bool) {
	i := slices.IndexFunc(s.Rows, func(r Row) bool { return r.Number == number })
	if i < 0 {
		return s, false
	}
	s.Header = i
	return s, true
}

// Read reads the first size bytes of r as a spreadsheet. The name is kept for messages
// and decides nothing. The error is an *Error unless r itself fails.
func Read(name string, r io.ReaderAt, size int64, limits Limits) (*Book, error) {
	if size > limits.FileBytes {
		return nil, fail(KeyTooLarge, "max_mb", max(1, limits.FileBytes>>20))
	}
	head := make([]byte, min(max(size, 0), 512))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return nil, err
	}
	c := &collector{limits: limits}
	var book *Book
	var err error
	switch {
	case len(head) == 0:
		return nil, fail(KeyNoRows)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		book, err = readZip(r, size, c)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		err = judgeOLE(io.NewSectionReader(r, 0, size))
	default:
		if found := foreign(head); found != "" {
			return nil, fail(KeyNotASpreadsheet, "found", found)
		}
		book, err = readText(io.NewSectionReader(r, 0, size), c)
	}
	if err != nil {
		return nil, err
	}
	if c.rows == 0 {
		return nil, fail(KeyNoRows)
	}
	book.Name = name
	for i := range book.Sheets {
		book.Sheets[i].Header = findHeader(book.Sheets[i].Rows)
	}
	return book, nil
}

// foreign names a common format by the first bytes, "" when it may be a text.
func foreign(head []byte) string {
	for _, f := range [][2]string{
		{"%PDF", "PDF"}, {"{\\rtf", "RTF"}, {"\x89PNG", "PNG"}, {"\xFF\xD8\xFF", "JPEG"}, {"GIF8", "GIF"},
		{"\x1F\x8B", "GZIP"}, {"7z\xBC\xAF", "7Z"}, {"Rar!", "RAR"}, {"SQLite format 3", "SQLite"},
	} {
		if bytes.HasPrefix(head, []byte(f[0])) {
			return f[1]
		}
	}
	start := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(string(head), "\uFEFF")))
	for _, f := range [][2]string{{"<!doctype html", "HTML"}, {"<html", "HTML"}, {"<table", "HTML"}, {"<meta", "HTML"}, {"<?xml", "XML"}, {"<!doctype", "XML"}} {
		if strings.HasPrefix(start, f[0]) {
			return f[1]
		}
	}
	return ""
}

// isJSON tells whether a whole text is a JSON object or list; one value alone may as
// well be a table of one cell.
func isJSON(s string) bool {
	t := strings.TrimSpace(s)
	return t != "" && (t[0] == '{' || t[0] == '[') && json.Valid([]byte(t))
}

// judgeOLE tells apart what comes in Microsoft's older container. The directory of the
// container may lie anywhere in it, so the names are looked for in all of it.
func judgeOLE(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	switch {
	case bytes.Contains(data, wide("EncryptedPackage")):
		return fail(KeyEncrypted)
	case bytes.Contains(data, wide("Workbook")), bytes.Contains(data, wide("Book")):
		return fail(KeyXLS)
	}
	return fail(KeyNotASpreadsheet, "found", "OLE")
}

// wide is an ASCII text in UTF-16LE.
func wide(s string) []byte {
	b := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		b = append(b, s[i], 0)
	}
	return b
}

// collector takes in the rows of all sheets and holds the limits.
type collector struct {
	limits      Limits
	rows, cells int
	text        int64
}

// add takes a row with its source number. It cleans the cells in place and keeps the
// slice up to the last with content; a row without content is dropped.
func (c *collector) add(s *Sheet, number int, cells []string) error {
	last := 0
	for i, cell := range cells {
		cell = strings.TrimSpace(text.CleanMultiline(cell))
		cells[i] = cell
		if cell == "" {
			continue
		}
		last = i + 1
		c.cells++
		c.text += int64(len(cell))
		if len(cell) > c.limits.CellBytes {
			return fail(KeyCellTooLong, "max", c.limits.CellBytes, "row", number)
		}
	}
	if last == 0 {
		return nil
	}
	c.rows++
	switch {
	case last > c.limits.Columns:
		return fail(KeyTooManyColumns, "max", c.limits.Columns, "row", number)
	case c.rows > c.limits.Rows:
		return fail(KeyTooManyRows, "max", c.limits.Rows)
	case c.cells > c.limits.Cells:
		return fail(KeyTooManyCells, "max", c.limits.Cells)
	case c.text > c.limits.TextBytes:
		return fail(KeyTooLarge, "max_mb", max(1, c.limits.TextBytes>>20))
	}
	s.Rows = append(s.Rows, Row{Number: number, Cells: slices.Clip(cells[:last])})
	return nil
}
