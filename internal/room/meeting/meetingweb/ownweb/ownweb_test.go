package ownweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/site/sitetest"
)

var system = access.SystemActor("test")

// treated is the address of an item of the council whose agenda has been sent.
func treated(t *testing.T, h *sitetest.House) string {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	list, err := h.Bodies.List(t.Context(), meeting.Filter{Kinds: []meeting.Kind{meeting.Council}})
	if err != nil || len(list) != 1 {
		t.Fatalf("councils: %d %v", len(list), err)
	}
	m, err := h.Meetings.Plan(t.Context(), system, session.NewMeeting{Body: list[0].ID, Frame: session.Frame{Day: clock.MustDate(h.Today().String()), From: "10:00", To: "14:00", Place: "Røros"}})
	must(err)
	i, err := h.Agenda.Add(t.Context(), system, m, agenda.NewItem{Kind: session.Other, Content: session.Content{Title: "Buss til samlingene", Matter: outcome.Ordinary}})
	must(err)
	d, err := h.Meetings.Get(t.Context(), system, m)
	must(err)
	_, err = h.Agenda.Issue(t.Context(), system, m, d.Version, "")
	must(err)
	return "/moter/" + string(m) + "/saker/" + string(i)
}

// ends are the addresses on the page that end so.
func ends(p sitetest.Page, end string) []string {
	var out []string
	for _, a := range append(p.Attrs("main a", "href"), p.Attrs("main form", "action")...) {
		if strings.HasSuffix(a, end) {
			out = append(out, a)
		}
	}
	return out
}

// The secretary asks two members; one answers by a link that opens once, the other by the
// secretary, who sees what stands when somebody was first.
func TestMembersAnswerForThemselves(t *testing.T) {
	h := sitetest.New(t)
	at := treated(t, h)
	secretary, visitor := h.As("secretary"), h.Visitor()
	for role, want := range map[string]int{"": http.StatusSeeOther, "mayor": http.StatusNotFound, "secretary": http.StatusOK} {
		if got := h.As(role).Get(at + "/egne-vedtak").Status; got != want {
			t.Errorf("%q asks the members: %d, want %d", role, got, want)
		}
	}
	asks := secretary.Get(at + "/egne-vedtak")
	orgs := asks.Attrs("input[name=orgs]", "value")
	if len(orgs) != 6 {
		t.Fatalf("%d members to ask, want six", len(orgs))
	}
	if p := secretary.Post(at+"/egne-vedtak", url.Values{"orgs": orgs[:2], "due": {h.Today().AddDays(-1).String()}}); p.Status != http.StatusUnprocessableEntity || len(p.All("input[name=orgs][checked]")) != 2 {
		t.Errorf("a day that has been: %d, %d kept", p.Status, len(p.All("input[name=orgs][checked]")))
	}
	if p := secretary.Post(at+"/egne-vedtak", url.Values{"orgs": orgs[:2], "due": {h.Today().AddDays(7).String()}}); p.Status != http.StatusSeeOther {
		t.Fatalf("asked: %d %s", p.Status, p.Text(".ds-error-summary"))
	}

	links := ends(secretary.Get(at), "/lenke")
	if len(links) != 2 {
		t.Fatalf("%d members wait, want two", len(links))
	}
	secret := secretary.Follow(secretary.Post(links[0], url.Values{})).Attr("input#link", "value")
	_, token, ok := strings.Cut(secret, "/eget-vedtak/")
	if !ok || secretary.Get(links[0]).Has("input#link") {
		t.Fatalf("the link %q is not shown, or not once", secret)
	}
	by := "/eget-vedtak/" + token
	answer := url.Values{"answer": {"yes"}, "ref": {"PS 41/26"}, "day": {h.Today().String()}, "told": {"Med vilkår"}}
	if p := visitor.Post(by, url.Values{"answer": {"yes"}, "told": {"Med vilkår"}}); p.Status != http.StatusUnprocessableEntity || p.Text("textarea[name=told]") != "Med vilkår" {
		t.Errorf("half an answer: %d, kept %q", p.Status, p.Text("textarea[name=told]"))
	}
	if p := visitor.Post(by, answer); p.Status != http.StatusSeeOther {
		t.Fatalf("answered by the link: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	if p := visitor.Get(by); p.Status != http.StatusGone {
		t.Errorf("the link opens twice: %d", p.Status)
	}

	form := strings.TrimSuffix(links[1], "/lenke")
	version := secretary.Get(form).Attr("input[name=version]", "value")
	answer.Set("version", version)
	answer.Set("answer", "no")
	if p := secretary.Post(form, answer); p.Status != http.StatusSeeOther {
		t.Fatalf("answered by the secretary: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	if p := secretary.Post(form, answer); p.Status != http.StatusConflict || p.Attr("input[name=version]", "value") == version {
		t.Errorf("an answer over one that was not seen: %d", p.Status)
	}
	if got := secretary.Get(at).Text("[data-part=own]"); !strings.Contains(got, "Svart med lenke") || !strings.Contains(got, "Ikke vedtatt") || !strings.Contains(got, "Ført av sekretariatet") {
		t.Errorf("the item says: %s", got)
	}
}

// Nobody joins before there is a decision to join.
// Who answers by a link has no account: the page leads to the case that all may read.
func TestTheLinkLeadsToTheCase(t *testing.T) {
	h := sitetest.New(t)
	list, err := h.Cases.List(t.Context(), system, casework.Filter{Text: "velferdsteknologi"})
	if err != nil || len(list) != 1 {
		t.Fatal(len(list), err)
	}
	meetings, err := h.Meetings.List(t.Context(), system, session.Filter{Body: list[0].Body, States: []session.State{session.Published}})
	if err != nil || len(meetings) == 0 {
		t.Fatal(len(meetings), err)
	}
	d, err := h.Meetings.Get(t.Context(), system, meetings[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	secretary := h.As("secretary")
	for _, i := range d.Items {
		if i.Case != list[0].ID {
			continue
		}
		hand := secretary.Get("/moter/"+string(d.ID)+"/saker/"+string(i.ID)).Attr(`main form[action$="/lenke"]`, "action")
		_, token, _ := strings.Cut(secretary.Follow(secretary.Post(hand, url.Values{})).Attr("input#link", "value"), "/eget-vedtak/")
		visitor := h.Visitor()
		to := visitor.Get("/eget-vedtak/"+token).Attr(`main a[href^="/saker/"]`, "href")
		if to != "/saker/"+string(i.Case) || visitor.Get(to).Status != http.StatusOK {
			t.Errorf("the link leads to %q", to)
		}
		return
	}
	t.Fatal("the case is on no agenda")
}

func TestNobodyJoinsBeforeTheDecision(t *testing.T) {
	h := sitetest.New(t)
	at := treated(t, h)
	if got := h.As("secretary").Get(at + "/slutt-til").Status; got != http.StatusNotFound {
		t.Errorf("joining what is not decided: %d", got)
	}
}
