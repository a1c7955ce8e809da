package rank

import (
	"cmp"
	"math"
	"slices"

	"kompetansetorg/internal/common/vocab/gram"
)

// A Hit is a document with what speaks for it.
type Hit struct {
	Doc   int
	Score float64 // how likely it answers the need, in [0,1]
	Parts Parts
}

// content is the number of parts that are worked out document by document; the
// others follow from a document's class.
const content = LevelFit

// scratch is the working memory of one query.
type scratch struct {
	letters *gram.Scratch
	parts   [content][]float32
	fits    [][3]float32 // by class
	heap    []scored
}

// part is what speaks for a document in one respect.
func (s *scratch) part(x *Index, p Part, doc int) float32 {
	if p < content {
		return s.parts[p][doc]
	}
	return s.fits[x.fits.of[doc]][p-content]
}

// Search lists the documents that best answer the need, at most top, best first.
// Documents with equal scores stand in the order of their numbers.
func (x *Index) Search(q Query, top int) []Hit {
	s := x.scratch.Get().(*scratch)
	defer x.scratch.Put(s)
	x.score(q, s)
	best := x.best(s, top)
	hits := make([]Hit, len(best))
	for i, b := range best {
		hits[i] = Hit{Doc: int(b.doc), Score: x.profile.likelihood(float64(b.sum))}
		for p := range numParts {
			hits[i].Parts[p] = s.part(x, p, int(b.doc))
		}
	}
	return hits
}

// Relative gives the parts of every document as they are weighed: those that are
// relative to the need's best are divided. It is what weights are fitted on.
func (x *Index) Relative(q Query) []Parts {
	s := x.scratch.Get().(*scratch)
	defer x.scratch.Put(s)
	x.score(q, s)
	scale := s.scale()
	out := make([]Parts, len(x.docs))
	for d := range out {
		for p := range numParts {
			out[d][p] = scale[p] * s.part(x, p, d)
		}
	}
	return out
}

// score works out the parts of every document.
func (x *Index) score(q Query, s *scratch) {
	r := read(q)
	x.letters.Query(s.letters, r.gramParts()...)
	s.parts[Letters] = s.letters.Scores
	for p := Words; p < content; p++ {
		if len(s.parts[p]) != len(x.docs) {
			s.parts[p] = make([]float32, len(x.docs))
		} else {
			clear(s.parts[p])
		}
	}
	x.words.query(r, s.parts[Words])
	x.topics.query(r, s.parts[Topics])
	x.styrk.query(r, s.parts[Occupations])
	x.leads.query(r, s.parts[Leads])
	s.fits = x.fits.query(q, r)
}

// scale is what each part is multiplied by before it is weighed.
func (s *scratch) scale() [numParts]float32 {
	var scale [numParts]float32
	for p := range scale {
		scale[p] = 1
	}
	for _, p := range relative {
		best := float32(0)
		for _, v := range s.parts[p] {
			best = max(best, v)
		}
		if best > 0 {
			scale[p] = 1 / float32(math.Sqrt(float64(best)))
		}
	}
	return scale
}

type scored struct {
	doc int32
	sum float32
}

// before is the order of documents: by sum, then by number.
func (a scored) before(b scored) bool { return a.sum > b.sum || a.sum == b.sum && a.doc < b.doc }

// best lists the best documents. It keeps them in a heap whose root is the worst.
func (x *Index) best(s *scratch, top int) []scored {
	scale := s.scale()
	for p := range scale {
		scale[p] *= float32(x.profile.Weights[p])
	}
	byClass := make([]float32, len(s.fits))
	for c, parts := range s.fits {
		for i, v := range parts {
			byClass[c] += scale[int(content)+i] * v
		}
	}
	top = min(top, len(x.docs))
	h := s.heap[:0]
	for d, class := range x.fits.of {
		e := scored{int32(d), byClass[class]}
		for p := range content {
			e.sum += scale[p] * s.parts[p][d]
		}
		switch {
		case len(h) < top:
			h = append(h, e)
			up(h)
		case top > 0 && e.before(h[0]):
			h[0] = e
			down(h)
		}
	}
	s.heap = h
	best := slices.Clone(h)
	slices.SortFunc(best, func(a, b scored) int { return cmp.Or(cmp.Compare(b.sum, a.sum), cmp.Compare(a.doc, b.doc)) })
	return best
}

// up brings the last of a heap to its place.
func up(h []scored) {
	for i := len(h) - 1; i > 0; {
		parent := (i - 1) / 2
		if !h[parent].before(h[i]) {
			return
		}
		h[i], h[parent] = h[parent], h[i]
		i = parent
	}
}

// down brings the first of a heap to its place.
func down(h []scored) {
	for i := 0; ; {
		worst := i
		for _, child := range [2]int{2*i + 1, 2*i + 2} {
			if child < len(h) && h[worst].before(h[child]) {
				worst = child
			}
		}
		if worst == i {
			return
		}
		h[i], h[worst] = h[worst], h[i]
		i = worst
	}
}
