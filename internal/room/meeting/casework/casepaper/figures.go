package casepaper

import (
	"maps"
	"slices"
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/prose"
)

// Figures is what a mark shows: a value for the middle of a sentence, and perhaps
// rows for a table of its own. AsOf is the day it was true; Source names the
// register. All is in the language of the paper.
type Figures struct {
	Title  string     `json:"title"`
	Value  string     `json:"value"`
	Head   []string   `json:"head,omitempty"`
	Rows   [][]string `json:"rows,omitempty"`
	AsOf   clock.Date `json:"as_of"`
	Source string     `json:"source"`
}

// Marks are the marks of all sections, each once.
func (p Paper) Marks() []string {
	var all []string
	for _, s := range p.Sections {
		all = append(all, s.Words)
	}
	return prose.Marks(strings.Join(all, "\n"))
}

// figureChanges are the figures in the words that differ between two versions.
func figureChanges(from, to Frozen, words string) []FigureChange {
	var out []FigureChange
	for _, mark := range prose.Marks(words) {
		a, b := from.Figures[mark], to.Figures[mark]
		if a.says() != b.says() {
			out = append(out, FigureChange{mark, a, b})
		}
	}
	return out
}

// says is all that the figures tell but their day.
func (f Figures) says() string {
	out := []string{f.Value}
	for _, r := range f.Rows {
		out = append(out, strings.Join(r, "\t"))
	}
	return strings.Join(out, "\n")
}

// Marks are the marks of the figures, in alphabetical order.
func (f Frozen) Marks() []string { return slices.Sorted(maps.Keys(f.Figures)) }
