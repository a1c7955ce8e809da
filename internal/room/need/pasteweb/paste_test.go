package pasteweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

const mail = "Hei\n\nEksempel Mekaniske AS trenger to sveisere til høsten. I tillegg mangler vi en kokk i Røros.\n\nVi trenger fire lærlinger.\n\nMvh\nRådgiveren, tlf. 680 51 234"

// TestPasting runs one house for all: it is what takes time.
func TestPasting(t *testing.T) {
	h := sitetest.New(t)
	for _, x := range []struct {
		name string
		run  func(*testing.T, *sitetest.House)
	}{
		{"from the text to drafts", fromTheTextToDrafts},
		{"what is typed wrong is kept", whatIsTypedWrongIsKept},
		{"others do not see it", othersDoNotSeeIt},
		{"nothing found", nothingFound},
		{"the owner deletes it", theOwnerDeletesIt},
	} {
		t.Run(x.name, func(t *testing.T) { x.run(t, h) })
	}
}

// pasted sends a text and answers the address of its proposals.
func pasted(t *testing.T, c *sitetest.Client, body string) string {
	t.Helper()
	p := c.Post("/behov/lim-inn", url.Values{"body": {body}})
	if p.Status != http.StatusSeeOther || !strings.HasSuffix(p.Location, "/forslag") {
		t.Fatalf("pasted: %d %s %s", p.Status, p.Location, p.Text("main"))
	}
	return p.Location
}

func fromTheTextToDrafts(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	at := pasted(t, c, mail)
	p := c.Get(at)
	cards := p.All("article")
	if len(cards) != 3 || strings.Contains(p.Body, "51 234") {
		t.Fatalf("%d cards: %v", len(cards), cards)
	}
	for i, words := range [][]string{{"to sveisere", "Eksempel Mekaniske AS", "01.08.2027", "«trenger» i teksten"}, {"kokk", "Røros"}, {"fire lærlinger"}} {
		for _, w := range words {
			if !strings.Contains(cards[i], w) {
				t.Errorf("card %d does not say %q: %s", i+1, w, cards[i])
			}
		}
	}
	form := c.Get(at + "/1")
	if form.Attr("#headcount", "value") != "2" || form.Attr("#organisation", "value") != "Eksempel Mekaniske AS" || form.Attr("#wanted_from", "value") != "2027-08-01" {
		t.Errorf("the form holds %q, %q, %q", form.Attr("#headcount", "value"), form.Attr("#organisation", "value"), form.Attr("#wanted_from", "value"))
	}
	sent := url.Values{"text": {"Vi trenger tre sveisere"}, "organisation": {"Eksempel Mekaniske AS"}, "municipality": {"Røros"}, "headcount": {"3"}, "then": {"form"}}
	draft := c.Post(at+"/1", sent)
	if draft.Status != http.StatusSeeOther || !strings.Contains(draft.Location, "/rediger") {
		t.Fatalf("draft: %d %s", draft.Status, draft.Location)
	}
	if p := c.Follow(draft); p.Text("textarea[name=text]") != "Vi trenger tre sveisere" || p.Attr("#headcount", "value") != "3" || p.Attr("#organisation", "value") != "Eksempel Mekaniske AS" {
		t.Errorf("the need's form holds %q, %q, %q", p.Text("textarea[name=text]"), p.Attr("#headcount", "value"), p.Attr("#organisation", "value"))
	}
	if again := c.Post(at+"/1", sent); again.Location != draft.Location {
		t.Errorf("a second time leads to %s, not %s", again.Location, draft.Location)
	}
	if left := c.Follow(c.Post(at+"/2/la-ligge", url.Values{"again": {"0"}})); !strings.Contains(left.All("article")[1], "Lar ligge") {
		t.Errorf("left: %s", left.All("article")[1])
	}
	if up := c.Follow(c.Post(at+"/2/la-ligge", url.Values{"again": {"1"}})); strings.Contains(up.All("article")[1], "Lar ligge") {
		t.Errorf("taken up again: %s", up.All("article")[1])
	}
	for _, nr := range []string{"/2", "/3"} {
		c.Post(at+nr+"/utkast", nil)
	}
	done := c.Get(at)
	if !strings.Contains(done.Text("main"), "Det ble 3 utkast") || len(done.All("article a[href$='/rediger']")) != 3 {
		t.Errorf("done: %s", done.Text("main"))
	}
}

func whatIsTypedWrongIsKept(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	if p := c.Post("/behov/lim-inn", url.Values{"body": {"  \n "}}); p.Status != http.StatusUnprocessableEntity || !p.Has("#body[aria-invalid=true]") {
		t.Errorf("an empty text: %d", p.Status)
	}
	long := strings.Repeat("æ", 50_001)
	if p := c.Post("/behov/lim-inn", url.Values{"body": {long}}); p.Status != http.StatusUnprocessableEntity || p.Text("#body") != long {
		t.Errorf("a text that is too long: %d, %d characters kept", p.Status, len([]rune(p.Text("#body"))))
	}
	at := pasted(t, c, mail)
	p := c.Post(at+"/1", url.Values{"text": {""}, "organisation": {"Finnes Ikke AS"}, "municipality": {"Atlantis"}, "headcount": {"mange"}, "wanted_from": {"31.02.2027"}})
	if p.Status != http.StatusUnprocessableEntity {
		t.Fatalf("wrong: %d", p.Status)
	}
	for _, field := range []string{"text", "organisation", "municipality", "headcount", "wanted_from"} {
		if !p.Has("#" + field + "[aria-invalid=true]") {
			t.Errorf("nothing is said at %s", field)
		}
	}
	if p.Attr("#municipality", "value") != "Atlantis" || p.Attr("#headcount", "value") != "mange" || p.Attr("#organisation", "value") != "Finnes Ikke AS" {
		t.Error("what was typed is gone")
	}
	if p := c.Get(at + "/1"); p.Status != http.StatusOK {
		t.Errorf("a refused proposal is no longer open: %d", p.Status)
	}
}

func othersDoNotSeeIt(t *testing.T, h *sitetest.House) {
	at := pasted(t, h.As("adviser"), mail)
	for _, role := range []string{"employer", "county"} {
		c := h.As(role)
		for _, path := range []string{at, at + "/1"} {
			if p := c.Get(path); p.Status != http.StatusNotFound && p.Status != http.StatusForbidden {
				t.Errorf("%s gets %s: %d", role, path, p.Status)
			}
		}
		for _, path := range []string{at + "/1", at + "/1/utkast", at + "/1/la-ligge", strings.TrimSuffix(at, "/forslag") + "/slett"} {
			if p := c.Post(path, url.Values{"text": {"x"}}); p.Status != http.StatusNotFound && p.Status != http.StatusForbidden {
				t.Errorf("%s posts to %s: %d", role, path, p.Status)
			}
		}
	}
	for _, path := range []string{at + "/0", at + "/4", at + "/x", "/behov/lim-inn/x/forslag"} {
		if p := h.As("adviser").Get(path); p.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, p.Status)
		}
	}
	if p := h.Visitor().Get("/behov/lim-inn"); p.Status == http.StatusOK {
		t.Error("a visitor may paste")
	}
}

func nothingFound(t *testing.T, h *sitetest.House) {
	c := h.As("employer")
	p := c.Get(pasted(t, c, "Hei, takk for sist!"))
	if !strings.Contains(p.Text("main"), "Vi fant ingen behov") || !p.Has("main a[href='/behov/ny']") {
		t.Errorf("nothing found: %s", p.Text("main"))
	}
}

func theOwnerDeletesIt(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	at := pasted(t, c, mail)
	if p := c.Get("/behov/lim-inn"); !p.Has("main table a[href='" + at + "']") {
		t.Error("the text is not listed")
	}
	p := c.Follow(c.Post(strings.TrimSuffix(at, "/forslag")+"/slett", nil))
	if !strings.Contains(p.Text("main"), "Teksten er slettet") || p.Has("main table a[href='"+at+"']") {
		t.Errorf("deleted: %s", p.Text("main"))
	}
	if p := c.Get(at); p.Status != http.StatusNotFound {
		t.Errorf("after: %d", p.Status)
	}
}
