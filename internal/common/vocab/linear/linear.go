package linear

import (
	"math"
	"math/rand/v2"
	"slices"
)

// A Feature is a hashed property of a text with its value.
type Feature struct {
	Bucket uint32
	Value  float32
}

// A Sample is a text with the class it belongs to.
type Sample struct {
	Features []Feature
	Class    uint16
	Weight   float32 // how much it counts, 1 = as others
}

// A Config says how a model is trained.
type Config struct {
	Buckets int
	Classes int
	Epochs  int
	Rate    float32 // first step length; it falls linearly to nothing
	Common  int     // a feature seen in more classes than this tells nothing and is left out
}

// A Model gives classes by a softmax over sums of feature weights. It has a weight only for a
// feature and a class that were seen together, which keeps it small and training quick.
type Model struct {
	starts  []uint32 // by bucket: where its cells begin
	cells   []weight
	bias    []float32
	classes int
}

type weight struct {
	value float32
	class uint16
}

// faint is the share below which a class is not corrected: most of the 400 are out of question.
const faint = 0.001

// Train fits a model by stochastic gradient descent. The same samples give the same model.
func Train(samples []Sample, c Config) *Model {
	m := support(samples, c)
	rng := rand.New(rand.NewPCG(1, 2))
	order := rng.Perm(len(samples))
	p := make([]float32, c.Classes)
	steps, done := float32(c.Epochs*len(samples)), float32(0)
	for range c.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			m.step(&samples[i], p, c.Rate*(1-done/steps))
			done++
		}
	}
	return m
}

// support lays out the weights for the pairs of feature and class that occur.
func support(samples []Sample, c Config) *Model {
	total := 0
	for _, s := range samples {
		total += len(s.Features)
	}
	pairs := make([]uint64, 0, total)
	for _, s := range samples {
		for _, f := range s.Features {
			pairs = append(pairs, uint64(f.Bucket)<<16|uint64(s.Class))
		}
	}
	slices.Sort(pairs)
	pairs = slices.Compact(pairs)
	m := &Model{starts: make([]uint32, c.Buckets+1), bias: make([]float32, c.Classes), classes: c.Classes}
	for i := 0; i < len(pairs); {
		bucket := pairs[i] >> 16
		end := i
		for end < len(pairs) && pairs[end]>>16 == bucket {
			end++
		}
		if end-i <= c.Common {
			for _, p := range pairs[i:end] {
				m.cells = append(m.cells, weight{class: uint16(p)})
			}
			m.starts[bucket+1] = uint32(end - i)
		}
		i = end
	}
	for i := 1; i < len(m.starts); i++ {
		m.starts[i] += m.starts[i-1]
	}
	return m
}

func (m *Model) step(s *Sample, p []float32, rate float32) {
	m.Probabilities(s.Features, p)
	p[s.Class]--
	for class, gradient := range p {
		if gradient < faint && gradient > -faint {
			p[class] = 0
			continue
		}
		p[class] = rate * s.Weight * gradient
		m.bias[class] -= 0.1 * p[class]
	}
	for _, f := range s.Features {
		cells := m.cells[m.starts[f.Bucket]:m.starts[f.Bucket+1]]
		for i := range cells {
			cells[i].value -= f.Value * p[cells[i].class]
		}
	}
}

// Probabilities fills p, one number per class, with the share of each class; they sum to one.
func (m *Model) Probabilities(features []Feature, p []float32) {
	copy(p, m.bias)
	for _, f := range features {
		for _, c := range m.cells[m.starts[f.Bucket]:m.starts[f.Bucket+1]] {
			p[c.class] += f.Value * c.value
		}
	}
	top := slices.Max(p)
	sum := float32(0)
	for i, v := range p {
		if v < top-12 {
			p[i] = 0
			continue
		}
		e := float32(math.Exp(float64(v - top)))
		p[i] = e
		sum += e
	}
	for i := range p {
		p[i] /= sum
	}
}

// Size is the number of weights.
func (m *Model) Size() int { return len(m.cells) }
