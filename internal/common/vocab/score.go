package vocab

import (
	"slices"

	"kompetansetorg/internal/common/vocab/gram"
	"kompetansetorg/internal/common/vocab/norsk"
)

// What each kind of likeness adds to the score of a concept. The figures were chosen on the
// development sets of package evaluate, where a third more or less changes little.
const (
	byText  = 0.3  // the whole text of the concept, by letters
	byName  = 0.5  // its nearest name, by letters
	byWord  = 0.6  // the share of the text's words that speak for it
	byClass = 0.6  // what the classifier says, if there is one
	called  = 0.1  // the text holds a whole name of it
	leader  = 0.75 // factor on leaders' groups where nothing is said of leading
	small   = 0.2  // what a word of any need counts beside a word of its own
)

// score compares a text with every concept of the vocabulary.
func (s *space) score(tokens []norsk.Token) scoring {
	f := scoring{space: s, tokens: tokens, total: make([]float32, len(s.concepts))}
	if len(s.concepts) == 0 {
		return f
	}
	work := s.scratch.Get().(*scratch)
	defer s.scratch.Put(work)
	f.tokens = s.words.corrected(tokens, work.vocabulary)
	parts := weighted(f.tokens)
	if len(parts) == 0 {
		return f
	}
	s.docs.Query(work.docs, parts...)
	for _, h := range work.docs.Hits {
		f.total[h] = byText * work.docs.Scores[h]
	}
	s.nearest(work, parts)
	f.doubt = doubt(slices.Max(work.best))
	f.heard = s.words.hear(f.tokens, len(s.concepts), work.vocabulary)
	for c := range f.total {
		f.total[c] += byName*work.best[c] + byWord*f.heard.share[c]
	}
	if s.class != nil {
		s.class.shares(work.shares, parts)
		k := byClass * f.doubt
		for c, p := range work.shares {
			f.total[c] += k * p
		}
	}
	s.named(f.tokens, f.total)
	if s.leads != nil && !speaksOfLeading(f.tokens) {
		for c, lead := range s.leads {
			if lead {
				f.total[c] *= leader
			}
		}
	}
	return f
}

// doubt is how much other evidence counts beside a name that is like the text: nothing when
// the text is a name, nearly all when none is close.
func doubt(like float32) float32 {
	like = min(1, like)
	return 1 - like*like*like*like
}

// weighted returns the words of a text that say something about occupations.
func weighted(tokens []norsk.Token) []gram.Part {
	var parts []gram.Part
	for _, t := range tokens {
		switch t.Kind {
		case norsk.Content:
			parts = append(parts, gram.Part{Text: t.Word, Weight: 1})
		case norsk.Generic:
			parts = append(parts, gram.Part{Text: t.Word, Weight: small})
		}
	}
	return parts
}

// nearest fills work.best with the likeness of the nearest name of each concept.
func (s *space) nearest(work *scratch, parts []gram.Part) {
	clear(work.best)
	s.surface.Query(work.surface, parts...)
	for _, h := range work.surface.Hits {
		o := s.owner[h]
		work.best[o] = max(work.best[o], work.surface.Scores[h]*s.trust[h])
	}
}

// namedWords is how far into a text whole names are looked for, in words.
const namedWords = 400

// named lifts the concepts that the text calls by a whole name of up to four words.
func (s *space) named(tokens []norsk.Token, total []float32) {
	tokens = tokens[:min(len(tokens), namedWords)]
	lift := map[uint16]float32{}
	var key []byte
	for i := range tokens {
		if tokens[i].Kind == norsk.Function {
			continue
		}
		key = key[:0]
		for j := i; j < min(i+4, len(tokens)); j++ {
			key = append(append(key, tokens[j].Stem...), ' ')
			owners := s.names[string(key)]
			for _, o := range owners {
				lift[o] = max(lift[o], 1/float32(len(owners)))
			}
		}
	}
	for o, l := range lift {
		total[o] += called * l
	}
}

// resemblance returns how much a title is like the names and the whole text of each concept, in [0,1].
func (s *space) resemblance(title string) []float32 {
	work := s.scratch.Get().(*scratch)
	defer s.scratch.Put(work)
	parts := weighted(norsk.Tokens(title))
	s.nearest(work, parts)
	s.docs.Query(work.docs, parts...)
	like := make([]float32, len(s.concepts))
	for c := range like {
		like[c] = 0.6*work.best[c] + 0.4*work.docs.Scores[c]
	}
	return like
}
