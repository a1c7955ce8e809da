package vocab

import (
	"slices"

	"kompetansetorg/internal/common/vocab/gram"
	"kompetansetorg/internal/common/vocab/norsk"
)

// guesses is how many unknown words of one text are compared with known ones: each costs as
// much as a title.
const guesses = 60

// corrected returns tokens with unknown words that are one or two keystrokes away from a known
// word replaced by it; places in the text stay.
func (x *lexicon) corrected(tokens []norsk.Token, scratch *gram.Scratch) []norsk.Token {
	var fixed []norsk.Token
	left := guesses
	for i, t := range tokens {
		if t.Kind != norsk.Content || t.Name || len(t.Word) < 5 || x.known[t.Word] {
			continue
		}
		if _, ok := x.terms[t.Stem]; ok {
			continue
		}
		if left--; left < 0 {
			break
		}
		w := x.nearest(t.Word, scratch)
		if w == "" {
			continue
		}
		if fixed == nil {
			fixed = slices.Clone(tokens)
		}
		fixed[i].Word, fixed[i].Stem, fixed[i].Kind = w, norsk.Stem(w), norsk.KindOf(w)
	}
	if fixed != nil {
		return fixed
	}
	return tokens
}

// nearest returns the known word that word most likely is a misspelling of, or "".
func (x *lexicon) nearest(word string, scratch *gram.Scratch) string {
	allowed := 1
	if len(word) >= 9 {
		allowed = 2
	}
	x.fuzzy.Query(scratch, gram.Part{Text: word, Weight: 1})
	best, found, score := allowed+1, "", float32(0)
	skeleton := norsk.Skeleton(word)
	for _, hit := range scratch.Hits {
		sim := scratch.Scores[hit]
		if sim < 0.4 {
			continue
		}
		w := x.words[hit]
		d := distance(skeleton, norsk.Skeleton(w), allowed)
		if d < best || d == best && (sim > score || sim == score && w < found) {
			if d <= allowed && w[0] == word[0] || d == 0 {
				best, found, score = d, w, sim
			}
		}
	}
	return found
}

// distance is the number of keystrokes between a and b: letters added, left out, changed, or
// two neighbours swapped. It gives limit+1 as soon as it is more than limit.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			d := last[j-1]
			if a[i-1] != b[j-1] {
				d++
			}
			d = min(d, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
