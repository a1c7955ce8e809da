package paper

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// holes are {{name}} in a template's text; marks are what stands alone on a line.
var (
	holes = regexp.MustCompile(`\{\{\s*([a-z][a-z0-9_]*)\s*\}\}`)
	marks = regexp.MustCompile(`^\{\{\s*(end|(?:if|if not)\s+([a-z][a-z0-9_]*)|[a-z][a-z0-9_]*)\s*\}\}$`)
)

// contentsMark is where the list of contents stands.
const contentsMark = "contents"

// parser reads one file: Markdown, of which a template may use headings from
// level 2, paragraphs, strong and stressed text, links, lists, quotes (a box) and
// a line (a new page).
type parser struct {
	kind   Kind
	file   string
	source []byte // after the front matter
	lines  int    // of the front matter
}

func parse(file string, source []byte, k Kind) (template, error) {
	p := &parser{kind: k, file: file}
	title, err := p.front(bytes.ReplaceAll(source, []byte("\r\n"), []byte("\n")))
	if err != nil {
		return template{}, err
	}
	t := template{}
	if t.title, err = p.split(title, 2); err != nil {
		return template{}, err
	}
	root := goldmark.DefaultParser().Parse(gmtext.NewReader(p.source))
	var nodes []ast.Node
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		nodes = append(nodes, n)
	}
	body, rest, err := p.blocks(nodes, false)
	if err == nil && len(rest) > 0 {
		err = p.at(rest[0], "{{end}} without {{if}}")
	}
	t.body = body
	return t, err
}

// front reads the lines above the text: --- , title: …, ---.
func (p *parser) front(source []byte) (title string, err error) {
	lines := strings.Split(strings.TrimPrefix(string(source), "\ufeff"), "\n")
	if strings.TrimSpace(lines[0]) != "---" {
		return "", FileError{p.file, 1, `the first line is "---", then "title: …" and "---"`}
	}
	for i, line := range lines[1:] {
		nr := i + 2
		line = strings.TrimSpace(line)
		if line == "---" {
			if title == "" {
				return "", FileError{p.file, nr, "no title above"}
			}
			p.lines, p.source = nr, []byte(strings.Join(lines[nr:], "\n"))
			return title, nil
		}
		key, value, _ := strings.Cut(line, ":")
		if key != "title" && line != "" {
			return "", FileError{p.file, nr, fmt.Sprintf("unknown line %q; only title is known", key)}
		}
		if line != "" {
			title = strings.TrimSpace(value)
		}
	}
	return "", FileError{p.file, len(lines), `the lines at the top have no "---" after them`}
}

// at is an error at the node's line.
func (p *parser) at(n ast.Node, format string, args ...any) error {
	return FileError{p.file, p.line(n), fmt.Sprintf(format, args...)}
}

func (p *parser) line(n ast.Node) int {
	for x := n; x != nil; x = x.Parent() {
		if x.Type() == ast.TypeBlock && x.Lines() != nil && x.Lines().Len() > 0 {
			return p.lines + 1 + bytes.Count(p.source[:x.Lines().At(0).Start], []byte("\n"))
		}
	}
	if prev := n.PreviousSibling(); prev != nil {
		return p.line(prev)
	}
	return p.lines + 1
}

// blocks reads nodes to the end, or inside a condition to its {{end}}; rest is
// what follows, beginning with that mark.
func (p *parser) blocks(nodes []ast.Node, inside bool) (out []Block, rest []ast.Node, err error) {
	for i := 0; i < len(nodes); i++ {
		n := nodes[i]
		mark, name := p.mark(n)
		switch {
		case mark == "end":
			return out, nodes[i:], nil
		case strings.HasPrefix(mark, "if "):
			if inside {
				return nil, nil, p.at(n, "{{if}} within {{if}}")
			}
			if err := p.known(n, name, p.kind.Values, p.kind.Blocks); err != nil {
				return nil, nil, err
			}
			body, after, err := p.blocks(nodes[i+1:], true)
			if err == nil && len(after) == 0 {
				err = p.at(n, "{{%s}} without {{end}}", mark)
			}
			if err != nil {
				return nil, nil, err
			}
			out = append(out, condition{name, strings.HasPrefix(mark, "if not "), body})
			i = len(nodes) - len(after)
		case mark == contentsMark:
			out = append(out, Contents{})
		case mark != "" && slices.Contains(p.kind.Blocks, mark):
			out = append(out, blockHole{mark})
		default:
			b, err := p.block(n)
			if err != nil {
				return nil, nil, err
			}
			out = append(out, b)
		}
	}
	return out, nil, nil
}

// mark is what stands alone in a paragraph between braces, and the name in it.
func (p *parser) mark(n ast.Node) (mark, name string) {
	para, ok := n.(*ast.Paragraph)
	if !ok {
		return "", ""
	}
	m := marks.FindStringSubmatch(strings.TrimSpace(string(para.Lines().Value(p.source))))
	if m == nil {
		return "", ""
	}
	return strings.Join(strings.Fields(m[1]), " "), m[2]
}

func (p *parser) known(n ast.Node, name string, lists ...[]string) error {
	all := slices.Concat(lists...)
	if slices.Contains(all, name) {
		return nil
	}
	return p.at(n, "unknown value %q; known here: %s", name, strings.Join(all, ", "))
}

func (p *parser) block(n ast.Node) (Block, error) {
	switch n := n.(type) {
	case *ast.Heading:
		if n.Level == 1 {
			return nil, p.at(n, "headings begin at level 2 (##); the title stands at the top of the file")
		}
		text, err := p.inlines(n)
		return Heading{n.Level, text}, err
	case *ast.Paragraph:
		text, err := p.inlines(n)
		return Paragraph{text}, err
	case *ast.TextBlock:
		text, err := p.inlines(n)
		return Paragraph{text}, err
	case *ast.List:
		return p.list(n)
	case *ast.Blockquote:
		var box Box
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			b, err := p.block(c)
			if err != nil {
				return nil, err
			}
			box.Body = append(box.Body, b)
		}
		return box, nil
	case *ast.ThematicBreak:
		return PageBreak{}, nil
	}
	return nil, p.at(n, "%s cannot stand in a template", n.Kind())
}

func (p *parser) list(n *ast.List) (Block, error) {
	out := List{Ordered: n.IsOrdered()}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		if item.ChildCount() != 1 {
			return nil, p.at(item, "a point of a list is one paragraph")
		}
		b, err := p.block(item.FirstChild())
		if err != nil {
			return nil, err
		}
		para, ok := b.(Paragraph)
		if !ok {
			return nil, p.at(item, "a point of a list is one paragraph")
		}
		out.Items = append(out.Items, para.Text)
	}
	return out, nil
}

// inlines reads the text of a node. Pieces of plain text are put together
// before holes are looked for: Markdown parts them where a mark might stand.
func (p *parser) inlines(n ast.Node) (Inlines, error) {
	var out Inlines
	plain := ""
	flush := func() error {
		parts, err := p.split(plain, p.line(n))
		out, plain = append(out, parts...), ""
		return err
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			plain += unescape(t.Segment.Value(p.source))
			if t.SoftLineBreak() {
				plain += " "
			}
			if !t.HardLineBreak() {
				continue
			}
		}
		if err := flush(); err != nil {
			return nil, err
		}
		x, err := p.inline(c)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, flush()
}

func (p *parser) inline(n ast.Node) (Inline, error) {
	switch n := n.(type) {
	case *ast.Text: // one that ends in a break; its words have been taken
		return Break{}, nil
	case *ast.Emphasis:
		text, err := p.inlines(n)
		if n.Level > 1 {
			return Strong{text}, err
		}
		return Emphasis{text}, err
	case *ast.Link:
		if href := string(n.Destination); !IsSafe(href) {
			return nil, p.at(n, "link to %q; a paper leads to whole https, mailto and tel addresses", href)
		}
		text, err := p.inlines(n)
		return Link{string(n.Destination), text}, err
	case *ast.AutoLink:
		href := string(n.URL(p.source))
		if n.AutoLinkType == ast.AutoLinkEmail {
			href = "mailto:" + href
		}
		if !IsSafe(href) {
			return nil, p.at(n, "link to %q", href)
		}
		return Link{href, T(string(n.Label(p.source)))}, nil
	}
	return nil, p.at(n, "%s cannot stand in a template", n.Kind())
}

// split parts text at its holes.
func (p *parser) split(text string, line int) (Inlines, error) {
	var out Inlines
	rest := text
	for {
		at := holes.FindStringSubmatchIndex(rest)
		if at == nil {
			break
		}
		name := rest[at[2]:at[3]]
		if !slices.Contains(p.kind.Values, name) {
			return nil, FileError{p.file, line, fmt.Sprintf("unknown value %q in text; known: %s", name, strings.Join(p.kind.Values, ", "))}
		}
		out = append(append(out, T(rest[:at[0]])...), hole{name})
		rest = rest[at[1]:]
	}
	if strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
		return nil, FileError{p.file, line, fmt.Sprintf("braces that name no value: %.60q", rest)}
	}
	return append(out, T(rest)...), nil
}

// unescape reads Markdown's escapes and entities.
func unescape(b []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(b))))
}
