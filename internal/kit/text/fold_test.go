package text

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"  \t\n ", ""},
		{"ÆØÅ æøå", "æøå æøå"},
		{"Å\u0301", "å"},
		{"A\u030A", "å"},
		{"a\u030A\u0301", "å"},
		{"\u212B", "å"}, // the sign for ångström
		{"Ørland", "ørland"},
		{"Björn Källström", "bjørn kællstrøm"},
		{"Bjo\u0308rn", "bjørn"},
		{"Über", "uber"},
		{"é è ê ë á à ü ñ ç", "e e e e a a u n c"},
		{"e\u0301", "e"},
		{"ǿ ǽ ǻ", "ø æ å"},
		{"Snåase – Røros", "snåase - røros"},
		{"Čáhcesuolu", "cahcesuolu"},
		{"Kárášjohka Đ Ŋ Ŧ Ž", "karasjohka d n t z"},
		{"Łódź", "lodz"},
		{"Straße", "strasse"},
		{"İstanbul Iğdır", "istanbul igdir"},
		{"  Helse-\t og\u00A0omsorg\r\n fag ", "helse- og omsorg fag"},
		{"o\u00ADmsorg", "omsorg"},
		{"\u200Bab\uFEFFc", "abc"},
		{"ﬁnn", "finn"},
		{"B2B", "b2b"},
		{"«hermetegn» “x” ‘y’", `"hermetegn" "x" 'y'`},
		{"a\u2011b", "a-b"},
		{"a\x00b", "a b"},
		{"a\xffb", "a b"},
		{"\u0308a", "a"}, // a mark without a letter
		{" \u030Aa", "a"},
		{"Санкт-Петербург", "санкт-петербург"},
		{"C++ & C#", "c++ & c#"},
	}
	for _, tt := range tests {
		if got := Fold(tt.in); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// letters draws texts where folding has something to do.
func letters() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.String(),
		rapid.StringOf(rapid.SampledFrom([]rune("aAåÅäÄoOøØöÖéÉ \u00A0\u030A\u0308\u0301\u00AD\u0000ßİıſKÅﬁǻ½①㎏한ٱ"))),
		rapid.StringOf(rapid.Rune()),
	)
}

func TestFoldHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := letters().Draw(t, "s")
		f := Fold(s)
		if again := Fold(f); again != f {
			t.Fatalf("Fold(%+q) = %+q, folded again %+q", s, f, again)
		}
		if !utf8.ValidString(f) || !norm.NFC.IsNormalString(f) {
			t.Fatalf("Fold(%+q) = %+q is not valid NFC", s, f)
		}
		if strings.TrimSpace(f) != f || strings.Contains(f, "  ") || strings.ContainsFunc(f, unicode.IsControl) {
			t.Fatalf("Fold(%+q) = %+q has loose blanks or control characters", s, f)
		}
		for _, same := range []string{norm.NFC.String(s), norm.NFD.String(s), " " + s + "\n"} {
			if got := Fold(same); got != f {
				t.Fatalf("Fold(%+q) = %+q, but of %+q %+q", s, f, same, got)
			}
		}
	})
}

func TestSortKeyGolden(t *testing.T) {
	want := []string{"Aure", "Bjugn", "Zulu", "Ævik", "Ørland", "Åfjord", "Aasen"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return strings.Compare(SortKey(a), SortKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("sorted %v, want %v", got, want)
	}
}

func TestSortKeyOrder(t *testing.T) {
	// Each pair in order.
	tests := [][2]string{
		{"", "a"},
		{"alta", "Bodø"},
		{"Bodø", "bodøs"},
		{"z", "æ"}, {"æ", "ø"}, {"ø", "å"},
		{"Zulu", "Ærø"},
		{"ä", "ø"}, {"ö", "å"}, // ä with æ, ö with ø
		{"Hamar", "Hå"},
		{"resume", "résumé"},
		{"de ti", "deg"}, // a blank before all letters
	}
	for _, tt := range tests {
		if a, b := SortKey(tt[0]), SortKey(tt[1]); a >= b {
			t.Errorf("%q does not sort before %q: %s, %s", tt[0], tt[1], a, b)
		}
	}
}

func TestSortKeyHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := letters().Draw(t, "s")
		key := SortKey(s)
		if strings.Trim(key, "0123456789abcdef") != "" {
			t.Fatalf("SortKey(%+q) = %q is not hexadecimal", s, key)
		}
		if SortKey(norm.NFD.String(s)) != key || SortKey("  "+s+" ") != key {
			t.Fatalf("SortKey(%+q) depends on how it is written", s)
		}
	})
}

// The collators are not safe to share; with -race this fails if two goroutines do.
func TestSortKeyFromManyGoroutines(t *testing.T) {
	words := []string{"Aasen", "Ørland", "Ævik", "Åfjord", strings.Repeat("Bjugn", 50)}
	want := make([]string, len(words))
	for i, w := range words {
		want[i] = SortKey(w)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				for i, w := range words {
					if got := SortKey(w); got != want[i] {
						t.Errorf("SortKey(%q) = %s, alone %s", w, got, want[i])
						return
					}
				}
			}
		})
	}
	wg.Wait()
}

func TestLikeEscape(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "æøå": "æøå", "100%": `100\%`, "a_b": `a\_b`, `a\b`: `a\\b`, `\%_`: `\\\%\_`,
	} {
		if got := LikeEscape(in); got != want {
			t.Errorf("LikeEscape(%q) = %q, want %q", in, got, want)
		}
	}
}
