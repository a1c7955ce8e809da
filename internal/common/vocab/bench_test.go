package vocab

import (
	"os"
	"path/filepath"
	"testing"
)

// sharedVocab returns the folder of official files beside the project, or skips.
func sharedVocab(tb testing.TB) string {
	tb.Helper()
	dir := filepath.Join("..", "..", "..", "..", "shared", "data", "vocab")
	if _, err := os.Stat(filepath.Join(dir, "styrk08.tsv")); err != nil {
		tb.Skip("the official vocabularies are not in ../shared/data/vocab")
	}
	return dir
}

// BenchmarkLinkTitle links job titles as users type them, with the starter vocabulary.
func BenchmarkLinkTitle(b *testing.B) {
	benchmarkTitles(b, Options{})
}

// BenchmarkLinkTitleOfficial does so with all official files and the classifier.
func BenchmarkLinkTitleOfficial(b *testing.B) {
	benchmarkTitles(b, Options{Data: sharedVocab(b), Learn: true})
}

func benchmarkTitles(b *testing.B, o Options) {
	x, err := Load(o)
	if err != nil {
		b.Fatal(err)
	}
	titles := []string{"driftsoperatør settefisk", "Sykepleier natt", "røyrleggar", "saksbehandler byggesak", "anleggsmaskinforer", "daglig leder idrettslag"}
	n := 0
	for b.Loop() {
		x.Link(titles[n%len(titles)], LinkOptions{Schemes: []Scheme{Styrk08}, Top: 5})
		n++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "titles/s")
}

// BenchmarkLinkNeed links a need of three sentences with every scheme.
func BenchmarkLinkNeed(b *testing.B) {
	x, err := Load(Options{})
	if err != nil {
		b.Fatal(err)
	}
	const text = "Vi får ikke tak i folk til å kjøre hogstmaskin. Han som har gjort det til nå, blir pensjonist. To av de unge vil lære."
	for b.Loop() {
		x.Link(text, LinkOptions{})
	}
}

// BenchmarkLoadStarter builds the index that a server starts with.
func BenchmarkLoadStarter(b *testing.B) {
	for b.Loop() {
		if _, err := Load(Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
