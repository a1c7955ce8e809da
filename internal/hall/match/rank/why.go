package rank

import (
	"cmp"
	"slices"
	"strings"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/common/vocab/gram"
	"kompetansetorg/internal/common/vocab/norsk"
)

// A Shared concept is one that the need and a document are both about.
type Shared struct {
	Concept vocab.Concept
	Words   []string // the reader's own words for it; none for a concept that was added
	Weight  float64  // how much it speaks for the document
}

// Why says what a need and a document have in common, strongest first. For a
// document that Search found at least one of the lists has something in it, save
// for a need that shares nothing with any document.
type Why struct {
	Concepts []Shared
	// Words are the reader's own words that the document uses too, or whose
	// letters it shares.
	Words []string
}

// leastShared is the weight under which a concept is no reason.
const leastShared = 0.1

// Explain says why each of some documents, given by their numbers, answers the need.
func (x *Index) Explain(q Query, docs ...int) []Why {
	r := read(q)
	out := make([]Why, len(docs))
	for i, d := range docs {
		out[i] = x.explain(r, q, d)
	}
	return out
}

func (x *Index) explain(r *reading, q Query, doc int) Why {
	var w Why
	about := make(map[Key]float32, len(x.about[doc]))
	for _, a := range x.about[doc] {
		about[a.Key] = a.Weight
	}
	for _, m := range q.Linked.Matches {
		if weight := soft(m.Score) * x.shared(m, doc, about); weight >= leastShared {
			w.Concepts = append(w.Concepts, Shared{m.Concept, m.Matched, float64(weight)})
		}
	}
	slices.SortStableFunc(w.Concepts, func(a, b Shared) int { return cmp.Compare(b.Weight, a.Weight) })
	if w.Words = r.spelled(x.words.shared(r, uint32(doc))); len(w.Words) == 0 && len(w.Concepts) == 0 {
		w.Words = x.alike(r, doc)
	}
	return w
}

// shared is how much a document is about a concept of the need, in [0,1]: the
// concept itself, or the occupations that a trade or topic leads to.
func (x *Index) shared(m vocab.Match, doc int, about map[Key]float32) float32 {
	best := about[KeyOf(m.Concept)]
	if m.Scheme == vocab.Styrk08 {
		for _, code := range x.docs[doc].Occupations {
			best = max(best, likeness(m.Code, code))
		}
		return best
	}
	for i, led := range m.Styrk08 {
		for _, code := range x.docs[doc].Occupations {
			best = max(best, likeness(led, code)/float32(1+i))
		}
	}
	return best
}

// spelled gives the words of the need with the numbers, heaviest first, each once.
func (r *reading) spelled(weight map[int]float32) []string {
	at := make([]int, 0, len(weight))
	for i := range weight {
		at = append(at, i)
	}
	slices.SortFunc(at, func(a, b int) int { return cmp.Or(cmp.Compare(weight[b], weight[a]), a-b) })
	var out []string
	for _, i := range at {
		w := r.text[r.tokens[i].Start:r.tokens[i].End]
		if !slices.ContainsFunc(out, func(have string) bool { return strings.EqualFold(have, w) }) {
			out = append(out, w)
		}
	}
	return out
}

// maxAlike is how many words with letters in common are told.
const maxAlike = 3

// alike gives the words of the need that, alone, share most letters with the document.
func (x *Index) alike(r *reading, doc int) []string {
	s := x.scratch.Get().(*scratch)
	defer x.scratch.Put(s)
	weight := map[int]float32{}
	for i, t := range r.tokens {
		if t.Kind == norsk.Function {
			continue
		}
		x.letters.Query(s.letters, gram.Part{Text: t.Word, Weight: 1})
		if v := s.letters.Scores[doc]; v > 0 {
			weight[i] = v
		}
	}
	out := r.spelled(weight)
	return out[:min(maxAlike, len(out))]
}
