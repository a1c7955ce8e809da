package linear

import (
	"math"
	"testing"
)

func samples() []Sample {
	var list []Sample
	for i := range 60 {
		class := uint16(i % 3)
		noise := uint32(10 + i%7)
		list = append(list, Sample{Class: class, Weight: 1, Features: []Feature{{uint32(class), 0.8}, {noise, 0.6}, {30, 0.1}}})
	}
	return list
}

func TestTrain(t *testing.T) {
	m := Train(samples(), Config{Buckets: 32, Classes: 4, Epochs: 20, Rate: 1, Common: 10})
	p := make([]float32, 4)
	for class := range 3 {
		m.Probabilities([]Feature{{uint32(class), 0.8}, {31, 0.6}}, p)
		sum := float32(0)
		for c, v := range p {
			sum += v
			if c != class && v >= p[class] {
				t.Errorf("feature of class %d: class %d has %.2f, itself %.2f", class, c, v, p[class])
			}
		}
		if math.Abs(float64(sum)-1) > 1e-4 {
			t.Errorf("shares sum to %.5f", sum)
		}
	}
}

func TestTrainIsRepeatable(t *testing.T) {
	c := Config{Buckets: 32, Classes: 3, Epochs: 3, Rate: 1, Common: 10}
	a, b := make([]float32, 3), make([]float32, 3)
	Train(samples(), c).Probabilities([]Feature{{0, 1}}, a)
	Train(samples(), c).Probabilities([]Feature{{0, 1}}, b)
	for i := range a {
		if a[i] != b[i] {
			t.Errorf("class %d: %v and %v", i, a[i], b[i])
		}
	}
}

func TestCommonFeaturesAreLeftOut(t *testing.T) {
	m := Train(samples(), Config{Buckets: 32, Classes: 3, Epochs: 1, Rate: 1, Common: 2})
	if got := m.Size(); got != 3 { // one weight for each class's own feature; noise is seen in all three
		t.Errorf("%d weights, want 3", got)
	}
}
