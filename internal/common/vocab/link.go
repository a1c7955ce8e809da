package vocab

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"kompetansetorg/internal/common/vocab/gram"
	"kompetansetorg/internal/common/vocab/norsk"
)

// maxText is how much of a text is read, in bytes; a need is said long before.
const maxText = 20_000

// clip cuts a text at maxText, between two letters.
func clip(text string) string {
	if len(text) <= maxText {
		return text
	}
	return strings.ToValidUTF8(text[:maxText], "")
}

// Link finds the concepts a text means.
func (x *Index) Link(text string, opt LinkOptions) Result {
	text = clip(text)
	tokens := norsk.Tokens(text)
	r := Result{Signals: x.signals.scores(text, tokens)}
	wanted := opt.Schemes
	if len(wanted) == 0 {
		wanted = schemes[:]
	}
	top := opt.Top
	if top <= 0 {
		top = 10
	}
	for _, scheme := range wanted {
		if s := x.spaces[scheme]; s != nil {
			r.Matches = append(r.Matches, s.link(text, tokens, top)...)
		}
	}
	slices.SortStableFunc(r.Matches, func(a, b Match) int { return cmp.Compare(b.Score, a.Score) })
	if len(r.Matches) > 0 {
		r.Need = r.Matches[0].Score
	}
	q := 0
	if strings.HasSuffix(strings.TrimSpace(text), "?") {
		q = 1
	}
	r.Debug = fmt.Sprintf("%s\t%.2f\t%.2f\t%d", lastDebug, max(r.Signals.Need, r.Signals.Recruit, r.Signals.Upskill), r.Signals.NonNeed, q)
	lastDebug = ""
	r.Confident = r.Need >= 0.5
	return r
}

// Tune is for experiments.
type Tuning struct {
	Doc, Surf, Word, Class, Seg, Named, Part    float32
	Generic, Unknown, K, Foreign, Task, Context float32
}

var Tune = Tuning{Doc: 0.3, Surf: 0.5, Word: 0.4, Class: 0.6, Named: 0.2, Part: 0.4, Generic: 0.2, Unknown: 4, K: 2}

func (s *space) link(text string, tokens []norsk.Token, top int) []Match {
	if len(s.concepts) == 0 {
		return nil
	}
	var parts []gram.Part
	for _, t := range tokens {
		switch t.Kind {
		case norsk.Content:
			parts = append(parts, gram.Part{Text: t.Word, Weight: 1})
		case norsk.Generic:
			parts = append(parts, gram.Part{Text: t.Word, Weight: Tune.Generic})
		}
	}
	if len(parts) == 0 {
		return nil
	}
	work := s.scratch.Get().(*scratch)
	defer s.scratch.Put(work)
	n := len(s.concepts)
	total := make([]float32, n)
	s.docs.Query(work.docs, parts...)
	for _, h := range work.docs.Hits {
		total[h] += Tune.Doc * work.docs.Scores[h]
	}
	best := make([]float32, n)
	s.surface.Query(work.surface, parts...)
	for _, h := range work.surface.Hits {
		best[s.owner[h]] = max(best[s.owner[h]], work.surface.Scores[h]*s.trust[h])
	}
	if Tune.Seg > 0 {
		s.segments(tokens, best, work.surface)
	}
	said := s.words.hear(tokens, n, work.vocabulary)
	var prob []float32
	if s.model != nil {
		prob = make([]float32, n)
		b := s.bag.Get().(*gram.Bag)
		s.model.Probabilities(classFeatures(b, parts...), prob)
		s.bag.Put(b)
	}
	for c := range n {
		total[c] += Tune.Surf*best[c] + Tune.Word*said.share[c]
		if prob != nil {
			total[c] += Tune.Class * prob[c]
		}
	}
	s.named(tokens, total)
	m := s.matches(text, tokens, total, said, top)
	if len(m) > 0 {
		c := uint16(s.byCode[m[0].Code])
		mass, count := float32(0), 0
		for _, w := range said.words {
			if i, ok := slices.BinarySearchFunc(w.posts, c, func(p wordPost, c uint16) int { return cmp.Compare(p.concept, c) }); ok {
				mass += w.posts[i].weight
				if w.posts[i].weight > 1.5 {
					count++
				}
			}
		}
		cont, fun := 0, 0
		for _, t := range tokens {
			switch t.Kind {
			case norsk.Function:
				fun++
			case norsk.Content:
				cont++
			}
		}
		p := float32(0)
		if prob != nil {
			p = prob[c]
		}
		lastDebug = fmt.Sprintf("%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%d\t%d\t%d\t%d", total[c], mass, best[c], p, said.share[c], count, cont, fun, len(tokens))
	}
	return m
}

// segments looks up each item of a list by itself: "bussjåfører og mekanikere".
func (s *space) segments(tokens []norsk.Token, best []float32, scratch *gram.Scratch) {
	last := tokens[len(tokens)-1].Part
	if last == 0 || last > 12 {
		return
	}
	for i := 0; i < len(tokens); {
		var parts []gram.Part
		j := i
		for ; j < len(tokens) && tokens[j].Part == tokens[i].Part; j++ {
			if tokens[j].Kind == norsk.Content {
				parts = append(parts, gram.Part{Text: tokens[j].Word, Weight: 1})
			}
		}
		if len(parts) > 0 && len(parts) <= 4 {
			s.surface.Query(scratch, parts...)
			for _, h := range scratch.Hits {
				best[s.owner[h]] = max(best[s.owner[h]], Tune.Seg*scratch.Scores[h]*s.trust[h])
			}
		}
		i = j
	}
}

// named lifts the concepts that the text calls by a whole name.
func (s *space) named(tokens []norsk.Token, total []float32) {
	if len(tokens) > 400 {
		tokens = tokens[:400]
	}
	lift := map[uint16]float32{}
	for i := range tokens {
		if tokens[i].Kind == norsk.Function {
			continue
		}
		key := ""
		for j := i; j < min(i+4, len(tokens)); j++ {
			key += tokens[j].Stem + " "
			if tokens[j].Kind == norsk.Function {
				continue
			}
			owners := s.names[key]
			for _, o := range owners {
				lift[o] = max(lift[o], float32(j-i+1)/float32(len(owners)))
			}
		}
	}
	for o, l := range lift {
		total[o] += Tune.Named * min(1, l)
	}
}

var lastDebug string

func (s *space) matches(text string, tokens []norsk.Token, total []float32, said heard, top int) []Match {
	order := make([]uint16, 0, len(total))
	for c, v := range total {
		if v >= 0.05 {
			order = append(order, uint16(c))
		}
	}
	slices.SortFunc(order, func(a, b uint16) int { return cmp.Or(cmp.Compare(total[b], total[a]), int(a)-int(b)) })
	order = order[:min(top, len(order))]
	found := make([]Match, 0, len(order))
	for _, c := range order {
		m := Match{Concept: s.concepts[c], Score: float64(min(1, total[c]))}
		for _, w := range said.words {
			if w.speaksFor(c) {
				m.Matched = appendNew(m.Matched, text[tokens[w.token].Start:tokens[w.token].End])
			}
		}
		if len(m.Matched) == 0 {
			for _, t := range tokens {
				if t.Kind == norsk.Content && len(m.Matched) < 3 {
					m.Matched = appendNew(m.Matched, text[t.Start:t.End])
				}
			}
		}
		found = append(found, m)
	}
	return found
}

// resemblance returns how much a title is like the names and the whole text of each concept, in [0,1].
func (s *space) resemblance(title string) []float64 {
	work := s.scratch.Get().(*scratch)
	defer s.scratch.Put(work)
	query := joined(norsk.Tokens(title))
	scores := make([]float64, len(s.concepts))
	s.docs.Query(work.docs, gram.Part{Text: query, Weight: 1})
	for _, h := range work.docs.Hits {
		scores[h] = 0.4 * float64(work.docs.Scores[h])
	}
	best := make([]float64, len(s.concepts))
	s.surface.Query(work.surface, gram.Part{Text: query, Weight: 1})
	for _, h := range work.surface.Hits {
		best[s.owner[h]] = max(best[s.owner[h]], float64(work.surface.Scores[h]*s.trust[h]))
	}
	for i := range scores {
		scores[i] += 0.6 * best[i]
	}
	return scores
}
