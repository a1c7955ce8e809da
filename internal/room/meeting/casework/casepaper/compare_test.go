package casepaper

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func rebuilt(list []Piece, without PieceKind) string {
	var out []string
	for _, p := range list {
		if p.Kind != without {
			out = append(out, p.Words)
		}
	}
	return strings.Join(out, "\n")
}

func many(n int, word string) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("%s %d", word, i)
	}
	return out
}

// TestDiff: the pieces without what came are the text before, and without what went the
// text after; what is alike is said to be the same.
func TestDiff(t *testing.T) {
	long := many(5_000, "linje")
	changed := append(append([]string{}, long...), "sist")
	changed[2_500] = "endret"
	for name, x := range map[string]struct {
		before, after []string
		same          int
	}{
		"nothing":       {[]string{"a", "b"}, []string{"a", "b"}, 2},
		"one came":      {[]string{"a", "c"}, []string{"a", "b", "c"}, 2},
		"one went":      {[]string{"a", "b", "c"}, []string{"a", "c"}, 2},
		"the same line": {[]string{"a", "a"}, []string{"a"}, 1},
		"all else":      {[]string{"a"}, []string{"b"}, 0},
		"in the middle": {[]string{"a", "b", "c", "d"}, []string{"a", "x", "c", "d"}, 3},
		"a long text":   {long, changed, 4_999},
	} {
		t.Run(name, func(t *testing.T) {
			got := diff(strings.Join(x.before, "\n"), strings.Join(x.after, "\n"))
			if rebuilt(got, Added) != strings.Join(x.before, "\n") || rebuilt(got, Removed) != strings.Join(x.after, "\n") {
				t.Errorf("does not give the texts again: %.200v", got)
			}
			same := 0
			for _, p := range got {
				if p.Kind == Same {
					same++
				}
			}
			if same != x.same {
				t.Errorf("%d lines are the same, want %d", same, x.same)
			}
		})
	}
}

// TestDiffOfTwoBooks: two long texts with nothing in common are compared at once.
func TestDiffOfTwoBooks(t *testing.T) {
	start := time.Now()
	got := diff(strings.Join(many(20_000, "før"), "\n"), strings.Join(many(20_000, "etter"), "\n"))
	if len(got) != 2 || got[0].Kind != Removed || got[1].Kind != Added {
		t.Errorf("%d pieces", len(got))
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}

// TestDiffGivesBothTexts: whatever two texts are, the pieces give both again, and as many
// lines are the same as can be.
func TestDiffGivesBothTexts(t *testing.T) {
	text := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 12)
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		got := diff(strings.Join(a, "\n"), strings.Join(b, "\n"))
		if rebuilt(got, Added) != strings.Join(a, "\n") || rebuilt(got, Removed) != strings.Join(b, "\n") {
			t.Fatalf("%v", got)
		}
		same := 0
		for _, p := range got {
			if p.Kind == Same {
				same++
			}
		}
		if want := longest(a, b); same != want {
			t.Fatalf("%d the same, could be %d: %v", same, want, got)
		}
	})
}

// longest is the length of the longest common part, worked out the plain way.
func longest(a, b []string) int {
	switch {
	case len(a) == 0 || len(b) == 0:
		return 0
	case a[0] == b[0]:
		return 1 + longest(a[1:], b[1:])
	}
	return max(longest(a[1:], b), longest(a, b[1:]))
}
