package supplyweb_test

import (
	"context"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"

	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/supply/offer"
)

// TestFactSheet is the programme's page on paper, seen by whoever sees the page.
func TestFactSheet(t *testing.T) {
	h := filled(t)
	path := func(title string) string {
		for _, n := range cascadia.QueryAll(h.get("", "/tilbud").doc, cascadia.MustCompile("table th a")) {
			if strings.Contains(n.FirstChild.Data, title) {
				for _, a := range n.Attr {
					if a.Key == "href" {
						return strings.Split(a.Val, "#")[0]
					}
				}
			}
		}
		t.Fatalf("no programme %s", title)
		return ""
	}
	weld, care := path("Sveising"), path("Helsefag")
	h.get("", weld).want(200).contains("main", "Faktaark")
	p := h.get("", weld+"/faktaark").want(200)
	p.contains("h1", "Sveising").contains(".paper", "Buesveising av stål.", "lese tegning", "Fjell videregående skole", "Løpende, tidligst 03.02.2027", "Samlinger", "Røros", "studieveiledningen",
		"https://www.example.org/sok", "bare åpne opplysninger", "https://kompetansetorg.example.no"+weld)
	p = h.get("", weld+"/faktaark.html?lang=en").want(200)
	if !strings.Contains(p.Body, `<html lang="en">`) || !strings.Contains(p.Body, "<title>Welding</title>") {
		t.Errorf("the HTML file: %.200s", p.Body)
	}
	if p := h.get("", care+"/faktaark.html").want(200); strings.Contains(p.Body, "<b>nå</b>") || !strings.Contains(p.Body, "<h1>Helsefag &lt;b&gt;nå&lt;/b&gt;</h1>") {
		t.Errorf("a title is written as HTML: %.300s", p.Body)
	}
	hidden := "/tilbud/" + string(concept(t, h))
	for _, ending := range []string{"", ".pdf", ".docx", ".html"} {
		h.get("", hidden+"/faktaark"+ending).want(404)
		h.get("rival", hidden+"/faktaark"+ending).want(404)
	}
	h.get("teacher", hidden+"/faktaark").want(200).contains(".paper", "ikke er åpne for alle", "Det er ikke noe tilbud nå")
	h.get("", "/tilbud/tull/faktaark").want(404)
}

// concept is a programme that its provider has not published.
func concept(t *testing.T, h *house) offer.ProgrammeID {
	t.Helper()
	p, err := h.CreateProgramme(context.Background(), h.actors["teacher"], offer.Programme{Provider: h.school, Title: i18n.Text{NB: "Skjult"}, Level: offer.Fagbrev})
	must(t, err)
	return p.ID
}
