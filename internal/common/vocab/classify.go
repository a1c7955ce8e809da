package vocab

import (
	"math"
	"math/rand/v2"
	"sync"

	"kompetansetorg/internal/common/vocab/gram"
	"kompetansetorg/internal/common/vocab/linear"
	"kompetansetorg/internal/common/vocab/norsk"
)

// classBits is the size of the classifier's feature table.
const classBits = 18

// madeUp is how many texts are put together for each concept.
const madeUp = 40

// A classifier tells the concept of a text by what it learned from all names and tasks.
type classifier struct {
	model *linear.Model
	bags  *sync.Pool // of *gram.Bag
}

// sampleWeight says how much a field teaches the classifier.
var sampleWeight = [...]float32{title: 1, foreign: 0.5, task: 0.7, context: 0.3}

// learn trains a classifier on all names, tasks and examples of the entries, and on made-up
// texts that put some tasks and places of one entry together, as a need does.
func learn(entries []*entry) *classifier {
	k := &classifier{bags: &sync.Pool{New: func() any { return gram.NewBag(classBits) }}}
	bag := gram.NewBag(classBits)
	rng := rand.New(rand.NewPCG(5, 6))
	var samples []linear.Sample
	for i, e := range entries {
		seen := map[string]bool{}
		var said []string
		for _, f := range e.forms {
			text := joined(norsk.Tokens(f.text))
			if seen[text] || text == "" {
				continue
			}
			seen[text] = true
			if f.field == task || f.field == context {
				said = append(said, text)
			}
			samples = append(samples, linear.Sample{
				Features: features(bag, []gram.Part{{Text: text, Weight: 1}}),
				Class:    uint16(i), Weight: f.weight * sampleWeight[f.field],
			})
		}
		if len(said) < 3 {
			continue
		}
		for range madeUp {
			parts := make([]gram.Part, 2+rng.IntN(3))
			for p := range parts {
				parts[p] = gram.Part{Text: said[rng.IntN(len(said))], Weight: 1}
			}
			samples = append(samples, linear.Sample{Features: features(bag, parts), Class: uint16(i), Weight: 0.7})
		}
	}
	k.model = linear.Train(samples, linear.Config{
		Buckets: 1 << classBits, Classes: len(entries), Epochs: 3, Rate: 3.5, Common: 120,
	})
	return k
}

// shares fills p with the share of each concept.
func (k *classifier) shares(p []float32, parts []gram.Part) {
	bag := k.bags.Get().(*gram.Bag)
	defer k.bags.Put(bag)
	k.model.Probabilities(features(bag, parts), p)
}

// features turns folded words into a vector of length one.
func features(bag *gram.Bag, parts []gram.Part) []linear.Feature {
	var list []linear.Feature
	norm := float32(0)
	bag.Each(func(bucket uint32, weight float32, buckets int) {
		if list == nil {
			list = make([]linear.Feature, 0, buckets)
		}
		list = append(list, linear.Feature{Bucket: bucket, Value: weight})
		norm += weight * weight
	}, parts...)
	if norm > 0 {
		norm = 1 / float32(math.Sqrt(float64(norm)))
	}
	for i := range list {
		list[i].Value *= norm
	}
	return list
}
