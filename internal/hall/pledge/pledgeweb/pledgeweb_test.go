package pledgeweb_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/site/sitetest"
)

// TestSeats runs the tests of this file, which share a house; each makes the pooled need
// that it is about.
func TestSeats(t *testing.T) {
	h := sitetest.New(t)
	t.Run("until_there_are_enough", func(t *testing.T) { untilThereAreEnough(t, h) })
	t.Run("a_person_for_herself", func(t *testing.T) { aPersonForHerself(t, h) })
	t.Run("in_json", func(t *testing.T) { inJSON(t, h) })
	t.Run("of_an_offering", func(t *testing.T) { ofAnOffering(t, h) })
}

// pooled is the demo's pooled need of wood, with another least number: it starts with
// seven seats that count and a wish.
func pooled(t *testing.T, h *sitetest.House, least int) (pool.ID, string) {
	t.Helper()
	links := h.Visitor().Get("/felles?q=limpresse").Attrs("main a[href^='/felles/0']", "href")
	if len(links) == 0 {
		t.Fatal("no pooled need of wood")
	}
	at, _, _ := strings.Cut(links[0], "?")
	id := pool.ID(strings.TrimPrefix(at, "/felles/"))
	d, err := h.Pools.Get(t.Context(), h.Actor("secretary"), id)
	if err != nil {
		t.Fatal(err)
	}
	in := d.Content
	in.MinToStart = least
	if _, err := h.Pools.Edit(t.Context(), h.Actor("secretary"), id, d.Version, in); err != nil {
		t.Fatal(err)
	}
	return id, at
}

func drain(t *testing.T, h *sitetest.House) {
	t.Helper()
	if err := h.Jobs.Drain(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// untilThereAreEnough is a firm's way from the pooled need to the message that there are
// enough, and back.
func untilThereAreEnough(t *testing.T, h *sitetest.House) {
	_, at := pooled(t, h, 8)
	employer := h.As("employer")
	if !employer.Get(at).Has(`main a[href="` + at + `/plasser"]`) {
		t.Fatal("the pooled need does not lead to its seats")
	}
	own := employer.Get("/plasser").Attr("main a[href$='/endre']", "href")
	if own == "" {
		t.Fatal("the sawmill has no seats")
	}
	version := employer.Get(own).Attr("input[name=version]", "value")
	if p := employer.Post(own, url.Values{"sort": {"binding"}, "seats": {"0"}, "version": {version}}); p.Status != http.StatusUnprocessableEntity || p.Text("#seats-error") == "" {
		t.Errorf("no seats: %d", p.Status)
	}
	if p := employer.Post(own, url.Values{"sort": {"binding"}, "seats": {"4"}, "version": {version}}); p.Status != http.StatusSeeOther {
		t.Fatalf("change: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	if p := employer.Post(own, url.Values{"sort": {"binding"}, "seats": {"9"}, "version": {version}}); p.Status != http.StatusConflict {
		t.Errorf("from the page as it was: %d", p.Status)
	}
	drain(t, h)
	for _, role := range []string{"secretary", "adviser", "employer"} {
		if got := h.As(role).Get("/varsler").Text("main"); strings.Count(got, "Det er nok plasser til å starte.") != 1 {
			t.Errorf("%s is told %s", role, got)
		}
	}
	if got := h.As("secretary").Get(at + "/plasser").Text("main"); !strings.Contains(got, "Nok plasser") || !strings.Contains(got, "Eksempel Limtre AS") {
		t.Errorf("the secretary reads %s", got)
	}
	for _, role := range []string{"", "learner", "employer"} {
		if got := h.As(role).Get(at + "/plasser").Text("main"); strings.Contains(got, "Eksempel Limtre AS") {
			t.Errorf("%q reads who has pledged", role)
		}
	}
	if got := h.Visitor().Get(at + "/plasser").Text("main"); strings.Contains(got, "Nok plasser") {
		t.Errorf("a visitor reads that there are enough: %s", got)
	}
	if p := employer.Post(strings.TrimSuffix(own, "/endre")+"/trekk", nil); p.Status != http.StatusSeeOther {
		t.Fatalf("withdraw: %d", p.Status)
	}
	drain(t, h)
	if got := h.As("secretary").Get("/varsler").Text("main"); !strings.Contains(got, "Det trengs flere plasser før det kan starte.") {
		t.Errorf("the secretary is told %s", got)
	}
	if p := employer.Post(strings.TrimSuffix(own, "/endre")+"/trekk", nil); p.Status != http.StatusNotFound {
		t.Errorf("withdrawn twice: %d", p.Status)
	}
}

func aPersonForHerself(t *testing.T, h *sitetest.House) {
	_, at := pooled(t, h, 20)
	learner := h.As("learner")
	form := learner.Get(at + "/plasser/ny")
	if form.Has("#seats") || len(form.All("input[name=sort]")) != 2 {
		t.Errorf("a person is asked for seats, or for %d sorts", len(form.All("input[name=sort]")))
	}
	if p := learner.Post(at+"/plasser/ny", url.Values{}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("no choice: %d", p.Status)
	}
	if p := learner.Post(at+"/plasser/ny", url.Values{"sort": {"binding"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("pledge: %d %s", p.Status, p.Text("main"))
	}
	if p := learner.Get(at + "/plasser/ny"); p.Status != http.StatusConflict {
		t.Errorf("a second one: %d", p.Status)
	}
	if got := h.As("secretary").Get(at + "/plasser").Text("main"); !strings.Contains(got, "En person") || strings.Contains(got, "Innbygger") {
		t.Errorf("the secretary reads %s", got)
	}
	if p := h.As("admin").Get(at + "/plasser/ny"); p.Status != http.StatusForbidden {
		t.Errorf("an administrator of the service pledges: %d", p.Status)
	}
}

// ofAnOffering is a firm's way from a course that is one short, to the school that is asked to
// start it, and on to the form where places are applied for.
func ofAnOffering(t *testing.T, h *sitetest.House) {
	employer, school := h.As("employer"), h.As("provider@Røros videregående skole")
	course := h.Visitor().Get("/tilbud?q=torvtak").Attr("main a[href^='/tilbud/0']", "href")
	course, _, _ = strings.Cut(course, "#")
	page := employer.Get(course)
	at := page.Attr("main a[href$='/plasser']", "href")
	if at == "" || !strings.Contains(page.Text("main"), "Når meldte plasser teller med, trengs det én til for å starte.") {
		t.Fatalf("the course says nothing of seats: %s", page.Text("main"))
	}
	id := strings.TrimSuffix(strings.TrimPrefix(at, course+"/"), "/plasser")
	json := "/api/v1/offerings/" + id + "/pledges"
	if got := school.JSON("GET", json, ""); !strings.Contains(got.Body, `"missing":1`) || !strings.Contains(got.Body, `"total":3`) {
		t.Errorf("the school reads %s", got.Body)
	}
	if got := school.Get(at).Text("main"); !strings.Contains(got, "Har fått plass 4") || !strings.Contains(got, "Ballen ligger hos") {
		t.Errorf("the school reads %s", got)
	}
	firm := string(h.Actor("employer").Orgs(access.RoleOrgMember)[0])
	if p := employer.JSON("POST", json, `{"kind":"binding","seats":1,"organisation":"`+firm+`"}`); p.Status != http.StatusCreated || !strings.Contains(p.Body, `"missing":0`) {
		t.Fatalf("pledged: %d %s", p.Status, p.Body)
	}
	drain(t, h)
	if got := school.Get("/varsler").Text("main"); !strings.Contains(got, "Det er nok plasser til å starte.") || !strings.Contains(got, "dere sier om det starter") {
		t.Errorf("the school is told %s", got)
	}
	for _, c := range []*sitetest.Client{employer, h.As("learner"), h.Visitor()} {
		if got := c.Get(at).Text("main"); strings.Contains(got, "Eksempel Limtre AS") {
			t.Errorf("not the school, and reads %s", got)
		}
	}
	form := school.Get(at + "/start")
	values := url.Values{"version": {form.Attr("input[name=version]", "value")}, "day": {form.Attr("#day", "value")}, "note": {"Vi kjenner dem."}}
	if values.Get("day") == "" {
		t.Fatal("the day that the course starts is not filled in")
	}
	if p := school.Post(at+"/start", values); p.Status != http.StatusSeeOther {
		t.Fatalf("start: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	apply := employer.Get(at).Attr("main a[href$='/sok']", "href")
	if p := employer.Get(apply); p.Status != http.StatusOK {
		t.Errorf("to apply at %q: %d", apply, p.Status)
	}
	if p := h.Visitor().Get("/tilbud/" + id + "/" + id + "/plasser"); p.Status != http.StatusNotFound {
		t.Errorf("of another programme: %d", p.Status)
	}
}

func inJSON(t *testing.T, h *sitetest.House) {
	id, _ := pooled(t, h, 30)
	path := "/api/v1/pools/" + string(id) + "/pledges"
	type round struct {
		State   *string
		Min     int
		Missing *int
	}
	type body struct {
		ID, Kind, Organisation string
		Seats                  int
		Round                  round
		Items                  []body0
	}
	call := func(c *sitetest.Client, method, path, in string, status int) body {
		t.Helper()
		p := c.JSON(method, path, in)
		if p.Status != status {
			t.Fatalf("%s %s: %d %s", method, path, p.Status, p.Body)
		}
		var out body
		if err := json.Unmarshal([]byte(p.Body), &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	employer := h.As("employer")
	firm := string(h.Actor("employer").Orgs(access.RoleOrgMember)[0])
	made := call(employer, "POST", path, `{"kind":"binding","seats":3,"organisation":"`+firm+`"}`, http.StatusCreated)
	if made.Kind != "binding" || made.Seats != 3 || made.Organisation != firm || made.Round.Min != 30 || made.Round.State == nil || *made.Round.State != "collecting" {
		t.Errorf("pledged: %+v", made)
	}
	if p := employer.JSON("POST", path, `{"kind":"wish","seats":1,"organisation":"`+firm+`"}`); p.Status != http.StatusConflict {
		t.Errorf("pledged again: %d %s", p.Status, p.Body)
	}
	if got := call(h.Visitor(), "GET", path, "", http.StatusOK); len(got.Items) != 0 || got.Round.State != nil || got.Round.Missing == nil || *got.Round.Missing != 22 { // of eight, as last published
		t.Errorf("a visitor reads %+v", got)
	}
	if got := call(h.As("secretary"), "GET", path, "", http.StatusOK); len(got.Items) < 3 || got.Round.Missing == nil {
		t.Errorf("the secretary reads %+v", got)
	}
	if p := h.As("learner").JSON("POST", "/api/v1/pledges/"+made.ID+"/moves", `{"to":"withdrawn"}`); p.Status != http.StatusNotFound {
		t.Errorf("another takes it back: %d", p.Status)
	}
	call(employer, "POST", "/api/v1/pledges/"+made.ID+"/moves", `{"to":"withdrawn"}`, http.StatusOK)
	if got := call(employer, "GET", path, "", http.StatusOK); len(got.Items) != 0 {
		t.Errorf("the firm still has %+v", got.Items)
	}
}

type body0 struct{ ID, Kind string }
