package vocab

import (
	"fmt"
	"slices"
)

// A Scheme names a vocabulary.
type Scheme string

// The vocabularies the linker knows.
const (
	Styrk08 Scheme = "styrk08"       // STYRK-08 unit groups, four digits
	Trade   Scheme = "programomrade" // programmes and trades of upper secondary education, Grep codes
	Topic   Scheme = "tema"          // subjects of further education that are no occupation
)

// schemes lists all vocabularies in the order in which pages show them.
var schemes = [...]Scheme{Styrk08, Trade, Topic}

// ParseScheme returns the scheme of a name as written in addresses and on the command line.
func ParseScheme(name string) (Scheme, error) {
	if slices.Contains(schemes[:], Scheme(name)) {
		return Scheme(name), nil
	}
	return "", fmt.Errorf("scheme %q: want one of %v", name, schemes)
}

// A Concept is one entry of a vocabulary.
type Concept struct {
	Scheme  Scheme
	Code    string
	NB      string   // the official name; never empty
	NN, EN  string   // may be empty
	Styrk08 []string // for trades and topics: the unit groups they lead to
	Program string   // for trades: the upper secondary programme, e.g. "BA"
}

// Label returns the name in lang ("nb", "nn", "en"), falling back to bokmål.
func (c Concept) Label(lang string) string {
	label, _ := c.LabelIn(lang)
	return label
}

// LabelIn returns the name and the language it is in, so that a page can mark a fallback.
func (c Concept) LabelIn(lang string) (label, in string) {
	switch {
	case lang == "nn" && c.NN != "":
		return c.NN, lang
	case lang == "en" && c.EN != "":
		return c.EN, lang
	}
	return c.NB, "nb"
}

// A Match is a concept that a text seems to mean.
type Match struct {
	Concept
	Score   float64  // how likely it is meant, in [0,1]; comparable between texts
	Matched []string // the user's own words that speak for it, in their order; never empty
}

// A Result is what a text was understood as.
type Result struct {
	Matches []Match // best first; ties by scheme and code
	// Confident tells that the text is about a competence need or an occupation at all.
	// Matches may be there without: they are guesses to offer, not to act upon.
	Confident bool
	// Need is how likely that is, in [0,1]; Confident is Need >= 0.5.
	Need    float64
	Signals SignalScores
}

// Of returns the matches of one scheme, best first.
func (r Result) Of(scheme Scheme) []Match {
	var found []Match
	for _, m := range r.Matches {
		if m.Scheme == scheme {
			found = append(found, m)
		}
	}
	return found
}

// LinkOptions narrows what Link looks for. The zero value means all schemes, ten matches of each.
type LinkOptions struct {
	Schemes []Scheme
	Top     int // matches per scheme
}
