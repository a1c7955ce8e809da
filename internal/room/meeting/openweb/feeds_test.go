package openweb_test

import (
	"context"
	"encoding/xml"
	"strings"
	"testing"

	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/site/sitetest"
)

type atom struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string   `xml:"id"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Summary string `xml:"summary"`
		Link    struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

func feedOf(t *testing.T, c *sitetest.Client, path string) atom {
	t.Helper()
	p := c.Get(path)
	var out atom
	if err := xml.Unmarshal([]byte(p.Body), &out); err != nil || p.Status != 200 || p.Header.Get("Content-Type") != "application/atom+xml; charset=utf-8" {
		t.Fatalf("%s: %d %v %s", path, p.Status, err, p.Header.Get("Content-Type"))
	}
	return out
}

// The feed of a body tells of its agendas and minutes, newest first, each with an id that
// stays and an address that leads somewhere; the feed of all tells of them too.
func TestFeeds(t *testing.T) {
	h := sitetest.New(t)
	c := h.Visitor()
	councils, err := h.Bodies.List(context.Background(), meeting.Filter{Kinds: []meeting.Kind{meeting.Council}})
	if err != nil || len(councils) != 1 {
		t.Fatal(err)
	}
	of := "/organ/" + string(councils[0].ID)
	got, again := feedOf(t, c, of+"/nytt.atom"), feedOf(t, h.As("mayor"), of+"/nytt.atom")
	if len(got.Entries) < 3 || len(got.Entries) != len(again.Entries) {
		t.Fatalf("%d entries for a visitor, %d for a mayor", len(got.Entries), len(again.Entries))
	}
	kinds, ids := map[string]bool{}, map[string]bool{}
	for i, e := range got.Entries {
		if i > 0 && e.Updated > got.Entries[i-1].Updated {
			t.Error("not the newest first")
		}
		if e.ID != again.Entries[i].ID || ids[e.ID] {
			t.Errorf("the id %s does not stay its own", e.ID)
		}
		ids[e.ID] = true
		kind, _, _ := strings.Cut(strings.TrimPrefix(e.ID, "tag:kompetansetorg.example.no,2026:"), "/")
		kinds[kind] = true
		if p := c.Get(strings.TrimPrefix(e.Link.Href, host)); p.Status != 200 {
			t.Errorf("%s leads to %d", e.Link.Href, p.Status)
		}
	}
	if !kinds["saksliste"] || !kinds["motebok"] {
		t.Errorf("told of %v", kinds)
	}
	if all := feedOf(t, c, "/moter/nytt.atom"); len(all.Entries) <= len(got.Entries) || all.ID == got.ID {
		t.Errorf("all bodies: %d entries", len(all.Entries))
	}
	for _, path := range []string{"/organ/x/nytt.atom", "/organ/x/kalender.ics", "/organ/0198f5f0-0000-7000-8000-000000000000/kalender.ics"} {
		if p := c.Get(path); p.Status != 404 {
			t.Errorf("%s: %d", path, p.Status)
		}
	}
}

// The calendar of a body has its meetings under the ids that single meetings have, and
// nothing of what they treat or of the way into them.
func TestCalendars(t *testing.T) {
	h := sitetest.New(t)
	c := h.Visitor()
	councils, err := h.Bodies.List(context.Background(), meeting.Filter{Kinds: []meeting.Kind{meeting.Council}})
	if err != nil || len(councils) != 1 {
		t.Fatal(err)
	}
	p := c.Get("/organ/" + string(councils[0].ID) + "/kalender.ics")
	if p.Status != 200 || !strings.HasPrefix(p.Header.Get("Content-Type"), "text/calendar") || strings.Count(p.Body, "BEGIN:VEVENT") != 2 {
		t.Fatalf("%d %s", p.Status, p.Body)
	}
	all := c.Get("/moter/kalender.ics").Body
	if strings.Count(all, "BEGIN:VEVENT") <= 2 || strings.Contains(all, "https://") || strings.Contains(all, "Møteplan") {
		t.Errorf("all: %s", all)
	}
	for line := range strings.SplitSeq(p.Body, "\r\n") {
		if uid, ok := strings.CutPrefix(line, "UID:"); ok {
			id, _, _ := strings.Cut(uid, "@")
			if one := c.Get("/moter/" + id + "/kalender.ics").Body; !strings.Contains(one, line) {
				t.Errorf("the meeting itself is another event: %s", one)
			}
		}
	}
}

// The page of a body leads outside readers to its next meeting, its latest minutes, the
// calendar and the feed.
func TestTheBodysPageLeadsOut(t *testing.T) {
	h := sitetest.New(t)
	councils, err := h.Bodies.List(context.Background(), meeting.Filter{Kinds: []meeting.Kind{meeting.Council}})
	if err != nil || len(councils) != 1 {
		t.Fatal(err)
	}
	of := "/organ/" + string(councils[0].ID)
	p := h.Visitor().Get(of)
	for _, href := range []string{of + "/kalender.ics", of + "/nytt.atom", "/moter?body=" + string(councils[0].ID)} {
		if !p.Has("a[href='" + href + "']") {
			t.Errorf("no way to %s", href)
		}
	}
	if n := len(p.All("section[aria-labelledby=meetings] .kt-card")); n != 2 || !p.Has("section[aria-labelledby=meetings] a[href$='/motebok']") {
		t.Errorf("%d cards: %s", n, p.Text("section[aria-labelledby=meetings]"))
	}
	if p := h.Visitor().Get("/moter"); !p.Has("a[href='/moter/kalender.ics']") || !p.Has("a[href='/moter/nytt.atom']") {
		t.Error("no way from all meetings")
	}
}
