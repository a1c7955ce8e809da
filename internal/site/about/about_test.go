package about_test

import (
	"net/http"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/site"
	"kompetansetorg/internal/site/sitetest"
)

// TestAnybodyReadsThePages in each language, with no key and no gap left in a text.
func TestAnybodyReadsThePages(t *testing.T) {
	v := sitetest.With(t, site.Config{Operator: "Eksempel fylkeskommune", Contact: "post@example.no"}).Visitor()
	for path, title := range map[string]map[string]string{
		"/tilgjengelighet": {"nb": "Tilgjengelighet", "nn": "Tilgjenge", "en": "Accessibility"},
		"/personvern":      {"nb": "Personvern", "nn": "Personvern", "en": "Privacy"},
		"/kilder":          {"nb": "Kilder og lisenser", "nn": "Kjelder og lisensar", "en": "Sources and licences"},
		"/api":             {"nb": "Åpne data og API", "nn": "Opne data og API", "en": "Open data and API"},
	} {
		for lang, want := range title {
			p := v.Get(path + "?lang=" + lang)
			if p.Status != http.StatusOK || p.Text("h1") != want || p.Attr("html", "lang") != lang {
				t.Errorf("%s in %s: %d %q", path, lang, p.Status, p.Text("h1"))
			}
			for _, bad := range []string{"about.access", "about.privacy", "about.sources", "about.api", "{operator}", "{rate}", "{n}"} {
				if strings.Contains(p.Text("main"), bad) {
					t.Errorf("%s in %s shows %q", path, lang, bad)
				}
			}
			if p.Attr("meta[name=description]", "content") == "" {
				t.Errorf("%s in %s has no description", path, lang)
			}
		}
	}
	for _, path := range []string{"/tilgjengelighet", "/personvern"} {
		if p := v.Get(path + "?lang=nb"); !strings.Contains(p.Text("main"), "Eksempel fylkeskommune") || !p.Has("a[href='mailto:post@example.no']") {
			t.Errorf("%s does not name the operator", path)
		}
	}
}

func TestNoOperatorIsNamed(t *testing.T) {
	v := sitetest.With(t, site.Config{}).Visitor()
	if p := v.Get("/api"); p.Has("#token-get") || !strings.Contains(p.Text("section[aria-labelledby=limits]"), "ingen grense") {
		t.Errorf("outside the demo: %q", p.Text("section[aria-labelledby=limits]"))
	}
	for _, path := range []string{"/tilgjengelighet", "/personvern"} {
		if p := v.Get(path); !strings.Contains(p.Text("main"), "den som driver denne tjenesten") || p.Has("a[href^=mailto]") {
			t.Errorf("%s without an operator: %q", path, p.Text("section"))
		}
	}
}

func TestSourcesSayWhatIsLoaded(t *testing.T) {
	h := sitetest.With(t, site.Config{})
	row := func(p sitetest.Page, with string) string {
		for _, r := range p.All("tbody tr") {
			if strings.Contains(r, with) {
				return r
			}
		}
		return ""
	}
	p := h.Visitor().Get("/kilder")
	if got := row(p, "Kommunegrenser"); !strings.Contains(got, "Ikke lastet inn") {
		t.Errorf("boundaries: %q", got)
	}
	if got := row(p, "STYRK-08"); !strings.Contains(got, "I bruk") {
		t.Errorf("STYRK-08: %q", got)
	}
	if got := row(p, "ESCO"); !strings.Contains(got, "Ikke lastet inn") || strings.Contains(p.Text("main"), "bruker klassifiseringen ESCO") {
		t.Errorf("ESCO: %q", got)
	}
	outlines, err := place.LoadGeoJSON(strings.NewReader(`{"type":"FeatureCollection","features":[{"properties":{"kommunenummer":"5025"},
		"geometry":{"type":"Polygon","coordinates":[[[10,60],[11,60],[11,61],[10,61],[10,60]]]}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	err = h.DB().Write(t.Context(), func(tx *db.Tx) error {
		return place.StoreOutlines(t.Context(), tx, clock.At(sitetest.Now), access.SystemActor("test"), outlines)
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := row(h.Visitor().Get("/kilder"), "Kommunegrenser"); !strings.Contains(got, "I bruk") {
		t.Errorf("boundaries after loading: %q", got)
	}
}

// TestTheListOfOpenAddressesIsTheRouteTable follows every link of the list.
func TestTheListOfOpenAddressesIsTheRouteTable(t *testing.T) {
	h := sitetest.New(t)
	v := h.Visitor()
	p := v.Get("/api")
	listed := map[string]bool{}
	for _, a := range p.All("tbody th") {
		listed[a] = true
	}
	for _, r := range h.Door().Routes() {
		if open := r.Rule.IsPublic() && strings.HasPrefix(r.Path, "/api/v1/"); open != listed[r.Path] && open {
			t.Errorf("%s is open and not listed", r.Path)
		} else if !r.Rule.IsPublic() && r.Method == http.MethodGet && listed[r.Path] {
			t.Errorf("%s is listed and not open", r.Path)
		}
	}
	if !p.Has("a[href='/api/openapi.json']") || !strings.Contains(p.Attr("#token-get", "value"), "/api/v1/demo/token") {
		t.Error("no way to the document, or to a token in the demo")
	}
	if doc := v.JSON("GET", "/api/openapi.json", ""); doc.Status != http.StatusOK || !strings.Contains(doc.Body, `"openapi":"3.1`) {
		t.Errorf("the document: %d", doc.Status)
	}
}

// TestPrivacyTellsOfTheLookUp, and the sources whether it is used.
func TestPrivacyTellsOfTheLookUp(t *testing.T) {
	for address, want := range map[string]string{"": "er slått av her", "http://127.0.0.1:1/api": "ingenting om hvem som spør"} {
		v := sitetest.With(t, site.Config{Enhetsregisteret: address}).Visitor()
		if got := v.Get("/personvern").Text("section[aria-labelledby=register]"); !strings.Contains(got, want) {
			t.Errorf("with %q: %q", address, got)
		}
		used := strings.Contains(strings.Join(v.Get("/kilder").All("tbody tr"), "|"), "Brønnøysundregistrene NLOD 2.0 I bruk")
		if used != (address != "") {
			t.Errorf("with %q the sources say that it is used: %v", address, used)
		}
	}
}

// TestPrivacyIsMadeFromTheRegister: each kind of personal data has its line, with
// the days of the code, and the page says whether mail is sent.
func TestPrivacyIsMadeFromTheRegister(t *testing.T) {
	h := sitetest.With(t, site.Config{})
	p := h.Visitor().Get("/personvern")
	for _, k := range h.Persons.Register.Kinds {
		if !p.Has("tr#kind-" + k.ID) {
			t.Errorf("%s has no line", k.ID)
		}
	}
	if got := p.Text("tr#kind-letter"); !strings.Contains(got, "30 dager") || !strings.Contains(got, "art. 6 nr. 1 e") {
		t.Errorf("letters: %q", got)
	}
	if got := p.Text("section[aria-labelledby=cookies]"); !strings.Contains(got, "ikke satt opp med en e-posttjener") {
		t.Errorf("without mail: %q", got)
	}
}

// TestThePrivacyPageSaysWhoAnswers: the controller and the data protection officer
// with addresses; where they are not set, the administrator is told.
func TestThePrivacyPageSaysWhoAnswers(t *testing.T) {
	set := sitetest.With(t, site.Config{Demo: true, Operator: "Eksempel fylkeskommune", Contact: "post@example.no", DPOContact: "ombud@example.no"})
	p := set.Visitor().Get("/personvern")
	if !strings.Contains(p.Text("section[aria-labelledby=who]"), "Eksempel fylkeskommune") || !p.Has("section[aria-labelledby=who] a[href='mailto:post@example.no']") || !p.Has("section[aria-labelledby=dpo] a[href='mailto:ombud@example.no']") {
		t.Errorf("the page: %q", p.Text("main"))
	}
	if got := set.As("admin").Get("/administrasjon/oppsett").Text("main"); strings.Contains(got, "mangler noe") {
		t.Error("something is said to be missing")
	}
	unset := sitetest.With(t, site.Config{Demo: true, Operator: "Eksempel fylkeskommune"})
	if got := unset.As("admin").Get("/administrasjon/oppsett").Text("main"); !strings.Contains(got, "--contact, --dpo-contact") || strings.Contains(got, "Ikke satt: --operator") {
		t.Errorf("the administrator reads %q", got)
	}
	if got := unset.Visitor().Get("/personvern").Text("section[aria-labelledby=dpo]"); !strings.Contains(got, "ikke satt") {
		t.Errorf("the visitor reads %q", got)
	}
}
