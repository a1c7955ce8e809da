package paper

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// FuzzPaper puts any text wherever text can stand, by hand and by a template:
// what is drawn parses to the same words, and holds nothing that runs, fetches or
// leads where a document may not.
func FuzzPaper(f *testing.F) {
	for _, s := range []string{"", "<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "javascript:alert(1)", "{{note}}", "{{if note}}", "](file:///etc/passwd)",
		"</style><style>@import 'https://x.no'", "--><!--", "\x00\x1b[31m", "\xff\xfe", "<![CDATA[", "]]>", "&lt;script&gt;", "https://example.no/\"onclick=x", "æøå\u202e", "</title>", "&#0;"} {
		f.Add(s, s)
	}
	set, err := Load("", kind(template1))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if strings.TrimSpace(clean(a)) == "" || strings.TrimSpace(clean(b)) == "" {
			return // is a problem, not a document
		}
		d, err := set.Fill("sak", "nb", Values{"subject": Text(a), "who": LinkOrText(b, a), "note": Text(b), "count": Text(a), "tables": Blocks{
			H(3, b), P(a), Paragraph{append(LinkOrText(a, b), Strong{T(b)}, Emphasis{T(a)})}, List{Items: []Inlines{T(a), T(b)}}, Definitions{[]Definition{Term(a, b)}},
			Table{Caption: a, RowHeads: true, Columns: []Column{{Title: b}}, Rows: [][]Inlines{{T(a)}}}, Box{b, []Block{P(a)}},
			Figure{Type: "image/png", Data: []byte(a), Alt: b, Caption: a}}})
		if err != nil {
			t.Fatal(err)
		}
		d.System, d.Words, d.About = a, Words{Contents: b, About: a}, []Definition{Term(b, a)}
		if len(d.Check()) > 0 {
			return // words of marks alone: refused, not drawn
		}
		page, err := d.HTML()
		if err != nil {
			t.Fatal(err)
		}
		harmless(t, page)
	})
}

// harmless parses the page as a browser does.
func harmless(t *testing.T, page []byte) {
	t.Helper()
	if err := selfContained(page); err != nil {
		t.Fatal(err)
	}
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	known := " html head meta title style body main nav p strong em ul ol li a br h1 h2 h3 dl dt dd div span table caption thead tbody tfoot tr th td figure img figcaption "
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.CommentNode:
			t.Fatalf("a comment: %q", n.Data)
		case n.Type != html.ElementNode:
			continue
		case !strings.Contains(known, " "+n.Data+" "):
			t.Fatalf("<%s> in the page", n.Data)
		case n.Data == "style" && n.FirstChild.Data != Style+sheetStyle:
			t.Fatalf("the style is %q", n.FirstChild.Data)
		}
		for _, a := range n.Attr {
			switch a.Key {
			case "href":
				if !strings.HasPrefix(a.Val, "#del-") && !IsSafe(a.Val) {
					t.Fatalf("leads to %q", a.Val)
				}
			case "src":
				if !strings.HasPrefix(a.Val, "data:image/png;base64,") {
					t.Fatalf("shows %q", a.Val)
				}
			case "id", "class", "alt", "scope", "lang", "charset", "name", "content", "role", "tabindex", "aria-label":
			default:
				t.Fatalf("<%s %s>", n.Data, a.Key)
			}
		}
	}
}

// FuzzTemplate reads any file as a template: it is refused with a line, or fills
// to blocks that hold no hole any more.
func FuzzTemplate(f *testing.F) {
	f.Add(template1)
	f.Add("---\ntitle: t\n---\n{{if note}}\n{{end}}\n> > x\n\n1. a\n2. b\n\n***\n")
	f.Fuzz(func(t *testing.T, text string) {
		k := kind("")
		tpl, err := parse("sak.nb.md", []byte(text), k)
		if err != nil {
			fe, ok := err.(FileError)
			if !ok || fe.Line < 1 || fe.Line > strings.Count(text, "\n")+1 {
				t.Fatalf("error without a line of the file: %v", err)
			}
			return
		}
		d := Document{Title: "t", Lang: "nb", Body: Values{"subject": Text("s"), "who": Text("w"), "note": Text("n"), "count": Text("c"), "tables": Blocks{P("x")}}.blocks(tpl.body)}
		for _, p := range d.Check() {
			if strings.Contains(p.What, "unknown") || strings.Contains(p.What, "link to") {
				t.Fatal(p)
			}
		}
	})
}
