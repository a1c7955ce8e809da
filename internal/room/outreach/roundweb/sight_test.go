package roundweb_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/outreach/round"
)

// invite is the organisation's place in the round, as the actor sees it.
func (h *house) invite(actor access.Actor, r round.ID, o org.ID) round.Invite {
	h.t.Helper()
	x, err := h.Rounds.Get(h.t.Context(), actor, r)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, i := range x.Invites {
		if i.Org == o {
			return i
		}
	}
	h.t.Fatalf("%s is not in the round", o)
	return round.Invite{}
}

// An earlier answer is shown to the organisation itself and to the hub that it was
// given to: not to another hub, and not to whoever knows an organisation number.
func TestWhoSeesEarlierAnswers(t *testing.T) {
	h := open(t, 3)
	hub := h.Actor("adviser")
	another := hub
	another.Roles = []access.Assignment{{Role: access.RoleIntermediary, Org: h.firms[2]}}
	firm := h.firms[:1]
	give(t, h.Visitor(), "/svar/"+h.links(h.roundOf(hub, firm))[0], answers())

	check := func(name string, k round.Key, shown bool) {
		t.Helper()
		x, err := h.Rounds.Begin(t.Context(), k)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := x.Last != nil; got != shown {
			t.Errorf("%s: the earlier answer is shown: %v, want %v", name, got, shown)
		}
		x, err = h.Rounds.Unchanged(t.Context(), k, forms.At{Version: x.Answer.Version}, "behov")
		if taken := err == nil && len(x.Answer.Values["mangler"].Rows) > 0; taken != shown || !shown && !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: taken over: %v, %v", name, taken, err)
		}
	}
	again := h.roundOf(hub, firm)
	own := h.links(again)[0]
	check("the organisation itself", round.Key{Secret: own}, true)
	p := h.Visitor().Get("/svar/" + own + "/del/bemanning")
	names, first := p.Attrs("main form button[type=submit]", "name"), p.Attr("main form button[type=submit]", "name")
	if first != "" || !slices.Contains(names, "act") {
		t.Errorf("Enter presses %q, of %q", first, names)
	}
	staffed := h.roundOf(hub, firm)
	check("the same hub", round.Key{Actor: hub, Round: staffed, Invite: h.invite(hub, staffed, firm[0]).ID}, true)
	theirs := h.roundOf(another, firm)
	check("another hub", round.Key{Actor: another, Round: theirs, Invite: h.invite(another, theirs, firm[0]).ID}, false)

	open := h.roundOf(hub, h.firms[1:2])
	secret, err := h.Rounds.NewOpenLink(t.Context(), hub, open, 5)
	if err != nil {
		t.Fatal(err)
	}
	mine, err := h.Rounds.Join(t.Context(), secret, h.nos[0])
	if err != nil {
		t.Fatal(err)
	}
	check("by the open link", round.Key{Secret: mine}, false)
	if p := h.Visitor().Get("/svar/" + mine + "/del/behov"); p.Status != http.StatusOK || strings.Contains(p.Text("main"), "rustfritt") || p.Has("button[value=unchanged]") {
		t.Errorf("the page by the open link: %d %s", p.Status, p.Text("main"))
	}
}

// What came by the open link is nobody's word: the hub confirms it first, and the
// need does not say that the organisation said yes.
func TestOpenAnswerIsConfirmedFirst(t *testing.T) {
	h := open(t, 2)
	hub := h.Actor("adviser")
	r := h.roundOf(hub, h.firms[:1])
	secret, err := h.Rounds.NewOpenLink(t.Context(), hub, r, 5)
	if err != nil {
		t.Fatal(err)
	}
	mine, err := h.Rounds.Join(t.Context(), secret, h.nos[1])
	if err != nil {
		t.Fatal(err)
	}
	v, adviser := h.Visitor(), h.As("adviser")
	give(t, v, "/svar/"+mine, answers())
	at := "/runder/" + string(r) + "/svar/" + string(h.invite(hub, r, h.firms[1]).ID)
	if p := adviser.Get(at); !strings.Contains(p.Text(".kt-notice"), "Bekreft svaret med virksomheten først") {
		t.Errorf("the page does not ask for it: %s", p.Text("main"))
	}
	posted := url.Values{"row": {"0"}, "text": {"Sveiser"}, "headcount": {"2"}}
	if p := adviser.Post(at, posted); p.Status != http.StatusUnprocessableEntity || !p.Has("input[name=confirmed][aria-invalid=true]") {
		t.Errorf("not confirmed: %d", p.Status)
	}
	posted.Set("confirmed", "Ringte sentralbordet.")
	p := adviser.Post(at, posted)
	if p.Status != http.StatusSeeOther {
		t.Fatalf("confirmed: %d %s", p.Status, p.Text("main"))
	}
	made, _, _ := strings.Cut(strings.TrimPrefix(p.Location, "/behov/"), "?")
	n, err := h.Needs.Get(t.Context(), hub, need.ID(made))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(n.MandateGround, "åpne lenken") || !strings.Contains(n.MandateGround, "Ringte sentralbordet.") || strings.Contains(n.MandateGround, "Sa ja") {
		t.Errorf("the ground says %q", n.MandateGround)
	}
	if after := v.Get("/svar/" + mine); after.Has("main a[href^='/folg/']") || !strings.Contains(after.Text("main"), "B-") {
		t.Errorf("the open link leads to the organisation's follow link: %s", after.Text("main"))
	}
}

// What is begun and not handed in is read by the side that writes it alone.
func TestUnsentAnswersAreNotRead(t *testing.T) {
	h := open(t, 2)
	hub := h.Actor("adviser")
	r := h.round()
	own := h.links(r)
	v, adviser := h.Visitor(), h.As("adviser")
	if p := v.Get("/svar/" + own[0]); !strings.Contains(p.Text(".kt-notice"), "leser ingen andre det dere skriver") {
		t.Errorf("who reads what is not told: %s", p.Text("main"))
	}
	p := v.Get(v.Post("/svar/"+own[0], nil).Location)
	v.Post("/svar/"+own[0]+"/del/virksomheten", asked(p, url.Values{"ansatte": {"4321"}}))

	i := h.invite(hub, r, h.firms[0])
	at := "/runder/" + string(r) + "/for/" + string(i.ID)
	for _, page := range []string{"", "/del/virksomheten", "/se-over"} {
		p := adviser.Get(at + page)
		if p.Status == http.StatusSeeOther {
			p = adviser.Get(p.Location)
		}
		if strings.Contains(p.Body, "4321") || !strings.Contains(p.Text(".kt-notice"), "har begynt å svare selv") {
			t.Errorf("%q of the hub: %d %s", page, p.Status, p.Text("main"))
		}
	}
	staff := round.Key{Actor: hub, Round: r, Invite: i.ID}
	if _, err := h.Rounds.Begin(t.Context(), staff); !fault.Is(err, fault.Conflict) {
		t.Errorf("begin: %v", err)
	}
	if _, err := h.Rounds.Save(t.Context(), staff, forms.At{}, "virksomheten", nil); !fault.Is(err, fault.Conflict) {
		t.Errorf("save: %v", err)
	}
	if _, err := h.Rounds.Submit(t.Context(), staff, forms.At{}); !fault.Is(err, fault.Conflict) {
		t.Errorf("submit: %v", err)
	}
	over := adviser.Post(at+"/pa-nytt", nil)
	if drawn := adviser.Get(over.Location); over.Status != http.StatusSeeOther || drawn.Attr("input[name='answers.ansatte']", "value") != "" {
		t.Errorf("start over: %d %s", over.Status, over.Location)
	}
	if p := v.Get("/svar/" + own[0]); !strings.Contains(p.Text(".kt-notice"), "har begynt å føre opp svar for dere") {
		t.Errorf("the organisation is not told: %s", p.Text("main"))
	}
	if x, err := h.Rounds.Begin(t.Context(), round.Key{Secret: own[0]}); err != nil || x.Answer == nil {
		t.Errorf("the organisation does not take over: %v", err)
	}
	if x, err := h.Rounds.Look(t.Context(), staff); err != nil || x.Answer != nil || x.OthersAt.IsZero() {
		t.Errorf("the hub reads on: %+v %v", x.Answer, err)
	}
}
