package offer

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// ProgrammeRow is a line of a file of programmes. ID is the file's own.
type ProgrammeRow struct {
	Line         int
	ID, Provider string
	Programme    Programme
}

// OfferingRow is a line of a file of offerings. Programme is the id of a line
// in the file of programmes.
type OfferingRow struct {
	Line          int
	ID, Programme string
	Offering      Offering
}

// LoadTSV reads programmes and offerings from two files of lines with cells
// parted by tabs, as the command match and the tests take them. The header line
// says which column is where; any cell may be empty and columns that are not
// known are passed over. An error names the file, the line and the column.
func LoadTSV(programmes, offerings io.Reader) ([]ProgrammeRow, []OfferingRow, error) {
	var ps []ProgrammeRow
	err := EachRow(programmes, func(line int, row Row) error {
		p := ProgrammeRow{Line: line, ID: row.Cell("id"), Provider: row.Cell("provider")}
		err := row.FillProgramme(&p.Programme)
		ps = append(ps, p)
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("programmes: %w", err)
	}
	var os []OfferingRow
	err = EachRow(offerings, func(line int, row Row) error {
		o := OfferingRow{Line: line, ID: row.Cell("id"), Programme: row.Cell("programme_id")}
		err := row.FillOffering(&o.Offering)
		os = append(os, o)
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("offerings: %w", err)
	}
	return ps, os, nil
}

// maxLine is the longest line of a file in bytes.
const maxLine = 1 << 20

// EachRow reads a file of lines with cells parted by tabs and hands over each
// with its number. The header line says which column is where; empty lines are
// passed over. An error of take ends it and is told with the line.
func EachRow(r io.Reader, take func(line int, row Row) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), maxLine)
	columns := map[string]int{}
	for n := 1; lines.Scan(); n++ {
		cells := strings.Split(strings.TrimPrefix(strings.TrimRight(lines.Text(), "\r"), "\uFEFF"), "\t")
		if n == 1 {
			for i, name := range cells {
				columns[name] = i
			}
			continue
		}
		if len(cells) == 1 && cells[0] == "" {
			continue
		}
		if err := take(n, Row{Columns: columns, Cells: cells}); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return lines.Err()
}
