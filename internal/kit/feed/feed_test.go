package feed_test

import (
	"encoding/xml"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/feed"
)

var noon = clock.At(time.Date(2026, 11, 21, 11, 0, 0, 0, time.UTC))

func TestAnAtomFeed(t *testing.T) {
	a := feed.Atom{Lang: "nb", ID: feed.Tag("https://torg.example.no") + "organ/1", Title: "Rådet & styret", Author: "Torget", Self: "https://torg.example.no/a.atom", Alternate: "https://torg.example.no/a",
		Entries: []feed.Entry{{ID: "e1", Title: "Saksliste <1>", Link: "https://torg.example.no/m", Updated: noon}, {ID: "e2", Title: "Eldre", Updated: noon.Add(-time.Hour)}}}
	body, err := a.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string   `xml:"id"`
		Title   string   `xml:"title"`
		Updated string   `xml:"updated"`
		Entries []struct {
			Title string `xml:"title"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	if got.ID != "tag:torg.example.no,2026:organ/1" || got.Title != "Rådet & styret" || got.Updated != "2026-11-21T11:00:00Z" || len(got.Entries) != 2 || got.Entries[0].Title != "Saksliste <1>" {
		t.Errorf("%+v", got)
	}
	if feed.Host("::") != "localhost" || feed.Host("") != "localhost" {
		t.Error("a service without an address has no host of its own")
	}
}

func TestACalendar(t *testing.T) {
	start := time.Date(2026, 12, 1, 13, 0, 0, 0, time.UTC)
	var b strings.Builder
	c := feed.Calendar{Product: "Møter", Lang: "nb", Name: "Møter i rådet", Events: []feed.Event{
		{UID: "1@x", Stamp: noon, Sequence: 3, Start: start, End: start.Add(time.Hour), Summary: "Møte, rådet", Location: "Røros", URL: "https://x/1", Cancelled: true,
			Description: strings.Repeat("Ærlig om å ønske ", 12), Organizer: "Rådet", Mail: "post@example.no"},
		{UID: "2@x", Stamp: noon, Changed: noon, Day: clock.MustDate("2026-12-24"), Summary: "Frist", URL: "https://x/2"}}}
	if err := c.Write(&b); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for _, want := range []string{"PRODID:-//Kompetansetorg//Møter//NB\r\n", "UID:1@x\r\n", "SEQUENCE:3\r\n", "DTSTART:20261201T130000Z\r\n", "DTEND:20261201T140000Z\r\n", "SUMMARY:Møte\\, rådet\r\n",
		"LOCATION:Røros\r\n", "STATUS:CANCELLED\r\n", "DTSTART;VALUE=DATE:20261224\r\n", "DTEND;VALUE=DATE:20261225\r\n", "TRANSP:TRANSPARENT\r\n", "STATUS:CONFIRMED\r\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(strings.ReplaceAll(got, "\r\n", ""), "\n") {
		t.Error("a line does not end with CRLF")
	}
	for l := range strings.SplitSeq(got, "\r\n") {
		if len(l) > 75 || !utf8.ValidString(l) {
			t.Errorf("a line of %d octets: %q", len(l), l)
		}
	}
	whole := strings.ReplaceAll(got, "\r\n ", "")
	if !strings.Contains(whole, "DESCRIPTION:"+strings.Repeat("Ærlig om å ønske ", 12)+"\r\n") || !strings.Contains(whole, "ORGANIZER;CN=Rådet:mailto:post@example.no\r\n") || strings.Count(whole, "ORGANIZER") != 1 {
		t.Errorf("unfolded:\n%s", whole)
	}
}
