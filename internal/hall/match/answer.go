package match

import (
	"slices"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/support"
)

// Answer is what the hall found. Each list is best first and short.
type Answer struct {
	// Partial: the programmes are still being read, so that measures and support
	// alone could answer.
	Partial  bool
	Concepts []Concept
	// IsNeed is false for a text that is no competence need; a saved need is
	// always one. Settle is true when people who move here do not stay, which
	// measures answer best.
	IsNeed, Settle bool
	Signals        vocab.SignalScores
	// Offers can be taken as they stand. Adapt are right in content but fail
	// on place, time, form or level; Missing says in what.
	Offers, Adapt []Offer
	Measures      []Card
	Support       []Card
	// Similar is how many organisations have a need about the same, rounded
	// down to 3, 5, 10, 20 or 50; 0 says nothing.
	Similar int
	// Pools are pooled needs about the same, that this one could join.
	Pools []pool.Item
}

// IsEmpty reports whether nothing answers.
func (a Answer) IsEmpty() bool {
	return len(a.Offers)+len(a.Adapt)+len(a.Measures)+len(a.Support) == 0
}

// Offer is a programme that answers, with the offering that suits best; a
// programme that is not offered now has none.
type Offer struct {
	Programme *offer.Programme
	Offering  *offer.Offering
	Score     float64
	Evidence  []Reason
	Missing   []Reason
	Verdict   *Verdict
}

// Card is a measure, scheme or guidance that answers.
type Card struct {
	support.Card
	Score    float64
	Evidence []Reason
	Verdict  *Verdict
}

// wellAnswered is the score from which something answers well.
const wellAnswered = 0.5

func (a Answer) isWellAnswered() bool {
	return slices.ContainsFunc(slices.Concat(a.Offers, a.Adapt), func(o Offer) bool { return o.Score >= wellAnswered }) ||
		slices.ContainsFunc(slices.Concat(a.Measures, a.Support), func(c Card) bool { return c.Score >= wellAnswered })
}
