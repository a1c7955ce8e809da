package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// CleanMultiline makes a text of several lines fit to store: valid UTF-8 in NFC, line
// ends as \n, tabs as spaces, no control characters, no invisible signs that hide text
// or turn it around, no blanks at line ends, no empty lines first or last. The joiners
// that some scripts and emoji need stay.
func CleanMultiline(s string) string {
	if plain(s) { // most cells of an import and most fields of a form
		return strings.TrimRight(s, " ")
	}
	s = lineEnds.Replace(strings.ToValidUTF8(s, "\uFFFD"))
	s = norm.NFC.String(strings.Map(cleanRune, s))
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRightFunc(line, unicode.IsSpace)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// lineEnds turns every line end Unicode knows into \n. A Replacer is safe to share.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\v", "\n", "\f", "\n")

// plain tells whether s is one line of printable ASCII and the Latin letters that have
// no other form in NFC.
func plain(s string) bool {
	const softHyphen = '\u00AD'
	for _, r := range s {
		if (r < ' ' || r > '~') && (r < '\u00A1' || r > '\u017F' || r == softHyphen) {
			return false
		}
	}
	return true
}

// CleanLine makes a text of one line fit to store: as CleanMultiline, with every run of
// blanks and line ends squeezed to one space.
func CleanLine(s string) string {
	return strings.Join(strings.Fields(CleanMultiline(s)), " ")
}

func cleanRune(r rune) rune {
	const zwnj, zwj = '\u200C', '\u200D'
	switch {
	case r == '\n', r == zwnj, r == zwj:
		return r
	case r == '\t':
		return ' '
	case invisible(r):
		return -1
	}
	return r
}

// invisible tells whether r is a control character, a formatting sign, or a code without
// a meaning that all fonts share.
func invisible(r rune) bool {
	noncharacter := r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF
	return noncharacter || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co)
}

// IsBlank tells whether s shows nothing: it is empty or only blanks and invisible signs.
func IsBlank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && !invisible(r) {
			return false
		}
	}
	return true
}

// WordCount counts the runs of non-blanks that hold a letter or a digit; a dash between
// blanks is no word.
func WordCount(s string) int {
	n := 0
	for _, f := range strings.Fields(s) {
		if strings.ContainsFunc(f, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}

// Truncate shortens s to at most n runes, the last of them "…" when something was cut.
// It cuts after a word when one ends in the last third, and never between a letter and
// its accent. With n below 1 nothing is left.
func Truncate(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	if n < 1 {
		return ""
	}
	cut := n - 1
	for i := cut; i > cut-cut/3; i-- {
		if unicode.IsSpace(runes[i]) {
			cut = i
			break
		}
	}
	for cut > 0 && unicode.Is(unicode.M, runes[cut]) {
		cut--
	}
	return strings.TrimRightFunc(string(runes[:cut]), unicode.IsSpace) + "…"
}

// UpperFirst begins the text with a capital letter.
func UpperFirst(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// Paragraphs are the parts of a text that have empty lines between them, without the space
// around each.
func Paragraphs(s string) []string {
	var out []string
	for p := range strings.SplitSeq(s, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
