package threadweb_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/position"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/site/sitetest"
)

// TestThread runs the tests of this file, which share a house; each registers the need that
// it is about.
func TestThread(t *testing.T) {
	h := sitetest.New(t)
	t.Run("from_a_need_to_somebody_hired", func(t *testing.T) { fromANeedToHired(t, h) })
	t.Run("two_of_two", func(t *testing.T) { twoOfTwo(t, h) })
	t.Run("somebody_completes", func(t *testing.T) { somebodyCompletes(t, h) })
	t.Run("what_is_shielded_stays_so", func(t *testing.T) { whatIsShieldedStaysSo(t, h) })
	t.Run("a_measure_in_use", func(t *testing.T) { aMeasureInUse(t, h) })
	t.Run("the_owners_word", func(t *testing.T) { theOwnersWord(t, h) })
	t.Run("a_need_that_is_not_the_employers", func(t *testing.T) { notTheirs(t, h) })
}

func given(t *testing.T, h *sitetest.House, c need.Confidentiality, headcount int) need.Need {
	t.Helper()
	emp := h.Actor("employer")
	in := need.Content{Text: "Vi trenger en som kan lære bort faget", Organisation: emp.Orgs(access.RoleOrgMember)[0], Municipality: "5022", Headcount: headcount, Confidentiality: c}
	if c != need.Open {
		in.ConfidentialityGround = "Forretningshemmelighet"
	}
	n, err := h.Needs.Register(context.Background(), emp, in)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// answer is the provider's answer in JSON.
func answer(t *testing.T, h *sitetest.House, n need.Need, body string) {
	t.Helper()
	if p := h.As("provider").JSON("POST", "/api/v1/needs/"+string(n.ID)+"/answers", body); p.Status != http.StatusCreated {
		t.Fatalf("answer: %d %s", p.Status, p.Body)
	}
}

// programme is one of the provider's programmes.
func programme(t *testing.T, h *sitetest.House) string {
	t.Helper()
	school := h.Actor("provider").Orgs(access.RoleProviderUser)[0]
	list, err := h.Supply.List(t.Context(), supply.Filter{Provider: school})
	if err != nil || len(list.Items) == 0 {
		t.Fatalf("the provider has no programme: %v", err)
	}
	return string(list.Items[0].Programme.ID)
}

// hired is a position for the need that somebody has got.
func hired(t *testing.T, h *sitetest.House, n need.Need, programme string) position.ID {
	t.Helper()
	ctx := context.Background()
	emp, provider := h.Actor("employer"), h.Actor("provider")
	id, err := h.Positions.Write(ctx, emp, position.Content{Employer: emp.Orgs(access.RoleOrgMember)[0], Title: "Instruktør", Words: "Arbeid og studier", Required: "Pedagogikk", Level: "fagskole",
		Municipality: "5022", Programme: programme, Provider: provider.Orgs(access.RoleProviderUser)[0], Need: position.NeedID(n.ID)})
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range []struct {
		as access.Actor
		to flow.State
	}{{emp, position.Clarifying}, {provider, position.Published}, {emp, position.Hired}} {
		moving := position.Moving{To: m.to, Version: int64(i + 1)}
		if m.to == position.Published {
			moving.Pathway, moving.Unit = position.Exists, "Avdeling Røros"
		}
		if err := h.Positions.Move(ctx, m.as, id, moving); err != nil {
			t.Fatalf("to %s: %v", m.to, err)
		}
	}
	return id
}

func state(t *testing.T, h *sitetest.House, n need.Need) flow.State {
	t.Helper()
	d, err := h.Needs.Get(context.Background(), h.Actor("employer"), n.ID)
	if err != nil {
		t.Fatal(err)
	}
	return d.State
}

func fromANeedToHired(t *testing.T, h *sitetest.House) {
	n, p := given(t, h, need.Open, 1), programme(t, h)
	answer(t, h, n, fmt.Sprintf(`{"kind":"adapt","programme":%q,"unit":"Avdeling Røros","earliest":"2027-01-11","unknown":true,"words":"Vi tilpasser."}`, p))
	employer := h.As("employer")
	page := employer.Get("/behov/" + string(n.ID))
	if !page.Has(`main a[href="/stillinger/ny?behov=` + string(n.ID) + `"]`) {
		t.Error("the owner is not led to a position")
	}
	job := hired(t, h, n, p)
	if got := state(t, h, n); got != need.Covered {
		t.Fatalf("with somebody hired the need is %s", got)
	}
	thread := employer.Get(page.Attr("main a[href^='/rod-trad/']", "href"))
	for _, want := range []string{"Instruktør", "En jobb med utdanning", "En tilbyder svarte med dette", "Vist for 1 av 1", "Ansatt: 1"} {
		if !strings.Contains(thread.Text("main"), want) {
			t.Errorf("the owner's thread does not say %q: %s", want, thread.Text("main"))
		}
	}
	if got := h.Visitor().Get("/rod-trad/need/" + string(n.ID)).Text("main"); strings.Contains(got, "Vist for") || !strings.Contains(got, "Instruktør") {
		t.Errorf("a visitor reads %s", got)
	}
	back := h.Visitor().Get("/rod-trad/position/" + string(job)).Text("main")
	if !strings.Contains(back, n.Title) {
		t.Errorf("the position does not lead back to the need: %s", back)
	}
	var out struct {
		Items []struct{ ID, Kind, Side, Why string }
		Total int
		Met   *struct{ Persons, Of int }
	}
	if err := json.Unmarshal([]byte(employer.JSON("GET", "/api/v1/needs/"+string(n.ID)+"/thread", "").Body), &out); err != nil {
		t.Fatal(err)
	}
	kinds := map[string]string{}
	for _, x := range out.Items {
		kinds[x.Kind] = x.Side + " " + x.Why
	}
	if kinds["programme"] != "to answered" || kinds["position"] != "to position" || out.Met == nil || out.Met.Persons != 1 || out.Total != len(out.Items) {
		t.Errorf("in JSON: %+v", out)
	}
	if err := h.Jobs.Drain(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := employer.Get("/varsler").Text("main"); !strings.Contains(got, n.Title) || !strings.Contains(got, "dekket") {
		t.Errorf("the owner is told %s", got)
	}
}

// twoOfTwo: one of two is not enough; the job that is broken off does not count any more.
func twoOfTwo(t *testing.T, h *sitetest.House) {
	n, p := given(t, h, need.Open, 2), programme(t, h)
	answer(t, h, n, fmt.Sprintf(`{"kind":"existing","programme":%q,"words":"Den finnes."}`, p))
	first := hired(t, h, n, p)
	if got := state(t, h, n); got != need.CoveredByExisting {
		t.Fatalf("with one of two the need is %s", got)
	}
	if err := h.Positions.Move(t.Context(), h.Actor("employer"), first, position.Moving{To: position.Interrupted, Version: 4, Note: "Sluttet"}); err != nil {
		t.Fatal(err)
	}
	if got := h.As("employer").Get("/rod-trad/need/" + string(n.ID)).Text("main"); !strings.Contains(got, "Vist for 0 av 2") {
		t.Errorf("after the job was broken off: %s", got)
	}
	hired(t, h, n, p)
	if got := state(t, h, n); got != need.CoveredByExisting {
		t.Fatalf("with one of two again the need is %s", got)
	}
	hired(t, h, n, p)
	if got := state(t, h, n); got != need.Covered {
		t.Errorf("with two of two the need is %s", got)
	}
}

// somebodyCompletes: who was nominated for a need and completes shows that it is met; the
// one who is hired and the one who completes may be the same and count once.
func somebodyCompletes(t *testing.T, h *sitetest.House) {
	ctx := t.Context()
	n, p := given(t, h, need.Open, 2), programme(t, h)
	answer(t, h, n, fmt.Sprintf(`{"kind":"existing","programme":%q,"words":"Den finnes."}`, p))
	emp, provider := h.Actor("employer"), h.Actor("provider")
	o, err := h.Supply.CreateOffering(ctx, provider, offer.ProgrammeID(p), offer.Offering{StartType: offer.Rolling, Delivery: offer.Net, Channel: offer.Here})
	if err == nil {
		err = h.Supply.Publish(ctx, provider, o.ID, o.Version)
	}
	if err != nil {
		t.Fatal(err)
	}
	complete := func(who string) {
		t.Helper()
		a, err := h.Admission.Apply(ctx, emp, string(o.ID), admission.Applying{Person: &admission.Person{Name: who, Contact: "ring"}, Employer: n.Organisation, Need: admission.NeedID(n.ID)})
		if err != nil {
			t.Fatal(err)
		}
		for _, to := range []flow.State{admission.Started, admission.Completed} {
			if _, err := h.Admission.Move(ctx, provider, a.ID, admission.Moving{To: to}); err != nil {
				t.Fatal(err)
			}
		}
	}
	complete("Den første")
	hired(t, h, n, p)
	if got := state(t, h, n); got != need.CoveredByExisting {
		t.Fatalf("with one completed and one hired, who may be the same, the need is %s", got)
	}
	complete("Den andre")
	if got := state(t, h, n); got != need.Covered {
		t.Errorf("with two completed the need is %s", got)
	}
	if got := h.As("employer").Get("/rod-trad/need/" + string(n.ID)).Text("main"); !strings.Contains(got, "Vist for 2 av 2") {
		t.Errorf("the thread tells %s", got)
	}
}

// whatIsShieldedStaysSo: who may not know of a need finds it on no thread, and the things
// beyond it are there.
func whatIsShieldedStaysSo(t *testing.T, h *sitetest.House) {
	n, p := given(t, h, need.ProvidersOnly, 1), programme(t, h)
	answer(t, h, n, fmt.Sprintf(`{"kind":"existing","programme":%q,"words":"Den finnes."}`, p))
	job := hired(t, h, n, p)
	for _, path := range []string{"/rod-trad/programme/" + p, "/rod-trad/position/" + string(job), "/stillinger/" + string(job)} {
		if got := h.Visitor().Get(path); got.Status != http.StatusOK || strings.Contains(got.Body, string(n.ID)) {
			t.Errorf("%s: %d, tells of the need: %v", path, got.Status, strings.Contains(got.Body, string(n.ID)))
		}
	}
	for _, path := range []string{"/rod-trad/need/" + string(n.ID), "/api/v1/needs/" + string(n.ID) + "/thread", "/rod-trad/need/finnes-ikke", "/rod-trad/ukjent/1"} {
		if got := h.Visitor().Get(path); got.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, got.Status)
		}
	}
	if got := h.As("provider").Get("/rod-trad/position/" + string(job)).Text("main"); !strings.Contains(got, n.Title) {
		t.Errorf("the provider does not find the need: %s", got)
	}
}

func aMeasureInUse(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open, 2)
	at := "/behov/" + string(n.ID)
	employer := h.As("employer")
	if p := employer.Get(at + "/i-bruk"); p.Status != http.StatusConflict {
		t.Errorf("before there is a measure: %d", p.Status)
	}
	card := strings.TrimPrefix(h.Visitor().Get("/verktoykasse").Attr("main a[href^='/verktoykasse/0']", "href"), "/verktoykasse/")
	answer(t, h, n, fmt.Sprintf(`{"kind":"measure","card":%q,"words":"Dette passer."}`, card))
	if !employer.Get(at).Has(`main a[href="` + at + `/i-bruk"]`) {
		t.Error("the owner is not asked whether it is in use")
	}
	for _, role := range []string{"provider", "secretary", "learner"} {
		if p := h.As(role).Post(at+"/i-bruk", url.Values{"persons": {"2"}, "note": {"Ja"}}); p.Status == http.StatusSeeOther {
			t.Errorf("%s says that it is in use", role)
		}
	}
	if p := employer.Post(at+"/i-bruk", url.Values{"persons": {"2"}, "note": {""}}); p.Status != http.StatusUnprocessableEntity || p.Text("#note-error") == "" {
		t.Errorf("without saying what: %d", p.Status)
	}
	if p := employer.Post(at+"/i-bruk", url.Values{"persons": {"1"}, "note": {"Språkkafé på tirsdager"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("one of two: %d %s", p.Status, p.Text("main"))
	}
	if got := state(t, h, n); got != need.CoveredByOther {
		t.Errorf("with one of two the need is %s", got)
	}
	if p := employer.Post(at+"/i-bruk", url.Values{"persons": {"1"}, "note": {"Og på torsdager"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("two of two: %d", p.Status)
	}
	if got := state(t, h, n); got != need.Covered {
		t.Errorf("with two of two the need is %s", got)
	}
}

// theOwnersWord is evidence, and stands on the thread.
func theOwnersWord(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open, 3)
	answer(t, h, n, fmt.Sprintf(`{"kind":"existing","programme":%q,"words":"Den finnes."}`, programme(t, h)))
	move := func(role string) int {
		return h.As(role).JSON("POST", "/api/v1/needs/"+string(n.ID)+"/moves", `{"to":"covered","note":"Alle tre er i gang"}`).Status
	}
	if got := move("provider"); got == http.StatusOK {
		t.Error("the provider says that the need is covered")
	}
	if got := move("employer"); got != http.StatusOK {
		t.Fatalf("the owner's word: %d", got)
	}
	if got := h.As("employer").Get("/rod-trad/need/" + string(n.ID)).Text("main"); !strings.Contains(got, "Vist for 3 av 3") || !strings.Contains(got, "Alle tre er i gang") {
		t.Errorf("the thread says %s", got)
	}
}

func notTheirs(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open, 1)
	other := h.Actor("adviser")
	_, err := h.Positions.Write(t.Context(), access.SystemActor("test"), position.Content{Employer: other.Orgs(access.RoleIntermediary)[0], Title: "En jobb", Words: "Arbeid", Required: "Fag", Level: "kurs",
		Municipality: "5022", Provider: h.Actor("provider").Orgs(access.RoleProviderUser)[0], Need: position.NeedID(n.ID)})
	if err == nil {
		t.Error("a position meets the need of another firm")
	}
}
