package offer_test

import (
	"math"
	"strings"
	"testing"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/supply/offer"
)

// wrong lists the names of the fields that a fault is about.
func wrong(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	e, ok := fault.As(err)
	if !ok || e.Kind != fault.Invalid {
		t.Fatalf("no Invalid fault: %v", err)
	}
	var names []string
	for _, f := range e.Fields {
		names = append(names, f.Name)
	}
	return strings.Join(names, " ")
}

func TestProgrammeCheck(t *testing.T) {
	good := offer.Programme{Title: i18n.Text{NB: "Sveising"}, Level: offer.Fagbrev}
	tests := []struct {
		name   string
		change func(*offer.Programme)
		want   string
	}{
		{"good", func(*offer.Programme) {}, ""},
		{"a title in nynorsk alone", func(p *offer.Programme) { p.Title = i18n.Text{NN: "Sveising"} }, ""},
		{"no title", func(p *offer.Programme) { p.Title = i18n.Text{NB: " \u200b "} }, "title.nb"},
		{"long title", func(p *offer.Programme) { p.Title.EN = strings.Repeat("å", 201) }, "title.en"},
		{"longest title", func(p *offer.Programme) { p.Title.EN = strings.Repeat("å", 200) }, ""},
		{"long description", func(p *offer.Programme) { p.Description.NB = strings.Repeat("x", 100_000) }, "description.nb"},
		{"no level", func(p *offer.Programme) { p.Level = "" }, "level"},
		{"unknown NKR", func(p *offer.Programme) { p.NKR = "9" }, "nkr"},
		{"credits without unit", func(p *offer.Programme) { p.Credits = 10 }, "credit_unit"},
		{"negative credits", func(p *offer.Programme) { p.Credits, p.CreditUnit = -1, offer.StudyPoints }, "credits"},
		{"credits that are no number", func(p *offer.Programme) { p.Credits, p.CreditUnit = math.NaN(), offer.StudyPoints }, "credits"},
		{"unknown unit", func(p *offer.Programme) { p.Credits, p.CreditUnit = 5, "poeng" }, "credit_unit"},
		{"share over all", func(p *offer.Programme) { p.DigitalShare = percent(101) }, "digital_share"},
		{"share under nothing", func(p *offer.Programme) { p.WorkplaceShare = percent(-1) }, "workplace_share"},
		{"occupation of three digits", func(p *offer.Programme) { p.Occupations = []string{"721"} }, "occupations"},
		{"unknown field", func(p *offer.Programme) { p.Fields = []string{"11"} }, "fields"},
		{"unknown language", func(p *offer.Programme) { p.Languages = []string{"tlh"} }, "languages"},
		{"valid to before from", func(p *offer.Programme) { p.ValidFrom, p.ValidTo = day("2027-02-02"), day("2027-02-01") }, "valid_to"},
		{"script as website", func(p *offer.Programme) { p.Website = "javascript:alert(1)" }, "website"},
		{"address with a password", func(p *offer.Programme) { p.Website = "https://me:secret@example.org" }, "website"},
		{"website", func(p *offer.Programme) { p.Website = " https://example.org/kurs?id=1 " }, ""},
		{"too many outcomes", func(p *offer.Programme) {
			for range 61 {
				p.Outcomes = append(p.Outcomes, i18n.Text{NB: "x"})
			}
		}, "outcomes.nb"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := good
			tt.change(&p)
			_, err := p.Check()
			if got := wrong(t, err); got != tt.want {
				t.Errorf("wrong: %q, want %q", got, tt.want)
			}
		})
	}
	cleaned, err := offer.Programme{Title: i18n.Text{NB: "  To\nlinjer "}, Level: offer.Kurs, Occupations: []string{"7212", "", "7212"}, CreditUnit: offer.Hours}.Check()
	if err != nil || cleaned.Title.NB != "To linjer" || len(cleaned.Occupations) != 1 || cleaned.CreditUnit != "" {
		t.Errorf("cleaned to %+v, %v", cleaned, err)
	}
}

func TestOfferingCheck(t *testing.T) {
	places := register(t)
	krone, minus := money.Kroner(1), -money.Kroner(1)
	tests := []struct {
		name   string
		change func(*offer.Offering)
		want   string
	}{
		{"good", func(*offer.Offering) {}, ""},
		{"nothing chosen", func(o *offer.Offering) { o.StartType, o.Delivery, o.Channel = "", "", "" }, "start_type form admission_channel"},
		{"end before start", func(o *offer.Offering) { o.Start, o.End = day("2027-02-02"), day("2027-02-01") }, "end"},
		{"end the same day", func(o *offer.Offering) { o.Start, o.End = day("2027-02-02"), day("2027-02-02") }, ""},
		{"flexible entry backwards", func(o *offer.Offering) { o.FlexibleFrom, o.FlexibleTo = day("2027-02-02"), day("2027-02-01") }, "flexible_to"},
		{"more needed than taken", func(o *offer.Offering) { o.MinPlaces, o.MaxPlaces = 10, 5 }, "max_places"},
		{"negative places", func(o *offer.Offering) { o.MinPlaces, o.Queued = -1, -1 }, "min_places queued"},
		{"wait without unit", func(o *offer.Offering) { o.Wait.Value = 3 }, "wait_unit"},
		{"price without year", func(o *offer.Offering) { o.Price.Participant = &krone }, "price_year"},
		{"negative price", func(o *offer.Offering) { o.Price.Employer, o.Price.Year = &minus, 2027 }, "price_employer"},
		{"year of another age", func(o *offer.Offering) { o.Price.Employer, o.Price.Year = &krone, 27 }, "price_year"},
		{"link without address", func(o *offer.Offering) { o.Channel = offer.Link }, "apply_url"},
		{"link to a file", func(o *offer.Offering) { o.Channel, o.ApplyURL = offer.Link, "file:///etc/passwd" }, "apply_url"},
		{"period backwards", func(o *offer.Offering) {
			o.Enrolment = []offer.EnrolmentPeriod{period("2027-01-01", "2027-02-01"), period("2027-03-01", "2027-02-01")}
		}, "enrolment.1.to"},
		{"period by address without one", func(o *offer.Offering) {
			o.Enrolment = []offer.EnrolmentPeriod{{Kind: offer.ByURL}}
		}, "enrolment.0.url"},
		{"closed without an end", func(o *offer.Offering) { o.Closed = []offer.ClosedPeriod{{From: day("2027-07-01")}} }, "closed.0.to"},
		{"gathering in no municipality there is", func(o *offer.Offering) { o.Gatherings = at("5025", "9998") }, "gatherings.1.municipality"},
		{"gathering of a thousand days", func(o *offer.Offering) { o.Gatherings = []offer.Gathering{{Days: 1000}} }, "gatherings.0.days"},
		{"gathering before the start and after the end", func(o *offer.Offering) {
			o.StartType, o.Start, o.End = offer.Fixed, day("2027-01-10"), day("2027-06-01")
			o.Gatherings = []offer.Gathering{{Day: day("2027-01-09")}, {Day: day("2027-01-10")}, {Day: day("2027-06-02")}, {Day: day("2027-05-31"), Days: 2}, {Day: day("2027-05-31"), Days: 3}}
		}, "gatherings.0.day gatherings.2.day gatherings.4.day"},
		{"unknown region", func(o *offer.Offering) { o.Target.Region = "atlantis" }, "target_region"},
		{"unknown target", func(o *offer.Offering) { o.Target.Municipalities = []place.Number{"0000"} }, "target_municipalities"},
		{"part time over full", func(o *offer.Offering) { o.PartTimePercent = 101 }, "part_time_percent"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := offer.Offering{StartType: offer.Rolling, Delivery: offer.Net, Channel: offer.Here}
			tt.change(&o)
			_, err := o.Check(places)
			if got := wrong(t, err); got != tt.want {
				t.Errorf("wrong: %q, want %q", got, tt.want)
			}
		})
	}
}
