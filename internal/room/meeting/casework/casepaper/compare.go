package casepaper

import (
	"slices"
	"strings"

	"kompetansetorg/internal/room/meeting/casework/check"
)

// Difference is how a section, or a figure, went from one version to another.
type Difference struct {
	Name, Heading string
	Pieces        []Piece
	// Figures are those of the section that changed.
	Figures []FigureChange
}

// Piece is a line that stayed, came or went.
type Piece struct {
	Kind  PieceKind
	Words string
}

// PieceKind says what became of a line.
type PieceKind string

// The kinds.
const (
	Same    PieceKind = "same"
	Added   PieceKind = "added"
	Removed PieceKind = "removed"
)

// FigureChange is a figure in two versions. A version without it has the zero
// Figures.
type FigureChange struct {
	Mark          string
	Before, After Figures
}

// Compare lists what differs: the header, then section by section; sections without
// a difference are left out.
func Compare(from, to Frozen) []Difference {
	var out []Difference
	head := func(f Frozen) string {
		lines := []string{f.Title, f.Officer}
		for _, r := range f.Header {
			lines = append(lines, HeaderText([]check.Row{check.Row(r)}))
		}
		return strings.Join(lines, "\n")
	}
	if head(from) != head(to) {
		out = append(out, Difference{Pieces: diff(head(from), head(to))})
	}
	var names []string
	for _, f := range []Frozen{to, from} {
		for _, s := range f.Sections {
			if !slices.Contains(names, s.Name) {
				names = append(names, s.Name)
			}
		}
	}
	for _, name := range names {
		a, b := from.section(name), to.section(name)
		d := Difference{Name: name, Heading: b.Heading, Figures: figureChanges(from, to, a.Words+"\n"+b.Words)}
		if d.Heading == "" {
			d.Heading = a.Heading
		}
		if a.Words != b.Words || a.Heading != b.Heading {
			d.Pieces = diff(a.Words, b.Words)
		}
		if len(d.Pieces)+len(d.Figures) > 0 {
			out = append(out, d)
		}
	}
	return out
}

func (f Frozen) section(name string) FrozenSection {
	i := slices.IndexFunc(f.Sections, func(s FrozenSection) bool { return s.Name == name })
	if i < 0 {
		return FrozenSection{}
	}
	return f.Sections[i]
}

// mostEdits bounds a comparison: a thousand lines that came or went take a few
// milliseconds, however long the texts are.
const mostEdits = 1_000

// diff compares line by line: what the texts begin and end with alike stays, and between
// them as much as can. Texts that differ in very many lines are shown as one that went and
// one that came.
func diff(before, after string) []Piece {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	head := 0
	for head < min(len(a), len(b)) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	end := a[len(a)-tail:]
	out := piecesOf(nil, Same, a[:head]...)
	out = between(out, a[head:len(a)-tail], b[head:len(b)-tail])
	return piecesOf(out, Same, end...)
}

// piecesOf adds lines of a kind, without the empty ones.
func piecesOf(out []Piece, kind PieceKind, lines ...string) []Piece {
	for _, l := range lines {
		if l != "" {
			out = append(out, Piece{kind, l})
		}
	}
	return out
}

// between adds how the lines went from a to b by the fewest edits (Myers, "An O(ND)
// difference algorithm", 1986): reach[k] is how far down a one comes on the diagonal k
// with so many edits, and what each round reached is kept to find the way back.
func between(out []Piece, a, b []string) []Piece {
	most := min(len(a)+len(b), mostEdits)
	reach, rounds := make([]int, 2*most+3), [][]int{}
	at := func(row []int, k int) int { return row[k+most+1] }
	for edits := 0; edits <= most; edits++ {
		rounds = append(rounds, slices.Clone(reach))
		for k := -edits; k <= edits; k += 2 {
			i := at(reach, k-1) + 1
			if k == -edits || k != edits && at(reach, k-1) < at(reach, k+1) {
				i = at(reach, k+1)
			}
			for i < len(a) && i-k < len(b) && i-k >= 0 && a[i] == b[i-k] {
				i++
			}
			reach[k+most+1] = i
			if i >= len(a) && i-k >= len(b) {
				return append(out, wayBack(rounds, at, a, b)...)
			}
		}
	}
	return piecesOf(piecesOf(out, Removed, strings.Join(a, "\n")), Added, strings.Join(b, "\n"))
}

// wayBack follows the rounds from the end to the beginning.
func wayBack(rounds [][]int, at func([]int, int) int, a, b []string) []Piece {
	var out []Piece
	i, j := len(a), len(b)
	for edits := len(rounds) - 1; edits >= 0; edits-- {
		row, k := rounds[edits], i-j
		down := k == -edits || k != edits && at(row, k-1) < at(row, k+1)
		before := k - 1
		if down {
			before = k + 1
		}
		x, y := at(row, before), at(row, before)-before
		for edits > 0 && i > x && j > y { // along what is alike, back to the edit
			out = piecesOf(out, Same, a[i-1])
			i, j = i-1, j-1
		}
		switch {
		case edits == 0:
			for ; i > 0; i-- {
				out = piecesOf(out, Same, a[i-1])
			}
		case down:
			out = piecesOf(out, Added, b[j-1])
			j--
		default:
			out = piecesOf(out, Removed, a[i-1])
			i--
		}
	}
	slices.Reverse(out)
	return out
}
