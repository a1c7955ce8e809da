package casework

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

// diff compares line by line along the longest common part. Texts of very many lines
// are shown as one that went and one that came.
func diff(before, after string) []Piece {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	const most = 2_000
	var out []Piece
	add := func(kind PieceKind, words string) {
		if words != "" {
			out = append(out, Piece{kind, words})
		}
	}
	if len(a) > most || len(b) > most {
		add(Removed, before)
		add(Added, after)
		return out
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
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			add(Same, a[i])
			i, j = i+1, j+1
		case j >= len(b) || i < len(a) && long[i+1][j] >= long[i][j+1]:
			add(Removed, a[i])
			i++
		default:
			add(Added, b[j])
			j++
		}
	}
	return out
}
