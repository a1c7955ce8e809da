package vocab

import (
	"math"

	"kompetansetorg/internal/common/vocab/gram"
	"kompetansetorg/internal/common/vocab/linear"
	"kompetansetorg/internal/common/vocab/norsk"
)

// classBits is the size of the classifier's feature table.
const classBits = 18

// classFeatures turns a text of folded words into features of length one.
func classFeatures(bag *gram.Bag, parts ...gram.Part) []linear.Feature {
	var features []linear.Feature
	norm := float32(0)
	bag.Each(func(bucket uint32, weight float32) {
		features = append(features, linear.Feature{Bucket: bucket, Value: weight})
		norm += weight * weight
	}, parts...)
	if norm > 0 {
		norm = 1 / float32(math.Sqrt(float64(norm)))
	}
	for i := range features {
		features[i].Value *= norm
	}
	return features
}

// learn trains a classifier on all names, tasks and examples of the entries.
func learn(entries []*entry, c linear.Config) *linear.Model {
	bag := gram.NewBag(classBits)
	var samples []linear.Sample
	for i, e := range entries {
		seen := map[string]bool{}
		for _, f := range e.forms {
			text := joined(norsk.Tokens(f.text))
			if seen[text] || text == "" {
				continue
			}
			seen[text] = true
			samples = append(samples, linear.Sample{Features: classFeatures(bag, gram.Part{Text: text, Weight: 1}), Class: uint16(i), Weight: f.weight * sampleWeight[f.field]})
		}
	}
	c.Buckets, c.Classes = 1<<classBits, len(entries)
	return linear.Train(samples, c)
}

// sampleWeight says how much a field teaches the classifier.
var sampleWeight = [...]float32{title: 1, foreign: 0.5, task: 0.7, context: 0.3}
