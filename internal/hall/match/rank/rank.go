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

// scratch is the working memory of one query.
type scratch struct {
	letters *gram.Scratch
	parts   [numParts][]float32
}

func (s *scratch) reset(docs int) {
	for p := range s.parts {
		if len(s.parts[p]) != docs {
			s.parts[p] = make([]float32, docs)
		} else {
			clear(s.parts[p])
		}
	}
}

// Search lists the documents that best answer the need, at most top, best first.
// Documents with equal scores stand in the order of their numbers.
func (x *Index) Search(q Query, top int) []Hit {
	s := x.scratch.Get().(*scratch)
	defer x.scratch.Put(s)
	x.score(q, s)
	keep := make([]Hit, 0, min(top, len(x.docs)))
	for _, h := range x.best(s, top) {
		keep = append(keep, x.hit(s, h))
	}
	return keep
}

// score fills in the parts of every document.
func (x *Index) score(q Query, s *scratch) {
	s.reset(len(x.docs))
	r := read(q)
	x.letters.Query(s.letters, r.gramParts()...)
	copy(s.parts[Letters], s.letters.Scores)
	x.words.query(r, s.parts[Words])
	x.topics.query(r, s.parts[Topics])
	x.styrk.query(r, s.parts[Occupations])
	x.leads.query(r, s.parts[Leads])
	for d := range x.docs {
		s.parts[LevelFit][d] = levelFit(q.Level, x.docs[d].Level)
		s.parts[SizeFit][d] = sizeFit(r.purpose, &x.docs[d])
		if r.trade && (x.docs[d].Level == Vgs || x.docs[d].Level == Fagbrev) {
			s.parts[TradeFit][d] = 1
		}
	}
}

// levelFit is 1 for the level asked for, a half for its neighbours and where one
// of the two is not known.
func levelFit(want, have Level) float32 {
	a, ok := want.step()
	b, known := have.step()
	switch {
	case !ok || !known:
		return 0.5
	case want == have:
		return 1
	case a-b >= -1 && a-b <= 1:
		return 0.5
	}
	return 0
}

// sizeFit is 1 where new people are offered a whole education, or one's own
// people something less.
func sizeFit(p Purpose, d *Document) float32 {
	switch p {
	case Recruit, Upskill:
		if (p == Recruit) == d.isLong() {
			return 1
		}
		return 0
	}
	return 0.5
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
		for p := range scale {
			out[d][p] = scale[p] * s.parts[p][d]
		}
	}
	return out
}

// scale is what each part is multiplied by before it is weighed.
func (s *scratch) scale() [numParts]float32 {
	var scale [numParts]float32
	for p := range scale {
		scale[p] = 1
	}
	for _, p := range relative {
		m := float32(0)
		for _, v := range s.parts[p] {
			m = max(m, v)
		}
		if m > 0 {
			scale[p] = 1 / float32(math.Sqrt(float64(m)))
		}
	}
	return scale
}

type scored struct {
	doc   int32
	score float32
}

// best lists the numbers and scores of the best documents.
func (x *Index) best(s *scratch, top int) []scored {
	scale := s.scale()
	for p := range scale {
		scale[p] *= float32(x.profile.Weights[p])
	}
	list := make([]scored, 0, len(x.docs))
	for d := range x.docs {
		sum := float32(0)
		for p := range scale {
			sum += scale[p] * s.parts[p][d]
		}
		list = append(list, scored{int32(d), sum})
	}
	slices.SortFunc(list, func(a, b scored) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc, b.doc)) })
	return list[:min(top, len(list))]
}

func (x *Index) hit(s *scratch, h scored) Hit {
	hit := Hit{Doc: int(h.doc), Score: x.profile.likelihood(float64(h.score))}
	for p := range hit.Parts {
		hit.Parts[p] = s.parts[p][h.doc]
	}
	return hit
}
