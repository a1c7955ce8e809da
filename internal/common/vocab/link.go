package vocab

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"kompetansetorg/internal/common/vocab/norsk"
)

// maxText is how much of a text is read, in bytes; a need is said long before.
const maxText = 12_000

// clip cuts a text at maxText, between two letters.
func clip(text string) string {
	if len(text) <= maxText {
		return text
	}
	return strings.ToValidUTF8(text[:maxText], "")
}

// Link finds the concepts a text means. It reads the first 12,000 bytes.
func (x *Index) Link(text string, opt LinkOptions) Result {
	text = clip(text)
	tokens := norsk.Tokens(text)
	r := Result{Signals: x.signals.scores(text, tokens)}
	if len(opt.Schemes) == 0 {
		opt.Schemes = schemes[:]
	}
	if opt.Top <= 0 {
		opt.Top = 10
	}
	jobs := x.spaces[Styrk08].score(tokens)
	others := map[Scheme]scoring{}
	for _, scheme := range schemes[1:] {
		if jobs.doubt > certain || slices.Contains(opt.Schemes, scheme) {
			others[scheme] = x.spaces[scheme].score(tokens)
		}
	}
	jobs.echo(others)
	for _, scheme := range opt.Schemes {
		s := x.spaces[scheme]
		if s == nil {
			continue
		}
		found := jobs
		if scheme != Styrk08 {
			found = others[scheme]
			found.follow(jobs, pullOf(scheme))
		}
		r.Matches = append(r.Matches, found.matches(text, opt.Top)...)
	}
	slices.SortStableFunc(r.Matches, func(a, b Match) int { return cmp.Compare(b.Score, a.Score) })
	r.Need = look(text, r.Signals, jobs).need()
	r.Confident = r.Need >= 0.5
	return r
}

// A scoring is what one vocabulary makes of a text.
type scoring struct {
	space  *space
	tokens []norsk.Token // misspellings of known words put right
	total  []float32     // by concept; about 1 for a title that stands in the vocabulary
	doubt  float32       // how far the text is from being a name that the vocabulary has, in [0,1]
	heard  heard
	from   []int // other vocabularies: the unit group that led to the concept, -1 = none
	jobs   *scoring
}

// A pull says how unit groups and the concepts of another vocabulary draw each other.
type pull struct {
	lift float32 // what a unit group gives the concepts that lead to it
	own  float32 // what such a concept must score by itself first
	echo float32 // what such a concept gives its unit groups
}

func pullOf(scheme Scheme) pull {
	if scheme == Trade {
		return pull{lift: 0.45, echo: 0.3}
	}
	return pull{lift: 0.2, own: 0.1, echo: 0.4}
}

// certain is the doubt below which other vocabularies are not asked about an occupation.
const certain = 0.1

// echoFrom is the score from which a trade or subject speaks for its unit groups.
const echoFrom = 0.2

// follow lifts the concepts of another vocabulary that lead to the unit groups found.
func (f *scoring) follow(jobs scoring, p pull) {
	f.jobs = &jobs
	f.from = make([]int, len(f.total))
	for c := range f.total {
		f.from[c] = -1
		if f.total[c] < p.own {
			continue
		}
		best := float32(0)
		for i, code := range f.space.concepts[c].Styrk08 {
			job, ok := jobs.space.byCode[code]
			if !ok {
				continue
			}
			// the groups are listed most typical first
			if v := min(1, jobs.total[job]) / (1 + 0.15*float32(i)); v > best {
				best, f.from[c] = v, job
			}
		}
		if best < 0.25 {
			f.from[c] = -1
			continue
		}
		f.total[c] += p.lift * best
	}
}

// echo lifts the unit groups that the trades and subjects a text speaks of lead to.
func (f *scoring) echo(others map[Scheme]scoring) {
	lift := make([]float32, len(f.total))
	for scheme, o := range others {
		k := pullOf(scheme).echo
		for c, v := range o.total {
			if v < echoFrom {
				continue
			}
			for i, code := range o.space.concepts[c].Styrk08 {
				if job, ok := f.space.byCode[code]; ok {
					lift[job] = max(lift[job], k*min(1, v)/(1+0.5*float32(i)))
				}
			}
		}
	}
	for c, l := range lift {
		f.total[c] += f.doubt * l
	}
}

// matches returns the best concepts of a scoring with the user's words for each.
func (f *scoring) matches(text string, top int) []Match {
	order := make([]int, 0, len(f.total))
	for c, v := range f.total {
		if v >= 0.05 {
			order = append(order, c)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(f.total[b], f.total[a]), a-b) })
	found := make([]Match, 0, min(top, len(order)))
	for place, c := range order[:min(top, len(order))] {
		if words := f.words(text, c); len(words) > 0 {
			found = append(found, Match{Concept: f.space.concepts[c], Score: f.likely(order, place), Matched: words})
		}
	}
	return found
}

// faint is how much less than the strongest word a word may say and still be shown.
const faint = 0.15

// words returns the user's own words that speak for a concept: those heard for it, else those
// heard for the unit group that led to it, else, where only letters were alike, the content.
func (f *scoring) words(text string, c int) []string {
	strongest := float32(0)
	for _, w := range f.heard.words {
		strongest = max(strongest, w.weightFor(uint16(c)))
	}
	var list []string
	if strongest > 0 {
		for _, w := range f.heard.words {
			if w.weightFor(uint16(c)) >= faint*strongest {
				list = appendNew(list, text[f.tokens[w.token].Start:f.tokens[w.token].End])
			}
		}
		return list
	}
	if f.from != nil && f.from[c] >= 0 {
		return f.jobs.words(text, f.from[c])
	}
	for _, t := range f.tokens {
		if t.Kind == norsk.Content && len(list) < 3 {
			list = appendNew(list, text[t.Start:t.End])
		}
	}
	return list
}

// likely returns how likely the concept at a place of the order is meant: more for a high score,
// for the first the more the second lies behind, for others the less they lie behind the first.
// The weights were fitted on titles and texts with known groups; package evaluate shows how far
// the result is from the share that was right.
func (f *scoring) likely(order []int, place int) float64 {
	score, best := float64(f.total[order[place]]), float64(f.total[order[0]])
	z := -3 + 2.6*min(score, 1.3) + 1.2*float64(f.doubt)
	switch {
	case place > 0:
		z -= 0.5 + 1.9*(best-score)/best
	case len(order) > 1:
		z += 2.5 * (best - float64(f.total[order[1]])) / best
	}
	return 1 / (1 + math.Exp(-z))
}
