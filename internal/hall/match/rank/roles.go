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
		kompetanse påfyll øve mestre forstå skjønne beherske studere`)
	lacking = set(`trenger trenge mangler mangle søker søkere ansette rekruttere finner finne tak skaffe leter behøver etterlyser`)
	// after a worker these tell that he is the subject of the sentence
	following = set(`vil skal må kan ønsker bør kunne trenger vet mangler forstår har er får som ikke blir sier spør ber
		våre vår mine min`)
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
		clauseRoles(tokens[i:end], roles[i:end])
		i = end
	}
	return roles
}

func clauseRoles(tokens []norsk.Token, roles []role) {
	asked, lacked := false, false
	for i, t := range tokens {
		if asked {
			roles[i] = wanted
		}
		if !lacked && isHeld(tokens, i) {
			roles[i] = held
		}
		lacked = lacked || lacking[t.Word] || t.Word == "bli"
		asked = asked || lacking[t.Word] || learning[t.Word]
	}
}

// isHeld reports whether the word names people by the job they have: the subject
// of what follows ("elektrikerne vil", "røkterne våre") or a predicate ("er
// rørlegger og må").
func isHeld(tokens []norsk.Token, i int) bool {
	if i+1 >= len(tokens) || !isWorker(tokens[i]) {
		return false
	}
	next := tokens[i+1].Word
	if following[next] {
		return true
	}
	if next != "og" && next != "i" || i == 0 {
		return false
	}
	before := tokens[i-1].Word
	return before == "er" || before == "en" && i > 1 && tokens[i-2].Word == "er"
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
