package paper

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"kompetansetorg/internal/kit/i18n"
)

// Kind is a kind of paper: a template in each language, paper/NAME.LANG.md in
// Files, and the names of what the program puts into it. Values stand in running
// text; Blocks are whole blocks, and stand on a line of their own.
type Kind struct {
	Name   string
	Files  fs.FS
	Values []string
	Blocks []string
}

// Set is every template, read and checked.
type Set struct{ templates map[string]template }

// template is a file that has been read. Holes in it are named values.
type template struct {
	title Inlines
	body  []Block
}

// FileError is a template that cannot be used: the file, the line, what is wrong
// there.
type FileError struct {
	File string
	Line int
	What string
}

// Error is FILE:LINE: what.
func (e FileError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.What) }

// Load reads the templates of the kinds. A file of the same name in the folder
// replaces the one in the binary; an empty folder name replaces none. Each thing
// that is wrong is a FileError; a file in the folder that is no template of any
// kind is an error too, so that a misspelt name is not silently unused.
func Load(folder string, kinds ...Kind) (*Set, error) {
	s, known := &Set{templates: map[string]template{}}, []string{}
	var errs []error
	for _, k := range kinds {
		for _, lang := range i18n.Langs() {
			name := k.Name + "." + string(lang) + ".md"
			known = append(known, name)
			source, file, err := read(folder, k, name)
			if err != nil {
				return nil, fmt.Errorf("paper templates: %w", err)
			}
			t, err := parse(file, source, k)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			s.templates[name] = t
		}
	}
	if folder != "" {
		errs = append(errs, strangers(folder, known))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("paper templates: %w", err)
	}
	return s, nil
}

// read gives the template's text and the name of the file it is from.
func read(folder string, k Kind, name string) ([]byte, string, error) {
	if folder != "" {
		file := filepath.Join(folder, name)
		source, err := os.ReadFile(file)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return source, file, err
		}
	}
	source, err := fs.ReadFile(k.Files, path.Join("paper", name))
	return source, name, err
}

// strangers names the folder's files that are no template.
func strangers(folder string, known []string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".md") && !slices.Contains(known, e.Name()) {
			return fmt.Errorf("%s is no template; they are called %s", filepath.Join(folder, e.Name()), strings.Join(known, ", "))
		}
	}
	return nil
}

// Value is what is put into a hole: Text, Live, Inlines or Blocks.
type Value interface{ value() }

// Blocks is a value of whole blocks.
type Blocks []Block

func (Text) value()    {}
func (Live) value()    {}
func (Inlines) value() {}
func (Blocks) value()  {}

// Values are the values of a paper by name. One that is missing or empty leaves
// nothing: a paragraph without words is not drawn.
type Values map[string]Value

// Fill makes the title and body of a document of a kind. A kind that was not
// loaded is an error of the program.
func (s *Set) Fill(kind string, lang i18n.Lang, v Values) (Document, error) {
	t, ok := s.templates[kind+"."+string(lang)+".md"]
	if !ok {
		return Document{}, fmt.Errorf("paper: no template %s in %s", kind, lang)
	}
	return Document{Title: strings.TrimSpace(v.inlines(t.title).Plain()), Lang: lang, Body: v.blocks(t.body)}, nil
}

// hole is a value within text, blockHole one of whole blocks.
type (
	hole      struct{ name string }
	blockHole struct{ name string }
	// condition keeps its body only where the value is filled, or with not where
	// it is empty.
	condition struct {
		name string
		not  bool
		body []Block
	}
)

func (hole) inline()     {}
func (blockHole) block() {}
func (condition) block() {}

func (v Values) isEmpty(name string) bool {
	switch x := v[name].(type) {
	case Text:
		return strings.TrimSpace(string(x)) == ""
	case Inlines:
		return x.IsEmpty()
	case Blocks:
		return len(x) == 0
	case Live:
		return x.Value == ""
	}
	return true
}

func (v Values) blocks(list []Block) []Block {
	var out []Block
	for _, b := range list {
		switch b := b.(type) {
		case blockHole:
			if x, ok := v[b.name].(Blocks); ok {
				out = append(out, x...)
			}
		case condition:
			if v.isEmpty(b.name) == b.not {
				out = append(out, v.blocks(b.body)...)
			}
		case Paragraph:
			if text := v.inlines(b.Text); !text.IsEmpty() {
				out = append(out, Paragraph{text})
			}
		case Heading:
			out = append(out, Heading{b.Level, v.inlines(b.Text)})
		case List:
			l := List{Ordered: b.Ordered}
			for _, item := range b.Items {
				if text := v.inlines(item); !text.IsEmpty() {
					l.Items = append(l.Items, text)
				}
			}
			if len(l.Items) > 0 {
				out = append(out, l)
			}
		case Box:
			if body := v.blocks(b.Body); len(body) > 0 {
				out = append(out, Box{b.Title, body})
			}
		default:
			out = append(out, b)
		}
	}
	return out
}

func (v Values) inlines(in Inlines) Inlines {
	var out Inlines
	for _, x := range in {
		switch x := x.(type) {
		case hole:
			switch value := v[x.name].(type) {
			case Text:
				out = append(out, value)
			case Live:
				out = append(out, value)
			case Inlines:
				out = append(out, value...)
			}
		case Strong:
			out = append(out, Strong{v.inlines(x.Text)})
		case Emphasis:
			out = append(out, Emphasis{v.inlines(x.Text)})
		case Link:
			out = append(out, Link{x.Href, v.inlines(x.Text)})
		default:
			out = append(out, x)
		}
	}
	return out
}
