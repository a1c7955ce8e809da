package evaluate

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match/rank"
)

const shared = "../../../../../shared/data"

// bench is the data beside the project; the test is skipped where it is not.
func bench(t *testing.T) *Bench {
	t.Helper()
	b, err := Load(shared)
	if errors.Is(err, ErrAbsent) {
		t.Skipf("the needs to measure on are not part of the project: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 0.0005 {
		t.Errorf("%s: got %.4f, want %.3f", what, got, want)
	}
}

func TestMeasures(t *testing.T) {
	g := Grades{"a": 2, "b": 1, "c": 2}
	for _, c := range []struct {
		name               string
		ranked             []string
		ndcg, p5, recall10 float64
	}{
		{"best order", []string{"a", "c", "b", "x", "y"}, 1, 0.6, 1},
		{"a partial answer first", []string{"b", "a", "c"}, (1 + 3/math.Log2(3) + 3/2.0) / (3 + 3/math.Log2(3) + 1/2.0), 0.6, 1},
		{"beyond the fifth", []string{"x", "y", "z", "v", "w", "a"}, 0, 0, 0.5},
		{"beyond the tenth", strings.Fields("1 2 3 4 5 6 7 8 9 10 a c"), 0, 0, 0},
		{"nothing", nil, 0, 0, 0},
	} {
		near(t, c.name+": nDCG@5", NDCG(c.ranked, g, 5), c.ndcg)
		near(t, c.name+": P@5", precision(c.ranked, g, 5), c.p5)
		near(t, c.name+": recall@10", recall(c.ranked, g, 10), c.recall10)
	}
}

func TestAnswerable(t *testing.T) {
	for _, c := range []struct {
		g    Grades
		want bool
	}{{nil, false}, {Grades{"a": 0}, false}, {Grades{"a": 1}, true}} {
		if got := c.g.Answerable(); got != c.want {
			t.Errorf("%v: got %v", c.g, got)
		}
	}
}

func TestFiguresAreMeansOverNeedsWithAnAnswer(t *testing.T) {
	var f Figures
	f.plus([]string{"a"}, Grades{"a": 2})
	f.plus([]string{"x"}, Grades{"a": 2})
	f.plus([]string{"x"}, Grades{})
	if f.Needs != 2 {
		t.Errorf("%d needs, want 2", f.Needs)
	}
	near(t, "nDCG@5", f.NDCG5, 0.5)
	near(t, "P@5", f.P5, 0.1)
	near(t, "recall@10", f.Recall10, 0.5)
}

// The plain methods give the figures that the README of the data tells.
func TestPlainMethodsAreThoseOfTheReadme(t *testing.T) {
	b := bench(t)
	for _, c := range []struct {
		name               string
		method             plain
		ndcg, p5, recall10 float64
	}{
		{"BM25", newPlainBM25(b.Texts), 0.188, 0.083, 0.444},
		{"char 3-5", newPlainChars(b.Texts), 0.529, 0.228, 0.778},
	} {
		o := b.plain(c.method, b.Dev)
		near(t, c.name+" nDCG@5", o.NDCG5, c.ndcg)
		near(t, c.name+" P@5", o.P5, c.p5)
		near(t, c.name+" recall@10", o.Recall10, c.recall10)
	}
}

// The matcher keeps what it reached, with some room for changes of the vocabulary.
func TestTheMatcherIsBetterThanPlainMethods(t *testing.T) {
	b := bench(t)
	v, err := vocab.Load(vocab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	x := rank.Build(b.Docs, v)
	for _, c := range []struct {
		name           string
		needs          []Need
		ndcg, recall10 float64
		silent         int
		refused        int
	}{
		{"dev", b.Dev, 0.72, 0.95, 3, 2},
		{"own", b.Own, 0.82, 0.95, 9, 4},
	} {
		o := b.match(x, b.Cases(x, v, c.needs))
		t.Logf("%s: %+v, %d of %d told, %d refused", c.name, o.Figures, o.silent, o.nones, o.refused)
		if o.NDCG5 < c.ndcg || o.Recall10 < c.recall10 || o.silent < c.silent || o.refused > c.refused {
			t.Errorf("%s: %+v, %d of %d told that nothing answers, %d refused wrongly", c.name, o.Figures, o.silent, o.nones, o.refused)
		}
	}
}

// Our own needs must name programmes that are there, and no text of the folder.
func TestOwnNeeds(t *testing.T) {
	own, err := readOwn(strings.NewReader(ownNeeds))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, n := range own {
		if n.ID == "" || seen[n.ID] || n.Cells["text"] == "" {
			t.Errorf("need %q: %q", n.ID, n.Cells["text"])
		}
		seen[n.ID] = true
		for id, grade := range n.Grades {
			if grade != 1 && grade != 2 {
				t.Errorf("need %s: grade %d of %s", n.ID, grade, id)
			}
		}
	}
	b := bench(t)
	known := map[string]bool{}
	for _, id := range b.IDs {
		known[id] = true
	}
	for _, n := range own {
		for id := range n.Grades {
			if !known[id] {
				t.Errorf("need %s names %s, which is no programme", n.ID, id)
			}
		}
		for _, d := range b.Dev {
			if n.Cells["text"] == d.Cells["text"] {
				t.Errorf("need %s is need %s of the folder", n.ID, d.ID)
			}
		}
	}
}

func TestReadOwnRefusesWhatIsNoJudgement(t *testing.T) {
	for _, cell := range []string{"P001", "P001:x", "P001:", "-:2 P1"} {
		if _, err := readOwn(strings.NewReader("id\ttext\tjudgements\nA\tx\t" + cell + "\n")); err == nil {
			t.Errorf("%q is accepted", cell)
		}
	}
	needs, err := readOwn(strings.NewReader("judgements\tid\ttext\nP1:2 P2:1\tA\tx\n-\tB\n\nshort\n"))
	if err == nil {
		t.Errorf("a row whose judgement is a word is accepted: %+v", needs)
	}
}

func TestRunSaysWhenThereIsNothingToMeasure(t *testing.T) {
	var out bytes.Buffer
	if err := Run(&out, filepath.Join(t.TempDir(), "nowhere")); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "not measured") {
		t.Errorf("got %q", out.String())
	}
}

func TestRunReportsBrokenData(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "matching")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"needs_dev.tsv":      "id\ttext\nN1\tx\n",
		"judgements_dev.tsv": "need_id\tprogramme_id\tgrade\nN1\tP1\tgood\n",
		"programmes.tsv":     "id\ttitle\nP1\tx\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := Run(&bytes.Buffer{}, filepath.Dir(dir)); err == nil || !strings.Contains(err.Error(), "N1") {
		t.Errorf("got %v, want an error that names the need", err)
	}
}

// Fitting finds the part that tells good from bad, and is the same each time.
func TestFit(t *testing.T) {
	var cases []Case
	for i := range 20 {
		c := Case{Parts: make([]rank.Parts, 5), Gain: make([]float64, 5), Sum: 3}
		good := i % 5
		c.Gain[good] = 3
		c.Parts[good][rank.Topics] = 1
		c.Parts[(good+1)%5][rank.Letters] = 1
		cases = append(cases, c)
	}
	w := Fit(cases, DefaultFitting())
	if w[rank.Topics] < 1 || w[rank.Letters] > 0.01 {
		t.Errorf("weights %v", w)
	}
	if again := Fit(cases, DefaultFitting()); again != w {
		t.Errorf("another time %v", again)
	}
}
