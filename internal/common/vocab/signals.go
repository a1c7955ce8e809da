package vocab

import (
	"fmt"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/vocab/norsk"
)

// SignalScores says what kind of wish a text holds, whatever occupation it is about.
// Scores lie in [0,1]; 0 = no sign of it.
type SignalScores struct {
	Need     float64 // somebody lacks people or competence
	NonNeed  float64 // a question, greeting or complaint that no competence answers
	Settle   float64 // people who move here do not stay: measures come first
	Support  float64 // money, guidance or a scheme is asked for
	Urgent   float64
	Recruit  float64             // new people are wanted
	Upskill  float64             // own people are to learn
	Levels   map[string]float64  // vgs, fagbrev, fagskole, hoyere, kurs
	Forms    map[string]float64  // nett, samlinger, bedrift
	Evidence map[string][]string // the user's own words by kind of the signal list
}

// A signal is a phrase that speaks for a kind of wish.
type signal struct {
	kind   string
	words  []string // stems
	weight float64
}

func (d *draft) starterSignal(row []string) error {
	kind, phrase := cell(row, 0), cell(row, 1)
	weight, err := strconv.ParseFloat(cell(row, 2), 64)
	if err != nil {
		return fmt.Errorf("weight of %q: %w", phrase, err)
	}
	s := signal{kind: kind, weight: weight}
	for _, t := range norsk.Tokens(phrase) {
		s.words = append(s.words, t.Stem)
	}
	if len(s.words) > 0 {
		d.signals = append(d.signals, s)
	}
	return nil
}

// signalIndex finds signal phrases by their first word.
type signalIndex map[string][]signal

func indexSignals(all []signal) signalIndex {
	x := signalIndex{}
	for _, s := range all {
		x[s.words[0]] = append(x[s.words[0]], s)
	}
	return x
}

// Signals tells what kind of wish a text holds.
func (x *Index) Signals(text string) SignalScores {
	return x.signals.scores(text, norsk.Tokens(clip(text)))
}

func (x signalIndex) scores(text string, tokens []norsk.Token) SignalScores {
	s := SignalScores{Levels: map[string]float64{}, Forms: map[string]float64{}, Evidence: map[string][]string{}}
	silent := map[string]float64{} // what is left of the doubt, by kind
	for i := range tokens {
		for _, sig := range x[tokens[i].Stem] {
			end := sig.match(tokens[i:])
			if end == 0 {
				continue
			}
			if _, ok := silent[sig.kind]; !ok {
				silent[sig.kind] = 1
			}
			silent[sig.kind] *= 1 - 0.9*min(max(sig.weight, 0), 1)
			words := text[tokens[i].Start:tokens[i+end-1].End]
			s.Evidence[sig.kind] = appendNew(s.Evidence[sig.kind], words)
		}
	}
	for kind, doubt := range silent {
		s.set(kind, 1-doubt)
	}
	return s
}

// match returns how many tokens the phrase takes from the beginning of tokens, 0 = none. Up to
// two small words that change nothing may stand between its words.
func (s signal) match(tokens []norsk.Token) int {
	at := 1 // the index found the first word
	for _, want := range s.words[1:] {
		for skipped := 0; at < len(tokens) && tokens[at].Stem != want; at++ {
			if skipped++; skipped > 2 || tokens[at].Kind != norsk.Function || negation(tokens[at].Word) {
				return 0
			}
		}
		if at >= len(tokens) {
			return 0
		}
		at++
	}
	return at
}

func negation(word string) bool {
	return word == "ikke" || word == "ingen" || word == "aldri" || word == "uten" || word == "ingenting"
}

func (s *SignalScores) set(kind string, score float64) {
	switch kind {
	case "need":
		s.Need = score
	case "nonneed":
		s.NonNeed = score
	case "settle":
		s.Settle = score
	case "support":
		s.Support = score
	case "urgent":
		s.Urgent = score
	case "recruit":
		s.Recruit = score
	case "upskill":
		s.Upskill = score
	case "form_net":
		s.Forms["nett"] = score
	case "form_workplace":
		s.Forms["bedrift"] = score
	case "form_gatherings":
		s.Forms["samlinger"] = score
	default:
		if level, ok := strings.CutPrefix(kind, "level_"); ok {
			s.Levels[level] = score
		}
	}
}

func appendNew(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}
