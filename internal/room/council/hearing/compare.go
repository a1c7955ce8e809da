package hearing

import "strings"

// Piece is a paragraph of a text that stayed, came or went.
type Piece struct {
	Kind  PieceKind
	Words string
}

// PieceKind says what became of a paragraph.
type PieceKind string

// The kinds.
const (
	Same    PieceKind = "same"
	Added   PieceKind = "added"
	Removed PieceKind = "removed"
)

// mostCompared bounds the table of the comparison: what is left of longer texts when
// their common beginning and end are taken away is shown as one that went and one that
// came.
const mostCompared = 500

// Compare goes from one text to another, paragraph by paragraph, along their longest
// common part.
func Compare(before, after string) []Piece {
	a, b := paragraphs(before), paragraphs(after)
	var head, tail []Piece
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		head, a, b = append(head, Piece{Same, a[0]}), a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		tail, a, b = append([]Piece{{Same, a[len(a)-1]}}, tail...), a[:len(a)-1], b[:len(b)-1]
	}
	return append(append(head, middle(a, b)...), tail...)
}

func paragraphs(s string) []string {
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func middle(a, b []string) []Piece {
	var out []Piece
	if len(a) > mostCompared || len(b) > mostCompared {
		return append(out, Piece{Removed, strings.Join(a, "\n")}, Piece{Added, strings.Join(b, "\n")})
	}
	long := make([][]int, len(a)+1)
	for i := range long {
		long[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				long[i][j] = long[i+1][j+1] + 1
			} else {
				long[i][j] = max(long[i+1][j], long[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			out = append(out, Piece{Same, a[i]})
			i, j = i+1, j+1
		case j >= len(b) || i < len(a) && long[i+1][j] >= long[i][j+1]:
			out = append(out, Piece{Removed, a[i]})
			i++
		default:
			out = append(out, Piece{Added, b[j]})
			j++
		}
	}
	return out
}
