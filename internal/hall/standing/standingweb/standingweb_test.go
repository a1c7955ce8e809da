package standingweb_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

var system = access.SystemActor("test")

// meetings are those of the regional forum in the state.
func meetings(t *testing.T, h *sitetest.House, s session.State) session.Entry {
	t.Helper()
	ctx := context.Background()
	bodies, err := h.Bodies.List(ctx, meeting.Filter{Kinds: []meeting.Kind{meeting.RegionalForum}, Text: "Trøndelag Sør"})
	if err != nil || len(bodies) != 1 {
		t.Fatalf("forums: %d %v", len(bodies), err)
	}
	list, err := h.Meetings.List(ctx, system, session.Filter{Body: bodies[0].ID, States: []session.State{s}})
	if err != nil || len(list) == 0 {
		t.Fatalf("meetings: %d %v", len(list), err)
	}
	return list[len(list)-1]
}

func post(t *testing.T, c *sitetest.Client, to string, form url.Values, want int) sitetest.Page {
	t.Helper()
	p := c.Post(to, form)
	if p.Status != want {
		t.Fatalf("%s: %d, want %d: %s", to, p.Status, want, p.Text(".ds-error-summary")+p.Text("h1"))
	}
	return p
}

// register makes an open need of the employer's and answers it.
func register(t *testing.T, h *sitetest.House, c need.Content) need.Need {
	t.Helper()
	n, err := h.Needs.Submit(context.Background(), h.Actor("employer"), "", 0, c)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestNeedsGoThroughAMeeting: a need of the region stands on the agenda by itself, is
// presented and discussed with what came of it, and whoever registered it is told. What
// is kept to the forum is in no paper and on no visitor's page.
func TestNeedsGoThroughAMeeting(t *testing.T) {
	h := sitetest.New(t)
	ctx := context.Background()
	emp := h.Actor("employer")
	org := emp.Orgs(access.RoleOrgMember)[0]
	open := register(t, h, need.Content{Text: "Vi trenger en slipmester", Organisation: org, Municipality: "5022", Headcount: 2})
	kept := register(t, h, need.Content{Text: "Vi mangler en hemmelig kjemiker", Organisation: org, Municipality: "5022", Headcount: 1, Confidentiality: need.ForumOnly, ConfidentialityGround: "Forretningshemmelighet"})

	m := meetings(t, h, session.Planned)
	at := "/moter/" + string(m.ID)
	sec := h.As("secretary")
	post(t, sec, at+"/saksliste", url.Values{"do": {"make"}}, http.StatusSeeOther)
	d, err := h.Meetings.Get(ctx, system, m.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(sec.Get(at+"/behov").Text("main"), kept.Title) || !strings.Contains(sec.Get(at+"/behov").Text("main"), open.Title) {
		t.Error("the secretary does not see both needs")
	}
	seenBy(t, h, at, d, open)
	note := at + "/behov/" + string(open.ID)
	if p := sec.Get(note); p.Status != http.StatusNotFound {
		t.Errorf("a need is noted before the meeting: %d", p.Status)
	}
	if _, err := h.Agenda.Issue(ctx, h.Actor("secretary"), m.ID, d.Version, ""); err != nil {
		t.Fatal(err)
	}
	if d, err = h.Meetings.Get(ctx, system, m.ID); err != nil {
		t.Fatal(err)
	}
	if err := h.Floor.Begin(ctx, h.Actor("secretary"), m.ID, d.Version, d.Seats[0].ID); err != nil {
		t.Fatal(err)
	}
	if p := h.As("forum_member").Get(note); p.Status != http.StatusForbidden {
		t.Errorf("a member notes: %d", p.Status)
	}
	form := url.Values{"from": {"mapped"}, "outcome": {"in_follow_up"}, "clarified": {"Gjelder sliping av tre."}}
	p := post(t, sec, note, form, http.StatusUnprocessableEntity)
	if p.Text("#clarified") != "Gjelder sliping av tre." {
		t.Error("what was typed is lost")
	}
	if n, _ := h.Needs.Get(ctx, system, open.ID); n.State != need.Mapped {
		t.Errorf("a refused note moved the need to %s", n.State)
	}
	form.Set("outcome", "discussed")
	post(t, sec, note, form, http.StatusSeeOther)
	post(t, sec, note, form, http.StatusNotFound) // it waits no more
	post(t, sec, at+"/behov/"+string(kept.ID), form, http.StatusSeeOther)
	n, err := h.Needs.Get(ctx, h.Actor("secretary"), open.ID)
	if err != nil || n.State != need.Discussed || n.Discussion == nil || n.Discussion.Clarified != "Gjelder sliping av tre." {
		t.Fatalf("the need is %s: %+v %v", n.State, n.Discussion, err)
	}
	if got := h.Visitor().Get(at + "/behov").Text("#behandlet"); !strings.Contains(got, "1 behov behandlet") {
		t.Errorf("treated: %s", got)
	}
	inMinutes(t, h, m.ID, "– "+open.Number+": "+open.Title+" – Drøftet")
	h.Wait(time.Hour)
	if err := h.Jobs.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	if got := h.As("employer").Get("/varsler").Text("main"); !strings.Contains(got, open.Title) {
		t.Errorf("whoever registered the need is not told: %s", got)
	}
}

// seenBy holds what a visitor and the papers may say: the open need, and that there are
// others.
func seenBy(t *testing.T, h *sitetest.House, at string, d session.Detail, open need.Need) {
	t.Helper()
	got := h.Visitor().Get(at + "/behov").Text("main")
	if !strings.Contains(got, open.Title) || strings.Contains(got, "kjemiker") {
		t.Errorf("a visitor sees %s", got)
	}
	for _, i := range d.Items {
		if i.Kind == session.Regular && (strings.Contains(i.Words, "kjemiker") || !strings.Contains(i.Words, "ikke er åpne for alle")) {
			t.Errorf("the paper says %s", i.Words)
		}
	}
}

// inMinutes wants the line in what the minutes tell of the standing item, and nothing of
// what is kept to the forum.
func inMinutes(t *testing.T, h *sitetest.House, m session.ID, line string) {
	t.Helper()
	d, err := h.Meetings.Get(context.Background(), system, m)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, i := range d.Items {
		if i.Kind == session.Regular {
			told = append(told, i.Treated)
		}
	}
	if len(told) != 1 || told[0] != line {
		t.Errorf("the minutes say %q, want %q", told, line)
	}
}

// TestAWayHasEveryStep: a need that is decided at once has been presented and discussed.
func TestAWayHasEveryStep(t *testing.T) {
	h := sitetest.New(t)
	ctx := context.Background()
	org := h.Actor("employer").Orgs(access.RoleOrgMember)[0]
	n := register(t, h, need.Content{Text: "Vi trenger en kranfører", Organisation: org, Municipality: "5022", Headcount: 1})
	m := meetings(t, h, session.Published)
	post(t, h.As("secretary"), "/moter/"+string(m.ID)+"/behov/"+string(n.ID), url.Values{"from": {"mapped"}, "outcome": {"not_possible"}, "note": {""}}, http.StatusUnprocessableEntity)
	post(t, h.As("secretary"), "/moter/"+string(m.ID)+"/behov/"+string(n.ID), url.Values{"from": {"presented"}, "outcome": {"not_possible"}, "note": {"Ingen tilbyr det."}}, http.StatusConflict)
	post(t, h.As("secretary"), "/moter/"+string(m.ID)+"/behov/"+string(n.ID), url.Values{"from": {"mapped"}, "outcome": {"not_possible"}, "note": {"Ingen tilbyr det."}}, http.StatusSeeOther)
	got, err := h.Needs.Get(ctx, system, n.ID)
	if err != nil {
		t.Fatal(err)
	}
	var way []string
	for _, s := range got.Steps {
		way = append(way, string(s.To))
	}
	if strings.Join(way, " ") != "draft mapped presented discussed not_possible" && strings.Join(way, " ") != "mapped presented discussed not_possible" {
		t.Errorf("the need went %v", way)
	}
}

// When more wait than a page holds, the next ones are a press away, and each can be noted.
func TestManyNeedsWait(t *testing.T) {
	h := sitetest.New(t)
	emp := h.Actor("employer")
	var last need.Need
	for range 61 {
		last = register(t, h, need.Content{Text: "Vi trenger en sveiser", Organisation: emp.Roles[0].Org, Municipality: "5025", Headcount: 1, Confidentiality: need.Open})
	}
	at := standingAt(t, h)
	c := h.As("secretary")
	first := c.Get(at)
	if n := len(first.All("main section[aria-labelledby=venter] .kt-card")); n != 60 || strings.Contains(first.Text("main"), last.Number) {
		t.Fatalf("%d on the first page", n)
	}
	links := first.Attrs("main section[aria-labelledby=venter] > .kt-actions a", "href")
	if len(links) != 1 {
		t.Fatalf("the way on: %v", links)
	}
	if rest := c.Get(links[0]); !strings.Contains(rest.Text("main"), last.Number) || !rest.Has(`main a[href="`+at+`#venter"]`) {
		t.Errorf("the rest: %s", rest.Text("main"))
	}
	if p := c.Get(at + "?etter=x"); p.Status != http.StatusOK {
		t.Errorf("no id: %d", p.Status)
	}
	if p := h.As("forum_member").Get(at + "/" + string(last.ID)); p.Status != http.StatusForbidden {
		t.Errorf("a member notes: %d", p.Status)
	}
}

// standingAt is the standing item of the regional forum's next meeting.
func standingAt(t *testing.T, h *sitetest.House) string {
	t.Helper()
	return "/moter/" + string(meetings(t, h, session.Planned).ID) + "/behov"
}
