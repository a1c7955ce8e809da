package match

import (
	"slices"
	"strings"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match/rank"
	"kompetansetorg/internal/kit/i18n"
)

const (
	maxConceptReasons = 2
	maxToldWords      = 4
	maxSharedWords    = 4
)

// What a reason must be for an answer to be shown. One that answers very likely
// is shown for any reason; else both must surely be about the concept, or the
// words must be many, or stand where it counts in what is not too far away.
const (
	likely     = 0.35
	notFar     = 0.2
	surelyBoth = 0.5
	manyWords  = 3
)

func isStrong(why rank.Why, score float64) bool {
	return score >= likely || len(why.Words) >= manyWords ||
		slices.ContainsFunc(why.Concepts, func(s rank.Shared) bool { return s.Weight >= surelyBoth }) ||
		score >= notFar && slices.ContainsFunc(why.Words, func(w rank.Word) bool { return w.Named })
}

// explained is the query as its answers are explained by: by the concepts that the
// reader sees, and no others.
func explained(q Query, concepts []Concept) rank.Query {
	rq := rank.Query{Text: q.Text}
	for _, c := range concepts {
		rq.Linked.Matches = append(rq.Linked.Matches, vocab.Match{Concept: c.Concept, Score: c.Score, Matched: c.Words})
	}
	return rq
}

// evidence says why a document answers, from what it shares with the query:
// concepts that both are about, with the reader's words for them, and words that
// stand in both. Each of the reader's words is told once. Without a reason that
// holds for such a score there is none.
func evidence(concepts []Concept, why rank.Why, score float64) []Reason {
	if !isStrong(why, score) {
		return nil
	}
	var out []Reason
	var said []string
	for _, shared := range why.Concepts {
		i := slices.IndexFunc(concepts, func(c Concept) bool { return rank.KeyOf(c.Concept) == shared.Key })
		if i < 0 || len(out) == maxConceptReasons {
			continue
		}
		switch c := concepts[i]; {
		case c.Added:
			out = append(out, Reason{Kind: "concept", Key: "match.why.chosen", Values: []any{"concept", conceptLabel(c)}})
		case !holdsAll(said, c.Words):
			out = append(out, Reason{Kind: "concept", Key: "match.why.concept", Values: []any{"concept", conceptLabel(c), "words", quoted(c.Words, maxToldWords)}})
			said = append(said, c.Words...)
		}
	}
	var words []string
	for _, w := range why.Words {
		if (len(out) == 0 || w.Named) && !slices.Contains(said, w.Text) {
			words = append(words, w.Text)
		}
	}
	if len(words) > 0 {
		out = append(out, Reason{Kind: "words", Key: "match.why.words", Values: []any{"words", quoted(words, maxSharedWords)}})
	}
	return out
}

func quoted(words []string, most int) string { return strings.Join(first(words, most), ", ") }

// conceptLabel is a concept's name in the midst of a sentence, without the full
// stop that some official names end in.
func conceptLabel(c Concept) i18n.Text {
	name := func(s string) string { return strings.TrimSuffix(s, ".") }
	return i18n.Text{NB: name(c.NB), NN: name(c.NN), EN: name(c.EN)}
}
