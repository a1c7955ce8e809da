package offer_test

import (
	"slices"
	"testing"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/room/supply/offer"
)

func register(t testing.TB) *place.Register {
	t.Helper()
	data, err := place.Starter()
	if err != nil {
		t.Fatal(err)
	}
	r, err := place.New(data)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func percent(n int) *int { return &n }

const (
	roros     place.Number = "5025"
	holtalen  place.Number = "5026"
	trondheim place.Number = "5001"
	rissa     place.Number = "1624" // now 5054 Indre Fosen
	fosenNow  place.Number = "5054"
)

func at(numbers ...place.Number) []offer.Gathering {
	var out []offer.Gathering
	for _, n := range numbers {
		out = append(out, offer.Gathering{Municipality: n, Days: 2})
	}
	return out
}

// The first three are O-25.
func TestJudge(t *testing.T) {
	places := register(t)
	good := func(change func(*offer.Offering)) offer.Offering {
		return rolling(func(o *offer.Offering) {
			o.DigitalShare, o.WorkplaceShare = percent(60), percent(60)
			if change != nil {
				change(o)
			}
		})
	}
	toRoros := offer.Target{Municipalities: []place.Number{roros, holtalen}}
	tests := []struct {
		name    string
		o       offer.Offering
		want    bool
		failed  []offer.Criterion
		excused bool
	}{
		{"digital, rolling, workplace, no gatherings", good(nil), true, nil, false},
		{"gatherings in Trondheim for Røros", good(func(o *offer.Offering) { o.Gatherings, o.Target = at(trondheim), toRoros }), false, []offer.Criterion{offer.IsLocal}, false},
		{"fixed intake with a reason", good(func(o *offer.Offering) {
			o.StartType, o.NoRollingReason = offer.Fixed, "Praksisplassene er bare ledige om høsten"
		}), true, nil, true},

		{"fixed intake without a reason", good(func(o *offer.Offering) { o.StartType = offer.Fixed }), false, []offer.Criterion{offer.IsRolling}, false},
		{"fixed intake with flexible entry", good(func(o *offer.Offering) { o.StartType, o.FlexibleFrom = offer.Fixed, day("2027-01-01") }), true, nil, false},
		{"gatherings at home", good(func(o *offer.Offering) { o.Gatherings, o.Target = at(roros, holtalen), toRoros }), true, nil, false},
		{"one gathering of two away", good(func(o *offer.Offering) { o.Gatherings, o.Target = at(roros, trondheim), toRoros }), false, []offer.Criterion{offer.IsLocal}, false},
		{"a voluntary gathering away", good(func(o *offer.Offering) {
			o.Gatherings, o.Target = at(trondheim), toRoros
			o.Gatherings[0].Voluntary = true
		}), true, nil, false},
		{"gatherings, no area stated", good(func(o *offer.Offering) { o.Gatherings = at(roros) }), false, []offer.Criterion{offer.IsLocal}, false},
		{"a gathering without a place", good(func(o *offer.Offering) { o.Gatherings, o.Target = at(""), toRoros }), false, []offer.Criterion{offer.IsLocal}, false},
		{"gatherings in a region's municipality", good(func(o *offer.Offering) { o.Gatherings, o.Target = at(roros), offer.Target{Region: "trondelag-sor"} }), true, nil, false},
		{"gatherings outside the region", good(func(o *offer.Offering) { o.Gatherings, o.Target = at(trondheim), offer.Target{Region: "trondelag-sor"} }), false, []offer.Criterion{offer.IsLocal}, false},
		{"an old number is the municipality it became", good(func(o *offer.Offering) {
			o.Gatherings, o.Target = at(rissa), offer.Target{Municipalities: []place.Number{fosenNow}}
		}), true, nil, false},
		{"little on the net", good(func(o *offer.Offering) { o.DigitalShare = percent(20) }), false, []offer.Criterion{offer.IsDigital}, false},
		{"nine tenths at work, the rest on the net", good(func(o *offer.Offering) { o.DigitalShare, o.WorkplaceShare = percent(10), percent(90) }), true, nil, false},
		{"all at work, nothing on the net", good(func(o *offer.Offering) { o.DigitalShare, o.WorkplaceShare = percent(0), percent(100) }), false, []offer.Criterion{offer.IsDigital}, false},
		{"little at work", good(func(o *offer.Offering) { o.WorkplaceShare = percent(49) }), false, []offer.Criterion{offer.AtWorkplace}, false},
		{"half at work is mostly", good(func(o *offer.Offering) { o.WorkplaceShare = percent(50) }), true, nil, false},
		{"shares not stated", rolling(func(o *offer.Offering) { o.Delivery = offer.Mixed }), false, []offer.Criterion{offer.IsDigital, offer.AtWorkplace}, false},
		{"on the net, nothing at work stated", rolling(nil), false, []offer.Criterion{offer.AtWorkplace}, false},
		{"a campus course fails all", fixed("2027-08-23", func(o *offer.Offering) { o.DigitalShare, o.WorkplaceShare = percent(0), percent(0) }), false,
			[]offer.Criterion{offer.IsDigital, offer.IsRolling, offer.AtWorkplace, offer.IsLocal}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := offer.Judge(active, tt.o, places, day("2027-01-15"))
			if b.Holds != tt.want {
				t.Errorf("holds %v, want %v", b.Holds, tt.want)
			}
			var failed []offer.Criterion
			excused := false
			for _, f := range b.Findings {
				excused = excused || f.Excused
				if f.Reason.Key == "" {
					t.Errorf("%s gives no reason", f.Criterion)
				}
			}
			for _, f := range b.Failed() {
				failed = append(failed, f.Criterion)
			}
			if !slices.Equal(failed, tt.failed) || excused != tt.excused {
				t.Errorf("failed %v excused %v, want %v %v", failed, excused, tt.failed, tt.excused)
			}
		})
	}
}

// The programme's shares count where the offering has none of its own.
func TestShares(t *testing.T) {
	p := offer.Programme{DigitalShare: percent(70), WorkplaceShare: percent(80)}
	d, w := offer.Offering{Delivery: offer.Mixed, DigitalShare: percent(0)}.Shares(p)
	if *d != 0 || *w != 80 {
		t.Errorf("got %d %d", *d, *w)
	}
}

func TestTravel(t *testing.T) {
	places := register(t)
	tests := []struct {
		name  string
		o     offer.Offering
		from  place.Number
		none  bool
		to    place.Number
		class place.Nearness
	}{
		{"nowhere to go", rolling(nil), roros, true, "", place.Same},
		{"at home", rolling(func(o *offer.Offering) { o.Gatherings = at(roros) }), roros, false, roros, place.Same},
		{"the farthest counts", rolling(func(o *offer.Offering) { o.Gatherings = at(roros, trondheim, holtalen) }), roros, false, trondheim, place.Under200},
		{"voluntary does not", rolling(func(o *offer.Offering) {
			o.Gatherings = at(trondheim)
			o.Gatherings[0].Voluntary = true
		}), roros, true, "", place.Same},
		{"a place is not known", rolling(func(o *offer.Offering) { o.Gatherings = at(roros, "") }), roros, false, "", place.UnknownDistance},
		{"campus without a place", fixed("2027-08-23", nil), roros, false, "", place.UnknownDistance},
		{"the reader's place is not known", rolling(func(o *offer.Offering) { o.Gatherings = at(roros) }), "9999", false, roros, place.UnknownDistance},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := offer.Travel(tt.o, places, tt.from)
			if got.None != tt.none || got.To != tt.to || got.Class != tt.class {
				t.Errorf("got %+v", got)
			}
			if got.Class == place.UnknownDistance && got.IsWithin(10_000) {
				t.Error("an unknown way is within any distance")
			}
		})
	}
}

func TestFieldsOf(t *testing.T) {
	tests := []struct {
		codes []string
		want  []string
	}{
		{[]string{"5321"}, []string{"09"}},
		{[]string{"7212", "7411"}, []string{"07"}},
		{[]string{"2310", "2223"}, []string{"01", "09"}},
		{[]string{"6121"}, []string{"08"}},
		{[]string{"1345"}, []string{"01"}},
		{[]string{"1342"}, []string{"09"}},
		{nil, nil},
		{[]string{"xyz"}, nil},
	}
	for _, tt := range tests {
		if got := offer.FieldsOf(tt.codes); !slices.Equal(got, tt.want) {
			t.Errorf("%v: %v, want %v", tt.codes, got, tt.want)
		}
	}
	for _, f := range offer.FieldsOf([]string{"0110", "1111", "2111", "3111", "4110", "5111", "6111", "7111", "8111", "9111"}) {
		if !slices.Contains(offer.Fields(), f) {
			t.Errorf("%s is no field", f)
		}
	}
}

func TestAdaptation(t *testing.T) {
	base, made := active, active
	base.Supervision.NB, made.Supervision.NB = "", "Veileder følger opp hver uke"
	before := []offer.Offering{fixed("2027-08-23", func(o *offer.Offering) { o.Gatherings = at(trondheim) })}
	after := []offer.Offering{rolling(func(o *offer.Offering) { o.Gatherings = at(roros) }), {State: offer.Concept, Delivery: offer.Mixed}}
	got := map[offer.Feature]offer.Adapted{}
	for _, a := range offer.Adaptation(base, before, made, after, "nb") {
		got[a.Feature] = a
	}
	if a := got[offer.FeatureDelivery]; !slices.Equal(a.Before, []string{"campus"}) || !slices.Equal(a.After, []string{"nett"}) {
		t.Errorf("delivery %+v", a)
	}
	for _, f := range []offer.Feature{offer.FeatureStart, offer.FeatureGatherings, offer.FeatureSupervision, offer.FeatureDigital} {
		if _, ok := got[f]; !ok {
			t.Errorf("%s is not named", f)
		}
	}
	if _, ok := got[offer.FeatureCredits]; ok {
		t.Error("credits did not change")
	}
}
