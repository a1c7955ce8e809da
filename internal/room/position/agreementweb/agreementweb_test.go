package agreementweb_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/room/position"
	"kompetansetorg/internal/site/sitetest"
)

// hired is the address of a position of the sawmill that the demo's learner, who showed
// interest in it, got. The demo's provider gives the education.
func hired(t *testing.T, h *sitetest.House) string {
	t.Helper()
	ctx, employer, provider := t.Context(), h.Actor("employer"), h.Actor("provider")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	made, err := h.Positions.Write(ctx, employer, position.Content{Employer: employer.Orgs(access.RoleOrgMember)[0], Title: "Saglærling", Words: "Arbeid og studier.", Required: "Automatisering",
		Level: "fagskole", Municipality: "5022", Provider: provider.Orgs(access.RoleProviderUser)[0], WorkHours: 28, StudyHours: 8})
	must(err)
	must(h.Positions.Move(ctx, employer, made, position.Moving{To: position.Clarifying, Version: 1}))
	must(h.Positions.Move(ctx, provider, made, position.Moving{To: position.Published, Version: 2, Pathway: position.Exists, Unit: "Avdelingen"}))
	_, err = h.Positions.ShowInterest(ctx, h.Actor("learner"), made, "", "ring meg")
	must(err)
	must(h.Positions.Move(ctx, employer, made, position.Moving{To: position.Hired, Version: 3}))
	return "/stillinger/" + string(made)
}

// terms are the values of the form.
func terms(candidate string) url.Values {
	return url.Values{"candidate": {candidate}, "goal": {"Automatisering"}, "start": {"2030-01-07"}, "duration": {"To år"}, "work_hours": {"28"}, "study_hours": {"8"},
		"pay": {"Full lønn"}, "gatherings": {"Tre samlinger på Levanger"}}
}

// send fills in the form at the address as the role, with the version that it shows.
func send(t *testing.T, h *sitetest.House, role, at string, form url.Values) {
	t.Helper()
	c := h.As(role)
	if form == nil {
		form = url.Values{}
	}
	form.Set("version", c.Get(at).Attr("input[name=version]", "value"))
	if p := c.Post(at, form); p.Status != http.StatusSeeOther {
		t.Fatalf("%s at %s: %d %s", role, at, p.Status, p.Text("main"))
	}
}

func TestTheThreeAgree(t *testing.T) {
	h := sitetest.New(t)
	at := hired(t, h)
	if p := h.As("learner").Get(at + "/avtale"); p.Status != http.StatusNotFound {
		t.Errorf("she reads it before it is written: %d", p.Status)
	}
	send(t, h, "employer", at+"/avtale/skriv", terms(string(h.Actor("learner").Account)))
	for _, role := range []string{"county", "adviser", "secretary", "mayor"} {
		for _, path := range []string{"/avtale", "/avtale/ark", "/avtale/ark.html", "/avtale/skriv", "/avtale/ja/employer"} {
			if p := h.As(role).Get(at + path); p.Status != http.StatusNotFound {
				t.Errorf("%s at %s: %d", role, path, p.Status)
			}
		}
		if h.As(role).Get(at).Has(`main a[href="` + at + `/avtale"]`) {
			t.Errorf("%s is led to the agreement", role)
		}
	}
	older := url.Values{"version": {"0"}}
	if p := h.As("provider").Post(at+"/avtale/ja/provider", older); p.Status != http.StatusConflict && p.Status != http.StatusPreconditionFailed {
		t.Errorf("a yes to an older version: %d", p.Status)
	}
	send(t, h, "employer", at+"/avtale/ja/employer", nil)
	if got := h.As("learner").Get("/oppgaver").Text("main"); !strings.Contains(got, "Saglærling") {
		t.Errorf("her tasks: %s", got)
	}
	if got := h.Visitor().Get(at).Text("main"); !strings.Contains(got, "den som er ansatt") {
		t.Errorf("a visitor is not told who acts: %s", got)
	}
	if err := h.Jobs.Drain(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := h.As("learner").Get("/varsler").Text("main"); !strings.Contains(got, "Det er din tur") {
		t.Errorf("she is told %s", got)
	}
	send(t, h, "learner", at+"/avtale/ja/candidate", nil)
	c := h.As("employer")
	begin := url.Values{"version": {c.Get(at+"/flytt/in_education").Attr("input[name=version]", "value")}}
	if p := c.Post(at+"/flytt/in_education", begin); p.Status != http.StatusConflict || !strings.Contains(p.Text("main"), "før alle tre har sagt ja") {
		t.Errorf("it begins without the provider: %d %s", p.Status, p.Text("main"))
	}
	send(t, h, "provider", at+"/avtale/ja/provider", nil)
	page := h.As("learner").Get(at + "/avtale")
	if got := page.Text("main"); !strings.Contains(got, "Alle tre har sagt ja") || !strings.Contains(got, "Tre samlinger på Levanger") {
		t.Errorf("she reads %s", got)
	}
	if p := h.As("learner").Get(at + "/avtale/ark.html"); p.Status != http.StatusOK || !strings.Contains(p.Body, "Tre samlinger på Levanger") {
		t.Errorf("the paper: %d", p.Status)
	}
	send(t, h, "employer", at+"/flytt/in_education", nil)
}
