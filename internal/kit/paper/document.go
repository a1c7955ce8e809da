package paper

import (
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// Document is a paper: what is drawn is its title, what it is about, and its
// blocks in order.
type Document struct {
	Title string
	Lang  i18n.Lang
	// About are the lines under the title: made when, for whom, from what.
	About []Definition
	// MadeAt and System are written into the files' own descriptions.
	MadeAt clock.Time
	System string
	Words  Words
	Body   []Block
}

// Words are the few words that a drawing adds, in the document's language.
type Words struct {
	Contents string // heading of the list of contents
	About    string // name of the lines under the title
}

// Block is a part of a document: Heading, Paragraph, List, Definitions, Table,
// Figure, Box, Contents or PageBreak.
type Block interface{ block() }

// Heading stands over what follows. The title is level 1; levels go from 2 to 6
// and never skip one on the way down.
type Heading struct {
	Level int
	Text  Inlines
}

// Paragraph is running text.
type Paragraph struct{ Text Inlines }

// List is a list of points, numbered when Ordered.
type List struct {
	Ordered bool
	Items   []Inlines
}

// Definition is a term and what is said of it, a paragraph each.
type Definition struct {
	Term  string
	Lines []Inlines
}

// Definitions is a list of terms.
type Definitions struct{ Items []Definition }

// Column is a column of a table; numbers stand to the right.
type Column struct {
	Title  string
	Number bool
}

// Table has a caption and a row of headings. With RowHeads the first cell of a
// row is its heading. Sum is a last row of totals; empty draws none.
type Table struct {
	Caption  string
	Columns  []Column
	RowHeads bool
	Rows     [][]Inlines
	Sum      []Inlines
}

// Figure is a picture that lies inside the document. Type is image/svg+xml,
// image/png or image/jpeg. Alt says in words what it shows; Table holds the same
// figures as numbers, and a drawing of numbers (SVG) must have one.
type Figure struct {
	Type    string
	Data    []byte
	Alt     string
	Caption string
	Table   *Table
}

// Box is a note set apart from the text; the title may be empty.
type Box struct {
	Title string
	Body  []Block
}

// Contents is where the list of headings stands. It draws nothing in a document
// with fewer than two headings.
type Contents struct{}

// PageBreak begins a new page on paper.
type PageBreak struct{}

func (Heading) block()     {}
func (Paragraph) block()   {}
func (List) block()        {}
func (Definitions) block() {}
func (Table) block()       {}
func (Figure) block()      {}
func (Box) block()         {}
func (Contents) block()    {}
func (PageBreak) block()   {}

// Inline is a part of running text: Text, Strong, Emphasis, Link, Break or Live.
type Inline interface{ inline() }

// Inlines is running text.
type Inlines []Inline

// Text is words as they are; nothing in them is markup.
type Text string

// Strong is important, Emphasis stressed.
type (
	Strong   struct{ Text Inlines }
	Emphasis struct{ Text Inlines }
)

// Link leads to another place: http, https, mailto or tel. Another address is a
// problem, unless the text came from a reader: see LinkOrText.
type Link struct {
	Href string
	Text Inlines
}

// Break ends a line within a paragraph.
type Break struct{}

// Live is a value that was true on a day and comes from a source, both of which
// are drawn with it in the words of Note: "12 personer" (per 01.11.2026, kilde …).
type Live struct {
	Value  string
	AsOf   clock.Date
	Source string
	Note   string
}

func (Text) inline()     {}
func (Strong) inline()   {}
func (Emphasis) inline() {}
func (Link) inline()     {}
func (Break) inline()    {}
func (Live) inline()     {}

// T is running text of plain words; what is empty is left out.
func T(words ...string) Inlines {
	var out Inlines
	for _, w := range words {
		if w != "" {
			out = append(out, Text(w))
		}
	}
	return out
}

// P is a paragraph of plain words.
func P(words string) Paragraph { return Paragraph{T(words)} }

// H is a heading of plain words.
func H(level int, words string) Heading { return Heading{level, T(words)} }

// Term is a definition of plain words, a paragraph each; what is empty is left
// out.
func Term(term string, lines ...string) Definition {
	d := Definition{Term: term}
	for _, l := range lines {
		if l != "" {
			d.Lines = append(d.Lines, T(l))
		}
	}
	return d
}

// Lines are words with a break between them.
func Lines(lines ...string) Inlines {
	var out Inlines
	for _, l := range lines {
		if l == "" {
			continue
		}
		if len(out) > 0 {
			out = append(out, Break{})
		}
		out = append(out, Text(l))
	}
	return out
}

// LinkOrText is a link when the address is one that a document may lead to, else
// its words alone. It is for addresses that somebody has typed.
func LinkOrText(href, words string) Inlines {
	if IsSafe(href) {
		return Inlines{Link{href, T(words)}}
	}
	return T(words)
}

// Plain is the words of running text without their shape.
func (in Inlines) Plain() string {
	var b strings.Builder
	for _, x := range in {
		switch x := x.(type) {
		case Text:
			b.WriteString(string(x))
		case Strong:
			b.WriteString(x.Text.Plain())
		case Emphasis:
			b.WriteString(x.Text.Plain())
		case Link:
			b.WriteString(x.Text.Plain())
		case Live:
			b.WriteString(x.Value)
		case Break:
			b.WriteString(" ")
		}
	}
	return b.String()
}

// IsEmpty reports whether there is nothing to read.
func (in Inlines) IsEmpty() bool { return strings.TrimSpace(clean(in.Plain())) == "" }
