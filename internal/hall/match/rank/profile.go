package rank

import "fmt"

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

// A Profile is a set of weights with the thresholds that belong to it.
type Profile struct {
	Version string
	Weights Weights
}

// relative are the parts that are divided by the square root of the need's best:
// a need that nothing resembles much still has a nearest answer.
var relative = [...]Part{Letters, Words, Topics, Occupations, Leads}

// Default is the profile in use.
func Default() Profile {
	return Profile{
		Version: "1",
		Weights: Weights{Letters: 3.1, Words: 2.8, Topics: 3.2, Occupations: 1.6, Leads: 3.2, LevelFit: 2.1, SizeFit: 1.0, TradeFit: 1.6},
	}
}
