package notes_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need/notes"
)

// today is the day that the texts of testdata are read on.
var today = mustDate("2026-11-18")

func mustDate(s string) clock.Date {
	d, err := clock.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// wanted is a need that a text holds, as a person reads it: words that stand in it,
// and what is said of it; "-" is that no number is said, and an empty field is not looked at.
type wanted struct{ headcount, words, when, place, org string }

func readCase(t *testing.T, file string) (pasted string, want []wanted) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pasted, rest, ok := strings.Cut(string(data), "=====")
	if !ok {
		t.Fatalf("%s says nothing of what is wanted", file)
	}
	for _, l := range strings.Split(rest, "\n") {
		f := strings.Split(l, "|")
		if len(f) != 5 {
			continue
		}
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		want = append(want, wanted{f[0], f[1], f[2], f[3], f[4]})
	}
	return pasted, want
}

// score counts what was right of what was wanted and of what was found.
type score struct{ right, wanted, found int }

func (s score) recall() float64    { return float64(s.right) / float64(max(1, s.wanted)) }
func (s score) precision() float64 { return float64(s.right) / float64(max(1, s.found)) }

// TestQuality holds the floor of how well needs are found in the texts of testdata,
// and what is told of them.
func TestQuality(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d texts, %v", len(files), err)
	}
	var needs, counts, days, places, orgs score
	for _, file := range files {
		pasted, want := readCase(t, file)
		got := notes.Read(notes.Plain(pasted), today)
		needs.wanted += len(want)
		needs.found += len(got)
		taken := map[int]bool{}
		for _, w := range want {
			i := find(got, taken, w.words)
			if i < 0 {
				t.Logf("%s: not found: %s", filepath.Base(file), w.words)
				continue
			}
			taken[i] = true
			needs.right++
			check(t, file, "headcount", &counts, strings.Replace(w.headcount, "-", "0", 1), strconv.Itoa(got[i].Headcount.N))
			check(t, file, "when", &days, w.when, got[i].When.From.String()+got[i].When.Horizon)
			check(t, file, "place", &places, w.place, first(got[i].Places))
			check(t, file, "org", &orgs, w.org, first(got[i].Orgs))
		}
		for i, c := range got {
			if !taken[i] {
				t.Logf("%s: no need: %q (cue %q, %s)", filepath.Base(file), c.Text, c.Cue.Words, c.Cue.From)
			}
		}
	}
	t.Logf("needs: precision %.2f, recall %.2f of %d; headcount %.2f of %d, when %.2f of %d, place %.2f of %d, organisation %.2f of %d", needs.precision(), needs.recall(), needs.wanted,
		counts.recall(), counts.wanted, days.recall(), days.wanted, places.recall(), places.wanted, orgs.recall(), orgs.wanted)
	for name, x := range map[string]struct{ got, floor float64 }{"precision": {needs.precision(), 0.95}, "recall": {needs.recall(), 0.9}, "headcount": {counts.recall(), 0.95},
		"when": {days.recall(), 0.9}, "place": {places.recall(), 0.9}, "organisation": {orgs.recall(), 0.9}} {
		if x.got < x.floor {
			t.Errorf("%s is %.2f, below %.2f", name, x.got, x.floor)
		}
	}
}

func find(got []notes.Candidate, taken map[int]bool, words string) int {
	for i, c := range got {
		if !taken[i] && strings.Contains(text.Fold(c.Text), text.Fold(words)) {
			return i
		}
	}
	return -1
}

func check(t *testing.T, file, what string, s *score, want, got string) {
	t.Helper()
	if want == "" {
		return
	}
	s.wanted++
	if strings.EqualFold(want, got) {
		s.right++
		return
	}
	t.Logf("%s: %s %q, want %q", filepath.Base(file), what, got, want)
}

func first(list []notes.Phrase) string {
	if len(list) == 0 {
		return ""
	}
	return list[0].Text
}
