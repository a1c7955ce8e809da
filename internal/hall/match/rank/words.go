package rank

import (
	"kompetansetorg/internal/common/vocab/norsk"
)

// What parts of a compound and everyday words count beside a whole word.
const (
	partWeight    = 0.5
	genericWeight = 0.3
)

// A wordIndex finds documents by the stems of their words (BM25).
type wordIndex struct {
	terms  map[string]int32
	idf    []float32
	starts []uint32
	posts  []wordPost
	split  *norsk.Splitter
}

type wordPost struct {
	doc    uint32
	weight float32 // BM25's part of the document, in [0, k1+1)
}

const (
	bmK1 = 1.2
	bmB  = 0.5
)

type wordBuilder struct {
	texts [][]weighted // by document
}

type weighted struct {
	tokens []norsk.Token
	weight float32
}

func (b *wordBuilder) add(fields ...weighted) { b.texts = append(b.texts, fields) }

func (b *wordBuilder) build() *wordIndex {
	known := map[string]int32{}
	for _, fields := range b.texts {
		for _, f := range fields {
			for _, t := range f.tokens {
				if t.Kind != norsk.Function {
					known[t.Stem]++
				}
			}
		}
	}
	x := &wordIndex{terms: map[string]int32{}, split: norsk.NewSplitter(known)}
	tfs := make([]map[int32]float32, len(b.texts))
	lengths := make([]float32, len(b.texts))
	var df []uint32
	total := float32(0)
	for d, fields := range b.texts {
		tf := map[int32]float32{}
		for _, f := range fields {
			for _, t := range f.tokens {
				x.each(t, func(stem string, w float32) {
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
		total += lengths[d]
		tfs[d] = tf
	}
	n := float32(len(b.texts))
	mean := total / max(1, n)
	x.starts = make([]uint32, len(df)+1)
	for t, c := range df {
		x.starts[t+1] = x.starts[t] + c
		x.idf = append(x.idf, log(1+(n-float32(c)+0.5)/(float32(c)+0.5)))
	}
	x.posts = make([]wordPost, x.starts[len(df)])
	next := append([]uint32(nil), x.starts...)
	for d, tf := range tfs {
		norm := bmK1 * (1 - bmB + bmB*lengths[d]/max(mean, 1))
		for t, f := range tf {
			x.posts[next[t]] = wordPost{uint32(d), f * (bmK1 + 1) / (f + norm)}
			next[t]++
		}
	}
	return x
}

// each calls visit with the stem of a word and those of its parts.
func (x *wordIndex) each(t norsk.Token, visit func(stem string, w float32)) {
	switch t.Kind {
	case norsk.Function:
		return
	case norsk.Generic:
		visit(t.Stem, genericWeight)
		return
	}
	visit(t.Stem, 1)
	for _, p := range x.split.Split(t.Word) {
		visit(p, partWeight)
	}
}

func (x *wordIndex) queryW(tokens []norsk.Token, weights []float32, scores []float32) {
	want := map[int32]float32{}
	sum := float32(0)
	for i, t := range tokens {
		x.each(t, func(stem string, w float32) {
			w *= weights[i]
			if n, ok := x.terms[stem]; ok {
				want[n] = max(want[n], w)
			} else {
				sum += 0.5 * w * 5
			}
		})
	}
	for n, w := range want {
		sum += w * x.idf[n]
	}
	for n, w := range want {
		for _, p := range x.posts[x.starts[n]:x.starts[n+1]] {
			scores[p.doc] += w * x.idf[n] * p.weight / (bmK1 + 1) / sum
		}
	}
}

// query adds to scores the BM25 of the tokens, as a share of the best that is possible.
func (x *wordIndex) query(tokens []norsk.Token, scores []float32) {
	want := map[int32]float32{}
	sum := float32(0)
	for _, t := range tokens {
		x.each(t, func(stem string, w float32) {
			if n, ok := x.terms[stem]; ok {
				want[n] = max(want[n], w)
			} else {
				sum += 0.5 * w * 5
			}
		})
	}
	for n, w := range want {
		sum += w * x.idf[n]
	}
	for n, w := range want {
		for _, p := range x.posts[x.starts[n]:x.starts[n+1]] {
			scores[p.doc] += w * x.idf[n] * p.weight / (bmK1 + 1) / sum
		}
	}
}
