package matchweb_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// TestFind asks one house many things; nothing of it changes anything.
func TestFind(t *testing.T) {
	h := sitetest.New(t)
	for name, test := range map[string]func(*testing.T, *sitetest.House){
		"sawmill": testSawmill, "no need": testNoNeed, "settle": testSettle, "nothing answers": testNothingAnswers, "concepts": testConcepts,
		"unknown concept": testUnknownConcept, "options": testOptions, "adaptations": testAdaptations, "wrong fields": testWrongFields,
		"long text": testLongText, "languages": testLanguages, "examples": testExamples, "without script": testWithoutScript,
		"api": testAPIMatch, "api language": testAPILanguage, "api wrong fields": testAPIWrongFields, "api concepts": testAPIConcepts,
	} {
		t.Run(name, func(t *testing.T) { test(t, h) })
	}
}

// testSawmill is the sentence that must work: wood and saw, and no tourism.
func testSawmill(t *testing.T, h *sitetest.House) {
	p := ask(h.Visitor(), sawText, "municipality", "Rennebu")
	if p.Status != http.StatusOK {
		t.Fatalf("status %d", p.Status)
	}
	chips := p.All("#understood ~ ul.kt-chips a.kt-chip")
	if !holds(chips, "trelast") || !holds(chips, "saga") {
		t.Errorf("understood as %v, want wood, for the word saga", chips)
	}
	education := titles(p, "utdanning")
	if len(education) == 0 || !holds(education[:1], "treteknikk") {
		t.Errorf("education %v, want the trade of the saw first", education)
	}
	for _, word := range []string{"guide", "hotell", "reiseliv", "hytte"} {
		if holds(append(education, titles(p, "tilpasses")...), word) || holds(chips, word) {
			t.Errorf("%q among %v and %v", word, chips, education)
		}
	}
	for _, group := range sections(p) {
		in := `section[aria-labelledby="` + group + `"] article`
		if all, why := p.All(in), p.All(in+":has(.kt-points li)"); len(all) == 0 || len(why) != len(all) {
			t.Errorf("%s: %d of %d answers say why they are there", group, len(why), len(all))
		}
	}
	card := p.Text(`section[aria-labelledby="utdanning"] article`)
	for _, part := range []string{"Trøndelag fylkeskommune", "Fag- eller svennebrev", "Oppstart", "23.11.2026", "Kan tas på arbeidsplassen", "Ingen reise"} {
		if !strings.Contains(card, part) {
			t.Errorf("the card lacks %q: %s", part, card)
		}
	}
	if href := p.Attr(`section[aria-labelledby="utdanning"] h3 a`, "href"); h.Visitor().Get(href).Status != http.StatusOK {
		t.Errorf("the card leads to %s, which is not there", href)
	}
}

func testNoNeed(t *testing.T, h *sitetest.House) {
	p := ask(h.Visitor(), busText)
	if p.Status != http.StatusOK || len(sections(p)) != 0 {
		t.Errorf("status %d, groups %v", p.Status, sections(p))
	}
	if got := p.Text(".kt-empty h2"); got != "Dette ser ikke ut som et kompetansebehov" {
		t.Errorf("it says %q", got)
	}
	for _, href := range []string{"/finn", "/verktoykasse", "/virksomheter?kind=business_hub", "/behov/ny?text=" + url.QueryEscape(busText)} {
		if !p.Has(`.kt-empty a[href="` + href + `"]`) {
			t.Errorf("no way on to %s", href)
		}
	}
	// What it may be about is one press away, and makes it a need.
	next := p.Attr("ul.kt-chips a.kt-chip", "href")
	if got := h.Visitor().Get(next); got.Has(".kt-empty h2") && got.Text(".kt-empty h2") == "Dette ser ikke ut som et kompetansebehov" {
		t.Errorf("%s is still no need", next)
	}
}

func testSettle(t *testing.T, h *sitetest.House) {
	p := ask(h.Visitor(), settle)
	if got := sections(p); len(got) == 0 || got[0] != "tiltak" {
		t.Errorf("groups %v, want measures first", got)
	}
	if measures := titles(p, "tiltak"); len(measures) < 3 {
		t.Errorf("measures %v", measures)
	}
	if !holds(p.All(`section[aria-labelledby="tiltak"] .kt-points li`), "blir ikke boende") {
		t.Error("no measure says that it is about staying")
	}
}

func testNothingAnswers(t *testing.T, h *sitetest.House) {
	p := ask(h.Visitor(), "Vi mangler en biskop i bispedømmet og må rekruttere ny")
	if got := p.Text(".kt-empty h2"); len(sections(p)) != 0 || got != "Vi fant ingenting som passer godt nok" {
		t.Errorf("it says %q", got)
	}
	if !strings.HasPrefix(p.Attr(".kt-empty a", "href"), "/behov/ny?text=") {
		t.Errorf("the first way on is %s", p.Attr(".kt-empty a", "href"))
	}
}

// testConcepts takes a concept away, takes it back and adds another; the list
// follows each time.
func testConcepts(t *testing.T, h *sitetest.House) {
	c := h.Visitor()
	before := ask(c, sawText)
	chip := "#understood ~ ul.kt-chips a[data-removable]"
	first := before.Text(chip)
	without := c.Get(before.Attr(chip, "href"))
	if slices.Contains(without.All(chip), first) {
		t.Errorf("%q is still there after it was taken away", first)
	}
	if slices.Equal(before.All("article .kt-points li"), without.All("article .kt-points li")) {
		t.Error("taking a concept away changed nothing")
	}
	back := c.Get(without.Attr(`ul[aria-label="Tatt bort"] a`, "href"))
	if !slices.Equal(back.All("article h3"), before.All("article h3")) {
		t.Errorf("taken back gives %v, before %v", back.All("article h3"), before.All("article h3"))
	}
	added := ask(c, sawText, "legg", "Sveisere (yrke)", "municipality", "Melhus")
	if !holds(added.All(chip), "Sveisere (lagt til)") {
		t.Errorf("chips %v, want the added one", added.All(chip))
	}
	if !holds(append(titles(added, "utdanning"), titles(added, "tilpasses")...), "Sveising i rustfritt") {
		t.Errorf("answers %v, want welding too", added.All("article h3"))
	}
	if got := added.Attr("#municipality", "value"); got != "Melhus" {
		t.Errorf("the municipality is now %q", got)
	}
}

// testUnknownConcept keeps what is answered, says what was not found, and asks.
func testUnknownConcept(t *testing.T, h *sitetest.House) {
	p := ask(h.Visitor(), sawText, "legg", "sveis")
	if p.Status != http.StatusUnprocessableEntity || !slices.Equal(fields(p), []string{"legg"}) {
		t.Errorf("status %d, fields %v", p.Status, fields(p))
	}
	if p.Attr("#legg", "value") != "sveis" || len(p.All("article")) == 0 {
		t.Errorf("typed %q is lost, or the answers are", p.Attr("#legg", "value"))
	}
	if !holds(p.All("ul.kt-chips a"), "Sveisere (yrke)") {
		t.Errorf("it does not ask whether welders are meant: %v", p.All("ul.kt-chips a"))
	}
}

func testOptions(t *testing.T, h *sitetest.House) {
	p := h.Visitor().Get("/finn/begrep?legg=svei")
	if p.Status != http.StatusOK || !strings.Contains(p.Body, `value="Sveisere (yrke)"`) || strings.Contains(p.Body, "<html") {
		t.Errorf("status %d: %s", p.Status, p.Body)
	}
	if p := h.Visitor().Get("/finn/begrep"); p.Status != http.StatusOK || strings.Contains(p.Body, "<option") {
		t.Errorf("nothing typed gives %s", p.Body)
	}
}

// testAdaptations names what fails, and does not hide the offer.
func testAdaptations(t *testing.T, h *sitetest.House) {
	p := ask(h.Visitor(), sawText, "form", "campus", "municipality", "Vardø")
	if len(titles(p, "tilpasses")) == 0 || len(titles(p, "utdanning")) != 0 {
		t.Fatalf("education %v, to be adapted %v", titles(p, "utdanning"), titles(p, "tilpasses"))
	}
	fails := p.All(`section[aria-labelledby="tilpasses"] article li[data-kind="no"]`)
	if !holds(fails, "Tas på en annen måte enn dere ønsker") {
		t.Errorf("what fails is %v", fails)
	}
	actions := p.All(`section[aria-labelledby="tilpasses"] article:first-child .kt-actions a`)
	if len(actions) != 1 || !strings.HasPrefix(actions[0], "Be om tilpasning") {
		t.Errorf("there is not one thing to do: %v", actions)
	}
	// A visitor signs in, comes to the form of a need, and brings the text.
	href := p.Attr(`section[aria-labelledby="tilpasses"] .kt-actions a`, "href")
	if to := h.Visitor().Get(href).Location; !strings.HasPrefix(to, "/logg-inn?til="+url.QueryEscape("/behov/ny?")) {
		t.Errorf("a visitor is led to %s", to)
	}
	if form := h.As("adviser").Get(href); form.Text("textarea#text") != sawText {
		t.Errorf("the form has the text %q", form.Text("textarea#text"))
	}
	if p := ask(h.As("learner"), sawText, "form", "campus"); holds(p.All("article .kt-actions a"), "Be om tilpasning") {
		t.Error("somebody who cannot register a need is asked to")
	}
}

func testWrongFields(t *testing.T, h *sitetest.House) {
	tests := []struct {
		name, value, field, message string
	}{
		{"q", "", "q", "Skriv hva dere trenger"},
		{"q", strings.Repeat("x", 20_001), "q", "for lang"},
		{"municipality", "Atlantis", "municipality", "Velg en kommune"},
		{"headcount", "mange", "headcount", "helt tall"},
		{"headcount", "-1", "headcount", "fra 1 til"},
		{"headcount", "10001", "headcount", "fra 1 til"},
		{"level", "doktor", "level", "Velg et av alternativene"},
		{"form", "brevskole", "form-1", "Velg et av alternativene"},
		{"from", "snart", "from", "Skriv en dato"},
	}
	for _, tt := range tests {
		v := url.Values{"q": {sawText}, "headcount": {"3"}}
		v.Set(tt.name, tt.value)
		p := h.Visitor().Get("/finn?" + v.Encode())
		if p.Status != http.StatusUnprocessableEntity || !slices.Equal(fields(p), []string{tt.field}) || !holds(p.All(".ds-error-summary li"), tt.message) {
			t.Errorf("%s=%.20q: status %d, fields %v, says %v", tt.name, tt.value, p.Status, fields(p), p.All(".ds-error-summary li"))
		}
		if tt.name != "q" && (p.Text("textarea#q") != sawText || tt.field == tt.name && tt.name != "level" && p.Attr("#"+tt.name, "value") != tt.value) {
			t.Errorf("%s=%q: what was typed is lost", tt.name, tt.value)
		}
		if tt.name != "q" && !p.Has("details[open] #"+tt.field) {
			t.Errorf("%s=%q: the field is hidden", tt.name, tt.value)
		}
	}
	all := h.Visitor().Get("/finn?q=&headcount=x&municipality=y&from=z")
	if got := fields(all); !slices.Equal(got, []string{"q", "municipality", "headcount", "from"}) {
		t.Errorf("all at once: %v", got)
	}
}

// testLongText keeps a text of 100,000 characters, and the page small.
func testLongText(t *testing.T, h *sitetest.House) {
	text := strings.TrimSpace(strings.Repeat("Vi må lære å sveise. ", 5000))
	p := ask(h.Visitor(), text)
	if p.Status != http.StatusUnprocessableEntity || p.Text("textarea#q") != text {
		t.Errorf("status %d, %d of %d bytes kept", p.Status, len(p.Text("textarea#q")), len(text))
	}
	if len(p.Body) > 2*len(text) {
		t.Errorf("the page has %d bytes", len(p.Body))
	}
	longest := strings.TrimSpace(strings.Repeat("Vi må lære å sveise. ", need.MaxText/21))
	if p := ask(h.Visitor(), longest); p.Status != http.StatusOK || !holds(p.All("ul.kt-chips a"), "sveis") {
		t.Errorf("%d characters: status %d", len(longest), p.Status)
	}
}

func testLanguages(t *testing.T, h *sitetest.House) {
	for _, tt := range []struct{ lang, title, text, why string }{
		{"nb", "Dette svarer på behovet", sawText, "Hvorfor dette"},
		{"nn", "Dette svarar på behovet", sawText, "Kvifor dette"},
		{"en", "What answers your need", "Our welders need training in stainless steel", "Why this"},
	} {
		p := ask(h.Visitor(), tt.text, "lang", tt.lang)
		if p.Attr("html", "lang") != tt.lang || p.Text("h1") != tt.title || p.Text(".kt-card__why") != tt.why {
			t.Errorf("%s: lang %q, h1 %q, why %q", tt.lang, p.Attr("html", "lang"), p.Text("h1"), p.Text(".kt-card__why"))
		}
		for _, prefix := range []string{"match.", "supply.", "support."} {
			if words := p.Text("main"); strings.Contains(words, prefix+"why") || strings.Contains(words, prefix+"fact") || strings.Contains(words, prefix+"level") {
				t.Errorf("%s: a key is shown: %s", tt.lang, words)
			}
		}
	}
}

// testExamples: every example answers something, in every language.
func testExamples(t *testing.T, h *sitetest.House) {
	for _, lang := range []string{"nb", "nn", "en"} {
		examples := h.Visitor().Get("/finn?lang=" + lang).All(".kt-hero__examples a")
		if len(examples) != 4 {
			t.Errorf("%s: examples %v", lang, examples)
		}
		for _, text := range examples {
			if p := ask(h.Visitor(), text, "lang", lang); len(p.All("section[aria-labelledby] article")) == 0 {
				t.Errorf("%s: nothing answers %q", lang, text)
			}
		}
	}
}

// testWithoutScript: a plain form, plain links, and nothing that is only there
// for a script.
func testWithoutScript(t *testing.T, h *sitetest.House) {
	p := h.Visitor().Get("/finn")
	if p.Status != http.StatusOK || p.Attr("main form", "method") != "get" || p.Attr("main form", "action") != "/finn" {
		t.Errorf("status %d, form %s %s", p.Status, p.Attr("main form", "method"), p.Attr("main form", "action"))
	}
	for _, name := range []string{"q", "municipality", "headcount", "level", "form-1", "from"} {
		if !p.Has("main form #"+name) || !p.Has(`label[for="`+name+`"]`) {
			t.Errorf("no field %s with a label", name)
		}
	}
	if p.Has("main script") || p.Has("main [onclick]") {
		t.Error("the page needs a script")
	}
	// The add form of the answer carries all the rest along.
	answer := ask(h.Visitor(), sawText, "municipality", "Rennebu", "form", "nett", "fjern", "styrk08:8172")
	form := url.Values{"legg": {"Sveisere"}}
	for _, name := range []string{"q", "municipality", "form", "fjern"} {
		form.Set(name, answer.Attr(`form.kt-filter__search input[name="`+name+`"]`, "value"))
	}
	if form.Get("q") != sawText || form.Get("fjern") != "styrk08:8172" || form.Get("form") != "nett" || form.Get("municipality") != "Rennebu" {
		t.Errorf("the add form carries %v", form)
	}
	if p := h.Visitor().Get("/finn?" + form.Encode()); !holds(p.All("ul.kt-chips a"), "Sveisere (lagt til)") {
		t.Errorf("added by name: %v", p.All("ul.kt-chips a"))
	}
}

// testNothingPrivate: a need that is not open shows in no answer; only the
// rounded number of organisations may count it.
func testNothingPrivate(t *testing.T, h *sitetest.House) {
	n := register(t, h, func(c *need.Content) {
		c.Text, c.Headcount = "Hemmelig plan: fem sveisere skal lære rustfritt på linje Kvitauge", 7
		c.Confidentiality, c.ConfidentialityGround = need.Internal, "Røper en plan"
	})
	api := h.Visitor().JSON("POST", "/api/v1/match", `{"text":"Fem sveisere skal lære rustfritt på linje Kvitauge"}`)
	for _, p := range []sitetest.Page{ask(h.Visitor(), "Sveisere skal lære rustfritt på linjen"), api} {
		for _, secret := range []string{"Hemmelig plan", string(n.ID), n.Number, sawmill} {
			if strings.Contains(p.Body, secret) {
				t.Errorf("an answer holds %q", secret)
			}
		}
	}
	if p := h.Visitor().JSON("GET", "/api/v1/needs/"+string(n.ID)+"/matches", ""); p.Status != http.StatusNotFound {
		t.Errorf("answers to a hidden need: %d", p.Status)
	}
}
