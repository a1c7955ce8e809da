package few_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kompetansetorg/internal/common/few"
)

func of(names string) few.Sources {
	var out few.Sources
	for _, r := range names {
		out = append(out, string(r))
	}
	return out
}

func TestMay(t *testing.T) {
	for _, c := range []struct {
		what   string
		before []string
		now    string
		may    bool
	}{
		{"nobody", nil, "", true},
		{"one", nil, "a", false},
		{"two", nil, "ab", false},
		{"one that is named three times", nil, "aaa", false},
		{"three", nil, "abc", true},
		{"the same again", []string{"abc"}, "cba", true},
		{"one more", []string{"abc"}, "abcd", false},
		{"two more", []string{"abc"}, "abcde", false},
		{"three more", []string{"abc"}, "abcdef", true},
		{"one fewer", []string{"abcd"}, "abc", false},
		{"one for another", []string{"abc"}, "abd", false},
		{"one goes, two come", []string{"abcd"}, "abcef", true},
		{"all go", []string{"abc"}, "", true},
		{"one more than in the first edition, not the last", []string{"abc", "abcdef"}, "abcg", false},
		{"one more than two editions together", []string{"abc", "def"}, "abcdefg", false},
		{"three more than two editions together", []string{"abc", "def"}, "abcdefghi", true},
		{"something else altogether", []string{"abc"}, "def", true},
		{"two that one edition parts from the rest", []string{"abcde", "fgh"}, "cdefgh", false},
	} {
		var before []few.Sources
		for _, b := range c.before {
			before = append(before, of(b))
		}
		if got := few.May(before, of(c.now)); got != c.may {
			t.Errorf("%s: %v then %q: May = %v", c.what, c.before, c.now, got)
		}
	}
}

// TestNothingIsolates lets a reader keep every edition of a random history and
// add and subtract them, up to twice each: nothing is ever left with one or two
// sources.
func TestNothingIsolates(t *testing.T) {
	published := 0
	rapid.Check(t, func(t *rapid.T) {
		var kept []few.Sources
		for range rapid.IntRange(1, 12).Draw(t, "nights") {
			now := few.Sources(rapid.SliceOfNDistinct(rapid.SampledFrom(of("abcdefghij")), 0, 10, rapid.ID[string]).Draw(t, "sources"))
			if few.May(kept, now) && len(kept) < 6 {
				kept, published = append(kept, now), published+1
			}
		}
		attack(t, kept, map[string]int{}, nil)
	})
	if published == 0 {
		t.Error("nothing was ever published: the attack was tried on nothing")
	}
}

// attack tries every combination of the editions with coefficients -2 to 2.
func attack(t *rapid.T, rest []few.Sources, sum map[string]int, used []int) {
	if len(rest) == 0 {
		left := 0
		for _, n := range sum {
			if n != 0 {
				left++
			}
		}
		if left > 0 && left < few.Few {
			t.Fatalf("the editions times %v leave %d: %v", used, left, sum)
		}
		return
	}
	for times := -2; times <= 2; times++ {
		for _, s := range rest[0] {
			sum[s] += times
		}
		attack(t, rest[1:], sum, append(slices.Clone(used), times))
		for _, s := range rest[0] {
			sum[s] -= times
		}
	}
}

func TestFigure(t *testing.T) {
	if f := few.Exactly(7); !f.Known || f.Value != 7 || f.Few {
		t.Errorf("Exactly(7) = %+v", f)
	}
	if f := few.FewOnly(); f.Known || f.Value != 0 || !f.Few {
		t.Errorf("FewOnly() = %+v", f)
	}
}
