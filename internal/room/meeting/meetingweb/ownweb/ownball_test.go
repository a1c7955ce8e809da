package ownweb_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/site/sitetest"
)

// heldIn is the item about the word in a meeting of the demo that has been held.
func heldIn(t *testing.T, h *sitetest.House, word string) session.Item {
	t.Helper()
	list, err := h.Meetings.List(t.Context(), system, session.Filter{States: []session.State{session.Published}})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		d, err := h.Meetings.Get(t.Context(), system, m.ID)
		if err != nil {
			t.Fatal(err)
		}
		if n := slices.IndexFunc(d.Items, func(i session.Item) bool { return strings.Contains(i.Title, word) }); n >= 0 {
			return d.Items[n]
		}
	}
	t.Fatalf("no meeting has been held about %s", word)
	return session.Item{}
}

// TestAnOwnDecisionIsTold asks two municipalities: the mayor of one finds it among what
// waits and in the notices, answers, and the secretary hears of it, and that all have.
func TestAnOwnDecisionIsTold(t *testing.T) {
	h := sitetest.New(t)
	i := heldIn(t, h, "Møteplan")
	mine, other := h.Actor("mayor").Orgs()[0], access.OrgID("")
	d, err := h.Meetings.Item(t.Context(), system, i.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range d.Seats {
		if x.Votes && x.Org != mine {
			other = x.Org
		}
	}
	due := h.Today().AddDays(12)
	if err := h.Own.Ask(t.Context(), h.Actor("secretary"), i.ID, []access.OrgID{mine, other}, due); err != nil {
		t.Fatal(err)
	}
	drain(t, h)
	mayor, secretary := room{t, h.As("mayor")}, room{t, h.As("secretary")}
	front := mayor.Get("/")
	link := ""
	for _, href := range front.Attrs("main table a", "href") {
		if strings.HasPrefix(href, "/egne-vedtak/") && strings.HasSuffix(mayor.Get(href).Location, "/saker/"+string(i.ID)+"#own") {
			link = href
		}
	}
	if link == "" || !strings.Contains(front.Text("main table"), i.Title) {
		t.Fatalf("not among the mayor's tasks: %s", front.Text("main"))
	}
	if got := mayor.Get("/varsler").Text("main"); !strings.Contains(got, "Kommunen din er bedt om å vedta saken selv. Fristen er") {
		t.Errorf("the mayor's notices: %s", got)
	}
	if p := h.As("employer").Get(link); p.Status != http.StatusNotFound {
		t.Errorf("another reads it: %d", p.Status)
	}
	if p := mayor.Get("/egne-vedtak/x"); p.Status != http.StatusNotFound {
		t.Errorf("no id: %d", p.Status)
	}
	d, err = h.Meetings.Item(t.Context(), system, i.ID)
	if err != nil {
		t.Fatal(err)
	}
	answer := url.Values{"answer": {"yes"}, "ref": {"PS 7/26"}, "day": {h.Today().String()}}
	for _, x := range d.Own { // the secretary writes the other's down first
		who := room{t, h.As("secretary")}
		if x.Org == mine {
			continue
		}
		answer.Set("version", strconv.FormatInt(x.Version, 10))
		who.post("/moter/"+string(i.Meeting)+"/saker/"+string(i.ID)+"/egne-vedtak/"+string(x.ID), answer, http.StatusSeeOther)
	}
	for _, x := range d.Own {
		if x.Org == mine {
			answer.Set("version", strconv.FormatInt(x.Version, 10))
			mayor.post("/moter/"+string(i.Meeting)+"/saker/"+string(i.ID)+"/egne-vedtak/"+string(x.ID), answer, http.StatusSeeOther)
		}
	}
	drain(t, h)
	got := secretary.Get("/varsler").Text("main")
	if !strings.Contains(got, "har vedtatt saken: PS 7/26.") || !strings.Contains(got, "Alle kommunene har svart. Saken er vedtatt i 2 av 2.") {
		t.Errorf("the secretary's notices: %s", got)
	}
	if strings.Contains(mayor.Get("/").Text("main table"), i.Title) {
		t.Error("the mayor has answered and still has the task")
	}
}

// TestACancelledMeetingIsTold asks a municipality in a meeting to come and cancels it: the
// task is gone from the mayor's list, and the notice says why and leads to the item, which
// offers nothing to do.
func TestACancelledMeetingIsTold(t *testing.T) {
	h := sitetest.New(t)
	list, err := h.Meetings.List(t.Context(), system, session.Filter{States: []session.State{session.Sent}})
	if err != nil {
		t.Fatal(err)
	}
	mine := h.Actor("mayor").Orgs()[0]
	var i session.Item
	for _, m := range list {
		d, err := h.Meetings.Get(t.Context(), system, m.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range d.Items {
			if i.ID == "" && x.Decides() && x.Kind != session.Minutes && h.Own.Ask(t.Context(), h.Actor("secretary"), x.ID, []access.OrgID{mine}, h.Today().AddDays(12)) == nil {
				i = x
			}
		}
	}
	if i.ID == "" {
		t.Fatal("the demo has no meeting to come where the mayor's municipality has a vote")
	}
	drain(t, h)
	mayor, secretary := room{t, h.As("mayor")}, room{t, h.As("secretary")}
	tasks := func() int { return len(mayor.Get("/oppgaver?kind=own_decision").All("main table tbody tr")) }
	before := tasks()
	d, err := h.Meetings.Get(t.Context(), system, i.Meeting)
	if err != nil {
		t.Fatal(err)
	}
	secretary.post("/moter/"+string(i.Meeting)+"/avlys", url.Values{"why": {"Veien er stengt"}, "version": {strconv.FormatInt(d.Version, 10)}}, http.StatusSeeOther)
	drain(t, h)
	if after := tasks(); after != before-1 {
		t.Errorf("%d own decisions wait after, %d before", after, before)
	}
	notices := mayor.Get("/varsler")
	if got := notices.Text("main"); !strings.Contains(got, "kommunen trenger ikke å vedta saken nå. Grunn: Veien er stengt") {
		t.Errorf("the mayor's notices: %s", got)
	}
	item := mayor.Get("/moter/" + string(i.Meeting) + "/saker/" + string(i.ID))
	if got := item.Text("#own ~ .kt-grid"); !strings.Contains(got, "Ikke aktuelt, møtet er avlyst") || strings.Contains(got, "Registrer") {
		t.Errorf("the item says %q", got)
	}
}

func drain(t *testing.T, h *sitetest.House) {
	t.Helper()
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// room is a browser of one who posts and must get the status.
type room struct {
	t *testing.T
	*sitetest.Client
}

func (r room) post(to string, form url.Values, want int) {
	r.t.Helper()
	if p := r.Post(to, form); p.Status != want {
		r.t.Fatalf("%s: %d, want %d: %s", to, p.Status, want, p.Text(".ds-error-summary"))
	}
}
