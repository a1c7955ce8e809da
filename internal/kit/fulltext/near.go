package fulltext

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/kit/db"
)

// Mistakes is how many mistyped letters are forgiven in a word of that many: none
// in short words, where nearly every word is near another.
func Mistakes(letters int) int {
	switch {
	case letters < 4:
		return 0
	case letters < 8:
		return 1
	}
	return 2
}

// Near finds words of the documents that the word may have been meant as, nearest
// first, at most n. It knows nothing of who may read them: the caller offers a
// reader only what he can find.
func Near(ctx context.Context, tx *db.Tx, word string, n int) ([]string, error) {
	letters := []rune(word)
	most := Mistakes(len(letters))
	if most == 0 || len(letters) > maxToken {
		return nil, nil
	}
	type near struct {
		word     string
		distance int
	}
	var found []near
	for w, err := range db.Each[string](ctx, tx, wordsOf, len(letters)-most, len(letters)+most) {
		if err != nil {
			return nil, fmt.Errorf("fulltext: near: %w", err)
		}
		if d := Distance(letters, []rune(w), most); w != word && d <= most {
			found = append(found, near{w, d})
		}
	}
	slices.SortFunc(found, func(a, b near) int { return cmp.Or(a.distance-b.distance, cmp.Compare(a.word, b.word)) })
	out := make([]string, 0, n)
	for _, f := range found[:min(n, len(found))] {
		out = append(out, f.word)
	}
	return out, nil
}

// Distance is how many letters are wrong, missing, too many or swapped with their
// neighbour; most+1 as soon as it is more than most.
func Distance(a, b []rune, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			wrong := 1
			if a[i-1] == b[j-1] {
				wrong = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+wrong)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], most+1)
}
