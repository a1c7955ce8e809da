package offer_test

import (
	"os"
	"strings"
	"testing"

	"kompetansetorg/internal/room/supply/offer"
)

const (
	programmesHead = "id\ttitle\tprovider\tlevel\tnkr_level\tcredits\tcredit_unit\tdescription\tlearning_outcomes\toccupations_styrk08\tadmission_requirements\tlanguage\n"
	offeringsHead  = "id\tprogramme_id\tstart_type\tstart_date\tapplication_deadline\tdelivery\tdigital_share\tworkplace_share\tgatherings_municipality\tgatherings_count\tplaces\tprice_nok\tpart_time_percent\n"
)

func TestLoadTSV(t *testing.T) {
	ps, os, err := offer.LoadTSV(
		strings.NewReader("\uFEFF"+programmesHead+"P1\tSveising\tSkolen\tFAGBREV\t4a\t7,5\tsp\tTekst\tsveise; lese tegning\t7212, 7214\t\tnb,en\n\nP2\t\t\t\t\t\t\t\t\t\t\t\n"),
		strings.NewReader(offeringsHead+"O1\tP1\tfelles\t2027-08-23\t15.04.2027\tsamlinger\t40\t\t5025,5026\t3\t20\t0\t50\nO2\tP1\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(ps) != 2 || len(os) != 2 {
		t.Fatalf("%d programmes, %d offerings", len(ps), len(os))
	}
	p := ps[0]
	if p.ID != "P1" || p.Line != 2 || p.Provider != "Skolen" || p.Programme.Level != offer.Fagbrev || p.Programme.NKR != "4A" ||
		p.Programme.Credits != 7.5 || len(p.Programme.Outcomes) != 2 || len(p.Programme.Occupations) != 2 || len(p.Programme.Languages) != 2 {
		t.Errorf("programme %+v", p)
	}
	o := os[0].Offering
	if os[0].Programme != "P1" || o.StartType != offer.Fixed || o.Start != day("2027-08-23") || o.Deadline != day("2027-04-15") ||
		*o.DigitalShare != 40 || o.WorkplaceShare != nil || o.MaxPlaces != 20 || *o.Price.Participant != 0 || o.PartTimePercent != 50 {
		t.Errorf("offering %+v", o)
	}
	if len(o.Gatherings) != 3 || o.Gatherings[2].Municipality != "5025" {
		t.Errorf("gatherings %+v", o.Gatherings)
	}
	if os[1].Offering.Price.Participant != nil || len(os[1].Offering.Gatherings) != 0 {
		t.Errorf("empty cells became %+v", os[1].Offering)
	}
}

func TestLoadTSVErrors(t *testing.T) {
	tests := []struct{ row, want string }{
		{"O1\tP1\tAV OG TIL", "start_type"},
		{"O1\tP1\tFELLES\t2027-02-30", "start_date"},
		{"O1\tP1\tFELLES\t\t\tnett\tmye", "digital_share"},
		{"O1\tP1\tFELLES\t\t\tnett\t\t\tRøros", "gatherings_municipality"},
		{"O1\tP1\tFELLES\t\t\tnett\t\t\t\t100000000", "gatherings_count"},
		{"O1\tP1\tFELLES\t\t\tnett\t\t\t\t\t\tgratis", "price_nok"},
	}
	for _, tt := range tests {
		_, _, err := offer.LoadTSV(strings.NewReader(programmesHead), strings.NewReader(offeringsHead+tt.row))
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: %v", tt.row, err)
		}
	}
}

// The files the command match is measured with load without loss.
func TestLoadTSVMatching(t *testing.T) {
	const folder = "../../../../../shared/data/matching/"
	programmes, err := os.Open(folder + "programmes.tsv")
	if err != nil {
		t.Skipf("the files of ../shared/data/matching are not here: %v", err)
	}
	defer programmes.Close()
	offerings, err := os.Open(folder + "offerings.tsv")
	if err != nil {
		t.Skipf("the files of ../shared/data/matching are not here: %v", err)
	}
	defer offerings.Close()
	ps, offs, err := offer.LoadTSV(programmes, offerings)
	if err != nil {
		t.Fatal(err)
	}
	if len(ps) != 194 || len(offs) != 223 {
		t.Errorf("%d programmes and %d offerings, want 194 and 223", len(ps), len(offs))
	}
	places := register(t)
	for _, p := range ps {
		if _, err := p.Programme.Check(); err != nil {
			t.Errorf("%s: %v", p.ID, err)
		}
	}
	holds := 0
	for _, o := range offs {
		o.Offering.Channel = offer.Here
		o.Offering.Price.Year = 2026
		if _, err := o.Offering.Check(places); err != nil {
			t.Errorf("%s: %v", o.ID, err)
		}
		o.Offering.State = offer.Active
		if offer.StatusOn(active, o.Offering, day("2026-11-21")).State == offer.Draft {
			t.Errorf("%s is a draft", o.ID)
		}
		if offer.Judge(active, o.Offering, places, day("2026-11-21")).Holds {
			holds++
		}
	}
	if holds == 0 {
		t.Error("nothing in the whole file can be taken at the workplace")
	}
}

func FuzzLoadTSV(f *testing.F) {
	f.Add(programmesHead+"P1\tSveising\tSkolen\tfagbrev\t4A\t7.5\tsp\tTekst\ta; b\t7212\t\tnb", offeringsHead+"O1\tP1\tFELLES\t2027-08-23\t\tnett\t40\t0\t5025\t3\t20\t0\t50")
	f.Add("id", "\t\t\n\n\x00\tx")
	f.Add(programmesHead+"P1\t\xff\xfe", offeringsHead+"O1\tP1\t\t29.02.2028\t\t\t\t\t301\t-1\t1 000\t12,50\t")
	places := register(f)
	f.Fuzz(func(t *testing.T, programmes, offerings string) {
		ps, os, err := offer.LoadTSV(strings.NewReader(programmes), strings.NewReader(offerings))
		if err != nil {
			return
		}
		for _, p := range ps {
			if checked, err := p.Programme.Check(); err == nil {
				if _, err := checked.Check(); err != nil {
					t.Errorf("a checked programme is wrong: %v", err)
				}
			}
		}
		for _, o := range os {
			checked, err := o.Offering.Check(places)
			if err != nil {
				continue
			}
			if again, err := checked.Check(places); err != nil || len(offer.Compare(checked.Values(), again.Values())) > 0 {
				t.Errorf("a checked offering is wrong or changes: %v", err)
			}
			checked.State = offer.Active
			offer.StatusOn(active, checked, day("2027-01-01"))
			offer.EarliestStart(active, checked, day("2027-01-01"))
			offer.Judge(active, checked, places, day("2027-01-01"))
		}
	})
}
