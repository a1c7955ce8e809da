package gram

import (
	"math"
	"testing"
)

func best(x *Index, query string) (int, float32) {
	s := x.NewScratch()
	x.Query(s, Part{Text: query, Weight: 1})
	at, score := -1, float32(0)
	for _, h := range s.Hits {
		if s.Scores[h] > score {
			at, score = int(h), s.Scores[h]
		}
	}
	return at, score
}

func TestQuery(t *testing.T) {
	texts := []string{"anleggsmaskinfører", "sykepleier", "snekker og tømrer", "båtfører"}
	b := NewBuilder(14, 1)
	for i, text := range texts {
		if n := b.Add(Part{Text: text, Weight: 1}); n != i {
			t.Fatalf("text %d got number %d", i, n)
		}
	}
	x := b.Build()
	for query, want := range map[string]int{
		"anleggsmaskinfører": 0, "anleggsmaskinforer": 0, "maskinførere": 0, "sykepleiar": 1,
		"tømrere": 2, "baatfører": 3,
	} {
		if got, _ := best(x, query); got != want {
			t.Errorf("%q found text %d, want %d", query, got, want)
		}
	}
	if _, score := best(x, "sykepleier"); math.Abs(float64(score)-1) > 1e-3 {
		t.Errorf("a text scores %.4f against itself, want 1", score)
	}
	for _, query := range []string{"", "  ", "🙂", "xq"} {
		if _, score := best(x, query); score != 0 {
			t.Errorf("%q scores %.3f, want 0", query, score)
		}
	}
}

func TestScratchIsClean(t *testing.T) {
	b := NewBuilder(12, 1)
	b.Add(Part{Text: "kokk", Weight: 1})
	b.Add(Part{Text: "servitør", Weight: 1})
	x := b.Build()
	s := x.NewScratch()
	x.Query(s, Part{Text: "kokk", Weight: 1})
	x.Query(s, Part{Text: "servitør", Weight: 1})
	if len(s.Hits) != 1 || s.Scores[0] != 0 || s.Scores[1] == 0 {
		t.Errorf("after two queries hits %v scores %v", s.Hits, s.Scores)
	}
}

func BenchmarkQuery(b *testing.B) {
	build := NewBuilder(16, 1)
	for _, w := range []string{"sykepleier", "anleggsmaskinfører", "tømrer", "renholder", "lærer", "kokk"} {
		for _, k := range []string{"", "hjelpe", "over", "ass ", "sjef "} {
			build.Add(Part{Text: k + w, Weight: 1})
		}
	}
	x := build.Build()
	s := x.NewScratch()
	for b.Loop() {
		x.Query(s, Part{Text: "anleggsmaskinførar", Weight: 1})
	}
}
