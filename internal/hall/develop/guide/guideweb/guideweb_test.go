package guideweb_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

// TestGuides runs the tests of this file, which share a house.
func TestGuides(t *testing.T) {
	h := sitetest.New(t)
	t.Run("all_read_the_newest", func(t *testing.T) { allRead(t, h) })
	t.Run("from_a_lesson_to_a_version", func(t *testing.T) { fromALesson(t, h) })
	t.Run("who_may_not", func(t *testing.T) { whoMayNot(t, h) })
}

// allRead: both guides are open in three languages, as paper and as JSON, with their sources.
func allRead(t *testing.T, h *sitetest.House) {
	p := h.Visitor().Get("/veiledere/program")
	for _, words := range []string{"Versjon 2", "Samlinger der folk bor", "to om gangen uten vikar", "Yrkesfaglærer på egen skole", "NTNU Videre"} {
		if !strings.Contains(p.Text("main"), words) {
			t.Errorf("the guide says nothing of %q", words)
		}
	}
	for _, hidden := range []string{"ringe dem da", "for sent om hvem"} {
		if strings.Contains(p.Text("main"), hidden) {
			t.Errorf("the guide says %q", hidden)
		}
	}
	if old := h.Visitor().Get("/veiledere/program/versjoner/1"); old.Status != http.StatusOK || strings.Contains(old.Text("main"), "uten vikar") || !strings.Contains(old.Text("main"), "eldre versjon") {
		t.Errorf("the first version: %d", old.Status)
	}
	if all := h.Visitor().Get("/veiledere/program/versjoner").Text("main"); !strings.Contains(all, "Endret: Samlinger der folk bor") {
		t.Errorf("the versions: %s", all)
	}
	for path, want := range map[string]int{"/veiledere/program/versjoner/3": 404, "/veiledere/program/versjoner/x": 404, "/veiledere/noe": 404, "/veiledere/forum/dokument.html": 200, "/veiledere/forum/dokument": 200} {
		if p := h.Visitor().Get(path); p.Status != want {
			t.Errorf("%s: %d, want %d", path, p.Status, want)
		}
	}
	if nn := h.Visitor().Get("/veiledere/forum?lang=nn").Text("main"); !strings.Contains(nn, "Kven som sit rundt bordet") {
		t.Error("the guide is not in nynorsk")
	}
	var list struct {
		Items []struct {
			Kind     string
			Version  int
			Sections []struct {
				GrownFrom []string `json:"grown_from"`
			}
		}
	}
	if p := h.Visitor().JSON("GET", "/api/v1/guides", ""); p.Status != http.StatusOK || json.Unmarshal([]byte(p.Body), &list) != nil || len(list.Items) != 2 || list.Items[1].Version != 2 || len(list.Items[1].Sections[3].GrownFrom) != 1 {
		t.Errorf("in JSON: %d %+v", p.Status, list)
	}
}

// fromALesson: a provider writes down what was learned, takes it in, puts it in words; the
// county makes a version, and what was learned cannot be taken back any more.
func fromALesson(t *testing.T, h *sitetest.House) {
	provider, county := h.As("provider@Røros videregående skole"), h.As("county")
	made := h.Visitor().Get("/utvikling").Attrs("main a[href^='/utvikling/']", "href")
	at := ""
	for _, href := range made {
		if strings.Contains(h.Visitor().Get(href).Text("h1"), "Torvtak") {
			at = href
		}
	}
	if p := provider.Post(at+"/erfaring", url.Values{"stage": {"design"}, "words": {"Øv på et virkelig tak."}, "good": {"ja"}, "shared": {"ja"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("writing down: %d %s", p.Status, p.Text("main"))
	}
	if !strings.Contains(h.Visitor().Get(at).Text("main"), "Øv på et virkelig tak.") {
		t.Error("all do not read what may stand in the guide")
	}
	draft := provider.Get("/veiledere/program/utkast")
	var take string
	for _, card := range draft.Attrs("main a[href*='/ta-inn/']", "href") {
		if strings.Contains(provider.Get(card).Text("main"), "virkelig tak") {
			take = card
		}
	}
	section := provider.Get(take).Attrs("select[name=section] option[value]", "value")[1]
	p := provider.Post(take, url.Values{"section": {section}})
	if p.Status != http.StatusSeeOther {
		t.Fatalf("taking in: %d %s", p.Status, p.Text("main"))
	}
	edit, _, _ := strings.Cut(p.Location, "?")
	form := provider.Get(edit)
	values := url.Values{"version": {form.Attr("input[name=version]", "value")}, "nr": {form.Attr("input[name=nr]", "value")}, "title.nb": {"Fra behov til idé"}, "words.nb": {"Les behovet.\n\nØv på det som er virkelig."}}
	if p := provider.Post(edit, values); p.Status != http.StatusSeeOther {
		t.Fatalf("writing: %d %s", p.Status, p.Text("main"))
	}
	if p := county.Post(edit, values); p.Status != http.StatusConflict {
		t.Errorf("writing over what another wrote: %d", p.Status)
	}
	if strings.Contains(h.Visitor().Get("/veiledere/program").Text("main"), "det som er virkelig") {
		t.Error("the draft is open before there is a version")
	}
	if p := county.Post("/veiledere/program/publiser", url.Values{"why": {"Om øving"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("publishing: %d %s", p.Status, p.Text("main"))
	}
	if text := h.Visitor().Get("/veiledere/program").Text("main"); !strings.Contains(text, "det som er virkelig") || !strings.Contains(text, "Versjon 3") || !strings.Contains(text, "Øv på et virkelig tak.") {
		t.Error("the new version does not say what is new")
	}
	refused := 0
	for _, action := range provider.Get(at).Attrs("form[action^='/erfaringer/']", "action") {
		if p := provider.Post(action, nil); p.Status == http.StatusConflict {
			refused++
		}
	}
	if refused != 1 || !strings.Contains(h.Visitor().Get("/veiledere/program").Text("main"), "virkelig tak") {
		t.Errorf("%d takings back of what a guide has grown from were refused", refused)
	}
	if p := h.Visitor().Get("/veiledere/program/dokument.html"); p.Status != http.StatusOK || !strings.Contains(p.Body, "virkelig tak") {
		t.Errorf("the paper: %d", p.Status)
	}
}

// whoMayNot: the draft and its forms are for those who keep the guide.
func whoMayNot(t *testing.T, h *sitetest.House) {
	for role, may := range map[string]map[string]bool{"secretary": {"forum": true}, "provider": {"program": true}, "county": {"forum": true, "program": true}, "employer": {}, "learner": {}, "adviser": {}} {
		for _, slug := range []string{"forum", "program"} {
			for _, page := range []string{"/utkast", "/del/ny"} {
				want := http.StatusForbidden
				if may[slug] {
					want = http.StatusOK
				}
				if p := h.As(role).Get("/veiledere/" + slug + page); p.Status != want {
					t.Errorf("%s opens %s of %s: %d", role, page, slug, p.Status)
				}
			}
			if p := h.As(role).Post("/veiledere/"+slug+"/publiser", url.Values{"why": {"Fordi"}}); role != "county" && p.Status != http.StatusForbidden {
				t.Errorf("%s publishes %s: %d", role, slug, p.Status)
			}
		}
	}
	made := h.Visitor().Get("/utvikling").Attr("main a[href^='/utvikling/']", "href")
	for _, role := range []string{"learner", "employer", "provider@NTNU Videre"} {
		if strings.Contains(h.As(role).Get(made).Text("main"), "ringe dem da") {
			t.Errorf("%s reads what is only for those who make it", role)
		}
		if p := h.As(role).Post(made+"/erfaring", url.Values{"stage": {"design"}, "words": {"Nei"}, "good": {"ja"}}); p.Status != http.StatusNotFound && role != "provider@NTNU Videre" {
			t.Errorf("%s writes down: %d", role, p.Status)
		}
	}
}
