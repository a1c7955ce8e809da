package schemaorg

import (
	"bytes"
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
)

// node is a thing of a document with its properties as they were written: each may be one
// value or several, and a value a word or a thing.
type node map[string]json.RawMessage

// IsCourse reports whether JSON is in the words of schema.org, by a context in it.
func IsCourse(data []byte) bool {
	for _, n := range nodes(data) {
		if strings.Contains(string(n["@context"]), "schema.org") {
			return true
		}
	}
	return false
}

// IsPage reports whether a file is a web page by how it begins.
func IsPage(head []byte) bool {
	t := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n"))
	return bytes.HasPrefix(t, []byte("<!doctype html")) || bytes.HasPrefix(t, []byte("<html"))
}

// Scripts are the documents that stand in a web page, as a list in JSON; empty when there are
// none. What is no JSON there is left out.
func Scripts(page []byte) []byte {
	var out []json.RawMessage
	z := html.NewTokenizer(bytes.NewReader(page))
	inside := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			data, err := json.Marshal(out)
			if err != nil || len(out) == 0 {
				return nil
			}
			return data
		case html.StartTagToken:
			t := z.Token()
			inside = false
			for _, a := range t.Attr {
				if t.Data == "script" && a.Key == "type" && strings.HasPrefix(strings.ToLower(a.Val), "application/ld+json") {
					inside = true
				}
			}
		case html.TextToken:
			if text := bytes.TrimSpace(z.Raw()); inside && json.Valid(text) {
				out = append(out, bytes.Clone(text))
			}
		case html.EndTagToken:
			inside = false
		}
	}
}

// maxDepth is how deep lists may stand in lists.
const maxDepth = 5

// nodes are the things of a document, in its order: those of a list, of a graph, of a list of
// items, and what a page is about.
func nodes(data []byte) []node {
	var out []node
	var visit func(json.RawMessage, int)
	visit = func(data json.RawMessage, depth int) {
		data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")), " \t\r\n")
		if depth > maxDepth || len(data) == 0 {
			return
		}
		if data[0] == '[' {
			var list []json.RawMessage
			if json.Unmarshal(data, &list) == nil {
				for _, x := range list {
					visit(x, depth+1)
				}
			}
			return
		}
		var n node
		if json.Unmarshal(data, &n) != nil || n == nil {
			return
		}
		out = append(out, n)
		for _, key := range []string{"@graph", "itemListElement", "item", "mainEntity", "hasCourse"} {
			if more, has := n[key]; has {
				visit(more, depth+1)
			}
		}
	}
	visit(data, 0)
	return out
}

// is reports whether the thing is of one of the types.
func (n node) is(types ...string) bool {
	for _, t := range n.words("@type") {
		t = t[strings.LastIndexAny(t, "/:")+1:]
		for _, want := range types {
			if t == want {
				return true
			}
		}
	}
	return false
}

// words are the values of the property as words: what a thing among them is called.
func (n node) words(key string) []string {
	var out []string
	for _, v := range many(n[key]) {
		if w := word(v); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// word is the first of words, or empty.
func (n node) word(keys ...string) string {
	for _, key := range keys {
		if w := n.words(key); len(w) > 0 {
			return w[0]
		}
	}
	return ""
}

// things are the values of the property that are things.
func (n node) things(key string) []node {
	var out []node
	for _, v := range many(n[key]) {
		var x node
		if json.Unmarshal(v, &x) == nil && x != nil {
			out = append(out, x)
		}
	}
	return out
}

// many are the values, one or several.
func many(v json.RawMessage) []json.RawMessage {
	var list []json.RawMessage
	if json.Unmarshal(v, &list) == nil {
		return list
	}
	if len(v) == 0 || string(v) == "null" {
		return nil
	}
	return []json.RawMessage{v}
}

// word is a value as a word: itself, a number as it is written, or what a thing is called.
func word(v json.RawMessage) string {
	var s string
	if json.Unmarshal(v, &s) == nil {
		return strings.TrimSpace(s)
	}
	var x node
	if json.Unmarshal(v, &x) == nil && x != nil {
		return x.word("@value", "value", "name", "@id", "url")
	}
	return strings.Trim(string(v), `"`)
}
