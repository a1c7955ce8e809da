package schemaorg

import (
	"bytes"
	"encoding/json"
	"strings"

	"golang.org/x/net/html"

	"kompetansetorg/internal/room/supply/jsonld"
)

// IsCourse reports whether JSON is in the words of schema.org, by a context or a type in it.
func IsCourse(data []byte) bool {
	return jsonld.Speaks(nodes(data), "schema.org")
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
