package projectweb_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

// TestProjects runs the tests of this file, which share a house.
func TestProjects(t *testing.T) {
	h := sitetest.New(t)
	t.Run("the_project_and_its_own", func(t *testing.T) { theProject(t, h) })
	t.Run("found_by_place_and_word", func(t *testing.T) { found(t, h) })
	t.Run("in_json", func(t *testing.T) { inJSON(t, h) })
	t.Run("short_final_report", func(t *testing.T) { shortReport(t, h) })
	t.Run("made_and_moved", func(t *testing.T) { madeAndMoved(t, h) })
	t.Run("money_people_and_log", func(t *testing.T) { parts(t, h) })
	t.Run("taken_in_by_the_county", func(t *testing.T) { takenIn(t, h) })
}

// theProject has its numbers on the page: who pays, the municipalities, hubs and groups.
func theProject(t *testing.T, h *sitetest.House) {
	c := h.Visitor()
	at := c.Get("/prosjekter").Attr("main a[href^='/prosjekter/0']", "href")
	page := c.Get(at)
	text := strings.ReplaceAll(page.Text("main"), "\u00a0", " ")
	for _, want := range []string{"Arbeidskraftmobiliseringsprosjektet", "55 delprosjekter", "kr 8 050 000", "49,69 %", "20,50 %", "18,63 %", "11,18 %", "17 da det begynte, 19 ved slutten", "39 foregikk i navngitte kommuner, 12 av dem i flere",
		"57 koblinger", "Hver kommune i området har én næringshage som leder", "Hemne Næringshage AS", "Rissa (nå Indre Fosen)", "ordfører i Rissa", "50 prosent stilling", "Generelle tiltak", "Tilflyttere/tilbakeflyttere"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q: %q", want, text)
		}
	}
	var own string
	for _, href := range page.Attrs("main a[href^='/prosjekter/0']", "href") {
		if p := c.Get(href); strings.Contains(p.Text("h1"), "CNC") {
			own = p.Text("main")
		}
	}
	for _, want := range []string{"Ungdom", "Rissa (nå Indre Fosen)", "Leksvik (nå Indre Fosen)", "I kompendiet", "Nådde det målene?"} {
		if !strings.Contains(own, want) {
			t.Errorf("the sub-project does not say %q: %s", want, own)
		}
	}
	if p := c.Get("/prosjekter/0190f5fe-7c00-7a00-8000-000000000001"); p.Status != http.StatusNotFound {
		t.Errorf("no such project: %d", p.Status)
	}
}

func found(t *testing.T, h *sitetest.House) {
	c := h.Visitor()
	for path, want := range map[string]string{"/prosjekter?kommune=5054": "4 prosjekter", "/prosjekter?q=gr%C3%BCndercamp": "1 prosjekt", "/prosjekter?q=finnesikke": "Ingen prosjekter passer", "/prosjekter": "63 prosjekter"} {
		if p := c.Get(path); p.Status != http.StatusOK || !strings.Contains(p.Text("main"), want) {
			t.Errorf("%s: %d, does not say %q", path, p.Status, want)
		}
	}
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p := c.Get("/sok?q=rissaraketten"); !p.Has("main a[href^='/prosjekter/0']") {
		t.Errorf("the search does not find it: %s", p.Text("main"))
	}
	csv := c.Get("/prosjekter.csv").Body
	if lines := strings.Split(strings.TrimSpace(csv), "\n"); len(lines) != 64 || !strings.Contains(csv, "1624 Rissa; 1718 Leksvik") {
		t.Errorf("%d lines of CSV", len(lines))
	}
}

// shortReport is the way of one of the three that are missing into the compendium.
func shortReport(t *testing.T, h *sitetest.House) {
	c, county := h.Visitor(), h.As("county")
	at := c.Get("/prosjekter").Attr("main a[href^='/prosjekter/0']", "href")
	overview := county.Get(at + "/kompendium/oversikt")
	if got := overview.Text("main"); !strings.Contains(got, "52 av 55") || !strings.Contains(got, "Fristen gikk ut") || !strings.Contains(got, "Gründercamp") {
		t.Errorf("the overview says %s", got)
	}
	if c.Get(at + "/kompendium/oversikt").Has("main a[href$='/kort']") {
		t.Error("a visitor is led to a form")
	}
	form := overview.Attr("main a[href$='/kort']", "href")
	for role, want := range map[string]int{"employer": 403, "admin": 403, "county": 200} {
		if p := h.As(role).Get(form); p.Status != want {
			t.Errorf("%s opens the form: %d", role, p.Status)
		}
	}
	values := url.Values{"version": {county.Get(form).Attr("input[name=version]", "value")}, "short": {strings.Repeat("ord ", 151)}, "attainment": {"reached"}, "attainment_text": {"Alle var med."}, "follow": {"ended"}, "follow_text": {"Det er slutt."},
		"contact": {"Næringshagen"}}
	if p := county.Post(form, values); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Text("#short-error"), "151") || p.Text("#attainment_text") != "Alle var med." {
		t.Errorf("151 words: %d %s", p.Status, p.Text("#short-error"))
	}
	values.Set("short", "Hyttefolk holdt kurs.")
	if p := county.Post(form, values); p.Status != http.StatusSeeOther {
		t.Fatalf("save: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	paper := c.Get(at + "/kompendium").Text("main")
	if !strings.Contains(paper, "53 av 55") || !strings.Contains(paper, "Hyttefolk holdt kurs.") || strings.Contains(paper, "Alle var med. Hvem har erfaring") {
		t.Error("the compendium does not have what was written")
	}
	d := get[struct {
		Missing int `json:"entries_missing"`
	}](t, c.JSON("GET", "/api/v1"+strings.Replace(at, "/prosjekter", "/projects", 1), ""), http.StatusOK)
	if d.Missing != 2 {
		t.Errorf("%d are missing in JSON", d.Missing)
	}
}

type inProject struct {
	ID, Number, Code, Parent, State string
	TargetGroup                     string `json:"target_group"`
	Municipalities                  []struct {
		Number, Name string
		Now          []struct{ Number, Name string }
	}
	Sum      int64
	Projects int
	Located  int
	Links    int
	Money    []struct{ Share int }
	Groups   []struct {
		Code     string
		Projects int
	}
	Hubs []struct {
		Hub      string
		Projects int
	} `json:"by_hub"`
}

func get[T any](t *testing.T, p sitetest.Page, status int) T {
	t.Helper()
	var out T
	if p.Status != status {
		t.Fatalf("%d %s", p.Status, p.Body)
	}
	if err := json.Unmarshal([]byte(p.Body), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

type inList struct {
	Items []inProject
	Total int
	Next  string
}

func inJSON(t *testing.T, h *sitetest.House) {
	c := h.Visitor()
	var all []inProject
	for path := "/api/v1/projects?limit=20"; path != ""; {
		page := get[inList](t, c.JSON("GET", path, ""), http.StatusOK)
		if page.Total != 63 {
			t.Fatalf("%d altogether", page.Total)
		}
		all = append(all, page.Items...)
		path = ""
		if page.Next != "" {
			path = "/api/v1/projects?limit=20&after=" + page.Next
		}
	}
	top := slices.IndexFunc(all, func(p inProject) bool { return p.Code == "bolyst-arbeidskraft" })
	if len(all) != 63 || top < 0 {
		t.Fatalf("%d projects page by page", len(all))
	}
	d := get[inProject](t, c.JSON("GET", "/api/v1/projects/"+all[top].ID, ""), http.StatusOK)
	if d.Sum != 805_000_000 || d.Projects != 55 || d.Located != 39 || d.Links != 57 || len(d.Money) != 4 || d.Money[0].Share != 4969 || len(d.Groups) != 6 || d.Groups[0].Code != "generelt" || d.Groups[0].Projects != 10 || len(d.Hubs) != 4 {
		t.Errorf("%+v", d)
	}
	for query, want := range map[string]int{"parent=" + d.ID: 55, "target_group=generelt": 10, "target_group=tilflytter": 12, "municipality=5054": 4, "municipality=1624": 4, "q=CNC": 1} {
		if got := get[inList](t, c.JSON("GET", "/api/v1/projects?"+query, ""), http.StatusOK); got.Total != want {
			t.Errorf("%s: %d, want %d", query, got.Total, want)
		}
	}
	cnc := get[inList](t, c.JSON("GET", "/api/v1/projects?q=CNC", ""), http.StatusOK).Items[0]
	if cnc.TargetGroup != "ungdom" || len(cnc.Municipalities) != 2 || cnc.Municipalities[0].Name != "Rissa" || cnc.Municipalities[0].Now[0].Name != "Indre Fosen" {
		t.Errorf("%+v", cnc)
	}
	if p := c.JSON("GET", "/api/v1/projects?parent=x", ""); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("no id: %d", p.Status)
	}
}

// takenIn is another county's project, which comes in as a document without a line of code.
func takenIn(t *testing.T, h *sitetest.House) {
	const doc = `{"code":"kystfolk","title":{"nb":"Folk til kysten"},"owner":"Vestland fylkeskommune","groups":[{"code":"fisk","title":{"nb":"Fiskeri"}}],"projects":[{"code":"1","title":{"nb":"Skipper på skolen"},"group":"fisk","municipalities":["4601"]}]}`
	for role, want := range map[string]int{"": 401, "employer": 403, "admin": 403, "secretary": 403} {
		if p := h.As(role).JSON("POST", "/api/v1/projects", doc); p.Status != want {
			t.Errorf("%q takes in: %d", role, p.Status)
		}
	}
	county := h.As("county")
	if p := county.JSON("POST", "/api/v1/projects", strings.Replace(doc, "4601", "9999", 1)); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "municipalities") || !strings.Contains(p.Body, "9999") {
		t.Errorf("no such municipality: %d %s", p.Status, p.Body)
	}
	type done struct {
		Project                 string
		New, Changed, Unchanged int
	}
	first := get[done](t, county.JSON("POST", "/api/v1/projects", doc), http.StatusOK)
	if again := get[done](t, county.JSON("POST", "/api/v1/projects", doc), http.StatusOK); first.New != 2 || again.Unchanged != 2 || again.Project != first.Project {
		t.Errorf("%+v, then %+v", first, again)
	}
	if got := h.Visitor().Get("/prosjekter/" + first.Project).Text("main"); !strings.Contains(got, "Fiskeri") || !strings.Contains(got, "Skipper på skolen") {
		t.Errorf("its page: %s", got)
	}
}
