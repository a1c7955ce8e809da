package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestCleanMultiline(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"\r\n \r\n", ""},
		{"æøå ÆØÅ é", "æøå ÆØÅ é"},
		{"a\u030A", "å"},
		{"a\r\nb\rc\u2028d\u0085e\vf", "a\nb\nc\nd\ne\nf"},
		{"a\n\n\nb", "a\n\n\nb"},
		{"\n\n a \t\n  b\u00A0\n\n", " a\n  b"},
		{"a\tb", "a b"},
		{"a\x00\x07\x1b[31mb", "a[31mb"},
		{"a\u202Eb\u2066c\u200B\uFEFF\u00ADd", "abcd"},
		{"\U0001F469\u200D\U0001F4BB", "\U0001F469\u200D\U0001F4BB"},
		{"a\xffb", "a\uFFFDb"},
		{"a\uFFFEb\uE000c", "abc"},
	}
	for _, tt := range tests {
		if got := CleanMultiline(tt.in); got != tt.want {
			t.Errorf("CleanMultiline(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
	if got := CleanLine(" a\r\n\tb \u00A0 c\x00 "); got != "a b c" {
		t.Errorf("CleanLine = %q", got)
	}
}

func TestCleanHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := letters().Draw(t, "s")
		for name, clean := range map[string]func(string) string{"CleanMultiline": CleanMultiline, "CleanLine": CleanLine} {
			c := clean(s)
			if again := clean(c); again != c {
				t.Fatalf("%s(%+q) = %+q, again %+q", name, s, c, again)
			}
			if !utf8.ValidString(c) || strings.ContainsAny(c, "\r\x00\t\u202E") {
				t.Fatalf("%s(%+q) = %+q", name, s, c)
			}
			if IsBlank(c) && !IsBlank(s) {
				t.Fatalf("%s(%+q) left nothing", name, s)
			}
		}
	})
}

func TestIsBlank(t *testing.T) {
	for in, want := range map[string]bool{
		"": true, " \t\r\n\u00A0": true, "\u200B\uFEFF\u00AD": true, "\x00": true,
		"a": false, " . ": false, "0": false, "å": false,
	} {
		if got := IsBlank(in); got != want {
			t.Errorf("IsBlank(%q) = %v", in, got)
		}
	}
}

func TestWordCount(t *testing.T) {
	for in, want := range map[string]int{
		"": 0, "  ": 0, "ett": 1, "to ord": 2, "helse- og omsorgsfag": 3, "a – b": 2, "a\u00A0b\nc": 3, "5 000 kr": 3, "... !": 0,
	} {
		if got := WordCount(in); got != want {
			t.Errorf("WordCount(%q) = %d, want %d", in, got, want)
		}
	}
}

func TestTruncate(t *testing.T) {
	tests := []struct {
		in   string
		n    int
		want string
	}{
		{"", 5, ""},
		{"ærlig", 5, "ærlig"},
		{"ærlige", 5, "ærli…"},
		{"ærlige", 1, "…"},
		{"ærlige", 0, ""},
		{"ærlige", -1, ""},
		{"en to tre fire", 12, "en to tre…"},
		{"en to tre fire", 10, "en to tre…"},
		{"fire femseksogsju", 12, "fire femsek…"},
		{"abcde\u0301f", 6, "abcd…"},
		{"abcde\u0301fgh", 7, "abcde\u0301…"},
	}
	for _, tt := range tests {
		if got := Truncate(tt.in, tt.n); got != tt.want {
			t.Errorf("Truncate(%q, %d) = %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s, n := letters().Draw(t, "s"), rapid.IntRange(0, 20).Draw(t, "n")
		got := Truncate(s, n)
		if utf8.RuneCountInString(got) > n && got != s {
			t.Fatalf("Truncate(%+q, %d) = %+q is too long", s, n, got)
		}
		if head, cut := strings.CutSuffix(got, "…"); cut && got != s && n > 0 && !strings.HasPrefix(string([]rune(s)), head) {
			t.Fatalf("Truncate(%+q, %d) = %+q is no beginning", s, n, got)
		}
	})
}

func TestUpperFirst(t *testing.T) {
	for in, want := range map[string]string{"": "", "åre": "Åre", "B-2026": "B-2026", "én av to": "Én av to"} {
		if got := UpperFirst(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}
