package rank

import (
	"strings"

	"kompetansetorg/internal/common/vocab/norsk"
)

// What a word counts by its role in the need: wanted is what follows a word such
// as "lære" or "mangler", held is what those concerned already are.
const (
	wantedWeight  = 1.4
	heldWeight    = 0.4
	genericWeight = 0.3
)

// A role is what a word does in a need.
type role uint8

const (
	told   role = iota // part of the story
	wanted             // part of what is asked for
	held               // what those concerned are today
)

func (r role) weight() float32 {
	switch r {
	case wanted:
		return wantedWeight
	case held:
		return heldWeight
	}
	return 1
}

// The words that roles are read from, in the form of norsk.Token.Word.
var (
	learning = set(`lære lærer opplæring kurs bli utdanne spesialisere kunne sertifisert sertifisere bevis sertifikat
		kompetanse påfyll øve mestre forstå skjønne beherske studere utdanning skole skolering kunnskap`)
	lacking = set(`trenger trenge mangler mangle søker søkere ansette rekruttere finner finne tak skaffe leter behøver etterlyser`)
	// after a worker these tell that he is the subject of the sentence
	following = set(`vil skal må kan ønsker bør kunne trenger vet mangler forstår har er får som ikke blir sier spør ber
		våre vår mine min`)
)

// Persons and the words for where they are: "han på lageret", "folk fra lageret".
var (
	persons = set("han hun de folk en noen gutta jentene dem")
	places  = set("på fra i hos ved")
)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// rolesOf gives each token of a text its role, clause by clause.
func rolesOf(tokens []norsk.Token) []role {
	roles := make([]role, len(tokens))
	for i := 0; i < len(tokens); {
		end := i
		for end < len(tokens) && tokens[end].Clause == tokens[i].Clause {
			end++
		}
		c := clause{tokens[i:end], roles[i:end]}
		c.markWanted()
		c.markHeld()
		i = end
	}
	return roles
}

// A clause is a part of a text up to a full stop or the like.
type clause struct {
	tokens []norsk.Token
	roles  []role
}

// word is the word at a place, or "" outside the clause.
func (c clause) word(i int) string {
	if i < 0 || i >= len(c.tokens) {
		return ""
	}
	return c.tokens[i].Word
}

// markWanted marks all that follows the first word of lacking or learning.
func (c clause) markWanted() {
	asked := false
	for i, t := range c.tokens {
		if asked {
			c.roles[i] = wanted
		}
		asked = asked || lacking[t.Word] || learning[t.Word]
	}
}

// markHeld marks what those concerned are or do today. People who are lacking
// are wanted, so only what stands before such a word can be held.
func (c clause) markHeld() {
	for i, t := range c.tokens {
		switch {
		case lacking[t.Word] || t.Word == "bli":
			return
		case c.isSubject(i) || c.isPredicate(i):
			c.hold(i)
		case persons[t.Word] && places[c.word(i+1)] && i+2 < len(c.tokens): // "han på lageret"
			c.roles[i+2] = held
		case t.Word == "i" && c.word(i+1) == "dag": // "kjører lastebil i dag"
			for j := i - 1; j >= 0 && c.tokens[j].Part == t.Part; j-- {
				c.roles[j] = held
			}
		}
	}
}

// hold marks a worker, and those that he is named together with: "en tømrer og
// en elektriker".
func (c clause) hold(i int) {
	c.roles[i] = held
	joined := false
	for j := i - 1; j >= 0; j-- {
		switch w := c.tokens[j].Word; {
		case w == "og" || w == "eller":
			joined = true
		case w == "en" || w == "et":
		case joined && isWorker(c.tokens[j]):
			c.roles[j] = held
			joined = false
		default:
			return
		}
	}
}

// isSubject reports whether the word names people by their job who then do
// something: "elektrikerne vil", "røkterne våre", "operatørene på skiftet kan".
func (c clause) isSubject(i int) bool {
	if !isWorker(c.tokens[i]) {
		return false
	}
	if following[c.word(i+1)] {
		return true
	}
	return places[c.word(i+1)] && following[c.word(i+3)]
}

// isPredicate reports whether the word says what somebody is, in passing: "er
// rørlegger og må".
func (c clause) isPredicate(i int) bool {
	if next := c.word(i + 1); !isWorker(c.tokens[i]) || next != "og" && next != "i" {
		return false
	}
	return c.word(i-1) == "er" || c.word(i-1) == "en" && c.word(i-2) == "er"
}

// workerEndings are how names of people in a job end, the definite forms too.
var workerEndings = strings.Fields("er ere eren erne ene or oren orer orene ist isten ister istene mann menn folk folka folkene")

// minWorker is the length in bytes under which a word with such an ending is something else.
const minWorker = 5

func isWorker(t norsk.Token) bool {
	if t.Kind != norsk.Content || len(t.Word) < minWorker {
		return false
	}
	for _, end := range workerEndings {
		if strings.HasSuffix(t.Word, end) {
			return true
		}
	}
	return false
}

// The words and beginnings of words that ask for a trade certificate.
var (
	certificates = set("svennebrev svenneprøve svenneprøven fagprøve fagprøven ufaglært ufaglærte fagbrevnivå")
	without      = set("uten ikke mangler ingen noe til få ta tar bli")
)

// asksForTrade reports whether the need is one for a trade certificate:
// "ufaglærte", "har ikke fagbrev", "ta fagbrev". Somebody who has one is not.
func asksForTrade(tokens []norsk.Token) bool {
	for i, t := range tokens {
		if certificates[t.Word] {
			return true
		}
		if (strings.HasPrefix(t.Word, "fagbrev") || strings.HasPrefix(t.Word, "faglært") || strings.HasPrefix(t.Word, "fagarbeider")) &&
			(i > 0 && without[tokens[i-1].Word] || i > 1 && without[tokens[i-2].Word] && tokens[i-2].Clause == t.Clause) {
			return true
		}
	}
	return false
}
