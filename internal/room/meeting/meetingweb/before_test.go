package meetingweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/site/sitetest"
)

// ahead is the path of the council's meeting that has been called and not begun.
func ahead(t *testing.T, h *sitetest.House) string {
	t.Helper()
	list, err := h.Meetings.List(t.Context(), system, session.Filter{Body: council(t, h).ID, States: []session.State{session.Sent}})
	if err != nil || len(list) != 1 {
		t.Fatalf("%d meetings, %v", len(list), err)
	}
	return "/moter/" + string(list[0].ID)
}

// Before the meeting a member finds the paper from the item, and is told that what it says
// is said beforehand; a remark needs words. A visitor finds the case from the agenda.
func TestWhatIsReadAndSaidBeforeTheMeeting(t *testing.T) {
	h := sitetest.New(t)
	path := ahead(t, h)
	i := item(t, detail(t, h, path), "Helsefag")
	at, to := path+"/saker/"+string(i.ID), "/saker/"+string(i.Case)
	mayor := room{t, h.As("mayor")}
	if p := mayor.Get(at); p.Text(`main a[href="`+to+`"]`) == "" || p.Text(`main a[href="`+at+`/standpunkt"]`) != "Gi forhåndsavklaring" {
		t.Errorf("the mayor reads %s", p.Text("main"))
	}
	if p := mayor.Get(to); p.Status != http.StatusOK {
		t.Errorf("the case: %d", p.Status)
	}
	p := mayor.Get(at + "/standpunkt")
	if p.Text("h1") != "Gi forhåndsavklaring" || !strings.Contains(p.Text("#reason-hint"), "For, med merknad") {
		t.Errorf("the form: %s", p.Text("main"))
	}
	said := url.Values{"seat": {p.Attr("#seat option", "value")}, "position": {"for_remark"}}
	mayor.post(at+"/standpunkt", said, http.StatusUnprocessableEntity)
	said.Set("reason", "Kurset må holdes på Røros.")
	if p := mayor.post(at+"/standpunkt", said, http.StatusSeeOther); !strings.Contains(p.Location, "meeting.said.beforehand") {
		t.Errorf("told %s", p.Location)
	}
	if p := h.As("chief_exec").Get(at); !strings.Contains(p.Text("main"), "talerett, men ikke stemme (avtalen § 4)") {
		t.Errorf("the chief executive reads %s", p.Text("main"))
	}
	if p := h.Visitor().Get(path); !strings.Contains(p.Text(`main table a[href="`+to+`"]`), "Helsefag") {
		t.Errorf("the visitor reads %s", p.Text("main table"))
	}
}

// Before the day of the meeting the secretary is led to the agenda and not to opening it,
// is warned of opening it early, and is told what the members would miss and what others
// do not see before the agenda is sent.
func TestTheSecretaryBeforeTheMeeting(t *testing.T) {
	h := sitetest.New(t)
	path := ahead(t, h)
	c := room{t, h.As("secretary")}
	if got := c.Get(path).Attr(`main a[data-variant=primary]`, "href"); got != path+"/saksliste" {
		t.Errorf("the first thing to do is %s", got)
	}
	p := c.Get(path + "/start")
	if !strings.Contains(p.Text("main"), "Møtet er ikke i dag") || !strings.Contains(p.Text("#chair option[selected]"), "Oppdal") {
		t.Errorf("opening it early: %s", p.Text("main"))
	}
	if p := c.Get(path + "/send-ut"); !strings.Contains(p.Text("main"), "Sluttavtale for daglig leder i sekretariatet (alle ser bare «Personalsak»)") {
		t.Errorf("what is sent: %s", p.Text("main"))
	}
	secret := item(t, detail(t, h, path), "Sluttavtale")
	paper := h.As("secretary").Get("/saker/" + string(secret.Case) + "/papir").Text("main")
	words := c.Get(path + "/saker/" + string(secret.ID) + "/vedtak").Text("#words")
	if words == "" || !strings.Contains(paper, words) {
		t.Errorf("the decision begins as %q, and the paper reads %s", words, paper)
	}
	p = c.Get(path + "/saksliste/ny")
	if got := p.Text("#case"); strings.Contains(got, "Helsefag") || !strings.Contains(got, "næringsfondet") {
		t.Errorf("cases to add: %s", got)
	}
	list, err := h.Cases.List(t.Context(), system, casework.Filter{Text: "næringsfondet"})
	if err != nil || len(list) == 0 {
		t.Fatal(len(list), err)
	}
	c.post(path+"/saksliste/ny", url.Values{"case": {string(list[0].ID)}, "kind": {"other"}}, http.StatusSeeOther)
	p = c.Get(path + "/send-ut")
	if got := p.Text(`main a[href="/saker/` + string(list[0].ID) + `/kontroll"]`); got == "" || !strings.Contains(p.Text("main"), "har ikke noe å lese") {
		t.Errorf("nobody says that a paper is missing: %s", p.Text("main"))
	}
}
