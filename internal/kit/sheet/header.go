package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kompetansetorg/internal/kit/text"
)

// How far down headings are looked for, and how far below them their columns are judged.
const (
	headerDepth = 25
	headerLook  = 40
)

// findHeader gives the index of the row that most looks like headings: short, different
// texts over most of the used columns, with other kinds of values below. Titles and
// notes above fill few columns. Without rows it is -1.
func findHeader(rows []Row) int {
	best, bestScore := -1, 0.0
	for i := range min(len(rows), headerDepth) {
		below := rows[i+1 : min(len(rows), i+1+headerLook)]
		score := headerScore(rows[i], below) - 0.03*float64(i)
		if best < 0 || score > bestScore {
			best, bestScore = i, score
		}
	}
	return best
}

// WithKnownHeadings is the sheet with the row as its headings of which the most
// are known, when that row has two more than the one found by its looks: the
// names that a reader of the sheet waits for tell more than its looks do.
func (s Sheet) WithKnownHeadings(known func(heading string) bool) Sheet {
	count := func(i int) int {
		seen := map[string]bool{}
		for _, c := range s.Rows[i].Cells {
			if isLabel(c) && known(text.CleanLine(c)) {
				seen[text.Fold(c)] = true
			}
		}
		return len(seen)
	}
	if s.Header < 0 {
		return s
	}
	most := count(s.Header) + 1
	for i := range min(len(s.Rows), headerDepth) {
		if n := count(i); n > most {
			s.Header, most = i, n
		}
	}
	return s
}

// headerScore is about 3 for a certain heading row and below 1 for none.
func headerScore(row Row, below []Row) float64 {
	filled, labels := 0, 0
	seen := map[string]bool{}
	for _, c := range row.Cells {
		if c == "" {
			continue
		}
		filled++
		if folded := text.Fold(c); isLabel(c) && !seen[folded] {
			labels++
			seen[folded] = true
		}
	}
	used := usedColumns(row, below)
	if filled == 0 || used == 0 {
		return 0
	}
	// A table may have a few columns without heading, so most of them is enough.
	coverage := min(1, float64(filled)/float64(used)/0.7)
	return coverage + float64(labels)/float64(filled) + contrast(row, below)
}

// usedColumns counts the columns with content in the row or those below. A column that
// is used in few of many rows, by a remark beside the table, does not count.
func usedColumns(row Row, below []Row) int {
	uses := map[int]int{}
	for _, r := range below {
		for i, c := range r.Cells {
			if c != "" {
				uses[i]++
			}
		}
	}
	n := 0
	for i, c := range row.Cells {
		if c != "" {
			n++
			delete(uses, i)
		}
	}
	for _, u := range uses {
		if u*10 >= len(below) {
			n++
		}
	}
	return n
}

// contrast is the share of the columns with a label in the row where most values below
// are no labels.
func contrast(row Row, below []Row) float64 {
	columns, different := 0, 0
	for i, c := range row.Cells {
		if !isLabel(c) {
			continue
		}
		columns++
		values, others := 0, 0
		for _, r := range below {
			if v := r.Cell(i); v != "" {
				values++
				if !isLabel(v) {
					others++
				}
			}
		}
		if values > 0 && others*2 > values {
			different++
		}
	}
	if columns == 0 {
		return 0
	}
	return float64(different) / float64(columns)
}

// isLabel tells whether a cell could be a heading: it has a letter, is short, and is no
// number, day, address or yes and no. A year alone can be one.
func isLabel(c string) bool {
	if c == "" || utf8.RuneCountInString(c) > 80 || strings.Contains(c, "@") || strings.Contains(c, "://") {
		return false
	}
	if len(c) == 4 && (strings.HasPrefix(c, "19") || strings.HasPrefix(c, "20")) {
		return true
	}
	switch strings.ToLower(c) {
	case "true", "false", "sann", "usann", "ja", "nei", "yes", "no", "x":
		return false
	}
	letters, digits := 0, 0
	for _, r := range c {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		}
	}
	return letters > digits
}
