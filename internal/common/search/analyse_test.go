package search

import (
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/vocab/norsk"
	"kompetansetorg/internal/kit/fulltext"
	"kompetansetorg/internal/kit/i18n"
)

func analyserOf(words ...string) analyser {
	stems := map[string]int32{}
	for _, w := range words {
		stems[norsk.Stem(w)]++
	}
	return analyser{norsk.NewSplitter(stems)}
}

// fits tells whether the document fulfils the query, as the engines would.
func fits(a analyser, text, q string) bool {
	doc := a.document(object.Document{ID: "x", Text: i18n.Text{NB: text}})
	tokens := slices.Concat(doc.Tokens[:]...)
	for _, t := range a.query(q) {
		if !slices.ContainsFunc(t.match, func(alt fulltext.Alternative) bool {
			for _, want := range alt.Tokens {
				if !slices.ContainsFunc(tokens, func(got string) bool {
					return got == want || alt.Prefix && strings.HasPrefix(got, want)
				}) {
					return false
				}
			}
			return true
		}) {
			return false
		}
	}
	return true
}

func TestWordsMeet(t *testing.T) {
	a := analyserOf("sveiser", "kompetanse", "kurs", "helse", "fag", "arbeider")
	for _, c := range []struct {
		text, query string
		want        bool
	}{
		{"Vi trenger sveisere", "sveiser ", true},
		{"Vi trenger sveising", "sveiser ", true},
		{"Vi trenger en sveiser", "sveising ", true},
		{"Sveiserkompetanse søkes", "kompetanse ", true},
		{"Sveiserkompetanse søkes", "sveising ", true},
		{"Kurs i sveising", "sveisekurs ", true},
		{"Helsefagarbeidere", "fag ", true},
		{"Det mangler sveisere", "sveis", true},
		{"Det mangler sveisere", "kompet", false},
		{"Båter i fjorden", "bater ", false},
		{"Bater i fjorden", "båter ", false},
		{"BÅTER i fjorden", "båt ", true},
		{"Om B-2026-0042 her", "b-2026-42", true},
		{"Om B-2026-0042 her", "B-2026-0043", false},
		{"Kurs på kvelden", "kurs i og på", true},
	} {
		if got := fits(a, c.text, c.query); got != c.want {
			t.Errorf("%q finds %q: %v, want %v", c.query, c.text, got, c.want)
		}
	}
}

func TestExcerptMarks(t *testing.T) {
	a := analyserOf("sveiser", "kompetanse")
	text := strings.Repeat("Ord uten mening står her først. ", 30) + "Vi trenger <b>sveisere</b> & sveiserkompetanse på Røros. " + strings.Repeat("Og så mer. ", 50)
	got := a.excerpt(text, a.query("sveising"))
	var marks []string
	for _, s := range got {
		if s.Mark {
			marks = append(marks, s.Text)
		}
	}
	if strings.Join(marks, " ") != "sveisere sveiserkompetanse" {
		t.Errorf("marks %q in %q", marks, got)
	}
	if n := len(got.String()); n > excerptLength+20 {
		t.Errorf("%d bytes: %q", n, got)
	}
	glued := a.excerpt(strings.Repeat("-", 300)+"sveiser "+strings.Repeat("x", 400), a.query("sveiser"))
	if !strings.Contains(glued.String(), "sveiser") {
		t.Errorf("a word that no blank stands before: %q", glued)
	}
	if short := a.excerpt("Bare litt.", nil); short.String() != "Bare litt." {
		t.Errorf("short text: %q", short)
	}
}

func FuzzQuery(f *testing.F) {
	a := analyserOf("sveiser", "kurs")
	for _, s := range []string{`"a b" c`, `"`, `""`, `B-2026-1 "x`, "å\xff", `æ"ø"å`, "x-2026-999999999", `a"b"c"`,
		strings.Repeat("-", 300) + "kurs " + strings.Repeat("x", 400), "kurs " + strings.Repeat("\x96", 700)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, term := range a.query(s) {
			if term.start < 0 || term.end > len(s) || term.start >= term.end {
				t.Fatalf("%q: term %d to %d", s, term.start, term.end)
			}
		}
		a.excerpt(s, a.query(s))
	})
}
