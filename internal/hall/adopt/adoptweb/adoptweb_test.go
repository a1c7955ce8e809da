package adoptweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

// TestTakenIntoUse is a measure from its page to a project with its steps, and back: what the
// project says of itself counts on the measure's page, by the rule, and a draft counts without
// being named.
func TestTakenIntoUse(t *testing.T) {
	h := sitetest.New(t)
	hub, county, visitor := h.As("adviser"), h.As("county"), h.Visitor()
	card := visitor.Get("/verktoykasse?q=velkomstbrev").Attr("main a[href^='/verktoykasse/0']", "href")
	page := visitor.Get(card)
	if got := page.Text("main"); !strings.Contains(got, "Prøvd, men av for få") || !strings.Contains(got, "1 prosjekt har brukt det") || !page.Has("main a[href='"+card+"/ta-i-bruk']") {
		t.Fatalf("%s", got)
	}
	if got := visitor.Get(card + "/brukt").Text("main"); !strings.Contains(got, "Velkomstbrev") || !strings.Contains(got, "Slik er det regnet") {
		t.Errorf("%s", got)
	}
	for role, want := range map[string]int{"learner": 403, "admin": 403, "adviser": 200, "county": 200} {
		if p := h.As(role).Get(card + "/ta-i-bruk"); p.Status != want {
			t.Errorf("%s takes it into use: %d", role, p.Status)
		}
	}
	if p := visitor.Get(card + "/ta-i-bruk"); p.Status != http.StatusSeeOther {
		t.Errorf("a visitor takes it into use: %d", p.Status)
	}
	form := hub.Get(card + "/ta-i-bruk")
	if !strings.Contains(form.Text("main"), "Dette lærte andre") {
		t.Error("nothing is told of what others learned")
	}
	owner, part := form.Attr("#owner option[value]", "value"), ""
	for _, v := range form.Attrs("#part option", "value") {
		if strings.HasSuffix(v, "/tilflytter") {
			part = v
		}
	}
	if p := hub.Post(card+"/ta-i-bruk", url.Values{"owner": {owner}, "part": {"noe annet"}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("no such project: %d", p.Status)
	}
	p := hub.Post(card+"/ta-i-bruk", url.Values{"owner": {owner}, "part": {part}, "municipalities": {"Rennebu"}})
	if p.Status != http.StatusSeeOther {
		t.Fatalf("%d %s", p.Status, p.Text(".ds-error-summary"))
	}
	at := strings.Split(p.Header.Get("Location"), "?")[0]
	made := hub.Get(at).Text("main")
	for _, want := range []string{"Velkomstbrev", "Utkast", "Tilflyttere", "Rennebu", "Laget av tiltaket", "Kryss av"} {
		if !strings.Contains(made, want) {
			t.Errorf("the project does not say %q: %s", want, made)
		}
	}
	if got := visitor.Get(card + "/brukt").Text("main"); !strings.Contains(got, "2 prosjekter har brukt det") || !strings.Contains(got, "I tillegg bruker 1 prosjekt det") || strings.Contains(got, "Rennebu") {
		t.Errorf("a draft is named: %s", got)
	}
	step := func(path string, values url.Values) {
		t.Helper()
		values.Set("version", hub.Get(path).Attr("input[name=version]", "value"))
		if p := hub.Post(path, values); p.Status != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", path, p.Status, p.Text(".ds-error-summary"))
		}
	}
	step(at+"/rediger", url.Values{"title": {"Velkomstbrev i Rennebu"}, "public": {"ja"}, "municipalities": {"Rennebu"}, "group": {"tilflytter"}})
	step(at+"/flytt/described", url.Values{})
	step(at+"/flytt/running", url.Values{})
	step(at+"/kort", url.Values{"short": {"Alle nye fikk brev."}, "attainment": {"not"}, "attainment_text": {"Ingen leste det."}, "follow": {"ended"}, "follow_text": {"Ring heller."}})
	if got := visitor.Get(card + "/brukt").Text("main"); !strings.Contains(got, "2 har fortalt: 1 nådde målene, 0 delvis, 1 ikke") || !strings.Contains(got, "Ring heller.") {
		t.Errorf("a failure is not told: %s", got)
	}
	parent := strings.Split(part, "/")[0]
	if got := visitor.Get("/prosjekter/" + parent + "/kompendium").Text("main"); !strings.Contains(got, "Alle nye fikk brev.") {
		t.Errorf("it is not in the compendium: %s", got)
	}
	scheme := visitor.Get("/verktoykasse?slag=support").Attr("main a[href^='/verktoykasse/0']", "href")
	if visitor.Get(scheme).Has("main a[href$='/ta-i-bruk']") || county.Get(scheme+"/ta-i-bruk").Status != http.StatusNotFound {
		t.Error("a scheme is taken into use")
	}
}
