package projectweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

// send fills in the form at the path and answers the page that it leads to.
func send(t *testing.T, c *sitetest.Client, path string, values url.Values) sitetest.Page {
	t.Helper()
	values.Set("version", c.Get(path).Attr("input[name=version]", "value"))
	p := c.Post(path, values)
	if p.Status != http.StatusSeeOther {
		t.Fatalf("%s: %d %s", path, p.Status, p.Text(".ds-error-summary"))
	}
	return c.Follow(p)
}

// madeAndMoved is a hub's own project: a draft that visitors do not see, made open, moved by the
// hub and decided by the county, with the ball on the page all the way.
func madeAndMoved(t *testing.T, h *sitetest.House) {
	hub, county, visitor := h.As("adviser"), h.As("county"), h.Visitor()
	for role, want := range map[string]int{"": 303, "learner": 403, "adviser": 200, "county": 200} {
		c := h.As(role)
		if role == "" {
			c = visitor
		}
		if p := c.Get("/prosjekter/ny"); p.Status != want {
			t.Errorf("%q makes a project: %d", role, p.Status)
		}
	}
	asked := hub.Get("/prosjekter/ny")
	owner := asked.Attrs("#owner option[value]", "value")
	p := hub.Post("/prosjekter/ny", url.Values{"owner": {owner[len(owner)-1]}, "title": {"Øving på ålefiske"}, "municipalities": {"Oppdal\nAtlantis"}})
	if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Text("#municipalities-error"), "Atlantis") || !strings.Contains(p.Text("#municipalities"), "Oppdal") {
		t.Fatalf("no such place: %d %s", p.Status, p.Text("main"))
	}
	p = hub.Post("/prosjekter/ny", url.Values{"owner": {owner[len(owner)-1]}, "title": {"Øving på ålefiske"}, "municipalities": {"Oppdal\nRennebu"}, "part": {""}})
	page := hub.Follow(p)
	at := strings.Split(p.Header.Get("Location"), "?")[0]
	if !strings.Contains(page.Text("main"), "Utkast") || page.Text(".kt-ball strong") == "" {
		t.Fatalf("%d %s", p.Status, page.Text("main"))
	}
	if got := visitor.Get(at).Status; got != http.StatusNotFound {
		t.Errorf("a visitor reads the draft: %d", got)
	}
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if visitor.Get("/sok?q=%C3%A5lefiske").Has("main a[href^='/prosjekter/0']") || !hub.Get("/sok?q=%C3%A5lefiske").Has("main a[href^='/prosjekter/0']") {
		t.Error("the search knows not who sees the draft")
	}
	send(t, hub, at+"/rediger", url.Values{"title": {"Øving på ålefiske"}, "goal": {"Fleire kan fiske."}, "municipalities": {"Oppdal\nRennebu"}, "public": {"ja"}})
	if got := visitor.Get(at).Text("main"); !strings.Contains(got, "Fleire kan fiske.") || strings.Contains(got, "Utkast") {
		t.Errorf("open: %s", got)
	}
	send(t, hub, at+"/flytt/described", url.Values{})
	if p := hub.Post(at+"/flytt/applied", url.Values{"version": {hub.Get(at+"/flytt/applied").Attr("input[name=version]", "value")}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("applied without a word: %d", p.Status)
	}
	page = send(t, hub, at+"/flytt/applied", url.Values{"note": {"PS 12/26. Egne midler: 100 timer."}})
	if got := page.Text(".kt-ball strong"); got != "Fylket" {
		t.Errorf("the ball is with %q", got)
	}
	if p := visitor.Get(at + "/flytt/granted"); p.Status != http.StatusSeeOther {
		t.Errorf("a visitor grants: %d", p.Status)
	}
	if !strings.Contains(county.Get("/oppgaver?kind=project").Text("main"), "ålefiske") {
		t.Errorf("the county has no task: %s", county.Get("/oppgaver?kind=project").Text("main"))
	}
	send(t, county, at+"/flytt/granted", url.Values{"note": {"FU 9/26"}})
	send(t, hub, at+"/flytt/running", url.Values{})
	send(t, hub, at+"/steg", url.Values{"steps": {"Skaff båt\nFisk"}})
	if p := hub.Post(at+"/steg/0", url.Values{}); p.Status != http.StatusSeeOther || !strings.Contains(hub.Get(at).Text("main"), "Fjern kryss") {
		t.Errorf("tick: %d", p.Status)
	}
	values := url.Values{"short": {"Vi fisket."}, "attainment": {"reached"}, "attainment_text": {"Alle fikk ål."}, "follow": {"continued"}, "follow_text": {"Laget fortsetter."}}
	page = send(t, hub, at+"/kort", values)
	if got := page.Text("main"); !strings.Contains(got, "I kompendiet") || page.Has(".kt-ball") {
		t.Errorf("compiled: %s", got)
	}
	if p := hub.Get(at + "/flytt/compiled"); p.Status != http.StatusForbidden {
		t.Errorf("into the compendium by hand: %d", p.Status)
	}
}

// parts are money, people, agreements and the log of the project of the sources, which the county
// writes.
func parts(t *testing.T, h *sitetest.House) {
	county, visitor := h.As("county"), h.Visitor()
	at := visitor.Get("/prosjekter").Attr("main a[href^='/prosjekter/0']", "href")
	page := send(t, county, at+"/penger/ny", url.Values{"payer": {"Frivillige"}, "sort": {"work"}, "hours": {"100"}, "rate": {"300"}})
	if got := page.Text("main"); !strings.Contains(got, "8 080 000") || !strings.Contains(got, "100 timer à kr 300") {
		t.Errorf("own work: %s", got)
	}
	send(t, county, at+"/penger/4", url.Values{"payer": {"Frivillige"}, "sort": {"work"}, "away": {"ja"}})
	if got := visitor.Get(at).Text("main"); !strings.Contains(got, "8 050 000") || strings.Contains(got, "Frivillige") {
		t.Errorf("taken away: %s", got)
	}
	if p := county.Get(at + "/penger/99"); p.Status != http.StatusNotFound {
		t.Errorf("no such line: %d", p.Status)
	}
	send(t, county, at+"/folk/ny", url.Values{"role": {"varaordfører på Hitra"}, "sort": {"steering"}})
	log := visitor.Get(at + "/logg").Text("main")
	for _, want := range []string{"15 av 17 (88,2 %)", "11 av 11 (100,0 %)", "Hadde ikke kapasitet", "Fra Forskning og utvikling til Tiltak i kommunene", "Servicekontor"} {
		if !strings.Contains(log, want) {
			t.Errorf("the log does not say %q", want)
		}
	}
	if p := visitor.Get(at + "/logg/ny/meeting"); p.Status != http.StatusSeeOther {
		t.Errorf("a visitor writes in the log: %d", p.Status)
	}
	page = send(t, county, at+"/logg/ny/meeting", url.Values{"kind": {"workshop"}, "words": {"Siste samling"}, "invited": {"19"}, "attended": {"12"}, "day": {"2015-11-20"}})
	if got := page.Text("main"); !strings.Contains(got, "Siste samling") || !strings.Contains(got, "12 av 19 (63,2 %)") {
		t.Errorf("%s", got)
	}
	for day, want := range map[string]string{"2013-05-30": "17 kommuner er med", "2015-12-01": "19 kommuner er med", "2016-06-01": "0 kommuner er med denne dagen. Leveranseavtaler"} {
		if got := visitor.Get(at + "/avtaler?dato=" + day).Text("main"); !strings.Contains(got, want) || !strings.Contains(got, "Hemne Næringshage AS, under Trøndersk Kystkompetanse AS") {
			t.Errorf("%s: %s", day, got)
		}
	}
	if got := visitor.Get(at + "/like").Text("main"); !strings.Contains(got, "Gründercamp") || strings.Contains(got, "Matkurs") {
		t.Errorf("alike: %s", got)
	}
	d := get[struct {
		Coverage struct {
			Members int
			OK      bool
		}
		Agreements []struct{ Hub string }
		Notes      []struct{ Kind string }
	}](t, visitor.JSON("GET", "/api/v1"+strings.Replace(at, "/prosjekter", "/projects", 1), ""), http.StatusOK)
	if d.Coverage.Members != 19 || !d.Coverage.OK || len(d.Agreements) != 7 || len(d.Notes) != 23 {
		t.Errorf("%+v %d", d.Coverage, len(d.Notes))
	}
}
