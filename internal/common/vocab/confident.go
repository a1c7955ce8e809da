package vocab

import (
	"math"
	"strings"

	"kompetansetorg/internal/common/vocab/norsk"
)

// A sight gathers what tells whether a text is about a competence need or an occupation at all.
type sight struct {
	signals  SignalScores
	question bool
	words    int     // words in the text
	clausal  float64 // how much of a sentence it is: 0 a title, 1 a sentence
	top      float64 // score of the best unit group
	support  float64 // weight of the words that speak for it
	speakers float64 // words that speak for it strongly
}

// clausal are small words that stand in sentences and seldom in titles.
const clausal = " er var vært være blir ble blitt bli har hadde hatt ha får fikk fått få kan kunne skal skulle vil ville" +
	" må måtte bør burde gjør gjorde går gikk kommer kom tar tok gir ga finnes vet står stod ligger lå sier sa" +
	" jeg du han hun vi dere meg deg oss de det dem den som hva hvor hvem hvordan hvorfor når ikke fordi hvis at "

// speaks is the weight from which a word speaks strongly: one that stands in few unit groups.
const speaks = 1.5

// look takes in a text and what the unit groups make of it.
func look(text string, signals SignalScores, jobs scoring) sight {
	s := sight{signals: signals, question: strings.HasSuffix(strings.TrimSpace(text), "?"), words: len(jobs.tokens)}
	sentence := 0
	for _, t := range jobs.tokens {
		if t.Kind == norsk.Function && strings.Contains(clausal, " "+t.Word+" ") {
			sentence++
		}
	}
	s.clausal = float64(min(sentence, 2)) / 2
	if len(jobs.total) == 0 {
		return s
	}
	best := 0
	for c, v := range jobs.total {
		if v > jobs.total[best] {
			best = c
		}
	}
	s.top = float64(jobs.total[best])
	for _, w := range jobs.heard.words {
		weight := w.weightFor(uint16(best))
		s.support += float64(weight)
		if weight > speaks {
			s.speakers++
		}
	}
	return s
}

// need returns how likely the text is a competence need or an occupation, in [0,1]. A title
// must be like one in the vocabulary. A sentence must say that something is lacking, or let
// several words speak for one occupation; a question, greeting or complaint must say more.
// The weights were fitted on texts of which some mean no occupation: see package evaluate.
func (s sight) need() float64 {
	if s.top == 0 {
		return 0
	}
	lacking := max(s.signals.Need, s.signals.Recruit, s.signals.Upskill, s.signals.Urgent, s.signals.Support)
	top := min(s.top, 1.2)
	z := -5.25 + 1.75*top + 0.14*min(s.speakers, 4) + 0.4*min(s.support, 10)
	z += 2.5*lacking - 3*s.signals.NonNeed
	z += 1.1*s.clausal + 3.1*(1-s.clausal)*top
	z += 0.1 * float64(min(s.words, 40))
	if lacking == 0 {
		z -= 1.45 * s.clausal
	}
	if s.question {
		z -= 0.1
	}
	return 1 / (1 + math.Exp(-z))
}
