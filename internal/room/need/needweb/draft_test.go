package needweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// TestDrafts runs the tests of this file, which share a house; each makes what it needs in it.
func TestDrafts(t *testing.T) {
	h := house(t)
	t.Run("draft_is_saved_found_and_submitted", func(t *testing.T) { draftIsSavedFoundAndSubmitted(t, h) })
	t.Run("form_saves_itself_while_somebody_writes", func(t *testing.T) { formSavesItselfWhileSomebodyWrites(t, h) })
	t.Run("two_pages_on_one_draft", func(t *testing.T) { twoPagesOnOneDraft(t, h) })
	t.Run("draft_is_deleted_after_asking", func(t *testing.T) { draftIsDeletedAfterAsking(t, h) })
}

func orgFilter(text string) org.Filter { return org.Filter{Text: text} }

func draftIsSavedFoundAndSubmitted(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	p := c.Post("/behov/utkast", hidden(c.Get("/behov/ny"), url.Values{"text": {"Halve setn"}}))
	id := idOf(t, p)
	p = c.Follow(p)
	if p.Text("#text") != "Halve setn" || !strings.Contains(p.Text("main"), "Utkastet er lagret") {
		t.Fatalf("the draft shows %q", p.Text("#text"))
	}
	if got := rows(c, "/behov?mine=1&state=draft&q=halve"); len(got) != 1 || got[0] != "Halve setn" {
		t.Errorf("drafts: %v", got)
	}
	if p := c.Get("/behov/" + id); p.Location != "/behov/"+id+"/rediger" {
		t.Errorf("the draft's page leads to %q", p.Location)
	}
	for _, role := range []string{"", "employer", "county", "secretary", "provider"} {
		if p := h.As(role).Get("/behov/" + id); p.Status != http.StatusNotFound {
			t.Errorf("%q sees the draft: %d", role, p.Status)
		}
	}
	// Sending it in asks for the rest, keeping what was there.
	if p := c.Post("/behov/"+id+"/rediger", hidden(p, url.Values{"text": {"Halve setninga"}})); p.Status != 422 || p.Text("#text") != "Halve setninga" {
		t.Errorf("%d, %q", p.Status, p.Text("#text"))
	}
	idOf(t, c.Post("/behov/"+id+"/rediger", hidden(p, typed())))
	if d := get(t, h, id); d.State != need.Mapped || d.Number == "" {
		t.Errorf("stands in %s", d.State)
	}
}

// formSavesItselfWhileSomebodyWrites posts as the script does: again and
// again from one page, without reading the answers.
func formSavesItselfWhileSomebodyWrites(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	form := c.Get("/behov/ny")
	auto := func(p sitetest.Page, v url.Values) sitetest.Page {
		c.Header.Set("HX-Request", "true")
		defer c.Header.Del("HX-Request")
		return c.Post("/behov/utkast", hidden(p, v))
	}
	for _, text := range []string{"Tr", "Treng folk", "Treng folk til saga"} {
		if p := auto(form, typed("text", text)); p.Status != http.StatusNoContent {
			t.Fatalf("autosave %q: %d %s", text, p.Status, p.Text("main"))
		}
	}
	if got := rows(c, "/behov?mine=1&state=draft&q=tr"); len(got) != 1 || got[0] != "Treng folk til saga" {
		t.Fatalf("drafts: %v", got)
	}
	// A half-written name is not registered.
	if p := auto(form, typed("organisation", "Halvskr")); p.Status != 422 {
		t.Errorf("half a name: %d", p.Status)
	}
	id := idOf(t, c.Post("/behov/ny", hidden(form, typed("text", "Treng folk til saga"))))
	if d := get(t, h, id); d.State != need.Mapped {
		t.Errorf("stands in %s", d.State)
	}
	if got := rows(c, "/behov?mine=1&q=folk+til+saga"); len(got) != 1 {
		t.Errorf("needs: %v", got)
	}
}

// twoPagesOnOneDraft lets two pages of the same person save one draft: the
// second is told, and shown both versions.
func twoPagesOnOneDraft(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	id := idOf(t, c.Post("/behov/utkast", typed("text", "Første")))
	one, two := c.Get("/behov/"+id+"/rediger"), c.Get("/behov/"+id+"/rediger")
	c.Header.Set("HX-Request", "true")
	if p := c.Post("/behov/utkast", hidden(one, typed("text", "Fra side én"))); p.Status != http.StatusNoContent {
		t.Fatalf("page one: %d", p.Status)
	}
	if p := c.Post("/behov/utkast", hidden(two, typed("text", "Fra side to"))); p.Status != http.StatusConflict {
		t.Fatalf("page two: %d", p.Status)
	}
	c.Header.Del("HX-Request")
	p := c.Post("/behov/utkast", hidden(two, typed("text", "Fra side to")))
	if p.Status != http.StatusConflict || p.Text("#text") != "Fra side to" || !strings.Contains(p.Text("section[aria-labelledby=theirs]"), "Fra side én") {
		t.Fatalf("%d: mine %q, theirs %q", p.Status, p.Text("#text"), p.Text("section[aria-labelledby=theirs]"))
	}
	// Having seen both, the reader may save.
	idOf(t, c.Post("/behov/utkast", hidden(p, typed("text", "Begge deler"))))
	if d := get(t, h, id); d.Text != "Begge deler" {
		t.Errorf("stored %q", d.Text)
	}
}

func draftIsDeletedAfterAsking(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	id := idOf(t, c.Post("/behov/utkast", typed()))
	p := c.Get("/behov/" + id + "/slett")
	if p.Text("h1") == "" || get(t, h, id).State != need.Draft {
		t.Fatal("asking is not deleting")
	}
	if p := c.Post("/behov/"+id+"/slett", url.Values{"version": {"99"}}); p.Status != http.StatusConflict {
		t.Errorf("a stale delete: %d", p.Status)
	}
	if p := h.As("employer").Post("/behov/"+id+"/slett", hidden(p, url.Values{})); p.Status != http.StatusNotFound && p.Status != http.StatusForbidden {
		t.Errorf("another deletes it: %d", p.Status)
	}
	if p := c.Post("/behov/"+id+"/slett", hidden(p, url.Values{})); p.Status != http.StatusSeeOther {
		t.Fatalf("delete: %d", p.Status)
	}
	if p := c.Get("/behov/" + id); p.Status != http.StatusNotFound {
		t.Errorf("afterwards: %d", p.Status)
	}
}
