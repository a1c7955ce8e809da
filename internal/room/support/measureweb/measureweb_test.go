package measureweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

const hub, other = "adviser", "adviser@Rørosregionen Næringshage AS"

// TestMeasures runs the tests of this file, which share a house.
func TestMeasures(t *testing.T) {
	h := sitetest.New(t)
	t.Run("one_page", func(t *testing.T) { onePage(t, h) })
	t.Run("filters", func(t *testing.T) { filters(t, h) })
	t.Run("from_suggestion_to_published", func(t *testing.T) { fromSuggestion(t, h) })
	t.Run("another_takes_over", func(t *testing.T) { takesOver(t, h) })
	t.Run("feedback_is_answered", func(t *testing.T) { feedback(t, h) })
	t.Run("packages_and_starts", func(t *testing.T) { packages(t, h) })
	t.Run("papers", func(t *testing.T) { papers(t, h) })
	t.Run("json_and_csv", func(t *testing.T) { open(t, h) })
}

// the is the address of the measure with the title.
func the(t *testing.T, h *sitetest.House, title string) string {
	t.Helper()
	at := h.Visitor().Get("/verktoykasse?kind=measure&q="+url.QueryEscape(title)).Attr("main a[href^='/verktoykasse/0']", "href")
	if at == "" {
		t.Fatalf("no %s in the toolbox", title)
	}
	return at
}

// send fills in the form of the page and sends it.
func send(t *testing.T, c *sitetest.Client, at string, form url.Values) sitetest.Page {
	t.Helper()
	p := c.Get(at)
	if p.Status != http.StatusOK {
		t.Fatalf("%s: %d", at, p.Status)
	}
	form.Set("version", p.Attr("input[name=version]", "value"))
	if p = c.Post(at, form); p.Status != http.StatusSeeOther {
		t.Fatalf("%s: %d %s", at, p.Status, p.Text("main"))
	}
	return p
}

// onePage: what a card says and what it says as a measure stand on one page; only those who work
// on it see how, and a scheme has none of it.
func onePage(t *testing.T, h *sitetest.House) {
	at := the(t, h, "Velkomstbrev")
	text := h.Visitor().Get(at).Text("main")
	for _, words := range []string{"Velkomstbrev", "Steg for steg", "Hvem gjør det", "Liten innsats", "Nasjonalparken Næringshage", "Rådgiver for bosetting", "Heng med et kart", "Ta imot nye innbyggere", "Sist kontrollert"} {
		if !strings.Contains(text, words) {
			t.Errorf("the page says nothing of %q", words)
		}
	}
	for _, words := range []string{"Arbeidet med tiltaket", "savnet jeg noe om", "Dette har skjedd"} {
		if strings.Contains(text, words) {
			t.Errorf("a visitor reads %q", words)
		}
	}
	for who, may := range map[string]bool{hub: true, "county": true, "secretary": true, other: false, "learner": false} {
		if got := strings.Contains(h.As(who).Get(at).Text("main"), "Arbeidet med tiltaket"); got != may {
			t.Errorf("%s works on it: %v", who, got)
		}
		for _, more := range []string{"/innhold/nb", "/fakta", "/steg/ny", "/steg/1", "/eier", "/rediger"} {
			want := http.StatusForbidden
			if may {
				want = http.StatusOK
			}
			if p := h.As(who).Get(at + more); p.Status != want {
				t.Errorf("%s opens %s: %d, want %d", who, more, p.Status, want)
			}
		}
	}
	scheme := h.Visitor().Get("/verktoykasse?kind=support").Attr("main a[href^='/verktoykasse/0']", "href")
	if strings.Contains(h.As("county").Get(scheme).Text("main"), "Steg for steg") {
		t.Error("a scheme has steps")
	}
	for _, more := range []string{"/ark", "/fakta", "/si-fra"} {
		if p := h.As("county").Get(scheme + more); p.Status != http.StatusNotFound {
			t.Errorf("a scheme has %s: %d", more, p.Status)
		}
	}
	c := h.As(hub)
	send(t, c, at+"/innhold/nn", url.Values{"goal_nn": {"Målet på nynorsk"}})
	send(t, c, at+"/steg/2", url.Values{"words_nb": {"Skriv det kort."}, "days": {"3"}})
	text = h.Visitor().Get(at).Text("main")
	if strings.Contains(text, "Målet på nynorsk") || !strings.Contains(text, "Skriv det kort.") || !strings.Contains(text, "Dager") {
		t.Errorf("after the changes: %s", text)
	}
	if p := c.Get(at + "/innhold/xx"); p.Status != http.StatusNotFound {
		t.Errorf("in no language: %d", p.Status)
	}
	version := c.Get(at).Attr("form[action$='/steg/2/fjern'] [name=version]", "value")
	if p := c.Post(at+"/steg/2/fjern", url.Values{"version": {version}}); p.Status != http.StatusSeeOther {
		t.Errorf("taking a step away: %d", p.Status)
	}
	if strings.Contains(h.Visitor().Get(at).Text("main"), "Skriv det kort.") {
		t.Error("the step is still there")
	}
}

// filters: without JavaScript, by the address alone.
func filters(t *testing.T, h *sitetest.House) {
	at := the(t, h, "Leverandørnettverk")
	send(t, h.As("county"), at+"/fakta", url.Values{"effort": {"high"}, "cost_low": {"20 000"}, "cost_high": {"60 000"}, "cost_year": {"2026"}, "sectors": {"F"}, "municipalities": {"5054"}})
	if text := h.Visitor().Get(at).Text("main"); !strings.Contains(strings.ReplaceAll(text, " ", " "), "kr 20 000 til kr 60 000 (2026)") {
		t.Errorf("the cost: %s", text)
	}
	in := func(query string) bool {
		p := h.Visitor().Get("/verktoykasse?" + query)
		if p.Status != http.StatusOK {
			t.Errorf("%s: %d", query, p.Status)
		}
		return p.Has("main a[href='" + at + "']")
	}
	for query, want := range map[string]bool{"innsats=high": true, "innsats=low": false, "kostnad=100": true, "kostnad=10": false, "kostnad=free": false, "sektor=F": true, "sektor=Q": false, "kommune=5054": true, "kommune=5001": false,
		"innsats=high&group=naeringsliv": true, "innsats=high&group=ungdom": false} {
		if got := in(query); got != want {
			t.Errorf("%s: %v", query, got)
		}
	}
	if p := h.Visitor().Get("/verktoykasse?innsats=enorm"); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("an odd effort: %d", p.Status)
	}
}

// fromSuggestion: an organisation's suggestion is hidden, worked on, and published by the county.
func fromSuggestion(t *testing.T, h *sitetest.House) {
	p := send(t, h.As(hub), "/verktoykasse/forslag/ny", url.Values{"title": {"Bygdeguide"}, "what": {"En som viser rundt."}, "for_whom": {"Nye"}, "group": {"tilflytter"}, "org": {h.As(hub).Get("/verktoykasse/forslag/ny").Attr("select[name=org] option[value]", "value")}})
	at, _, _ := strings.Cut(p.Location, "?")
	if p := h.As("learner").Get("/verktoykasse/forslag/ny"); p.Status != http.StatusForbidden {
		t.Errorf("one without an organisation suggests: %d", p.Status)
	}
	hidden := func(who ...string) {
		t.Helper()
		for _, w := range who {
			c := h.Visitor()
			if w != "" {
				c = h.As(w)
			}
			for _, more := range []string{"", "/ark"} {
				if p := c.Get(at + more); p.Status != http.StatusNotFound {
					t.Errorf("%q reads the draft%s: %d", w, more, p.Status)
				}
			}
			if strings.Contains(c.Get("/verktoykasse?q=Bygdeguide").Text("main .kt-grid"), "Bygdeguide") || strings.Contains(c.Get("/sok?q=Bygdeguide").Text("main"), "En som viser rundt") {
				t.Errorf("%q finds the draft", w)
			}
		}
		if p := h.Visitor().JSON("GET", strings.Replace(at, "/verktoykasse/", "/api/v1/measures/", 1), ""); p.Status != http.StatusNotFound {
			t.Errorf("the draft in JSON: %d", p.Status)
		}
	}
	hidden("", "learner", other)
	if !strings.Contains(h.As("county").Get("/oppgaver").Text("main"), "Bygdeguide") || !strings.Contains(h.As(hub).Get("/verktoykasse/forslag").Text("main"), "Bygdeguide") {
		t.Error("the county has no task, or the hub does not find its suggestion")
	}
	county := h.As("county")
	send(t, county, at+"/flytt/described", url.Values{})
	hidden("", "learner", other)
	if county.Get(at).Has("main a[href$='/flytt/published']") {
		t.Error("it can be published with nothing in it")
	}
	page := county.Get(at + "/flytt/published")
	if p := county.Post(at+"/flytt/published", url.Values{"version": {page.Attr("input[name=version]", "value")}}); p.Status != http.StatusConflict || !strings.Contains(p.Text("main"), "minst ett steg") {
		t.Errorf("published with nothing in it: %d %s", p.Status, p.Text(".ds-alert"))
	}
	send(t, h.As(hub), at+"/innhold/nb", url.Values{"goal_nb": {"Trygghet"}, "who_nb": {"En frivillig"}})
	send(t, h.As(hub), at+"/steg/ny", url.Values{"words_nb": {"Avtal en dag."}})
	if p := h.As(hub).Get(at + "/flytt/published"); p.Status != http.StatusForbidden {
		t.Errorf("the owner publishes: %d", p.Status)
	}
	send(t, h.As(hub), at+"/flytt/piloted", url.Values{"note": {"Prøvd i to bygder."}})
	send(t, county, at+"/flytt/published", url.Values{})
	if p := h.Visitor().Get(at); p.Status != http.StatusOK || !strings.Contains(p.Text("main"), "Avtal en dag.") {
		t.Errorf("published: %d", p.Status)
	}
	send(t, county, at+"/flytt/archived", url.Values{"note": {"Erstattet."}})
	if p := h.Visitor().Get(at); p.Status != http.StatusOK || !strings.Contains(p.Text("main"), "tatt ut av verktøykassa") {
		t.Errorf("archived: %d", p.Status)
	}
	if p := h.Visitor().Get(at + "/si-fra"); p.Status == http.StatusOK {
		t.Error("one says something of what is archived")
	}
}

// takesOver: the receiver has a task, answers, and the page says who keeps it.
func takesOver(t *testing.T, h *sitetest.House) {
	at := the(t, h, "Språkkafé")
	if !strings.Contains(h.As(other).Get("/oppgaver").Text("main"), "Språkkafé") {
		t.Error("the receiver has no task")
	}
	for who, want := range map[string]int{other: 200, hub: 403, "county": 403, "learner": 403} {
		if p := h.As(who).Get(at + "/overta"); p.Status != want {
			t.Errorf("%s answers for the receiver: %d", who, p.Status)
		}
	}
	if strings.Contains(h.Visitor().Get(at).Text("main"), "Rørosregionen") {
		t.Error("a visitor reads who is asked")
	}
	send(t, h.As(other), at+"/overta", url.Values{"answer": {"ja"}})
	if !strings.Contains(h.Visitor().Get(at).Text("main"), "Rørosregionen Næringshage") {
		t.Error("the page does not name the new owner")
	}
	if p := h.As(other).Get(at + "/fakta"); p.Status != http.StatusOK {
		t.Errorf("the new owner changes it: %d", p.Status)
	}
}

// feedback: the owner has a task, answers, the sender is told, and others read what is shown.
func feedback(t *testing.T, h *sitetest.House) {
	at := the(t, h, "Velkomstbrev")
	learner := h.As("learner")
	p := send(t, learner, at+"/si-fra", url.Values{"sort": {"feedback"}, "words": {"Telefonnummeret er gammelt."}})
	said, _, _ := strings.Cut(p.Location, "?")
	for who, want := range map[string]int{hub: 200, "county": 200, other: 404, "employer": 404} {
		if p := h.As(who).Get(said); p.Status != want {
			t.Errorf("%s reads it: %d", who, p.Status)
		}
	}
	if p := h.Visitor().Get(said); p.Status != http.StatusNotFound {
		t.Errorf("a visitor reads it: %d", p.Status)
	}
	if p := learner.Get(said + "/svar"); p.Status != http.StatusForbidden {
		t.Errorf("the sender answers: %d", p.Status)
	}
	if !strings.Contains(h.As(hub).Get("/oppgaver").Text("main"), "Velkomstbrev") {
		t.Error("the owner has no task")
	}
	send(t, h.As(hub), said+"/svar", url.Values{"to": {"answered"}, "note": {"Takk, det er rettet."}, "shown": {"ja"}})
	if !strings.Contains(h.Visitor().Get(said).Text("main"), "Takk, det er rettet.") {
		t.Error("others do not read the answer")
	}
	if err := h.Follow.Spread(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(learner.Get("/varsler").Text("main"), "Velkomstbrev") {
		t.Error("the sender is not told")
	}
}

// packages: gathered by an editor, in an order; start pages show groups and packages.
func packages(t *testing.T, h *sitetest.House) {
	text := h.Visitor().Get("/tiltakspakker/ta-imot-nye-innbyggere").Text("main")
	last := -1
	for _, title := range []string{"Velkomstbrev", "Jobb og bo", "Presentasjon av ledige boliger", "Språkkafé"} {
		i := strings.Index(text, title)
		if i < last {
			t.Errorf("%s stands at %d, after %d", title, i, last)
		}
		last = i
	}
	secretary := h.As("secretary")
	one, two := strings.TrimPrefix(the(t, h, "Vertskapskurs"), "/verktoykasse/"), strings.TrimPrefix(the(t, h, "Velkomstbrev"), "/verktoykasse/")
	if p := secretary.Post("/tiltakspakker/ny", url.Values{"title_nb": {"Første uke"}, "version": {"0"}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("a package without measures: %d", p.Status)
	}
	p := send(t, secretary, "/tiltakspakker/ny", url.Values{"title_nb": {"Første uke"}, "goal_nb": {"En god start."}, "nr_" + one: {"2"}, "nr_" + two: {"1"}, "open": {"ja"}})
	at, _, _ := strings.Cut(p.Location, "?")
	text = h.Visitor().Get(at).Text("main")
	if a, b := strings.Index(text, "Velkomstbrev"), strings.Index(text, "Vertskapskurs"); a < 0 || b < a {
		t.Errorf("the order: %s", text)
	}
	send(t, secretary, at+"/rediger", url.Values{"title_nb": {"Første uke"}, "nr_" + one: {"1"}})
	if p := h.Visitor().Get(at); p.Status != http.StatusNotFound {
		t.Errorf("closed, a visitor reads it: %d", p.Status)
	}
	archived := the(t, h, "Vertskapskurs")
	send(t, h.As("county"), archived+"/flytt/archived", url.Values{"note": {"Tas ut."}})
	send(t, secretary, at+"/rediger", url.Values{"title_nb": {"Første uke"}, "nr_" + two: {"1"}, "open": {"ja"}})
	if strings.Contains(h.Visitor().Get(at).Text("main"), "Vertskapskurs") {
		t.Error("what is taken out is shown in the package")
	}
	send(t, h.As("county"), archived+"/flytt/published", url.Values{})
	if text = h.Visitor().Get(at).Text("main"); !strings.Contains(text, "Vertskapskurs") {
		t.Errorf("what is taken in again is not in the package: %s", text)
	}
	send(t, secretary, at+"/rediger", url.Values{"title_nb": {"Første uke"}, "nr_" + one: {"1"}})
	if p := h.As(hub).Get("/tiltakspakker/ny"); p.Status != http.StatusForbidden {
		t.Errorf("a hub makes a package: %d", p.Status)
	}
	start := h.Visitor().Get("/program/inkludering").Text("main")
	for _, words := range []string{"Inkludering", "Ta imot nye innbyggere", "Velkomstbrev", "Vertskapskurs"} {
		if !strings.Contains(start, words) {
			t.Errorf("the start page says nothing of %q", words)
		}
	}
	if strings.Contains(start, "Leverandørnettverk") {
		t.Error("the start page has measures for others")
	}
	if p := secretary.Get("/program/inkludering/rediger"); p.Status != http.StatusForbidden {
		t.Errorf("the secretary changes a start page: %d", p.Status)
	}
	if p := h.Visitor().Get("/program/finnes-ikke"); p.Status != http.StatusNotFound {
		t.Errorf("no such start page: %d", p.Status)
	}
	if text := h.Visitor().Get("/verktoykasse").Text("main"); !strings.Contains(text, "Rekruttering") || !strings.Contains(text, "Ta imot nye innbyggere") {
		t.Error("the toolbox does not lead to start pages and packages")
	}
}

// papers: one measure, and a package with all of its measures and their steps.
func papers(t *testing.T, h *sitetest.House) {
	one := h.Visitor().Get(the(t, h, "Jobb og bo") + "/ark")
	if one.Status != http.StatusOK || !strings.Contains(one.Body, "Steg for steg") || !strings.Contains(one.Body, "takker ja") {
		t.Errorf("the paper of a measure: %d", one.Status)
	}
	pack := h.Visitor().Get("/tiltakspakker/ta-imot-nye-innbyggere/ark")
	for _, words := range []string{"1. Velkomstbrev", "2. Jobb og bo", "3. Presentasjon av ledige boliger", "4. Språkkafé", "Steg for steg"} {
		if !strings.Contains(pack.Body, words) {
			t.Errorf("the paper of the package lacks %q", words)
		}
	}
	html := h.Visitor().Get("/tiltakspakker/ta-imot-nye-innbyggere/ark.html")
	if html.Status != http.StatusOK || strings.Count(html.Body, "<h2") < 4 {
		t.Errorf("as a file: %d", html.Status)
	}
}
