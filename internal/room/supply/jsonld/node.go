package jsonld

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"kompetansetorg/internal/kit/clock"
)

// Node is a thing of a document with its properties as they were written.
type Node map[string]json.RawMessage

// UnmarshalJSON reads a thing. Properties keep their names and have that of their term too,
// where no other has it.
func (n *Node) UnmarshalJSON(data []byte) error {
	var written map[string]json.RawMessage
	if err := json.Unmarshal(data, &written); err != nil || written == nil {
		return err
	}
	out := maps.Clone(written)
	for _, key := range slices.Sorted(maps.Keys(written)) {
		name := term(key)
		if name == "id" || name == "type" {
			name = "@" + name
		}
		if _, has := out[name]; !has {
			out[name] = written[key]
		}
	}
	*n = out
	return nil
}

// term is a name without what stands before it.
func term(name string) string { return name[strings.LastIndexAny(name, "/#:")+1:] }

// maxDepth is how deep lists may stand in lists, and things in what a word is taken from.
const maxDepth = 5

// Nodes are the things of a document, in its order: those of a list, of a graph, and those that
// stand in the properties.
func Nodes(data []byte, properties ...string) []Node {
	var out []Node
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
		var n Node
		if json.Unmarshal(data, &n) != nil || n == nil {
			return
		}
		out = append(out, n)
		for _, key := range append([]string{"@graph"}, properties...) {
			visit(n[key], depth+1)
		}
	}
	visit(data, 0)
	return out
}

// Speaks reports whether the context or the type of a thing among them names the vocabulary.
func Speaks(nodes []Node, vocabulary string) bool {
	return slices.ContainsFunc(nodes, func(n Node) bool {
		return bytes.Contains(n["@context"], []byte(vocabulary)) || slices.ContainsFunc(n.Words("@type"), func(t string) bool { return strings.Contains(t, vocabulary) })
	})
}

// Has reports whether the thing has one of the properties.
func (n Node) Has(keys ...string) bool {
	return slices.ContainsFunc(keys, func(key string) bool { return len(n[key]) > 0 })
}

// Types are what the thing is, as terms.
func (n Node) Types() []string {
	out := n.Words("@type")
	for i, t := range out {
		out[i] = term(t)
	}
	return out
}

// Is reports whether the thing is of one of the types.
func (n Node) Is(types ...string) bool {
	return slices.ContainsFunc(n.Types(), func(t string) bool { return slices.Contains(types, t) })
}

// Address is the thing's own, empty when it has none that is its own outside the document.
func (n Node) Address() string {
	if at := n.Word("@id"); strings.Contains(at, ":") && !strings.HasPrefix(at, "_:") {
		return at
	}
	return ""
}

// Words are the values of the property as words: what a thing among them is called.
func (n Node) Words(key string) []string { return n.words(key, 0) }

func (n Node) words(key string, depth int) []string {
	var out []string
	for _, v := range values(n[key]) {
		if w := word(v, depth); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// Word is the first word of the first property that has any, or empty.
func (n Node) Word(keys ...string) string { return n.first(0, keys...) }

func (n Node) first(depth int, keys ...string) string {
	for _, key := range keys {
		if w := n.words(key, depth); len(w) > 0 {
			return w[0]
		}
	}
	return ""
}

// Day is a word that is a day or a moment. A moment without its zone is the day that it says.
func (n Node) Day(keys ...string) string {
	s := n.Word(keys...)
	if _, err := clock.ParseTime(s); err != nil && len(s) > len("2006-01-02") && s[4] == '-' && s[7] == '-' {
		return s[:len("2006-01-02")]
	}
	return s
}

// Things are the values of the property that are things.
func (n Node) Things(key string) []Node {
	var out []Node
	for _, v := range values(n[key]) {
		var x Node
		if json.Unmarshal(v, &x) == nil && x != nil {
			out = append(out, x)
		}
	}
	return out
}

// Thing is the first of Things, or one without properties.
func (n Node) Thing(key string) Node {
	for _, x := range n.Things(key) {
		return x
	}
	return nil
}

// values are the values, one or several.
func values(v json.RawMessage) []json.RawMessage {
	var list []json.RawMessage
	if json.Unmarshal(v, &list) == nil {
		return list
	}
	if len(v) == 0 {
		return nil
	}
	return []json.RawMessage{v}
}

// word is a value as a word: itself, a number as it is written, or what a thing is called.
func word(v json.RawMessage, depth int) string {
	var s string
	var number json.Number
	var x Node
	switch {
	case json.Unmarshal(v, &s) == nil:
		return strings.TrimSpace(s)
	case json.Unmarshal(v, &number) == nil:
		return number.String()
	case depth < maxDepth && json.Unmarshal(v, &x) == nil:
		return x.first(depth+1, "@value", "value", "name", "@id", "url")
	}
	return ""
}
