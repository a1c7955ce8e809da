package needweb_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// TestFollowing runs the tests of this file, which share a house; each makes what it needs in it.
func TestFollowing(t *testing.T) {
	h := house(t)
	t.Run("follow_page_shows_no_more_than_chosen", func(t *testing.T) { followPageShowsNoMoreThanChosen(t, h) })
	t.Run("follow_page_tells_what_happened", func(t *testing.T) { followPageTellsWhatHappened(t, h) })
	t.Run("follow_picture_leads_to_the_page", func(t *testing.T) { followPictureLeadsToThePage(t, h) })
}

func followPageShowsNoMoreThanChosen(t *testing.T, h *sitetest.House) {
	for _, conf := range need.Confidentialities() {
		n := given(t, h, conf)
		address := "/folg/" + token(t, h, n.ID)
		p := h.Visitor().Get(address)
		holder := "Forumsekretær"
		if conf == need.Internal { // which the forum may not read
			holder = "Saksbehandler i fylket"
		}
		if p.Status != 200 || p.Text(".kt-ball strong") != holder || p.Text(".kt-progress [aria-current=step] .kt-step__label") != "Kartlagt" {
			t.Errorf("%s: %d, ball %q", conf, p.Status, p.Text(".kt-ball strong"))
		}
		if !strings.Contains(p.Text(".kt-ball__due"), "18.12.2026") {
			t.Errorf("%s: due %q", conf, p.Text(".kt-ball__due"))
		}
		if p.Header.Get("X-Robots-Tag") == "" || p.Attr(`meta[name=robots]`, "content") != "noindex, nofollow" || p.Has(`link[rel=alternate]`) {
			t.Errorf("%s: search engines are let in", conf)
		}
		main := p.Text("main")
		if got := strings.Contains(main, "forumet"); got != (conf != need.Internal) {
			t.Errorf("%s: speaks of the forum: %v", conf, got)
		}
		for _, secret := range []string{sawmill, "2 personer", "Rennebu", "Røper en plan"} {
			if got, want := strings.Contains(main, secret), conf == need.Open && secret != "Røper en plan"; got != want {
				t.Errorf("%s: shows %q: %v", conf, secret, got)
			}
		}
		// Who is signed in makes no difference.
		if own := h.As("employer").Get(address).Text("main"); own != main {
			t.Errorf("%s: the owner sees another page", conf)
		}
	}
}

func followPageTellsWhatHappened(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open)
	address := "/folg/" + token(t, h, n.ID)
	moved(t, h, n, "secretary", need.Moving{To: need.Presented, Note: "Intern merknad"})
	moved(t, h, n, "secretary", need.Moving{To: need.InFollowUp, Provider: find(t, h, school)})
	p := h.Visitor().Get(address)
	if p.Text(".kt-ball strong") != school || !strings.Contains(p.Text(".kt-facts"), school) {
		t.Errorf("ball %q", p.Text(".kt-ball strong"))
	}
	moved(t, h, n, "provider", need.Moving{To: need.NotPossible, Note: "For få søkere"})
	p = h.Visitor().Get(address)
	if got := p.All(".kt-timeline__text"); len(got) != 4 || !strings.Contains(p.Text(".kt-timeline"), "For få søkere") {
		t.Errorf("history %v", got)
	}
	if strings.Contains(p.Text("main"), "Intern merknad") || strings.Contains(p.Text("main"), "Studieveileder") {
		t.Error("notes for the forum, or people, are shown")
	}
	for _, lang := range []string{"nn", "en"} {
		if p := h.Visitor().Get(address + "?lang=" + lang); p.Status != 200 || p.Attr("html", "lang") != lang {
			t.Errorf("%s: %d", lang, p.Status)
		}
	}
}

func followPictureLeadsToThePage(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open)
	p := h.Visitor().Get("/folg/" + token(t, h, n.ID) + "/qr.png")
	if p.Status != 200 || p.Header.Get("Content-Type") != "image/png" {
		t.Fatalf("%d %s", p.Status, p.Header.Get("Content-Type"))
	}
	if img, err := png.Decode(bytes.NewReader([]byte(p.Body))); err != nil || img.Bounds().Dx() != 352 {
		t.Errorf("picture: %v", err)
	}
	for _, bad := range []string{"/folg/", "/folg/x", "/folg/" + strings.Repeat("a", 300), "/folg/x/qr.png", "/folg/..%2f"} {
		if p := h.Visitor().Get(bad); p.Status != 404 {
			t.Errorf("%s: %d", bad, p.Status)
		}
	}
}
