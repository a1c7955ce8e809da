package paste

import (
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/room/need/notes/sentence"
)

// How sure the vocabulary must be that a word or two name an occupation or a
// competence: surely, when it takes them for a need as they stand alone; more, when
// it does not, as with the names of many courses.
const (
	named  = 0.8
	likely = 0.9
)

// known reads with a vocabulary that may be exchanged while it is in use.
type known struct{ now func() *vocab.Index }

// Known tells the reader of pasted texts what names an occupation or a competence, by
// the vocabulary that is in use at the time.
func Known(now func() *vocab.Index) sentence.Vocabulary { return known{now} }

// Knows tells whether the best concept for the phrase is near enough.
func (k known) Knows(phrase string) bool {
	r := k.now().Link(phrase, vocab.LinkOptions{Top: 1})
	if len(r.Matches) == 0 {
		return false
	}
	score := r.Matches[0].Score
	return r.Confident && score >= named || score >= likely
}
