package finalweb_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

func send(t *testing.T, c *sitetest.Client, path string, values url.Values) sitetest.Page {
	t.Helper()
	values.Set("version", c.Get(path).Attr("input[name=version]", "value"))
	p := c.Post(path, values)
	if p.Status != http.StatusSeeOther {
		t.Fatalf("%s: %d %s", path, p.Status, p.Text(".ds-error-summary"))
	}
	return c.Follow(p)
}

// TestFinalReport is the final report of the sources' project: the register has most of it, the
// county writes what is missing, records the approval and sends it; after that money that changes
// changes nothing in it.
func TestFinalReport(t *testing.T) {
	h := sitetest.New(t)
	county, visitor := h.As("county"), h.Visitor()
	project := visitor.Get("/prosjekter").Attr("main a[href^='/prosjekter/0']", "href")
	at := strings.Replace(project, "/prosjekter/", "/sluttrapporter/", 1)
	if got := visitor.Get(at).Status; got != http.StatusNotFound {
		t.Errorf("a visitor reads the draft: %d", got)
	}
	if visitor.Get(project).Has("main a[href='"+at+"']") || !county.Get(project).Has("main a[href='"+at+"']") {
		t.Error("the project leads the wrong readers to the draft")
	}
	page := county.Get(at)
	if got := page.Text("main"); !strings.Contains(got, "2 kapitler mangler tekst") || strings.Contains(got, "Send til styringsgruppa") {
		t.Fatalf("%s", got)
	}
	paper := county.Get(at + "/ark").Text("main")
	for _, want := range []string{"1 Bakgrunn", "11 Avslutning", "Dette kapitlet er ikke skrevet ennå", "kr 8 050 000", "49,69 %", "19 kommuner var med", "Generelle tiltak (10)", "Næringsliv (10)", "Hemne Næringshage AS, under Trøndersk Kystkompetanse AS",
		"Leder av styringsgruppa", "50 prosent stilling", "Hadde ikke kapasitet", "6 fagmiljøer ble spurt", "3 korte sluttrapporter er ikke skrevet: G05, U04 og N09", "Penger er flyttet", "11 av 11", "Ikke godkjent ennå"} {
		if !strings.Contains(strings.ReplaceAll(paper, " ", " "), want) {
			t.Errorf("the paper does not say %q", want)
		}
	}
	for nr, words := range map[int]string{7: "Verktøykassa står åpen.", 11: "Takk til alle <b>kommunene</b>."} {
		send(t, county, at+"/kapittel/"+strconv.Itoa(nr), url.Values{"words": {words}})
	}
	page = send(t, county, at+"/flytt/in_approval", url.Values{})
	if got := page.Text(".kt-ball strong"); got != "Styringsgruppa" {
		t.Errorf("the ball is with %q", got)
	}
	if p := county.Get(at + "/kapittel/7"); p.Status != http.StatusConflict {
		t.Errorf("written in while it is up for approval: %d", p.Status)
	}
	send(t, county, at+"/flytt/approved", url.Values{"on": {"2026-11-01"}, "ref": {"Styringsgruppa, sak 4/15"}})
	send(t, county, project+"/penger/0", url.Values{"payer": {"Noen andre"}, "sort": {"cash"}, "planned": {"1"}})
	paper = strings.ReplaceAll(visitor.Get(at+"/ark").Text("main"), " ", " ")
	for _, want := range []string{"kr 8 050 000", "Kommunal- og moderniseringsdepartementet", "Godkjent 01.11.2026: Styringsgruppa, sak 4/15", "Takk til alle <b>kommunene</b>."} {
		if !strings.Contains(paper, want) {
			t.Errorf("the approved paper does not say %q", want)
		}
	}
	if strings.Contains(paper, "Noen andre") || !strings.Contains(visitor.Get(project).Text("main"), "Noen andre") {
		t.Error("the paper follows the register, or the register not the county")
	}
	send(t, county, at+"/flytt/sent", url.Values{"on": {"2026-11-02"}, "ref": {"Departementet"}})
	if got := visitor.Get(at).Text("main"); !strings.Contains(got, "Sendt 02.11.2026 til Departementet") {
		t.Errorf("%s", got)
	}
}
