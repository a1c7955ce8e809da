package site_test

import (
	"context"
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/site/sitetest"
)

type newOfferings struct {
	ID      string        `xml:"id"`
	Title   string        `xml:"title"`
	Entries []newOffering `xml:"entry"`
}

type newOffering struct {
	ID      string `xml:"id"`
	Title   string `xml:"title"`
	Updated string `xml:"updated"`
	Summary string `xml:"summary"`
	Link    struct {
		Href string `xml:"href,attr"`
	} `xml:"link"`
}

func (n newOfferings) titles() []string {
	var out []string
	for _, e := range n.Entries {
		out = append(out, e.Title)
	}
	return out
}

// TestFeedOfOfferings: what is offered comes first in the feed of its region and its
// field and not in those of others; a draft is not in it, and what is called off
// leaves it.
func TestFeedOfOfferings(t *testing.T) {
	h, ctx, system := sitetest.New(t), context.Background(), access.SystemActor("test")
	read := func(path string) newOfferings {
		t.Helper()
		p := h.Visitor().Get(path)
		var out newOfferings
		if err := xml.Unmarshal([]byte(p.Body), &out); err != nil || p.Status != http.StatusOK || p.Header.Get("Content-Type") != "application/atom+xml; charset=utf-8" {
			t.Fatalf("%s: %d %v %s", path, p.Status, err, p.Header.Get("Content-Type"))
		}
		return out
	}
	p, err := h.Supply.CreateProgramme(ctx, system, offer.Programme{Provider: h.Actor("provider").Orgs(access.RoleProviderUser)[0], Title: i18n.Text{NB: "Torvtak på hytter"},
		Level: offer.Kurs, Fields: []string{"07"}})
	if err != nil {
		t.Fatal(err)
	}
	in := offer.Offering{StartType: offer.Rolling, Delivery: offer.Gatherings, Channel: offer.Here, Gatherings: []offer.Gathering{{Municipality: "5007", Days: 1}}}
	o, err := h.Supply.CreateOffering(ctx, system, p.ID, in)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = h.Supply.CreateOffering(ctx, system, p.ID, in); err != nil { // stays a draft
		t.Fatal(err)
	}
	if err := h.Supply.Publish(ctx, system, o.ID, o.Version); err != nil {
		t.Fatal(err)
	}
	if slices.Contains(read("/tilbud/nytt.atom").titles(), "Torvtak på hytter") {
		t.Error("told before it was spread")
	}
	if err := h.Follow.Spread(ctx); err != nil {
		t.Fatal(err)
	}
	all := read("/tilbud/nytt.atom")
	if len(all.Entries) < 10 || !slices.IsSortedFunc(all.Entries, func(a, b newOffering) int { return strings.Compare(b.Updated, a.Updated) }) {
		t.Errorf("%d entries, not the newest first", len(all.Entries))
	}
	region := read("/tilbud/nytt.atom?region=namdalen&field=07")
	if len(region.Entries) == 0 || region.Entries[0].Title != "Torvtak på hytter" || region.ID == all.ID || !strings.Contains(region.Title, "Namdalen") || len(region.Entries) >= len(all.Entries) {
		t.Fatalf("the feed of a region and a field: %q %v", region.Title, region.titles())
	}
	e := region.Entries[0]
	if strings.Count(strings.Join(region.titles(), "|"), "Torvtak") != 1 || !strings.Contains(e.Summary, "Namsos") {
		t.Errorf("%v, %q", region.titles(), e.Summary)
	}
	_, path, _ := strings.Cut(e.Link.Href, ".example.no")
	if got := h.Visitor().Get(path); got.Status != http.StatusOK || !strings.Contains(got.Text("h1"), "Torvtak") {
		t.Errorf("%s leads to %d", e.Link.Href, got.Status)
	}
	for _, other := range []string{"?region=fosen", "?field=09"} {
		if slices.Contains(read("/tilbud/nytt.atom"+other).titles(), "Torvtak på hytter") {
			t.Errorf("it is in the feed of %s", other)
		}
	}
	list := h.Visitor().Get("/tilbud?region=namdalen&sort=title")
	if want := "/tilbud/nytt.atom?region=namdalen"; list.Attr(`head link[type="application/atom+xml"]`, "href") != want || !list.Has(`main a[href="`+want+`"]`) {
		t.Error("the list does not lead to its feed")
	}
	if got := h.Visitor().Get("/tilbud/nytt.atom?region=ingensteds"); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("a region that is none: %d", got.Status)
	}
	now, err := h.Supply.Offering(ctx, system, o.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Supply.Cancel(ctx, system, o.ID, now.Offering.Version, "For få påmeldte"); err != nil {
		t.Fatal(err)
	}
	if slices.Contains(read("/tilbud/nytt.atom?region=namdalen").titles(), "Torvtak på hytter") {
		t.Error("what is called off is still offered")
	}
}
