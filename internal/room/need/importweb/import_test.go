package importweb_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/site/sitetest"
)

// send sends a file as the browser does.
func send(t testing.TB, c *sitetest.Client, name string, content []byte) sitetest.Page {
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
	return c.Send(http.MethodPost, "/behov/import", w.FormDataContentType(), &body)
}

// oddSheet has 120 rows under odd headings, five of them wrong: the lines 10,
// 36, 61, 93 and 114 as a spreadsheet program counts.
func oddSheet() []byte {
	firms := []string{"Eksempel Sag og Høvleri AS", "eksempel limtre as", "Eksempel Fjellhotell AS", "Eksempel Mekaniske AS"}
	places := []string{"5022", "Midtre Gauldal", "Oppdal kommune", "5028"}
	levels := []string{"Fagbrev", "fagskole", "kort kurs", "Bachelor", "Videregående (yrkesfag)"}
	var b strings.Builder
	b.WriteString("Kartlegging høsten 2026;;;;;;;\r\nBedriftsnavn;Kommunenr;Hva trenger dere?;Ant. pers;Nivå;Når?;Hva hindrer dere?;Kontakt\r\n")
	for i := range 120 {
		firm, place, text := firms[i%len(firms)], places[i%len(places)], fmt.Sprintf("Vi trenger folk til linje %d", i)
		count, level := fmt.Sprint(1+i%9), levels[i%len(levels)]
		switch i {
		case 7:
			text = ""
		case 33:
			place = "Atlantis"
		case 58:
			count = "mange"
		case 90:
			firm = "Ukjent Firma AS"
		case 111:
			level = "doktorgrad i alt"
		}
		fmt.Fprintf(&b, "%s;%s;%s;%s;%s;høsten 2027;lang reisevei, for dyrt;post@firma.example\r\n", firm, place, text, count, level)
	}
	return []byte(b.String())
}

// upload sends a sheet and answers the address of its page with the columns.
func upload(t testing.TB, c *sitetest.Client, name string, content []byte) string {
	t.Helper()
	p := send(t, c, name, content)
	if p.Status != http.StatusSeeOther || !strings.HasSuffix(p.Location, "/kolonner") {
		t.Fatalf("upload: %d %s %s", p.Status, p.Location, p.Text("main"))
	}
	return p.Location
}

// confirmed is the form of the columns as the page proposes it.
func confirmed(p sitetest.Page, more url.Values) url.Values {
	form := url.Values{"version": {p.Attr("input[name=version]", "value")}}
	for i := 0; ; i++ {
		name := fmt.Sprintf("column_%d", i)
		if !p.Has("select[name=" + name + "]") {
			break
		}
		form.Set(name, p.Attr("select[name="+name+"] option[selected]", "value"))
	}
	for k, v := range more {
		form[k] = v
	}
	return form
}

// stored says yes to a sheet, lets the work in the background be done, and answers the
// page of the result.
func stored(t testing.TB, h *sitetest.House, c *sitetest.Client, base string) sitetest.Page {
	t.Helper()
	if p := c.Post(base+"/kontroll", nil); p.Status != http.StatusSeeOther {
		t.Fatalf("yes: %d %s", p.Status, p.Text("main"))
	}
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	return c.Get(base + "/ferdig")
}

func count(t testing.TB, h *sitetest.House) int {
	t.Helper()
	_, n, err := h.Lists.List(t.Context(), access.SystemActor("test"), list.Query{Filter: list.Filter{WithDrafts: true}})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestImport runs one house for all: it is what takes time.
func TestImport(t *testing.T) {
	h := sitetest.New(t)
	for _, x := range []struct {
		name string
		run  func(*testing.T, *sitetest.House)
	}{
		{"odd headings and five bad rows", oddHeadingsAndFiveBadRows},
		{"files that cannot be taken", filesThatCannotBeTaken},
		{"others do not see the sheet", othersDoNotSeeTheSheet},
		{"wrong columns are refused and kept", wrongColumnsAreRefusedAndKept},
		{"reread takes another row as headings", rereadTakesAnotherRowAsHeadings},
		{"headings are found by their names", headingsAreFoundByTheirNames},
		{"new organisations and drafts", newOrganisationsAndDrafts},
		{"warns of details about people", warnsOfDetailsAboutPeople},
		{"too many rows at a time", tooManyRowsAtATime},
		{"template is understood", templateIsUnderstood},
	} {
		t.Run(x.name, func(t *testing.T) { x.run(t, h) })
	}
}

func oddHeadingsAndFiveBadRows(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	before := count(t, h)
	columns := upload(t, c, "behov.csv", oddSheet())
	p := c.Get(columns)
	for i, want := range []string{"organisation", "municipality", "text", "headcount", "level", "wanted_from", "barriers", ""} {
		if got := p.Attr(fmt.Sprintf("select[name=column_%d] option[selected]", i), "value"); got != want {
			t.Errorf("column %d is proposed as %q, want %q", i, got, want)
		}
	}
	if hidden := p.All("main form input[type=hidden]"); len(hidden) != 1 || strings.Contains(p.Body, "linje 50") {
		t.Errorf("the sheet travels in the page: %d hidden fields", len(hidden))
	}
	check := c.Follow(c.Post(columns, confirmed(p, url.Values{"mandate_ground": {"Avtalt i kartleggingen"}})))
	if check.Status != http.StatusOK {
		t.Fatalf("check: %d", check.Status)
	}
	if got := check.All("main dd"); !slices.Equal(got, []string{"115 rader", "5 rader", "0 rader"}) {
		t.Errorf("counts %v", got)
	}
	for row, words := range map[string][]string{"Rad 10": {"Hva trenger dere?", "Fyll ut"}, "Rad 36": {"Kommunenr", "Atlantis"}, "Rad 61": {"Ant. pers", "«mange» er ikke et helt tall"},
		"Rad 93": {"Bedriftsnavn", "Ukjent Firma AS"}, "Rad 114": {"Nivå", "Kjenner ikke nivået «doktorgrad i alt»"}} {
		found := false
		for _, line := range check.All("main table tbody tr") {
			if strings.HasPrefix(line, row+" ") {
				found = true
				for _, w := range words {
					if !strings.Contains(line, w) {
						t.Errorf("%s does not say %q: %q", row, w, line)
					}
				}
			}
		}
		if !found {
			t.Errorf("nothing is said about %s", row)
		}
	}
	if n := count(t, h); n != before {
		t.Fatalf("%d needs were stored before anybody said yes", n-before)
	}
	if got := check.Text("main form button"); got != "Lagre 115 behov" {
		t.Errorf("the button says %q", got)
	}
	base := strings.TrimSuffix(columns, "/kolonner")
	done := stored(t, h, c, base)
	if done.Status != http.StatusOK || !strings.Contains(done.Text("[role=status]"), "115 behov er lagret") {
		t.Errorf("done: %d %q", done.Status, done.Text("main"))
	}
	if n := count(t, h) - before; n != 115 {
		t.Errorf("%d needs were stored, want 115", n)
	}
	again(t, h, before+115)
	mend(t, h, c, base, before+115)
}

// again sends the same sheet once more: no need is made twice, and the
// headings are remembered.
func again(t *testing.T, h *sitetest.House, want int) {
	t.Helper()
	c := h.As("adviser")
	columns := upload(t, c, "behov kopi.csv", oddSheet())
	check := c.Follow(c.Post(columns, confirmed(c.Get(columns), nil)))
	if got := check.All("main dd"); !slices.Equal(got, []string{"0 rader", "5 rader", "115 rader"}) {
		t.Errorf("the second time %v", got)
	}
	if check.Has("main form[method=post] button:not([name])") {
		t.Error("there is a button to save nothing")
	}
	stored(t, h, c, strings.TrimSuffix(columns, "/kolonner"))
	if n := count(t, h); n != want {
		t.Errorf("after the second import there are %d needs, want %d", n, want)
	}
}

// mend downloads the bad rows, mends four and sends them again.
func mend(t *testing.T, h *sitetest.House, c *sitetest.Client, base string, want int) {
	t.Helper()
	file := c.Get(base + "/feil.xlsx")
	book, err := sheet.Read("feil.xlsx", strings.NewReader(file.Body), int64(len(file.Body)), sheet.DefaultLimits())
	if err != nil {
		t.Fatalf("feil.xlsx: %v", err)
	}
	s := book.Sheets[0]
	heads := s.Headings()
	if len(s.Data()) != 5 || heads[len(heads)-1] != "Feil" || heads[0] != "Bedriftsnavn" {
		t.Fatalf("feil.xlsx has %d rows under %v", len(s.Data()), heads)
	}
	mended := sheet.Table{}
	for _, title := range heads {
		mended.Columns = append(mended.Columns, sheet.Column{Title: title})
	}
	for i, row := range s.Data() {
		cells := make([]any, len(heads))
		for j := range heads {
			cells[j] = row.Cell(j)
		}
		if said := row.Cell(len(heads) - 1); said == "" {
			t.Errorf("row %d does not say what is wrong", i)
		}
		switch i {
		case 0:
			cells[2] = "Nå står det noe her"
		case 1:
			cells[1] = "Røros"
		case 2:
			cells[3] = "3 stk"
		case 3:
			cells[0] = "Eksempel Limtre AS"
		}
		mended.Rows = append(mended.Rows, cells)
	}
	var xlsx bytes.Buffer
	if err := sheet.WriteXLSX(&xlsx, mended); err != nil {
		t.Fatal(err)
	}
	columns := upload(t, c, "rettet.xlsx", xlsx.Bytes())
	p := c.Get(columns)
	if got := p.Attr("select[name=column_8] option[selected]", "value"); got != "" {
		t.Errorf("the column with the errors is taken for %q", got)
	}
	c.Post(columns, confirmed(p, url.Values{"mandate_ground": {"Avtalt i kartleggingen"}}))
	stored(t, h, c, strings.TrimSuffix(columns, "/kolonner"))
	if n := count(t, h); n != want+4 {
		t.Errorf("after mending there are %d needs, want %d", n, want+4)
	}
}

func othersDoNotSeeTheSheet(t *testing.T, h *sitetest.House) {
	columns := upload(t, h.As("adviser"), "behov.csv", oddSheet())
	base := strings.TrimSuffix(columns, "/kolonner")
	for _, role := range []string{"", "learner", "employer", "provider", "county", "secretary", "admin"} {
		c := h.As(role)
		for _, path := range []string{"/kolonner", "/kontroll", "/feil.xlsx", "/ferdig"} {
			p := c.Get(base + path)
			if p.Status == http.StatusOK || strings.Contains(p.Body, "linje 1") {
				t.Errorf("%q gets %s: %d", role, path, p.Status)
			}
		}
		if p := c.Post(base+"/kontroll", nil); p.Status == http.StatusSeeOther && role != "" {
			t.Errorf("%q imports the adviser's sheet: %d", role, p.Status)
		}
	}
}

func wrongColumnsAreRefusedAndKept(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	columns := upload(t, c, "behov.csv", oddSheet())
	p := c.Get(columns)
	for _, f := range []struct {
		change url.Values
		says   string
	}{
		{url.Values{"column_2": {""}}, "Velg hvilken kolonne som er «Hva trengs»"},
		{url.Values{"column_7": {"headcount"}}, "En annen kolonne er allerede valgt som dette"},
		{url.Values{"column_0": {"emperor"}}, "Velg et av alternativene"},
		{url.Values{"reread": {"1"}, "header": {"9999"}}, "Det er ikke noe i den raden"},
		{url.Values{"reread": {"1"}, "sheet": {"7"}}, "Velg et av alternativene"},
	} {
		form := confirmed(p, url.Values{"mandate_ground": {"Avtalt på besøk"}})
		for k, v := range f.change {
			form[k] = v
		}
		r := c.Post(columns, form)
		if r.Status != http.StatusUnprocessableEntity || !strings.Contains(r.Text("ds-error-summary"), f.says) {
			t.Errorf("%v: %d %q", f.change, r.Status, r.Text("ds-error-summary"))
		}
		if got := r.Attr("#mandate_ground", "value"); got != "Avtalt på besøk" {
			t.Errorf("%v: what was typed became %q", f.change, got)
		}
	}
	for _, step := range []string{"/kontroll", "/ferdig", "/feil.xlsx"} {
		if p := c.Get(strings.TrimSuffix(columns, "/kolonner") + step); p.Location != columns {
			t.Errorf("%s before the columns were confirmed: %d", step, p.Status)
		}
	}
	form := confirmed(p, nil)
	c.Post(columns, form)
	if r := c.Post(columns, form); r.Status != http.StatusConflict {
		t.Errorf("a stale choice: %d", r.Status)
	}
}

// headingsAreFoundByTheirNames: a list of contacts stands above the table, and
// looks more like headings than the headings do.
func headingsAreFoundByTheirNames(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	columns := upload(t, c, "behov.csv", []byte("Region;Kontor;Periode;Ansvar\nNord;Hovedkontor;Høst;Leder\n;;;\nVirksomhet;Kommune;Hva trengs av kompetanse?;Antall personer\nEksempel Limtre AS;Rennebu;Limtre;to\n"))
	if p := c.Get(columns); p.Attr("#header", "value") != "4" || !strings.Contains(p.Text("main"), "4 av 4 kolonner") {
		t.Errorf("headings in row %q: %s", p.Attr("#header", "value"), p.Text("main .ds-alert"))
	}
}

func rereadTakesAnotherRowAsHeadings(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	columns := upload(t, c, "behov.csv", []byte("Virksomhet;Kommune;Behov;Antall\nBedrift;Hvor;Kompetanse;Hvor mange\nEksempel Limtre AS;5027;Limtre;2\n"))
	p := c.Follow(c.Post(columns, url.Values{"reread": {"1"}, "header": {"2"}}))
	if got := p.Attr("#header", "value"); got != "2" || !strings.Contains(p.Text("main"), "fant én rad") {
		t.Errorf("headings in row %q: %s", got, p.Text("[role=note]"))
	}
}

func newOrganisationsAndDrafts(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	file := []byte("Firma;Kommune;Behov;Antall\nHelt Ny Bedrift AS;Røros;Sveiser;2\nHelt Ny Bedrift AS;Røros;Kokk;1\n")
	columns := upload(t, c, "behov.csv", file)
	base := strings.TrimSuffix(columns, "/kolonner")
	p := c.Follow(c.Post(columns, confirmed(c.Get(columns), url.Values{"mandate_ground": {"Avtalt"}})))
	if got := p.All("main dd"); got[0] != "0 rader" || !strings.Contains(p.Text("main"), "1 virksomhet er ikke i registeret") {
		t.Errorf("unknown organisation: %v", got)
	}
	p = c.Follow(c.Post(columns, confirmed(c.Get(columns), url.Values{"create": {"1"}})))
	if !strings.Contains(p.Text("main"), "2 rader mangler fullmakt") {
		t.Errorf("without mandate: %s", p.Text("main"))
	}
	c.Post(columns, confirmed(c.Get(columns), url.Values{"create": {"1"}, "drafts": {"1"}, "mandate_ground": {"Avtalt på besøk"}}))
	if done := stored(t, h, c, base); !strings.Contains(done.Text("main"), "2 behov er lagret") {
		t.Fatalf("done: %s", done.Text("main"))
	}
	drafts, n, err := h.Lists.List(t.Context(), h.Actor("adviser"), list.Query{Filter: list.Filter{Mine: true, Text: "Helt Ny Bedrift"}, Limit: db.MaxLimit})
	if err != nil || n != 2 || drafts.Items[0].State != need.Draft || drafts.Items[0].OrganisationName != "Helt Ny Bedrift AS" {
		t.Errorf("%d drafts, %v: %+v", n, err, drafts.Items)
	}
	if dropped := c.Post(base+"/forkast", nil); dropped.Status != http.StatusSeeOther || c.Get(base+"/ferdig").Status != http.StatusNotFound {
		t.Errorf("the sheet is still there after throwing it away")
	}
}

func warnsOfDetailsAboutPeople(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	columns := upload(t, c, "behov.csv", []byte("Firma;Kommune;Behov;Antall\nEksempel Limtre AS;5027;Ring 680 51 234 om limpressa;2\nEksempel Limtre AS;5027;Tømrer;1\n"))
	p := c.Follow(c.Post(columns, confirmed(c.Get(columns), url.Values{"mandate_ground": {"Avtalt"}})))
	if text := p.Text("main"); !strings.Contains(text, "opplysninger om personer") || !strings.Contains(text, "e-post: 2.") {
		t.Errorf("no warning: %s", text)
	}
}

func tooManyRowsAtATime(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	columns := upload(t, c, "behov.csv", []byte("Firma;Kommune;Behov;Antall\n"+strings.Repeat("Eksempel Limtre AS;5027;Tømrer;1\n", 2001)))
	p := c.Follow(c.Post(columns, confirmed(c.Get(columns), url.Values{"mandate_ground": {"Avtalt"}})))
	if p.Status != http.StatusRequestEntityTooLarge || !strings.Contains(p.Text("main"), "For mange rader") {
		t.Errorf("2001 rows: %d %s", p.Status, p.Text("main"))
	}
}

func templateIsUnderstood(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	file := c.Get("/behov/import/mal.xlsx")
	columns := upload(t, c, "mal.xlsx", []byte(file.Body))
	p := c.Get(columns)
	for i := 0; p.Has(fmt.Sprintf("select[name=column_%d]", i)); i++ {
		if p.Attr(fmt.Sprintf("select[name=column_%d] option[selected]", i), "value") == "" {
			t.Errorf("column %d of our own template is not known again", i)
		}
	}
}
