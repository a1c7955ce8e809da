package jsonld

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"

	"kompetansetorg/internal/room/supply/oeapi"
)

// Texts are those of the property, one of a language, each in the language that it says or
// the one given.
func (n Node) Texts(key, language string) []oeapi.Text {
	var out []oeapi.Text
	for _, list := range n.Each(key, language) {
		for _, t := range list {
			if !slices.ContainsFunc(out, func(x oeapi.Text) bool { return x.Language == t.Language }) {
				out = append(out, t)
			}
		}
	}
	return out
}

// Each are the texts of each value of the property by itself.
func (n Node) Each(key, language string) [][]oeapi.Text {
	var out [][]oeapi.Text
	for _, v := range values(n[key]) {
		if t := texts(v, language); len(t) > 0 {
			out = append(out, t)
		}
	}
	return out
}

// texts are a word, a word in a language, words by language, or what a thing is called. A
// number is no text.
func texts(v json.RawMessage, language string) []oeapi.Text {
	var s string
	var x Node
	switch {
	case json.Unmarshal(v, &s) == nil:
		return text(language, s)
	case json.Unmarshal(v, &x) != nil:
		return nil
	case x.Word("@language") != "":
		language = x.Word("@language")
	}
	if called := word(v, 0); called != "" {
		return text(language, called)
	}
	var out []oeapi.Text
	for _, key := range slices.Sorted(maps.Keys(x)) {
		if tag.MatchString(key) {
			out = append(out, text(key, strings.Join(x.Words(key), "\n"))...)
		}
	}
	return out
}

// tag is the name of a language.
var tag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z]+)*$`)

func text(language, s string) []oeapi.Text {
	if s = strings.TrimSpace(s); s == "" {
		return nil
	}
	return []oeapi.Text{{Language: language, Value: s}}
}
