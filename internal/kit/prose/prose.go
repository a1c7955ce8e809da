package prose

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/text"
)

// Put is what stands in the place of a mark: Blocks where the mark has a paragraph
// of its own, else Text. With neither, the mark stands as it was typed.
type Put struct {
	Blocks []paper.Block
	Text   paper.Inlines
}

// Reader reads texts. The zero Reader reads one whose headings begin at level 2.
type Reader struct {
	// Level is that of the highest heading in the text.
	Level int
	// Table is the caption of a table that has none.
	Table string
	// Base is put before an address of the house ("/behov/…"); without it such a
	// link is its words.
	Base string
	// Mark gives what stands in the place of [[name]].
	Mark func(name string) Put
	// Words are found in running text, and Link gives the address for one; an empty
	// address leaves the word as it is.
	Words *regexp.Regexp
	Link  func(word string) string
}

// markdown is the parser; making one is dear, using it is safe from anywhere.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()

// marks are [[name]].
var marks = regexp.MustCompile(`\[\[([^\[\]\n]{1,120})\]\]`)

// captions begin a paragraph that is the caption of the table below it.
var captions = regexp.MustCompile(`(?i)^(?:tabell|table)(?:\s+\d+)?\s*:\s*(.+)$`)

// sums begin the last row of a table that is added up.
var sums = regexp.MustCompile(`(?i)^(?:sum|totalt?|i alt|til saman|til sammen|tilsammen)\b`)

// maxDepth is how deep quotes and lists are followed; what lies deeper is left out.
const maxDepth = 8

// mostSigns is how many signs of Markdown a paragraph may hold. The parser's time
// grows with the square of them: a page of brackets would take it seconds.
const mostSigns = 2_000

const signs = "[*_<>`"

var plainSigns = strings.NewReplacer(`\`, `\\`, "[", `\[`, "*", `\*`, "_", `\_`, "<", `\<`, ">", `\>`, "`", "\\`")

// tame lets paragraphs of too many signs stand as the words they are.
func tame(source string) string {
	parts := strings.SplitAfter(source, "\n\n")
	for i, p := range parts {
		n := 0
		for _, sign := range []byte(signs) {
			n += strings.Count(p, string(sign))
		}
		if n > mostSigns {
			parts[i] = plainSigns.Replace(p)
		}
	}
	return strings.Join(parts, "")
}

// Marks are the names of the marks in the text, in their order, each once.
func Marks(source string) []string {
	var out []string
	seen := map[string]bool{}
	for _, m := range marks.FindAllStringSubmatch(source, -1) {
		if name := strings.TrimSpace(m[1]); name != "" && !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	return out
}

// Read reads the text into blocks. It never fails, and a document that holds the
// blocks below a heading of the level above passes paper's check.
func (r Reader) Read(source string) []paper.Block {
	if r.Level < 2 {
		r.Level = 2
	}
	w := &walk{Reader: r, source: []byte(tame(text.CleanMultiline(source))), level: r.Level - 1}
	root := markdown.Parse(gmtext.NewReader(w.source))
	return w.blocks(root, 0)
}

// walk is one reading. level is that of the heading before.
type walk struct {
	Reader
	source []byte
	level  int
}

func (w *walk) blocks(parent ast.Node, depth int) []paper.Block {
	var out []paper.Block
	if depth > maxDepth {
		return nil
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			if words := w.inlines(n, depth); !words.IsEmpty() {
				out = append(out, paper.Heading{Level: w.heading(n.Level), Text: words})
			}
		case *ast.Paragraph, *ast.TextBlock:
			out = append(out, w.paragraph(n, depth)...)
		case *ast.List:
			if l := w.list(n, depth); len(l.Items) > 0 {
				out = append(out, l)
			}
		case *ast.Blockquote:
			if body := w.blocks(n, depth+1); len(body) > 0 {
				out = append(out, paper.Box{Body: body})
			}
		case *east.Table:
			caption := w.Table
			if p, ok := last(out).(paper.Paragraph); ok {
				if m := captions.FindStringSubmatch(p.Text.Plain()); m != nil {
					caption, out = m[1], out[:len(out)-1]
				}
			}
			if t := w.table(n, caption, depth); len(t.Rows) > 0 {
				out = append(out, t)
			}
		case *ast.ThematicBreak: // a line: nothing that a reader needs
		default:
			if words := raw(n, w.source); words != "" {
				out = append(out, paper.Paragraph{Text: paper.Lines(strings.Split(words, "\n")...)})
			}
		}
	}
	return out
}

func last(blocks []paper.Block) paper.Block {
	if len(blocks) == 0 {
		return nil
	}
	return blocks[len(blocks)-1]
}

// raw are the lines of code and of HTML, as words.
func raw(n ast.Node, source []byte) string {
	if n.Type() != ast.TypeBlock || n.Lines() == nil {
		return ""
	}
	return strings.TrimSpace(string(n.Lines().Value(source)))
}

// heading is the level that a heading gets: # and ## are the highest, and none is
// skipped on the way down.
func (w *walk) heading(typed int) int {
	level := min(w.Level+max(typed-2, 0), w.level+1, 6)
	w.level = level
	return level
}

func (w *walk) paragraph(n ast.Node, depth int) []paper.Block {
	words := strings.TrimSpace(string(n.Lines().Value(w.source)))
	if m := marks.FindStringSubmatch(words); m != nil && m[0] == words && w.Mark != nil {
		if put := w.Mark(strings.TrimSpace(m[1])); len(put.Blocks) > 0 {
			return put.Blocks
		}
	}
	if in := w.inlines(n, depth); !in.IsEmpty() {
		return []paper.Block{paper.Paragraph{Text: in}}
	}
	return nil
}

// list reads a list; the points of a list within it stand as lines of its point.
func (w *walk) list(n *ast.List, depth int) paper.List {
	out := paper.List{Ordered: n.IsOrdered()}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		if words := w.item(item, depth+1); !words.IsEmpty() {
			out.Items = append(out.Items, words)
		}
	}
	return out
}

func (w *walk) item(item ast.Node, depth int) paper.Inlines {
	var out paper.Inlines
	if depth > maxDepth {
		return nil
	}
	add := func(in paper.Inlines) {
		if in.IsEmpty() {
			return
		}
		if len(out) > 0 {
			out = append(out, paper.Break{})
		}
		out = append(out, in...)
	}
	for n := item.FirstChild(); n != nil; n = n.NextSibling() {
		inner, ok := n.(*ast.List)
		if !ok {
			add(w.inlines(n, depth))
			continue
		}
		for i, sub := 0, inner.FirstChild(); sub != nil; i, sub = i+1, sub.NextSibling() {
			if words := w.item(sub, depth+1); !words.IsEmpty() {
				add(append(paper.T(sign(inner.IsOrdered(), i)), words...))
			}
		}
	}
	return out
}

// sign stands before a point within a point.
func sign(ordered bool, i int) string {
	if ordered && i < 26 {
		return string(rune('a'+i)) + ") "
	}
	return "– "
}

func (w *walk) table(n *east.Table, caption string, depth int) paper.Table {
	out := paper.Table{Caption: caption, RowHeads: true}
	if strings.TrimSpace(caption) == "" {
		out.Caption = "–"
	}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []paper.Inlines
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells = append(cells, w.inlines(cell, depth))
		}
		if _, head := row.(*east.TableHeader); head {
			for _, c := range cells {
				title := strings.TrimSpace(c.Plain())
				if title == "" {
					title = "–"
				}
				out.Columns = append(out.Columns, paper.Column{Title: title})
			}
			continue
		}
		for len(cells) < len(out.Columns) {
			cells = append(cells, nil)
		}
		cells = cells[:len(out.Columns)]
		out.RowHeads = out.RowHeads && !cells[0].IsEmpty()
		out.Rows = append(out.Rows, cells)
	}
	shape(&out)
	return out
}

// shape finds the total of a table and the columns of numbers.
func shape(t *paper.Table) {
	for i := range t.Columns {
		numbers := 0
		for _, row := range t.Rows {
			if words := row[i].Plain(); IsNumber(words) {
				numbers++
			} else if strings.TrimSpace(words) != "" {
				numbers = -len(t.Rows) - 1
			}
		}
		t.Columns[i].Number = numbers > 0
	}
	if n := len(t.Rows); n > 1 && sums.MatchString(strings.TrimSpace(t.Rows[n-1][0].Plain())) {
		t.Sum, t.Rows = t.Rows[n-1], t.Rows[:n-1]
	}
}

// IsNumber reports whether the words are an amount or another number as people
// write them in a table.
func IsNumber(words string) bool {
	_, ok := Amount(words)
	return ok
}

// Amount is the number in the cell of a table, in hundredths, and whether there is
// one.
func Amount(words string) (money.NOK, bool) {
	words = strings.TrimSpace(words)
	if words == "" || !strings.ContainsAny(words, "0123456789") {
		return 0, false
	}
	n, err := money.Parse(words)
	return n, err == nil
}

// inlines reads running text. Pieces of plain text are put together before marks
// are looked for: Markdown parts them at every bracket.
func (w *walk) inlines(n ast.Node, depth int) paper.Inlines {
	var out paper.Inlines
	if depth > maxDepth {
		return nil
	}
	var plain strings.Builder
	flush := func() {
		out = append(out, w.words(plain.String())...)
		plain.Reset()
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			plain.WriteString(unescape(c.Segment.Value(w.source)))
			if c.HardLineBreak() {
				flush()
				out = append(out, paper.Break{})
			} else if c.SoftLineBreak() {
				plain.WriteByte(' ')
			}
		case *ast.String:
			plain.Write(c.Value)
		case *ast.Emphasis:
			flush()
			if in := w.inlines(c, depth+1); in.IsEmpty() {
				continue
			} else if c.Level > 1 {
				out = append(out, paper.Strong{Text: in})
			} else {
				out = append(out, paper.Emphasis{Text: in})
			}
		case *ast.Link:
			flush()
			out = append(out, w.link(string(c.Destination), w.plain(c))...)
		case *ast.AutoLink:
			flush()
			href := string(c.URL(w.source))
			if c.AutoLinkType == ast.AutoLinkEmail {
				href = "mailto:" + href
			}
			out = append(out, w.link(href, string(c.Label(w.source)))...)
		default: // code, pictures, HTML: their words
			plain.WriteString(w.plain(c))
		}
	}
	flush()
	return out
}

// plain is the text within a node without its shape.
func (w *walk) plain(n ast.Node) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				b.WriteString(unescape(n.Segment.Value(w.source)))
			}
		case *ast.RawHTML:
			if entering {
				b.Write(n.Segments.Value(w.source))
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// link is a link where a paper may lead, else its words.
func (w *walk) link(href, words string) paper.Inlines {
	if strings.TrimSpace(words) == "" {
		words = href
	}
	if IsLocal(href) && w.Base != "" {
		href = strings.TrimSuffix(w.Base, "/") + href
	}
	return paper.LinkOrText(href, words)
}

// IsLocal reports whether an address is a path of the house itself.
func IsLocal(href string) bool {
	return strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "//") && !strings.Contains(href, `\`)
}

// words are plain text with the marks filled in and the known words as links.
func (w *walk) words(s string) paper.Inlines {
	var out paper.Inlines
	for s != "" {
		at := marks.FindStringSubmatchIndex(s)
		if at == nil || w.Mark == nil {
			break
		}
		out = append(out, w.known(s[:at[0]])...)
		if put := w.Mark(strings.TrimSpace(s[at[2]:at[3]])); len(put.Text) > 0 {
			out = append(out, put.Text...)
		} else {
			out = append(out, paper.T(s[at[0]:at[1]])...)
		}
		s = s[at[1]:]
	}
	return append(out, w.known(s)...)
}

func (w *walk) known(s string) paper.Inlines {
	if w.Words == nil || w.Link == nil {
		return paper.T(s)
	}
	var out paper.Inlines
	from := 0
	for _, at := range w.Words.FindAllStringIndex(s, -1) {
		href := w.Link(s[at[0]:at[1]])
		if href == "" {
			continue
		}
		out = append(append(out, paper.T(s[from:at[0]])...), w.link(href, s[at[0]:at[1]])...)
		from = at[1]
	}
	return append(out, paper.T(s[from:])...)
}

// unescape reads Markdown's escapes and entities.
func unescape(b []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(b))))
}

// Links are the addresses that the text leads to, in their order, each once.
func Links(source string) []string {
	var out []string
	seen := map[string]bool{}
	add := func(href string) {
		if href != "" && !seen[href] {
			seen[href] = true
			out = append(out, href)
		}
	}
	src := []byte(tame(text.CleanMultiline(source)))
	_ = ast.Walk(markdown.Parse(gmtext.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			add(string(n.Destination))
		case *ast.AutoLink:
			add(string(n.URL(src)))
		}
		return ast.WalkContinue, nil
	})
	return out
}
