package positionweb_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/site/sitetest"
)

// TestPositions runs the tests of this file, which share a house; each writes its own
// position in it.
func TestPositions(t *testing.T) {
	h := sitetest.New(t)
	t.Run("from_a_draft_to_hired", func(t *testing.T) { fromADraftToHired(t, h) })
	t.Run("only_the_employer_sees_interest", func(t *testing.T) { onlyTheEmployerSeesInterest(t, h) })
	t.Run("what_is_wrong_is_said_at_the_field", func(t *testing.T) { whatIsWrongIsSaid(t, h) })
	t.Run("in_json", func(t *testing.T) { inJSON(t, h) })
}

// written are the values of a form that can be sent.
func written(title string) url.Values {
	return url.Values{"title": {title}, "words": {"Du arbeider tre dager og studerer to."}, "municipality": {"Rennebu"}, "required": {"Automatisering"},
		"level": {"fagskole"}, "work_hours": {"28"}, "study_hours": {"8"}}
}

// draft is a draft that the sawmill has written, for the school that the demo's provider
// works at.
func draft(t *testing.T, h *sitetest.House, title string) string {
	t.Helper()
	c := h.As("employer")
	form := written(title)
	form.Set("employer", c.Get("/stillinger/ny").Attr("#employer option[value]", "value"))
	form.Set("provider", string(h.Actor("provider").Orgs(access.RoleProviderUser)[0]))
	p := c.Post("/stillinger/ny", form)
	if p.Status != http.StatusSeeOther {
		t.Fatalf("write: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	at, _, _ := strings.Cut(p.Location, "?")
	return at
}

// move sends the form of a move as the role.
func move(t *testing.T, h *sitetest.House, role, at, to string, more url.Values) {
	t.Helper()
	c := h.As(role)
	form := url.Values{"version": {c.Get(at+"/flytt/"+to).Attr("input[name=version]", "value")}}
	for k, v := range more {
		form[k] = v
	}
	if p := c.Post(at+"/flytt/"+to, form); p.Status != http.StatusSeeOther {
		t.Fatalf("%s to %s: %d %s", role, to, p.Status, p.Text("main"))
	}
}

// published is a position that the provider has confirmed.
func published(t *testing.T, h *sitetest.House, title string) string {
	t.Helper()
	at := draft(t, h, title)
	move(t, h, "employer", at, "clarifying", nil)
	move(t, h, "provider", at, "published", url.Values{"pathway": {"planned"}, "unit": {"Avdeling Røros"}})
	return at
}

func fromADraftToHired(t *testing.T, h *sitetest.House) {
	at := draft(t, h, "Operatør på høvelen")
	for _, role := range []string{"", "learner", "provider", "county", "adviser"} {
		if p := h.As(role).Get(at); p.Status != http.StatusNotFound {
			t.Errorf("%q reads a draft: %d", role, p.Status)
		}
	}
	if strings.Contains(h.Visitor().Get("/stillinger").Text("main"), "Operatør på høvelen") {
		t.Error("a visitor finds the draft in the list")
	}
	if p := h.As("employer").Get(at + "/flytt/published"); p.Status != http.StatusConflict && p.Status != http.StatusForbidden {
		t.Errorf("the employer publishes without the provider: %d", p.Status)
	}
	move(t, h, "employer", at, "clarifying", nil)
	if got := h.As("provider").Get("/oppgaver").Text("main"); !strings.Contains(got, "Operatør på høvelen") {
		t.Errorf("the provider's tasks: %s", got)
	}
	c := h.As("provider")
	form := url.Values{"version": {c.Get(at+"/flytt/published").Attr("input[name=version]", "value")}}
	if p := c.Post(at+"/flytt/published", form); p.Status != http.StatusUnprocessableEntity || p.Text("#unit-error") == "" {
		t.Errorf("confirmed without saying who: %d", p.Status)
	}
	move(t, h, "provider", at, "published", url.Values{"pathway": {"exists"}, "unit": {"Avdeling Levanger"}})
	page := h.Visitor().Get(at)
	for _, want := range []string{"Operatør på høvelen", "Lyst ut", "Avdeling Levanger", "28 timer i uka", "Utdanningen finnes"} {
		if !strings.Contains(page.Text("main"), want) {
			t.Errorf("a visitor does not read %q: %s", want, page.Text("main"))
		}
	}
	if page.Has("section[aria-labelledby=historikk]") || page.Has("section[aria-labelledby=interesse]") {
		t.Error("a visitor reads the history, or about interest")
	}
	if err := h.Jobs.Drain(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := h.As("employer").Get("/varsler").Text("main"); !strings.Contains(got, "Tilbyderen har bekreftet utdanningen") {
		t.Errorf("the employer is told %s", got)
	}
	employer := h.As("employer")
	edit := written("Operatør på høvelen")
	edit.Set("required", "Automatisering og hydraulikk")
	edit.Set("provider", string(h.Actor("provider").Orgs(access.RoleProviderUser)[0]))
	edit.Set("version", employer.Get(at+"/rediger").Attr("input[name=version]", "value"))
	if p := employer.Post(at+"/rediger", edit); p.Status != http.StatusSeeOther {
		t.Fatalf("edit: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	if p := h.Visitor().Get(at); p.Status != http.StatusNotFound {
		t.Errorf("a visitor reads what the provider has not confirmed: %d", p.Status)
	}
	move(t, h, "provider", at, "published", url.Values{"pathway": {"exists"}, "unit": {"Avdeling Levanger"}})
	move(t, h, "employer", at, "hired", nil)
	if h.As("learner").Get(at).Has(`main a[href="` + at + `/interesse"]`) {
		t.Error("interest can be shown in a job that is taken")
	}
}

func onlyTheEmployerSeesInterest(t *testing.T, h *sitetest.House) {
	at := published(t, h, "Vedlikeholder")
	learner := h.As("learner")
	form := learner.Get(at + "/interesse")
	if !strings.Contains(form.Text("main"), "ikke en jobbsøknad") {
		t.Error("the form does not say that it is no job application")
	}
	if p := learner.Post(at+"/interesse", url.Values{"words": {"Jeg har truckbevis"}}); p.Status != http.StatusUnprocessableEntity || p.Text("#contact-error") == "" {
		t.Errorf("no way to be reached: %d", p.Status)
	}
	if p := learner.Post(at+"/interesse", url.Values{"words": {"Jeg har truckbevis"}, "contact": {"Etter klokka fire"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("interest: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	if err := h.Jobs.Drain(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, role := range []string{"", "learner", "provider", "county", "adviser", "secretary"} {
		c := h.As(role)
		if p := c.Get(at + "/interesser"); p.Status == http.StatusOK {
			t.Errorf("%q reads who has shown interest", role)
		}
		if got := c.Get(at).Text("main"); strings.Contains(got, "truckbevis") || strings.Contains(got, "Etter klokka fire") {
			t.Errorf("%q reads the interest", role)
		}
		if role != "" && role != "learner" && strings.Contains(c.Get("/varsler").Text("main"), "vist interesse for stillingen") {
			t.Errorf("%q is told of the interest", role)
		}
	}
	employer := h.As("employer")
	if got := employer.Get(at + "/interesser").Text("main"); !strings.Contains(got, "truckbevis") || !strings.Contains(got, "Etter klokka fire") {
		t.Errorf("the employer reads %s", got)
	}
	told := employer.Get("/varsler")
	link := told.Attr("main a[href^='/stillingsinteresse/']", "href")
	if link == "" {
		t.Fatalf("the employer is not told: %s", told.Text("main"))
	}
	if p := employer.Get(link); !strings.HasPrefix(p.Location, at+"/interesser#") {
		t.Errorf("the notice leads to %q", p.Location)
	}
	if p := learner.Get(link); p.Location != at {
		t.Errorf("the learner is led to %q", p.Location)
	}
	if p := h.As("provider").Get(link); p.Status != http.StatusNotFound {
		t.Errorf("the provider finds the interest: %d", p.Status)
	}
	if p := learner.Post(at+"/interesse/trekk", nil); p.Status != http.StatusSeeOther {
		t.Fatalf("take back: %d", p.Status)
	}
	if got := employer.Get(at + "/interesser").Text("main"); strings.Contains(got, "truckbevis") || !strings.Contains(got, "Ingen har vist interesse") {
		t.Errorf("the employer still reads %s", got)
	}
}

func whatIsWrongIsSaid(t *testing.T, h *sitetest.House) {
	c := h.As("employer")
	form := written("En jobb")
	form.Set("employer", c.Get("/stillinger/ny").Attr("#employer option[value]", "value"))
	p := c.Post("/stillinger/ny", form)
	if p.Status != http.StatusUnprocessableEntity || p.Text("#provider-error") == "" || p.Attr("#title", "value") != "En jobb" {
		t.Errorf("no provider: %d %q", p.Status, p.Text(".ds-error-summary"))
	}
	form.Set("programme", "https://eksempel.invalid/tilbud/finnes-ikke")
	if p = c.Post("/stillinger/ny", form); p.Text("#programme-error") == "" {
		t.Error("an address that is no programme's is taken")
	}
	form.Set("programme", "/tilbud/01900000-0000-7000-8000-000000000000")
	if p = c.Post("/stillinger/ny", form); p.Text("#programme-error") == "" {
		t.Error("a programme that is not there is taken")
	}
	for _, role := range []string{"learner", ""} {
		if p := h.As(role).Post("/stillinger/ny", form); p.Status == http.StatusSeeOther && !strings.HasPrefix(p.Location, "/logg-inn") {
			t.Errorf("%q writes a position: %d %s", role, p.Status, p.Location)
		}
	}
	at := draft(t, h, "Skal bort")
	version := c.Get(at+"/slett").Attr("input[name=version]", "value")
	if p := c.Post(at+"/slett", url.Values{"version": {version}}); p.Status != http.StatusSeeOther {
		t.Fatalf("delete: %d", p.Status)
	}
	if p := c.Get(at); p.Status != http.StatusNotFound {
		t.Errorf("the draft is there: %d", p.Status)
	}
}

func inJSON(t *testing.T, h *sitetest.House) {
	type body struct {
		ID, State, Pathway, Title string
		Version                   int64
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
	employer, provider := h.As("employer"), h.As("provider")
	firm, school := h.Actor("employer").Orgs(access.RoleOrgMember)[0], h.Actor("provider").Orgs(access.RoleProviderUser)[0]
	made := call(employer, "POST", "/api/v1/positions", `{"employer":"`+string(firm)+`","title":"Operatør i JSON","words":"Arbeid","required":"Automatisering","level":"fagskole","municipality":"5022","provider":"`+string(school)+`"}`, http.StatusCreated)
	at := "/api/v1/positions/" + made.ID
	if p := h.Visitor().JSON("GET", at, ""); p.Status != http.StatusNotFound {
		t.Errorf("a visitor reads a draft: %d", p.Status)
	}
	sent := call(employer, "POST", at+"/moves", `{"to":"clarifying","version":`+strconv.FormatInt(made.Version, 10)+`}`, http.StatusOK)
	if p := employer.JSON("POST", at+"/moves", `{"to":"published","version":`+strconv.FormatInt(sent.Version, 10)+`,"pathway":"exists","unit":"Avdeling"}`); p.Status == http.StatusOK {
		t.Error("the employer confirms for the provider")
	}
	call(provider, "POST", at+"/moves", `{"to":"published","version":`+strconv.FormatInt(sent.Version, 10)+`,"pathway":"planned","unit":"Avdeling"}`, http.StatusOK)
	if one := call(h.Visitor(), "GET", at, "", http.StatusOK); one.State != "published" || one.Pathway != "planned" || one.Title != "Operatør i JSON" {
		t.Errorf("a visitor reads %+v", one)
	}
	if p := h.Visitor().JSON("GET", "/api/v1/positions?open=true&municipality=5022", ""); !strings.Contains(p.Body, made.ID) {
		t.Errorf("the list: %d %s", p.Status, p.Body)
	}
	if p := h.Visitor().JSON("GET", "/api/v1/positions?municipality=5001", ""); strings.Contains(p.Body, made.ID) {
		t.Error("the list of another municipality has it")
	}
}
