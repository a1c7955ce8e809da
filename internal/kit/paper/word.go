package paper

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// a4 is a section of A4 pages with margins of 2.2 cm, in twentieths of a point.
const a4 = `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1247" w:right="1247" w:bottom="1247" w:left="1247" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>`

// wordChanges are what pandoc leaves to a model document: the size of the page,
// tables as wide as the text, and lines between their rows.
var wordChanges = map[string]*strings.Replacer{
	"word/document.xml": strings.NewReplacer(`<w:sectPr />`, a4, `<w:tblW w:type="auto" w:w="0" />`, `<w:tblW w:type="pct" w:w="5000"/>`+
		`<w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="808080"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="B6BCC6"/></w:tblBorders>`),
}

// pictureSource is the name pandoc gives a picture: all of it, as text.
var pictureSource = regexp.MustCompile(`<pic:cNvPr descr="data:image/[^"]*"`)

// onA4 gives a Word document of pandoc's the shape of ours.
func onA4(file []byte) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, fmt.Errorf("paper: read docx: %w", err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		if change, ok := wordChanges[f.Name]; ok {
			err = rewrite(out, f, change)
		} else {
			err = out.Copy(f)
		}
		if err != nil {
			return nil, fmt.Errorf("paper: %s: %w", f.Name, err)
		}
	}
	if err := out.Close(); err != nil {
		return nil, fmt.Errorf("paper: write docx: %w", err)
	}
	return b.Bytes(), nil
}

func rewrite(out *zip.Writer, f *zip.File, change *strings.Replacer) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	w, err := out.Create(f.Name)
	if err != nil {
		return err
	}
	_, err = change.WriteString(w, pictureSource.ReplaceAllString(string(data), `<pic:cNvPr descr=""`))
	return err
}
