package norsk

import (
	"embed"
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/norwegian"
)

//go:embed words/function.txt words/generic.txt words/variants.tsv words/parts.tsv
var files embed.FS

// lexicon is read once from the embedded lists and never changed.
var lexicon = readLexicon()

type part struct {
	from, to   string
	start, end bool // bound to the beginning, the end of the word
}

type words struct {
	kinds    map[string]Kind
	variants map[string]string
	parts    map[byte][]part // by first byte of from, longest first as listed
}

func readLexicon() words {
	w := words{kinds: map[string]Kind{}, variants: map[string]string{}, parts: map[byte][]part{}}
	for _, row := range lines("words/variants.tsv") {
		from, to, _ := strings.Cut(row, "\t")
		for _, f := range strings.Fields(from) {
			if f != to {
				w.variants[f] = to
			}
		}
	}
	for _, row := range lines("words/parts.tsv") {
		from, to, _ := strings.Cut(row, "\t")
		p := part{to: to, start: strings.HasPrefix(from, "^"), end: strings.HasSuffix(from, "$")}
		p.from = strings.Trim(from, "^$")
		if p.from != p.to {
			w.parts[p.from[0]] = append(w.parts[p.from[0]], p)
		}
	}
	for file, kind := range map[string]Kind{"words/generic.txt": Generic, "words/function.txt": Function} {
		for _, row := range lines(file) {
			for _, f := range strings.Fields(row) {
				f = w.bokmaal(f)
				if w.kinds[f] < kind {
					w.kinds[f] = kind
				}
			}
		}
	}
	return w
}

// lines returns the lines of an embedded list without comments and empty ones.
func lines(name string) []string {
	data, err := files.ReadFile(name)
	if err != nil {
		panic(err) // the list is embedded; its absence cannot compile
	}
	var rows []string
	for row := range strings.Lines(string(data)) {
		row = strings.TrimSpace(row)
		if row != "" && row[0] != '#' {
			rows = append(rows, row)
		}
	}
	return rows
}

// KindOf tells the kind of a word that Bokmaal returned.
func KindOf(word string) Kind {
	if k, ok := lexicon.kinds[word]; ok {
		return k
	}
	if len(word) == 1 || word == "å" {
		return Function // single letters are dialect for small words
	}
	if word != "" && word[0] >= '0' && word[0] <= '9' && strings.Trim(word, "0123456789") == "" {
		return Function
	}
	return Content
}

// Bokmaal returns the bokmål spelling of a folded word of nynorsk or dialect; a word it does
// not know is returned as it is. It is its own fixed point for words of the lists.
func Bokmaal(word string) string { return lexicon.bokmaal(word) }

func (w words) bokmaal(word string) string {
	if to, ok := w.variants[word]; ok {
		return to
	}
	if len(word) < 4 {
		return word
	}
	word = w.replaceParts(word)
	switch {
	case strings.HasPrefix(word, "kv"):
		word = hv(word)
	case strings.HasSuffix(word, "ane") && len(word) > 6:
		word = word[:len(word)-3] + "ene"
	case strings.HasSuffix(word, "ingar"), strings.HasSuffix(word, "arar"):
		word = word[:len(word)-2] + "er"
	}
	if agentAr(word) {
		word = word[:len(word)-2] + "er"
	}
	return word
}

// agentAr reports whether word ends in the nynorsk agent or plural ending -ar, which is -er in
// bokmål. Words that end so in bokmål too (radar, seminar, altar) are short or end in a vowel + -nar/-dar.
func agentAr(word string) bool {
	if len(word) < 6 || !strings.HasSuffix(word, "ar") {
		return false
	}
	for _, end := range []string{"inar", "adar", "ltar", "kvar", "svar", "onar", "itar", "bar", "ear"} {
		if strings.HasSuffix(word, end) {
			return false
		}
	}
	return true
}

// hv changes nynorsk kv- to hv- in the words where bokmål has it.
func hv(word string) string {
	for _, stem := range []string{"kvit", "kval", "kvar", "kvil", "kveit", "kvete"} {
		if strings.HasPrefix(word, stem) && word != "kvalitet" && !strings.HasPrefix(word, "kvali") && !strings.HasPrefix(word, "kvart") {
			return "h" + word[1:]
		}
	}
	return word
}

func (w words) replaceParts(word string) string {
	for i := 0; i < len(word); i++ {
		for _, p := range w.parts[word[i]] {
			if p.start && i > 0 || !strings.HasPrefix(word[i:], p.from) || p.end && i+len(p.from) != len(word) {
				continue
			}
			word = word[:i] + p.to + word[i+len(p.from):]
			i += len(p.to) - 1
			break
		}
		if i >= len(word) {
			break
		}
	}
	return word
}

// Stem returns the stem of a word that Bokmaal returned. Snowball takes one ending at a time,
// so that "sykepleiere" and "sykepleier" would differ; it is asked until nothing changes.
func Stem(word string) string {
	for range 3 {
		if len(word) < 4 {
			return word
		}
		env := snowballstem.NewEnv(word)
		norwegian.Stem(env)
		if env.Current() == word {
			return word
		}
		word = env.Current()
	}
	return word
}
