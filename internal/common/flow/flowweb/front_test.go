package flowweb_test

import (
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

func TestVisitorsLearnWhatThisIs(t *testing.T) {
	p := sitetest.New(t).Visitor().Get("/")
	for _, href := range []string{"/behov/ny", "/tilbud", "/ettersporsel", "/verktoykasse"} {
		if !p.Has("main a[href='" + href + "']") {
			t.Errorf("no way to %s", href)
		}
	}
	if !p.Has("main form[action='/finn'] [name=q]") {
		t.Error("the question cannot be asked on the front page")
	}
}

func TestBallsNewsAndShortcutsFollowTheRole(t *testing.T) {
	h := sitetest.New(t)
	secretary := h.As("secretary").Get("/")
	balls := secretary.All("main table tbody tr")
	if len(balls) == 0 || !strings.Contains(balls[0], "Over fristen") {
		t.Errorf("what is late does not stand first: %q", balls)
	}
	for _, href := range secretary.Attrs("main table tbody a", "href") {
		if p := h.As("secretary").Get(href); p.Status != 200 {
			t.Errorf("%s answers %d", href, p.Status)
			break
		}
	}
	adviser := h.As("adviser").Get("/")
	if !adviser.Has("main .kt-timeline a[href^='/behov/']") {
		t.Error("the news does not lead to what changed")
	}
	seen := map[string]bool{}
	for _, href := range adviser.Attrs("main .kt-timeline a", "href") {
		if seen[href] {
			t.Errorf("%s is news twice", href)
		}
		seen[href] = true
	}
	provider := h.As("provider").Get("/")
	if !provider.Has("main a[href='/foresporsler']") || provider.Has("main a[href='/behov/import']") {
		t.Error("a provider's shortcuts are not those of a provider")
	}
	learner := h.As("learner").Get("/")
	if !learner.Has("main .kt-empty") && !strings.Contains(learner.Text("main"), "Ingenting venter") {
		t.Error("a learner without tasks is not told so")
	}
}
