package norsk

import (
	"unicode"
	"unicode/utf8"
)

// Kind tells how much a word says about an occupation.
type Kind uint8

// Content words name things and tasks, Generic ones stand in every need ("folk", "trenger"),
// Function words are grammar.
const (
	Content Kind = iota
	Generic
	Function
)

// A Token is one word of a text.
type Token struct {
	Start, End int    // bytes in the text; the user's own spelling is text[Start:End]
	Word       string // folded, nynorsk and dialect as bokmål
	Stem       string // Word without its ending
	Kind       Kind
	Name       bool // capitalised inside a sentence: perhaps a proper name
	Clause     int  // number of the clause, from 0; clauses end at . ! ? ; : and line breaks
	Part       int  // number of the part, from 0; parts end where clauses do and at , / + & "og" "eller" "samt"
}

// Tokens returns the words of text in order. A word is a run of letters and digits; signs
// that names of trades and tools hold inside (c++, c#, .net) stay with it.
func Tokens(text string) []Token {
	tokens := make([]Token, 0, 8+len(text)/8)
	clause, part := 0, 0
	first := true // the next word begins a sentence
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isWordRune(r) {
			switch r {
			case '.', '!', '?', ';', ':', '\n', '–', '—':
				if len(tokens) > 0 && tokens[len(tokens)-1].Clause == clause && (r != '.' || endsSentence(text, i)) {
					clause++
					part++
					first = true
				}
			case ',', '/', '+', '&', '|', '\t':
				part++
			}
			i += size
			continue
		}
		end := wordEnd(text, i)
		t := Token{Start: i, End: end, Clause: clause, Part: part}
		t.Word = Bokmaal(Fold(text[i:end]))
		t.Stem = Stem(t.Word)
		t.Kind = KindOf(t.Word)
		t.Name = unicode.IsUpper(r) && !first && !allUpper(text[i:end])
		if t.Word == "og" || t.Word == "eller" || t.Word == "samt" {
			part++
		}
		tokens = append(tokens, t)
		first = false
		i = end
	}
	return tokens
}

// endsSentence reports whether the full stop at text[i] ends a sentence and not an
// abbreviation or a number inside one.
func endsSentence(text string, i int) bool {
	next := i + 1
	if next >= len(text) {
		return true
	}
	if text[next] != ' ' && text[next] != '\n' {
		return false
	}
	for next < len(text) && (text[next] == ' ' || text[next] == '\n') {
		next++
	}
	r, _ := utf8.DecodeRuneInString(text[next:])
	return !unicode.IsLower(r) || i > 3 && text[i-1] != '.' && wordLength(text, i) > 3
}

func wordLength(text string, end int) int {
	n := 0
	for end > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:end])
		if !isWordRune(r) {
			break
		}
		n++
		end -= size
	}
	return n
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

func wordEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isWordRune(r) {
			break
		}
		i += size
	}
	for i < len(text) && (text[i] == '#' || text[i] == '+' && i+1 < len(text) && text[i+1] == '+' || text[i] == '+' && text[i-1] == '+') {
		i++
	}
	return i
}

func allUpper(s string) bool {
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
	}
	return true
}
