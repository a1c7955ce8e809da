package site_test

import (
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

// sourceFact is something that one of the five documents says, and the page of the demo that says
// it: the way there is a first page and the beginnings of links from it.
type sourceFact struct {
	document string
	way      []string
	want     []string
}

// sourceFacts are the facts of the documents that the demo is made from, in the words of the pages
// (amounts, counts, days, names of organisations and municipalities).
func sourceFacts() []sourceFact {
	const final, south = "final report 2015", "sketch and case 2020"
	project := []string{"/prosjekter?q=arbeidskraftmobiliseringsprosjektet", "/prosjekter/{id}"}
	report := []string{"/prosjekter?q=arbeidskraftmobiliseringsprosjektet", "/prosjekter/{id}", "/sluttrapporter/{id}"}
	return []sourceFact{
		{final, project, []string{"BOLYST", "kr 8 050 000", "kr 4 000 000", "kr 1 650 000", "kr 1 500 000", "kr 900 000", "49,69 %", "20,50 %", "18,63 %", "11,18 %", "17 da det begynte, 19 ved slutten", "55 delprosjekter",
			"39 foregikk i navngitte kommuner, 12 av dem i flere", "57 koblinger", "01.03.2013 til 01.12.2015", "50 prosent stilling", "ordfører i Rissa", "Rissa (nå Indre Fosen)"}},
		{final, append(project, "+/logg"), []string{"15 av 17 (88,2 %)", "17 av 17 (100,0 %)", "11 av 11 (100,0 %)", "Ungdommens Fylkesting", "Sintef", "Senter for Bygdeforskning", "Hadde ikke kapasitet", "Fjellregionen", "Orkdalsregionen", "SUA", "2016–2017"}},
		{final, append(project, "+/avtaler?dato=2015-12-01"), []string{"19 kommuner er med", "Nasjonalparken Næringshage AS", "Røros Næringshage AS", "Leksvik Industriell Vekst AS", "Trøndersk Kystkompetanse AS", "Hemne Næringshage AS, under Trøndersk Kystkompetanse AS", "Meldal", "Tydal"}},
		{final, append(project, "+/avtaler?dato=2013-05-30"), []string{"17 kommuner er med"}},
		{final, append(project, "+/like"), []string{"Gründerkamp med studenter fra NTNU", "Gründercamp", "Treffkveld for utflyttere", "Treffkvelder med kommuner"}},
		{final, append(project, "+/kompendium/oversikt"), []string{"52 av 55", "24.12.2015"}},
		{final, report, []string{"Bakgrunn", "Avslutning"}},
		{"pilots 2020 to 2024", []string{"/prosjekter?q=kompetansepilot+tr%C3%B8ndelag", "/prosjekter/{id}"}, []string{"kr 15 130 000", "kr 2 500 000", "16,52 %", "Pilot Namdalen", "Pilot Trøndelag sør", "Pilot Fosen", "01.10.2020 til 31.12.2023"}},
		{"pilots 2020 to 2024", []string{"/prosjekter?q=kompetansepilot+tr%C3%B8ndelag", "/prosjekter/{id}", "+/logg"}, []string{"FU 265/20", "PS 24/20", "02.09.2020"}},
		{south, []string{"/prosjekter?q=utdanning+i+bedrift", "/prosjekter/{id}"}, []string{"kr 450 000", "kr 150 000", "kr 600 000", "75,00 %", "25,00 %"}},
		{"pilots 2020 to 2024", []string{"/kompetanseregioner/namdalen"}, []string{"otor", "egler", "øteplass"}},
	}
}

// TestFactsOfTheSources finds the facts of the five documents again in the pages that the program
// makes of the demo.
func TestFactsOfTheSources(t *testing.T) {
	h := sitetest.New(t)
	county := h.As("county")
	for _, f := range sourceFacts() {
		at := walk(t, county, f.way)
		page := strings.ReplaceAll(county.Get(at).Text("main"), "\u00a0", " ")
		for _, want := range f.want {
			if !strings.Contains(page, want) {
				t.Errorf("%s: %s does not say %q", f.document, at, want)
			}
		}
	}
}
