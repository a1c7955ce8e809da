package sheet

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/money"
)

// maxCell is how many UTF-16 units a cell of Excel holds.
const maxCell = 32_767

// WriteXLSX writes the tables as a workbook with one sheet each: headings in bold that
// stay in sight, days, numbers and amounts as such, texts as texts whatever they begin
// with. A text too long for a cell ends in "…"; more rows than a sheet holds are an
// *Error.
func WriteXLSX(w io.Writer, tables ...Table) (err error) {
	if len(tables) == 0 {
		return errors.New("sheet: workbook without tables")
	}
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	styles, err := newStyles(f)
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for i, t := range tables {
		name := sheetName(t.Name, taken)
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err != nil {
			return fmt.Errorf("sheet: name %q: %w", name, err)
		}
		if err := writeSheet(f, name, t, styles); err != nil {
			return err
		}
	}
	return f.Write(w)
}

// sheetName makes a name Excel takes: 1-31 UTF-16 units, none of :\/?*[], no apostrophe
// at the ends, not used before in any case.
func sheetName(name string, taken map[string]bool) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' {
			return ' '
		}
		return r
	}, printable(name))
	name = strings.Trim(strings.Join(strings.Fields(name), " "), "'")
	if name == "" {
		name = "Ark"
	}
	for n := 1; ; n++ {
		suffix := ""
		if n > 1 {
			suffix = fmt.Sprintf(" %d", n)
		}
		try := strings.TrimRight(cutUTF16(name, 31-len(suffix)), " '") + suffix
		if !taken[strings.ToLower(try)] {
			taken[strings.ToLower(try)] = true
			return try
		}
	}
}

// cutUTF16 is the longest beginning of s with at most n UTF-16 units.
func cutUTF16(s string, n int) string {
	for i, r := range s {
		if n -= utf16.RuneLen(r); n < 0 {
			return s[:i]
		}
	}
	return s
}

// cellStyles are the style ids of a workbook.
type cellStyles struct {
	heading, text, long, number, kroner, ore, day, moment int
}

func newStyles(f *excelize.File) (cellStyles, error) {
	var s cellStyles
	top := &excelize.Alignment{Vertical: "top"}
	wrap := &excelize.Alignment{Vertical: "top", WrapText: true}
	format := func(code string) *excelize.Style { return &excelize.Style{CustomNumFmt: &code, Alignment: top} }
	// Format 49 is text: a code keeps its zeros, and a formula sign stays a sign, also
	// after the cell has been edited.
	for _, st := range []struct {
		id    *int
		style *excelize.Style
	}{
		{&s.heading, &excelize.Style{Font: &excelize.Font{Bold: true}, NumFmt: 49, Alignment: wrap}},
		{&s.text, &excelize.Style{NumFmt: 49, Alignment: top}},
		{&s.long, &excelize.Style{NumFmt: 49, Alignment: wrap}},
		{&s.number, &excelize.Style{Alignment: top}},
		{&s.kroner, format("#,##0")},
		{&s.ore, format("#,##0.00")},
		{&s.day, format("dd.mm.yyyy")},
		{&s.moment, format("dd.mm.yyyy hh:mm")},
	} {
		id, err := f.NewStyle(st.style)
		if err != nil {
			return s, fmt.Errorf("sheet: style: %w", err)
		}
		*st.id = id
	}
	return s, nil
}

func writeSheet(f *excelize.File, name string, t Table, styles cellStyles) error {
	if len(t.Rows)+1 > excelRows {
		return fail(KeyTooManyRows, "max", excelRows-1)
	}
	if len(t.Columns) == 0 || len(t.Columns) > excelColumns {
		return fmt.Errorf("sheet: %q: %d columns", name, len(t.Columns))
	}
	w, err := f.NewStreamWriter(name)
	if err != nil {
		return fmt.Errorf("sheet: %q: %w", name, err)
	}
	for i, c := range t.Columns {
		if err := w.SetColWidth(i+1, i+1, width(c)); err != nil {
			return fmt.Errorf("sheet: %q: width: %w", name, err)
		}
	}
	panes := &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	if err := w.SetPanes(panes); err != nil {
		return fmt.Errorf("sheet: %q: panes: %w", name, err)
	}
	cells := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		cells[i] = excelize.Cell{StyleID: styles.heading, Value: cellText(c.Title)}
	}
	if err := w.SetRow("A1", cells); err != nil {
		return fmt.Errorf("sheet: %q: headings: %w", name, err)
	}
	if err := writeRows(w, t, styles, cells); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("sheet: %q: %w", name, err)
	}
	return nil
}

// writeRows writes the rows below the headings; cells is room for one row.
func writeRows(w *excelize.StreamWriter, t Table, styles cellStyles, cells []any) error {
	i := 0
	for row, err := range t.all() {
		switch {
		case err == nil && i+2 > excelRows:
			return fail(KeyTooManyRows, "max", excelRows-1)
		case err == nil && len(row) != len(cells):
			err = fmt.Errorf("%d values for %d columns", len(row), len(cells))
		}
		for j := 0; err == nil && j < len(row); j++ {
			cells[j], err = styles.cell(row[j], t.Columns[j].Kind)
		}
		if err == nil {
			err = w.SetRow(fmt.Sprintf("A%d", i+2), cells)
		}
		if err != nil {
			return fmt.Errorf("sheet: %q row %d: %w", t.Name, i, err)
		}
		i++
	}
	return nil
}

// width is a column width in characters, by what the column holds and what it is called.
func width(c Column) float64 {
	w := map[Kind]int{Text: 24, Long: 60, Number: 12, Money: 16, Day: 12, Moment: 18, Bool: 8}[c.Kind]
	return float64(min(60, max(w, utf8.RuneCountInString(c.Title)+2)))
}

// cell is a value with its style, nil for an empty cell.
func (s cellStyles) cell(v any, kind Kind) (any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case string:
		if kind == Long {
			return excelize.Cell{StyleID: s.long, Value: cellText(v)}, nil
		}
		return excelize.Cell{StyleID: s.text, Value: cellText(v)}, nil
	case int, int64, bool:
		return excelize.Cell{StyleID: s.number, Value: v}, nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("%v is no number", v)
		}
		return excelize.Cell{StyleID: s.number, Value: v}, nil
	case money.NOK:
		style := s.kroner
		if v%money.Krone != 0 {
			style = s.ore
		}
		// Excel has no integers, but shows fifteen digits of its floats rightly: enough
		// for the øre of ten thousand milliard kroner.
		return excelize.Cell{StyleID: style, Value: float64(v) / float64(money.Krone)}, nil
	case clock.Date:
		if v.IsZero() {
			return nil, nil
		}
		return excelize.Cell{StyleID: s.day, Value: serial(v)}, nil
	case clock.Time:
		if v.IsZero() {
			return nil, nil
		}
		wall := clock.InOslo(v)
		minutes := wall.Hour()*60 + wall.Minute()
		return excelize.Cell{StyleID: s.moment, Value: float64(serial(v.Date())) + float64(minutes)/(24*60)}, nil
	}
	return nil, fmt.Errorf("no cell for a %T", v)
}

// serial is the count of days by which Excel knows d; see serialDay.
func serial(d clock.Date) int {
	n := d.Sub(clock.MustDate("1900-01-01")) + 1
	if n >= 60 {
		n++
	}
	return n
}

// cellText is a text that a cell can hold.
func cellText(s string) string {
	s = printable(s)
	if len(s) <= maxCell {
		return s
	}
	if cut := cutUTF16(s, maxCell); len(cut) == len(s) {
		return s
	}
	return cutUTF16(s, maxCell-1) + "…"
}
