package roundpaper

import (
	"strings"
	"testing"

	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
)

// TestValues fills the templates of all languages with a round, and with one that
// nobody has answered.
func TestValues(t *testing.T) {
	texts, err := i18n.Load(Files, paperview.Files)
	if err != nil {
		t.Fatal(err)
	}
	set, err := paper.Load("", Kind())
	if err != nil {
		t.Fatal(err)
	}
	day := clock.MustDate
	r := Results{Title: "Runde <1>", Form: "Kartlegging", From: day("2026-10-01"), To: day("2026-10-31"), AsOf: day("2026-11-02"), Plans: true,
		Places: []Place{{"Oppdal", 9, 6, Share{Yes: 2, Of: 6}, Share{Few: true}}, {"Rennebu", 4, 0, Share{Few: true}, Share{Few: true}}},
		Sum:    Place{"", 13, 6, Share{Yes: 2, Of: 6}, Share{Few: true}},
		Questions: []Question{{Label: "Hva trengs?", Answers: 6, Choices: []Choice{{"Sveisere", 5}, {"Kokker", 1}}}, {Label: "Hvor mange?", Answers: 6, Total: 1412},
			{Label: "Hemmelig?", Answers: 2, Total: 99, Few: true}}}
	for _, lang := range i18n.Langs() {
		for name, in := range map[string]Results{"full": r, "empty": {Title: "Runde", Form: "Kartlegging", AsOf: day("2026-11-02")}} {
			d, err := set.Fill(Kind().Name, lang, Values(texts.Printer(lang), in))
			if err != nil || len(d.Check()) > 0 {
				t.Errorf("%s %s: %v %v", lang, name, err, d.Check())
			}
		}
	}
	d, _ := set.Fill(Kind().Name, i18n.NB, Values(texts.Printer(i18n.NB), r))
	page, err := d.Inner()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"13 virksomheter ble spurt, og", "6 virksomheter <span", "(per 02.11.2026, kilde: svarene i kartleggingen)", "01.10.2026 til 31.10.2026", "2 av 6", "Vises ikke",
		"Hva trengs? (6 svar)", `Sveisere</th><td class="paper-number">5</td>`, "1\u00a0412 til sammen, fra 6 svar.", "For få har svart", "bygger på for få svar"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in %s", want, page)
		}
	}
	if strings.Contains(page, "99") || d.Title != "Resultat: Runde <1>" {
		t.Errorf("title %q, or a withheld figure: %s", d.Title, page)
	}
}
