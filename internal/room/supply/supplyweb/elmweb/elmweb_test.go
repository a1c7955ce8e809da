package elmweb_test

import (
	"encoding/json"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/supply/elm"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/site/sitetest"
)

// TestCatalogue reads all pages of the demo's catalogue, and each programme by itself: what is
// public is there once, and nothing else.
func TestCatalogue(t *testing.T) {
	h := sitetest.New(t)
	all, err := h.Supply.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	provider := h.Actor("provider")
	draft, err := h.Supply.CreateProgramme(t.Context(), provider, offer.Programme{Provider: provider.Orgs(access.RoleProviderUser)[0], Title: i18n.Text{NB: "Utkast"}, Level: offer.Kurs})
	if err != nil {
		t.Fatal(err)
	}
	c, seen := h.Visitor(), map[string]bool{}
	for path := "/elm"; path != ""; {
		p := c.Get(path)
		if p.Status != 200 || !strings.HasPrefix(p.Header.Get("Content-Type"), "application/ld+json") || !elm.IsELM([]byte(p.Body)) {
			t.Fatalf("%s: %d %s", path, p.Status, p.Header.Get("Content-Type"))
		}
		var page elm.Catalogue
		if err := json.Unmarshal([]byte(p.Body), &page); err != nil {
			t.Fatal(err)
		}
		for _, a := range page.Achievements {
			if seen[a.Identifier.Notation] {
				t.Errorf("%s stands twice", a.ID)
			}
			seen[a.Identifier.Notation] = true
		}
		path = ""
		if page.Next != nil {
			path = page.Next.ID[strings.Index(page.Next.ID, "/elm"):]
		}
		if (page.Next != nil) != strings.Contains(p.Header.Get("Link"), `rel="next"`) {
			t.Errorf("the Link is %q", p.Header.Get("Link"))
		}
	}
	if len(seen) != len(all.Programmes) || seen[string(draft.ID)] {
		t.Errorf("%d programmes, want %d; the draft is there: %v", len(seen), len(all.Programmes), seen[string(draft.ID)])
	}
	one := c.Get("/elm/" + string(all.Programmes[0].ID))
	if one.Status != 200 || !strings.Contains(one.Body, all.Programmes[0].Title.NB) {
		t.Errorf("a programme: %d", one.Status)
	}
	for _, path := range []string{"/elm/" + string(draft.ID), "/elm/finnes-ikke", "/elm/01900000-0000-7000-8000-000000000000"} {
		if p := c.Get(path); p.Status != 404 || !strings.Contains(p.Header.Get("Content-Type"), "json") {
			t.Errorf("%s: %d %s", path, p.Status, p.Header.Get("Content-Type"))
		}
	}
	if p := c.Get("/elm?page=0"); p.Status != 422 {
		t.Errorf("page 0: %d", p.Status)
	}
	if p := c.Get("/elm?page=999"); p.Status != 200 || strings.Contains(p.Body, "LearningOpportunity") {
		t.Errorf("after the last page: %d", p.Status)
	}
}
