package match

import (
	"slices"
	"strings"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/common/vocab/norsk"
)

// The linker tells all that a text may mean, and much of that is far-fetched:
// "får ikke tak i" is also about roofs, and whoever "styrer" also about
// kindergartens. What is shown to the reader, stored with a need and given as a
// reason must be clear. The thresholds were chosen by reading what some hundred
// sentences were understood as.
const (
	// leastConcept is how sure one must be of a concept for it to be looked at.
	leastConcept = 0.25
	// agrees is the agreement of another vocabulary from which a concept is
	// clear; supported is that which two words need, hinted one word.
	agrees    = 0.3
	hinted    = 0.15
	supported = 0.1
	// oneWord is how sure one must be of what one word alone says, and
	// occupation how sure where no trade or topic may speak of it.
	oneWord    = 0.5
	occupation = 0.6
	// rival is the share of a concept's score from which another that has all of
	// its words is meant in its place.
	rival = 0.6
	// sameSaid and saidElsewhere are the shares of a concept's score under which
	// another one, of the same vocabulary and of another, adds nothing to it.
	sameSaid      = 0.7
	saidElsewhere = 0.5
)

// readings are what a text may mean, best first.
type readings struct {
	all     []vocab.Match
	words   map[string]use
	unclear []bool
}

// Linked is all that a text may mean, for ranking programmes that are in no
// database; what it does not clearly mean counts little.
func Linked(v *vocab.Index, text string) vocab.Result {
	_, linked := read(text, v.Link(text, vocab.LinkOptions{}))
	return linked
}

// unclearShare is what is left of the score of a concept that is not clear.
const unclearShare = 0.3

// read picks the concepts that a text clearly means, best first, with the words
// that say so, and gives all that it may mean with unclear concepts scored down.
// A concept is clear when vocabularies agree on it, when several words speak for
// it, or when one word says it very plainly; never when the same words are
// better read as something else. Of those that say the same only the best are
// picked.
func read(text string, linked vocab.Result) ([]Concept, vocab.Result) {
	r := readings{all: linked.Matches, words: uses(text, linked.Signals), unclear: make([]bool, len(linked.Matches))}
	for i, m := range r.all {
		r.unclear[i] = m.Score >= leastConcept && !r.isClear(i)
	}
	var out []Concept
	linked.Matches = slices.Clone(r.all)
	for i, m := range r.all {
		switch {
		case r.unclear[i]:
			linked.Matches[i].Score *= unclearShare
		case m.Score >= leastConcept:
			c := Concept{Concept: m.Concept, Score: m.Score, Words: r.told(i)}
			if len(c.Words) > 0 && !slices.ContainsFunc(out, func(better Concept) bool { return better.says(c) }) {
				out = append(out, c)
			}
		}
	}
	return out, linked
}

func (r *readings) isClear(i int) bool {
	m, agreement := r.all[i], r.agreement(i)
	if agreement >= agrees {
		return true
	}
	if r.hasRival(i) {
		return false
	}
	n := 0
	for _, w := range m.Matched {
		if r.words[w] == named {
			n++
		}
	}
	isOccupation := m.Scheme == vocab.Styrk08
	switch {
	case n > 1:
		return isOccupation || agreement >= supported
	case n == 1:
		return isOccupation && m.Score >= occupation || m.Score >= oneWord && agreement >= hinted
	}
	return false
}

// agreement is how much the other vocabularies speak for the same, in [0,1].
func (r *readings) agreement(i int) float64 {
	best := 0.0
	for j, o := range r.all {
		if o.Scheme != r.all[i].Scheme && !r.unclear[j] {
			best = max(best, o.Score*kinship(r.all[i].Concept, o.Concept))
		}
	}
	return best
}

// hasRival reports whether a concept about something else is spoken for by the
// same words and more, or as well.
func (r *readings) hasRival(i int) bool {
	m := r.all[i]
	return slices.ContainsFunc(r.all, func(o vocab.Match) bool {
		return (o.Score > m.Score || len(o.Matched) > len(m.Matched)) && o.Score >= rival*m.Score && holdsAll(o.Matched, m.Matched) &&
			kinship(m.Concept, o.Concept) == 0
	})
}

// told are the reader's own words for a concept. A unit group is known by all that is
// done in it, so that "styre" and "bruk" speak for many: of its words those count
// that a trade or topic about the same has too, and one word alone that none has
// gives way to those that led to the group.
func (r *readings) told(i int) []string {
	m := r.all[i]
	if m.Scheme != vocab.Styrk08 {
		return prefer(m.Matched, func(w string) bool { return r.words[w] != wished })
	}
	var confirmed, led []string
	for j, o := range r.all {
		if o.Scheme == m.Scheme || o.Score < leastConcept || r.unclear[j] || kinship(m.Concept, o.Concept) < nearKin {
			continue
		}
		if led == nil && o.Score > m.Score {
			led = r.told(j)
		}
		confirmed = append(confirmed, o.Matched...)
	}
	words := prefer(m.Matched, func(w string) bool { return slices.Contains(confirmed, w) })
	if len(words) == 1 && led != nil && !slices.Contains(confirmed, words[0]) {
		return led
	}
	return words
}

// prefer gives the words that are good, or all of them if none is.
func prefer(words []string, good func(string) bool) []string {
	if chosen := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return !good(w) }); len(chosen) > 0 {
		return chosen
	}
	return words
}

// says reports whether the concept, the better one, leaves nothing for another
// to say.
func (c Concept) says(other Concept) bool {
	share := saidElsewhere
	if c.Scheme == other.Scheme {
		share = sameSaid
	}
	return other.Score < share*c.Score && holdsAll(c.Words, other.Words)
}

func holdsAll(list, part []string) bool {
	return !slices.ContainsFunc(part, func(w string) bool { return !slices.Contains(list, w) })
}

// nearKin is the kinship from which two concepts are about the same.
const nearKin = 0.5

// kinship is how near two concepts stand by the unit groups of STYRK-08 that
// they are or lead to, in [0,1]: less for groups that are not the first they
// lead to, half for groups of one minor group.
func kinship(a, b vocab.Concept) float64 {
	best := 0.0
	for i, x := range unitGroups(a) {
		for j, y := range unitGroups(b) {
			near := 0.0
			switch {
			case x == y:
				near = 1
			case len(x) == 4 && len(y) == 4 && x[:3] == y[:3]:
				near = 0.5
			}
			best = max(best, near/(1+0.15*float64(i+j)))
		}
	}
	return best
}

func unitGroups(c vocab.Concept) []string {
	if c.Scheme == vocab.Styrk08 {
		return []string{c.Code}
	}
	return c.Styrk08
}

// A use is what a word does in a text, as far as it may tell what the text is
// about. Of a word that stands in several places the best counts.
type use uint8

const (
	wished use = iota // part of a phrase that tells what kind of wish it is: "får ikke tak i"
	done              // a verb
	named
)

// uses tells what each content word of a text, as it is written there, does.
func uses(text string, signals vocab.SignalScores) map[string]use {
	inWish := make([]bool, len(text))
	for kind, phrases := range signals.Evidence {
		if strings.HasPrefix(kind, "level_") || strings.HasPrefix(kind, "form_") {
			continue // these may name what it is about, too: "sykepleiere"
		}
		names := kind == "need" || kind == "recruit" || kind == "upskill"
		for _, p := range phrases {
			if !names || strings.Contains(p, " ") { // one word alone names a thing: "lærlinger"
				markAll(inWish, text, p)
			}
		}
	}
	tokens := norsk.Tokens(text)
	out := map[string]use{}
	for i, t := range tokens {
		if t.Kind != norsk.Content {
			continue
		}
		u := named
		switch {
		case inWish[t.Start]:
			u = wished
		case isVerb(tokens, i):
			u = done
		}
		word := text[t.Start:t.End]
		out[word] = max(out[word], u)
	}
	return out
}

// markAll marks each place where the phrase stands.
func markAll(marks []bool, text, phrase string) {
	for from := 0; ; {
		at := strings.Index(text[from:], phrase)
		if at < 0 {
			return
		}
		from += at + len(phrase)
		for i := from - len(phrase); i < from; i++ {
			marks[i] = true
		}
	}
}

// isVerb reports whether a word must be a verb, by where it stands: after a
// personal pronoun, or before the word for not.
func isVerb(tokens []norsk.Token, i int) bool {
	if i > 0 && tokens[i-1].Part == tokens[i].Part {
		switch tokens[i-1].Word {
		case "jeg", "du", "han", "hun", "vi", "dere":
			return true
		}
	}
	return i+1 < len(tokens) && tokens[i+1].Part == tokens[i].Part && tokens[i+1].Word == "ikke"
}
