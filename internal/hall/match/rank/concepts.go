package rank

import (
	"math"

	"kompetansetorg/internal/common/vocab"
)

func log(x float32) float32 { return float32(math.Log(float64(x))) }

// A vector says how much a text is about each concept.
type vector map[key]float32

type key struct {
	scheme vocab.Scheme
	code   string
}

func (v vector) raise(k key, w float32) { v[k] = max(v[k], w) }

// near is the likeness of two unit groups by the digits they share from the left.
func near(a, b string) float32 {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	switch {
	case n >= 4:
		return 1
	case n == 3:
		return 0.5
	case n == 2:
		return 0.2
	}
	return 0
}
