package costweb_test

import (
	"context"
	"encoding/json"
	"math"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/supply/cost"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/site/sitetest"
)

const (
	trondheim, roros, namsos place.Number = "5001", "5025", "5007"
	asked                                 = "seats=2&from=Trondheim&hour=400&participant=1"
)

// TestCost runs the tests of this file, which share a house.
func TestCost(t *testing.T) {
	h := sitetest.New(t)
	t.Run("beside_each_other", func(t *testing.T) { besideEachOther(t, h) })
	t.Run("what_is_not_known", func(t *testing.T) { whatIsNotKnown(t, h) })
	t.Run("paper", func(t *testing.T) { onPaper(t, h) })
	t.Run("rates_of_the_county", func(t *testing.T) { ratesOfTheCounty(t, h) })
}

// programme is offered as said, at kr 5 000 for the participant; a draft when it
// is not offered.
func programme(t *testing.T, h *sitetest.House, offerings ...offer.Offering) offer.ProgrammeID {
	t.Helper()
	ctx, system, provider := context.Background(), access.SystemActor("test"), h.Actor("provider").Orgs(access.RoleProviderUser)[0]
	p, err := h.Supply.CreateProgramme(ctx, system, offer.Programme{Provider: provider, Title: i18n.Text{NB: "Laft og tak"}, Level: offer.Kurs})
	if err != nil {
		t.Fatal(err)
	}
	price := money.Kroner(5000)
	for _, o := range offerings {
		o.StartType, o.Channel, o.Price = offer.Rolling, offer.Here, offer.Price{Participant: &price, Year: 2026}
		made, err := h.Supply.CreateOffering(ctx, system, p.ID, o)
		if err == nil {
			err = h.Supply.Publish(ctx, system, made.ID, made.Version)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return p.ID
}

func three() []offer.Offering {
	return []offer.Offering{{Delivery: offer.Campus, Gatherings: []offer.Gathering{{Municipality: namsos, Days: 2}}},
		{Delivery: offer.Gatherings, Gatherings: []offer.Gathering{{Municipality: trondheim, Days: 1}, {Municipality: roros, Days: 3, Voluntary: true}}}, {Delivery: offer.Company}}
}

func sums(p sitetest.Page) []string {
	rows := p.All("#comparison tbody tr:last-child td")
	for i := range rows {
		rows[i] = strings.Join(strings.Fields(rows[i]), " ")
	}
	return rows
}

// besideEachOther goes from the programme to the answer, and finds the same in JSON.
func besideEachOther(t *testing.T, h *sitetest.House) {
	id := programme(t, h, three()...)
	at, c := "/tilbud/"+string(id), h.Visitor()
	first := c.Get(c.Get(at).Attr(`main a[href^="`+at+`/kostnad?offering="]`, "href"))
	if first.Status != http.StatusOK || first.Has("#comparison") || !first.Has("#participant-1[checked]") || first.Attr("input[name=offering]", "value") == "" {
		t.Fatalf("before anything is asked: %d %s", first.Status, first.Text("main"))
	}
	p := c.Get(at + "/kostnad?" + asked + "&home_days=1&lodging=1000&board=500")
	km, _ := h.Places.Distance(trondheim, namsos)
	road := int64(math.Round(float64(km) * 1.3))
	// Two people pay kr 5 000 each and lose 2, 1 and 1 workdays of 7,5 h × kr 400;
	// on campus each drives there and back once and sleeps two nights.
	travel := money.NOK(2*2*road*5_30 + 2*2*1000_00 + 2*2*500_00)
	want := []money.NOK{10_000_00 + travel + 12_000_00, 10_000_00 + 6_000_00, 10_000_00 + 6_000_00}
	got := sums(p)
	if p.Status != http.StatusOK || len(got) != 3 {
		t.Fatalf("%d %v", p.Status, got)
	}
	for i, w := range want {
		if g := strings.ReplaceAll(got[i], "\u00a0", " "); !strings.HasSuffix(g, strings.ReplaceAll(w.Format(), "\u00a0", " ")) {
			t.Errorf("way %d costs %q, by hand %s", i, g, w)
		}
	}
	if p.Has(".ds-alert[data-color=warning]") || strings.Contains(p.Text("#used"), "Ingen sats") {
		t.Error("what the employer has written is missing all the same")
	}
	if s := p.Text("section[aria-labelledby=way-gatherings]"); strings.Contains(s, "Røros") || !strings.Contains(s, "I samme kommune") {
		t.Errorf("the gatherings: %s", s)
	}
	if s := p.Text("#used"); !strings.Contains(s, "Antakelse") || !strings.Contains(s, "særavtale") || !strings.Contains(s, "Skrevet av deg") {
		t.Errorf("sources: %s", s)
	}
	link := p.Attr("#share", "value")
	shared, err := url.Parse(link)
	if err != nil || !strings.Contains(shared.RawQuery, "on=2026-") {
		t.Fatalf("the address to share: %q, %v", link, err)
	}
	if again := sums(h.As("employer").Get(shared.RequestURI())); strings.Join(again, "|") != strings.Join(got, "|") {
		t.Errorf("who gets the address reads %v, not %v", again, got)
	}
	var out struct {
		Ways []struct {
			Kind     string
			Sum      float64
			Complete bool
			Lines    []struct{ Kind, Lack string }
		}
	}
	api := c.JSON("GET", "/api/v1/programmes/"+string(id)+"/cost?"+asked+"&home_days=1", "")
	if err := json.Unmarshal([]byte(api.Body), &out); err != nil || len(out.Ways) != 3 {
		t.Fatalf("JSON: %d %s", api.Status, api.Body)
	}
	if out.Ways[1].Sum != float64(want[1])/100 || !out.Ways[1].Complete || out.Ways[0].Complete || out.Ways[0].Sum != float64(want[0]-2*2*1500_00)/100 {
		t.Errorf("JSON: %s", api.Body)
	}
	api = c.JSON("GET", "/api/v1/programmes/"+string(id)+"/cost?"+asked+"&home_days=1&lodging=1000.00&board=500", "")
	if err := json.Unmarshal([]byte(api.Body), &out); err != nil || !out.Ways[0].Complete || out.Ways[0].Sum != float64(want[0])/100 {
		t.Errorf("JSON with own numbers: %d %s", api.Status, api.Body)
	}
	if p := c.JSON("GET", "/api/v1/programmes/"+string(id)+"/cost?seats=1", ""); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("JSON without a place: %d", p.Status)
	}
}

// whatIsNotKnown is named, and is not in the sum.
func whatIsNotKnown(t *testing.T, h *sitetest.House) {
	c := h.Visitor()
	at := "/tilbud/" + string(programme(t, h, offer.Offering{Delivery: offer.Gatherings, Gatherings: []offer.Gathering{{Place: "Et sted", Days: 1}}})) + "/kostnad?"
	p := c.Get(at + asked)
	if s := p.Text("section[aria-labelledby=way-gatherings]"); !strings.Contains(s, "Avstanden er ikke kjent") || !strings.Contains(s, "Vi vet ikke hvor langt det er") {
		t.Errorf("a place nobody knows: %s", s)
	}
	if s := p.Text("section[aria-labelledby=answer]"); !strings.Contains(s, "Summene er ikke fullstendige") || !strings.Contains(s, "Samlinger: Kjøring, Overnatting og Kost er ikke med") {
		t.Errorf("what is lacking is not said: %s", s)
	}
	if s := p.Text("section[aria-labelledby=way-campus]"); !strings.Contains(s, "tilbys ikke på campus. Vi regner som") || !strings.Contains(s, "hvor mange dager") {
		t.Errorf("campus: %s", s)
	}
	if s := p.Text("section[aria-labelledby=way-workplace]"); !strings.Contains(s, "tilbys ikke på arbeidsplassen") {
		t.Errorf("the workplace: %s", s)
	}
	if s := c.Get(at + asked + "&campus_days=7").Text("section[aria-labelledby=way-campus]"); !strings.Contains(s, "5 dager") || !strings.Contains(s, "2 dager") || !strings.Contains(s, "7 arbeidsdager × 2 personer × 7,5 timer") {
		t.Errorf("seven days on campus: %s", s)
	}
	if s := c.Get(at + asked + "&campus_days=1&on=2027-01-04").Text("main"); !strings.Contains(s, "Det er ingen sats for Kjøring med bil den 04.01.2027") {
		t.Errorf("a day without rates: %s", s)
	}
	for _, wrong := range []string{"seats=0&from=Trondheim", "seats=1", "seats=1&from=Ingensteds", "seats=1&from=Trondheim&road_factor=0,5", "seats=1&from=Trondheim&lodging=mye"} {
		if p := c.Get(at + wrong); p.Status != http.StatusUnprocessableEntity || p.Has("#comparison") {
			t.Errorf("%s: %d", wrong, p.Status)
		}
	}
	none := h.As("provider").Get("/tilbud/" + string(programme(t, h)) + "/kostnad?" + asked)
	if none.Status != http.StatusOK || !strings.Contains(none.Text("main"), "Ingenting å regne på") {
		t.Errorf("nothing offered: %d", none.Status)
	}
}

// onPaper is the same answer, to those who may read of the programme.
func onPaper(t *testing.T, h *sitetest.House) {
	c, at := h.Visitor(), "/tilbud/"+string(programme(t, h, three()...))+"/kostnad"
	page := c.Get(at + "?" + asked)
	href := page.Attr(`main a[href^="`+at+`/ark?"]`, "href")
	p := c.Get(href)
	for _, words := range []string{"Laft og tak", "Trondheim", "Summene er ikke fullstendige", "Kostnad for hele gruppen", "Slik er tallene regnet ut", "Antakelse", "Dette er ikke med"} {
		if !strings.Contains(p.Text("main"), words) {
			t.Errorf("the paper does not say %q: %s", words, p.Text("main"))
		}
	}
	for _, sum := range sums(page) {
		if sum, _, _ = strings.Cut(sum, " Noe"); !strings.Contains(strings.Join(strings.Fields(p.Text("main")), " "), sum) {
			t.Errorf("the paper does not have %q", sum)
		}
	}
	file := p.Attr(`main a[href*="/ark.pdf"]`, "href")
	switch pdf := c.Get(file); {
	case pdf.Status == http.StatusServiceUnavailable:
		t.Log("PDF cannot be made on this machine")
	case pdf.Status != http.StatusOK || !strings.HasPrefix(pdf.Body, "%PDF-"):
		t.Errorf("%s: %d %.40q", file, pdf.Status, pdf.Body)
	}
	if p := c.Get(at + "/ark"); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("a paper of nothing asked: %d", p.Status)
	}
	draft := string(programme(t, h))
	for _, path := range []string{"/tilbud/" + draft + "/kostnad", "/tilbud/" + draft + "/kostnad/ark?" + asked, "/api/v1/programmes/" + draft + "/cost?" + asked, "/tilbud/tull/kostnad"} {
		if p := c.Get(path); p.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, p.Status)
		}
	}
	if p := h.As("provider").Get("/tilbud/" + draft + "/kostnad"); p.Status != http.StatusOK {
		t.Errorf("its provider: %d", p.Status)
	}
}

// ratesOfTheCounty: the county writes what is missing, and it counts from its day.
func ratesOfTheCounty(t *testing.T, h *sitetest.House) {
	c, path := h.As("county"), "/kostnad/satser/lodging"
	if !c.Get("/kostnad/satser").Has(`main a[href="`+path+`"]`) || h.As("employer").Get("/kostnad/satser").Has(`main a[href="`+path+`"]`) {
		t.Error("the county alone is asked to write rates")
	}
	form := url.Values{"version": {c.Get(path).Attr("input[name=version]", "value")}, "amount": {"1 250,50"}, "from": {"2026-11-01"}, "source": {"Rammeavtalen for hotell"}, "checked_on": {"2026-11-02"}}
	if p := h.As("employer").Post(path, form); p.Status != http.StatusForbidden {
		t.Errorf("an employer writes a rate: %d", p.Status)
	}
	wrong := url.Values{"version": form["version"], "amount": {"1250,50"}, "from": {"2026-11-01"}, "to": {"2026-10-01"}}
	if p := c.Post(path, wrong); p.Status != http.StatusUnprocessableEntity || !p.Has("#to-error") || !p.Has("#source-error") || p.Attr("#amount", "value") != "1250,50" {
		t.Errorf("a rate without a source: %d", p.Status)
	}
	if p := c.Follow(c.Post(path, form)); !strings.Contains(p.Text("#rates"), "kr 1 250,50 per natt") && !strings.Contains(p.Text("#rates"), "kr\u00a01\u00a0250,50 per natt") {
		t.Errorf("the rate is not there: %s", p.Text("#rates"))
	}
	if p := c.Post(path, form); p.Status != http.StatusConflict || !strings.Contains(p.Text("section[aria-labelledby=theirs]"), "Rammeavtalen for hotell") {
		t.Errorf("written from what stood before: %d", p.Status)
	}
	if p := c.Get("/kostnad/satser/sykkel"); p.Status != http.StatusNotFound {
		t.Errorf("a rate that is none: %d", p.Status)
	}
	all, err := h.Costs.Rates(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if n := len(cost.Holding(all, h.Today())); n != 6 {
		t.Errorf("%d rates hold today", n)
	}
}
