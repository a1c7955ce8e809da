package search

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/vocab/norsk"
	"kompetansetorg/internal/kit/fulltext"
)

// version is raised when the same text gives other tokens than before.
const version = "1"

// number finds the numbers that people know things by: B-2026-0042.
var number = regexp.MustCompile(`(?i)\b([a-zæøå])-(\d{4})-(\d{1,6})\b`)

// numberToken is the one token of a number, however many zeros it is written with.
func numberToken(match []string) string {
	n, err := strconv.Atoi(match[3])
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%s%s%06d", norsk.Fold(match[1]), match[2], n)
}

// analyser makes tokens of text, in documents and queries alike.
type analyser struct{ split *norsk.Splitter }

// related are the tokens that a word is found by besides its stem: the stem of
// the verb in "sveising", and the parts of a compound.
func (a analyser) related(t norsk.Token) []string {
	var out []string
	if verb, ok := verbOf(t.Stem); ok {
		out = append(out, verb)
	}
	for _, p := range a.split.Split(t.Word) {
		out = append(out, p)
		if verb, ok := verbOf(p); ok {
			out = append(out, verb)
		}
	}
	return out
}

func verbOf(stem string) (string, bool) {
	verb, ok := strings.CutSuffix(stem, "ing")
	return verb, ok && utf8.RuneCountInString(verb) >= 4
}

// document analyses what a thing is found by.
func (a analyser) document(d object.Document) fulltext.Doc {
	var out fulltext.Doc
	out.Places, out.Day = d.Municipalities, d.Day
	words := map[string]bool{}
	add := func(w fulltext.Weight, text string) {
		if text == "" {
			return
		}
		for _, t := range norsk.Tokens(text) {
			out.Tokens[w] = append(out.Tokens[w], t.Stem)
			if t.Kind == norsk.Function {
				continue
			}
			out.Tokens[fulltext.Part] = append(out.Tokens[fulltext.Part], a.related(t)...)
			if word := norsk.Fold(text[t.Start:t.End]); isPlain(word) && !words[word] {
				words[word] = true
				out.Words = append(out.Words, word)
			}
		}
		for _, m := range number.FindAllStringSubmatch(text, -1) {
			out.Tokens[w] = append(out.Tokens[w], numberToken(m))
		}
	}
	add(fulltext.Title, d.Number)
	add(fulltext.Title, d.Title.NB)
	add(fulltext.Title, d.Title.NN)
	add(fulltext.Title, d.Title.EN)
	add(fulltext.Body, d.Words)
	add(fulltext.Body, d.Text.NB)
	add(fulltext.Body, d.Text.NN)
	add(fulltext.Body, d.Text.EN)
	return out
}

// isPlain reports whether a word is one that another may be mistyped for.
func isPlain(word string) bool {
	n := 0
	for _, r := range word {
		if r >= '0' && r <= '9' || r == '#' || r == '+' {
			return false
		}
		n++
	}
	return n >= 3 && n <= 40
}

// term is a part of a query: a word, a phrase or a number. Word is empty for
// what cannot be mistyped.
type term struct {
	start, end int // in the query
	word       string
	match      fulltext.Term
	stems      []string // what is marked in an excerpt
	prefix     string   // what words begin with that are marked too
}

const (
	// maxTerms is how many words of a query are looked for.
	maxTerms = 12
	// minPrefix is the shortest beginning of a word that is looked for.
	minPrefix = 3
)

// query analyses what a reader typed. Function words count only in phrases, and
// where there is nothing else.
func (a analyser) query(q string) []term {
	out := a.terms(q, false)
	if len(out) == 0 {
		out = a.terms(q, true)
	}
	return out[:min(len(out), maxTerms)]
}

func (a analyser) terms(q string, all bool) []term {
	var out []term
	for i := 0; i < len(q); {
		if q[i] == '"' {
			if n := strings.IndexByte(q[i+1:], '"'); n >= 0 {
				if t, ok := phrase(q[i+1 : i+1+n]); ok {
					t.start, t.end = i, i+n+2
					out = append(out, t)
				}
				i += n + 2
				continue
			}
		}
		end := len(q)
		if n := strings.IndexByte(q[i+1:], '"'); n >= 0 {
			end = i + 1 + n
		}
		out = append(out, a.plain(q[i:end], i, end == len(q), all)...)
		i = end
	}
	return out
}

func phrase(text string) (term, bool) {
	var t term
	for _, token := range norsk.Tokens(text) {
		t.stems = append(t.stems, token.Stem)
	}
	t.match = fulltext.Term{{Tokens: t.stems, Phrase: true}}
	return t, len(t.stems) > 0
}

// plain makes terms of a piece of the query that stands at the byte given. last
// tells that nothing follows it.
func (a analyser) plain(piece string, at int, last, all bool) []term {
	var out []term
	from := 0
	for _, m := range number.FindAllStringSubmatchIndex(piece, -1) {
		out = append(out, a.wordTerms(piece[from:m[0]], at+from, false, all)...)
		token := numberToken([]string{"", piece[m[2]:m[3]], piece[m[4]:m[5]], piece[m[6]:m[7]]})
		out = append(out, term{start: at + m[0], end: at + m[1], match: fulltext.Term{{Tokens: []string{token}}}})
		from = m[1]
	}
	return append(out, a.wordTerms(piece[from:], at+from, last, all)...)
}

func (a analyser) wordTerms(piece string, at int, last, all bool) []term {
	var out []term
	tokens := norsk.Tokens(piece)
	for i, t := range tokens {
		if t.Kind == norsk.Function && !all {
			continue
		}
		// Only a word that nothing follows is still being typed.
		typing := last && i == len(tokens)-1 && t.End == len(piece)
		out = append(out, a.wordTerm(t, norsk.Fold(piece[t.Start:t.End]), at, typing))
	}
	return out
}

func (a analyser) wordTerm(t norsk.Token, typed string, at int, typing bool) term {
	out := term{start: at + t.Start, end: at + t.End, stems: []string{t.Stem}, match: fulltext.Term{{Tokens: []string{t.Stem}}}}
	if isPlain(typed) {
		out.word = typed
	}
	if verb, ok := verbOf(t.Stem); ok {
		out.match = append(out.match, fulltext.Alternative{Tokens: []string{verb}})
		out.stems = append(out.stems, verb)
	}
	if parts := a.split.Split(t.Word); len(parts) > 1 {
		out.match = append(out.match, fulltext.Alternative{Tokens: parts})
		out.stems = append(out.stems, parts...)
	}
	if typing && utf8.RuneCountInString(t.Word) >= minPrefix {
		out.prefix = t.Word
		out.match = append(out.match, fulltext.Alternative{Tokens: []string{t.Word}, Prefix: true})
	}
	return out
}

func matches(terms []term) []fulltext.Term {
	out := make([]fulltext.Term, len(terms))
	for i, t := range terms {
		out[i] = t.match
	}
	return out
}
