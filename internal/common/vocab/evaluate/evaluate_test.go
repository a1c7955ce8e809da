package evaluate

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kompetansetorg/internal/common/vocab"
)

// sharedData returns the data folder beside the project, or skips.
func sharedData(t *testing.T) string {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "..", "..", "shared", "data")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the evaluation sets are not in ../shared/data")
	}
	return dir
}

func load(t *testing.T, o vocab.Options) *vocab.Index {
	t.Helper()
	x, err := vocab.Load(o)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// floor is what a set must reach; lower figures are a fault, not a matter of taste.
type floor struct{ a1, a5, none, kept, recall float64 }

func (f floor) check(t *testing.T, name string, got Figures) {
	t.Helper()
	for _, c := range []struct {
		what      string
		got, want float64
	}{{"A@1", got.A1, f.a1}, {"A@5", got.A5, f.a5}, {"none", got.None, f.none}, {"kept", got.Kept, f.kept}, {"recall@5", got.Recall5, f.recall}} {
		if c.got < c.want {
			t.Errorf("%s: %s is %.3f, want %.3f or more\n%s", name, c.what, c.got, c.want, strings.Join(got.Misses, "\n"))
		}
	}
	t.Logf("%s: %s", name, got)
	if os.Getenv("MISSES") != "" {
		t.Log(strings.Join(got.Misses, "\n"))
	}
}

func TestOwnTexts(t *testing.T) {
	rows, err := Own()
	if err != nil {
		t.Fatal(err)
	}
	floor{a1: 0.72, a5: 0.9, none: 0.85, kept: 0.8, recall: 1}.check(t, "starter", Measure(load(t, vocab.Options{}), rows))
	floor{a1: 0.78, a5: 0.92, none: 0.85, kept: 0.8, recall: 1}.check(t, "learned", Measure(load(t, vocab.Options{Learn: true}), rows))
}

func TestSharedSets(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds of training")
	}
	dir := sharedData(t)
	titles, err := titleSet.read(dir)
	if err != nil {
		t.Fatal(err)
	}
	examples, unseen := Halves(titles)
	file, err := WriteExamples(examples)
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(file)
	official := load(t, vocab.Options{Data: filepath.Join(dir, "vocab"), Examples: file, Learn: true})
	starter := load(t, vocab.Options{})
	for _, c := range []struct {
		set      set
		official floor
		starter  floor
	}{
		{titleSet, floor{a1: 0.77, a5: 0.91, kept: 0.97}, floor{a1: 0.5, a5: 0.72, kept: 0.7}},
		{freeSet, floor{a1: 0.8, a5: 0.88, none: 0.8, kept: 0.9, recall: 1}, floor{a1: 0.66, a5: 0.86, none: 0.8, kept: 0.85, recall: 0.7}},
		{needSet, floor{a1: 0.6, a5: 0.9, kept: 0.85}, floor{a1: 0.5, a5: 0.8, kept: 0.85}},
	} {
		rows := unseen
		if c.set != titleSet {
			if rows, err = c.set.read(dir); err != nil {
				t.Fatal(err)
			}
		}
		c.official.check(t, c.set.name+" official", Measure(official, rows))
		c.starter.check(t, c.set.name+" starter", Measure(starter, rows))
	}
}

func TestMeloSwedish(t *testing.T) {
	dir := filepath.Join(sharedData(t), "eval", "melo", "swe_q_sv_c_sv")
	m, err := Melo(dir, "sv")
	if err != nil {
		t.Fatal(err)
	}
	t.Log(m)
	if m.N != 2882 || m.MRR < 0.39 {
		t.Errorf("got %s, want 2882 queries and an MRR of 0.39 or more", m)
	}
}

func TestScore(t *testing.T) {
	run := "Q1 Q0 a 1 0.9 x\nQ1 Q0 b 2 0.8 x\nQ1 Q0 c 3 0.7 x\nQ2 Q0 a 1 0.9 x\n"
	m := score(run, "Q1\t0\tb\t1\nQ1\t0\tc\t1\nQ2\t0\tz\t1\n")
	if m.N != 2 || m.MRR != 0.25 || m.A1 != 0 || m.A5 != 0.5 {
		t.Errorf("got %+v, want the first right form at rank 2 for one of two queries", m)
	}
}

func TestHalvesAreWholeAndApart(t *testing.T) {
	rows := []Row{{Text: "kokk"}, {Text: "baker"}, {Text: "sveiser"}, {Text: "lærer"}, {Text: "lege"}, {Text: "prest"}, {Text: "smed"}, {Text: "tolk"}}
	a, b := Halves(rows)
	if len(a)+len(b) != len(rows) || len(a) == 0 || len(b) == 0 {
		t.Errorf("%d rows became %d and %d", len(rows), len(a), len(b))
	}
}
