package org

import (
	"slices"
	"strings"
	"unicode"
)

// lowWords are written small inside a name.
var lowWords = []string{"og", "i", "på", "for", "av", "til", "ved", "med", "der", "den", "det", "under", "over", "avd", "avdeling"}

// Written writes a name of the register, which is all capitals, as people do:
// "EKSEMPEL SAG OG HØVLERI AS" is "Eksempel Sag og Høvleri AS". Company forms,
// words without a vowel and words with a digit stay as they are, and so does a
// name that is not all capitals.
func Written(name string) string {
	if strings.ContainsFunc(name, unicode.IsLower) {
		return name
	}
	words := strings.Fields(name)
	for i, w := range words {
		low := strings.ToLower(w)
		switch {
		case i > 0 && slices.Contains(lowWords, low):
			words[i] = low
		case slices.Contains(companyForms, low) && (i > 0 || len(words) == 1), !strings.ContainsAny(low, "aeiouyæøåéèöäü"), strings.ContainsAny(low, "0123456789"):
		default:
			words[i] = capitals(low)
		}
	}
	return strings.Join(words, " ")
}

// capitals begins each part of a word with a capital letter: the parts of
// "midtre-gauldal" and "a/s" alike.
func capitals(s string) string {
	begin := true
	return strings.Map(func(r rune) rune {
		was := begin
		begin = strings.ContainsRune("-/.&(", r)
		if was {
			return unicode.ToUpper(r)
		}
		return r
	}, s)
}
