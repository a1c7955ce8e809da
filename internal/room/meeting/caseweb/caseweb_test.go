package caseweb_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// found is the case of the demo whose title holds the word.
func found(t *testing.T, h *sitetest.House, word string) casework.Detail {
	t.Helper()
	system := access.SystemActor("test")
	list, err := h.Cases.List(context.Background(), system, casework.Filter{Text: word})
	if err != nil || len(list) == 0 {
		t.Fatalf("case %s: %d %v", word, len(list), err)
	}
	d, err := h.Cases.Get(context.Background(), system, list[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestCase takes a case from its opening to its readers over the real mux.
func TestCase(t *testing.T) {
	h := sitetest.New(t)
	c := h.As("secretary")
	body := string(found(t, h, "næringsfondet").Body)
	p := c.Post("/saker/ny", url.Values{"body": {body}, "kind": {"decision"}, "title": {""}, "officer": {"Rådgiver"}, "number": {"tull"}})
	if p.Status != http.StatusUnprocessableEntity || p.Attr("#number", "value") != "tull" || p.Attr("#officer", "value") != "Rådgiver" {
		t.Fatalf("a case without title: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	p = c.Post("/saker/ny", url.Values{"body": {body}, "kind": {"decision"}, "title": {"Felles innkjøp"}, "officer": {"Rådgiver"}})
	if p.Status != http.StatusSeeOther {
		t.Fatalf("opened: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	path, _, _ := strings.Cut(p.Location, "?")
	if got := h.Visitor().Get(path).Status; got != http.StatusNotFound {
		t.Errorf("a visitor sees a new case: %d", got)
	}
	post := func(to string, form url.Values, want int) sitetest.Page {
		t.Helper()
		p := c.Post(path+to, form)
		if p.Status != want {
			t.Fatalf("%s: %d, want %d: %s", to, p.Status, want, p.Text(".ds-error-summary"))
		}
		return p
	}
	post("/behandling", url.Values{"body": {body}, "number": {"PS 1/30"}, "day": {"31.12.2030"}, "result": {"planned"}}, http.StatusSeeOther)
	post("/saksframlegg/background", url.Values{"version": {"1"}, "heading": {"Bakgrunn"}, "words": {"Kommunene kjøper hver for seg. Tekst kommer"}}, http.StatusSeeOther)
	p = post("/saksframlegg/background", url.Values{"version": {"1"}, "heading": {"Bakgrunn"}, "words": {"Den andres tekst"}}, http.StatusConflict)
	if !strings.Contains(p.Text("main"), "Kommunene kjøper hver for seg") || p.Text("#words") != "Den andres tekst" || p.Attr("input[name=version]", "value") != "2" {
		t.Errorf("two editors: %s", p.Text("main"))
	}
	post("/flytt?to=recommended", url.Values{}, http.StatusSeeOther)
	p = c.Get(path + "/kontroll")
	if n := len(p.All("main form button[name=finding]")); n != 2 || p.Has("form[action$='/send-ut']") {
		t.Fatalf("%d findings: %s", n, p.Text("main"))
	}
	post("/send-ut", url.Values{}, http.StatusConflict)
	for _, id := range p.Attrs("main form button[name=finding]", "value") {
		post("/kontroll", url.Values{"finding": {id}, "reason": {""}}, http.StatusUnprocessableEntity)
		post("/kontroll", url.Values{"finding": {id}, "reason": {"Slik skal det stå"}}, http.StatusSeeOther)
	}
	post("/send-ut", url.Values{}, http.StatusSeeOther)
	if p = h.Visitor().Get(path + "/papir"); p.Status != 200 || !strings.Contains(p.Text("main"), "Kommunene kjøper hver for seg") || !strings.Contains(p.Text("main"), "PS 1/30") {
		t.Errorf("the paper: %d %s", p.Status, p.Text("main"))
	}
	if got := h.Visitor().Get(path + "/utkast").Status; got == 200 {
		t.Error("a visitor reads the draft")
	}
}

// TestFigures: a paper shows an open need's figure, keeps it when the need changes,
// and shows the difference in the next version.
func TestFigures(t *testing.T) {
	h := sitetest.New(t)
	ctx, hub, secretary := context.Background(), h.Actor("adviser"), h.Actor("secretary")
	sag, err := h.Orgs.Find(ctx, "Eksempel Sag og Høvleri AS")
	if err != nil {
		t.Fatal(err)
	}
	nn, err := h.Orgs.Find(ctx, "Nasjonalparken Næringshage AS")
	if err != nil {
		t.Fatal(err)
	}
	content := need.Content{Text: "Vi trenger folk på høvelen", Organisation: sag, RepresentedBy: nn, Municipality: "5022", Headcount: 4, Confidentiality: need.Open}
	n, err := h.Needs.SaveDraft(ctx, hub, "", 0, content)
	if err != nil {
		t.Fatal(err)
	}
	if n, err = h.Needs.Submit(ctx, hub, n.ID, n.Version, content); err != nil {
		t.Fatal(err)
	}
	d := found(t, h, "helsefag")
	_, p, _, err := h.Writing.Draft(ctx, secretary, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := p.Section("assessment")
	if err := h.Writing.SaveSection(ctx, secretary, d.ID, "assessment", s.Version, s.Heading, "Det gjelder [["+"behov "+n.Number+"]]."); err != nil {
		t.Fatal(err)
	}
	c, path := h.As("secretary"), "/saker/"+string(d.ID)
	issue := func() {
		t.Helper()
		if p := c.Post(path+"/send-ut", url.Values{"why": {"Nye tall"}}); p.Status != http.StatusSeeOther {
			t.Fatalf("issue: %d %s", p.Status, p.Text("main"))
		}
	}
	issue()
	content.Headcount = 9
	if n, err = h.Needs.Edit(ctx, hub, n.ID, n.Version, content); err != nil {
		t.Fatal(err)
	}
	v := h.Visitor()
	if got := v.Get(path + "/papir").Text("main"); !strings.Contains(got, "4 personer") {
		t.Errorf("the frozen figure: %s", got)
	}
	issue()
	if got := v.Get(path + "/papir").Text("main"); !strings.Contains(got, "9 personer") {
		t.Errorf("the new figure: %s", got)
	}
	if got := v.Get(path + "/papir?versjon=2").Text("main"); !strings.Contains(got, "4 personer") {
		t.Errorf("the older version: %s", got)
	}
	if got := v.Get(path + "/versjoner?from=2&to=3").Text("main"); !strings.Contains(got, "4 personer") || !strings.Contains(got, "9 personer") {
		t.Errorf("the comparison: %s", got)
	}
}

// TestStatusCase: the check of the demo's status case finds its two places where
// text was to come and the annex that is not listed, and nothing else.
func TestStatusCase(t *testing.T) {
	h := sitetest.New(t)
	p := h.As("county").Get("/saker/" + string(found(t, h, "status for").ID) + "/kontroll")
	all := p.Text("main")
	if n := len(p.All("main form button[name=finding]")); n != 3 || !strings.Contains(all, "Tekst kommer") || !strings.Contains(all, "Her leveres tekst") || !strings.Contains(all, "vedlegg 3") {
		t.Errorf("%d findings: %s", n, all)
	}
}

// TestFinancing: the plan of the pilots says 25,0 %, 30 000 short and the ways out,
// and its proviso is lifted.
func TestFinancing(t *testing.T) {
	h := sitetest.New(t)
	all := strings.ReplaceAll(h.Visitor().Get("/saker/"+string(found(t, h, "kompetansepiloter").ID)).Text("main"), "\u00a0", " ")
	for _, want := range []string{"25,0 %", "kr 30 000", "kr 420 000", "kr 642 857", "kr 192 857", "Forbehold"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in %s", want, all)
		}
	}
}

// TestJSON: the agreement has its five treatments and its paper; a closed case has a
// neutral title and no documents.
func TestJSON(t *testing.T) {
	h := sitetest.New(t)
	var out struct {
		Number, Title, State string
		Closed               bool
		Ground               string
		Treatments           []struct{ Number, Result string }
		Documents            []struct{ Number, Title string }
		Paper                *struct{ Version int }
	}
	get := func(d casework.Detail) {
		t.Helper()
		out.Paper = nil
		p := h.Visitor().Get("/api/v1/cases/" + string(d.ID))
		if err := json.Unmarshal([]byte(p.Body), &out); err != nil || p.Status != 200 {
			t.Fatalf("%d %v %s", p.Status, err, p.Body)
		}
	}
	get(found(t, h, "samarbeidsavtale"))
	if out.Number != "2020/10212" || len(out.Treatments) != 5 || out.Treatments[3].Number != "PS 23/20" || len(out.Documents) != 3 || out.Documents[0].Number != "2020/10212-1" || out.Paper == nil {
		t.Errorf("%+v", out)
	}
	get(found(t, h, "sluttavtale"))
	if !out.Closed || out.Title != "Personalsak" || out.Ground != "kommuneloven § 11-5" || len(out.Documents) != 0 || out.Paper != nil {
		t.Errorf("closed: %+v", out)
	}
}

// A plan that does not add up is told of where the paper is checked, and stops nothing.
func TestAShortPlanIsToldOfBeforeTheCaseIsIssued(t *testing.T) {
	h := sitetest.New(t)
	c, path := h.As("secretary"), "/saker/"+string(found(t, h, "næringsfondet").ID)
	const told = "Finansieringsplanen går ikke opp"
	if p := c.Get(path + "/finansiering"); p.Text("h1") != "Lag finansieringsplan" {
		t.Fatalf("a case without a plan: %s", p.Text("h1"))
	}
	if strings.Contains(c.Get(path+"/kontroll").Text("main"), told) {
		t.Error("a case without a plan has one that is short")
	}
	for own, want := range map[string]bool{"300 000": true, "400 000": false} {
		plan := url.Values{"version": {c.Get(path+"/finansiering").Attr("input[name=version]", "value")}, "costs.0.name": {"Prosjektleder"}, "costs.0.amount": {"2 200 000"},
			"sources.0.name": {"Fylket"}, "sources.0.kind": {"grant"}, "sources.0.amount": {"1 800 000"}, "sources.1.name": {"Kommunene"}, "sources.1.kind": {"own_cash"}, "sources.1.amount": {own}, "base": {"total"}}
		if p := c.Post(path+"/finansiering", plan); p.Status != http.StatusSeeOther {
			t.Fatalf("the plan: %d %s", p.Status, p.Text(".ds-error-summary"))
		}
		if p := c.Get(path + "/kontroll"); strings.Contains(p.Text("main"), told) != want {
			t.Errorf("own money %s: %s", own, p.Text("main"))
		}
	}
}
