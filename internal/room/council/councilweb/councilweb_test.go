package councilweb_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/site/sitetest"
)

// theCouncil is the address of the demo's council.
func theCouncil(t *testing.T, h *sitetest.House) string {
	t.Helper()
	list, err := h.Bodies.List(t.Context(), meeting.Filter{Text: "politisk"})
	if err != nil || len(list) == 0 {
		t.Fatalf("no council: %v", err)
	}
	return "/organ/" + string(list[0].ID)
}

func post(t *testing.T, c *sitetest.Client, path string, values url.Values) sitetest.Page {
	t.Helper()
	p := c.Post(path, values)
	if p.Status != http.StatusSeeOther {
		t.Fatalf("%s: %d %s", path, p.Status, p.Text(".ds-error-summary"))
	}
	return p
}

// link is the first link of the page that ends so.
func link(t *testing.T, p sitetest.Page, end string) string {
	t.Helper()
	for _, href := range p.Attrs("main a[href]", "href") {
		if strings.HasSuffix(href, end) {
			return href
		}
	}
	t.Fatalf("no link to %s among %v", end, p.Attrs("main a[href]", "href"))
	return ""
}

// Everybody reads the agreement that holds, what is with the municipalities and the
// checklist; a draft is only for those in the body.
func TestTheAgreementIsOpen(t *testing.T) {
	h := sitetest.New(t)
	at := theCouncil(t, h)
	visitor := h.As("")
	if p := visitor.Get(at); !p.Has("main a[href='" + at + "/avtale']") {
		t.Error("the body's page does not lead to the agreement")
	}
	p := visitor.Get(at + "/avtale")
	if p.Status != 200 || len(p.All("main article")) != 12 || !strings.Contains(p.Text("main"), "Gjelder nå") || !strings.Contains(p.Text("main"), "kan ikke ta opp lån (avtalen § 10)") {
		t.Errorf("the agreement: %d, %d paragraphs, %s", p.Status, len(p.All("main article")), p.Text("main"))
	}
	if text := visitor.Get(at + "/avtale?versjon=3").Text("main"); !strings.Contains(text, "4 av 6 kommuner har vedtatt avtalen") || !strings.Contains(text, "Røros kommune") {
		t.Errorf("the revision: %s", text)
	}
	if p := visitor.Get(at + "/avtale?versjon=4"); p.Status != http.StatusNotFound {
		t.Errorf("a visitor reads a draft: %d", p.Status)
	}
	if p := h.As("mayor").Get(at + "/avtale?versjon=4"); p.Status != 200 || p.Has("main a[href$='/vedtak']") {
		t.Errorf("a mayor and the draft: %d", p.Status)
	}
	check := visitor.Get(at + "/avtale/sjekk").Text("main")
	for _, want := range []string{"4 oppfylt, 2 uklart, 2 ikke funnet", "Kommunedirektørutvalget", "6 oppfylt, 2 mangler"} {
		if !strings.Contains(check, want) {
			t.Errorf("the checklist does not say %q: %s", want, check)
		}
	}
	compared := visitor.Get(at + "/avtale/sammenlign?fra=1&til=2").Text("main")
	for _, want := range []string{"Enighet kreves bare i saker som gjelder alle", "Avtalen endres av kommunene selv", "Tatt ut"} {
		if !strings.Contains(compared, want) {
			t.Errorf("the comparison does not say %q", want)
		}
	}
	for _, path := range []string{"/avtale?versjon=9", "/kontingent?aar=x"} {
		if p := visitor.Get(at + path); p.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, p.Status)
		}
	}
}

// E2E-3: the two municipalities that wait adopt the agreement; it holds first with the
// sixth. A mayor answers for the own municipality alone.
func TestTheLastMunicipalityBringsItIntoForce(t *testing.T) {
	h := sitetest.New(t)
	at := theCouncil(t, h)
	mayor, secretary := h.As("mayor"), h.As("secretary")
	shown := secretary.Get(at + "/avtale?versjon=3")
	answer := ""
	for _, href := range shown.Attrs("main a[href*='/svar?org=']", "href") {
		answer = href
	}
	path, _, _ := strings.Cut(answer, "?")
	form := mayor.Get(path)
	own := form.Attr("select[name=org] option", "value")
	if n := len(form.All("select[name=org] option")); n != 1 || !strings.Contains(form.Text("select[name=org]"), "Røros") {
		t.Fatalf("a mayor may answer for %d municipalities: %s", n, form.Text("select[name=org]"))
	}
	values := url.Values{"org": {own}, "reply": {"yes"}, "place": {"Kommunestyret"}, "case": {"kommer"}, "day": {h.Today().String()}}
	if p := mayor.Post(path, values); p.Status != 422 || p.Attr("input[name=case]", "value") != "kommer" || !strings.Contains(p.Text(".ds-error-summary"), "PS 45/20") {
		t.Errorf("a case number that is none: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	values.Set("case", "PS 77/26")
	post(t, mayor, path, values)
	if text := mayor.Get(at + "/avtale?versjon=3").Text("main"); !strings.Contains(text, "5 av 6") {
		t.Errorf("after five: %s", text)
	}
	for _, v := range secretary.Get(path).Attrs("select[name=org] option", "value") {
		if v != "" && strings.Contains(secretary.Get(path+"?org="+v).Text("select[name=org] option[selected]"), "Holtålen") {
			values.Set("org", v)
		}
	}
	done := post(t, secretary, path, values)
	if !strings.Contains(done.Location, "in_force") {
		t.Errorf("with the sixth: %s", done.Location)
	}
	if text := h.As("").Get(at + "/avtale").Text("main"); !strings.Contains(text, "revidert") || !strings.Contains(text, "Gjelder nå") {
		t.Errorf("in force: %s", text)
	}
}

// The invoice basis has a line for each municipality, in the page and in the files.
func TestTheInvoiceBasis(t *testing.T) {
	h := sitetest.New(t)
	at := theCouncil(t, h)
	p := h.As("").Get(at + "/kontingent")
	if !strings.Contains(p.Text("main"), "6 kommuner × kr 150 000 = kr 900 000") {
		t.Errorf("the fee: %s", p.Text("main"))
	}
	csv := h.As("").Get(at + "/kontingent/grunnlag.csv?aar=2026")
	if csv.Status != 200 || strings.Count(csv.Body, "150000") != 6 || !strings.Contains(csv.Body, "Kompetansepiloter") {
		t.Errorf("the file: %d %s", csv.Status, csv.Body)
	}
	if x := h.As("").Get(at + "/kontingent/grunnlag.xlsx?aar=2026"); x.Status != 200 || !strings.HasPrefix(x.Body, "PK") {
		t.Errorf("the workbook: %d", x.Status)
	}
	if x := h.As("").Get(at + "/kontingent/grunnlag.csv?aar=2040"); x.Status != http.StatusNotFound {
		t.Errorf("a year without a fee: %d", x.Status)
	}
}

// E2E-9: notice on 15.10 gives the end of next year and the fee of that year, by the
// page; it is recorded only with the municipality's own case number.
func TestAMunicipalityGivesNotice(t *testing.T) {
	h := sitetest.New(t)
	at := theCouncil(t, h)
	page := at + "/uttreden?notice=2026-10-15"
	p := h.As("").Get(page)
	if text := p.Text("main"); !strings.Contains(text, "31.12.2027") || !strings.Contains(text, "2027") || p.Has("main form[method=post]") {
		t.Errorf("a visitor reads: %s", text)
	}
	mayor := h.As("mayor")
	own := mayor.Get(page).Attr("form[method=post] select[name=org] option", "value")
	values := url.Values{"notice": {"2026-10-15"}, "org": {own}, "case": {""}, "decided_on": {"2026-10-01"}}
	if p := mayor.Post(at+"/uttreden", values); p.Status != 422 || p.Attr("input[name=decided_on]", "value") != "2026-10-01" {
		t.Errorf("without a case: %d", p.Status)
	}
	values.Set("case", "PS 61/26")
	post(t, mayor, at+"/uttreden", values)
	if text := h.As("").Get(at + "/uttreden").Text("main table"); !strings.Contains(text, "Røros") || !strings.Contains(text, "PS 61/26") {
		t.Errorf("the notice is not shown: %s", text)
	}
	if p := h.As("").Post(at+"/uttreden", values); p.Status == http.StatusSeeOther && !strings.Contains(p.Location, "logg-inn") {
		t.Errorf("a visitor gave notice: %s", p.Location)
	}
}

// What the board must tell comes on the council's next agenda by itself.
func TestWhatTheBoardMustTell(t *testing.T) {
	h := sitetest.New(t)
	at := theCouncil(t, h)
	if text := h.As("").Get(at + "/plikter").Text("main"); !strings.Contains(text, "Rammen for samlinger") || !strings.Contains(text, "Fastsett kontingenten for 2027") {
		t.Errorf("the duties: %s", text)
	}
	secretary := h.As("secretary")
	tell := link(t, secretary.Get(at+"/plikter"), "/meldt")
	post(t, secretary, tell, url.Values{"version": {"1"}, "told": {"Rådet, PS 7/26"}, "told_on": {h.Today().String()}})
	if text := h.As("").Get(at + "/plikter").Text("main"); !strings.Contains(text, "Rådet, PS 7/26") || !strings.Contains(text, "Rådet er informert om alt") {
		t.Errorf("after it was told: %s", text)
	}
}

// Each page as each role: what is open is open to all, and the forms are for those who
// may do it.
func TestWhoOpensWhat(t *testing.T) {
	h := sitetest.New(t)
	at := theCouncil(t, h)
	for _, x := range []struct {
		path string
		want map[string]int
	}{
		{"/avtale", map[string]int{"": 200, "secretary": 200, "mayor": 200, "county": 200}}, {"/plikter", map[string]int{"": 200, "secretary": 200, "forum_member": 200}},
		{"/avtale/ny", map[string]int{"": 303, "secretary": 200, "mayor": 403, "county": 403}}, {"/kontingent/ny", map[string]int{"": 303, "secretary": 200, "mayor": 403, "admin": 403}},
		{"/kontingent/innskudd", map[string]int{"": 303, "secretary": 200, "mayor": 200, "opposition": 200, "county": 403}}, {"/plikter/ny", map[string]int{"": 303, "secretary": 200, "mayor": 403}},
		{"/horinger/ny", map[string]int{"": 303, "secretary": 200, "mayor": 403, "forum_member": 403}},
	} {
		for role, want := range x.want {
			if p := h.As(role).Get(at + x.path); p.Status != want {
				t.Errorf("%s as %q: %d, want %d", x.path, role, p.Status, want)
			}
		}
	}
	forum, err := h.Bodies.List(t.Context(), meeting.Filter{Text: "Kompetanseforum Trøndelag Sør"})
	if err != nil || len(forum) == 0 {
		t.Fatal(err)
	}
	for _, page := range []string{"/avtale", "/kontingent", "/uttreden", "/plikter", "/horinger", "/avtale/sjekk"} {
		if p := h.As("").Get(fmt.Sprintf("/organ/%s%s", forum[0].ID, page)); p.Status != http.StatusNotFound {
			t.Errorf("a forum has %s: %d", page, p.Status)
		}
	}
}

// TestADutyIsToldAsATask follows the fee of the coming year from the secretary's tasks to
// the council's duties; when it is fixed, the task is gone.
func TestADutyIsToldAsATask(t *testing.T) {
	h := sitetest.New(t)
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := h.As("secretary")
	front := c.Get("/")
	links := slices.DeleteFunc(front.Attrs("main table a", "href"), func(s string) bool { return !strings.HasPrefix(s, "/plikter/") })
	if len(links) == 0 || !strings.Contains(front.Text("main table"), "Fastsett kontingenten") {
		t.Fatalf("the secretary's tasks: %s", front.Text("main table"))
	}
	if got := c.Get("/varsler").Text("main"); !strings.Contains(got, "Fastsett kontingenten. Fristen er") {
		t.Errorf("the secretary's notices: %s", got)
	}
	to := c.Get(links[0])
	if to.Status != http.StatusSeeOther || !strings.HasSuffix(to.Location, "/plikter") || c.Get(to.Location).Status != http.StatusOK {
		t.Errorf("%s leads to %d %s", links[0], to.Status, to.Location)
	}
	if p := c.Get("/plikter/noe"); p.Status != http.StatusNotFound {
		t.Errorf("no task: %d", p.Status)
	}
	if got := h.As("mayor").Get("/").Text("main"); strings.Contains(got, "Fastsett kontingenten") {
		t.Error("a mayor has the secretariat's task")
	}
	year := links[0][strings.LastIndex(links[0], ".")+1:]
	path := strings.TrimSuffix(to.Location, "/plikter")
	p := c.Post(path+"/kontingent/ny", url.Values{"year": {year}, "amount": {"120 000"}, "decided_by": {"Rådet, PS 12/26"}, "decided_on": {h.Today().String()}})
	if p.Status != http.StatusSeeOther {
		t.Fatalf("the fee: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	if got := c.Get("/").Text("main"); strings.Contains(got, "Fastsett kontingenten") {
		t.Error("the fee is fixed and the task is still there")
	}
}
