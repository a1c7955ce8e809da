package paper

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
)

// Problem is what keeps a document from being drawn. At says where: the number
// of the block, the first being 1, and of the one inside it.
type Problem struct{ At, What string }

// Error says where and what.
func (p Problem) Error() string {
	if p.At == "" {
		return p.What
	}
	return "block " + p.At + ": " + p.What
}

// checker walks through a document and collects problems.
type checker struct {
	found []Problem
	level int // of the heading before
}

func (c *checker) bad(at, format string, args ...any) {
	c.found = append(c.found, Problem{at, fmt.Sprintf(format, args...)})
}

// Check lists what would shut somebody out of the document, or lead him astray.
// A document with problems is not drawn.
func (d Document) Check() []Problem {
	c := &checker{level: 1}
	if strings.TrimSpace(d.Title) == "" {
		c.bad("", "no title")
	}
	if d.Lang == "" {
		c.bad("", "no language")
	}
	c.definitions("", d.About)
	c.blocks("", d.Body)
	return c.found
}

// err is the problems as one error, nil for none.
func (d Document) err() error {
	var errs []error
	for _, p := range d.Check() {
		errs = append(errs, p)
	}
	if len(errs) == 0 {
		return nil
	}
	return fmt.Errorf("paper %q: %w", d.Title, errors.Join(errs...))
}

func (c *checker) blocks(at string, list []Block) {
	for i, b := range list {
		here := fmt.Sprint(i + 1)
		if at != "" {
			here = at + "." + here
		}
		c.block(here, b)
	}
}

func (c *checker) block(at string, b Block) {
	switch b := b.(type) {
	case Heading:
		c.heading(at, b)
	case Paragraph:
		c.inlines(at, b.Text)
	case List:
		if len(b.Items) == 0 {
			c.bad(at, "list without points")
		}
		for _, item := range b.Items {
			c.inlines(at, item)
		}
	case Definitions:
		if len(b.Items) == 0 {
			c.bad(at, "definitions without terms")
		}
		c.definitions(at, b.Items)
	case Table:
		c.table(at, b)
	case Figure:
		c.figure(at, b)
	case Box:
		c.blocks(at, b.Body)
	case Contents, PageBreak:
	default:
		c.bad(at, "unknown block %T", b)
	}
}

func (c *checker) heading(at string, h Heading) {
	switch {
	case h.Text.IsEmpty():
		c.bad(at, "heading without words")
	case h.Level < 2 || h.Level > 6:
		c.bad(at, "heading of level %d", h.Level)
	case h.Level > c.level+1:
		c.bad(at, "heading goes from level %d to %d", c.level, h.Level)
	}
	c.level = h.Level
	c.inlines(at, h.Text)
}

func (c *checker) definitions(at string, items []Definition) {
	for _, d := range items {
		if strings.TrimSpace(d.Term) == "" || len(d.Lines) == 0 {
			c.bad(at, "definition %q without term or text", d.Term)
		}
		for _, line := range d.Lines {
			c.inlines(at, line)
		}
	}
}

func (c *checker) table(at string, t Table) {
	if strings.TrimSpace(t.Caption) == "" {
		c.bad(at, "table without caption")
	}
	if len(t.Columns) == 0 || len(t.Rows) == 0 {
		c.bad(at, "table %q without columns or rows", t.Caption)
	}
	for _, column := range t.Columns {
		if strings.TrimSpace(column.Title) == "" {
			c.bad(at, "table %q has a column without heading", t.Caption)
		}
	}
	rows := slices.Clone(t.Rows)
	if len(t.Sum) > 0 {
		rows = append(rows, t.Sum)
	}
	for i, row := range rows {
		if len(row) != len(t.Columns) {
			c.bad(at, "table %q: row %d has %d cells for %d columns", t.Caption, i+1, len(row), len(t.Columns))
		}
		if t.RowHeads && len(row) > 0 && row[0].IsEmpty() {
			c.bad(at, "table %q: row %d has no heading", t.Caption, i+1)
		}
		for _, cell := range row {
			c.inlines(at, cell)
		}
	}
}

func (c *checker) figure(at string, f Figure) {
	if strings.TrimSpace(f.Alt) == "" {
		c.bad(at, "figure without words for what it shows")
	}
	switch f.Type {
	case "image/svg+xml":
		if err := checkSVG(f.Data); err != nil {
			c.bad(at, "figure: %v", err)
		}
		if f.Table == nil {
			c.bad(at, "drawing without its table")
		}
	case "image/png", "image/jpeg":
		if len(f.Data) == 0 {
			c.bad(at, "figure without a picture")
		}
	default:
		c.bad(at, "figure of type %q", f.Type)
	}
	if f.Table != nil {
		c.table(at, *f.Table)
	}
}

func (c *checker) inlines(at string, in Inlines) {
	for _, x := range in {
		switch x := x.(type) {
		case Text, Break:
		case Strong:
			c.inlines(at, x.Text)
		case Emphasis:
			c.inlines(at, x.Text)
		case Link:
			if !IsSafe(x.Href) {
				c.bad(at, "link to %q", x.Href)
			}
			if x.Text.IsEmpty() {
				c.bad(at, "link without words")
			}
			c.inlines(at, x.Text)
		case Live:
			if x.Value == "" || x.AsOf.IsZero() || x.Source == "" || x.Note == "" {
				c.bad(at, "live value %q without its day, source or the words for them", x.Value)
			}
		default:
			c.bad(at, "unknown text %T", x)
		}
	}
}

// IsSafe reports whether a document may lead to the address: a whole one, of a
// scheme that opens a page, a letter or a call.
func IsSafe(href string) bool {
	u, err := url.Parse(href)
	if err != nil || strings.ContainsFunc(href, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' }) {
		return false
	}
	switch u.Scheme {
	case "http", "https":
		return u.Host != ""
	case "mailto", "tel":
		return u.Opaque != ""
	}
	return false
}

// drawn are the elements of SVG that only draw.
var drawn = map[string]bool{"svg": true, "g": true, "title": true, "desc": true, "path": true, "rect": true, "circle": true, "ellipse": true,
	"line": true, "polyline": true, "polygon": true, "text": true, "tspan": true, "defs": true, "clipPath": true, "linearGradient": true, "stop": true}

// checkSVG takes drawings that are well-formed, only draw, and lead nowhere.
func checkSVG(data []byte) error {
	elements := 0
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			if elements == 0 {
				return errors.New("empty drawing")
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("drawing: %w", err)
		}
		switch x := token.(type) {
		case xml.Directive, xml.ProcInst:
			return errors.New("drawing holds more than a drawing")
		case xml.StartElement:
			elements++
			if !drawn[x.Name.Local] {
				return fmt.Errorf("drawing holds <%s>", x.Name.Local)
			}
			for _, a := range x.Attr {
				if name := strings.ToLower(a.Name.Local); strings.HasPrefix(name, "on") || name == "href" || name == "style" || strings.Contains(strings.ToLower(a.Value), "url(") && !strings.HasPrefix(a.Value, "url(#") {
					return fmt.Errorf("drawing has the attribute %s", a.Name.Local)
				}
			}
		}
	}
}
