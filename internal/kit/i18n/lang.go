package i18n

import "strings"

// Lang is a language of the interface.
type Lang string

// The languages, in the order they are offered. Default is nb.
const (
	NB Lang = "nb"
	NN Lang = "nn"
	EN Lang = "en"

	Default = NB
)

// Langs lists the languages in the order they are offered.
func Langs() []Lang { return []Lang{NB, NN, EN} }

// ParseLang gives the language with that code, and whether there is one.
// "no" and "nb-NO" count as nb: browsers send both.
func ParseLang(s string) (Lang, bool) {
	base, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(s)), "-")
	switch base {
	case "nb", "no":
		return NB, true
	case "nn":
		return NN, true
	case "en":
		return EN, true
	}
	return Default, false
}

// Negotiate picks the language for a reader: the chosen one if it is known,
// else the first known one of Accept-Language (in the order written, which is
// how browsers sort it), else nb. Danish and Swedish readers get nb.
func Negotiate(chosen, acceptLanguage string) Lang {
	if l, ok := ParseLang(chosen); ok {
		return l
	}
	for part := range strings.SplitSeq(acceptLanguage, ",") {
		tag, _, _ := strings.Cut(part, ";")
		if l, ok := ParseLang(tag); ok {
			return l
		}
		if base, _, _ := strings.Cut(strings.TrimSpace(tag), "-"); base == "da" || base == "sv" {
			return NB
		}
	}
	return Default
}

// Text is a text that may exist in several languages, such as a programme's
// title. At least one is set.
type Text struct {
	NB string `json:"nb,omitempty"`
	NN string `json:"nn,omitempty"`
	EN string `json:"en,omitempty"`
}

// In gives the text in the language, or in the first language it has, with
// that language's code, so that a page can mark a fallback with lang="…".
func (t Text) In(l Lang) (string, Lang) {
	for _, try := range []Lang{l, NB, NN, EN} {
		if s := t.get(try); s != "" {
			return s, try
		}
	}
	return "", l
}

// String is the text in nb, or in the first language it has.
func (t Text) String() string { s, _ := t.In(NB); return s }

func (t Text) get(l Lang) string {
	switch l {
	case NN:
		return t.NN
	case EN:
		return t.EN
	default:
		return t.NB
	}
}
