package norsk

import (
	"strings"
	"unicode"
)

// accents maps letters of neighbouring languages to the ones Norwegian uses.
var accents = map[rune]string{
	'á': "a", 'à': "a", 'â': "a", 'ã': "a", 'ä': "æ", 'é': "e", 'è': "e", 'ê': "e", 'ë': "e",
	'í': "i", 'ì': "i", 'î': "i", 'ï': "i", 'ó': "o", 'ò': "o", 'ô': "o", 'õ': "o", 'ö': "ø",
	'ú': "u", 'ù': "u", 'û': "u", 'ü': "u", 'ý': "y", 'ÿ': "y", 'ñ': "n", 'ç': "c", 'ð': "d",
	'þ': "th", 'ß': "ss", 'č': "c", 'đ': "d", 'ŋ': "n", 'š': "s", 'ŧ': "t", 'ž': "z", 'ő': "ø",
}

// Fold lower-cases s and removes accents; æ, ø and å stay, Swedish ä and ö become æ and ø.
// Combining marks disappear, except that a + ring, a + two dots and o + two dots are letters.
func Fold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			ascii = false
			break
		}
	}
	if ascii {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	last := rune(0)
	for _, r := range s {
		r = unicode.ToLower(r)
		if unicode.Is(unicode.Mn, r) {
			if whole := composed(last, r); whole != "" {
				cut := b.String()
				b.Reset()
				b.WriteString(cut[:len(cut)-1])
				b.WriteString(whole)
			}
			last = 0
			continue
		}
		if to, ok := accents[r]; ok {
			b.WriteString(to)
		} else {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// composed returns the Norwegian letter that a base letter and a combining mark make, or "".
func composed(base, mark rune) string {
	switch {
	case base == 'a' && mark == '\u030a':
		return "å"
	case base == 'a' && mark == '\u0308':
		return "æ"
	case base == 'o' && mark == '\u0308':
		return "ø"
	}
	return ""
}

// Skeleton returns a key that is equal for spellings that differ only in æ/ae/e, ø/oe/o,
// å/aa/a, doubled letters, and the pairs kj/sj/skj and c/k that are often confused.
// word must be folded. Only for looking up unknown words: many words share a skeleton.
func Skeleton(word string) string {
	b := make([]byte, 0, len(word))
	var last byte
	put := func(c byte) {
		if c != last {
			b = append(b, c)
		}
		last = c
	}
	for _, r := range word {
		switch {
		case r == 'æ':
			put('e')
		case r == 'ø':
			put('o')
		case r == 'å':
			put('a')
		case r == 'e' && last == 'a': // ae is æ
			b[len(b)-1] = 'e'
			last = 'e'
		case r == 'e' && last == 'o': // oe is ø
		case r == 'c' || r == 'q':
			put('k')
		case r == 'w':
			put('v')
		case r == 'z':
			put('s')
		case r < 0x80:
			put(byte(r))
		}
	}
	return string(b)
}
