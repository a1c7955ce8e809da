package match

import (
	"cmp"
	"slices"

	"kompetansetorg/internal/hall/match/rank"
	"kompetansetorg/internal/room/support"
)

// A question is a query made ready, with what it is answered from.
type question struct {
	Query
	x        *index
	concepts []Concept
	rank     rank.Query
	verdicts verdicts
}

// candidates is how many contents are held against place, time and form, more than
// the most that are shown.
const candidates = MaxLimit + 10

func (s *Service) education(q question, a *Answer) {
	hits := q.withJudged(search(q.x.education, q.x.vocab, q.Query, q.rank), KindProgramme)
	why := q.x.education.Explain(explained(q.Query, q.concepts), docsOf(hits)...)
	for i, hit := range hits {
		p := q.x.programmes[hit.Doc]
		verdict := q.verdicts[target{KindProgramme, string(p.ID)}]
		sure := hit.Score
		if i == 0 {
			sure = max(sure, likely) // what stands nearest is shown for any reason
		}
		reasons := evidence(q.concepts, why[i], sure)
		if verdict == nil && (hit.Score < rank.Answers || len(reasons) == 0) {
			continue // near by letters alone: nobody could say why
		}
		o := s.bestOffering(q.x, hit.Doc, q.Query)
		o.Score, o.Verdict = hit.Score*o.Score, verdict
		o.Evidence = append(reasons, o.Evidence...)
		o.Score, o.Evidence = weigh(verdict, o.Score, o.Evidence)
		switch {
		case o.Score == 0:
		case len(o.Missing) == 0:
			a.Offers = append(a.Offers, o)
		default:
			a.Adapt = append(a.Adapt, o)
		}
	}
	byScore := func(a, b Offer) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Programme.ID, b.Programme.ID))
	}
	slices.SortFunc(a.Offers, byScore)
	slices.SortFunc(a.Adapt, byScore)
	a.Offers, a.Adapt = first(a.Offers, q.limit()), first(a.Adapt, q.limit())
}

// withJudged adds what a person has said fits and the machine did not find.
func (q question) withJudged(hits []rank.Hit, kind Kind) []rank.Hit {
	for t, v := range q.verdicts {
		doc, offered := q.x.at[t]
		if t.kind == kind && v.Value != Not && offered && !slices.ContainsFunc(hits, func(h rank.Hit) bool { return h.Doc == doc }) {
			hits = append(hits, rank.Hit{Doc: doc})
		}
	}
	return hits
}

func docsOf(hits []rank.Hit) []int {
	docs := make([]int, len(hits))
	for i, h := range hits {
		docs[i] = h.Doc
	}
	return docs
}

// bestOffering holds each of the programme's offerings against the query. A
// programme without any open one fails on its start.
func (s *Service) bestOffering(x *index, doc int, q Query) Offer {
	p := x.programmes[doc]
	best := Offer{Programme: p, Score: factorFailed, Missing: []Reason{{Kind: "start", Key: "match.missing.not_offered"}}}
	found := false
	for _, o := range x.offerings[doc] {
		f := judge(s.Places, s.Clock.Today(), q, *p, *o)
		if f.excluded || found && f.factor <= best.Score {
			continue
		}
		found = true
		best.Offering, best.Score, best.Evidence, best.Missing = o, f.factor, f.reasons, f.missing
	}
	return best
}

// settleBonus lifts the measures for newcomers when people do not stay, and
// support and guidance when that is asked for.
const settleBonus = 0.5

func (s *Service) help(q question, a *Answer) {
	hits := q.withJudged(search(q.x.help, q.x.vocab, q.Query, q.rank), KindCard)
	why := q.x.help.Explain(explained(q.Query, q.concepts), docsOf(hits)...)
	signal := func(card *Card, kind string, r Reason) {
		card.Score += settleBonus
		r.Kind, r.Values = "signal", []any{"words", quoted(a.Signals.Evidence[kind], maxToldWords)}
		card.Evidence = append(card.Evidence, r)
	}
	for i, hit := range hits {
		c := q.x.cards[hit.Doc]
		card := Card{Card: c, Score: hit.Score, Verdict: q.verdicts[target{KindCard, string(c.ID)}], Evidence: evidence(q.concepts, why[i], hit.Score)}
		if a.Settle && c.Kind == support.Measure && isForNewcomers(c) {
			signal(&card, "settle", Reason{Key: "match.why.settle"})
		}
		if a.Signals.Support >= settles && c.Kind != support.Measure {
			signal(&card, "support", Reason{Key: "match.why.support"})
		}
		card.Score, card.Evidence = weigh(card.Verdict, card.Score, card.Evidence)
		if card.Score < rank.Answers || len(card.Evidence) == 0 {
			continue
		}
		if c.Kind == support.Measure {
			a.Measures = append(a.Measures, card)
		} else {
			a.Support = append(a.Support, card)
		}
	}
	byScore := func(a, b Card) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Code, b.Code)) }
	slices.SortFunc(a.Measures, byScore)
	slices.SortFunc(a.Support, byScore)
	a.Measures, a.Support = first(a.Measures, q.limit()), first(a.Support, q.limit())
}

func isForNewcomers(c support.Card) bool {
	return c.TargetGroup == "tilflytter" || c.TargetGroup == "generelt"
}

func first[T any](list []T, n int) []T { return list[:min(n, len(list))] }
