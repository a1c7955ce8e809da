package match

import (
	"slices"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply/offer"
)

// Ref names a concept: scheme and code.
type Ref struct {
	Scheme vocab.Scheme
	Code   string
}

// String is how the ref is written in addresses: "styrk08:8172".
func (r Ref) String() string { return string(r.Scheme) + ":" + r.Code }

// Query is what an answer is wanted to. Only Text is needed; a zero field asks
// for nothing. Added and Removed are the reader's changes to what the text was
// understood as.
type Query struct {
	Text           string
	Added, Removed []Ref
	Municipality   place.Number
	Headcount      int
	Level          offer.Level
	Forms          []offer.Delivery
	From           clock.Date
	Purpose        need.Purpose
	// Limit is how many answers of each kind are wanted; five when zero.
	Limit int
}

// DefaultLimit is how many answers of each kind there are when nothing is said,
// and MaxLimit how many there are at the most.
const (
	DefaultLimit = 5
	MaxLimit     = 50
)

func (q Query) limit() int {
	if q.Limit <= 0 {
		return DefaultLimit
	}
	return min(q.Limit, MaxLimit)
}

// QueryOf is the query that a need makes.
func QueryOf(n need.Need) Query {
	q := Query{Text: n.Text, Municipality: place.Number(n.Municipality), Headcount: n.Headcount, From: n.WantedFrom, Purpose: n.Purpose}
	if n.Level != need.LevelUnknown {
		q.Level = offer.Level(n.Level)
	}
	for _, f := range n.Forms {
		q.Forms = append(q.Forms, offer.Delivery(f))
	}
	for _, c := range n.Concepts {
		ref := Ref{vocab.Scheme(c.Scheme), c.Code}
		switch c.Chosen {
		case need.Added:
			q.Added = append(q.Added, ref)
		case need.Removed:
			q.Removed = append(q.Removed, ref)
		}
	}
	return q
}

// Concept is a concept that the query was understood as. Words are the
// reader's own that spoke for it; Added says that the reader chose it.
type Concept struct {
	vocab.Concept
	Score float64
	Words []string
	Added bool
}

// Ref names the concept.
func (c Concept) Ref() Ref { return Ref{c.Scheme, c.Code} }

// shownConcepts is how many concepts a page shows at the most.
const shownConcepts = 8

// understand links the text and applies the reader's changes. The concepts are
// those that the text clearly means and those that the reader has added; linked
// is all that it may mean, for ranking. Confident tells whether the text is
// about a competence need at all; a concept the reader has added makes it one.
func understand(v *vocab.Index, q Query) (concepts []Concept, linked vocab.Result) {
	meant, linked := read(q.Text, v.Link(q.Text, vocab.LinkOptions{}))
	changed := func(scheme vocab.Scheme, code string) bool {
		return slices.Contains(q.Removed, Ref{scheme, code}) || slices.Contains(q.Added, Ref{scheme, code})
	}
	// What is clear was judged before the reader's changes: taking one concept
	// away must not take others with it.
	meant = slices.DeleteFunc(meant, func(c Concept) bool { return changed(c.Scheme, c.Code) })
	kept := slices.DeleteFunc(slices.Clone(linked.Matches), func(m vocab.Match) bool { return changed(m.Scheme, m.Code) })
	for _, ref := range q.Added {
		if c, ok := v.Concept(ref.Scheme, ref.Code); ok {
			kept = append([]vocab.Match{{Concept: c, Score: 1}}, kept...)
			concepts = append(concepts, Concept{Concept: c, Score: 1, Added: true})
			linked.Confident = true
		}
	}
	linked.Matches = kept
	room := max(0, shownConcepts-len(concepts))
	return append(concepts, first(meant, room)...), linked
}

// NeedConcepts are the concepts as the room need stores them: what was
// understood, what the reader added, and what they took away.
func NeedConcepts(concepts []Concept, removed []Ref) []need.Concept {
	var out []need.Concept
	for _, c := range concepts {
		chosen := need.Linked
		if c.Added {
			chosen = need.Added
		}
		stored := need.Concept{Scheme: string(c.Scheme), Code: c.Code, Chosen: chosen}
		if len(c.Styrk08) > 0 {
			stored.Styrk08 = c.Styrk08[0]
		}
		out = append(out, stored)
	}
	for _, r := range removed {
		out = append(out, need.Concept{Scheme: string(r.Scheme), Code: r.Code, Chosen: need.Removed})
	}
	return out
}

// Reason is a point for or against an answer: a message with its values. Kind
// is its name in JSON.
type Reason struct {
	Kind   string
	Key    i18n.Key
	Values []any
}
