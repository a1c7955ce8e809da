package rank

import (
	"cmp"
	"slices"
	"strings"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/common/vocab/norsk"
)

// A Shared concept is one that the need and a document are both about.
type Shared struct {
	Key    Key
	Weight float64 // how surely both are, in [0,1]
}

// A Word is the reader's own that the document uses too.
type Word struct {
	Text string
	// Named: it stands in the title, or in how people say that they need it.
	Named bool
}

// Why says what a need and a document have in common, strongest first.
type Why struct {
	Concepts []Shared
	Words    []Word
}

// leastShared is the weight under which a concept is no reason, leastAbout how
// much of the document must be about it.
const (
	leastShared = 0.3
	leastAbout  = 0.6
)

// throughGroups is what a concept that only a document's stated occupations speak
// for counts beside one that it is about itself. Groups that share no more than
// two digits are never a reason: what they count stays under leastShared.
const throughGroups = 0.8

// Explain says why each of some documents, given by their numbers, answers the
// need. Of concepts those of q.Linked are looked for, so the caller gives those
// that may be told.
func (x *Index) Explain(q Query, docs ...int) []Why {
	said := x.words.said(clip(q.Text))
	out := make([]Why, len(docs))
	for i, d := range docs {
		out[i] = Why{x.sharedConcepts(q.Linked.Matches, d), x.sharedWords(said, d)}
	}
	return out
}

func (x *Index) sharedConcepts(linked []vocab.Match, doc int) []Shared {
	var out []Shared
	for _, m := range linked {
		if weight := soft(m.Score) * x.shared(m, doc); weight >= leastShared {
			out = append(out, Shared{KeyOf(m.Concept), float64(weight)})
		}
	}
	slices.SortStableFunc(out, func(a, b Shared) int { return cmp.Compare(b.Weight, a.Weight) })
	return out
}

// shared is how much a document is about a concept of the need, in [0,1]: the
// concept itself, or the occupations that a trade or topic leads to.
func (x *Index) shared(m vocab.Match, doc int) float32 {
	best, key := float32(0), KeyOf(m.Concept)
	for _, a := range x.about[doc] {
		if a.Key == key && a.Weight >= leastAbout {
			best = a.Weight
		}
	}
	led := m.Styrk08
	if m.Scheme == vocab.Styrk08 {
		led = []string{m.Code}
	}
	for i, group := range led {
		for _, code := range x.docs[doc].Occupations {
			best = max(best, throughGroups*likeness(group, code)/float32(1+i))
		}
	}
	return best
}

// A saidWord is a word of the need that documents use.
type saidWord struct {
	text, stem string
	term       int32
}

// said lists the words of a need that tell documents apart, rarest first. A word
// that stands in more than one of so many documents says nothing.
func (x *wordIndex) said(text string) []saidWord {
	var out []saidWord
	for _, t := range norsk.Tokens(text) {
		n, known := x.terms[t.Stem]
		if t.Kind != norsk.Content || !known || slices.ContainsFunc(out, func(w saidWord) bool { return w.term == n }) {
			continue
		}
		if found := x.starts[n+1] - x.starts[n]; found <= max(2, uint32(x.docs/commonWord)) {
			out = append(out, saidWord{text[t.Start:t.End], t.Stem, n})
		}
	}
	slices.SortStableFunc(out, func(a, b saidWord) int { return cmp.Compare(x.idf[b.term], x.idf[a.term]) })
	return out
}

// commonWord is the number of documents of which a word that says something
// stands in one at most.
const commonWord = 8

func (x *Index) sharedWords(said []saidWord, doc int) []Word {
	var out []Word
	var named map[string]bool
	for _, w := range said {
		if !x.words.has(w.term, uint32(doc)) {
			continue
		}
		if named == nil {
			named = stemsOf(x.docs[doc].Title + ". " + strings.Join(x.docs[doc].Phrases, ". "))
		}
		out = append(out, Word{w.text, named[w.stem]})
	}
	return out
}

func stemsOf(text string) map[string]bool {
	out := map[string]bool{}
	for _, t := range norsk.Tokens(text) {
		out[t.Stem] = true
	}
	return out
}
