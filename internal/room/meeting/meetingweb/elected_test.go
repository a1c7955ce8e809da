package meetingweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/site/sitetest"
)

// In a committee neither closed doors nor habilitet is offered, and who asks for it all the
// same, on the page or as JSON, is told why not. In the council both are there.
func TestDoorsAndRecusalAreForElectedBodies(t *testing.T) {
	h := sitetest.New(t)
	i, at := openItem(t, h)
	secretary := room{t, h.As("secretary")}
	p := secretary.Get(at)
	if p.Status != http.StatusOK || !p.Has("main a[href$='/vedtak']") {
		t.Fatalf("the item of the committee: %d", p.Status)
	}
	for _, way := range []string{"/habilitet", "/dorer"} {
		if p.Has("main a[href$='" + way + "']") {
			t.Errorf("%s is offered in a committee", way)
		}
		if got := secretary.Get(at + way); got.Status != http.StatusConflict || !strings.Contains(got.Text("main"), "ommuneloven § 11-") {
			t.Errorf("%s answers %d: %s", way, got.Status, got.Text("main"))
		}
	}
	secretary.post(at+"/habilitet", url.Values{"seat": {votes(detail(t, h, "/moter/"+string(i.Meeting)))[0]}, "reason": {"Sitter i styret"}}, http.StatusConflict)
	secretary.post(at+"/dorer", url.Values{"version": {v(i.Version)}, "for": {"4"}, "against": {"0"}, "ground": {"staff"}}, http.StatusConflict)
	if p := secretary.Get(at + "/standpunkt"); p.Has("[name=position][value=recused]") || !p.Has("[name=position][value=for]") {
		t.Error("the positions of a committee are not those it has")
	}
	path, council, _ := sent(t, h)
	for path, want := range map[string]bool{"/moter/" + string(i.Meeting): false, path: true} {
		if got := secretary.Get(path + "/saksliste/ny").Has("#ground"); got != want {
			t.Errorf("%s: closed doors can be proposed: %t, want %t", path, got, want)
		}
	}
	secretary.post("/moter/"+string(i.Meeting)+"/saksliste/ny", url.Values{"kind": {"other"}, "title": {"En sak"}, "ground": {"staff"}, "public_title": {"Personalsak"}}, http.StatusUnprocessableEntity)

	p = secretary.Get(path + "/saker/" + string(council.ID))
	if !p.Has("main a[href$='/habilitet']") || !secretary.Get(path+"/saker/"+string(council.ID)+"/standpunkt").Has("[name=position][value=recused]") {
		t.Error("habilitet is not offered in the council")
	}
}

// A position of one who is inhabil is refused as JSON at its field.
func TestNoRecusalAsJSONInACommittee(t *testing.T) {
	h := sitetest.New(t)
	list, err := h.Bodies.List(t.Context(), meeting.Filter{Kinds: []meeting.Kind{meeting.ChiefExecs}})
	if err != nil || len(list) != 1 {
		t.Fatalf("committees: %d %v", len(list), err)
	}
	ctx := t.Context()
	c, err := h.Cases.Create(ctx, system, casework.NewCase{Content: casework.Content{Kind: casework.Decision, Title: "Felles kurs", Officer: "Rådgiver"}, Body: list[0].ID})
	if err != nil {
		t.Fatal(err)
	}
	m, err := h.Meetings.Plan(ctx, system, session.NewMeeting{Body: list[0].ID, Frame: session.Frame{Day: h.Today().AddDays(20), From: "10:00", To: "11:00", Place: "Røros"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Agenda.Add(ctx, system, m, agenda.NewItem{Kind: session.File, Case: c}); err != nil {
		t.Fatal(err)
	}
	d, err := h.Meetings.Get(ctx, system, m)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Agenda.Issue(ctx, system, m, d.Version, ""); err != nil {
		t.Fatal(err)
	}
	seat, exec := "", h.Actor("chief_exec")
	for _, x := range d.Seats {
		if x.Org == exec.Orgs()[0] && x.Votes {
			seat = string(x.ID)
		}
	}
	say := func(position string) sitetest.Page {
		return h.As("chief_exec").JSON("POST", "/api/v1/cases/"+string(c)+"/positions", `{"seat":"`+seat+`","position":"`+position+`","reason":"Fordi"}`)
	}
	if p := say("recused"); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, `"/position"`) || !strings.Contains(p.Body, "meeting.error.no_recusal") {
		t.Errorf("inhabil: %d %s", p.Status, p.Body)
	}
	if p := say("for"); p.Status >= 300 {
		t.Errorf("for: %d %s", p.Status, p.Body)
	}
}
