package paper

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// Style is how the body of a document looks, on a page of the house too.
//
//go:embed paper.css
var Style string

// sheetStyle is for a page of its own and for paper.
//
//go:embed sheet.css
var sheetStyle string

// HTML draws the document as one page that holds all it needs: title, language,
// landmarks, and a style of its own for screen and paper. A document with
// problems is an error.
func (d Document) HTML() ([]byte, error) { return d.page(drawing{scroll: true}) }

// Inner draws what stands below the title, for a page that has the title already
// as its level 1 heading. What it gives is HTML without scripts or addresses of
// its own accord.
func (d Document) Inner() (string, error) {
	if err := d.err(); err != nil {
		return "", err
	}
	var b bytes.Buffer
	for _, n := range (&drawing{scroll: true}).body(d) {
		if err := html.Render(&b, n); err != nil {
			return "", fmt.Errorf("paper: draw: %w", err)
		}
	}
	return b.String(), nil
}

// page draws the whole page.
func (d Document) page(how drawing) ([]byte, error) {
	if err := d.err(); err != nil {
		return nil, err
	}
	head := el("head", nil, el("meta", attrs{"charset", "utf-8"}), el("title", nil, text(d.Title)),
		el("meta", attrs{"name", "viewport", "content", "width=device-width, initial-scale=1"}))
	if d.System != "" {
		head.AppendChild(el("meta", attrs{"name", "author", "content", clean(d.System)}))
		head.AppendChild(el("meta", attrs{"name", "generator", "content", clean(d.System)}))
	}
	if !d.MadeAt.IsZero() {
		made := d.MadeAt.String()[:len("2006-01-02T15:04:05")] + "Z"
		head.AppendChild(el("meta", attrs{"name", "dcterms.created", "content", made}))
		head.AppendChild(el("meta", attrs{"name", "dcterms.modified", "content", made}))
	}
	head.AppendChild(el("style", nil, &html.Node{Type: html.TextNode, Data: Style + sheetStyle}))
	main := el("main", attrs{"class", "paper"})
	if !how.word {
		main.AppendChild(el("h1", nil, text(d.Title)))
	}
	for _, n := range how.body(d) {
		main.AppendChild(n)
	}
	root := &html.Node{Type: html.DocumentNode}
	root.AppendChild(&html.Node{Type: html.DoctypeNode, Data: "html"})
	root.AppendChild(el("html", attrs{"lang", string(d.Lang)}, head, el("body", nil, main)))
	var b bytes.Buffer
	if err := html.Render(&b, root); err != nil {
		return nil, fmt.Errorf("paper: draw: %w", err)
	}
	return b.Bytes(), nil
}

// drawing is how a document is drawn, and what has been counted so far.
type drawing struct {
	scroll   bool // wide tables scroll: on a screen
	word     bool // for Word, where the title is the file's own
	pdf      bool // for WeasyPrint
	headings int
	under    string         // the last heading
	regions  map[string]int // the labels of scrolling tables, which must differ
}

func (g *drawing) body(d Document) []*html.Node {
	var out []*html.Node
	if len(d.About) > 0 {
		list := definitions(d.About)
		list.Attr = append(list.Attr, html.Attribute{Key: "class", Val: "paper-about"})
		if d.Words.About != "" {
			list.Attr = append(list.Attr, html.Attribute{Key: "aria-label", Val: clean(d.Words.About)})
		}
		out = append(out, list)
	}
	return append(out, g.blocks(d, d.Body)...)
}

func (g *drawing) blocks(d Document, list []Block) []*html.Node {
	var out []*html.Node
	for _, b := range list {
		if n := g.block(d, b); n != nil {
			out = append(out, n)
		}
	}
	return out
}

func (g *drawing) block(d Document, b Block) *html.Node {
	switch b := b.(type) {
	case Heading:
		g.headings++
		g.under = b.Text.Plain()
		return el("h"+strconv.Itoa(b.Level), attrs{"id", headingID(g.headings)}, inlines(b.Text)...)
	case Paragraph:
		return el("p", nil, inlines(b.Text)...)
	case List:
		name := "ul"
		if b.Ordered {
			name = "ol"
		}
		list := el(name, nil)
		for _, item := range b.Items {
			list.AppendChild(el("li", nil, inlines(item)...))
		}
		return list
	case Definitions:
		return definitions(b.Items)
	case Table:
		return g.table(b)
	case Figure:
		return g.figure(b)
	case Box:
		box := el("div", attrs{"class", "paper-box"})
		if b.Title != "" {
			box.AppendChild(el("p", nil, el("strong", nil, text(b.Title))))
		}
		for _, n := range g.blocks(d, b.Body) {
			box.AppendChild(n)
		}
		return box
	case Contents:
		return contents(d)
	case PageBreak:
		return el("div", attrs{"class", "paper-break"})
	}
	return nil
}

func headingID(n int) string { return "del-" + strconv.Itoa(n) }

// contents lists the headings of levels 2 and 3, nil where that helps nobody.
func contents(d Document) *html.Node {
	list, n := el("ul", nil), 0
	var sub *html.Node
	for _, h := range headings(d.Body) {
		n++
		item := el("li", nil, el("a", attrs{"href", "#" + headingID(n)}, text(h.Text.Plain())))
		switch {
		case h.Level == 2:
			list.AppendChild(item)
			sub = nil
		case h.Level == 3 && list.LastChild != nil:
			if sub == nil {
				sub = el("ul", nil)
				list.LastChild.AppendChild(sub)
			}
			sub.AppendChild(item)
		}
	}
	if n < 2 {
		return nil
	}
	return el("nav", attrs{"class", "paper-contents", "aria-label", clean(d.Words.Contents)}, el("p", nil, el("strong", nil, text(d.Words.Contents))), list)
}

// headings are those of the blocks in the order they are drawn.
func headings(list []Block) []Heading {
	var out []Heading
	for _, b := range list {
		switch b := b.(type) {
		case Heading:
			out = append(out, b)
		case Box:
			out = append(out, headings(b.Body)...)
		}
	}
	return out
}

func definitions(items []Definition) *html.Node {
	list := el("dl", nil)
	for _, d := range items {
		list.AppendChild(el("dt", nil, text(d.Term)))
		for _, line := range d.Lines {
			list.AppendChild(el("dd", nil, inlines(line)...))
		}
	}
	return list
}

func (g *drawing) table(t Table) *html.Node {
	head := el("tr", g.role("row"))
	for _, c := range t.Columns {
		head.AppendChild(el("th", g.numbered(append(attrs{"scope", "col"}, g.role("columnheader")...), c.Number), text(c.Title)))
	}
	body := el("tbody", g.role("rowgroup"))
	for _, row := range t.Rows {
		body.AppendChild(g.line(t, row, t.RowHeads))
	}
	table := el("table", g.role("table"), el("caption", nil, text(t.Caption)), el("thead", g.role("rowgroup"), head), body)
	if len(t.Sum) > 0 {
		table.AppendChild(el("tfoot", g.role("rowgroup"), g.line(t, t.Sum, true)))
	}
	if !g.scroll {
		return table
	}
	return el("div", attrs{"class", "paper-scroll", "role", "region", "tabindex", "0", "aria-label", clean(g.label(t.Caption))}, table)
}

// label is the caption, with the heading it stands under, and at last a number, where an
// earlier table has the same.
func (g *drawing) label(caption string) string {
	if g.regions == nil {
		g.regions = map[string]int{}
	}
	g.regions[caption]++
	if g.regions[caption] == 1 {
		return caption
	}
	long := caption + ", " + g.under
	g.regions[long]++
	if n := g.regions[long]; n > 1 {
		return long + " (" + strconv.Itoa(n) + ")"
	}
	return long
}

func (g *drawing) line(t Table, cells []Inlines, head bool) *html.Node {
	row := el("tr", g.role("row"))
	for i, cell := range cells {
		name, a := "td", g.role("cell")
		if head && i == 0 {
			name, a = "th", append(attrs{"scope", "row"}, g.role("rowheader")...)
		} else if g.scroll {
			a = append(a, "data-label", clean(t.Columns[i].Title))
		}
		row.AppendChild(el(name, g.numbered(a, t.Columns[i].Number), inlines(cell)...))
	}
	return row
}

// role says of what is drawn on a screen what it is in a table: on a phone the
// style draws rows as cards, and browsers forget.
func (g *drawing) role(name string) attrs {
	if !g.scroll {
		return nil
	}
	return attrs{"role", name}
}

func (g *drawing) numbered(a attrs, number bool) attrs {
	switch {
	case number && g.word:
		return append(a, "align", "right")
	case number:
		return append(a, "class", "paper-number")
	}
	return a
}

// figure draws the picture as data of an img: a drawing cannot run or fetch
// anything there.
func (g *drawing) figure(f Figure) *html.Node {
	src := "data:" + f.Type + ";base64," + base64.StdEncoding.EncodeToString(f.Data)
	img := el("img", attrs{"src", src, "alt", clean(f.Alt)})
	var out *html.Node
	if g.word { // pandoc takes the caption of a figure for the words of its picture
		out = el("div", nil, el("p", nil, img), el("p", nil, text(f.Caption)))
	} else if out = el("figure", nil, img); f.Caption != "" {
		out.AppendChild(el("figcaption", nil, text(f.Caption)))
	}
	if g.pdf { // WeasyPrint 57 leaves the words of pictures out
		out.AppendChild(el("p", attrs{"class", "paper-note"}, text(f.Alt)))
	}
	if f.Table == nil {
		return out
	}
	return el("div", nil, out, g.table(*f.Table))
}

func inlines(in Inlines) []*html.Node {
	var out []*html.Node
	for _, x := range in {
		switch x := x.(type) {
		case Text:
			out = append(out, text(string(x)))
		case Strong:
			out = append(out, el("strong", nil, inlines(x.Text)...))
		case Emphasis:
			out = append(out, el("em", nil, inlines(x.Text)...))
		case Link:
			out = append(out, el("a", attrs{"href", x.Href}, inlines(x.Text)...))
		case Break:
			out = append(out, el("br", nil))
		case Live:
			out = append(out, el("span", attrs{"class", "paper-live"}, text(x.Value+" "),
				el("span", attrs{"class", "paper-note"}, text(x.Note))))
		}
	}
	return out
}

// attrs are names and values in turn.
type attrs []string

func el(name string, a attrs, children ...*html.Node) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: name}
	for i := 0; i+1 < len(a); i += 2 {
		n.Attr = append(n.Attr, html.Attribute{Key: a[i], Val: a[i+1]})
	}
	for _, c := range children {
		n.AppendChild(c)
	}
	return n
}

func text(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: clean(s)} }

// clean leaves out what no document may hold: control characters, and bytes
// that are no text.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < ' ', r >= 0x7f && r < 0xa0, r == 0xfffe, r == 0xffff:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// selfContained refuses a page that would ask for something outside itself or
// run something. All that is drawn here passes; it guards the programs that the
// page is given to.
func selfContained(page []byte) error {
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() == io.EOF {
				return nil
			}
			return z.Err()
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			switch t.Data {
			case "script", "link", "iframe", "object", "embed", "base", "video", "audio", "svg", "form":
				return fmt.Errorf("paper: the page holds <%s>", t.Data)
			}
			for _, a := range t.Attr {
				fetched := a.Key == "src" || a.Key == "srcset" || a.Key == "background" || a.Key == "poster"
				if fetched && !strings.HasPrefix(a.Val, "data:image/") || strings.HasPrefix(a.Key, "on") || a.Key == "style" {
					return fmt.Errorf("paper: <%s> has %s=%.40q", t.Data, a.Key, a.Val)
				}
			}
		}
	}
}
