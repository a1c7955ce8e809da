package importweb_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

// bomb is a small file that unpacks to far more than anybody has memory for.
func bomb(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name string, content io.Reader) {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.Copy(w, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	add("[Content_Types].xml", strings.NewReader(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`))
	add("_rels/.rels", strings.NewReader(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`))
	add("xl/workbook.xml", strings.NewReader(`<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`))
	add("xl/_rels/workbook.xml.rels", strings.NewReader(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`))
	add("xl/worksheets/sheet1.xml", io.MultiReader(strings.NewReader(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>`), io.LimitReader(same('a'), 300<<20), strings.NewReader(`</t></is></c></row></sheetData></worksheet>`)))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// same is an endless row of one letter.
type same byte

func (s same) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(s)
	}
	return len(p), nil
}

func filesThatCannotBeTaken(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	wide := func(s string) []byte {
		var b []byte
		for i := range len(s) {
			b = append(b, s[i], 0)
		}
		return b
	}
	ole := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 600)...)
	for _, f := range []struct {
		name    string
		content []byte
		status  int
		says    string
	}{
		{"bombe.xlsx", bomb(t), 413, "for stor når den pakkes ut"},
		{"brev.xlsx", []byte("%PDF-1.7\n..."), 422, "ikke et regneark, men PDF"},
		{"bilde.csv", []byte("\x89PNG\r\n\x1a\n0000"), 422, "ikke et regneark, men PNG"},
		{"laast.xlsx", append(slices.Clone(ole), wide("EncryptedPackage")...), 422, "låst med passord"},
		{"gammel.xls", append(slices.Clone(ole), wide("Workbook")...), 422, "gammelt Excel-format"},
		{"kuttet.xlsx", []byte("PK\x03\x04 og så ble det borte"), 422, "skadet"},
		{"tom.csv", nil, 422, "tom"},
		{"blanke.csv", []byte(";;\n;;\n"), 422, "tom"},
		{"sitat.csv", []byte("Behov;Kommune\n\"Aldri lukket;5025\n"), 422, "anførselstegn i rad"},
		{"stor.csv", bytes.Repeat([]byte("x;y;z\n"), 2<<20), 413, "for stor"},
		{"lang.csv", []byte("Behov;Kommune\n" + strings.Repeat("x;5025\n", 10_001)), 413, "for mange rader"},
	} {
		p := send(t, c, f.name, f.content)
		if p.Status != f.status || !strings.Contains(p.Text("#file-error"), f.says) || p.Attr("#file", "aria-describedby") != "file-hint file-error" {
			t.Errorf("%s: %d %q", f.name, p.Status, p.Text("#file-error"))
		}
	}
	if p := c.Send(http.MethodPost, "/behov/import", "application/x-www-form-urlencoded", strings.NewReader("file=x")); p.Status != 422 || !p.Has("#file-error") {
		t.Errorf("no multipart form: %d", p.Status)
	}
	if p := c.Send(http.MethodPost, "/behov/import", "multipart/form-data; boundary=x", strings.NewReader("--x--\r\n")); p.Status != 422 || !p.Has("#file-error") {
		t.Errorf("a form without a file: %d", p.Status)
	}
}
