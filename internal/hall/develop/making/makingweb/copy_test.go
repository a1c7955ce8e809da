package makingweb_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/site/sitetest"
)

// finished is education that has begun, with a plan of a month for its first stage.
func finished(t *testing.T, h *sitetest.House, c need.Confidentiality) development {
	t.Helper()
	_, answer := answered(t, h, c, newOne)
	d := titled(t, h, answer)
	ctx, provider := t.Context(), h.Actor("provider")
	now, err := h.Making.Get(ctx, provider, making.ID(d.ID))
	if err == nil {
		err = h.Making.Plan(ctx, provider, now.ID, now.Version, []making.Stage{{State: making.Idea, From: clock.MustDate("2026-01-01"), To: clock.MustDate("2026-01-31")}})
	}
	for _, to := range []flow.State{making.Feasibility, making.Design, making.Building, making.Open, making.Running} {
		if to == making.Open {
			publish(t, h, d)
		}
		if err == nil {
			err = h.Making.Move(ctx, provider, now.ID, making.Moving{To: to, Started: 3})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestCopy: what is finished is copied for another region by another provider: a draft that
// adapts the first, offerings for the region, the plan from today; both pages and the thread
// lead to the other.
func TestCopy(t *testing.T) {
	h := sitetest.New(t)
	region := h.Making.Regions()[0]
	_, answer := answered(t, h, need.Open, newOne)
	early := made(t, h, answer)
	if p := h.As("provider").Get("/utvikling/" + early.ID + "/kopier"); p.Status != http.StatusConflict {
		t.Errorf("one that has not begun: %d", p.Status)
	}
	d := finished(t, h, need.Open)
	at := "/utvikling/" + d.ID
	if p := h.As("employer").Get(at); p.Has(`a[href="` + at + `/kopier"]`) {
		t.Error("an employer is offered to copy")
	}
	other := h.Visitor()
	school := otherProvider(t, h, other)
	if p := other.Get(at + "/kopier"); p.Status != http.StatusOK || p.Attr("#title", "value") != "Et nøytralt kurs" {
		t.Fatalf("another provider: %d %s", p.Status, p.Text("main"))
	}
	if p := other.Post(at+"/kopier", url.Values{"title": {"Vannhjul i Namdalen"}, "region": {"mars"}}); p.Status != http.StatusUnprocessableEntity || !p.Has("#region-error") {
		t.Errorf("no such region: %d", p.Status)
	}
	p := other.Post(at+"/kopier", url.Values{"title": {"Vannhjul i Namdalen"}, "region": {string(region.ID)}})
	if p.Status != http.StatusSeeOther {
		t.Fatalf("copy: %d %s", p.Status, p.Text("main"))
	}
	copied, _, _ := strings.Cut(p.Location, "?")
	var out struct {
		State, Programme, Provider, Region string
		CopiedFrom                         string `json:"copied_from"`
		Public                             bool
		Stages                             []struct{ Stage, From, To string }
	}
	if p := other.JSON("GET", "/api/v1/developments/"+strings.TrimPrefix(copied, "/utvikling/"), ""); json.Unmarshal([]byte(p.Body), &out) != nil || out.State != "idea" || out.CopiedFrom != d.ID ||
		out.Provider != school || out.Region != string(region.ID) || out.Public || out.Stages[0].From != h.Today().String() || out.Stages[0].To != h.Today().AddDays(30).String() {
		t.Errorf("the copy: %s", p.Body)
	}
	if p := other.Get(copied); !p.Has(`main a[href="`+at+`"]`) || !strings.Contains(p.Text("main"), region.Name) {
		t.Errorf("the copy does not lead to the first: %s", p.Text("main"))
	}
	if p := other.Get(at); !p.Has(`section[aria-labelledby=kopier] a[href="` + copied + `"]`) {
		t.Error("the first does not lead to the copy")
	}
	if p := other.Get("/rod-trad/development/" + d.ID); !p.Has(`main a[href="` + copied + `"]`) {
		t.Errorf("the thread does not lead to the copy: %s", p.Text("main"))
	}
	for _, role := range []string{"", "employer", "provider"} {
		if p := h.As(role).Get(copied); p.Status != http.StatusNotFound {
			t.Errorf("%q reads a copy that is kept: %d", role, p.Status)
		}
		if p := h.As(role).Get(at); p.Has(`a[href="` + copied + `"]`) {
			t.Errorf("%q is led to it", role)
		}
	}
	var programme struct {
		Adapts, State string
	}
	if p := other.JSON("GET", "/api/v1/programmes/"+out.Programme, ""); json.Unmarshal([]byte(p.Body), &programme) != nil || programme.Adapts != d.Programme {
		t.Errorf("the draft: %s", p.Body)
	}
	if found, err := h.Supply.Programme(t.Context(), h.Actor("provider"), offer.ProgrammeID(d.Programme)); err != nil || found.Title.NB != "Et nøytralt kurs" || len(found.Items) != 1 {
		t.Errorf("the first has become another: %+v, %v", found, err)
	}
}

// otherProvider signs the client in at another school, and answers its id.
func otherProvider(t *testing.T, h *sitetest.House, c *sitetest.Client) string {
	t.Helper()
	own := string(h.Actor("provider").Orgs(access.RoleProviderUser)[0])
	var list struct{ Items []struct{ Provider string } }
	if p := c.JSON("GET", "/api/v1/developments", ""); json.Unmarshal([]byte(p.Body), &list) != nil {
		t.Fatal(p.Body)
	}
	for _, x := range list.Items {
		if x.Provider != own {
			if p := c.Post("/demo/rolle", url.Values{"role": {"provider"}, "organisation": {x.Provider}}); p.Status != http.StatusSeeOther {
				t.Fatalf("step into another school: %d", p.Status)
			}
			return x.Provider
		}
	}
	t.Fatal("no other school makes anything")
	return ""
}

// TestACopyOfWhatIsShielded: only its own provider copies what not all may read.
func TestACopyOfWhatIsShielded(t *testing.T) {
	h := sitetest.New(t)
	d := finished(t, h, need.ProvidersOnly)
	copies, body := "/api/v1/developments/"+d.ID+"/copies", `{"region":"`+string(h.Making.Regions()[0].ID)+`","title":"Vannhjul"}`
	other := h.Visitor()
	otherProvider(t, h, other)
	if p := other.JSON("POST", copies, body); p.Status != http.StatusNotFound && p.Status != http.StatusForbidden {
		t.Errorf("another provider: %d %s", p.Status, p.Body)
	}
	if p := h.As("provider").JSON("POST", copies, body); p.Status != http.StatusCreated {
		t.Errorf("its own provider: %d %s", p.Status, p.Body)
	}
}
