package sheet

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// pack is an opened XLSX file and what may still be read of it.
type pack struct {
	parts  map[string]*zip.File // by lower-case path
	budget int64                // unpacked bytes that may still be read
	token  int64                // unpacked bytes one piece of XML may take
}

// readZip reads a zip file as a workbook, or says what it is instead.
func readZip(r io.ReaderAt, size int64, c *collector) (*Book, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, broken(err)
	}
	p := &pack{
		parts:  make(map[string]*zip.File, min(len(z.File), c.limits.Parts)),
		budget: c.limits.UnpackedBytes,
		// The escapes of XML take up to ten bytes a character.
		token: max(1<<20, 12*int64(c.limits.CellBytes)),
	}
	if err := p.list(z.File, c.limits); err != nil {
		return nil, err
	}
	if found, err := p.judge(); err != nil {
		return nil, err
	} else if found != "" {
		return nil, fail(KeyNotASpreadsheet, "found", found)
	}
	return readWorkbook(p, c)
}

// list takes the directory of the zip file and checks what it promises. archive/zip
// stops reading a part that holds more than promised, so the promises hold.
func (p *pack) list(files []*zip.File, limits Limits) error {
	if len(files) > limits.Parts {
		return fail(KeyUnpacksTooLarge)
	}
	var total uint64
	for _, f := range files {
		if f.Flags&1 != 0 {
			return fail(KeyEncrypted)
		}
		total += min(f.UncompressedSize64, 1<<40)
		if total > uint64(limits.UnpackedBytes) {
			return fail(KeyUnpacksTooLarge)
		}
		if f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/max(1, f.CompressedSize64) > uint64(limits.Ratio) {
			return fail(KeyUnpacksTooLarge)
		}
		name := partName(f.Name)
		if _, twice := p.parts[name]; !twice {
			p.parts[name] = f
		}
	}
	return nil
}

// partName is the form in which parts are looked up: names are equal in any case, and
// some programs write backslashes.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean(strings.ReplaceAll(name, `\`, "/")), "/"))
}

// judge says what a zip file is when it is no workbook of ours.
func (p *pack) judge() (found string, err error) {
	has := func(name string) bool { return p.parts[name] != nil }
	switch {
	case has("xl/workbook.xml"):
		return "", nil
	case has("xl/workbook.bin"):
		return "", fail(KeyXLSB)
	case has("word/document.xml"):
		return "DOCX", nil
	case has("ppt/presentation.xml"):
		return "PPTX", nil
	case has("mimetype"):
		kind, err := p.text("mimetype", 200)
		if err != nil {
			return "", err
		}
		if strings.Contains(kind, "opendocument.spreadsheet") {
			return "", fail(KeyODS)
		}
		return "ODF", nil
	case has("[content_types].xml") && has("_rels/.rels"):
		return "", nil // the workbook may lie elsewhere
	}
	return "ZIP", nil
}

// text is the first limit bytes of a part.
func (p *pack) text(name string, limit int64) (string, error) {
	rc, err := p.parts[name].Open()
	if err != nil {
		return "", broken(err)
	}
	defer rc.Close()
	b, err := io.ReadAll(io.LimitReader(rc, limit))
	if err != nil {
		return "", broken(err)
	}
	return string(b), nil
}

// meter counts what is read against the budget of the file and of one piece of XML.
type meter struct {
	r     io.Reader
	p     *pack
	piece int64
	over  bool
}

func (m *meter) Read(b []byte) (int, error) {
	n, err := m.r.Read(b)
	m.p.budget -= int64(n)
	m.piece += int64(n)
	if m.p.budget < 0 || m.piece > m.p.token {
		m.over = true
		return 0, fail(KeyUnpacksTooLarge)
	}
	return n, err
}

// each hands the elements and texts of an XML part to visit, in order, with namespaces
// left off. It fails on a part that is missing, damaged, or ends before its root does.
func (p *pack) each(name string, visit func(xml.Token) error) error {
	f := p.parts[partName(name)]
	if f == nil {
		return broken(errors.New("no part " + name))
	}
	rc, err := f.Open()
	if err != nil {
		return broken(err)
	}
	defer rc.Close()
	m := &meter{r: rc, p: p}
	d := xml.NewDecoder(bufio.NewReaderSize(m, 1<<16))
	depth, elements := 0, 0
	for {
		m.piece = 0
		// Raw, because only local names matter here, and namespaces cost half the time.
		t, err := d.RawToken()
		if err == io.EOF {
			break
		}
		// The decoder may find fault with the half of a letter it got, and say only that.
		if m.over {
			return fail(KeyUnpacksTooLarge)
		}
		if err != nil {
			return broken(err)
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
			elements++
		case xml.EndElement:
			depth--
		case xml.Directive:
			return broken(errors.New("directive in " + name))
		case xml.CharData:
		default:
			continue
		}
		if depth < 0 {
			return broken(errors.New("end without start in " + name))
		}
		if err := visit(t); err != nil {
			return err
		}
	}
	if depth != 0 || elements == 0 {
		return broken(errors.New(name + " is cut off"))
	}
	return nil
}

// attr is the value of an attribute by its local name, "" when it is not there.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
