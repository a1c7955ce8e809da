package forumweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

// TestRegionPage: all read what a region tells; the secretaries of its forum and of the
// county's write it, nobody else, and two of them lose nothing.
func TestRegionPage(t *testing.T) {
	h := sitetest.New(t)
	const namdalen, south = "/kompetanseregioner/namdalen", "/kompetanseregioner/trondelag-sor"
	for at, words := range map[string][]string{
		namdalen:                        {"små bedrifter finner ikke fram", "Namdal studiesenter", "Motor", "Megler", "Møteplass", "Rapport 3, 2024", "Trøndelag fylkeskommune"},
		south:                           {"opptak hele året", "Sammen i forumet", "Fra behov til kompetanse"},
		"/kompetanseregioner/fosen":     {"næringsalliansen på Fosen", "Rapport 1, 2021"},
		"/kompetanseregioner/innherred": {"Innherred"},
	} {
		p := h.Visitor().Get(at)
		for _, w := range words {
			if !strings.Contains(p.Text("main"), w) {
				t.Errorf("%s says nothing of %q", at, w)
			}
		}
	}
	if strings.Contains(h.Visitor().Get("/kompetanseregioner/innherred").Text("main"), "Ingenting er skrevet") {
		t.Error("a visitor is told that nothing is written")
	}
	for _, role := range []string{"", "learner", "provider", "adviser", "forum_member"} {
		for _, form := range []string{"/rediger", "/innsats/ny", "/evalueringer/ny"} {
			if p := h.As(role).Get(south + form); p.Status == http.StatusOK {
				t.Errorf("%q opens %s", role, form)
			}
		}
		if p := h.As(role).Post(south+"/rediger", url.Values{"problem": {"Noe annet"}}); p.Status == http.StatusSeeOther && !strings.HasPrefix(p.Location, "/logg-inn") {
			t.Errorf("%q writes: %s", role, p.Location)
		}
	}
	secretary, county := h.As("secretary"), h.As("county")
	if p := secretary.Get(namdalen + "/rediger"); p.Status != http.StatusForbidden {
		t.Errorf("the secretary of another region: %d", p.Status)
	}
	version := secretary.Get(south+"/rediger").Attr("input[name=version]", "value")
	form := func(problem string) url.Values {
		return url.Values{"version": {version}, "problem": {problem}, "contact": {"Sekretariatet"}}
	}
	if p := secretary.Post(south+"/rediger", form("Det mangler folk.")); p.Status != http.StatusSeeOther {
		t.Fatalf("writing: %d %s", p.Status, p.Text("main"))
	}
	if p := county.Post(south+"/rediger", form("Noe fylket skrev")); p.Status != http.StatusConflict || !strings.Contains(p.Text("main"), "Det mangler folk.") || !strings.Contains(p.Body, "Noe fylket skrev") {
		t.Errorf("writing over what another wrote: %d", p.Status)
	}
	for wrong, field := range map[string]string{"javascript:alert(1)": "link", "http://uten.no": "link"} {
		if p := secretary.Post(south+"/evalueringer/ny", url.Values{"nr": {"4"}, "year": {"2026"}, "title": {"Rapport"}, "link": {wrong}}); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("the %s %q: %d", field, wrong, p.Status)
		}
	}
	if p := secretary.Post(south+"/innsats/ny", url.Values{"as": {"megler"}, "what": {"Ringte rundt"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("an effort: %d", p.Status)
	}
	var drop string
	for _, action := range secretary.Get(south).Attrs("form[action$='/fjern']", "action") {
		if strings.Contains(action, "/innsats/") {
			drop = action
		}
	}
	if p := h.As("provider").Post(drop, nil); p.Status != http.StatusForbidden {
		t.Errorf("a provider takes an effort away: %d", p.Status)
	}
	if p := secretary.Post(drop, nil); p.Status != http.StatusSeeOther {
		t.Errorf("taking an effort away: %d", p.Status)
	}
}
