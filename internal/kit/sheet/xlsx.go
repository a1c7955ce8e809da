package sheet

import (
	"encoding/xml"
	"path"
	"strconv"
	"strings"
)

// workbook is what all sheets of an XLSX file share.
type workbook struct {
	date1904 bool // days are counted from 1904, as on old Macintoshes
	strings  []string
	styles   []style // by the style index of cells
}

// readWorkbook reads the sheets in the order of their tabs. Charts and dialogs, which
// are sheets to Excel, are passed over.
func readWorkbook(p *pack, c *collector) (*Book, error) {
	main := "xl/workbook.xml"
	roots, err := p.relations("")
	if err != nil {
		return nil, err
	}
	for _, r := range roots {
		if strings.HasSuffix(r.kind, "/officeDocument") {
			main = r.target
		}
	}
	relations, err := p.relations(main)
	if err != nil {
		return nil, err
	}
	w := &workbook{}
	book := &Book{Format: XLSX}
	targets, err := w.readMain(p, main, book)
	if err != nil {
		return nil, err
	}
	if len(book.Sheets) > c.limits.Sheets {
		return nil, fail(KeyTooManySheets, "max", c.limits.Sheets)
	}
	for _, r := range relations {
		switch {
		case strings.HasSuffix(r.kind, "/sharedStrings"):
			err = w.readStrings(p, r.target, c.limits)
		case strings.HasSuffix(r.kind, "/styles"):
			err = w.readStyles(p, r.target)
		}
		if err != nil {
			return nil, err
		}
	}
	sheets := book.Sheets[:0]
	for i, s := range book.Sheets {
		r, ok := relations[targets[i]]
		if !ok {
			return nil, broken(nil)
		}
		if !strings.HasSuffix(r.kind, "/worksheet") {
			continue
		}
		if err := w.readSheet(p, r.target, &s, c); err != nil {
			return nil, err
		}
		sheets = append(sheets, s)
	}
	book.Sheets = sheets
	return book, nil
}

// relation points from one part to another.
type relation struct {
	kind   string
	target string // path from the root
}

// relations are those of a part by their ids, "" being the whole file. A part without
// any has an empty map.
func (p *pack) relations(part string) (map[string]relation, error) {
	dir, file := path.Split(part)
	name := path.Join(dir, "_rels", file+".rels")
	found := map[string]relation{}
	if p.parts[partName(name)] == nil {
		return found, nil
	}
	err := p.each(name, func(t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok || e.Name.Local != "Relationship" || attr(e, "TargetMode") == "External" {
			return nil
		}
		target := attr(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", dir, target)
		}
		found[attr(e, "Id")] = relation{attr(e, "Type"), strings.TrimPrefix(path.Clean(target), "/")}
		return nil
	})
	return found, err
}

// readMain lists the sheets in book and gives the relation each of them is found by.
func (w *workbook) readMain(p *pack, name string, book *Book) (targets []string, err error) {
	err = p.each(name, func(t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		switch e.Name.Local {
		case "workbookPr":
			w.date1904 = isTrue(attr(e, "date1904"))
		case "sheet":
			state := attr(e, "state")
			book.Sheets = append(book.Sheets, Sheet{Name: attr(e, "name"), Hidden: state == "hidden" || state == "veryHidden"})
			targets = append(targets, attr(e, "id"))
		}
		return nil
	})
	return targets, err
}

func isTrue(s string) bool { return s == "1" || s == "true" }

// readStrings reads the table of texts that cells point into.
func (w *workbook) readStrings(p *pack, name string, limits Limits) error {
	var b strings.Builder
	var read richText
	var size int64
	return p.each(name, func(t xml.Token) error {
		if e, ok := t.(xml.EndElement); ok && e.Name.Local == "si" {
			if len(w.strings) >= limits.SharedStrings {
				return fail(KeyTooManyCells, "max", limits.SharedStrings)
			}
			s := unescape(b.String())
			if size += int64(len(s)); size > limits.TextBytes {
				return fail(KeyTooLarge, "max_mb", max(1, limits.TextBytes>>20))
			}
			w.strings = append(w.strings, s)
			b.Reset()
			return nil
		}
		read.take(t, &b)
		return nil
	})
}

// richText gathers the text of a string item: its runs one after the other, without the
// reading aids (rPh) that East Asian files add.
type richText struct {
	text, aid bool
}

func (r *richText) take(t xml.Token, b *strings.Builder) {
	switch t := t.(type) {
	case xml.StartElement:
		r.text = r.text || t.Name.Local == "t"
		r.aid = r.aid || t.Name.Local == "rPh"
	case xml.EndElement:
		r.text = r.text && t.Name.Local != "t"
		r.aid = r.aid && t.Name.Local != "rPh"
	case xml.CharData:
		if r.text && !r.aid {
			b.Write(t)
		}
	}
}

// unescape resolves _x000D_, the way these files write what XML cannot hold. A literal
// one is written _x005F_x000D_.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if len(s)-i >= 7 && s[i] == '_' && s[i+1] == 'x' && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil {
				b.WriteRune(rune(n))
				i += 7
				continue
			}
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// maxStyles is Excel's own limit for cell styles.
const maxStyles = 65_490

// readStyles reads which number format each cell style has.
func (w *workbook) readStyles(p *pack, name string) error {
	codes := map[string]string{}
	inside := false // in the list that cells point into, not the named styles'
	return p.each(name, func(t xml.Token) error {
		if e, ok := t.(xml.EndElement); ok && e.Name.Local == "cellXfs" {
			inside = false
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		switch e.Name.Local {
		case "numFmt":
			codes[attr(e, "numFmtId")] = attr(e, "formatCode")
		case "cellXfs":
			inside = true
		case "xf":
			if !inside {
				return nil
			}
			if len(w.styles) >= maxStyles || len(codes) > maxStyles {
				return fail(KeyUnpacksTooLarge)
			}
			id := attr(e, "numFmtId")
			if code, ok := codes[id]; ok {
				w.styles = append(w.styles, styleOf(code))
			} else {
				w.styles = append(w.styles, builtinStyle(id))
			}
		}
		return nil
	})
}
