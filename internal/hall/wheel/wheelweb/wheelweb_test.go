package wheelweb_test

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/hall/wheel"
	"kompetansetorg/internal/site/sitetest"
)

var system = access.SystemActor("test")

// house is the demo with a round in each of the later steps.
type house struct {
	*sitetest.House
	t *testing.T
}

// in is the demo's round in the state.
func (h house) in(state wheel.Kind) wheel.Round {
	h.t.Helper()
	list, err := h.Wheel.List(context.Background(), "")
	if err != nil {
		h.t.Fatal(err)
	}
	for _, x := range list {
		if x.State == state {
			return h.get(x.ID)
		}
	}
	h.t.Fatalf("no round in %s", state)
	return wheel.Round{}
}

func (h house) get(r wheel.ID) wheel.Round {
	h.t.Helper()
	x, err := h.Wheel.Get(context.Background(), system, r)
	if err != nil {
		h.t.Fatal(err)
	}
	return x
}

func (h house) post(c *sitetest.Client, to string, form url.Values, want int) sitetest.Page {
	h.t.Helper()
	p := c.Post(to, form)
	if p.Status != want {
		h.t.Fatalf("%s: %d, want %d: %s", to, p.Status, want, p.Text(".ds-error-summary")+p.Text("h1"))
	}
	return p
}

// close tries to close the step that the round is in.
func (h house) close(x wheel.Round, want int) {
	h.t.Helper()
	for _, s := range h.get(x.ID).Steps {
		if s.Kind == x.State {
			h.post(h.As("county"), "/arshjul/"+string(x.ID)+"/steg/"+string(s.ID)+"/lukk", url.Values{"version": {strconv.FormatInt(s.Version, 10)}, "base": {"Notat"}}, want)
			return
		}
	}
	h.t.Fatalf("no step %s", x.State)
}

func region(t *testing.T, x wheel.Round, id string) wheel.Region {
	t.Helper()
	for _, g := range x.Regions {
		if string(g.Region) == id {
			return g
		}
	}
	t.Fatalf("no region %s", id)
	return wheel.Region{}
}

// TestRegionsRankWithEvidence: an input cites a need or a figure, stays the region's own
// until it is delivered, and the step does not close while a region is unanswered.
func TestRegionsRankWithEvidence(t *testing.T) {
	h := house{sitetest.New(t), t}
	x := h.in(wheel.Inputs)
	at := "/arshjul/" + string(x.ID)
	sec := h.As("secretary")
	form := url.Values{"org": {string(region(t, x, "trondelag-sor").Inputs[0].Org)}, "rank": {"3"}, "title": {"Kokker til reiselivet"}, "words": {"Hotellene mangler kokker."}, "field": {""}, "level": {""}}
	p := h.post(sec, at+"/regioner/trondelag-sor/innspill", form, http.StatusUnprocessableEntity)
	if p.Attr("#title", "value") != "Kokker til reiselivet" {
		t.Error("what was typed is lost")
	}
	form.Set("need", "B-1999-0001")
	h.post(sec, at+"/regioner/trondelag-sor/innspill", form, http.StatusUnprocessableEntity)
	form.Del("need")
	form.Set("figure", sec.Get(at+"/regioner/trondelag-sor/innspill").Attrs("#figure option", "value")[1])
	form.Set("rank", "1")
	h.post(sec, at+"/regioner/trondelag-sor/innspill", form, http.StatusUnprocessableEntity) // taken
	form.Set("rank", "4")
	h.post(sec, at+"/regioner/trondelag-sor/innspill", form, http.StatusUnprocessableEntity) // three at most
	form.Set("rank", "3")
	h.post(h.As("forum_member"), at+"/regioner/trondelag-sor/innspill", form, http.StatusForbidden)
	h.post(sec, at+"/regioner/trondelag-sor/innspill", form, http.StatusSeeOther)

	if got := h.Visitor().Get(at).Text("main"); strings.Contains(got, "Kokker til reiselivet") {
		t.Error("a visitor reads what the region has not delivered")
	}
	if got := h.As("county").Get(at).Text("main"); strings.Contains(got, "Kokker til reiselivet") {
		t.Error("the county reads what the region has not delivered")
	}
	h.close(x, http.StatusConflict)
	h.post(h.As("county"), at+"/regioner/trondelag-sor/lever", nil, http.StatusForbidden)
	h.post(sec, at+"/regioner/trondelag-sor/lever", nil, http.StatusSeeOther)
	h.post(sec, at+"/regioner/trondelag-sor/lever", nil, http.StatusConflict)
	got := h.Visitor().Get(at).Text("main")
	if !strings.Contains(got, "Kokker til reiselivet") || !strings.Contains(got, "Eksempeltall for mangel på folk, Skrevet for demoen") {
		t.Errorf("a visitor reads %s", got)
	}
	for _, g := range h.get(x.ID).Regions {
		if !g.Settled() {
			h.close(x, http.StatusConflict)
			h.post(h.As("county"), at+"/regioner/"+string(g.Region)+"/taus", url.Values{"why": {""}}, http.StatusUnprocessableEntity)
			h.post(h.As("county"), at+"/regioner/"+string(g.Region)+"/taus", url.Values{"why": {"Svarte ikke"}}, http.StatusSeeOther)
		}
	}
	h.close(x, http.StatusSeeOther)
	if s := h.get(x.ID).State; s != wheel.Priorities {
		t.Errorf("the round is in %s", s)
	}
}

// TestEveryInputIsAnswered: an input ends as taken with a number or left with a reason,
// and neither that step nor the next closes with one unanswered.
func TestEveryInputIsAnswered(t *testing.T) {
	h := house{sitetest.New(t), t}
	x := h.in(wheel.Priorities)
	at, c := "/arshjul/"+string(x.ID), h.As("county")
	h.close(x, http.StatusConflict)
	var open wheel.Input
	for _, g := range x.Regions {
		for _, i := range g.Inputs {
			if i.Result == wheel.Undecided {
				open = i
			}
		}
	}
	to := at + "/innspill/" + string(open.ID) + "/utfall"
	form := url.Values{"version": {strconv.FormatInt(open.Version, 10)}, "priority": {"none"}, "why": {""}}
	h.post(c, to, form, http.StatusUnprocessableEntity)
	h.post(h.As("secretary"), to, form, http.StatusForbidden)
	form.Set("why", "Dekkes av Fagbrev på jobb")
	h.post(c, to, form, http.StatusSeeOther)
	if got := h.Visitor().Get(at).Text("#innspill-" + string(open.ID)); !strings.Contains(got, "Ikke tatt med") || !strings.Contains(got, "Fagbrev på jobb") {
		t.Errorf("the input reads %s", got)
	}
	if got := h.Visitor().Get(at).Text("main"); !strings.Contains(got, "Tatt med som nr. 1") {
		t.Error("an input that was taken does not say as which number")
	}
	h.post(c, at+"/prioriteringer/"+string(x.Priorities[1].ID)+"/rang", url.Values{"nr": {"1"}}, http.StatusSeeOther)
	if got := h.get(x.ID).Priorities[0]; got.ID != x.Priorities[1].ID || got.Rank != 1 {
		t.Errorf("number 1 is %s", got.Title)
	}
	h.post(c, at+"/prioriteringer/ny", url.Values{"title": {"Kokker"}, "words": {"Reiselivet mangler kokker."}}, http.StatusSeeOther)
	h.close(x, http.StatusConflict) // nobody is asked about it
	made := h.get(x.ID).Priorities[2]
	asked := c.Get(at + "/prioriteringer/" + string(made.ID) + "/tilbydere")
	thyf := x.Priorities[0].Answers[0].Org
	if !strings.Contains(strings.Join(asked.Attrs("input[name=orgs]", "value"), " "), string(thyf)) {
		t.Fatal("the provider cannot be asked")
	}
	h.post(c, at+"/prioriteringer/"+string(made.ID)+"/tilbydere", url.Values{"orgs": {string(thyf)}}, http.StatusSeeOther)
	h.close(x, http.StatusSeeOther)
}

// TestProvidersAnswer: who is asked has a task, answers for itself only, and the last
// step closes when all have.
func TestProvidersAnswer(t *testing.T) {
	h := house{sitetest.New(t), t}
	x := h.in(wheel.Answers)
	at := "/arshjul/" + string(x.ID)
	h.close(x, http.StatusConflict)
	provider := h.As("provider")
	mine := h.Actor("provider").Orgs(access.RoleProviderUser)[0]
	if got := provider.Get("/").Text("main"); !strings.Contains(got, x.Priorities[0].Title) {
		t.Errorf("the task is not on the provider's front page: %s", got)
	}
	for _, p := range x.Priorities {
		for _, a := range p.Answers {
			to := at + "/svar/" + string(a.Task)
			form := url.Values{"version": {strconv.FormatInt(a.Version, 10)}, "kind": {"nothing"}, "words": {""}}
			switch {
			case a.Kind != wheel.NotYet:
			case a.Org == mine:
				h.post(provider, to, form, http.StatusUnprocessableEntity)
				form.Set("words", "Vi har ikke lærere nok.")
				h.post(provider, to, form, http.StatusSeeOther)
				if got := provider.Get("/arshjul-oppgave/" + string(a.Task)); got.Location != to {
					t.Errorf("the task leads to %s", got.Location)
				}
			default:
				form.Set("words", "Meldt på telefon: vi utvider.")
				form.Set("kind", "changed")
				form.Set("places", "12")
				h.post(provider, to, form, http.StatusForbidden)
				h.post(h.As("county"), to, form, http.StatusSeeOther)
			}
		}
	}
	if got := h.Visitor().Get(at).Text("main"); !strings.Contains(got, "Gjør ikke noe nå") || !strings.Contains(got, "12 plasser") {
		t.Errorf("a visitor reads %s", got)
	}
	h.close(x, http.StatusSeeOther)
	c := h.As("county")
	h.post(c, at+"/gjenapne", url.Values{"note": {""}}, http.StatusUnprocessableEntity)
	h.post(c, at+"/gjenapne", url.Values{"note": {"En tilbyder har ombestemt seg."}}, http.StatusSeeOther)
	if s := h.get(x.ID).State; s != wheel.Answers {
		t.Errorf("the round is in %s", s)
	}
}

// TestYearlyCopy: the same steps and milestones a year later, once for each year.
func TestYearlyCopy(t *testing.T) {
	h := house{sitetest.New(t), t}
	x := h.in(wheel.Inputs)
	at, c := "/arshjul/"+string(x.ID)+"/kopier", h.As("county")
	h.post(c, at, url.Values{"year": {strconv.Itoa(x.Year)}}, http.StatusUnprocessableEntity)
	h.post(h.As("secretary"), at, url.Values{"year": {strconv.Itoa(x.Year + 1)}}, http.StatusForbidden)
	p := h.post(c, at, url.Values{"year": {strconv.Itoa(x.Year + 1)}}, http.StatusSeeOther)
	to, _, _ := strings.Cut(strings.TrimPrefix(p.Location, "/arshjul/"), "?")
	got := h.get(wheel.ID(to))
	if got.State != wheel.Knowledge || len(got.Steps) != len(x.Steps) || got.Steps[4].Title != x.Steps[4].Title || got.Steps[0].Due != x.Steps[0].Due.AddMonths(12) || len(got.Priorities) != 0 {
		t.Errorf("the copy is %+v", got)
	}
	h.post(c, at, url.Values{"year": {strconv.Itoa(x.Year + 1)}}, http.StatusUnprocessableEntity)
}

// TestFiguresAreOthers: shown with source and year, and apart from our own count.
func TestFiguresAreOthers(t *testing.T) {
	h := house{sitetest.New(t), t}
	list := h.Visitor().Get("/arshjul-tall")
	links := list.Attrs("main .kt-card a", "href")
	if len(links) != 1 {
		t.Fatalf("sources: %v", links)
	}
	got := h.Visitor().Get(links[0]).Text("main")
	if !strings.Contains(got, "Sykepleiere") || !strings.Contains(got, "180") || !strings.Contains(got, "ikke med i vår egen telling") || !strings.Contains(got, strconv.Itoa(h.Today().Year()-1)) {
		t.Errorf("the figures read %s", got)
	}
	if h.Visitor().Get("/arshjul-tall/finnes-ikke").Status != http.StatusNotFound {
		t.Error("a source that is not there is shown")
	}
}

// Only the knowledge base rests on something outside the wheel, and a figure is of a place
// that has its name.
func TestAStepAsksOnlyWhatItNeeds(t *testing.T) {
	h := house{sitetest.New(t), t}
	county := h.As("county")
	for _, state := range []wheel.Kind{wheel.Inputs, wheel.Priorities} {
		x := h.in(state)
		for _, s := range x.Steps {
			if s.Kind == state && county.Get("/arshjul/"+string(x.ID)+"/steg/"+string(s.ID)+"/lukk").Has("#base") {
				t.Errorf("%s asks for a base", state)
			}
		}
		if got := county.Get("/arshjul/" + string(x.ID)).Text("main"); strings.Contains(got, "trondelag") || !strings.Contains(got, "Trøndelag:") {
			t.Errorf("the round reads %s", got)
		}
	}
}
