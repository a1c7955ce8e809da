package supplyweb_test

import (
	"net/url"
	"strings"
	"testing"
)

const sheetText = "Kursnavn;Nivå;Oppstart;Opptakstype;Undervisningsform;Studiested;Antall plasser\r\n" +
	"Sveising;Fagskole;15.01.2028;Felles oppstart;Samlingsbasert;Røros;20\r\n" +
	"Lafting;kurs;31.02.2028;Fast oppstart;På campus;5025;8\r\n"

// A file is shown before anything is saved; the second time nothing is doubled,
// and what changed is told field by field.
func TestImport(t *testing.T) {
	h := newHouse(t)
	h.get("teacher", "/tilbud/import").want(200).contains("form", "Fil", "Les filen")
	shown := h.upload("teacher", "kurs.csv", sheetText, url.Values{"publish": {"ja"}}).want(303)
	page := h.get("teacher", shown.Location).want(200)
	page.contains("dl", "Nye 3", "Med feil 1").contains("table", "Oppstartsdato: Skriv en dato").contains("main", "Ingenting er lagret ennå", "kurs.csv")
	h.get("", "/tilbud?all=ja").want(200).contains(".kt-empty", "Ingen tilbud passer")
	// Nobody else sees the file.
	for _, actor := range []string{"rival", "officer"} {
		h.get(actor, shown.Location).want(404)
		h.post(actor, shown.Location, url.Values{"do": {"save"}}).want(404)
	}
	h.post("teacher", shown.Location, url.Values{"do": {"save"}}).want(303)
	h.get("", "/tilbud").want(200).contains("tbody", "Sveising", "15.01.2028", "Røros")
	h.get("teacher", shown.Location).want(404)

	shown = h.upload("teacher", "kurs.csv", strings.Replace(sheetText, ";20\r", ";25\r", 1), nil).want(303)
	h.get("teacher", shown.Location).want(200).contains("dl", "Nye 0", "Endret 1", "Uendret 2").contains("table", "Antall plasser", "20", "25")
	h.post("teacher", shown.Location, url.Values{"do": {"discard"}}).want(303)
	h.get("", "/tilbud").want(200).contains(".kt-filter__hits", "1 tilbud").lacks("tbody", "25")
}

// A person can settle the columns when the headings say nothing.
func TestImportColumns(t *testing.T) {
	h := newHouse(t)
	shown := h.upload("teacher", "rart.csv", "Kolonne A;Kolonne B\nSveising;kurs\n", nil).want(303)
	h.get("teacher", shown.Location).want(200).contains(".ds-alert", "Vi fant ingen kolonne").lacks("form", "Ja, lagre")
	h.post("teacher", shown.Location, url.Values{"do": {"remap"}, "column.title": {"0"}, "column.level": {"1"}, "column.code": {"-1"}, "column.contact": {"99"}}).want(303)
	h.get("teacher", shown.Location).want(200).contains("dl", "Nye 1").contains("form", "Ja, lagre")
	h.post("teacher", shown.Location, url.Values{"do": {"save"}}).want(303)
	h.get("teacher", "/tilbud/mine").want(200).contains("main", "Sveising")
}

// What OEAPI gives out it takes in, for another provider.
func TestImportOEAPI(t *testing.T) {
	h := filled(t)
	programmes := h.get("", "/oeapi/v6/programmes").want(200).Body
	// The file names its provider, for whom the rival may not write.
	shown := h.upload("rival", "ut.json", programmes, url.Values{"source": {"naboen"}}).want(303)
	h.get("rival", shown.Location).want(200).contains("dl", "Nye 0", "Med feil 2").contains("table", "Du kan bare legge inn tilbud for din egen virksomhet")
	shown = h.upload("rival", "ut.json", strings.ReplaceAll(programmes, "Fjell videregående skole", "Fagskolen"), url.Values{"source": {"naboen"}}).want(303)
	h.get("rival", shown.Location).want(200).contains("dl", "Nye 2", "Med feil 0")
	h.post("rival", shown.Location, url.Values{"do": {"save"}}).want(303)
	h.get("rival", "/tilbud/mine").want(200).contains("main", "Sveising", "Utkast")
	shown = h.upload("rival", "feil.json", `{"items":[{"programmeId":`, nil).want(303)
	h.get("rival", shown.Location).want(200).contains(".ds-alert", "ikke gyldig JSON")
}

// The page of a programme is taken in by another provider as it is saved from the browser, and
// taken in again it changes nothing.
func TestImportAPage(t *testing.T) {
	h := filled(t)
	page := h.get("", "/tilbud").want(200).attr("main a[href^='/tilbud/']", "href")
	at, _, _ := strings.Cut(page, "#")
	saved := h.get("", at).want(200).Body
	for _, want := range []string{"Nye 3", "Uendret 3"} {
		shown := h.upload("rival", "side.html", saved, url.Values{"source": {"naboen"}}).want(303)
		h.get("rival", shown.Location).want(200).contains("dl", want, "Med feil 0")
		h.post("rival", shown.Location, url.Values{"do": {"save"}}).want(303)
	}
	h.get("rival", "/tilbud/mine").want(200).contains("main", "Sveising", "Utkast")
	if p := h.upload("rival", "tom.html", "<!doctype html><title>Om oss</title>", nil).want(422); !strings.Contains(p.text("#file-error"), "JSON-LD") {
		t.Errorf("a page without a document: %q", p.text("#file-error"))
	}
	shown := h.upload("rival", "annet.json", `{"@context":"https://schema.org","@type":"Restaurant","name":"Kafé"}`, nil).want(303)
	h.get("rival", shown.Location).want(200).contains(".ds-alert", "Restaurant")
	shown = h.upload("rival", "mer.json", `[{"@context":"https://schema.org","@type":"Restaurant","name":"Kafé"},{"@type":"Course","name":"Lafting","url":"https://a.example/1"}]`, nil).want(303)
	h.get("rival", shown.Location).want(200).contains("dl", "Nye 1", "Med feil 0").contains("main", "Det blir ikke tatt med: Restaurant.")
}

func TestImportRefuses(t *testing.T) {
	h := newHouse(t)
	for name, content := range map[string]string{"x.pdf": "%PDF-1.7", "tom.csv": "", "bombe.xlsx": "PK\x03\x04" + strings.Repeat("\x00", 2000)} {
		p := h.upload("teacher", name, content, url.Values{"source": {"systemet"}}).want(422)
		if p.text("#file-error") == "" || p.attr("#source", "value") != "systemet" {
			t.Errorf("%s: %q, kept %q", name, p.text("#file-error"), p.attr("#source", "value"))
		}
	}
	if p := h.upload("teacher", "", "", nil).want(422); p.text("#file-error") == "" {
		t.Error("no file, no message")
	}
	h.post("teacher", "/tilbud/import", url.Values{"source": {"x"}}).want(422)
	if p := h.upload("teacher", "stor.csv", strings.Repeat("x", 11<<20), nil); p.Status != 422 && p.Status != 413 {
		t.Errorf("a large file: %d", p.Status)
	}
	for _, actor := range []string{"", "learner"} {
		h.get(actor, "/tilbud/import").want(403)
		h.upload(actor, "kurs.csv", sheetText, nil).want(403)
	}
	h.get("teacher", "/tilbud/import/sjekk?fil=x").want(404)
	h.get("teacher", "/tilbud/import/sjekk").want(404)
	// The county imports for those the file names.
	shown := h.upload("officer", "alle.csv", "tittel;nivå;tilbyder\nSveising;kurs;Fagskolen\nLafting;kurs;Ukjent skole\n", nil).want(303)
	h.get("officer", shown.Location).want(200).contains("dl", "Nye 1", "Med feil 1").contains("table", "Vi kjenner ikke tilbyderen «Ukjent skole»")
}
