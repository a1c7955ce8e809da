package rank

import (
	"slices"
	"strings"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/common/vocab/norsk"
)

// maxText is how much of a need is read, in bytes. What is longer is a report.
const maxText = 8_000

// A reading is a need made ready for comparing.
type reading struct {
	text    string // the beginning of the need
	tokens  []norsk.Token
	weights []float32     // of each token
	linked  []vocab.Match // what the need means, weighed by the words that spoke for it
	trade   bool          // a trade certificate is asked for
	purpose Purpose
}

// heldConcept is what is left of a concept that only words for present jobs
// spoke for.
const heldConcept = 0.3

// read makes a need ready.
func read(q Query) *reading {
	r := &reading{text: clip(q.Text), purpose: q.Purpose}
	r.tokens = norsk.Tokens(r.text)
	r.trade = asksForTrade(r.tokens)
	roles := rolesOf(r.tokens)
	r.weights = make([]float32, len(r.tokens))
	heldWords, others := map[string]bool{}, map[string]bool{}
	for i, t := range r.tokens {
		r.weights[i] = roles[i].weight()
		if t.Kind == norsk.Generic {
			r.weights[i] *= genericWeight
		}
		if roles[i] == held {
			heldWords[r.text[t.Start:t.End]] = true
		} else {
			others[r.text[t.Start:t.End]] = true
		}
	}
	r.linked = slices.Clone(q.Linked.Matches)
	for i, m := range r.linked {
		if !slices.ContainsFunc(m.Matched, func(w string) bool { return !heldWords[w] || others[w] }) && len(m.Matched) > 0 {
			r.linked[i].Score *= heldConcept
		}
	}
	if r.purpose == "" {
		r.purpose = purposeOf(q.Linked.Signals)
	}
	return r
}

func clip(text string) string {
	if len(text) <= maxText {
		return text
	}
	return strings.ToValidUTF8(text[:maxText], "")
}

// clearly is the strength from which a signal is believed.
const clearly = 0.5

// purposeOf is what the text says the competence is wanted for; "" when it does not.
func purposeOf(s vocab.SignalScores) Purpose {
	recruit, upskill := s.Recruit >= clearly, s.Upskill >= clearly
	switch {
	case recruit && upskill:
		return Both
	case recruit:
		return Recruit
	case upskill:
		return Upskill
	}
	return ""
}

// Key names a concept.
type Key struct {
	Scheme vocab.Scheme
	Code   string
}

// KeyOf is the key of a concept.
func KeyOf(c vocab.Concept) Key { return Key{c.Scheme, c.Code} }
