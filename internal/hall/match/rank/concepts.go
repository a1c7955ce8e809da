package rank

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"kompetansetorg/internal/common/vocab"
)

// About says how much a document is about a concept.
type About struct {
	Key    Key
	Weight float32 // in [0,1]
}

// A conceptIndex finds documents by the concepts of one vocabulary that they
// are about.
type conceptIndex struct {
	scheme vocab.Scheme
	lists  map[string][]post // by code; weights make documents vectors of length one
	idf    map[string]float32
	others float32 // inverse frequency of a concept that no document is about
}

// newConceptIndex makes the index of one vocabulary. Of each document all
// concepts are given, of whatever vocabulary.
func newConceptIndex(scheme vocab.Scheme, docs [][]About) *conceptIndex {
	x := &conceptIndex{scheme: scheme, lists: map[string][]post{}, idf: map[string]float32{}}
	df := map[string]float64{}
	for _, list := range docs {
		for _, a := range list {
			if a.Key.Scheme == scheme {
				df[a.Key.Code] += float64(a.Weight)
			}
		}
	}
	n := float64(len(docs))
	for code, f := range df {
		x.idf[code] = float32(math.Log(1 + n/(0.5+f)))
	}
	x.others = float32(math.Log(1 + n/0.5))
	for d, list := range docs {
		norm := float32(0)
		for _, a := range list {
			if a.Key.Scheme == scheme {
				w := a.Weight * x.idf[a.Key.Code]
				norm += w * w
			}
		}
		norm = float32(math.Sqrt(float64(norm)))
		for _, a := range list {
			if a.Key.Scheme == scheme && a.Weight > 0 {
				x.lists[a.Key.Code] = append(x.lists[a.Key.Code], post{uint32(d), a.Weight * x.idf[a.Key.Code] / norm})
			}
		}
	}
	return x
}

// query adds to scores the cosine of what the need and each document are about.
func (x *conceptIndex) query(r *reading, scores []float32) {
	norm := float32(0)
	for _, m := range r.linked {
		if m.Scheme == x.scheme {
			w := soft(m.Score) * x.weight(m.Code)
			norm += w * w
		}
	}
	if norm == 0 {
		return
	}
	norm = float32(math.Sqrt(float64(norm)))
	for _, m := range r.linked {
		if m.Scheme != x.scheme {
			continue
		}
		w := soft(m.Score) * x.weight(m.Code) / norm
		for _, p := range x.lists[m.Code] {
			scores[p.doc] += w * p.weight
		}
	}
}

// soft makes a linker's score milder. The score is how likely a concept is meant,
// which falls steeply behind the first; for comparing meanings the second and
// third still count.
func soft(score float64) float32 { return float32(math.Sqrt(score)) }

func (x *conceptIndex) weight(code string) float32 {
	if w, ok := x.idf[code]; ok {
		return w
	}
	return x.others
}

// What unit groups count that share three or two digits from the left.
const (
	sameMinorGroup    = 0.5
	sameSubMajorGroup = 0.2
)

// likeness is how near two unit groups stand in STYRK-08.
func likeness(a, b string) float32 {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	switch {
	case n >= 4:
		return 1
	case n == 3:
		return sameMinorGroup
	case n == 2:
		return sameSubMajorGroup
	}
	return 0
}

// An occupationIndex finds documents by the occupations their owners state.
type occupationIndex struct {
	codes []string // each once, in order
	lists [][]uint32
}

func newOccupationIndex(docs []Document) *occupationIndex {
	x := &occupationIndex{}
	for i := range docs {
		x.codes = append(x.codes, docs[i].Occupations...)
	}
	slices.Sort(x.codes)
	x.codes = slices.Compact(x.codes)
	x.lists = make([][]uint32, len(x.codes))
	for i := range docs {
		for _, o := range docs[i].Occupations {
			n, _ := slices.BinarySearch(x.codes, o)
			x.lists[n] = append(x.lists[n], uint32(i))
		}
	}
	return x
}

// An expectation is an occupation that the need's topics and trades lead to.
type expectation struct {
	code   string
	weight float32
}

// expected lists them: the first group a concept leads to counts in full, the
// next half, and so on.
func expected(linked []vocab.Match) []expectation {
	best := map[string]float32{}
	for _, m := range linked {
		for i, code := range m.Styrk08 {
			best[code] = max(best[code], soft(m.Score)/float32(1+i))
		}
	}
	list := make([]expectation, 0, len(best))
	for code, w := range best {
		list = append(list, expectation{code, w})
	}
	slices.SortFunc(list, func(a, b expectation) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), strings.Compare(a.code, b.code))
	})
	return list
}

// query gives each document the best likeness of its occupations to those
// expected.
func (x *occupationIndex) query(r *reading, scores []float32) {
	want := expected(r.linked)
	for i, code := range x.codes {
		best := float32(0)
		for _, e := range want {
			if e.weight <= best {
				break // what follows weighs less and is at most as like
			}
			best = max(best, e.weight*likeness(e.code, code))
		}
		if best == 0 {
			continue
		}
		for _, d := range x.lists[i] {
			scores[d] = max(scores[d], best)
		}
	}
}

func sortedAbout(best map[Key]float32) []About {
	list := make([]About, 0, len(best))
	for k, w := range best {
		list = append(list, About{k, w})
	}
	slices.SortFunc(list, func(a, b About) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), strings.Compare(string(a.Key.Scheme), string(b.Key.Scheme)), strings.Compare(a.Key.Code, b.Key.Code))
	})
	return list
}
