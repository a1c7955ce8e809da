package evaluate

import (
	"fmt"
	"slices"
	"strings"

	"kompetansetorg/internal/common/vocab"
)

// Figures are the measures of one run.
type Figures struct {
	N       int     // texts with one meaning: every kind but multi and none
	A1, A5  float64 // share with a right code first, among the first five
	MRR     float64 // mean of 1/rank of the first right code
	Multi   int     // texts that ask for several
	Recall5 float64 // their codes among the first five
	Nones   int     // texts without an occupation
	None    float64 // of those: share answered "no match"
	Kept    float64 // of the others: share still answered
	// Error is the mean distance between the score of the first match and whether it was
	// right, over ten bands of scores (expected calibration error).
	Error  float64
	Misses []string // what went wrong, a line each
}

// String leaves out what the set has none of.
func (f Figures) String() string {
	s := fmt.Sprintf("n %d A@1 %.3f A@5 %.3f MRR %.3f kept %.3f calibration error %.3f", f.N, f.A1, f.A5, f.MRR, f.Kept, f.Error)
	if f.Multi > 0 {
		s += fmt.Sprintf(" | several: n %d recall@5 %.3f", f.Multi, f.Recall5)
	}
	if f.Nones > 0 {
		s += fmt.Sprintf(" | none: n %d right %.3f", f.Nones, f.None)
	}
	return s
}

// deep is how many matches are looked at for the first right one.
const deep = 20

// Measure links each row's text to unit groups and compares.
func Measure(x *vocab.Index, rows []Row) Figures {
	var f Figures
	kept, silent := 0, 0
	var bands [10]struct{ n, score, right float64 }
	for _, row := range rows {
		r := x.Link(row.Text, vocab.LinkOptions{Schemes: []vocab.Scheme{vocab.Styrk08}, Top: deep})
		if len(row.Codes) == 0 {
			f.Nones++
			if r.Confident {
				f.miss("none %.2f %q got %s", r.Need, row.Text, first(r, 1))
			} else {
				silent++
			}
			continue
		}
		if r.Confident {
			kept++
		} else {
			f.miss("lost %.2f %q", r.Need, row.Text)
		}
		if row.Kind == "multi" {
			f.Multi++
			f.Recall5 += recall(r, row.Codes)
			continue
		}
		rank := rankOf(r, row.Codes)
		f.count(rank)
		if rank != 1 {
			f.miss("%2d %q want %v got %s", rank, row.Text, row.Codes, first(r, 3))
		}
		if len(r.Matches) > 0 {
			b := &bands[min(9, int(r.Matches[0].Score*10))]
			b.n++
			b.score += r.Matches[0].Score
			if rank == 1 {
				b.right++
			}
		}
	}
	for _, b := range bands {
		f.Error += share(max(b.score-b.right, b.right-b.score), f.N)
	}
	f.A1, f.A5, f.MRR = share(f.A1, f.N), share(f.A5, f.N), share(f.MRR, f.N)
	f.Recall5 = share(f.Recall5, f.Multi)
	f.None, f.Kept = share(float64(silent), f.Nones), share(float64(kept), f.N+f.Multi)
	return f
}

func (f *Figures) miss(format string, values ...any) {
	f.Misses = append(f.Misses, fmt.Sprintf(format, values...))
}

func (f *Figures) count(rank int) {
	f.N++
	if rank == 0 {
		return
	}
	f.MRR += 1 / float64(rank)
	if rank == 1 {
		f.A1++
	}
	if rank <= 5 {
		f.A5++
	}
}

// rankOf returns the rank of the first right match, 0 = none.
func rankOf(r vocab.Result, codes []string) int {
	return 1 + slices.IndexFunc(r.Matches, func(m vocab.Match) bool { return slices.Contains(codes, m.Code) })
}

func recall(r vocab.Result, codes []string) float64 {
	found := 0
	for _, m := range r.Matches[:min(5, len(r.Matches))] {
		if slices.Contains(codes, m.Code) {
			found++
		}
	}
	return float64(found) / float64(len(codes))
}

func first(r vocab.Result, n int) string {
	var b strings.Builder
	for _, m := range r.Matches[:min(n, len(r.Matches))] {
		fmt.Fprintf(&b, "%s %s %.2f %q; ", m.Code, m.NB, m.Score, m.Matched)
	}
	return b.String()
}

func share(sum float64, n int) float64 {
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}
