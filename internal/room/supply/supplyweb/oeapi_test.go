package supplyweb_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/supply/offer"
)

// specification compiles the answers of the standard's operations. Formats are
// asserted; the extensible enumerations are open by their own account.
func specification(t *testing.T) func(path string) *jsonschema.Schema {
	t.Helper()
	const file = "../../../../../shared/data/schemas/oeapi/ooapiv6.json"
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the specification is not here: %v", err)
	}
	must(t, err)
	defer f.Close()
	doc, err := jsonschema.UnmarshalJSON(f)
	must(t, err)
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	// Go's expressions have no lookahead. The one there says no more than that
	// a duration is not empty, and we write no durations.
	c.UseRegexpEngine(func(s string) (jsonschema.Regexp, error) {
		return regexp.Compile(strings.ReplaceAll(s, `(?=\d|T\d)`, ""))
	})
	must(t, c.AddResource("oeapi.json", doc))
	return func(path string) *jsonschema.Schema {
		pointer := "#/paths/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(path) + "/get/responses/200/content/application~1json/schema"
		s, err := c.Compile("oeapi.json" + strings.NewReplacer("{", "%7B", "}", "%7D").Replace(pointer))
		must(t, err)
		return s
	}
}

// Everything we answer is what the specification says, for a programme and an
// offering with every field and for bare ones.
func TestOEAPI(t *testing.T) {
	schema := specification(t)
	h := newHouse(t)
	free, fee := money.NOK(0), money.NOK(1250050)
	p := h.programme("Sveising", func(p *offer.Programme) {
		p.Title.EN, p.Description, p.Admission = "Welding", i18n.Text{NB: "Om"}, i18n.Text{NN: "Krav"}
		p.Level, p.NKR, p.Credits, p.CreditUnit = offer.Fagskole, "5.1", 7.5, offer.FagskolePoints
		p.Outcomes, p.Occupations, p.Languages = []i18n.Text{{NB: "sveise"}}, []string{"7212"}, []string{"nb", "sma"}
		p.DigitalShare, p.ValidFrom, p.ValidTo, p.Website = percent(50), clock.MustDate("2026-01-01"), clock.MustDate("2030-12-31"), "https://example.org/a"
	})
	o := h.offering(p, func(o *offer.Offering) {
		o.StartType, o.Start, o.End = offer.Fixed, clock.MustDate("2028-02-29"), clock.MustDate("2028-10-29")
		o.FlexibleFrom, o.FlexibleTo = clock.MustDate("2028-02-01"), clock.MustDate("2028-03-26")
		o.Enrolment = []offer.EnrolmentPeriod{{To: clock.MustDate("2027-10-31"), TargetGroup: "Ansatte", Kind: offer.ByURL, URL: "https://example.org/sok", Queue: true, MaxQueued: 3}}
		o.Gatherings, o.Target = meet("5025", "5001"), offer.Target{Municipalities: []place.Number{"5025"}}
		o.MinPlaces, o.MaxPlaces, o.Enrolled, o.Pending, o.Queued = 4, 12, 3, 2, 1
		o.Price, o.Channel, o.ApplyURL = offer.Price{Participant: &free, Employer: &fee, Year: 2027}, offer.Link, "https://example.org/sok"
	})
	bare := h.programme("Lafting", nil)
	h.offering(bare, nil)
	o2, err := h.orgs.Register(t.Context(), system, org.Registration{Kind: org.Company, Name: "Bedrift uten tilbud", Municipality: "5025"})
	must(t, err)
	if schema("/").Validate(map[string]any{}) == nil {
		t.Error("the schema takes anything")
	}
	id := func(s string) string {
		return strings.NewReplacer("{programmeId}", string(p.ID), "{programmeOfferingId}", string(o.ID), "{organisationId}", string(h.school)).Replace(s)
	}
	for _, path := range []string{"/", "/programmes", "/programmes/{programmeId}", "/programmes/{programmeId}/programme-offerings",
		"/programme-offerings/{programmeOfferingId}", "/organisations", "/organisations/{organisationId}", "/organisations/{organisationId}/programmes"} {
		got := h.get("", "/oeapi/v6"+id(path)).want(200)
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(got.Body))
		must(t, err)
		if err := schema(path).Validate(value); err != nil {
			t.Errorf("%s: %v\n%s", path, err, got.Body)
		}
	}
	got := h.get("", "/oeapi/v6/programmes/"+string(bare.ID)+"/offerings").want(200)
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(got.Body))
	must(t, err)
	if err := schema("/programmes/{programmeId}/programme-offerings").Validate(value); err != nil {
		t.Errorf("bare: %v\n%s", err, got.Body)
	}
	h.get("", "/oeapi/v6").want(200)
	h.get("", "/oeapi/v6/organisations/"+string(o2.ID)).want(404)
	for _, path := range []string{"/programmes/x", "/programme-offerings/x", "/organisations/x", "/programmes/x/programme-offerings"} {
		h.get("", "/oeapi/v6"+path).want(404)
	}
}

func TestOEAPIPages(t *testing.T) {
	h := newHouse(t)
	for _, title := range []string{"A", "B", "C"} {
		p := h.programme(title, nil)
		h.offering(p, nil)
	}
	var got struct {
		PageNumber, PageSize, TotalPages int
		HasNextPage, HasPreviousPage     bool
		Items                            []struct {
			Name []struct{ Value string }
		}
	}
	must(t, json.Unmarshal([]byte(h.get("", "/oeapi/v6/programmes?pageSize=2&pageNumber=2").want(200).Body), &got))
	if got.PageNumber != 2 || got.TotalPages != 2 || got.HasNextPage || !got.HasPreviousPage || len(got.Items) != 1 || got.Items[0].Name[0].Value != "C" {
		t.Errorf("%+v", got)
	}
	for q, want := range map[string]int{"q=b": 1, "levelOfQualification=eqf_6": 0, "pageNumber=999999": 0, "primaryCode=x": 0} {
		must(t, json.Unmarshal([]byte(h.get("", "/oeapi/v6/programmes?"+q).want(200).Body), &got))
		if len(got.Items) != want {
			t.Errorf("%s: %d", q, len(got.Items))
		}
	}
	h.get("", "/oeapi/v6/programmes?pageNumber=0").want(422)
	h.get("", "/oeapi/v6/programmes?pageSize=100000").want(422)
}
