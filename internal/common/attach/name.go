package attach

import (
	"strings"
	"unicode/utf8"

	"kompetansetorg/internal/kit/text"
)

// MaxName is how long a file's name may be, in characters; longer ones are cut.
const MaxName = 120

// CleanName makes a name from outside fit to store, show and save a file under:
// the last part of a path, without control characters and those that some system
// takes for something else, not hidden, at most MaxName characters with its
// extension whole. Letters stay as they are. It is empty when nothing is left.
func CleanName(s string) string {
	if i := strings.LastIndexAny(s, `/\`); i >= 0 {
		s = s[i+1:]
	}
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*;%`, r) || r == utf8.RuneError {
			return '-'
		}
		return r
	}, text.CleanLine(s))
	s = strings.TrimSpace(strings.TrimRight(strings.TrimLeft(s, ". ~"), ". "))
	base, ext := split(s)
	if room := MaxName - utf8.RuneCountInString(ext); utf8.RuneCountInString(base) > room {
		base = strings.TrimRight(string([]rune(base)[:max(room, 0)]), " .")
	}
	return base + ext
}

// split parts a name before the dot of its extension. What is too long for an
// extension is none.
func split(name string) (base, ext string) {
	i := strings.LastIndexByte(name, '.')
	if i <= 0 || len(name)-i > 10 {
		return name, ""
	}
	return name[:i], name[i:]
}
