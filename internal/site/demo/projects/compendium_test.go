package projects_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/site"
	"kompetansetorg/internal/site/demo/projects"
	"kompetansetorg/internal/site/sitetest"
)

// TestTheCompendium of the demo has its groups in the order of the final report with as many
// projects in each, and marks the three that have not written.
func TestTheCompendium(t *testing.T) {
	h := sitetest.New(t)
	for lang, want := range map[i18n.Lang][]string{
		i18n.NB: {"Generelle tiltak (10)", "Offentlig sektor (6)", "Ungdom (9)", "Studenter (8)", "Tilflyttere/tilbakeflyttere (12)", "Næringsliv (10)", "Mangler"},
		i18n.NN: {"Generelle tiltak (10)", "Offentleg sektor (6)", "Ungdom (9)", "Studentar (8)", "Tilflyttarar/tilbakeflyttarar (12)", "Næringsliv (10)", "Manglar"},
		i18n.EN: {"General measures (10)", "Public sector (6)", "Young people (9)", "Students (8)", "Newcomers and returners (12)", "Business (10)", "Missing"},
	} {
		doc, err := site.Compendium(t.Context(), h.DB(), clock.Clock(time.Now), lang, "")
		if err != nil {
			t.Fatal(err)
		}
		page, err := doc.HTML()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range regexp.MustCompile(`<h2[^>]*>([^<]+)</h2>`).FindAllStringSubmatch(string(page), -1) {
			got = append(got, m[1])
		}
		if !slices.Equal(slices.DeleteFunc(got, func(s string) bool { return !slices.Contains(want, s) }), want) {
			t.Errorf("%s: %v", lang, got)
		}
		if n := strings.Count(string(page), "<h3"); n != 55 {
			t.Errorf("%s: %d projects", lang, n)
		}
		if lang == i18n.NB && (strings.Count(string(page), "Kort sluttrapport mangler.") != 3 || !strings.Contains(string(page), "52 av 55")) {
			t.Error("it does not mark the three that are missing")
		}
	}
}

// TestTheFinalReport of the demo has its eleven chapters in every language, the sum of who paid,
// and the two that are not written marked.
func TestTheFinalReport(t *testing.T) {
	h := sitetest.New(t)
	for lang, missing := range map[i18n.Lang]string{i18n.NB: "Dette kapitlet er ikke skrevet ennå.", i18n.NN: "Dette kapitlet er ikkje skrive enno.", i18n.EN: "This chapter is not written yet."} {
		doc, err := site.FinalReport(t.Context(), h.DB(), clock.Clock(time.Now), lang, "")
		if err != nil {
			t.Fatal(err)
		}
		page, err := doc.HTML()
		if err != nil {
			t.Fatal(err)
		}
		if n := len(regexp.MustCompile(`<h2[^>]*>\d+ [^<]+</h2>`).FindAll(page, -1)); n != 11 {
			t.Errorf("%s: %d numbered chapters", lang, n)
		}
		if n := strings.Count(string(page), missing); n != 2 {
			t.Errorf("%s: %d chapters are marked as missing", lang, n)
		}
		if !strings.Contains(strings.ReplaceAll(string(page), "\u00a0", " "), "8 050 000") {
			t.Errorf("%s: the sum is not there", lang)
		}
	}
}

// TestTheReport of 2013 has the 18 rows of its form in their order in every language, 142 words on
// how the work goes on, and neither answer marked as missing.
func TestTheReport(t *testing.T) {
	if n := text.WordCount(projects.Onward); n != 142 {
		t.Errorf("how the work goes on: %d words", n)
	}
	h := sitetest.New(t)
	for lang, want := range map[i18n.Lang][]string{
		i18n.NB: {"Årlig rapport BOLYST 2013", "Til: Kommunal- og regionaldepartementet", "Kommune:", "Prosjektnavn:", "Prosjektleder", "Leder i Styringsgruppen", "ordfører i Rissa", "Kontaktperson i Fylkeskommunen", "daglig leder for Kysten er klar", "Forankring av prosjektet", "a) Styringsgruppe", "c) Samarbeid med andre aktører lokalt, og regionalt",
			"Mål og eventuelle delmål", "Målgrupper for prosjektet", "Resultat som er oppnådd", "a) Følger opprinnelig plan", "b) Effekten kommer innen flere kommuner i regionen.", "Effekten kommer i hele fylket (omtrent)", "metodikk", "Overføringsverdi", "17 kommunene", "Ekstern kommunikasjon", "(15/17)", "regnskap-2013.csv",
			"a) Stabilisere eller øke befolkningen", "h) Å gjøre stedet", "(maks 250 ord)"},
		i18n.NN: {"Årleg rapport BOLYST 2013", "Godkjend", "Prosjektleiar"},
		i18n.EN: {"Annual report BOLYST 2013", "Approved", "Project manager"},
	} {
		doc, err := site.Report(t.Context(), h.DB(), clock.Clock(time.Now), lang, "", "bolyst-2013")
		if err != nil {
			t.Fatal(err)
		}
		page, err := doc.HTML()
		if err != nil {
			t.Fatal(err)
		}
		rest := strings.ReplaceAll(string(page), "\u00a0", " ")
		for _, s := range want {
			_, after, ok := strings.Cut(rest, s)
			if !ok {
				t.Errorf("%s: %q is not there, or not in its place", lang, s)
				continue
			}
			rest = after
		}
		// Three more stand above them: when, where and for whom the paper was made.
		if n := strings.Count(string(page), "<dt"); n != 18+3 {
			t.Errorf("%s: %d rows", lang, n)
		}
		if strings.Contains(string(page), "Mangler svar") {
			t.Errorf("%s: something is missing", lang)
		}
	}
	doc, err := site.Report(t.Context(), h.DB(), clock.Clock(time.Now), i18n.NB, "", "arsrapport-fylke")
	if err != nil {
		t.Fatal(err)
	}
	if page, err := doc.HTML(); err != nil || !strings.Contains(string(page), "Mangler svar") || !strings.Contains(string(page), "Arbeidskraftmobiliseringsprosjektet") {
		t.Errorf("what would be filled in: %v", err)
	}
}
