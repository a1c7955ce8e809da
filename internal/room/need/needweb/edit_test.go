package needweb_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// TestEditing runs the tests of this file, which share a house; each makes what it needs in it.
func TestEditing(t *testing.T) {
	h := house(t)
	t.Run("stale_save_shows_both_versions", func(t *testing.T) { staleSaveShowsBothVersions(t, h) })
	t.Run("ended_meanwhile", func(t *testing.T) { endedMeanwhile(t, h) })
	t.Run("concepts_follow_the_text", func(t *testing.T) { conceptsFollowTheText(t, h) })
	t.Run("who_may_edit", func(t *testing.T) { whoMayEdit(t, h) })
	t.Run("headcount_hint_follows_visibility", func(t *testing.T) { headcountHintFollowsVisibility(t, h) })
}

func staleSaveShowsBothVersions(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open)
	address := "/behov/" + string(n.ID) + "/rediger"
	c := h.As("employer")
	one, two := c.Get(address), c.Get(address)
	v := func(text, headcount string) url.Values {
		return url.Values{"text": {text}, "municipality": {"5022"}, "headcount": {headcount}}
	}
	if p := c.Post(address, hidden(one, v("Han som styrer saga, går av til sommeren.", "5"))); p.Status != http.StatusSeeOther {
		t.Fatalf("first: %d %v", p.Status, p.All(".ds-error-summary li"))
	}
	p := c.Post(address, hidden(two, v("Min egen tekst", "2")))
	theirs := p.Text("section[aria-labelledby=theirs]")
	if p.Status != http.StatusConflict || p.Text("#text") != "Min egen tekst" || !strings.Contains(theirs, "5 personer") || !strings.Contains(theirs, "Han som styrer saga") {
		t.Fatalf("second: %d, mine %q, theirs %q", p.Status, p.Text("#text"), theirs)
	}
	if strings.Contains(theirs, "Rennebu") {
		t.Error("what both agree on is shown as different")
	}
	if d := get(t, h, string(n.ID)); d.Headcount != 5 {
		t.Errorf("the stale save was stored: %d", d.Headcount)
	}
	if p := c.Post(address, hidden(p, v("Min egen tekst", "2"))); p.Status != http.StatusSeeOther {
		t.Errorf("having seen both: %d", p.Status)
	}
	if d := get(t, h, string(n.ID)); d.Text != "Min egen tekst" || d.OrganisationName != sawmill {
		t.Errorf("stored %q of %q", d.Text, d.OrganisationName)
	}
}

func whoMayEdit(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open)
	address := "/behov/" + string(n.ID) + "/rediger"
	for role, want := range map[string]int{"": 303, "employer": 200, "adviser": 403, "provider": 403, "county": 403, "secretary": 403, "learner": 403} {
		if p := h.As(role).Get(address); p.Status != want {
			t.Errorf("%q: %d, want %d", role, p.Status, want)
		}
	}
	c := h.As("employer")
	if p := c.Get(address); p.Has("#organisation") || !strings.Contains(p.Text(".kt-facts"), sawmill) {
		t.Error("whose need it is can be changed")
	}
	p := c.Post(address, hidden(c.Get(address), url.Values{"text": {""}, "municipality": {"x"}, "headcount": {"y"}}))
	if p.Status != 422 || p.Text("#text-error") == "" || p.Text("#municipality-error") == "" || p.Attr("#headcount", "value") != "y" {
		t.Errorf("bad values: %d %v", p.Status, p.All(".ds-error-summary li"))
	}
}

// endedMeanwhile withdraws a need while somebody edits it: the page says so and
// keeps what was typed.
func endedMeanwhile(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open)
	address := "/behov/" + string(n.ID) + "/rediger"
	c := h.As("employer")
	form := c.Get(address)
	moved(t, h, n, "employer", need.Moving{To: need.Withdrawn, Note: "Løst"})
	p := c.Post(address, hidden(form, url.Values{"text": {"Det jeg skrev"}, "municipality": {"5022"}, "headcount": {"2"}}))
	if p.Status != http.StatusForbidden || p.Text("#text") != "Det jeg skrev" || p.Text(".ds-error-summary li") == "" {
		t.Errorf("%d, %q, %v", p.Status, p.Text("#text"), p.All(".ds-error-summary li"))
	}
}

// conceptsFollowTheText stores what a text is understood as, and keeps what
// people have added when it changes.
func conceptsFollowTheText(t *testing.T, h *sitetest.House) {
	c := h.As("employer")
	v := url.Values{"text": {"Han som styre saga går av te sommarn"}, "organisation": {string(find(t, h, sawmill))}, "municipality": {"5022"}, "headcount": {"1"}}
	d := get(t, h, idOf(t, c.Post("/behov/ny", v)))
	if len(d.Concepts) == 0 || d.Field != "industry" {
		t.Fatalf("understood %v, field %q", d.Concepts, d.Field)
	}
	added := need.Concept{Scheme: "styrk08", Code: "5120", Chosen: need.Added}
	if err := h.Needs.SetConcepts(t.Context(), h.Actor("employer"), d.ID, d.Version, append(d.Concepts, added)); err != nil {
		t.Fatal(err)
	}
	address := "/behov/" + string(d.ID) + "/rediger"
	v.Set("text", "Vi mangler sykepleiere")
	idOf(t, c.Post(address, hidden(c.Get(address), v)))
	after := get(t, h, string(d.ID)).ConceptsInUse()
	if !slices.Contains(after, added) || slices.Contains(after, d.Concepts[0]) || len(after) < 2 {
		t.Errorf("afterwards %v", after)
	}
}

// headcountHintFollowsVisibility says at the field that the number is shown
// on the page, only while the need is open.
func headcountHintFollowsVisibility(t *testing.T, h *sitetest.House) {
	c := h.As("employer")
	for conf, want := range map[need.Confidentiality]bool{need.Open: true, need.ForumOnly: false} {
		n := given(t, h, conf)
		if got := c.Get("/behov/" + string(n.ID) + "/rediger").Has("#headcount-hint"); got != want {
			t.Errorf("%s: hint %v", conf, got)
		}
	}
	if p := c.Get("/behov/ny"); !p.Has("#headcount-hint") || !strings.Contains(p.Text("main"), "Andre kan be om innsyn") {
		t.Error("the new form does not say who sees what")
	}
}
