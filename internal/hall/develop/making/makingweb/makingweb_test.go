package makingweb_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/site/sitetest"
)

// TestMaking runs the tests of this file, which share a house; each writes its own need in it.
func TestMaking(t *testing.T) {
	h := sitetest.New(t)
	t.Run("from_an_answer_to_running", func(t *testing.T) { fromAnAnswerToRunning(t, h) })
	t.Run("one_that_is_adapted", func(t *testing.T) { adapted(t, h) })
	t.Run("a_shielded_need", func(t *testing.T) { shielded(t, h) })
	t.Run("the_plan", func(t *testing.T) { thePlan(t, h) })
	t.Run("who_may_not", func(t *testing.T) { whoMayNot(t, h) })
}

const words = "Vi trenger folk som kan reparere sikkerhetsventiler"

// answered is a need of the sawmill's and the provider's answer to it.
func answered(t *testing.T, h *sitetest.House, c need.Confidentiality, body string) (need.Need, string) {
	t.Helper()
	emp := h.Actor("employer")
	in := need.Content{Text: words, Organisation: emp.Orgs(access.RoleOrgMember)[0], Municipality: "5022", Headcount: 3, Level: need.LevelCourse, Confidentiality: c}
	if c != need.Open {
		in.ConfidentialityGround = "Forretningshemmelighet"
	}
	n, err := h.Needs.Register(t.Context(), emp, in)
	if err != nil {
		t.Fatal(err)
	}
	p := h.As("provider").JSON("POST", "/api/v1/needs/"+string(n.ID)+"/answers", body)
	var out struct{ Items []struct{ ID string } }
	if p.Status != http.StatusCreated || json.Unmarshal([]byte(p.Body), &out) != nil || len(out.Items) == 0 {
		t.Fatalf("answer: %d %s", p.Status, p.Body)
	}
	return n, out.Items[0].ID
}

const newOne = `{"kind":"new","unit":"Avdeling Levanger","earliest":"2027-02-01","unknown":true,"words":"Vi lager det."}`

// development is what the tests read of the JSON.
type development struct {
	ID, State, Title, Need, Programme string
	Public                            bool
}

// made makes a development of the answer.
func made(t *testing.T, h *sitetest.House, answer string) development {
	t.Helper()
	var out development
	p := h.As("provider").JSON("POST", "/api/v1/answers/"+answer+"/developments", `{}`)
	if p.Status != http.StatusCreated || json.Unmarshal([]byte(p.Body), &out) != nil {
		t.Fatalf("make: %d %s", p.Status, p.Body)
	}
	return out
}

func fromAnAnswerToRunning(t *testing.T, h *sitetest.House) {
	n, answer := answered(t, h, need.Open, newOne)
	provider := h.As("provider")
	if p := provider.Get("/behov/" + string(n.ID)); !p.Has("main a[href='/tilbydersvar/" + answer + "/program']") {
		t.Fatalf("the need does not lead to the programme: %s", p.Text("main"))
	}
	form := provider.Get("/tilbydersvar/" + answer + "/program")
	title := form.Attr("#title", "value")
	if title == "" {
		t.Error("the title is not filled in")
	}
	p := provider.Post("/tilbydersvar/"+answer+"/program", url.Values{"title": {title}, "level": {"kurs"}})
	if p.Status != http.StatusSeeOther {
		t.Fatalf("make: %d %s", p.Status, p.Text("main"))
	}
	at, _, _ := strings.Cut(p.Location, "?")
	if p := provider.Post("/tilbydersvar/"+answer+"/program", url.Values{"title": {title}, "level": {"kurs"}}); p.Status != http.StatusConflict {
		t.Errorf("made twice: %d", p.Status)
	}
	if text := h.Visitor().Get(at).Text("main"); !strings.Contains(text, title) || !strings.Contains(text, "Idé") || strings.Contains(text, "Historikk") {
		t.Errorf("a visitor reads %s", text)
	}
	if text := h.As("employer").Get(at).Text("main"); !strings.Contains(text, "Historikk") {
		t.Errorf("the owner of the need reads %s", text)
	}
	move := func(to string, more url.Values, want int) {
		t.Helper()
		form := url.Values{"from": {""}}
		for k, v := range more {
			form[k] = v
		}
		if p := provider.Post(at+"/flytt/"+to, form); p.Status != want {
			t.Fatalf("to %s: %d %s", to, p.Status, p.Text("main"))
		}
	}
	for _, to := range []string{"feasibility", "design", "building"} {
		move(to, nil, http.StatusSeeOther)
	}
	move("open", nil, http.StatusConflict)
	id := strings.TrimPrefix(at, "/utvikling/")
	var d development
	if p := provider.JSON("GET", "/api/v1/developments/"+id, ""); json.Unmarshal([]byte(p.Body), &d) != nil || d.Programme == "" || d.Need != string(n.ID) {
		t.Fatalf("in JSON: %s", p.Body)
	}
	o, err := h.Supply.CreateOffering(t.Context(), h.Actor("provider"), offer.ProgrammeID(d.Programme), offer.Offering{StartType: offer.Rolling, Delivery: offer.Net, Channel: offer.Here})
	if err == nil {
		err = h.Supply.Publish(t.Context(), h.Actor("provider"), o.ID, o.Version)
	}
	if err != nil {
		t.Fatal(err)
	}
	move("open", nil, http.StatusSeeOther)
	move("running", nil, http.StatusUnprocessableEntity)
	move("running", url.Values{"started": {"3"}}, http.StatusSeeOther)
	if text := h.As("employer").Get("/rod-trad/need/" + string(n.ID)).Text("main"); !strings.Contains(text, "Svaret ble begynnelsen på en utdanning") || !strings.Contains(text, "Det som ble laget") {
		t.Errorf("the thread of the need: %s", text)
	}
	if err := h.Follow.Spread(t.Context()); err != nil {
		t.Fatal(err)
	}
	told := h.As("employer").Get("/varsler").Text("main")
	for _, part := range []string{"Nå kan folk søke på utdanningen som ble laget for", "Utdanningen som ble laget for"} {
		if strings.Count(told, part) == 0 {
			t.Errorf("the owner is not told %q: %s", part, told)
		}
	}
}

func adapted(t *testing.T, h *sitetest.House) {
	school := h.Actor("provider").Orgs(access.RoleProviderUser)[0]
	list, err := h.Supply.List(t.Context(), supply.Filter{Provider: school})
	if err != nil || len(list.Items) == 0 {
		t.Fatal(err)
	}
	base := list.Items[0]
	_, answer := answered(t, h, need.Open, fmt.Sprintf(`{"kind":"adapt","programme":%q,"unit":"Avdeling Levanger","earliest":"2027-02-01","hours":40}`, base.Programme.ID))
	d := made(t, h, answer)
	if d.State != "feasibility" {
		t.Errorf("%+v", d)
	}
	p, err := h.Supply.Programme(t.Context(), h.Actor("provider"), offer.ProgrammeID(d.Programme))
	if err != nil || p.Adapts != base.Programme.ID || p.State != offer.ProgrammeConcept || p.Level != base.Programme.Level || len(p.Items) == 0 {
		t.Fatalf("the draft: %+v %v", p, err)
	}
	for _, i := range p.Items {
		if i.Offering.State != offer.Concept || len(i.Offering.Target.Municipalities) != 1 || i.Offering.Target.Municipalities[0] != "5022" {
			t.Errorf("an offering: %s for %v", i.Offering.State, i.Offering.Target)
		}
	}
	if p := h.Visitor().Get("/tilbud/" + d.Programme); p.Status != http.StatusNotFound {
		t.Errorf("a visitor reads the draft: %d", p.Status)
	}
}

// shielded: nothing of a need that not all may read is carried over, and what is made from it
// is shown to those who work with it alone.
func shielded(t *testing.T, h *sitetest.House) {
	_, answer := answered(t, h, need.ProvidersOnly, newOne)
	provider := h.As("provider")
	if got := provider.Get("/tilbydersvar/"+answer+"/program").Attr("#title", "value"); got != "" {
		t.Errorf("the title of a shielded need is carried over: %q", got)
	}
	p := provider.Post("/tilbydersvar/"+answer+"/program", url.Values{"title": {"Ventiler"}, "level": {"kurs"}})
	if p.Status != http.StatusSeeOther {
		t.Fatalf("make: %d %s", p.Status, p.Text("main"))
	}
	at, _, _ := strings.Cut(p.Location, "?")
	if p := provider.Post(at+"/vis", nil); p.Status != http.StatusSeeOther {
		t.Fatalf("show: %d", p.Status)
	}
	for _, role := range []string{"", "learner", "adviser"} {
		if p := h.As(role).Get(at); p.Status != http.StatusNotFound {
			t.Errorf("%q reads it: %d", role, p.Status)
		}
	}
	if strings.Contains(h.Visitor().Get("/utvikling").Text("main"), "Ventiler") || strings.Contains(h.Visitor().JSON("GET", "/api/v1/developments", "").Body, "Ventiler") {
		t.Error("a visitor finds it in the list")
	}
	if p := h.As("employer").Get(at); p.Status != http.StatusOK {
		t.Errorf("the owner of the need: %d", p.Status)
	}
}

func thePlan(t *testing.T, h *sitetest.House) {
	_, answer := answered(t, h, need.Open, newOne)
	at := "/utvikling/" + made(t, h, answer).ID
	provider := h.As("provider")
	version := provider.Get(at+"/plan").Attr("input[name=version]", "value")
	form := url.Values{"version": {version}, "from_idea": {"2026-11-20"}, "to_idea": {"2026-11-10"}}
	if p := provider.Post(at+"/plan", form); p.Status != http.StatusUnprocessableEntity || !p.Has("#to_idea[aria-invalid=true]") {
		t.Errorf("ends before it begins: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	form = url.Values{"version": {version}, "from_idea": {"2026-11-20"}, "to_idea": {"2026-11-30"}, "from_feasibility": {"2026-12-10"}, "to_feasibility": {"2026-12-20"}}
	if p := provider.Post(at+"/plan", form); p.Status != http.StatusSeeOther {
		t.Fatalf("plan: %d %s", p.Status, p.Text("main"))
	}
	if text := h.Visitor().Get(at).Text("main"); !strings.Contains(text, "Hull i planen") || !strings.Contains(text, "01.12.2026 til 09.12.2026") || !strings.Contains(text, "30. november") {
		t.Errorf("the plan: %s", text)
	}
	if p := provider.Post(at+"/plan", form); p.Status != http.StatusConflict {
		t.Errorf("an old version: %d", p.Status)
	}
}

func whoMayNot(t *testing.T, h *sitetest.House) {
	_, answer := answered(t, h, need.Open, newOne)
	d := made(t, h, answer)
	at := "/utvikling/" + d.ID
	for role, want := range map[string]int{"employer": 403, "learner": 403, "secretary": 403} {
		if p := h.As(role).JSON("POST", "/api/v1/developments/"+d.ID+"/moves", `{"to":"feasibility"}`); p.Status != want {
			t.Errorf("%s moves it: %d %s", role, p.Status, p.Body)
		}
	}
	if p := h.As("employer").Get("/tilbydersvar/" + answer + "/program"); p.Status != http.StatusForbidden {
		t.Errorf("an employer makes a programme: %d", p.Status)
	}
	if p := h.As("county").Post(at+"/flytt/stopped", url.Values{"note": {"Ingen penger"}}); p.Status != http.StatusSeeOther {
		t.Errorf("the county stops it: %d %s", p.Status, p.Text("main"))
	}
	if p := h.As("provider").Post(at+"/flytt/idea", url.Values{"note": {"Vi fant penger"}}); p.Status != http.StatusSeeOther {
		t.Errorf("the provider takes it up again: %d %s", p.Status, p.Text("main"))
	}
	_, other := answered(t, h, need.Open, `{"kind":"impossible","words":"Vi har ingen lærer."}`)
	if p := h.As("provider").Get("/tilbydersvar/" + other + "/program"); p.Status != http.StatusConflict {
		t.Errorf("from an answer that makes nothing: %d", p.Status)
	}
}
