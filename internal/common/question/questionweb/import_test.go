package questionweb_test

import (
	"bytes"
	"mime/multipart"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"kompetansetorg/internal/site/sitetest"
)

// book is an XLSForm workbook as a file in a form.
func book(t *testing.T, survey [][]string, settings ...[]string) (string, *bytes.Buffer) {
	t.Helper()
	f := excelize.NewFile()
	for name, rows := range map[string][][]string{"survey": survey, "settings": settings} {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			at, err := excelize.CoordinatesToCellName(1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetSheetRow(name, at, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", "skjema.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Write(part); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), &b
}

func TestImport(t *testing.T) {
	m := newMaker(t)
	kind, body := book(t, [][]string{{"type", "name", "label", "relevant"}, {"integer", "antall", "Hvor mange?"}, {"geopoint", "sted", "Hvor?"}, {"text", "hvorfor", "Hvorfor?", "${antal} > 2"}})
	p := m.Send("POST", "/skjema-import", kind, body)
	if p.Status != 303 {
		t.Fatalf("upload answers %d: %s", p.Status, p.Text(".ds-error-summary"))
	}
	check := p.Location
	p = m.Get(check)
	text := p.Text("main table")
	if !strings.Contains(text, "survey, rad 3") || !strings.Contains(text, "survey, rad 4") || !strings.Contains(text, "antal") || !p.Has("[name='vis-answers.antall']") {
		t.Errorf("dry run: %s", p.Text("main"))
	}
	if list := m.Get("/skjema"); strings.Contains(list.Text("main"), "innlest-skjema") {
		t.Error("something was made before yes")
	}
	if p = m.house.As("admin").Get(check); p.Status != 404 {
		t.Errorf("somebody else's import: %d", p.Status)
	}
	if p = m.Post(check, url.Values{"code": {"Ø"}}); p.Status != 422 || !p.Has("#code-error") {
		t.Errorf("a bad code: %d", p.Status)
	}
	p = m.Follow(m.Post(check, url.Values{"code": {"innlest-skjema"}}))
	if !p.Has("#sp-antall") || !p.Has("#sp-hvorfor") || p.Has("#sp-sted") {
		t.Errorf("imported: %s", p.Text("main"))
	}
	if p = m.Send("POST", "/skjema-import", "text/plain", strings.NewReader("x")); p.Status != 422 || !p.Has("#file-error") {
		t.Errorf("no file: %d", p.Status)
	}
}

// versionBook is the demo's form in use as a workbook would say it anew: two
// questions, one of them of the form.
func versionBook(t *testing.T) (string, *bytes.Buffer) {
	return book(t, [][]string{{"type", "name", "label", "required"}, {"begin group", "virksomheten", "Virksomheten", ""}, {"text", "navn", "Hva heter dere?", "yes"},
		{"integer", "hytter", "Hvor mange hytter?", ""}, {"end group", "", "", ""}})
}

func TestImportAsVersion(t *testing.T) {
	m := newMaker(t)
	m.form = m.Get("/skjema").Attr("main table a", "href")
	own := strings.TrimPrefix(m.form, "/skjema/")
	upload := "/skjema-import?til=" + own
	if p := m.Get(upload); p.Status != 200 || p.Attr("main form", "action") != "" {
		t.Fatalf("the upload page: %d", p.Status)
	}
	kind, body := versionBook(t)
	p := m.Send("POST", upload, kind, body)
	if p.Status != 303 || !strings.HasSuffix(p.Location, "?til="+own) {
		t.Fatalf("upload answers %d, to %s", p.Status, p.Location)
	}
	check, _, _ := strings.Cut(p.Location, "?")
	// The demo's form has an open draft: it is told, and nothing can be confirmed.
	p = m.Get(p.Location)
	if !strings.Contains(p.Text("main"), "har et åpent utkast") || strings.Contains(p.Text("main button"), "Lag utkast") || slices.Contains(p.Attrs("#til option", "value"), own) {
		t.Errorf("with an open draft: %s", p.Text("main"))
	}
	p = m.Post(check, url.Values{"til": {own}, "version": {p.Attr("main form input[name=version]", "value")}})
	if p.Status != 409 || !p.Has(".ds-error-summary") || !strings.Contains(p.Text("main"), "har et åpent utkast") {
		t.Errorf("an open draft is replaced: %d", p.Status)
	}
	m.send(m.form+"/forkast", url.Values{})
	p = m.Get(check + "?til=" + own)
	text := p.Text("main")
	for _, want := range []string{"Hvor mange hytter?", "Endringer fra utgave 1", "Hva heter dere?", "Fjernet", "Lag utkast til utgave 2", "beholder"} {
		if !strings.Contains(text, want) {
			t.Errorf("the comparison does not say %q", want)
		}
	}
	if p.Has("#code") || p.Attr("#til option[selected]", "value") != own {
		t.Error("a new form's short name is asked for a version")
	}
	version := p.Attr("main form input[name=version]", "value")
	if strings.Contains(text, "Uten tittel") || strings.Contains(text, "Rader å se på") {
		t.Error("a title is missed in a version that keeps the one before")
	}
	if p = m.Get(check + "?til=nytt"); !p.Has("#code") || !strings.Contains(p.Text("main table"), "form_title") || strings.Contains(p.Text("main"), "Endringer fra") {
		t.Error("a new form cannot be chosen")
	}
	if p = m.Post(check, url.Values{"til": {own}, "version": {"1"}}); p.Status != 409 || p.Attr("main form input[name=version]", "value") != version || !strings.Contains(p.Text("main"), "Hvor mange hytter?") {
		t.Errorf("a form changed since: %d", p.Status)
	}
	p = m.Post(check, url.Values{"til": {own}, "version": {version}})
	if p.Status != 303 || !strings.HasPrefix(p.Location, m.form) {
		t.Fatalf("the version: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	if p = m.Follow(p); !p.Has("#sp-hytter") || !strings.Contains(p.Text("main"), "Utgave 2") {
		t.Errorf("the draft: %s", p.Text("main"))
	}
	for _, odd := range []string{"tull", "0193c0de-0000-7000-8000-000000000000"} {
		kind, body := versionBook(t)
		if p = m.Send("POST", "/skjema-import", kind, body); p.Status != 303 {
			t.Fatalf("upload: %d", p.Status)
		}
		if p = m.Post(p.Location, url.Values{"til": {odd}, "version": {"1"}}); p.Status != 404 {
			t.Errorf("a version of %s: %d", odd, p.Status)
		}
	}
}

// TestImportSuggestsItsForm uploads a workbook that has the short name of a form.
func TestImportSuggestsItsForm(t *testing.T) {
	m := newMaker(t)
	m.made()
	upload := func() sitetest.Page {
		kind, body := book(t, [][]string{{"type", "name", "label"}, {"integer", "antall", "Hvor mange?"}}, []string{"form_title", "form_id"}, []string{"Ønsker", "onsker"})
		return m.Follow(m.Send("POST", "/skjema-import", kind, body))
	}
	if p := upload(); p.Attr("#til option[selected]", "value") != "nytt" || p.Attr("#code", "value") != "onsker" || !strings.Contains(p.Text("main"), "«Ønsker»") {
		t.Errorf("a form with an open draft: %s", p.Text("main"))
	}
	m.send(m.form+"/publiser", url.Values{})
	if p := upload(); p.Attr("#til option[selected]", "value") != strings.TrimPrefix(m.form, "/skjema/") || p.Has("#code") {
		t.Errorf("the form of the short name is not suggested: %s", p.Text("main"))
	}
}
