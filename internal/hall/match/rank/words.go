package rank

import (
	"cmp"
	"math"
	"slices"

	"kompetansetorg/internal/common/vocab/norsk"
)

// The constants of BM25, chosen for texts of some lines.
const (
	bmK1 = 1.2
	bmB  = 0.5
)

const (
	partWeight    = 0.5 // of a part of a compound, beside the whole word
	unknownWeight = 2.5 // of a word that no document has, in the sum of what could be met
)

// A field is a part of a document's text with its weight.
type field struct {
	tokens []norsk.Token
	weight float32
}

// A wordIndex finds documents by the stems of their words and the parts of
// compounds.
type wordIndex struct {
	terms  map[string]int32
	idf    []float32
	starts []uint32
	posts  []post
	split  *norsk.Splitter
	docs   int
}

// A post is a document with its weight in a list.
type post struct {
	doc    uint32
	weight float32
}

// newWordIndex makes the index of documents, each given by its fields.
func newWordIndex(docs [][]field) *wordIndex {
	x := &wordIndex{terms: map[string]int32{}, docs: len(docs), split: norsk.NewSplitter(stemCounts(docs))}
	tfs := make([]map[int32]float32, len(docs))
	lengths := make([]float32, len(docs))
	var df []uint32
	total := float32(0)
	for d, fields := range docs {
		tf := map[int32]float32{}
		for _, f := range fields {
			for _, t := range f.tokens {
				x.eachTerm(t, func(stem string, w float32) {
					n, ok := x.terms[stem]
					if !ok {
						n = int32(len(df))
						x.terms[stem] = n
						df = append(df, 0)
					}
					if tf[n] == 0 {
						df[n]++
					}
					tf[n] += w * f.weight
					lengths[d] += w * f.weight
				})
			}
		}
		tfs[d] = tf
		total += lengths[d]
	}
	x.fill(df, tfs, lengths, total/max(1, float32(len(docs))))
	return x
}

func (x *wordIndex) fill(df []uint32, tfs []map[int32]float32, lengths []float32, mean float32) {
	n := float64(len(tfs))
	x.starts = make([]uint32, len(df)+1)
	x.idf = make([]float32, len(df))
	for t, c := range df {
		x.starts[t+1] = x.starts[t] + c
		x.idf[t] = float32(math.Log(1 + (n-float64(c)+0.5)/(float64(c)+0.5)))
	}
	x.posts = make([]post, x.starts[len(df)])
	next := append([]uint32(nil), x.starts...)
	for d, tf := range tfs {
		norm := bmK1 * (1 - bmB + bmB*lengths[d]/max(mean, 1))
		for t, f := range tf {
			x.posts[next[t]] = post{uint32(d), x.idf[t] * f / (f + norm)}
			next[t]++
		}
	}
}

func stemCounts(docs [][]field) map[string]int32 {
	known := map[string]int32{}
	for _, fields := range docs {
		for _, f := range fields {
			for _, t := range f.tokens {
				if t.Kind != norsk.Function {
					known[t.Stem]++
				}
			}
		}
	}
	return known
}

// eachTerm calls visit with the stem of a word and with those of its parts.
func (x *wordIndex) eachTerm(t norsk.Token, visit func(stem string, w float32)) {
	switch t.Kind {
	case norsk.Function:
	case norsk.Generic:
		visit(t.Stem, genericWeight)
	default:
		visit(t.Stem, 1)
		for _, p := range x.split.Split(t.Word) {
			visit(p, partWeight)
		}
	}
}

// query adds to scores, by document, the share of the need's words that each
// has, in [0,1].
func (x *wordIndex) query(r *reading, scores []float32) {
	want, sum := x.wanted(r)
	for _, t := range want {
		sum += t.weight * x.idf[t.term]
	}
	if sum == 0 {
		return
	}
	for _, t := range want {
		w := t.weight / sum
		for _, p := range x.posts[x.starts[t.term]:x.starts[t.term+1]] {
			scores[p.doc] += w * p.weight
		}
	}
}

// A wantedTerm is a term of the index that the need asks for.
type wantedTerm struct {
	term   int32
	weight float32
}

// wanted lists the terms of the need in order, so that equal needs get equal
// scores to the last bit, and the weight of the words that no document has.
func (x *wordIndex) wanted(r *reading) (list []wantedTerm, unknown float32) {
	for i, t := range r.tokens {
		if t.Kind == norsk.Function {
			continue
		}
		k := r.weights[i]
		if t.Kind == norsk.Generic {
			k /= genericWeight // eachTerm has it already
		}
		x.eachTerm(t, func(stem string, w float32) {
			if n, ok := x.terms[stem]; ok {
				list = append(list, wantedTerm{n, k * w})
			} else {
				unknown += k * w * unknownWeight
			}
		})
	}
	slices.SortFunc(list, func(a, b wantedTerm) int {
		return cmp.Or(cmp.Compare(a.term, b.term), cmp.Compare(b.weight, a.weight))
	})
	return slices.CompactFunc(list, func(a, b wantedTerm) bool { return a.term == b.term }), unknown
}

// has reports whether a document stands in a term's list, which is in the order
// of documents.
func (x *wordIndex) has(term int32, doc uint32) bool {
	list := x.posts[x.starts[term]:x.starts[term+1]]
	_, ok := slices.BinarySearchFunc(list, doc, func(p post, d uint32) int { return cmp.Compare(p.doc, d) })
	return ok
}
