package forumweb_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/room/forum"
	"kompetansetorg/internal/room/forum/input"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/turnout"
	"kompetansetorg/internal/site/sitetest"
)

var system = access.SystemActor("test")

// named is the demo's body whose name holds the word.
func named(t *testing.T, h *sitetest.House, word string) meeting.Body {
	t.Helper()
	list, err := h.Bodies.List(context.Background(), meeting.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range list {
		if strings.Contains(b.Name, word) {
			return b
		}
	}
	t.Fatalf("no body %s", word)
	return meeting.Body{}
}

func post(t *testing.T, c *sitetest.Client, to string, form url.Values, want int) sitetest.Page {
	t.Helper()
	p := c.Post(to, form)
	if p.Status != want {
		t.Fatalf("%s: %d, want %d: %s", to, p.Status, want, p.Text(".ds-error-summary")+p.Text("h1"))
	}
	return p
}

// TestStructure: three regions have a forum, one does not want one, one wants one, the
// others are in dialogue, each with its source (O-22).
func TestStructure(t *testing.T) {
	h := sitetest.New(t)
	got := h.Visitor().Get("/kompetanseforum").Text("main")
	for _, want := range []string{"Har forum: 3", "Ønsker forum: 1", "I dialog: 2", "Ønsker ikke forum: 1", "vedtak 51/20", "11 medlemmer"} {
		if !strings.Contains(got, want) {
			t.Errorf("the structure does not say %q: %s", want, got)
		}
	}
}

// TestRegionKeepsItsHistory: a status needs a source, only the county forum's secretary
// says it, and what stood before stays.
func TestRegionKeepsItsHistory(t *testing.T) {
	h := sitetest.New(t)
	at := "/kompetanseregioner/innherred"
	if got := h.As("secretary").Get(at + "/status").Status; got != http.StatusForbidden {
		t.Errorf("another secretary: %d", got)
	}
	c := h.As("county")
	p := post(t, c, at+"/status", url.Values{"version": {"1"}, "state": {"dialogue"}, "source": {""}}, http.StatusUnprocessableEntity)
	if p.Attr("input[name=state][checked]", "value") != "dialogue" {
		t.Error("what was chosen is lost")
	}
	post(t, c, at+"/status", url.Values{"version": {"1"}, "state": {"established"}, "source": {"Vedtak 1/30"}}, http.StatusUnprocessableEntity)
	post(t, c, at+"/status", url.Values{"version": {"1"}, "state": {"dialogue"}, "source": {"Møte i regionrådet"}}, http.StatusSeeOther)
	post(t, c, at+"/status", url.Values{"version": {"1"}, "state": {"unwilling"}, "source": {"Sen lagring"}}, http.StatusConflict)
	got := h.Visitor().Get(at).Text("main")
	if !strings.Contains(got, "Møte i regionrådet") || !strings.Contains(got, "Ønsker forum") || strings.Contains(got, "Sen lagring") {
		t.Errorf("the region reads %s", got)
	}
}

// TestAgreementIsSignedByPartners: nine of eleven have signed; a partner's own signature
// counts, and one who is no partner cannot.
func TestAgreementIsSignedByPartners(t *testing.T) {
	h := sitetest.New(t)
	b := forum.BodyID(named(t, h, "Kompetanseforum Trøndelag").ID)
	list, err := h.Forums.Documents(context.Background(), b)
	if err != nil {
		t.Fatal(err)
	}
	d, ok := forum.Current(list, forum.Agreement, h.Today())
	if !ok || d.Nr != 2 {
		t.Fatalf("the agreement that holds is %+v", d)
	}
	at := "/kompetanseforum/" + string(b) + "/dokument/" + string(d.ID)
	if got := h.Visitor().Get(at).Text("main"); !strings.Contains(got, "9 av 11 parter har signert") {
		t.Errorf("signatures: %s", got)
	}
	if got := h.As("learner").Get(at + "/signer").Status; got != http.StatusForbidden {
		t.Errorf("a learner signs: %d", got)
	}
	_, signed, _, err := h.Forums.Document(context.Background(), system, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	var missing access.OrgID
	for _, x := range signed.List {
		if x.State == forum.Missing {
			missing = x.Org
		}
	}
	c := h.As("county")
	post(t, c, at+"/signer", url.Values{"org": {string(missing)}, "state": {"signed"}, "day": {h.Today().AddDays(2).String()}, "office": {"Styreleder"}}, http.StatusUnprocessableEntity)
	post(t, c, at+"/signer", url.Values{"org": {string(missing)}, "state": {"signed"}, "day": {h.Today().String()}, "office": {"Styreleder"}}, http.StatusSeeOther)
	if got := h.Visitor().Get(at).Text("main"); !strings.Contains(got, "10 av 11 parter har signert") {
		t.Errorf("signatures after: %s", got)
	}
	err = h.Forums.Sign(context.Background(), system, d.ID, forum.Signature{Org: named(t, h, "politisk råd").Host, State: forum.Signed, Day: h.Today(), Office: "Leder"})
	if err == nil {
		t.Error("one who is no partner has signed")
	}
}

// TestInputIsAnswered: a region without forum sends consultation input, the county forum
// has the ball, and everybody reads the reply.
func TestInputIsAnswered(t *testing.T) {
	h := sitetest.New(t)
	ctx := context.Background()
	if got := h.As("adviser").Get("/kompetanseregioner/innherred/innspill").Status; got != http.StatusForbidden {
		t.Errorf("an organisation outside the region: %d", got)
	}
	p := post(t, h.As("secretary"), "/kompetanseregioner/trondelag-sor/innspill", url.Values{"org": {string(named(t, h, "Kompetanseforum Trøndelag Sør").Secretariat)}, "title": {"Flere læreplasser"}, "words": {"Vi mangler læreplasser."}}, http.StatusSeeOther)
	at, _, _ := strings.Cut(p.Location, "?")
	id, err := input.ParseID(strings.TrimPrefix(at, "/forum-innspill/"))
	if err != nil {
		t.Fatal(err)
	}
	if got := h.As("secretary").Get(at + "/svar").Status; got != http.StatusForbidden {
		t.Errorf("the sender answers itself: %d", got)
	}
	c := h.As("county")
	if got := c.Get("/").Text("main"); !strings.Contains(got, "Flere læreplasser") {
		t.Errorf("the ball is not among the county's tasks: %s", got)
	}
	post(t, c, at+"/flytt", url.Values{"from": {"sent"}, "to": {"received"}}, http.StatusSeeOther)
	post(t, c, at+"/flytt", url.Values{"from": {"sent"}, "to": {"received"}}, http.StatusConflict)
	i, _, err := h.Inputs.Get(ctx, system, id)
	if err != nil || i.State != input.Received {
		t.Fatalf("the input stands at %s: %v", i.State, err)
	}
	post(t, c, at+"/svar", url.Values{"version": {"2"}, "reply": {""}}, http.StatusUnprocessableEntity)
	post(t, c, at+"/svar", url.Values{"version": {"2"}, "reply": {"Forumet tar saken opp."}}, http.StatusSeeOther)
	if got := h.Visitor().Get(at).Text("main"); !strings.Contains(got, "Forumet tar saken opp.") || !strings.Contains(got, "Besvart") {
		t.Errorf("a visitor reads %s", got)
	}
}

// TestRoundGathersAnswers: the same questions to all, who has not answered is named,
// and answers are open when the round is closed.
func TestRoundGathersAnswers(t *testing.T) {
	h := sitetest.New(t)
	b := named(t, h, "Kompetanseforum Trøndelag")
	list, err := h.Assess.List(context.Background(), system, forum.BodyID(b.ID))
	if err != nil || len(list) != 1 {
		t.Fatalf("rounds: %d %v", len(list), err)
	}
	at := "/kompetanseforum/" + string(b.ID) + "/runder/" + string(list[0].ID)
	got := h.Visitor().Get(at).Text("main")
	if !strings.Contains(got, "7 av 11 har svart") || !strings.Contains(got, "NHO Trøndelag") || strings.Contains(got, "Møteplassen") {
		t.Errorf("a visitor reads an open round as %s", got)
	}
	c := h.As("county")
	if got := c.Get(at).Text("main"); !strings.Contains(got, "Møteplassen") {
		t.Errorf("the secretary reads %s", got)
	}
	post(t, c, at+"/svar", url.Values{"org": {string(list[0].Partners[10].Org)}, "q1": {""}}, http.StatusUnprocessableEntity)
	post(t, c, at+"/svar", url.Values{"org": {string(list[0].Partners[10].Org)}, "q2": {"Vi mangler folk."}}, http.StatusSeeOther)
	post(t, c, at+"/avslutt", url.Values{"version": {"1"}, "summary": {"Partene er enige om mye."}}, http.StatusSeeOther)
	if got := h.Visitor().Get(at).Text("main"); !strings.Contains(got, "Vi mangler folk.") || !strings.Contains(got, "8 av 11") || !strings.Contains(got, "enige om mye") {
		t.Errorf("a visitor reads a closed round as %s", got)
	}
	post(t, c, at+"/svar", url.Values{"org": {string(list[0].Partners[10].Org)}, "q1": {"For sent"}}, http.StatusConflict)
}

// TestPartnersShowWhatTheyDo: a member adds for its own organisation only, and the
// secretary lifts an example.
func TestPartnersShowWhatTheyDo(t *testing.T) {
	h := sitetest.New(t)
	b := named(t, h, "Kompetanseforum Trøndelag Sør")
	at := "/kompetanseforum/" + string(b.ID)
	c := h.As("forum_member")
	mine := c.Get(at+"/eksempler/ny").Attr("#org option", "value")
	form := url.Values{"org": {mine}, "title": {"Lærlinger deler verksted"}, "done": {"To verksteder slo seg sammen."}, "result": {"Fire lærlinger."}, "contact": {"ring 99 99 99 99"}}
	post(t, c, at+"/eksempler/ny", form, http.StatusUnprocessableEntity)
	form.Set("contact", "Daglig leder")
	post(t, c, at+"/eksempler/ny", form, http.StatusSeeOther)
	form.Set("org", string(b.Host))
	post(t, c, at+"/eksempler/ny", form, http.StatusUnprocessableEntity)
	_, list, err := h.Partners.Of(context.Background(), system, forum.BodyID(b.ID))
	if err != nil || len(list) != 2 {
		t.Fatalf("examples: %d %v", len(list), err)
	}
	last := list[1]
	post(t, c, at+"/eksempler/"+string(last.ID)+"/loft", url.Values{"up": {"ja"}, "version": {"1"}}, http.StatusForbidden)
	post(t, h.As("secretary"), at+"/eksempler/"+string(last.ID)+"/loft", url.Values{"up": {"ja"}, "version": {"1"}}, http.StatusSeeOther)
	if got := h.Visitor().Get(at).Text("main"); !strings.Contains(got, "Lærlinger deler verksted") {
		t.Errorf("the forum's page reads %s", got)
	}
}

// TestTurnoutBySide: the minutes of the demo's meeting say who met; providers were all
// away, and the page says so.
func TestTurnoutBySide(t *testing.T) {
	h := sitetest.New(t)
	b := named(t, h, "Kompetanseforum Trøndelag Sør")
	year := h.Today().AddDays(-75).Year()
	y, err := turnout.Of(context.Background(), h.DB(), b.ID, year)
	if err != nil || y.Meetings != 1 {
		t.Fatalf("%d meetings, %v", y.Meetings, err)
	}
	for _, s := range y.Sides {
		if s.Side == meeting.Provider && (s.Places != 4 || s.Met != 0) || s.Side == meeting.Demander && (s.Places != 9 || s.Met != 8) {
			t.Errorf("%s: %d of %d", s.Side, s.Met, s.Places)
		}
	}
	if l := y.Lacks(); len(l) != 1 || l[0].Side != meeting.Provider {
		t.Errorf("lacking: %+v", l)
	}
}
