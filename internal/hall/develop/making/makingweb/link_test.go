package makingweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// another is a need of the hub, the adviser's own.
func another(t *testing.T, h *sitetest.House, c need.Confidentiality) need.Need {
	t.Helper()
	hub := h.Actor("adviser")
	in := need.Content{Text: words, Organisation: hub.Orgs(access.RoleIntermediary)[0], Municipality: "5021", Headcount: 2, Confidentiality: c}
	if c != need.Open {
		in.ConfidentialityGround = "Forretningshemmelighet"
	}
	n, err := h.Needs.Register(t.Context(), hub, in)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestFurtherNeeds: one more need stands behind what is made; whoever has it then reads it
// though it is kept from others, and hears of it; a shielded one keeps what it stands behind
// from all, and cannot stand behind what all read.
func TestFurtherNeeds(t *testing.T) {
	h := sitetest.New(t)
	_, answer := answered(t, h, need.Open, newOne)
	d := made(t, h, answer)
	at, provider := "/utvikling/"+d.ID, h.As("provider")
	n, secret := another(t, h, need.Open), another(t, h, need.ProvidersOnly)
	hidden := another(t, h, need.Internal)
	link := func(number string) sitetest.Page {
		t.Helper()
		return provider.Post(at+"/koble", url.Values{"version": {provider.Get(at+"/koble").Attr("input[name=version]", "value")}, "number": {number}})
	}
	for number, part := range map[string]string{"": "", "B-2026-9999": "finner ikke", hidden.Number: "finner ikke", secret.Number: "skjermet"} {
		if p := link(number); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Text("#number-error"), part) {
			t.Errorf("%q: %d %s", number, p.Status, p.Text("#number-error"))
		}
	}
	if p := provider.Post(at+"/skjul", nil); p.Status != http.StatusSeeOther {
		t.Fatalf("keep it: %d", p.Status)
	}
	hub := h.As("adviser")
	if p := hub.Get(at); p.Status != http.StatusNotFound {
		t.Errorf("the hub reads it before: %d", p.Status)
	}
	old := provider.Get(at+"/koble").Attr("input[name=version]", "value")
	if p := link(" " + n.Number + " "); p.Status != http.StatusSeeOther {
		t.Fatalf("link: %d %s", p.Status, p.Text("main"))
	}
	if p := link(n.Number); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Text("#number-error"), "allerede") {
		t.Errorf("linked again: %d", p.Status)
	}
	if p := provider.Post(at+"/koble", url.Values{"version": {old}, "number": {secret.Number}}); p.Status != http.StatusConflict {
		t.Errorf("an old page: %d", p.Status)
	}
	page := hub.Get(at)
	if page.Status != http.StatusOK || !page.Has(`main a[href="/behov/`+string(n.ID)+`"]`) || page.Has(`main a[href="`+at+`/koble"]`) {
		t.Errorf("the hub reads %d %s", page.Status, page.Text("main"))
	}
	if hub.Get(at+"/koble").Status != http.StatusForbidden || !hub.Get("/utvikling").Has(`section[aria-labelledby=dine] a[href="`+at+`"]`) {
		t.Error("the hub may link, or does not find it among its own")
	}
	if got := hub.Get("/rod-trad/need/" + string(n.ID)); !strings.Contains(got.Text("main"), "svarer også på dette") {
		t.Errorf("the thread of the further need: %s", got.Text("main"))
	}
	if p := link(secret.Number); p.Status != http.StatusSeeOther {
		t.Fatalf("link a shielded one to what is kept: %d %s", p.Status, p.Text("main"))
	}
	if p := provider.Post(at+"/vis", nil); p.Status != http.StatusSeeOther {
		t.Fatalf("show: %d", p.Status)
	}
	for _, role := range []string{"", "learner"} {
		if h.As(role).Get(at).Status != http.StatusNotFound || strings.Contains(h.As(role).Get("/utvikling").Body, d.ID) || strings.Contains(h.As(role).Get("/api/v1/developments").Body, d.ID) {
			t.Errorf("%q reads what a shielded need stands behind", role)
		}
	}
	if got := h.As("employer").Get(at); got.Status != http.StatusOK || strings.Contains(got.Body, string(secret.ID)) || strings.Contains(got.Body, secret.Number) || !strings.Contains(got.Text("section[aria-labelledby=flere]"), "1 behov bak") {
		t.Errorf("the sawmill reads of the shielded need of another: %s", got.Text("section[aria-labelledby=flere]"))
	}
}

// TestTheDayItBegan: today when nobody says another, never a day to come, and said to those
// who have the need.
func TestTheDayItBegan(t *testing.T) {
	h := sitetest.New(t)
	_, answer := answered(t, h, need.Open, newOne)
	d := made(t, h, answer)
	at, provider := "/utvikling/"+d.ID, h.As("provider")
	move := func(body string, want int) {
		t.Helper()
		if p := provider.JSON("POST", "/api/v1/developments/"+d.ID+"/moves", body); p.Status != want {
			t.Fatalf("%s: %d %s", body, p.Status, p.Body)
		}
	}
	for _, to := range []string{"feasibility", "design", "building"} {
		move(`{"to":"`+to+`"}`, http.StatusOK)
	}
	publish(t, h, d)
	move(`{"to":"open"}`, http.StatusOK)
	today := h.Needs.Today()
	if p := provider.Post(at+"/flytt/running", url.Values{"from": {"open"}, "started": {"4"}, "started_on": {today.AddDays(1).String()}}); p.Status != http.StatusUnprocessableEntity || p.Text("#started_on-error") == "" {
		t.Errorf("a day to come: %d", p.Status)
	}
	move(`{"to":"running","started":4,"started_on":"`+today.AddDays(-1).String()+`"}`, http.StatusOK)
	if got := h.Visitor().Get("/api/v1/developments/" + d.ID).Body; !strings.Contains(got, `"started_on":"`+today.AddDays(-1).String()+`"`) {
		t.Errorf("in JSON: %s", got)
	}
	if err := h.Follow.Spread(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := h.As("employer").Get("/varsler").Text("main"); strings.Count(got, "De første begynte") != 1 {
		t.Errorf("the owner hears %s", got)
	}
}
