package planweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

// TestThePlanOfAJob: the employer and the provider read and tick the same plan, and nobody else
// finds it, nor reads of it on the position's page.
func TestThePlanOfAJob(t *testing.T) {
	h := sitetest.New(t)
	employer := h.As("employer")
	var at string
	for _, href := range employer.Get("/stillinger").Attrs("main a[href^='/stillinger/']", "href") {
		if strings.Contains(employer.Get(href).Text("h1"), "fresen") {
			at = href
		}
	}
	if at == "" {
		t.Fatal("no job with a plan in the demo")
	}
	text := employer.Get(at + "/plan").Text("main")
	for _, words := range []string{"1 av 4 er gjort", "Arbeidskrav 1", "Første samling, Oppdal", "Arbeidsgiveren"} {
		if !strings.Contains(text, words) {
			t.Errorf("the plan says nothing of %q", words)
		}
	}
	provider := h.As("provider@Gauldal videregående skole")
	if !strings.Contains(provider.Get(at+"/plan").Text("main"), "1 av 4 er gjort") || !strings.Contains(provider.Get(at).Text("main"), "Felles plan") {
		t.Error("the provider does not see the same plan")
	}
	for _, role := range []string{"learner", "adviser", "county", "provider", "provider@NTNU Videre", "employer@Namdal studiesenter"} {
		if p := h.As(role).Get(at + "/plan"); p.Status != http.StatusNotFound {
			t.Errorf("%s reads the plan: %d", role, p.Status)
		}
		if strings.Contains(h.As(role).Get(at).Text("main"), "Felles plan") {
			t.Errorf("%s reads of the plan", role)
		}
	}
	if p := employer.Post(at+"/plan/ny", url.Values{"what": {""}, "sort": {"module"}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("an empty milestone: %d", p.Status)
	}
	if p := employer.Post(at+"/plan/ny", url.Values{"what": {"Sluttprøve – æøå"}, "sort": {"module"}, "due": {"2027-06-01"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("adding: %d", p.Status)
	}
	var tick string
	for _, action := range provider.Get(at+"/plan").Attrs("form[action$='/gjort']", "action") {
		tick = action
	}
	if p := h.As("learner").Post(tick, nil); p.Status != http.StatusNotFound {
		t.Errorf("a stranger ticks: %d", p.Status)
	}
	if p := provider.Post(tick, nil); p.Status != http.StatusSeeOther {
		t.Fatalf("ticking: %d", p.Status)
	}
	if !strings.Contains(employer.Get(at+"/plan").Text("main"), "2 av 5 er gjort") {
		t.Error("the employer does not see what the provider ticked")
	}
	if p := provider.Post(at+"/plan/samlinger", nil); p.Status != http.StatusSeeOther && p.Status != http.StatusConflict {
		t.Errorf("taking the gatherings: %d %s", p.Status, p.Text("main"))
	}
}
