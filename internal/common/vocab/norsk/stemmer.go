package norsk

import (
	"fmt"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/swedish"
)

// Stemmer returns the stemmer of a language: no, sv, da or en. Words must be folded; Swedish
// ones are given back their ä and ö for the rules, since Fold writes æ and ø.
func Stemmer(lang string) (func(word string) string, error) {
	var rules func(*snowballstem.Env) bool
	switch lang {
	case "no", "nb", "nn":
		return func(word string) string { return Stem(Bokmaal(word)) }, nil
	case "sv":
		rules = swedish.Stem
	case "da":
		rules = danish.Stem
	case "en":
		rules = english.Stem
	default:
		return nil, fmt.Errorf("language %q: want no, sv, da or en", lang)
	}
	return func(word string) string {
		env := snowballstem.NewEnv(word)
		rules(env)
		return env.Current()
	}, nil
}
