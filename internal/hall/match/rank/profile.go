package rank

import (
	"fmt"
	"math"
)

// A Part is one thing that speaks for a document.
type Part uint8

// The parts of a score, each in [0,1].
const (
	Letters     Part = iota // character n-grams shared
	Words                   // stems and parts of compounds shared
	Topics                  // topics meant by both
	Occupations             // occupations meant by both
	Leads                   // occupations stated, to which the need's topics and trades lead
	LevelFit                // the level asked for
	SizeFit                 // a whole education for new people, less for one's own
	TradeFit                // a way to a trade certificate when one is asked for
	numParts
)

var partNames = [numParts]string{"letters", "words", "topics", "occupations", "leads", "level", "size", "trade"}

func (p Part) String() string {
	if p < numParts {
		return partNames[p]
	}
	return fmt.Sprintf("part %d", uint8(p))
}

// Parts are what speaks for one document.
type Parts [numParts]float32

// Weights say how much each part counts.
type Weights [numParts]float64

// A Profile is a set of weights with what turns their sum into a likelihood. A
// profile is never changed: another one gets another version.
type Profile struct {
	Version string
	Weights Weights
	// Slope and Offset make the likelihood 1/(1+exp(Offset-Slope*sum)) that a
	// document with the sum answers the need.
	Slope, Offset float64
}

// relative are the parts that are divided by the square root of the need's best:
// a need that nothing resembles much still has a nearest answer.
var relative = [...]Part{Letters, Words, Topics, Occupations, Leads}

// Default is the profile in use. The weights were fitted by evaluate/fit on the
// needs of evaluate/testdata, slope and offset on the ten best documents of each.
func Default() Profile {
	return Profile{
		Version: "1",
		Weights: Weights{Letters: 3.2, Words: 3.3, Topics: 2.2, Occupations: 3.4, Leads: 1.3, LevelFit: 1.9, SizeFit: 0.9, TradeFit: 2.1},
		Slope:   0.93,
		Offset:  7.6,
	}
}

// Answers is the likelihood from which a document is worth showing as an answer.
// A need whose best document is below it has no answer: so it is with nearly all
// of the needs in evaluate/testdata that nothing in the catalogue answers, and
// with next to none of the others.
const Answers = 0.12

// likelihood is how likely a document with the sum answers.
func (p Profile) likelihood(sum float64) float64 {
	return 1 / (1 + math.Exp(p.Offset-p.Slope*sum))
}
