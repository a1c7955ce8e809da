package sitetest

import (
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// All lists the texts of the elements that the CSS selector finds, white space
// squeezed.
func (p Page) All(selector string) []string {
	if p.Doc == nil {
		return nil
	}
	var out []string
	for _, n := range cascadia.QueryAll(p.Doc, cascadia.MustCompile(selector)) {
		out = append(out, textOf(n))
	}
	return out
}

// Text is the text of the first element that the selector finds, "" for none.
func (p Page) Text(selector string) string {
	if all := p.All(selector); len(all) > 0 {
		return all[0]
	}
	return ""
}

// Has reports whether the selector finds anything.
func (p Page) Has(selector string) bool { return len(p.All(selector)) > 0 }

// Attr is an attribute of the first element that the selector finds.
func (p Page) Attr(selector, name string) string {
	if p.Doc == nil {
		return ""
	}
	if n := cascadia.Query(p.Doc, cascadia.MustCompile(selector)); n != nil {
		for _, a := range n.Attr {
			if a.Key == name {
				return a.Val
			}
		}
	}
	return ""
}

// Attrs lists an attribute of all elements that the selector finds, in order;
// "" for those that have none.
func (p Page) Attrs(selector, name string) []string {
	if p.Doc == nil {
		return nil
	}
	var out []string
	for _, n := range cascadia.QueryAll(p.Doc, cascadia.MustCompile(selector)) {
		value := ""
		for _, a := range n.Attr {
			if a.Key == name {
				value = a.Val
			}
		}
		out = append(out, value)
	}
	return out
}

func textOf(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data + " ")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}
