package outreachweb_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/outreach"
	"kompetansetorg/internal/site/sitetest"
)

// send sends a file as the browser does.
func send(t *testing.T, c *sitetest.Client, name string, content []byte) sitetest.Page {
	t.Helper()
	return sendTo(t, c, "/besok/importer", name, content)
}

func sendTo(t *testing.T, c *sitetest.Client, path, name string, content []byte) sitetest.Page {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return c.Send(http.MethodPost, path, w.FormDataContentType(), &body)
}

// sent sends a sheet whose headings are known, and answers the address of its dry run.
func sent(t *testing.T, c *sitetest.Client, name string, content []byte) string {
	t.Helper()
	p := send(t, c, name, content)
	if p.Status != http.StatusSeeOther || !strings.HasSuffix(p.Location, "/kontroll") {
		t.Fatalf("upload: %d %s %s", p.Status, p.Location, p.Text("main"))
	}
	return p.Location
}

func count(t *testing.T, h *sitetest.House) int {
	t.Helper()
	_, n, err := h.Outreach.List(t.Context(), access.SystemActor("test"), outreach.Filter{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestImportOfVisits runs one house for all: it is what takes time.
func TestImportOfVisits(t *testing.T) {
	h := sitetest.New(t)
	for _, x := range []struct {
		name string
		run  func(*testing.T, *sitetest.House)
	}{
		{"what goes out comes in again without change", whatGoesOutComesIn},
		{"good rows are stored once", goodRowsAreStoredOnce},
		{"many rows are stored in the background", manyRowsInTheBackground},
		{"headings in each language", headingsInEachLanguage},
		{"odd headings are asked about and remembered", oddHeadingsAreAskedAbout},
		{"wrong columns are refused and kept", wrongColumnsAreRefused},
		{"another sheet and another row of headings", anotherSheetAndRow},
		{"columns of a known list can be mended", columnsOfAKnownList},
		{"files that cannot be taken", filesThatCannotBeTaken},
		{"others do not see the sheet", othersDoNotSeeTheSheet},
	} {
		t.Run(x.name, func(t *testing.T) { x.run(t, h) })
	}
}

const list = "Bedrift;Besøksdato;Type;Minutter;Resultat;Oppfølging;Kommune\r\n" +
	"Eksempel Mekaniske AS;2.11.2026;telefon;15;ikke nå;;\r\n" +
	"eksempel fjellhotell as;2026-11-03;Besøk;90;Ta kontakt igjen;1.2.2027;Oppdal\r\n" +
	"Eksempel Mekaniske AS;4.11.2026;;;Behov;;\r\n" +
	"Eksempel Mekaniske AS;4.11.2026;;;Behov;;\r\n" +
	"Ukjent Firma AS;4.11.2026;besøk;30;nei;;\r\n" +
	"Eksempel Mekaniske AS;i går;besøk;mange;kanskje;;Atlantis\r\n" +
	"Eksempel Mekaniske AS;1.1.2099;brevdue;30;nei;;\r\n"

func whatGoesOutComesIn(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	at := sent(t, c, "liste.csv", []byte(list))
	c.Post(at, nil)
	before := count(t, h)
	for _, lang := range []string{"nb", "nn", "en"} {
		for _, file := range []string{"eksport.csv", "eksport.xlsx"} {
			c.Get("/?lang=" + lang)
			out := c.Get("/besok/" + file)
			if out.Status != http.StatusOK {
				t.Fatalf("%s: %d", file, out.Status)
			}
			if heading := map[string]string{"nb": "Virksomhet", "nn": "Verksemd", "en": "Organisation"}[lang]; file == "eksport.csv" && !strings.Contains(out.Body, heading) {
				t.Fatalf("the list in %s has no %q", lang, heading)
			}
			p := c.Get(sent(t, c, file, []byte(out.Body)))
			got := p.All("main dd")
			if len(got) != 3 || !strings.HasPrefix(got[0], "0 ") || !strings.HasPrefix(got[1], "0 ") || strings.HasPrefix(got[2], "0 ") || p.Has("main form button[data-variant=primary]") {
				t.Errorf("%s in %s comes in as %v: %v", file, lang, got, p.All("main table tbody tr"))
			}
		}
	}
	c.Get("/?lang=nb")
	if n := count(t, h); n != before {
		t.Errorf("%d visits have come", n-before)
	}
}

func goodRowsAreStoredOnce(t *testing.T, h *sitetest.House) {
	c, before := h.As("adviser"), count(t, h)
	fresh := []byte(strings.ReplaceAll(list, ".11.2026", ".10.2026"))
	fresh = bytes.ReplaceAll(fresh, []byte("2026-11-03"), []byte("2026-10-03"))
	at := sent(t, c, "liste.csv", fresh)
	p := c.Get(at)
	if got := p.All("main dd"); !slices.Equal(got, []string{"3 rader", "3 rader", "1 rad"}) {
		t.Fatalf("counts %v", got)
	}
	for _, want := range []string{"Rad 6 Bedrift Vi finner ingen virksomhet", "Rad 7 Besøksdato «i går» er ikke en dag", "Rad 7 Minutter «mange»", "Rad 7 Resultat Kjenner ikke «kanskje»", "Rad 7 Kommune Finner ikke kommunen «Atlantis»",
		"Rad 8 Type Kjenner ikke «brevdue»", "Rad 8 Besøksdato Dagen har ikke vært ennå"} {
		if !slices.ContainsFunc(p.All("main table tbody tr"), func(line string) bool { return strings.Contains(strings.Join(strings.Fields(line), " "), want) }) {
			t.Errorf("nothing says %q: %q", want, p.All("main table tbody tr"))
		}
	}
	if n := count(t, h); n != before {
		t.Fatalf("%d visits were stored before anybody said yes", n-before)
	}
	for range 2 {
		done := c.Follow(c.Post(at, nil))
		if done.Status != http.StatusOK || !strings.Contains(done.Text("[role=status]"), "3 besøk er lagret") {
			t.Errorf("done: %d %q", done.Status, done.Text("main"))
		}
		if n := count(t, h) - before; n != 3 {
			t.Errorf("%d visits were stored, want 3", n)
		}
	}
	if again := c.Get(sent(t, c, "liste.csv", fresh)); again.Has("main form button[data-variant=primary]") || again.All("main dd")[2] != "4 rader" {
		t.Errorf("the same file again: %v", again.All("main dd"))
	}
	if faulty := c.Get(strings.Replace(at, "kontroll", "feil.xlsx", 1)); faulty.Status != http.StatusOK || !strings.HasPrefix(faulty.Body, "PK") {
		t.Errorf("the faulty rows: %d", faulty.Status)
	}
	visits, _, err := h.Outreach.List(t.Context(), h.Actor("adviser"), outreach.Filter{Limit: 3, To: visitDay(t, h, "2026-10-31")})
	if err != nil || len(visits.Items) != 3 || visits.Items[0].Minutes != 60 || visits.Items[0].Kind != "visit" || visits.Items[1].AgainOn.String() != "2027-02-01" || visits.Items[2].Minutes != 15 || visits.Items[2].Municipality == "" {
		t.Errorf("stored %+v, %v", visits.Items, err)
	}
}

func manyRowsInTheBackground(t *testing.T, h *sitetest.House) {
	c, before := h.As("adviser"), count(t, h)
	var sheet strings.Builder
	sheet.WriteString("Bedrift;Besøksdato;Minutter;Resultat\n")
	for i := range upload.AtOnce + 1 {
		fmt.Fprintf(&sheet, "Eksempel Mekaniske AS;%d.%d.2025;%d;ikke nå\n", i%28+1, i/28+1, i+1)
	}
	at := sent(t, c, "mange.csv", []byte(sheet.String()))
	p := c.Post(at, nil)
	if !strings.HasPrefix(p.Location, "/arbeid/") || c.Get(at).Location != p.Location || count(t, h) != before {
		t.Fatalf("yes to many rows: %d %s", p.Status, p.Location)
	}
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	done := strings.TrimSuffix(at, "kontroll") + "ferdig"
	if page := c.Get(p.Location); !strings.Contains(page.Text("main"), "Lagret: 101") || !page.Has(`main a[href="`+done+`"]`) {
		t.Errorf("the report: %q", page.Text("main"))
	}
	if page := c.Get(done); count(t, h)-before != 101 || !strings.Contains(page.Text("[role=status]"), "101 besøk er lagret") {
		t.Errorf("%d visits, %q", count(t, h)-before, page.Text("main"))
	}
}

func headingsInEachLanguage(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	for i, sheet := range []string{"Verksemd;Dag;Korleis;Resultat\nEksempel Mekaniske AS;2.%d.2026;Telefon eller video;Ikkje noko no\n", "Organisation;Day;How;Result\nEksempel Mekaniske AS;2.%d.2026;Phone or video;Nothing now\n"} {
		p := c.Get(sent(t, c, "a.csv", fmt.Appendf(nil, sheet, i+2)))
		if got := p.All("main dd"); len(got) != 3 || got[0] != "1 rad" {
			t.Errorf("sheet %d gives %v", i, got)
		}
	}
	template := c.Get("/besok/importer/mal.xlsx")
	if p := send(t, c, "mal.xlsx", []byte(template.Body)); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("the empty template: %d %s", p.Status, p.Text("main"))
	}
}

func filesThatCannotBeTaken(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	for name, content := range map[string]string{"a.csv": "", "b.csv": "Virksomhet;Dag;Resultat\n", "c.xlsx": "PK dette er ikke et ark"} {
		p := send(t, c, name, []byte(content))
		if p.Status != http.StatusUnprocessableEntity || !p.Has("#file[aria-invalid=true]") {
			t.Errorf("%s: %d %s", name, p.Status, p.Text("main"))
		}
	}
	if p := c.Post("/besok/importer", nil); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("no file: %d", p.Status)
	}
	var many strings.Builder
	many.WriteString("Virksomhet;Dag;Resultat\n")
	for range 2001 {
		many.WriteString("Eksempel Mekaniske AS;1.9.2026;nei\n")
	}
	if p := c.Get(sent(t, c, "mange.csv", []byte(many.String()))); p.Status != http.StatusRequestEntityTooLarge || !strings.Contains(p.Text("main"), "for mange rader") {
		t.Errorf("too many rows: %d", p.Status)
	}
}

func othersDoNotSeeTheSheet(t *testing.T, h *sitetest.House) {
	at := sent(t, h.As("adviser"), "liste.csv", []byte(list))
	if p := h.As("county").Get("/besok/importer"); p.Status == http.StatusOK {
		t.Error("the county may import visits")
	}
	base := strings.TrimSuffix(at, "/kontroll")
	for _, path := range []string{at, base + "/ferdig", base + "/feil.xlsx", base + "/kolonner"} {
		for _, c := range []*sitetest.Client{h.As("county"), h.Visitor()} {
			if p := c.Get(path); p.Status == http.StatusOK {
				t.Errorf("%s is shown to others", path)
			}
		}
	}
	c := h.As("adviser")
	// A sheet of visits is none of needs.
	if p := c.Get(strings.Replace(at, "/besok/importer/", "/behov/import/", 1)); p.Status != http.StatusNotFound {
		t.Errorf("as a sheet of needs: %d", p.Status)
	}
	if p := c.Follow(c.Post(base+"/forkast", nil)); !strings.Contains(p.Text("main"), "Filen er forkastet") {
		t.Errorf("thrown away: %s", p.Text("main"))
	}
	if p := c.Get(at); p.Status != http.StatusNotFound {
		t.Errorf("after it was thrown away: %d", p.Status)
	}
}

func visitDay(t *testing.T, h *sitetest.House, s string) clock.Date {
	t.Helper()
	d, err := clock.ParseDate(s)
	if err != nil || d.After(h.Today()) {
		t.Fatalf("%s, today %s: %v", s, h.Today(), err)
	}
	return d
}
