package developweb_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/needweb"
	"kompetansetorg/internal/site/sitetest"
)

// TestAnswering runs the tests of this file, which share a house; each makes what it needs in it.
func TestAnswering(t *testing.T) {
	h := sitetest.New(t)
	t.Run("in_two_steps_and_told", func(t *testing.T) { inTwoStepsAndTold(t, h) })
	t.Run("what_is_shielded_stays_so", func(t *testing.T) { whatIsShieldedStaysSo(t, h) })
	t.Run("late_answers", func(t *testing.T) { lateAnswers(t, h) })
}

func given(t *testing.T, h *sitetest.House, c need.Confidentiality) need.Need {
	t.Helper()
	emp := h.Actor("employer")
	in := need.Content{Text: "Vi trenger en som kan stille inn saga", Organisation: emp.Orgs(access.RoleOrgMember)[0], Municipality: "5022", Headcount: 2, Confidentiality: c}
	if c != need.Open {
		in.ConfidentialityGround = "Forretningshemmelighet"
	}
	n, err := h.Needs.Register(context.Background(), emp, in)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// inTwoStepsAndTold answers as a provider's adviser does, and reads what others then read.
func inTwoStepsAndTold(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open)
	at := "/behov/" + string(n.ID)
	c := h.As("provider")
	page := c.Get(at)
	if !page.Has(`main a[href="` + at + `/svar"]`) {
		t.Fatal("the provider is not asked for an answer")
	}
	if h.As("employer").Get(at).Has(`main a[href="`+at+`/svar"]`) || h.As("employer").Get(at+"/svar").Status != http.StatusForbidden {
		t.Error("the owner is asked for an answer")
	}
	first := c.Get(at + "/svar")
	if got := first.All("input[name=kind]"); len(got) != 6 || first.Attr("input[name=kind][checked]", "value") != "place" {
		t.Errorf("the first question: %d choices, %q is chosen", len(got), first.Attr("input[name=kind][checked]", "value"))
	}
	if p := c.Post(at+"/svar", url.Values{}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("no choice: %d", p.Status)
	}
	second := c.Follow(c.Post(at+"/svar", url.Values{"kind": {"new"}}))
	if second.Status != http.StatusOK || !second.Has("#unit") || second.Has("#seats") || second.Has("#programme") {
		t.Fatalf("the second step: %d %s", second.Status, second.Text("main"))
	}
	form := url.Values{"from": {"mapped"}, "unit": {"Avdeling Røros"}, "earliest": {"i morgen"}, "words": {"Vi lager en modul."}}
	p := c.Post(at+"/svar?slag=new", form)
	if p.Status != http.StatusUnprocessableEntity || p.Attr("#unit", "value") != "Avdeling Røros" || p.Text("#earliest-error") == "" {
		t.Fatalf("a wrong day: %d, %q", p.Status, p.Attr("#unit", "value"))
	}
	form.Set("earliest", "11.01.2027")
	if p = c.Post(at+"/svar?slag=new", form); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Text(".ds-error-summary"), "kryss av") {
		t.Errorf("no estimate: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	form.Set("unknown", "1")
	form.Set("deadline", "18.12.2026")
	if p = c.Post(at+"/svar?slag=new", form); p.Status != http.StatusSeeOther {
		t.Fatalf("answer: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	if p = c.Post(at+"/svar?slag=new", form); p.Status != http.StatusConflict {
		t.Errorf("sent again from the same page: %d", p.Status)
	}
	if got := h.As("employer").Get(at).Text("section[aria-labelledby=answers-given]"); !strings.Contains(got, "Avdeling Røros") || !strings.Contains(got, "Vi lager en modul.") {
		t.Errorf("the owner reads %q", got)
	}
	if got := h.Visitor().Get(at).Text("section[aria-labelledby=answers-given]"); !strings.Contains(got, "Et nytt tilbud blir laget") || strings.Contains(got, "Avdeling") || strings.Contains(got, "modul") {
		t.Errorf("a visitor reads %q", got)
	}
	if err := h.Jobs.Drain(context.Background()); err != nil {
		t.Fatal(err)
	}
	told := h.As("employer").Get("/varsler").Text("main")
	for _, want := range []string{"Et nytt tilbud blir laget.", "Avdeling Røros", "Tidligste start er", "innen"} {
		if !strings.Contains(told, want) {
			t.Errorf("the owner is not told %q: %s", want, told)
		}
	}
	if n := strings.Count(told, "Et nytt tilbud blir laget."); n != 1 {
		t.Errorf("the owner is told %d times", n)
	}
}

// whatIsShieldedStaysSo: an answer to a need that is not open is found by those who may read
// the need, and by nobody else; in JSON as on the page.
func whatIsShieldedStaysSo(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.ProvidersOnly)
	at := "/api/v1/needs/" + string(n.ID) + "/answers"
	p := h.As("provider").JSON("POST", at, `{"kind":"impossible"}`)
	if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "/words") {
		t.Errorf("no reason: %d %s", p.Status, p.Body)
	}
	if p = h.As("provider").JSON("POST", at, `{"kind":"impossible","words":"Ingen lærere på feltet."}`); p.Status != http.StatusCreated {
		t.Fatalf("answer: %d %s", p.Status, p.Body)
	}
	for role, want := range map[string]int{"": 404, "learner": 404, "employer": 200, "provider": 200, "secretary": 200, "county": 200} {
		c := h.Visitor()
		if role != "" {
			c = h.As(role)
		}
		p := c.Get(at)
		if p.Status != want || strings.Contains(p.Body, "Ingen lærere") != (want == 200) {
			t.Errorf("%q: %d %s", role, p.Status, p.Body)
		}
	}
	if p = h.As("employer").JSON("POST", at, `{"kind":"impossible","words":"Nei"}`); p.Status != http.StatusForbidden {
		t.Errorf("the owner answers: %d", p.Status)
	}
}

// lateAnswers are on the list of the secretary once the day has passed.
func lateAnswers(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open)
	if _, err := h.Needs.Move(context.Background(), h.Actor("provider"), n.ID, need.Moving{To: need.InFollowUp}); err != nil {
		t.Fatal(err)
	}
	link := `main a[href="/behov/` + string(n.ID) + `"]`
	if h.As("secretary").Get("/tilbydersvar").Has(link) {
		t.Error("late before its day")
	}
	if p := h.As("provider").Get("/tilbydersvar"); p.Status != http.StatusForbidden {
		t.Errorf("a provider: %d", p.Status)
	}
	h.Wait(60 * 24 * time.Hour)
	if !h.As("secretary").Get("/tilbydersvar").Has(link) {
		t.Error("the secretary does not see it")
	}
	at := "/api/v1/needs/" + string(n.ID)
	if p := h.Visitor().Get(at); p.Status != http.StatusOK || strings.Contains(p.Body, `"answer":`) {
		t.Errorf("the need before it is answered: %d %s", p.Status, p.Body)
	}
	body := `{"kind":"new","unit":"Avdeling Røros","earliest":"` + h.Today().AddDays(90).String() + `","unknown":true,"words":"Vi lager en modul."}`
	if p := h.As("provider").JSON("POST", at+"/answers", body); p.Status != http.StatusCreated {
		t.Fatalf("answer: %d %s", p.Status, p.Body)
	}
	p := h.Visitor().Get(at)
	var got struct{ Answer needweb.AnswerJSON }
	if err := json.Unmarshal([]byte(p.Body), &got); err != nil {
		t.Fatal(err)
	}
	if a := got.Answer; a.Kind != "new" || a.ProviderName == "" || !a.Late || a.Earliest == nil || a.Deadline != nil {
		t.Errorf("the answer in the need's JSON: %+v", a)
	}
	for _, kept := range []string{"Avdeling Røros", "Vi lager en modul."} {
		if strings.Contains(p.Body, kept) {
			t.Errorf("a visitor reads %q in the need's JSON", kept)
		}
	}
	if h.As("secretary").Get("/tilbydersvar").Has(link) {
		t.Error("late after it is answered")
	}
}
