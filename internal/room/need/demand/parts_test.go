package demand

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/room/need"
)

// of makes a source of a firm that speaks for itself.
func of(firm string, headcount int, c need.Confidentiality) source {
	return source{need: need.ID(firm), firm: firm, known: []org.ID{org.ID(firm)}, firms: 1, headcount: headcount, confidentiality: c}
}

// by makes a source of a firm with a representative.
func by(rep, firm string, c need.Confidentiality) source {
	s := of(firm, 5, c)
	s.known = append(s.known, org.ID(rep))
	return s
}

// hid makes sources of firms whose needs nobody else may open, one per letter.
func hid(firms string) []source {
	var out []source
	for _, f := range firms {
		out = append(out, of(string(f), 5, need.Internal))
	}
	return out
}

func TestOneFigure(t *testing.T) {
	group := source{need: "1", firm: "group:1", known: []org.ID{"hub"}, firms: 4, headcount: 9, confidentiality: need.Internal}
	pair := group
	pair.firms = 2
	again := of("a", 2, need.Open)
	again.need = "another"
	tests := []struct {
		name string
		list []source
		want bool
	}{
		{"nothing", nil, false},
		{"two open", []source{of("a", 1, need.Open), of("b", 2, need.Open)}, false},
		{"three open", []source{of("a", 1, need.Open), of("b", 2, need.Open), of("c", 2, need.Open)}, true},
		{"one firm twice and another", []source{of("a", 1, need.Open), again, of("b", 2, need.Open)}, false},
		{"three hidden", hid("abc"), true},
		{"two hidden among open", []source{of("a", 1, need.ForumOnly), of("b", 2, need.ForumOnly), of("c", 2, need.Open), of("d", 2, need.Open)}, false},
		{"one internal among what the forum reads", []source{of("a", 1, need.ForumOnly), of("b", 2, need.ForumOnly), of("c", 2, need.Internal)}, false},
		{"one for the forum among what providers read", []source{of("a", 1, need.ProvidersOnly), of("b", 2, need.ProvidersOnly), of("c", 2, need.ForumOnly)}, false},
		{"all known to one hub", []source{by("h", "a", need.Internal), by("h", "b", need.Internal), by("h", "c", need.Internal)}, true},
		{"all but one known to a hub", []source{by("h", "a", need.Internal), by("h", "b", need.Internal), of("c", 2, need.Internal)}, false},
		{"all but two known to a hub", []source{by("h", "a", need.Internal), of("b", 2, need.Internal), of("c", 2, need.Internal)}, true},
		{"a group of four", []source{group}, true},
		{"a group of two", []source{pair}, false},
		{"a group of two and an open firm", []source{pair, of("a", 2, need.Open)}, false},
	}
	for _, tt := range tests {
		if got := new(ledger).allows(tt.list); got != tt.want {
			t.Errorf("%s: allowed %v", tt.name, got)
		}
	}
}

func TestFiguresInTurn(t *testing.T) {
	more := hid("abc")
	more[0].headcount++
	tests := []struct {
		name   string
		before [][]source
		next   []source
		want   bool
	}{
		{"one more firm", [][]source{hid("abc")}, hid("abcd"), false},
		{"two more firms", [][]source{hid("abc")}, hid("abcde"), false},
		{"three more firms", [][]source{hid("abc")}, hid("abcdef"), true},
		{"one firm needs more", [][]source{hid("abc")}, more, false},
		{"one more open firm", [][]source{hid("abc")}, append(hid("abc"), of("o", 4, need.Open)), true},
		{"others altogether", [][]source{hid("abc")}, hid("def"), true},
		{"back to what it was", [][]source{hid("abc"), hid("abcdef")}, hid("abc"), true},
		{"beside the last, yet near the first", [][]source{hid("abc"), hid("abcdef")}, hid("abcdg"), false},
		{"a part of an old rest, leaving one", [][]source{hid("abcd")}, hid("abc"), false},
		{"two parts of an old rest, leaving one", [][]source{hid("abcdefg"), hid("abc")}, hid("def"), false},
		{"two parts of an old rest, leaving three", [][]source{hid("abcdefghi"), hid("abc")}, hid("def"), true},
	}
	for _, tt := range tests {
		l := &ledger{}
		for _, f := range tt.before {
			l.add(f)
		}
		if got := l.allows(tt.next); got != tt.want {
			t.Errorf("%s: allowed %v", tt.name, got)
		}
	}
}

// No combination with small whole factors of what the ledger allowed is about
// one or two firms only. The ledger decides by ranks; this tries them out.
func TestNothingFollows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &ledger{}
		for i := range rapid.IntRange(2, 4).Draw(t, "figures") {
			firms := rapid.StringOfN(rapid.SampledFrom([]rune("abcdefgh")), 3, 8, -1).Draw(t, fmt.Sprint("firms", i))
			figure := hid(unique(firms))
			if l.allows(figure) {
				l.add(figure)
			}
		}
		factors := make([]int, len(l.figures))
		for {
			if !step(factors) {
				return
			}
			sum := map[string]int{}
			for i, f := range l.figures {
				for _, s := range f {
					sum[s.firm] += factors[i] - 2
				}
			}
			var left []string
			for firm, n := range sum {
				if n != 0 {
					left = append(left, firm)
				}
			}
			if len(left) == 1 || len(left) == 2 {
				t.Fatalf("%v of %v tells about %v", factors, l.figures, left)
			}
		}
	})
}

// step counts through all factors from 0 to 4, which stand for -2 to 2.
func step(factors []int) bool {
	for i := range factors {
		if factors[i]++; factors[i] <= 4 {
			return true
		}
		factors[i] = 0
	}
	return false
}

func unique(s string) string {
	runes := []rune(s)
	slices.Sort(runes)
	return string(slices.Compact(runes))
}
