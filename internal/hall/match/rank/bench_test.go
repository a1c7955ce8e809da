package rank

import (
	"fmt"
	"testing"

	"kompetansetorg/internal/common/vocab"
)

// many makes n documents out of the topics of the vocabulary, each a title of
// one and a text of four others, so that they differ as programmes do.
func many(b *testing.B, n int) []Document {
	b.Helper()
	topics := vocabulary(b).Concepts(vocab.Topic)
	levels := []Level{Kurs, Vgs, Fagbrev, Fagskole, Hoyere}
	docs := make([]Document, n)
	for i := range docs {
		at := func(k int) vocab.Concept { return topics[(i*k+i/len(topics)*7)%len(topics)] }
		docs[i] = Document{
			ID: fmt.Sprint(i), Title: at(1).NB + ", variant " + fmt.Sprint(i/len(topics)),
			Body:     "For dem som arbeider med " + at(3).NB + " eller vil lære mer om " + at(5).NB + ".",
			Outcomes: at(7).NB + "; " + at(11).NB, Occupations: at(1).Styrk08, Level: levels[i%len(levels)], Hours: float64(i % 2000),
		}
	}
	return docs
}

const benchNeed = "Pasientene på rehabiliteringa faller oftere enn før. Seks i turnus vil lære å trene dem opp igjen hjemme, men de kan ikke være borte samtidig."

// BenchmarkSearch ranks 20,000 programmes for a need of two sentences whose
// concepts are known; BenchmarkLinkAndSearch links it first.
func BenchmarkSearch(b *testing.B) {
	x := Build(many(b, 20_000), vocabulary(b))
	q := ask(b, benchNeed)
	b.ReportAllocs()
	for b.Loop() {
		x.Search(q, 40)
	}
}

func BenchmarkLinkAndSearch(b *testing.B) {
	x := Build(many(b, 20_000), vocabulary(b))
	b.ReportAllocs()
	for b.Loop() {
		x.Search(ask(b, benchNeed), 40)
	}
}

func BenchmarkExplain(b *testing.B) {
	x := Build(many(b, 20_000), vocabulary(b))
	q := ask(b, benchNeed)
	var found []int
	for _, h := range x.Search(q, 10) {
		found = append(found, h.Doc)
	}
	for b.Loop() {
		x.Explain(q, found...)
	}
}

func BenchmarkBuild(b *testing.B) {
	docs := many(b, 1000)
	for b.Loop() {
		Build(docs, vocabulary(b))
	}
}

// BenchmarkNext builds an index of 20,000 programmes of which one is new.
func BenchmarkNext(b *testing.B) {
	docs := many(b, 20_000)
	x := Build(docs[1:], vocabulary(b))
	for b.Loop() {
		x.Next(docs)
	}
}
