package site_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/site/sitetest"
)

// The demo bar has one button for each role, and for the reader's own role one
// for each place it is held, so that it stays small; the first of a role is the
// one that is offered to all.
func TestDemoBarOffersPlaces(t *testing.T) {
	h := sitetest.New(t)
	visitor := h.Visitor()
	roles := visitor.Get("/").All(".kt-demo button")
	if p := visitor.Get("/"); len(roles) != 12 || p.Has(".kt-demo button[name=account]") {
		t.Errorf("a visitor is offered %q", roles)
	}
	for _, tt := range []struct {
		role, first, at, now string
		same                 int
	}{
		{"provider", "Trøndelag høyere yrkesfagskole", "NTNU Videre", "Du er Tilbyder: NTNU Videre.", 6},
		{"provider", "Trøndelag høyere yrkesfagskole", "Namdal studiesenter", "Du er Tilbyder: Namdal studiesenter.", 6},
		{"employer", "Eksempel Sag og Høvleri AS", "Eksempel barneskole, Oppdal", "Du er Virksomhet: Eksempel barneskole, Oppdal.", 5},
		{"employer", "Eksempel Sag og Høvleri AS", "Namdal studiesenter", "Du er Virksomhet: Namdal studiesenter.", 5},
		{"learner", "Innbygger", "Nettstudent", "Du er Innbygger: Nettstudent.", 3},
		{"mayor", "Røros kommune", "Oppdal kommune", "Du er Ordfører: Oppdal kommune.", 6},
	} {
		c := h.As(tt.role)
		p := c.Get("/")
		if got := p.Text(".kt-demo button[name=account][aria-current] .kt-demo__role"); got != tt.first {
			t.Errorf("%s: the first is %q, want %q", tt.role, got, tt.first)
		}
		names, values := p.All(".kt-demo button[name=account] .kt-demo__role"), p.Attrs(".kt-demo button[name=account]", "value")
		i := slices.Index(names, tt.at)
		if len(names) != tt.same || i < 0 {
			t.Errorf("%s: offered %q", tt.role, names)
			continue
		}
		if p := c.Post("/demo/rolle", url.Values{"account": {values[i]}}); p.Status != http.StatusSeeOther {
			t.Errorf("%s: step to %s: %d", tt.role, tt.at, p.Status)
		}
		p = c.Get("/")
		if now := p.Text(".kt-demo__text span"); now != tt.now || len(p.All(".kt-demo button[name=role]")) != len(roles) {
			t.Errorf("%s at %s: the bar says %q", tt.role, tt.at, now)
		}
		if got := p.All(".kt-demo button[aria-current] .kt-demo__role"); len(got) != 2 || got[0] != tt.at {
			t.Errorf("%s at %s: marked as mine: %q", tt.role, tt.at, got)
		}
	}
	if p := h.As("county").Get("/"); p.Has(".kt-demo button[name=account]") || p.Text(".kt-demo__text span") != "Du er Saksbehandler i fylket." {
		t.Errorf("alone in the role: %q", p.All(".kt-demo button[name=account]"))
	}
}

// A program names the organisation; what is not there is refused, and nobody
// steps into an account that is no demo account.
func TestDemoRoleInAnOrganisation(t *testing.T) {
	h := sitetest.New(t)
	videre := string(orgNamed(t, h, "NTNU Videre"))
	c := h.Visitor()
	if p := c.Post("/demo/rolle", url.Values{"role": {"provider"}, "organisation": {videre}}); p.Status != http.StatusSeeOther {
		t.Fatalf("in the organisation: %d", p.Status)
	}
	if got := c.Get("/").Text(".kt-demo__text span"); got != "Du er Tilbyder: NTNU Videre." {
		t.Errorf("the bar says %q", got)
	}
	real, _, err := h.Accounts.Invite(t.Context(), h.Actor("admin"), account.NewAccount{Username: "kari@example.no", Name: "Kari", Roles: []access.Assignment{{Role: access.RolePerson, From: h.Today()}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []url.Values{
		{"role": {"employer"}, "organisation": {videre}}, {"role": {"provider"}, "organisation": {"NTNU"}}, {"role": {"emperor"}},
		{"account": {"tull"}}, {"account": {string(real)}}, {"role": {"provider"}, "account": {string(real)}},
	} {
		c := h.Visitor()
		if p := c.Post("/demo/rolle", v); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("%v: %d %s", v, p.Status, p.Location)
		}
		if p := c.Get("/"); !strings.Contains(p.Text(".kt-viewer"), "Logg inn") {
			t.Errorf("%v: signed in as %q", v, p.Text(".kt-viewer"))
		}
	}
}
