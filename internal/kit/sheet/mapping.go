package sheet

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kompetansetorg/internal/kit/text"
)

// Target is a field that an import can fill.
type Target struct {
	Field string   // the field's name in the code
	Names []string // its heading, and other words people use for it, in any language
}

// Proposal is the column proposed for a target.
type Proposal struct {
	Field  string
	Column int     // index in the headings; -1 when none fits
	Score  float64 // 1 the same text, above 0.9 the same words, down to 0.6 alike
}

// minScore is where a likeness is more often chance than meaning.
const minScore = 0.6

// MapHeadings proposes a column for each target, in the order of the targets. The surest
// pairs are made first, and no column is proposed twice. A person confirms the result.
func MapHeadings(headings []string, targets []Target) []Proposal {
	type pair struct {
		target, column int
		score          float64
	}
	written := phrases(headings)
	var pairs []pair
	for t, target := range targets {
		names := phrases(target.Names)
		for c, heading := range written {
			if s := likeness(heading, names); s >= minScore {
				pairs = append(pairs, pair{t, c, s})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.score, a.score) })
	proposals := make([]Proposal, len(targets))
	for t, target := range targets {
		proposals[t] = Proposal{Field: target.Field, Column: -1}
	}
	used := map[int]bool{}
	for _, p := range pairs {
		if proposals[p.target].Column < 0 && !used[p.column] {
			proposals[p.target].Column, proposals[p.target].Score = p.column, p.score
			used[p.column] = true
		}
	}
	return proposals
}

// Names tells whether a heading is one of the names of the targets, word for
// word.
func Names(targets []Target) func(heading string) bool {
	known := map[string]bool{}
	for _, t := range targets {
		for _, name := range phrases(t.Names) {
			known[name.joined] = true
		}
	}
	delete(known, "")
	return func(heading string) bool { return known[phraseOf(heading).joined] }
}

// phrase is a heading or a name, taken apart once.
type phrase struct {
	text, joined string
	words        []string
	pairs        map[string]int // of neighbouring letters
}

// maxHeading is the longest text that can be a heading, in characters. What is
// longer has no words.
const maxHeading = 200

func phraseOf(s string) phrase {
	s = strings.TrimSpace(s)
	if len(s) > 4*maxHeading || utf8.RuneCountInString(s) > maxHeading {
		return phrase{}
	}
	p := phrase{text: s, words: words(s), pairs: map[string]int{}}
	p.joined = strings.Join(p.words, "")
	runes := []rune(p.joined)
	for i := 0; i+1 < len(runes); i++ {
		p.pairs[string(runes[i:i+2])]++
	}
	return p
}

func phrases(list []string) []phrase {
	out := make([]phrase, len(list))
	for i, s := range list {
		out[i] = phraseOf(s)
	}
	return out
}

// likeness is how well a heading fits the names of a target; the first name counts a
// little more than the others, so that it wins where both fit.
func likeness(heading phrase, names []phrase) float64 {
	if len(heading.words) == 0 {
		return 0
	}
	best := 0.0
	for i, name := range names {
		if len(name.words) == 0 {
			continue
		}
		s := 0.0
		switch {
		case heading.text == name.text:
			s = 1
		case heading.joined == name.joined:
			s = 0.97
		default:
			s = max(0.9*dice(heading.pairs, name.pairs), 0.85*containment(heading.words, name.words))
		}
		if i > 0 {
			s *= 0.99
		}
		best = max(best, s)
	}
	return best
}

// words are the folded words of a heading. What stands in brackets explains, a star marks
// what must be filled in, and common shortenings are written out.
func words(s string) []string {
	s = text.Fold(s)
	if i := strings.IndexAny(s, "(["); i > 0 {
		s = s[:i]
	}
	fields := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, f := range fields {
		switch f {
		case "nr":
			fields[i] = "nummer"
		case "ant":
			fields[i] = "antall"
		case "tlf":
			fields[i] = "telefon"
		case "org":
			fields[i] = "organisasjon"
		default:
			if stem, ok := strings.CutSuffix(f, "nr"); ok {
				fields[i] = stem + "nummer"
			}
		}
	}
	return fields
}

// dice is twice the pairs of neighbouring letters that two phrases share, over those
// they have: 1 for the same text, 0 for none in common.
func dice(pa, pb map[string]int) float64 {
	shared, total := 0, 0
	for p, n := range pa {
		shared += min(n, pb[p])
		total += n
	}
	for _, n := range pb {
		total += n
	}
	if total == 0 {
		return 0
	}
	return 2 * float64(shared) / float64(total)
}

// containment is the share of the longer list of words that the shorter one, if it is
// wholly in the longer, makes up in letters.
func containment(a, b []string) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	inside, all := 0, 0
	for _, w := range a {
		if !slices.Contains(b, w) {
			return 0
		}
		inside += len(w)
	}
	for _, w := range b {
		all += len(w)
	}
	// A short word in a long heading says little; half the letters say most.
	return min(1, 0.5+float64(inside)/float64(all))
}
