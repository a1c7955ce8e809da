package meetingweb_test

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/site/sitetest"
)

var system = access.SystemActor("test")

// council is the demo's council.
func council(t *testing.T, h *sitetest.House) meeting.Body {
	t.Helper()
	list, err := h.Bodies.List(context.Background(), meeting.Filter{Kinds: []meeting.Kind{meeting.Council}})
	if err != nil || len(list) != 1 {
		t.Fatalf("councils: %d %v", len(list), err)
	}
	return list[0]
}

func detail(t *testing.T, h *sitetest.House, path string) session.Detail {
	t.Helper()
	m, err := meeting.ParseMeetingID(strings.TrimPrefix(path, "/moter/"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := h.Meetings.Get(context.Background(), system, m)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// room is a browser of one who posts and must get the status.
type room struct {
	t *testing.T
	*sitetest.Client
}

func (r room) post(to string, form url.Values, want int) sitetest.Page {
	r.t.Helper()
	p := r.Post(to, form)
	if p.Status != want {
		r.t.Fatalf("%s: %d, want %d: %s", to, p.Status, want, p.Text(".ds-error-summary")+p.Text("h1"))
	}
	return p
}

func v(n int64) string { return strconv.FormatInt(n, 10) }

// TestMeeting takes a meeting from the plan to published minutes over the real mux, with
// the secretary, a mayor and a chief executive in it.
func TestMeeting(t *testing.T) {
	h := sitetest.New(t)
	c, b := room{t, h.As("secretary")}, council(t, h)
	day := clock.MustDate(h.Today().String())
	plan := url.Values{"body": {string(b.ID)}, "day": {day.String()}, "from": {"25:00"}, "to": {"14:00"}, "place": {"Røros"}}
	p := c.post("/moter/ny", plan, http.StatusUnprocessableEntity)
	if p.Attr("#from", "value") != "25:00" || p.Attr("#place", "value") != "Røros" {
		t.Error("what was typed is lost")
	}
	plan.Set("from", "10:00")
	path, _, _ := strings.Cut(c.post("/moter/ny", plan, http.StatusSeeOther).Location, "?")
	c.post(path+"/saksliste/ny", url.Values{"kind": {"other"}, "title": {"Buss til samlingene"}}, http.StatusSeeOther)
	c.post(path+"/saksliste/ny", url.Values{"kind": {"other"}, "title": {"Hemmelig personalsak"}, "ground": {"staff"}, "public_title": {"Personalsak"}}, http.StatusSeeOther)
	c.post(path+"/saksliste", url.Values{"do": {"make"}}, http.StatusSeeOther)
	d := detail(t, h, path)
	if got := h.Visitor().Get(path).Text("main"); strings.Contains(got, "Buss til") {
		t.Error("a visitor reads the draft")
	}
	bus, secret := item(t, d, "Buss"), item(t, d, "Hemmelig")

	edit := path + "/saksliste/" + string(bus.ID)
	c.post(edit, url.Values{"version": {v(bus.Version)}, "title": {"Buss til samlinger"}}, http.StatusSeeOther)
	p = c.post(edit, url.Values{"version": {v(bus.Version)}, "title": {"Den andres tittel"}}, http.StatusConflict)
	if p.Attr("#title", "value") != "Den andres tittel" || !strings.Contains(p.Text("main"), "Buss til samlinger") {
		t.Error("the second editor does not see both titles")
	}
	c.post(path+"/send-ut", url.Values{"version": {v(detail(t, h, path).Version)}}, http.StatusSeeOther)
	got := h.Visitor().Get(path).Text("main")
	if !strings.Contains(got, "Buss til samlinger") || !strings.Contains(got, "PS ") || !strings.Contains(got, "Personalsak") || strings.Contains(got, "Hemmelig") {
		t.Errorf("a visitor reads the agenda as %s", got)
	}

	d = detail(t, h, path)
	seats := votes(d)
	c.post(path+"/start", url.Values{"version": {v(d.Version)}, "chair": {seats[0]}}, http.StatusSeeOther)
	roll := url.Values{}
	for _, x := range d.Seats {
		roll.Set("seat-"+string(x.ID), "member")
	}
	c.post(path+"/oppmote", roll, http.StatusSeeOther)
	at := path + "/saker/" + string(bus.ID)
	c.post(at+"/omfang", url.Values{"version": {v(item(t, detail(t, h, path), "Buss").Version)}, "scope": {"all"}, "by": {"Leder"}}, http.StatusSeeOther)

	if p := h.As("chief_exec").Get(at + "/standpunkt"); p.Status != http.StatusForbidden {
		t.Errorf("a chief executive is asked for a vote: %d", p.Status)
	}
	mayor := room{t, h.As("mayor")}
	mine := mayor.Get(at+"/standpunkt").Attr("#seat option", "value")
	p = mayor.post(at+"/standpunkt", url.Values{"seat": {mine}, "position": {"against"}}, http.StatusUnprocessableEntity)
	if p.Attr("input[name=position][checked]", "value") != "against" {
		t.Error("a position against without a reason loses what was chosen")
	}
	mayor.post(at+"/standpunkt", url.Values{"seat": {mine}, "position": {"for"}}, http.StatusSeeOther)
	if got := c.Get(at + "/standpunkt").Text("#seat"); strings.Count(got, "har sagt: For") != 1 {
		t.Errorf("the secretary does not see which seat has spoken: %s", got)
	}
	version := v(item(t, detail(t, h, path), "Buss").Version)
	c.post(at+"/vedtak", url.Values{"version": {version}, "words": {"Rådet ber om buss."}}, http.StatusConflict)
	if got := c.Get(path + "/motebok"); got.Text(`#missing + ul a[href="`+at+`"]`) == "" {
		t.Errorf("what is missing in the minutes does not lead to the item: %s", got.Text("main"))
	}
	for _, seat := range seats {
		if seat != mine {
			c.post(at+"/standpunkt", url.Values{"seat": {seat}, "position": {"for"}, "part": {"member"}}, http.StatusSeeOther)
		}
	}
	c.post(at+"/vedtak", url.Values{"version": {version}, "words": {"Rådet ber om buss."}}, http.StatusSeeOther)
	if got := mayor.Get(at).Text("main"); !strings.Contains(got, "Vedtatt") || !strings.Contains(got, "Rådet ber om buss.") {
		t.Errorf("the mayor reads %s", got)
	}
	c.post(at+"/oppfolging", url.Values{"what": {"Skriv til fylket"}, "office": {"Leder"}}, http.StatusSeeOther)
	finish(t, h, c, path, secret)

	for _, where := range []string{"", "/motebok"} {
		if got := h.Visitor().Get(path + where); got.Status != http.StatusOK || strings.Contains(got.Body, "Hemmelig") || strings.Contains(got.Body, "Lukket vedtak") {
			t.Errorf("a visitor at %q: %d, or reads what is closed", where, got.Status)
		}
	}
	if got := h.Visitor().JSON("GET", "/api/v1/meetings/"+strings.TrimPrefix(path, "/moter/"), ""); got.Status != http.StatusOK || strings.Contains(got.Body, "Hemmelig") || !strings.Contains(got.Body, "Personalsak") {
		t.Errorf("the API: %d %s", got.Status, got.Body)
	}
	if got := h.Visitor().Get(path + "/motebok").Text("main"); !strings.Contains(got, "Rådet ber om buss.") || !strings.Contains(got, "Ikke godkjent ennå") || !strings.Contains(got, "Skriv til fylket") {
		t.Errorf("the minutes read %s", got)
	}
	if got := h.Visitor().Get(path + "/saker/" + string(secret.ID)).Status; got == http.StatusOK {
		t.Error("a visitor opens the closed item")
	}
}

// finish closes the doors for the secret item, decides it and what else is open, and
// publishes the minutes - which are refused until the law is content.
func finish(t *testing.T, h *sitetest.House, c room, path string, secret session.Item) {
	t.Helper()
	at := path + "/saker/" + string(secret.ID)
	c.post(at+"/dorer", url.Values{"version": {v(secret.Version + 1)}, "for": {"6"}, "against": {"0"}, "ground": {"staff"}}, http.StatusSeeOther)
	for _, i := range detail(t, h, path).Items {
		if i.Title == "Buss til samlinger" {
			continue
		}
		if i.Ground != "" && i.Doors == "" {
			c.post(path+"/saker/"+string(i.ID)+"/dorer", url.Values{"version": {v(i.Version)}, "for": {"0"}, "against": {"6"}}, http.StatusSeeOther)
			i.Version++
		}
		words := "Tatt til orientering."
		if i.ID == secret.ID {
			words = "Lukket vedtak"
		}
		c.post(path+"/saker/"+string(i.ID)+"/vedtak", url.Values{"version": {v(i.Version)}, "words": {words}, "result": {"noted"}}, http.StatusSeeOther)
	}
	c.post(path+"/slutt", url.Values{"version": {v(detail(t, h, path).Version)}, "to": {"13:00"}}, http.StatusSeeOther)
	c.post(path+"/publiser", url.Values{"version": {v(detail(t, h, path).Version)}}, http.StatusSeeOther)
}

func item(t *testing.T, d session.Detail, word string) session.Item {
	t.Helper()
	for _, i := range d.Items {
		if strings.Contains(i.Title, word) {
			return i
		}
	}
	t.Fatalf("no item %s", word)
	return session.Item{}
}

func votes(d session.Detail) []string {
	var out []string
	for _, x := range d.Seats {
		if x.Votes {
			out = append(out, string(x.ID))
		}
	}
	return out
}
