package sentence

import "kompetansetorg/internal/kit/text"

// Vocabulary knows the names of occupations and competences.
type Vocabulary interface {
	// Knows tells whether the words, one to a few, are likely to name one.
	Knows(phrase string) bool
}

// maxLookups is how many different phrases of a text are looked up; a look-up takes a
// fifth of a millisecond, and what comes after so many is read without.
const maxLookups = 1_500

// Reader reads the sentences of one text; what it has looked up it remembers. It is not for
// several texts at a time.
type Reader struct {
	known Vocabulary // may be nil
	memo  map[string]bool
	// weights are what sentences were found to weigh: items are compared with their
	// neighbours, so that each is asked for many times.
	weights map[string]weight
}

// NewReader makes a reader of one text; known may be nil.
func NewReader(known Vocabulary) *Reader {
	return &Reader{known: known, memo: map[string]bool{}, weights: map[string]weight{}}
}

// knows tells whether the vocabulary knows the phrase.
func (r *Reader) knows(phrase string) bool {
	if r.known == nil {
		return false
	}
	key := text.Fold(phrase)
	got, ok := r.memo[key]
	if !ok && len(r.memo) < maxLookups {
		got = len(key) > 2 && len(key) < 60 && r.known.Knows(phrase)
		r.memo[key] = got
	}
	return got
}
