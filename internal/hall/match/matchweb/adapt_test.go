package matchweb_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/site/sitetest"
)

// glulam is a need that the course of the demo's fagskole answers, if it were
// given at school.
func glulam(t *testing.T, h *sitetest.House) need.Need {
	t.Helper()
	return register(t, h, func(c *need.Content) {
		c.Text = "Fugene slipper på limtrebjelkene. Skiftlaget må lære limkontroll og press."
		c.Forms = []need.Form{need.Form(offer.Campus)}
		c.Confidentiality, c.ConfidentialityGround = need.ForumOnly, "Viser en svakhet i produksjonen"
	})
}

// testAdaptation follows "Be om tilpasning" from the need to the provider.
func testAdaptation(t *testing.T, h *sitetest.House) {
	n := glulam(t, h)
	page, owner, provider := "/behov/"+string(n.ID), h.As("employer"), h.As("provider")
	if p := provider.Get(page); p.Status != http.StatusNotFound {
		t.Errorf("the provider sees the need before it is asked: %d", p.Status)
	}
	card := owner.Get(page).Attr(`section[aria-labelledby="tilpasses"] article:first-child .kt-actions a`, "href")
	confirm := owner.Get(card)
	if confirm.Status != http.StatusOK || !strings.Contains(confirm.Text("h1"), "Trøndelag høyere yrkesfagskole") {
		t.Fatalf("%s: %d %s", card, confirm.Status, confirm.Text("h1"))
	}
	if q := confirm.Text("textarea#questions"); !strings.Contains(q, "Kan det tas på en annen måte (På studiestedet)") {
		t.Errorf("questions %q", q)
	}
	// Ten working days after Saturday 21 November.
	if got := confirm.Attr("#answer_by", "value"); got != "2026-12-04" {
		t.Errorf("answer date %s", got)
	}
	if !strings.Contains(confirm.Text("main"), "får Trøndelag høyere yrkesfagskole lese det") {
		t.Error("it does not say that the need is opened to the provider")
	}
	form := url.Values{"programme": {confirm.Attr("#programme", "value")}, "answer_by": {"2026-12-08"},
		"questions": {"Kan dere komme til Rennebu?\r\n\r\nKan det starte i januar?"}}
	sent := owner.Post(page+"/tilpasning", form)
	if sent.Status != http.StatusSeeOther || sent.Location != page+"?ok=match.said.asked#requests" {
		t.Fatalf("%d %s %v", sent.Status, sent.Location, sent.All(".ds-error-summary li"))
	}
	if p := owner.Follow(sent); !strings.Contains(p.Text(`section[aria-labelledby="requests"]`), "Kan det starte i januar?") || !strings.Contains(p.Text(".kt-ball"), "Trøndelag høyere yrkesfagskole") {
		t.Errorf("the need shows %s and %s", p.Text(`section[aria-labelledby="requests"]`), p.Text(".kt-ball"))
	}
	for _, list := range []string{"/", "/foresporsler"} {
		p := provider.Get(list)
		mine := func(row string) bool {
			return strings.Contains(row, "Fugene slipper på limtrebjelkene") && strings.Contains(row, "08.12.2026")
		}
		if !slices.ContainsFunc(p.All("tbody tr"), mine) {
			t.Errorf("the provider's %s has %v", list, p.All("tbody tr"))
		}
	}
	if p := provider.Get(page); p.Status != http.StatusOK {
		t.Errorf("the provider that was asked may not read the need: %d", p.Status)
	}
	d := stored(t, h, n.ID)
	if d.State != need.InFollowUp || d.AnswerBy.String() != "2026-12-08" || d.ProviderName != "Trøndelag høyere yrkesfagskole" {
		t.Errorf("the need is %s with %s until %s", d.State, d.ProviderName, d.AnswerBy)
	}
}

func testWrongAdaptations(t *testing.T, h *sitetest.House) {
	n := glulam(t, h)
	page, owner := "/behov/"+string(n.ID), h.As("employer")
	card := owner.Get(page).Attr(`section[aria-labelledby="tilpasses"] article:first-child .kt-actions a`, "href")
	programme := owner.Get(card).Attr("#programme", "value")
	fine := func() url.Values {
		return url.Values{"programme": {programme}, "answer_by": {"2026-12-08"}, "questions": {"Kan dere det?"}}
	}
	for _, tt := range []struct{ name, value, field string }{
		{"questions", "", "questions"}, {"questions", " \n ", "questions"}, {"questions", strings.Repeat("x", 501), "questions"}, {"questions", strings.Repeat("?\n", 21), "questions"},
		{"answer_by", "", "answer_by"}, {"answer_by", "snart", "answer_by"}, {"answer_by", "2026-11-20", "answer_by"}, {"answer_by", "2099-01-01", "answer_by"},
	} {
		v := fine()
		v.Set(tt.name, tt.value)
		p := owner.Post(page+"/tilpasning", v)
		if p.Status != http.StatusUnprocessableEntity || !slices.Equal(fields(p), []string{tt.field}) {
			t.Errorf("%s=%.20q: %d %v", tt.name, tt.value, p.Status, fields(p))
		}
		if tt.name == "answer_by" && p.Text("textarea#questions") != "Kan dere det?" {
			t.Errorf("%s=%q: the questions are lost", tt.name, tt.value)
		}
	}
	for _, id := range []string{"", "noe", string(n.ID)} {
		v := fine()
		v.Set("programme", id)
		if p := owner.Post(page+"/tilpasning", v); p.Status != http.StatusNotFound {
			t.Errorf("programme %q: %d", id, p.Status)
		}
	}
	for role, want := range map[string]int{"": http.StatusForbidden, "learner": http.StatusForbidden, "provider": http.StatusNotFound, "adviser": http.StatusNotFound} {
		if p := h.As(role).Post(page+"/tilpasning", fine()); p.Status != want {
			t.Errorf("%q: %d, want %d", role, p.Status, want)
		}
	}
	if d := stored(t, h, n.ID); d.State != need.Mapped {
		t.Fatalf("a refused request moved the need to %s", d.State)
	}
	if _, err := h.Needs.Move(context.Background(), h.Actor("employer"), n.ID, need.Moving{To: need.Withdrawn, Note: "Løst"}); err != nil {
		t.Fatal(err)
	}
	if p := owner.Post(page+"/tilpasning", fine()); p.Status != http.StatusForbidden {
		t.Errorf("asked about a withdrawn need: %d", p.Status)
	}
	if p := owner.Get(page); holds(p.All("article a"), "Be om tilpasning") {
		t.Error("the page offers to ask about a withdrawn need")
	}
}
