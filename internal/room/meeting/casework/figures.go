package casework

import (
	"context"
	"maps"
	"slices"
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
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

// Source is a register of the house that papers show figures from. Name begins the
// mark, Example is one to be shown to writers. Read answers the figures as anybody
// may read them, since papers become public; and whether the register knows what
// is asked for.
type Source struct {
	Name    string
	Label   i18n.Key
	Example string
	Read    func(ctx context.Context, l i18n.Lang, what string) (Figures, bool, error)
}

// maxMarks is how many different figures a paper may show.
const maxMarks = 50

// read answers the figures of the marks, and the marks that no register answers to.
// It asks other rooms, so it runs outside any transaction.
func (s *Service) read(ctx context.Context, l i18n.Lang, marks []string) (map[string]Figures, []string, error) {
	out := map[string]Figures{}
	var unknown []string
	for i, mark := range marks {
		name, what, _ := strings.Cut(mark, " ")
		found := false
		for _, src := range s.Figures {
			if src.Name != name || i >= maxMarks {
				continue
			}
			f, ok, err := src.Read(ctx, l, strings.TrimSpace(what))
			if err != nil {
				return nil, nil, err
			}
			if ok {
				out[mark], found = f, true
			}
		}
		if !found {
			unknown = append(unknown, mark)
		}
	}
	return out, unknown, nil
}

// marksOf are the marks of all sections, each once.
func marksOf(p Paper) []string {
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
