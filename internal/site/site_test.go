package site_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/site"
	"kompetansetorg/internal/site/sitetest"
)

func TestDemoRolesAreOneClickAway(t *testing.T) {
	h := sitetest.New(t)
	for _, role := range []string{"adviser", "employer", "provider", "secretary", "county", "learner", "admin"} {
		p := h.As(role).Get("/nowhere")
		if p.Status != http.StatusNotFound {
			t.Errorf("%s: /nowhere answers %d", role, p.Status)
		}
		if !p.Has(".kt-viewer form, .kt-viewer [href='/konto']") {
			t.Errorf("%s: the header does not show who is signed in", role)
		}
	}
}

func TestDemoTokenActsAsTheRole(t *testing.T) {
	h := sitetest.New(t)
	c := h.Visitor()
	p := c.JSON("POST", "/api/v1/demo/token", `{"role":"adviser"}`)
	if p.Status != http.StatusOK || !strings.Contains(p.Body, `"token"`) {
		t.Fatalf("token: %d %s", p.Status, p.Body)
	}
	if p := c.JSON("POST", "/api/v1/demo/token", `{"role":"emperor"}`); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, `"/role"`) {
		t.Errorf("unknown role: %d %s", p.Status, p.Body)
	}
}

func TestWrongPasswordIsCountedAndClosed(t *testing.T) {
	h := sitetest.New(t)
	c := h.Visitor()
	form := url.Values{"username": {"nobody"}, "password": {"feil passord"}, "to": {"/"}}
	for i := range 10 {
		if p := c.Post("/logg-inn", form); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "Brukernavn eller passord er feil") {
			t.Fatalf("try %d: %d", i+1, p.Status)
		}
	}
	if p := c.Post("/logg-inn", form); p.Status != http.StatusTooManyRequests {
		t.Errorf("try 11: %d, want 429", p.Status)
	}
}

func TestFirstAdministratorLinkWorksOnce(t *testing.T) {
	h := sitetest.With(t, site.Config{})
	token, err := h.Accounts.FirstAdminToken(t.Context())
	if err != nil || token == "" {
		t.Fatalf("token %q, %v", token, err)
	}
	c := h.Visitor()
	in := url.Values{"username": {"admin@example.no"}, "name": {"Åse"}, "password": {"kort"}}
	if p := c.Post("/invitasjon/"+token, in); p.Status != http.StatusUnprocessableEntity || p.Attr("#name", "value") != "Åse" {
		t.Errorf("short password: %d, name kept as %q", p.Status, p.Attr("#name", "value"))
	}
	in.Set("password", "en lang setning jeg husker")
	if p := c.Post("/invitasjon/"+token, in); p.Status != http.StatusSeeOther {
		t.Fatalf("accept: %d", p.Status)
	}
	if p := h.Visitor().Post("/invitasjon/"+token, in); p.Status != http.StatusNotFound {
		t.Errorf("second use: %d, want 404", p.Status)
	}
	if again, err := h.Accounts.FirstAdminToken(t.Context()); err != nil || again != "" {
		t.Errorf("a second first administrator could be made: %q, %v", again, err)
	}
	d := h.Visitor()
	if p := d.Post("/logg-inn", url.Values{"username": {" ADMIN@example.no"}, "password": {"en lang setning jeg husker"}, "to": {"//evil.example"}}); p.Status != http.StatusSeeOther || p.Location != "/" {
		t.Errorf("sign in: %d to %q", p.Status, p.Location)
	}
}

func TestVisitorsAreLimitedReadersAreNot(t *testing.T) {
	h := sitetest.With(t, site.Config{Demo: true, OpenRate: 1, OpenBurst: 3})
	c := h.As("adviser")
	v := h.Visitor()
	limited := false
	for range 5 {
		limited = limited || v.Get("/logg-inn").Status == http.StatusTooManyRequests
	}
	if !limited {
		t.Error("a visitor was not limited")
	}
	for range 5 {
		if p := c.Get("/logg-inn"); p.Status != http.StatusOK {
			t.Fatalf("a signed-in reader got %d", p.Status)
		}
	}
	if p := v.JSON("GET", "/api/v1/nothing", ""); p.Status != http.StatusTooManyRequests || !strings.Contains(p.Header.Get("Content-Type"), "problem+json") {
		t.Errorf("API over the limit: %d %s", p.Status, p.Header.Get("Content-Type"))
	}
}

// TestMadeUpSignInsAreVisitors: a cookie or a token that nobody was given lifts
// no limit.
func TestMadeUpSignInsAreVisitors(t *testing.T) {
	for header, value := range map[string]string{"Cookie": "kompetansetorg=made-up", "Authorization": "Bearer made-up"} {
		v := sitetest.With(t, site.Config{Demo: true, OpenRate: 1, OpenBurst: 3}).Visitor()
		v.Header.Set(header, value)
		limited := false
		for range 5 {
			limited = limited || v.Get("/logg-inn").Status == http.StatusTooManyRequests
		}
		if !limited {
			t.Errorf("%s: not limited", header)
		}
	}
}

// TestWhatASignedInReaderSeesIsKeptNowhere keeps pages out of shared caches and
// out of the back button after signing out.
func TestWhatASignedInReaderSeesIsKeptNowhere(t *testing.T) {
	h := sitetest.New(t)
	for _, path := range []string{"/behov", "/konto", "/api/v1/needs"} {
		if got := h.As("adviser").Get(path).Header.Get("Cache-Control"); got != "private, no-store" {
			t.Errorf("%s: Cache-Control %q", path, got)
		}
	}
}

// TestWrongMethodNamesTheRightOnes answers 405 with Allow, not "no such page".
func TestWrongMethodNamesTheRightOnes(t *testing.T) {
	v := sitetest.New(t).Visitor()
	for path, allow := range map[string]string{"/demo/rolle": "POST", "/api/v1/needs": "GET, POST"} {
		p := v.JSON("DELETE", path, "")
		if p.Status != http.StatusMethodNotAllowed || p.Header.Get("Allow") != allow {
			t.Errorf("DELETE %s: %d, Allow %q", path, p.Status, p.Header.Get("Allow"))
		}
	}
	for path, page := range map[string]string{"/behov/0199-x/flytt": "/behov/0199-x", "/behov/ny/tekst": "/behov/ny", "/demo/rolle": "/", "/konto/nokkel": "/konto",
		"/behov/a%3Fb=1%23c/flytt": "/behov/a%3Fb=1%23c", "/behov/%5Cevil/flytt": "/behov/%5Cevil"} {
		if p := v.Get(path); p.Status != http.StatusSeeOther || p.Location != page {
			t.Errorf("GET %s: %d to %s, want %s", path, p.Status, p.Location, page)
		}
	}
	if p := v.JSON("DELETE", "/finnes-ikke", ""); p.Status != http.StatusNotFound {
		t.Errorf("DELETE of no page: %d", p.Status)
	}
}

func TestOtherSitesCannotPost(t *testing.T) {
	h := sitetest.New(t)
	c := h.Visitor()
	c.Header.Set("Sec-Fetch-Site", "cross-site")
	if p := c.Post("/demo/rolle", url.Values{"role": {"admin"}}); p.Status != http.StatusForbidden {
		t.Errorf("a post from another site: %d, want 403", p.Status)
	}
}

func TestAnswersCarryTheHeaders(t *testing.T) {
	p := sitetest.New(t).Visitor().Get("/logg-inn")
	for name, want := range map[string]string{
		"Content-Security-Policy":     "default-src 'self'; img-src 'self' data:; worker-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
		"X-Content-Type-Options":      "nosniff",
		"Referrer-Policy":             "same-origin",
		"Permissions-Policy":          "camera=(), microphone=(), geolocation=()",
		"Content-Type":                "text/html; charset=utf-8",
		"Server":                      "",
		"Access-Control-Allow-Origin": "",
	} {
		if got := p.Header.Get(name); got != want {
			t.Errorf("%s = %q", name, got)
		}
	}
}

func TestARoleEndsWithItsDay(t *testing.T) {
	now := sitetest.Now
	h := sitetest.With(t, site.Config{Demo: true, Clock: func() time.Time { return now }})
	actor := h.Actor("adviser")
	if len(actor.Roles) == 0 {
		t.Fatal("the adviser has no role")
	}
	now = now.AddDate(-3, 0, 0)
	if early := h.Actor("adviser"); len(early.Roles) != 0 {
		t.Errorf("three years earlier the adviser has %v", early.Roles)
	}
}

// TestAnAPITakesJSONOnly refuses another content type, and does not guess.
func TestAnAPITakesJSONOnly(t *testing.T) {
	c := sitetest.New(t).Visitor()
	for _, kind := range []string{"text/plain", "application/xml", "multipart/form-data; boundary=x"} {
		if p := c.Send("POST", "/api/v1/match", kind, strings.NewReader(`{"text":"sagmester"}`)); p.Status != http.StatusUnsupportedMediaType {
			t.Errorf("%s: %d", kind, p.Status)
		}
	}
	if p := c.Send("POST", "/api/v1/match", "application/json", strings.NewReader(`{"text":"sagmester"}`)); p.Status != http.StatusOK {
		t.Errorf("JSON: %d", p.Status)
	}
}
