package reportweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/site/sitetest"
)

// send fills in a form as it is drawn, with the values over it.
func send(t *testing.T, c *sitetest.Client, path string, values url.Values) sitetest.Page {
	t.Helper()
	return c.Follow(post(t, c, path, values))
}

// post does the same, and stays where it leads.
func post(t *testing.T, c *sitetest.Client, path string, values url.Values) sitetest.Page {
	t.Helper()
	values.Set("version", c.Get(path).Attr("input[name=version]", "value"))
	p := c.Post(path, values)
	if p.Status != http.StatusSeeOther {
		t.Fatalf("%s: %d %s", path, p.Status, p.Text(".ds-error-summary"))
	}
	return p
}

// section answers the named questions of a section.
func section(t *testing.T, c *sitetest.Client, path string, values map[string][]string) sitetest.Page {
	t.Helper()
	page := c.Get(path)
	in := url.Values{"version": {page.Attr("input[name=version]", "value")}, "drawing": {page.Attr("input[name=drawing]", "value")}, "go": {"later"}}
	for name, v := range values {
		in["asked"] = append(in["asked"], name)
		in[question.FieldOf(name)] = v
	}
	p := c.Post(path, in)
	if p.Status != http.StatusSeeOther {
		t.Fatalf("%s: %d %s", path, p.Status, p.Text("main"))
	}
	return c.Follow(p)
}

// TestAReport is written on the county's form by who has the project, from what the register
// knows to the receiver.
func TestAReport(t *testing.T) {
	h := sitetest.New(t)
	county, visitor := h.As("county"), h.Visitor()
	parent := visitor.Get("/prosjekter").Attr("main a[href^='/prosjekter/0']", "href")
	if visitor.Get(parent + "/rapporter").Has("a[href$='/rapporter/ny']") {
		t.Error("a visitor is led to a new report")
	}
	begun := post(t, county, parent+"/rapporter/ny", url.Values{"form": {"arsrapport-fylke"}, "year": {"2014"}, "day": {"2014-05-30"}})
	at, _, _ := strings.Cut(begun.Location, "?")
	page := county.Follow(begun)
	if got := page.Text("main"); !strings.Contains(got, "av 10 spørsmål ble fylt ut på forhånd") || !strings.Contains(got, "Arbeidskraftmobiliseringsprosjektet") || strings.Contains(got, "Lever til styringsgruppa") {
		t.Fatalf("%s", got)
	}
	if got := visitor.Get(at).Status; got != http.StatusNotFound {
		t.Errorf("a visitor reads the draft: %d", got)
	}
	if p := county.Get(at + "/del/resultat"); !strings.Contains(p.Text("main"), "Prosjektregisteret") {
		t.Error("where the aim is from is not told")
	}
	section(t, county, at+"/del/resultat", map[string][]string{"fremdrift": {"ja"}, "aktiviteter": {"Vi møtte alle de 44 kommunene"}})
	page = section(t, county, at+"/del/veien", map[string][]string{"brukt": {"1 250 000"}})
	if got := page.Text("main"); !strings.Contains(got, "1 merknad venter på svar") || !strings.Contains(got, "Teksten nevner 44. Registeret har 19 kommuner") {
		t.Fatalf("%s", got)
	}
	page = send(t, county, at+"/merknad/antall_kommuner", url.Values{"words": {"Nabofylket var med på møtene"}})
	if got := page.Text("main"); !strings.Contains(got, "Stemmer likevel") || !strings.Contains(got, "Rapporten kan leveres") {
		t.Fatalf("%s", got)
	}
	page = send(t, county, at+"/flytt/in_approval", url.Values{})
	if got := page.Text(".kt-ball strong"); got != "Styringsgruppa" {
		t.Errorf("the ball is with %q", got)
	}
	if p := county.Get(at + "/del/resultat"); p.Status != http.StatusSeeOther {
		t.Errorf("written in while it is up for approval: %d", p.Status)
	}
	send(t, county, at+"/flytt/approved", url.Values{"on": {"2026-11-01"}, "ref": {"Sak 4/14"}})
	send(t, county, at+"/flytt/sent", url.Values{"on": {"2026-11-02"}, "ref": {"Fylkeskommunen"}})
	if got := visitor.Get(at).Text("main"); !strings.Contains(got, "Vi møtte alle de 44 kommunene") || strings.Contains(got, "Mottakeren har den") {
		t.Errorf("a visitor reads %s", got)
	}
	if got := strings.ReplaceAll(visitor.Get(at+"/ark").Text("main"), "\u00a0", " "); !strings.Contains(got, "Til: Fylkeskommunen") || !strings.Contains(got, "1 250 000") {
		t.Errorf("the paper: %s", got)
	}
	if p := visitor.Get("/api/v1" + at + "?"); p.Status != http.StatusNotFound {
		t.Errorf("an address that is none: %d", p.Status)
	}
	if p := visitor.Get(strings.Replace(at, "/rapporter/", "/api/v1/reports/", 1)); !strings.Contains(p.Body, `"state":"sent"`) || !strings.Contains(p.Body, "44 kommunene") || strings.Contains(p.Body, "regnskap") {
		t.Errorf("JSON: %s", p.Body)
	}
}

// TestThe2013Report is read by all but for its accounts.
func TestThe2013Report(t *testing.T) {
	h := sitetest.New(t)
	county, visitor := h.As("county"), h.Visitor()
	at := visitor.Get("/rapporter?skjema=bolyst-2013").Attr("main a[href^='/rapporter/0']", "href")
	page := visitor.Get(at)
	if page.Has("a[href*='/fil/']") || !county.Get(at).Has("a[href*='/fil/']") {
		t.Error("the accounts are shown to the wrong readers")
	}
	file := county.Get(at).Attr("a[href*='/fil/']", "href")
	if got := visitor.Get(file).Status; got != http.StatusNotFound {
		t.Errorf("a visitor opens the accounts: %d", got)
	}
	if p := county.Get(file); p.Status != http.StatusOK || !strings.Contains(p.Body, "Tilskudd") {
		t.Errorf("the county opens the accounts: %d", p.Status)
	}
}

// TestAsked: the county asks all under a project, and sees who is missing.
func TestAsked(t *testing.T) {
	h := sitetest.New(t)
	county := h.As("county")
	parent := county.Get("/prosjekter").Attr("main a[href^='/prosjekter/0']", "href")
	if p := h.Visitor().Get(parent + "/rapporter/be-om"); p.Status == http.StatusOK {
		t.Errorf("a visitor asks: %d", p.Status)
	}
	p := send(t, county, parent+"/rapporter/be-om", url.Values{"form": {"arsrapport-fylke"}, "year": {"2026"}, "day": {"2026-11-20"}, "due": {"2027-01-15"}})
	if got := p.Text("main"); !strings.Contains(got, "Prosjektene har fått beskjed") && !strings.Contains(p.Body, "Prosjektene har fått beskjed") || !strings.Contains(got, "er sendt") {
		t.Errorf("%s", got)
	}
	if p := county.Get("/rapporter?tilstand=draft&ar=2026"); !strings.Contains(p.Text("main"), "rapporter") || len(p.All("main tbody tr")) < 55 {
		t.Errorf("%d drafts", len(p.All("main tbody tr")))
	}
	if p := county.Get("/rapporter?skjema=finnes-ikke"); !strings.Contains(p.Text("main"), "Ingen rapporter å vise") {
		t.Error("the empty list says nothing")
	}
}
