package accountweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/brreg/brregtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/site"
	"kompetansetorg/internal/site/sitetest"
)

// TestARoleInAnOrganisationOfTheRegister: the administrator writes a name that
// nobody here has, chooses the hit, and it is registered with the account.
func TestARoleInAnOrganisationOfTheRegister(t *testing.T) {
	s := brregtest.New(t)
	h := sitetest.With(t, site.Config{Demo: true, Enhetsregisteret: s.URL})
	c := h.As("admin")
	v := url.Values{"username": {"ny.leder"}, "name": {"Ny leder"}, "role": {"org_member"}, "organisation": {"listverk"}}
	p := c.Post("/administrasjon/kontoer/ny", v)
	if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Text("#organisation-error"), "fant den i Enhetsregisteret") ||
		len(p.All("#organisation_choice input")) != 2 || p.Attr("#organisation", "value") != "listverk" {
		t.Fatalf("%d: %q", p.Status, p.Text("#organisation_choice"))
	}
	v.Set("organisation_choice", "enhet-"+brregtest.Joinery)
	v.Set("organisation_asked", p.Attr("[name=organisation_asked]", "value"))
	v.Set("from", "i morgen")
	p = c.Post("/administrasjon/kontoer/ny", v)
	if _, err := h.Orgs.Find(t.Context(), brregtest.Joinery); p.Status != http.StatusUnprocessableEntity || !fault.Is(err, fault.NotFound) || !p.Has("#organisation_choice input[checked]") {
		t.Errorf("registered while the date is wrong: %d, %v", p.Status, err)
	}
	v.Del("from")
	if p = c.Post("/administrasjon/kontoer/ny", v); p.Status != http.StatusSeeOther {
		t.Fatalf("%d: %q", p.Status, p.All(".ds-validation-message"))
	}
	if got := c.Follow(p).Text("main"); !strings.Contains(got, "Eksempel Listverk AS") {
		t.Errorf("the account's page: %q", got)
	}
	s.Down(true)
	v.Set("organisation", "noe helt annet")
	if p = c.Post("/administrasjon/kontoer/ny", v); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Text("#organisation-error"), "ikke kontakt med Enhetsregisteret") {
		t.Errorf("without the register: %d %q", p.Status, p.Text("#organisation-error"))
	}
}
