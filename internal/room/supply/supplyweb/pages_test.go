package supplyweb_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/supply/offer"
)

// Every template fits its view, and every language has every text.
func TestTemplatesAndTexts(t *testing.T) {
	h := newHouse(t)
	for _, err := range h.door.Views.Check() {
		t.Error(err)
	}
	for _, problem := range h.door.Texts.Check() {
		t.Error(problem)
	}
}

// filled is a house with a small catalogue.
func filled(t testing.TB) *house {
	h := newHouse(t)
	weld := h.programme("Sveising", func(p *offer.Programme) {
		p.Title.NN, p.Title.EN = "Sveising på jobb", "Welding"
		p.Occupations, p.Description.NB, p.Contact = []string{"7212"}, "Buesveising av stål. For alle.", "studieveiledningen"
		p.Outcomes, p.Languages = []i18n.Text{{NB: "lese tegning"}}, []string{"nb"}
	})
	h.offering(weld, func(o *offer.Offering) {
		o.DigitalShare, o.WorkplaceShare = percent(50), percent(50)
		o.Gatherings, o.Target = meet("5025"), offer.Target{Municipalities: []place.Number{"5025"}}
	})
	free := money.NOK(0)
	h.offering(weld, func(o *offer.Offering) {
		o.StartType, o.Delivery, o.Start, o.Gatherings = offer.Fixed, offer.Campus, clock.MustDate("2027-08-23"), meet("5001")
		o.Channel, o.ApplyURL, o.Deadline = offer.Link, "https://www.example.org/sok", clock.MustDate("2027-04-15")
		o.MaxPlaces, o.Enrolled, o.MinPlaces, o.Price = 20, 5, 8, offer.Price{Participant: &free, Year: 2027}
	})
	care := h.programme("Helsefag <b>nå</b>", func(p *offer.Programme) { p.Level = offer.Hoyere })
	h.offering(care, func(o *offer.Offering) {
		o.StartType, o.Delivery, o.Start, o.Channel = offer.Fixed, offer.Gatherings, clock.MustDate("2027-09-01"), offer.National
	})
	return h
}

func TestCatalogue(t *testing.T) {
	h := filled(t)
	p := h.get("", "/tilbud").want(200)
	p.contains("h1", "Tilbud").contains(".kt-filter__hits", "3 tilbud").contains("table", "Sveising", "Løpende, tidligst 03.02.2027", "23.08.2027", "Kan tas på arbeidsplassen", "Rosse – Røros")
	if rows := p.all("tbody tr"); len(rows) != 3 {
		t.Errorf("%d rows", len(rows))
	}
	if strings.Contains(p.Body, "<b>nå</b>") {
		t.Error("a title is written as HTML")
	}
	p.lacks("thead", "Reisevei")
	// The reader's place makes distance a column, sorts by it and filters.
	p = h.get("", "/tilbud?near=R%C3%B8ros").want(200)
	p.contains("thead", "Reisevei i luftlinje").contains("tbody tr:first-child", "I kommunen").contains("tbody", "km til Trondheim")
	if !strings.Contains(p.attr("tbody a", "href"), "?near=5025#t-") {
		t.Errorf("leads to %s", p.attr("tbody a", "href"))
	}
	h.get("", "/tilbud?near=5025&within=50").want(200).contains(".kt-filter__hits", "1 tilbud").contains(".kt-chips", "Bor i 5025", "Høyst 50 km")
	h.get("", "/tilbud?badge=ja&form=nett").want(200).contains(".kt-filter__hits", "1 tilbud")
	h.get("", "/tilbud?level=hoyere").want(200).contains("tbody", "Helsefag")
	h.get("", "/tilbud?q=finnes+ikke").want(200).contains(".kt-empty", "Ingen tilbud passer")
	// A chip leads to the same list without it.
	p = h.get("", "/tilbud?level=hoyere&q=helse").want(200)
	if got := p.attr(".kt-chip", "href"); got != "/tilbud?level=hoyere" {
		t.Errorf("the first chip leads to %q", got)
	}
	// Wrong values are told at the field and what was typed is kept.
	p = h.get("", "/tilbud?near=Atlantis&q=sveis").want(422)
	p.contains("#near-error", "Velg en kommune fra listen").contains("tbody", "Sveising")
	if p.attr("#near", "value") != "Atlantis" || p.attr("#q", "value") != "sveis" {
		t.Error("what was typed is gone")
	}
	for _, q := range []string{"level=doktor", "form=brev", "sort=pris", "region=atlantis", "within=3", "credits_max=mye", "provider=x", "field=99"} {
		h.get("", "/tilbud?"+q).want(422)
	}
	h.get("", "/tilbud?after=tull").want(200)
}

func TestLanguages(t *testing.T) {
	h := filled(t)
	h.get("", "/tilbud?lang=nn").want(200).contains("h1", "Tilbod").contains("tbody", "Sveising på jobb", "Løpande")
	h.get("", "/tilbud?lang=en").want(200).contains("h1", "Courses").contains("tbody", "Welding", "Any day, earliest 3 February 2027")
}

func TestPagerAndSort(t *testing.T) {
	h := newHouse(t)
	p := h.programme("Kurs", nil)
	for range 35 {
		h.offering(p, nil)
	}
	first := h.get("", "/tilbud?sort=title").want(200).contains(".kt-pager", "Viser 1 til 25 av 35")
	if first.attr("th[aria-sort=ascending] a", "href") != "/tilbud?sort=title" {
		t.Error("the sorted column is not marked")
	}
	second := h.get("", first.attr("a[rel=next]", "href")).want(200).contains(".kt-pager", "Viser 26 til 35 av 35", "Første side")
	if rows := second.all("tbody tr"); len(rows) != 10 {
		t.Errorf("%d rows on the second page", len(rows))
	}
}

func TestProgrammePage(t *testing.T) {
	h := filled(t)
	list := h.get("", "/tilbud?near=5025").want(200)
	target, _, _ := strings.Cut(list.attr("tbody a", "href"), "#")
	p := h.get("", target).want(200)
	p.contains("h1", "Sveising").contains("main", "Buesveising av stål", "lese tegning", "Sveisere (7212)", "bokmål")
	articles := p.all("article")
	if len(articles) != 2 {
		t.Fatalf("%d offerings", len(articles))
	}
	for _, want := range []string{"Åpent for søknad", "Kan tas på arbeidsplassen: se hvorfor", "studieveiledningen", "Du kan søke når som helst", "Samme kommune", "Ta kontakt med studieveiledningen for å søke"} {
		if !strings.Contains(articles[0], want) {
			t.Errorf("the first lacks %q: %s", want, articles[0])
		}
	}
	for _, want := range []string{"Du kan søke til og med 15.04.2027", "Endres 16.04.2027: Søknadsfristen er ute", "Kan ikke tas på arbeidsplassen: se hva som mangler",
		"alle starter samtidig", "15 ledige plasser av 20", "3 til må melde seg på", "Gratis for deltakeren (2027)", "Du søker på siden til Fjell", "Siste dag for å søke er 15.04.2027"} {
		if !strings.Contains(articles[1], want) {
			t.Errorf("the second lacks %q: %s", want, articles[1])
		}
	}
	if p.attr(`a[href="https://www.example.org/sok"]`, "href") == "" {
		t.Error("no way on to the provider's page")
	}
	// Nobody but the provider sees what only the provider can do.
	p.lacks("main", "Endre utdanningen", "Bekreft at det stemmer")
	h.get("teacher", target).want(200).contains("main", "Endre utdanningen", "Bekreft at det stemmer", "Avlys")
	h.get("", target+"x").want(422).contains("#near-error", "Velg en kommune")

	national := h.get("", "/tilbud?level=hoyere").want(200)
	h.get("", national.attr("tbody a", "href")).want(200).contains("article", "Opptaket er nasjonalt", "samordnaopptak.no")
}

// The page tells search engines what it is, in JSON that no text can break.
func TestJSONLD(t *testing.T) {
	h := newHouse(t)
	p := h.programme("Sveising </script><script>alert(1)</script>", nil)
	h.offering(p, func(o *offer.Offering) {
		o.MaxPlaces, o.Gatherings, o.PartTimePercent, o.Deadline = 10, meet("5025"), 50, clock.MustDate("2027-05-01")
	})
	h.offering(p, nil)
	draft, err := h.CreateOffering(t.Context(), h.actors["teacher"], p.ID, offer.Offering{StartType: offer.Rolling, Delivery: offer.Net, Channel: offer.Here})
	must(t, err)
	got := h.get("teacher", "/tilbud/"+string(p.ID)).want(200)
	if n := len(got.all("script")); n != 1 {
		t.Fatalf("%d scripts", n)
	}
	var course struct {
		Context  string `json:"@context"`
		Type     string `json:"@type"`
		Name     string `json:"name"`
		Provider struct{ Name string }
		Has      []struct {
			Type  string                  `json:"@type"`
			Mode  []string                `json:"courseMode"`
			Start string                  `json:"startDate"`
			Left  int                     `json:"remainingAttendeeCapacity"`
			Place []struct{ Name string } `json:"location"`
			Work  string                  `json:"courseWorkload"`
			Offer map[string]string       `json:"offers"`
		} `json:"hasCourseInstance"`
	}
	script := got.Body[strings.Index(got.Body, "ld+json\">")+9:]
	script = script[:strings.Index(script, "</script>")]
	if err := json.Unmarshal([]byte(script), &course); err != nil {
		t.Fatalf("%v: %s", err, script)
	}
	if course.Context != "https://schema.org" || course.Type != "Course" || course.Name != p.Title.NB || course.Provider.Name != "Fjell videregående skole" {
		t.Errorf("%+v", course)
	}
	if strings.Contains(script, string(draft.ID)) {
		t.Error("search engines are told of a draft, on its provider's own page")
	}
	if len(course.Has) != 2 || course.Has[0].Start != "2027-02-03" || course.Has[0].Left != 10 || course.Has[0].Place[0].Name != "Rosse – Røros" {
		t.Errorf("%+v", course.Has)
	}
	if dated := course.Has[0]; dated.Work != "Prosent av full tid: 50 prosent" || len(dated.Offer) != 2 || dated.Offer["validThrough"] != "2027-05-01" {
		t.Errorf("%+v", dated)
	}
	if bare := course.Has[1]; bare.Work != "" || bare.Offer != nil {
		t.Errorf("says what its provider has not: %+v", bare)
	}
}

// LOP-2: the page says what was changed from the programme it was made from.
func TestAdapted(t *testing.T) {
	h := newHouse(t)
	base := h.programme("Tømrer på skolen", nil)
	h.offering(base, func(o *offer.Offering) {
		o.StartType, o.Delivery, o.Start, o.Gatherings = offer.Fixed, offer.Campus, clock.MustDate("2027-08-23"), meet("5001")
	})
	made := h.programme("Tømrer der du jobber", func(p *offer.Programme) { p.Adapts = base.ID })
	h.offering(made, func(o *offer.Offering) { o.Gatherings = meet("5025") })
	h.get("", "/tilbud/"+string(made.ID)).want(200).contains("table", "Hva er endret fra Tømrer på skolen?", "På studiestedet", "På nett", "Trondheim", "Røros")
}

// Drafts are for their provider only, on every surface.
func TestDraftsAreHidden(t *testing.T) {
	h := newHouse(t)
	p := h.programme("Hemmelig", nil)
	o, err := h.CreateOffering(t.Context(), h.actors["teacher"], p.ID, offer.Offering{StartType: offer.Rolling, Delivery: offer.Net, Channel: offer.Here})
	must(t, err)
	for _, path := range []string{"/tilbud/" + string(p.ID), "/tilbud/" + string(o.ID), "/api/v1/programmes/" + string(p.ID), "/api/v1/offerings/" + string(o.ID),
		"/oeapi/v6/programmes/" + string(p.ID), "/oeapi/v6/programmes/" + string(p.ID) + "/programme-offerings", "/oeapi/v6/programme-offerings/" + string(o.ID)} {
		for _, actor := range []string{"", "rival", "officer", "learner"} {
			h.get(actor, path).want(404)
		}
	}
	for _, path := range []string{"/tilbud?all=ja", "/tilbud/eksport.csv?all=ja", "/tilbud/eksport.json?all=ja", "/api/v1/programmes", "/api/v1/offerings?all=true", "/oeapi/v6/programmes", "/oeapi/v6/organisations"} {
		if got := h.get("rival", path).want(200); strings.Contains(got.Body, "Hemmelig") || strings.Contains(got.Body, "Fjell") {
			t.Errorf("%s tells of a draft", path)
		}
	}
	h.get("teacher", "/tilbud/"+string(p.ID)).want(200).contains("main", "Bare dere ser", "Utkast")
	if got := h.get("teacher", "/tilbud/"+string(o.ID)).want(303); !strings.HasPrefix(got.Location, "/tilbud/"+string(p.ID)+"#") {
		t.Errorf("leads to %s", got.Location)
	}
	h.get("", "/tilbud/ikke-en-id").want(404)
}

func TestExports(t *testing.T) {
	h := filled(t)
	csv := h.get("", "/tilbud/eksport.csv?near=5025").want(200)
	if !strings.HasPrefix(csv.Body, "\uFEFFTilbud;") || strings.Count(csv.Body, "\r\n") != 4 || !strings.Contains(csv.Body, "Kan tas på arbeidsplassen") {
		t.Errorf("CSV: %s", csv.Body)
	}
	if x := h.get("", "/tilbud/eksport.xlsx").want(200); !strings.HasPrefix(x.Body, "PK") {
		t.Error("no XLSX")
	}
	var list struct {
		Items []map[string]any
		Total int
	}
	must(t, json.Unmarshal([]byte(h.get("", "/tilbud/eksport.json?level=fagbrev").want(200).Body), &list))
	if list.Total != 2 || len(list.Items) != 2 || list.Items[0]["id"] == "" {
		t.Errorf("JSON: %+v", list)
	}
	h.get("", "/tilbud/eksport.csv?level=feil").want(422)
}

func TestMinePage(t *testing.T) {
	h := filled(t)
	h.get("teacher", "/tilbud/mine").want(200).contains("main", "Sveising", "Legg inn en utdanning", "Les inn en fil").lacks("table", "Bekreft at det stemmer")
	h.get("rival", "/tilbud/mine").want(200).contains(".kt-empty", "Ingen tilbud ennå")
	for _, actor := range []string{"", "learner", "officer"} {
		h.get(actor, "/tilbud/mine").want(403)
	}
}

// The provider publishes a rolling offering and it is found.
func TestPublish(t *testing.T) {
	h := newHouse(t)
	h.get("teacher", "/tilbud/ny").want(200).contains("form", "Navn", "Nivå")
	made := h.post("teacher", "/tilbud/ny", url.Values{"title.nb": {"Lafting"}, "level": {"kurs"}, "credits": {"7,5"}, "credit_unit": {"fsp"},
		"fields": {"07"}, "outcomes.nb": {"lafte\nmåle"}, "outcomes.en": {"log building"}}).want(303)
	target, _, _ := strings.Cut(made.Location, "?")
	h.get("teacher", made.Location).want(200).contains(".kt-notice", "Utdanningen er lagret").contains("form", "Når starter man?")
	done := h.post("teacher", target, url.Values{"start_type": {"LOPENDE"}, "form": {"bedrift"}, "admission_channel": {"here"}, "then": {"publish"},
		"gatherings.0.days": {""}, "gatherings.1.municipality": {"Røros"}, "gatherings.1.days": {"2"}, "gatherings.1.voluntary": {"ja"},
		"target_municipalities": {"Røros, Holtålen"}, "max_places": {"12"}, "enrolment.0.kind": {"godkjenning"}}).want(303)
	if !strings.Contains(done.Location, "supply.said.published") {
		t.Errorf("leads to %s", done.Location)
	}
	found := h.get("", "/tilbud?q=lafting&near=Holt%C3%A5len").want(200).contains("tbody", "Lafting", "Ingen reise")
	p := h.get("", found.attr("tbody a", "href")).want(200).contains("article", "Frivillig", "12 ledige plasser av 12").contains("main", "7,5 fagskolepoeng", "lafte", "måle")
	p.lacks("article", "Opptaksperiode")
}

// Wrong values of every field come back at the field, with what was typed.
func TestProgrammeFormRefuses(t *testing.T) {
	h := newHouse(t)
	long := strings.Repeat("x", 100_000)
	for _, tt := range []struct{ field, value, at string }{
		{"title.nb", "", "title.nb"}, {"title.nn", strings.Repeat("å", 201), "title.nn"}, {"level", "", "level"}, {"level", "doktor", "level"}, {"nkr", "9", "nkr"},
		{"credits", "mange", "credits"}, {"credits", "-1", "credits"}, {"credits", "99999999", "credits"}, {"credit_unit", "kilo", "credit_unit"},
		{"description.nb", long, "description.nb"}, {"description.en", long, "description.en"}, {"admission.nb", long, "admission.nb"}, {"supervision.nn", long, "supervision.nn"},
		{"outcomes.nb", strings.Repeat("a\n", 61), "outcomes.nb"}, {"occupations", "72", "occupations"}, {"topics", strings.Repeat("T", 41), "topics"}, {"fields", "99", "fields"},
		{"languages", "klingon", "languages"}, {"digital_share", "101", "digital_share"}, {"workplace_share", "alt", "workplace_share"},
		{"adapts", "018f3b5e-0000-7000-8000-000000000000", "adapts"}, {"valid_from", "i fjor", "valid_from"}, {"valid_to", "30.02.2028", "valid_to"},
		{"contact", long, "contact"}, {"website", "javascript:alert(1)", "website"}, {"code", long, "code"}, {"code_type", "rar", "code_type"},
	} {
		values := url.Values{"title.nb": {"Lafting"}, "level": {"kurs"}, "credits": {"5"}, "credit_unit": {"sp"}}
		values.Set(tt.field, tt.value)
		p := h.post("teacher", "/tilbud/ny", values).want(422)
		if p.text("[id=\""+tt.at+"-error\"]") == "" {
			t.Errorf("%s=%.20q: no message at the field: %s", tt.field, tt.value, p.text(".ds-error-summary"))
		}
		if href := p.attr(".ds-error-summary a", "href"); href != "#"+tt.at && href != "#"+tt.at+"-1" {
			t.Errorf("%s: the summary leads to %q", tt.field, href)
		}
		if tt.field != "title.nb" && p.attr("[id=\"title.nb\"]", "value") != "Lafting" {
			t.Errorf("%s: what was typed is gone", tt.field)
		}
	}
	if list := h.get("teacher", "/tilbud/mine").want(200); strings.Contains(list.Body, "Lafting") {
		t.Error("something was saved")
	}
}

func TestOfferingFormRefuses(t *testing.T) {
	h := newHouse(t)
	p := h.programme("Lafting", nil)
	target := "/tilbud/" + string(p.ID) + "/ny"
	for _, tt := range []struct{ field, value, at string }{
		{"start_type", "SNART", "start_type"}, {"start_type", "", "start_type"}, {"form", "", "form"}, {"form", "brev", "form"}, {"admission_channel", "post", "admission_channel"},
		{"start", "31.02.2027", "start"}, {"end", "2026-01-01", "end"}, {"flexible_from", "x", "flexible_from"}, {"flexible_to", "x", "flexible_to"}, {"deadline", "i morgen", "deadline"},
		{"no_rolling_reason", strings.Repeat("x", 501), "no_rolling_reason"}, {"digital_share", "-1", "digital_share"}, {"workplace_share", "200", "workplace_share"},
		{"part_time_percent", "200", "part_time_percent"}, {"attendance", "natt", "attendance"}, {"min_places", "-1", "min_places"}, {"max_places", "mange", "max_places"},
		{"enrolled", "x", "enrolled"}, {"pending", "-5", "pending"}, {"queued", "1e9", "queued"}, {"answer_days", "61", "answer_days"}, {"wait_value", "-2", "wait_value"}, {"wait_unit", "år", "wait_unit"},
		{"price_participant", "dyrt", "price_participant"}, {"price_participant", "100", "price_year"}, {"price_employer", "-1", "price_employer"}, {"price_year", "x", "price_year"},
		{"apply_url", "ftp://x", "apply_url"}, {"target_region", "atlantis", "target_region"}, {"target_municipalities", "Røros, Atlantis", "target_municipalities"},
		{"gatherings.1.municipality", "Atlantis", "gatherings.0.municipality"}, {"gatherings.0.day", "x", "gatherings.0.day"}, {"gatherings.0.days", "1000", "gatherings.0.days"},
		{"gatherings.0.place", strings.Repeat("x", 201), "gatherings.0.place"}, {"enrolment.1.to", "x", "enrolment.0.to"}, {"enrolment.0.url", "x", "enrolment.0.url"},
		{"enrolment.0.max_queued", "-1", "enrolment.0.max_queued"}, {"enrolment.0.target_group", strings.Repeat("x", 501), "enrolment.0.target_group"}, {"closed.1.from", "2027-07-01", "closed.0.to"},
	} {
		values := url.Values{"start_type": {"LOPENDE"}, "form": {"nett"}, "admission_channel": {"here"}, "start": {"2027-01-11"}, "apply_url": {"https://example.org/a"}}
		values.Set(tt.field, tt.value)
		if tt.field == "gatherings.0.days" {
			values.Set("gatherings.0.municipality", "Røros")
		}
		got := h.post("teacher", target, values).want(422)
		if got.text("[id=\""+tt.at+"-error\"]") == "" {
			t.Errorf("%s=%.20q: no message at %s: %s", tt.field, tt.value, tt.at, got.text(".ds-error-summary"))
		}
		if tt.field != "apply_url" && got.attr("#apply_url", "value") != "https://example.org/a" {
			t.Errorf("%s: what was typed is gone", tt.field)
		}
	}
}

// More rows keep what was typed and save nothing; a wrong value is not
// complained about before one saves.
func TestMoreRows(t *testing.T) {
	h := newHouse(t)
	p := h.programme("Lafting", nil)
	got := h.post("teacher", "/tilbud/"+string(p.ID)+"/ny", url.Values{"start_type": {"FELLES"}, "start": {"snart"}, "rows": {"more"}, "gatherings.3.municipality": {"Røros"}}).want(200)
	if got.attr("[id=\"gatherings.0.municipality\"]", "value") != "Røros" || got.attr("#start", "value") != "snart" || len(got.all(".ds-error-summary")) != 0 {
		t.Error("what was typed is gone, or complained about")
	}
	if got.attr("[id=\"gatherings.4.municipality\"]", "name") == "" {
		t.Error("no more rows")
	}
}

// A stale save shows both versions and keeps what was typed; saving again
// replaces what the other saved.
func TestStaleForm(t *testing.T) {
	h := newHouse(t)
	p := h.programme("Lafting", nil)
	target := "/tilbud/" + string(p.ID) + "/rediger"
	h.post("teacher", target, url.Values{"title.nb": {"Lafting for alle"}, "level": {"kurs"}, "version": {"1"}}).want(303)
	got := h.post("teacher", target, url.Values{"title.nb": {"Lafting for noen"}, "level": {"kurs"}, "version": {"1"}}).want(409)
	got.contains("table", "Lafting for alle", "Lafting for noen").contains(".ds-error-summary", "Noen andre lagret før deg")
	if got.attr("[id=\"title.nb\"]", "value") != "Lafting for noen" || got.attr("[name=version]", "value") != "2" {
		t.Errorf("typed %q, version %q", got.attr("[id=\"title.nb\"]", "value"), got.attr("[name=version]", "value"))
	}
	h.post("teacher", target, url.Values{"title.nb": {"Lafting for noen"}, "level": {"kurs"}, "version": {"2"}}).want(303)
}

// The way through an offering's states, on pages.
func TestActs(t *testing.T) {
	h := newHouse(t)
	p := h.programme("Lafting", nil)
	o := h.offering(p, nil)
	at := "/tilbud/" + string(p.ID) + "/" + string(o.ID) + "/"
	h.post("teacher", at+"bekreft", url.Values{"version": {"2"}}).want(303)
	h.post("teacher", at+"bekreft", url.Values{"version": {"2"}}).want(409)
	h.post("teacher", at+"hvil", url.Values{"version": {"3"}}).want(303)
	h.post("teacher", at+"publiser", url.Values{"version": {"4"}}).want(303)
	h.post("teacher", at+"avlys", url.Values{"version": {"5"}, "reason": {" "}}).want(422).contains("#reason-error", "Fyll ut")
	h.post("teacher", at+"avlys", url.Values{"version": {"5"}, "reason": {"For få påmeldte"}}).want(303)
	h.get("", "/tilbud/"+string(p.ID)).want(200).contains("article", "Avlyst", "For få påmeldte", "Du kan ikke søke nå")
	copied := h.post("teacher", at+"kopier", nil).want(303)
	h.get("teacher", copied.Location).want(200).contains(".kt-notice", "Her er en kopi uten datoer")
	h.post("teacher", "/tilbud/"+string(p.ID)+"/tilstand", url.Values{"version": {"2"}, "state": {"inactive"}}).want(303)
	h.get("", "/tilbud/"+string(p.ID)).want(200).contains("main", "tilbys ikke lenger")
	for _, actor := range []string{"", "rival", "officer", "learner"} {
		for _, act := range []string{"bekreft", "hvil", "publiser", "avlys", "kopier", "rediger"} {
			if got := h.post(actor, at+act, url.Values{"version": {"6"}}); got.Status != 403 && got.Status != 404 {
				t.Errorf("%s may %s: %d", actor, act, got.Status)
			}
		}
	}
	// An offering belongs to its programme's address only.
	other := h.programme("Annet", nil)
	h.get("teacher", "/tilbud/"+string(other.ID)+"/"+string(o.ID)+"/rediger").want(404)
}
