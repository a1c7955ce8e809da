package sheet

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/money"
)

// Kind says what a column holds. It decides width and number format, not how a value is
// taken: that is the value's own type.
type Kind uint8

// The kinds of columns.
const (
	Text   Kind = iota // texts and codes
	Long               // texts of several lines, wrapped
	Number             // counts and measures
	Money              // amounts, in kroner
	Day                // days
	Moment             // days with the time in Oslo
	Bool               // yes or no
)

// Column is a column of a table to be written.
type Column struct {
	Title string // in the reader's language
	Kind  Kind
}

// Table is what is written. A row has a value for each column, from the left: a string,
// int, int64, float64, bool, money.NOK, clock.Date, clock.Time, or nil for an empty cell.
// The zero day and moment are empty cells too; any other type is an error.
type Table struct {
	Name    string // of the sheet
	Columns []Column
	Rows    [][]any
	// More are rows after those, made one by one while writing, so that a long table is
	// never held whole. An error among them ends the writing. May be nil.
	More iter.Seq2[[]any, error]
}

// all walks through every row.
func (t Table) all() iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, row := range t.Rows {
			if !yield(row, nil) {
				return
			}
		}
		if t.More != nil {
			t.More(yield)
		}
	}
}

// WriteCSV writes the table as a Norwegian Excel opens it: UTF-8 with byte order mark,
// semicolons, CRLF, decimal comma; days as 2006-01-02, amounts in kroner. A text that a
// spreadsheet program could take for a formula gets an apostrophe in front, which Read
// takes off again.
func WriteCSV(w io.Writer, t Table) error {
	b := bufio.NewWriter(w)
	b.WriteString("\uFEFF")
	titles := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = c.Title
	}
	if err := writeRecord(b, t, titles); err != nil {
		return err
	}
	i := 0
	for row, err := range t.all() {
		if err == nil {
			err = writeRecord(b, t, row)
		}
		if err != nil {
			return fmt.Errorf("sheet: csv row %d: %w", i, err)
		}
		i++
	}
	return b.Flush()
}

func writeRecord(b *bufio.Writer, t Table, row []any) error {
	if len(row) != len(t.Columns) {
		return fmt.Errorf("%d values for %d columns", len(row), len(t.Columns))
	}
	for i, v := range row {
		if i > 0 {
			b.WriteByte(';')
		}
		s, err := csvText(v)
		if err != nil {
			return err
		}
		// A text is quoted for the other delimiters too: where those are expected, no part
		// of it can then begin a cell of its own and be a formula there.
		_, isText := v.(string)
		if isText && (strings.ContainsAny(s, ";\"\r\n\t,|") || s != strings.TrimSpace(s)) {
			s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
		b.WriteString(s)
	}
	// An error of the writer beneath is kept and comes back from Flush.
	b.WriteString("\r\n")
	return nil
}

// csvText is a value as a cell of a CSV file, before quotation marks.
func csvText(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return armed(printable(v)), nil
	case int:
		return strconv.Itoa(v), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return "", fmt.Errorf("%v is no number", v)
		}
		return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", ",", 1), nil
	case bool:
		return map[bool]string{true: "SANN", false: "USANN"}[v], nil
	case money.NOK:
		return v.Plain(), nil
	case clock.Date:
		return v.String(), nil
	case clock.Time:
		if v.IsZero() {
			return "", nil
		}
		return clock.InOslo(v).Format("2006-01-02 15:04"), nil
	}
	return "", fmt.Errorf("no cell for a %T", v)
}

// formulaSigns begin a formula in some spreadsheet program; the wide ones in East Asian
// editions.
const formulaSigns = "=+-@\uFF1D\uFF0B\uFF0D\uFF20"

// armed puts an apostrophe before a text that could be taken for a formula, and before
// one that has such an apostrophe already, so that disarmed gives every text back. Some
// programs look past blanks at the start.
func armed(s string) string {
	if dangerous(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

// disarmed undoes armed.
func disarmed(s string) string {
	if strings.HasPrefix(s, "'") && dangerous(strings.TrimLeft(s, "'")) {
		return s[1:]
	}
	return s
}

func dangerous(s string) bool {
	rest := strings.TrimLeftFunc(s, func(r rune) bool { return r <= ' ' || r == '\u00A0' || r == '\uFEFF' || r == '\u200B' })
	for _, r := range rest {
		return strings.ContainsRune(formulaSigns, r)
	}
	return false
}

// printable drops what neither XML nor a text file may hold.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if binary(r) || r == '\uFFFE' || r == '\uFFFF' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
