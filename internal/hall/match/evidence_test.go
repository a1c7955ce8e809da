package match

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match/rank"
	"kompetansetorg/internal/kit/i18n"
)

// sharing is what a need and a document share: concepts with weights, and words,
// those in the title with a capital letter.
func sharing(concepts map[string]float64, words string) rank.Why {
	var w rank.Why
	for code, weight := range concepts {
		w.Concepts = append(w.Concepts, rank.Shared{Key: rank.Key{Scheme: vocab.Styrk08, Code: code}, Weight: weight})
	}
	slices.SortFunc(w.Concepts, func(a, b rank.Shared) int { return int(100 * (b.Weight - a.Weight)) })
	for _, text := range strings.Fields(words) {
		w.Words = append(w.Words, rank.Word{Text: text, Named: text != strings.ToLower(text)})
	}
	return w
}

// said writes reasons as "concept 7212: sveise; words: Stål".
func said(list []Reason) string {
	var out []string
	for _, r := range list {
		s := r.Kind
		if label, ok := r.Values[1].(i18n.Text); ok {
			s += " " + label.NB
		}
		if r.Key != "match.why.chosen" {
			s += fmt.Sprint(": ", r.Values[len(r.Values)-1])
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestEvidence(t *testing.T) {
	understood := []Concept{
		{Concept: vocab.Concept{Scheme: vocab.Styrk08, Code: "7212", NB: "Sveisere mv."}, Score: 0.9, Words: []string{"sveise", "rustfritt"}},
		{Concept: vocab.Concept{Scheme: vocab.Styrk08, Code: "7213", NB: "Kobberslagere"}, Score: 0.8, Words: []string{"rustfritt"}},
		{Concept: vocab.Concept{Scheme: vocab.Styrk08, Code: "3122", NB: "Arbeidsledere"}, Score: 0.8, Words: []string{"lede"}},
		{Concept: vocab.Concept{Scheme: vocab.Styrk08, Code: "2223", NB: "Sykepleiere"}, Score: 1, Added: true},
	}
	for _, c := range []struct {
		name  string
		why   rank.Why
		score float64
		want  string
	}{
		{"a concept with the reader's words", sharing(map[string]float64{"7212": 0.9}, ""), 0.2, "concept Sveisere mv: sveise, rustfritt"},
		{"what the reader added has none", sharing(map[string]float64{"2223": 1}, ""), 0.2, "concept Sykepleiere"},
		{"a word is told once", sharing(map[string]float64{"7212": 0.9, "7213": 0.8}, "rustfritt"), 0.9, "concept Sveisere mv: sveise, rustfritt"},
		{"another concept that brings a word", sharing(map[string]float64{"7212": 0.9, "7213": 0.8, "3122": 0.7}, ""), 0.9, "concept Sveisere mv: sveise, rustfritt; concept Arbeidsledere: lede"},
		{"two concepts at the most", sharing(map[string]float64{"2223": 1, "7212": 0.9, "3122": 0.7}, ""), 0.9, "concept Sykepleiere; concept Sveisere mv: sveise, rustfritt"},
		{"one that is not understood so is not told", sharing(map[string]float64{"9999": 0.9}, ""), 0.9, ""},
		{"words of the title beside a concept", sharing(map[string]float64{"7212": 0.9}, "Stål plate"), 0.9, "concept Sveisere mv: sveise, rustfritt; words: Stål"},
		{"words alone, four at the most", sharing(nil, "a b c d e"), 0.9, "words: a, b, c, d"},
		{"nothing", sharing(nil, ""), 0.9, ""},

		{"a weak concept in what answers likely", sharing(map[string]float64{"7212": 0.4}, ""), 0.35, "concept Sveisere mv: sveise, rustfritt"},
		{"a weak concept in what hardly does", sharing(map[string]float64{"7212": 0.49}, ""), 0.34, ""},
		{"one word in what hardly does", sharing(nil, "plate"), 0.34, ""},
		{"two words are no more", sharing(nil, "plate bor"), 0.34, ""},
		{"three are", sharing(nil, "plate bor stål"), 0.13, "words: plate, bor, stål"},
		{"one word of the title", sharing(nil, "Stål"), 0.2, "words: Stål"},
		{"but not in what is too far away", sharing(nil, "Stål"), 0.19, ""},
	} {
		if got := said(evidence(understood, c.why, c.score)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
