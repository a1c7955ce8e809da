package evaluate

import (
	"fmt"
	"io"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match/rank"
)

// Run measures the matcher on the needs of the folder beside plain BM25 and
// plain character n-grams, in the same run, and writes a line each: nDCG@5,
// P@5 (grade 1 or 2) and recall@10 (grade 2) over the needs that have an
// answer, and how many of those without one are answered so.
func Run(w io.Writer, dir string) error {
	b, err := Load(dir)
	if err != nil {
		return err
	}
	v, err := vocab.Load(vocab.Options{})
	if err != nil {
		return err
	}
	x := rank.Build(b.Docs, v)
	bm25, chars := newPlainBM25(b.Texts), newPlainChars(b.Texts)
	methods := []struct {
		name string
		rank func(Need) []string
	}{
		{"kompetansetorg", func(n Need) []string { return b.ranked(x, v, n) }},
		{"plain BM25", func(n Need) []string { return order(b.IDs, bm25.scores(n.Cells["text"])) }},
		{"plain char 3-5 TF-IDF", func(n Need) []string { return order(b.IDs, chars.scores(n.Cells["text"])) }},
	}
	fmt.Fprintf(w, "%-24s %7s %7s %9s %6s\n", "needs_dev", "nDCG@5", "P@5", "recall@10", "needs")
	for _, m := range methods {
		var f Figures
		for _, n := range b.Dev {
			if n.Grades.Answerable() {
				f.plus(m.rank(n), n.Grades)
			}
		}
		fmt.Fprintf(w, "%-24s %7.3f %7.3f %9.3f %6d\n", m.name, f.NDCG5, f.P5, f.Recall10, f.Needs)
	}
	none, refused, wrongly := 0, 0, 0
	for _, n := range b.Dev {
		hits := x.Search(n.query(v), 1)
		empty := len(hits) == 0 || hits[0].Score < rank.Answers
		switch {
		case !n.Grades.Answerable():
			none++
			if empty {
				refused++
			}
		case empty:
			wrongly++
		}
	}
	fmt.Fprintf(w, "no answer: %d of %d needs without one are told so, %d with one are told so wrongly\n", refused, none, wrongly)
	return nil
}

func (b *Bench) ranked(x *rank.Index, v *vocab.Index, n Need) []string {
	hits := x.Search(n.query(v), len(b.IDs))
	ids := make([]string, len(hits))
	for i, h := range hits {
		ids[i] = b.IDs[h.Doc]
	}
	return ids
}
