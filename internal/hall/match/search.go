package match

import (
	"cmp"
	"slices"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match/rank"
)

// search ranks the documents that answer the query. A concept that the reader
// has added stands in no text, and is searched for by itself; a document counts
// by the best of its scores, so that adding one never hides what the text found.
func search(x *rank.Index, v *vocab.Index, q Query, rq rank.Query) []rank.Hit {
	rq.Linked.Matches = slices.DeleteFunc(slices.Clone(rq.Linked.Matches), func(m vocab.Match) bool {
		return slices.Contains(q.Added, Ref{m.Scheme, m.Code})
	})
	hits := x.Search(rq, candidates)
	for _, ref := range q.Added {
		c, known := v.Concept(ref.Scheme, ref.Code)
		if !known {
			continue
		}
		alone := rank.Query{Text: c.NB, Linked: vocab.Result{Matches: []vocab.Match{{Concept: c, Score: 1}}}, Level: rq.Level, Purpose: rq.Purpose}
		for _, hit := range x.Search(alone, candidates) {
			i := slices.IndexFunc(hits, func(h rank.Hit) bool { return h.Doc == hit.Doc })
			if i < 0 {
				hits = append(hits, hit)
			} else if hit.Score > hits[i].Score {
				hits[i] = hit
			}
		}
	}
	slices.SortFunc(hits, func(a, b rank.Hit) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Doc, b.Doc)) })
	return hits
}
