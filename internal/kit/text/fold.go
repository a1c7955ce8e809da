package text

import (
	"encoding/hex"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Combining marks that make a Norwegian letter of the one before.
const (
	ring      = '\u030A'
	diaeresis = '\u0308'
)

// Fold is the search key of s: lower case, æ ø å kept, other accents dropped, letters
// unified over all the ways Unicode can write them, blanks squeezed to single spaces
// and trimmed. Folding twice changes nothing more.
func Fold(s string) string {
	b := make([]byte, 0, len(s))
	// pos is where the last letter of b begins, as a mark may still change it.
	pos, blank := 0, false
	for _, r := range norm.NFKD.String(strings.ToLower(norm.NFKC.String(s))) {
		switch {
		case r == utf8.RuneError, unicode.IsSpace(r), unicode.Is(unicode.Cc, r):
			blank = true
			continue
		case unicode.Is(unicode.Cf, r): // soft hyphens, zero-width signs
			continue
		case isMark(r):
			if !blank {
				b = mark(b, pos, r)
			}
			continue
		}
		if blank && len(b) > 0 {
			b = append(b, ' ')
		}
		blank = false
		pos = len(b)
		b = append(b, foldLetter(r)...)
	}
	return norm.NFC.String(string(b))
}

// mark lets the combining mark r act on the letter b[pos:]; most marks do nothing.
func mark(b []byte, pos int, r rune) []byte {
	switch letter := string(b[pos:]); {
	case r == ring && letter == "a":
		return append(b[:pos], "å"...)
	case r == diaeresis && letter == "a":
		return append(b[:pos], "æ"...)
	case r == diaeresis && letter == "o":
		return append(b[:pos], "ø"...)
	}
	return b
}

// isMark knows the accents of Latin, Greek and Cyrillic. Marks of other scripts, where
// they can be the vowels, are kept.
func isMark(r rune) bool {
	return r >= 0x0300 && r <= 0x036F || r >= 0x1AB0 && r <= 0x1AFF ||
		r >= 0x1DC0 && r <= 0x1DFF || r >= 0x20D0 && r <= 0x20FF
}

// foldLetter unifies letters and signs that have no decomposition in Unicode.
func foldLetter(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'đ', 'ð':
		return "d"
	case 'ŋ':
		return "n"
	case 'ŧ':
		return "t"
	case 'ł':
		return "l"
	case 'ı':
		return "i"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case '‐', '‒', '–', '—', '―', '−': // hyphen, dashes, minus
		return "-"
	case '‘', '’', '‛', '´', 'ʹ', 'ʼ', '′':
		return "'"
	case '“', '”', '„', '«', '»', '″':
		return `"`
	}
	return string(r)
}

// collators holds idle collators: making one is slow and none may be shared.
var collators = sync.Pool{New: func() any {
	// nn, because x/text has no table for nb and falls back to one that sorts å as a.
	return collate.New(language.MustParse("nn"))
}}

// SortKey is a text of 0-9 and a-f whose byte order is the Norwegian order of s: blanks
// around are ignored, case and accents count last.
func SortKey(s string) string {
	c := collators.Get().(*collate.Collator)
	defer collators.Put(c)
	var buf collate.Buffer
	return hex.EncodeToString(c.KeyFromString(&buf, norm.NFC.String(strings.TrimSpace(s))))
}

// LikeEscape makes s match only itself in LIKE $1 ESCAPE '\'; the caller adds the
// percent signs around.
func LikeEscape(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}
