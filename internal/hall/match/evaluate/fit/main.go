// Command fit finds the weights of rank.Profile on the needs of testdata, and
// what they make of the needs of ../shared/data, which they have not seen. Its
// one argument is the folder with the data. It prints; a person writes the
// profile, with a new version.
package main

import (
	"fmt"
	"os"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match/evaluate"
	"kompetansetorg/internal/hall/match/rank"
)

func main() {
	dir := "../shared/data"
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	if err := run(dir); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	b, err := evaluate.Load(dir)
	if err != nil {
		return err
	}
	v, err := vocab.Load(vocab.Options{})
	if err != nil {
		return err
	}
	x := rank.Build(b.Docs, v)
	dev, own := b.Cases(x, v, b.Dev), b.Cases(x, v, b.Own)
	f := evaluate.DefaultFitting()
	show := func(name string, w rank.Weights) {
		fmt.Printf("%-14s", name)
		for i, weight := range w {
			fmt.Printf(" %s %.2f", rank.Part(i), weight)
		}
		fmt.Printf("\n%14s nDCG@5 dev %.3f own %.3f\n", "", b.Measure(dev, w).NDCG5, b.Measure(own, w).NDCG5)
	}
	show("in use", rank.Default().Weights)
	show("fitted on own", evaluate.Fit(own, f))
	show("fitted on dev", evaluate.Fit(dev, f))
	_, folds := b.CrossValidate(own, 10, f)
	for i, w := range folds {
		show(fmt.Sprintf("own, fold %d", i), w)
	}
	slope, offset := b.Likelihood(append(dev, own...), rank.Default().Weights)
	fmt.Printf("likelihood of the weights in use: slope %.3f offset %.3f\n", slope, offset)
	return nil
}
