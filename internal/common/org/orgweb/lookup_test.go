package orgweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/kit/brreg/brregtest"
	"kompetansetorg/internal/site"
	"kompetansetorg/internal/site/sitetest"
)

// outside is a house that asks a register of its own.
func outside(t *testing.T) (*sitetest.House, *brregtest.Server) {
	t.Helper()
	s := brregtest.New(t)
	return sitetest.With(t, site.Config{Demo: true, Enhetsregisteret: s.URL}), s
}

// TestANewOrganisationIsFilledInFromTheRegister: by name, a hit, and save.
func TestANewOrganisationIsFilledInFromTheRegister(t *testing.T) {
	h, _ := outside(t)
	c := h.As("adviser")
	p := c.Get("/virksomheter/ny?q=eksempel+listverk")
	rows := p.All("section[aria-labelledby=lookup] tbody tr")
	if p.Status != http.StatusOK || len(rows) != 2 || !strings.Contains(rows[0], "Eksempel Listverk AS") || !strings.Contains(rows[0], "Fra Enhetsregisteret: Rennebu, Bedrift (AS), 313 000 109") {
		t.Fatalf("%d: %q", p.Status, rows)
	}
	p = c.Get(p.Attr("section[aria-labelledby=lookup] tbody a", "href"))
	for field, want := range map[string]string{"name": "Eksempel Listverk AS", "orgno": brregtest.Joinery, "municipality": "Rennebu (5022)", "website": "https://listverk.example.no"} {
		if got := p.Attr("#"+field, "value"); got != want {
			t.Errorf("%s is filled with %q, want %q", field, got, want)
		}
	}
	if got := p.Attr("#kind option[selected]", "value"); got != "company" {
		t.Errorf("kind %q", got)
	}
	p = c.Post("/virksomheter/ny", url.Values{"name": {"Eksempel Listverk AS"}, "kind": {"company"}, "municipality": {"Rennebu (5022)"}, "orgno": {brregtest.Joinery}})
	if p.Status != http.StatusSeeOther {
		t.Fatalf("%d: %q", p.Status, p.All(".ds-validation-message"))
	}
	facts := c.Follow(p).Text("main .kt-facts")
	for _, want := range []string{"I Enhetsregisteret Aktiv", "Ansatte 14", "Kilde Enhetsregisteret, lest 21.11.2026"} {
		if !strings.Contains(facts, want) {
			t.Errorf("the page lacks %q: %q", want, facts)
		}
	}
	if p := c.Get("/virksomheter/ny?q=" + brregtest.Joinery); !strings.Contains(p.Text("section[aria-labelledby=lookup] tbody"), "Registrert her fra før") {
		t.Errorf("one we have: %q", p.Text("section[aria-labelledby=lookup]"))
	}
	for q, want := range map[string]string{"finnes+ikke": "ingen som passer", brregtest.Nobody: "ingen som passer"} {
		if p := c.Get("/virksomheter/ny?q=" + q); !strings.Contains(p.Text("section[aria-labelledby=lookup]"), want) {
			t.Errorf("%s: %q", q, p.Text("section[aria-labelledby=lookup]"))
		}
	}
	if p := c.Get("/virksomheter/ny?q=ab"); p.Status != http.StatusUnprocessableEntity || p.Text("#q-error") == "" {
		t.Errorf("two letters: %d", p.Status)
	}
}

// TestAClosedOrganisationIsMarked on its page and in the list.
func TestAClosedOrganisationIsMarked(t *testing.T) {
	h, s := outside(t)
	c := h.As("adviser")
	p := c.Post("/virksomheter/ny", url.Values{"name": {"Eksempel Skofabrikk AS"}, "kind": {"company"}, "municipality": {"5021"}, "orgno": {brregtest.Bankrupt}})
	if page := c.Follow(p); !strings.Contains(page.Text("main"), "Konkurs fra 05.10.2026.") || !strings.Contains(page.Text("main"), "nye behov kan ikke meldes") {
		t.Errorf("the page says %q", page.Text("main"))
	}
	if row := h.Visitor().Get("/virksomheter?q=skofabrikk").Text("main tbody tr"); !strings.Contains(row, "Konkurs") {
		t.Errorf("the list says %q", row)
	}
	if p := h.Visitor().JSON("GET", "/api/v1/organisations?q=skofabrikk", ""); !strings.Contains(p.Body, `"state":"bankrupt"`) {
		t.Errorf("JSON says %s", p.Body)
	}
	// The register falls silent: the form works as before, and says so.
	s.Down(true)
	if p := c.Get("/virksomheter/ny?q=noe+helt+annet"); p.Status != http.StatusOK || !strings.Contains(p.Text("section[aria-labelledby=lookup]"), "ikke kontakt med Enhetsregisteret") {
		t.Errorf("%d: %q", p.Status, p.Text("section[aria-labelledby=lookup]"))
	}
	p = c.Post("/virksomheter/ny", url.Values{"name": {"Stille Bedrift AS"}, "kind": {"company"}, "municipality": {"5021"}, "orgno": {brregtest.Nobody}})
	if p.Status != http.StatusSeeOther {
		t.Errorf("without the register: %d %q", p.Status, p.All(".ds-validation-message"))
	}
	o, err := h.Orgs.Find(t.Context(), "Eksempel Skofabrikk")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := h.Orgs.Get(t.Context(), o); err != nil || got.Standing.State != brreg.Bankrupt {
		t.Errorf("%+v, %v", got.Standing, err)
	}
}

// TestLookUpIsOffInTheDemo: the demo asks nobody, and the page does not offer it.
func TestLookUpIsOffInTheDemo(t *testing.T) {
	h := sitetest.New(t)
	if p := h.As("adviser").Get("/virksomheter/ny?q=eksempel"); p.Has("#q") || p.Status != http.StatusOK {
		t.Error("the demo offers a look-up")
	}
	c := h.Visitor()
	if p := c.JSON("GET", "/api/v1/organisations/lookup?q=eksempel", ""); p.Status != http.StatusUnauthorized {
		t.Errorf("a visitor: %d", p.Status)
	}
	if p := h.As("adviser").JSON("GET", "/api/v1/organisations/lookup?q=eksempel", ""); p.Status != http.StatusOK || !strings.Contains(p.Body, `"trouble":"off"`) {
		t.Errorf("%d %s", p.Status, p.Body)
	}
}

func TestLookUpInJSON(t *testing.T) {
	h, _ := outside(t)
	c := h.As("adviser")
	p := c.JSON("GET", "/api/v1/organisations/lookup?q=eksempel+listverk", "")
	for _, want := range []string{`"total":2`, `"id":"313000109"`, `"name":"Eksempel Listverk AS"`, `"municipality":"5022"`, `"employees":14`, `"employees":null`, `"state":"active"`, `"source":"Enhetsregisteret"`} {
		if !strings.Contains(p.Body, want) {
			t.Errorf("%d, lacks %s: %s", p.Status, want, p.Body)
		}
	}
	if p := c.JSON("GET", "/api/v1/organisations/lookup?q=ab", ""); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("two letters: %d", p.Status)
	}
}

// TestAParentOfTheRegister: what the organisation is part of is found there too,
// and nothing is registered while something else is wrong.
func TestAParentOfTheRegister(t *testing.T) {
	h, _ := outside(t)
	c := h.As("adviser")
	v := url.Values{"name": {"Eksempel Avdeling"}, "kind": {"company"}, "municipality": {"5025"}, "parent": {"listverk eiendom"}}
	p := c.Post("/virksomheter/ny", v)
	if p.Status != http.StatusUnprocessableEntity || !p.Has("#parent_choice input[value=enhet-"+brregtest.Estate+"]") || p.Attr("#parent", "value") != "listverk eiendom" {
		t.Fatalf("%d: %q", p.Status, p.Text("#parent_choice"))
	}
	v.Set("parent_choice", "enhet-"+brregtest.Estate)
	v.Set("parent_asked", p.Attr("[name=parent_asked]", "value"))
	v.Set("website", "javascript:alert(1)")
	if p = c.Post("/virksomheter/ny", v); p.Status != http.StatusUnprocessableEntity || p.Text("#website-error") == "" {
		t.Errorf("a wrong website: %d", p.Status)
	}
	v.Del("name")
	v.Del("website")
	v.Set("kind", "tull")
	if p = c.Post("/virksomheter/ny", v); p.Status != http.StatusUnprocessableEntity || !p.Has("#parent_choice input[checked]") {
		t.Errorf("what was ticked is not kept: %d", p.Status)
	}
	v.Set("name", "Eksempel Avdeling")
	v.Set("kind", "company")
	p = c.Post("/virksomheter/ny", v)
	if got := c.Follow(p).Text("main .kt-facts"); !strings.Contains(got, "Eksempel Listverk Eiendom AS") {
		t.Errorf("part of: %d %q", p.Status, got)
	}
}
