package rank

import (
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/vocab"
)

func concept(t testing.TB, scheme vocab.Scheme, code string) vocab.Concept {
	t.Helper()
	c, ok := vocabulary(t).Concept(scheme, code)
	if !ok {
		t.Fatalf("no concept %s:%s", scheme, code)
	}
	return c
}

// saying is a query that means one concept with a score.
func saying(text string, c vocab.Concept, score float64) Query {
	return Query{Text: text, Linked: vocab.Result{Matches: []vocab.Match{{Concept: c, Score: score}}}}
}

func TestExplainTellsWhatBothAreAbout(t *testing.T) {
	docs := catalogue()
	x := Build(docs, vocabulary(t))
	for _, c := range []struct{ text, want string }{
		{"Han som styre saga går av te sommarn", "sawmill"},
		{"Vi må ha to mann som kan TIG på rustfritt", "weld"},
		{"Kontordama vil lære å føre bilag og moms", "accounts"},
		{"Treng nokon som kan køyre skulebussen", "bus"},
	} {
		q := ask(t, c.text)
		hit := x.Search(q, 1)[0]
		why := x.Explain(q, hit.Doc)[0]
		if docs[hit.Doc].ID != c.want || len(why.Concepts) == 0 {
			t.Errorf("%q: %s with %+v", c.text, docs[hit.Doc].ID, why)
			continue
		}
		if !slices.IsSortedFunc(why.Concepts, func(a, b Shared) int { return int(1000 * (b.Weight - a.Weight)) }) {
			t.Errorf("%q: not strongest first: %v", c.text, why.Concepts)
		}
		for _, w := range why.Words {
			if !strings.Contains(c.text, w.Text) {
				t.Errorf("%q: %q is not the reader's own word", c.text, w.Text)
			}
		}
	}
}

// A document's own occupation counts most, one of the same minor group half, and
// one that only shares two digits nothing.
func TestExplainWeighsOccupations(t *testing.T) {
	docs := []Document{{Title: "A", Occupations: []string{"7212"}}, {Title: "B", Occupations: []string{"7213"}}, {Title: "C", Occupations: []string{"7223"}},
		{Title: "D", Topics: []string{"T078"}}}
	x := Build(docs, vocabulary(t))
	welder, certificate := concept(t, vocab.Styrk08, "7212"), concept(t, vocab.Topic, "T078")
	if certificate.Styrk08[0] != "7212" {
		t.Fatalf("T078 leads to %v first", certificate.Styrk08)
	}
	weights := func(q Query) []float64 {
		out := make([]float64, len(docs))
		for i, why := range x.Explain(q, 0, 1, 2, 3) {
			if len(why.Concepts) > 0 {
				out[i] = why.Concepts[0].Weight
			}
		}
		return out
	}
	if w := weights(saying("", welder, 1)); w[0] != 1 || w[1] < 0.3 || w[1] >= 0.5 || w[2] != 0 {
		t.Errorf("an occupation: %v", w)
	}
	if w := weights(saying("", certificate, 1)); w[3] != 1 || w[0] >= w[3] || w[0] < 0.7 {
		t.Errorf("a topic that leads to it: %v", w)
	}
	if w := weights(saying("", welder, 0.04)); w[0] != 0 {
		t.Errorf("hardly meant: %v", w)
	}
}

func TestExplainTellsWordsThatSaySomething(t *testing.T) {
	docs := []Document{{Title: "Torvtak og laft", Body: "Gamle hus i mur og tre.", Phrases: []string{"reparere vinduer"}}}
	for range 40 {
		docs = append(docs, Document{Title: "Bransjeprogram", Body: "For dem som eier gamle hus."})
	}
	x := Build(docs, vocabulary(t))
	why := x.Explain(Query{Text: "Vi mangler nokon til torvtak på mur, tre hus og vinduer, og vi vil lære torvtak"}, 0)[0]
	want := []Word{{"torvtak", true}, {"mur", false}, {"vinduer", true}}
	for _, w := range want {
		if !slices.Contains(why.Words, w) {
			t.Errorf("%+v is missing in %+v", w, why.Words)
		}
	}
	if len(why.Words) != len(want) {
		t.Errorf("words %+v: none twice, and none that stands everywhere", why.Words)
	}
	if why := x.Explain(Query{Text: "torvtak"}, 3)[0]; len(why.Words)+len(why.Concepts) != 0 {
		t.Errorf("another document: %+v", why)
	}
}

func TestExplainNothing(t *testing.T) {
	x := Build(catalogue(), vocabulary(t))
	if why := x.Explain(Query{}, 0, 1); len(why) != 2 || len(why[0].Words)+len(why[0].Concepts) != 0 {
		t.Errorf("nothing asked: %+v", why)
	}
	if why := x.Explain(ask(t, "sveise")); len(why) != 0 {
		t.Errorf("no documents: %+v", why)
	}
}
