package match

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/supply/offer"
)

// today is a Monday.
var today = clock.MustDate("2026-11-23")

var starterPlaces = sync.OnceValues(func() (*place.Register, error) {
	data, err := place.Starter()
	if err != nil {
		return nil, err
	}
	return place.New(data)
})

func places(t *testing.T) *place.Register {
	t.Helper()
	r, err := starterPlaces()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// keys are the reasons without what they begin with.
func keys(list []Reason) string {
	var out []string
	for _, r := range list {
		out = append(out, strings.TrimPrefix(strings.TrimPrefix(string(r.Key), "match.why."), "match.missing."))
	}
	return strings.Join(out, " ")
}

// A case changes a query from Rennebu, and a course on the net that one may begin
// any day and that has places for all.
type fitCase struct {
	name    string
	query   func(*Query)
	program func(*offer.Programme)
	offered func(*offer.Offering)
	reasons string
	missing string
	factor  float64
}

func (c fitCase) judge(t *testing.T) fit {
	t.Helper()
	q := Query{Text: "x", Municipality: "5022", Headcount: 5}
	p := offer.Programme{State: offer.ProgrammeActive, Level: offer.Fagskole}
	o := offer.Offering{State: offer.Active, StartType: offer.Rolling, Delivery: offer.Net}
	if c.query != nil {
		c.query(&q)
	}
	if c.program != nil {
		c.program(&p)
	}
	if c.offered != nil {
		c.offered(&o)
	}
	return judge(places(t), today, q, p, o)
}

func (c fitCase) run(t *testing.T) {
	t.Helper()
	f := c.judge(t)
	if got := keys(f.reasons); got != c.reasons {
		t.Errorf("%s: reasons %q, want %q", c.name, got, c.reasons)
	}
	if got := keys(f.missing); got != c.missing {
		t.Errorf("%s: missing %q, want %q", c.name, got, c.missing)
	}
	if f.excluded || f.factor < c.factor-1e-9 || f.factor > c.factor+1e-9 {
		t.Errorf("%s: factor %v, excluded %v, want %v", c.name, f.factor, f.excluded, c.factor)
	}
}

func meets(in ...place.Number) func(*offer.Offering) {
	return func(o *offer.Offering) {
		o.Delivery = offer.Gatherings
		for _, m := range in {
			o.Gatherings = append(o.Gatherings, offer.Gathering{Municipality: m, Days: 2})
		}
	}
}

func TestFitPlace(t *testing.T) {
	for _, c := range []fitCase{
		{"on the net", nil, nil, nil, "rolling no_travel", "", 1},
		{"in the same municipality", nil, nil, meets("5022"), "rolling same_municipality", "", 1},
		{"in the next one", nil, nil, meets("5021"), "rolling near", "", 1},
		{"an hour and a half away", nil, nil, meets("5028"), "rolling near", "", factorPartly},
		{"too far", nil, nil, meets("5060"), "rolling", "place", factorFailed},
		{"the farthest counts", nil, nil, meets("5022", "5060"), "rolling", "place", factorFailed},
		{"where is not said", nil, nil, meets(), "rolling", "", factorPartly},
		{"a municipality nobody knows", func(q *Query) { q.Municipality = "9999" }, nil, meets("5022"), "rolling", "", factorPartly},
		{"the reader has not said where", func(q *Query) { q.Municipality = "" }, nil, meets("5060"), "rolling", "", 1},
		{"gatherings somewhere are travel, wherever one lives", func(q *Query) { q.Municipality = "" }, nil, meets(), "rolling", "", 1},
		{"on the net, wherever one lives", func(q *Query) { q.Municipality = "" }, nil, nil, "rolling no_travel", "", 1},
		{"what one need not go to", nil, nil, func(o *offer.Offering) {
			o.Gatherings = []offer.Gathering{{Municipality: "5060", Days: 1, Voluntary: true}}
		}, "rolling no_travel", "", 1},
	} {
		c.run(t)
	}
}

func TestFitTime(t *testing.T) {
	from := func(day string) func(*Query) { return func(q *Query) { q.From = clock.MustDate(day) } }
	starts := func(day string) func(*offer.Offering) {
		return func(o *offer.Offering) { o.StartType, o.Start = offer.Fixed, clock.MustDate(day) }
	}
	for _, c := range []fitCase{
		{"any day", from("2026-11-23"), nil, nil, "rolling no_travel", "", 1},
		{"a place at a time", nil, nil, func(o *offer.Offering) { o.StartType = offer.SinglePlace }, "single no_travel", "", 1},
		{"all together", nil, nil, starts("2027-08-20"), "start no_travel", "", 1},
		{"31 days late is in time", from("2027-07-20"), nil, starts("2027-08-20"), "start no_travel", "", 1},
		{"32 days late is not", from("2027-07-19"), nil, starts("2027-08-20"), "no_travel", "start", factorFailed},
		{"before it is wanted", from("2027-12-01"), nil, starts("2027-08-20"), "start no_travel", "", 1},
		{"no day is set", nil, nil, func(o *offer.Offering) { o.StartType = offer.Fixed }, "no_travel", "", factorPartly},
		{"applications are closed", nil, nil, func(o *offer.Offering) {
			starts("2027-01-10")(o)
			o.Deadline = clock.MustDate("2026-11-22")
		}, "no_travel", "closed", factorFailed},
		{"the last day to apply", nil, nil, func(o *offer.Offering) {
			starts("2027-01-10")(o)
			o.Deadline = today
		}, "start no_travel", "", 1},
		{"it has begun", nil, nil, starts("2026-11-20"), "no_travel", "closed", factorFailed},
	} {
		c.run(t)
	}
}

func TestFitPlaces(t *testing.T) {
	taken := func(most, enrolled int) func(*offer.Offering) {
		return func(o *offer.Offering) { o.MaxPlaces, o.Enrolled = most, enrolled }
	}
	full := func(o *offer.Offering) {
		o.StartType, o.Start, o.MaxPlaces, o.Enrolled = offer.Fixed, clock.MustDate("2027-01-10"), 10, 10
	}
	for _, c := range []fitCase{
		{"as many as there are places", nil, nil, taken(10, 5), "rolling no_travel", "", 1},
		{"one too many", func(q *Query) { q.Headcount = 6 }, nil, taken(10, 5), "rolling no_travel", "places", factorFailed},
		{"nobody has said how many", nil, nil, taken(0, 0), "rolling no_travel", "", 1},
		// Two are enrolled: eight places left would tell it.
		{"what is not shown is not told", func(q *Query) { q.Headcount = 9 }, nil, taken(10, 2), "rolling no_travel", "", 1},
		{"a waiting list", nil, nil, taken(10, 10), "waiting_list no_travel", "", factorPartly},
		{"full", nil, nil, full, "no_travel", "full", factorFailed},
	} {
		c.run(t)
	}
	f := fitCase{query: func(q *Query) { q.Headcount = 9 }, offered: taken(10, 5)}.judge(t)
	if got := f.missing[0].Values; !slices.Equal(got, []any{"left", 5, "wanted", 9}) {
		t.Errorf("values %v", got)
	}
}

func TestFitForm(t *testing.T) {
	wants := func(forms ...offer.Delivery) func(*Query) { return func(q *Query) { q.Forms = forms } }
	by := func(d offer.Delivery) func(*offer.Offering) {
		return func(o *offer.Offering) {
			o.Delivery = d
			if d == offer.Campus || d == offer.Gatherings {
				o.Gatherings = []offer.Gathering{{Municipality: "5022"}}
			}
		}
	}
	for _, c := range []fitCase{
		{"as wanted", wants(offer.Net), nil, nil, "rolling form no_travel", "", 1},
		{"one of those wanted", wants(offer.Company, offer.Net), nil, nil, "rolling form no_travel", "", 1},
		{"another", wants(offer.Company), nil, nil, "rolling no_travel", "form", factorFailed},
		{"mixed is near to all", wants(offer.Company), nil, by(offer.Mixed), "rolling no_travel", "", factorPartly},
		{"all but school is near to mixed", wants(offer.Mixed), nil, by(offer.Company), "rolling no_travel", "", factorPartly},
		{"school is not near to mixed", wants(offer.Mixed), nil, by(offer.Campus), "rolling same_municipality", "form", factorFailed},
	} {
		c.run(t)
	}
}

func TestFitLevel(t *testing.T) {
	for _, c := range []struct {
		wanted, offered offer.Level
		factor          float64
	}{
		{"", offer.Kurs, 1}, {offer.Fagskole, offer.Fagskole, 1}, {offer.Kurs, offer.Kurs, 1},
		{offer.Vgs, offer.Fagbrev, factorPartly}, {offer.Hoyere, offer.Fagskole, factorPartly},
		{offer.Vgs, offer.Fagskole, factorFailed}, {offer.Hoyere, offer.Fagbrev, factorFailed},
		{offer.Kurs, offer.Vgs, factorFailed}, {offer.Fagskole, offer.Kurs, factorFailed},
	} {
		missing := ""
		if c.factor == factorFailed {
			missing = "level"
		}
		fitCase{string(c.wanted + " and " + c.offered), func(q *Query) { q.Level = c.wanted }, func(p *offer.Programme) { p.Level = c.offered }, nil,
			"rolling no_travel", missing, c.factor}.run(t)
	}
}

// Whatever takes nobody in, now or later, is left out; failing twice is worse
// than once.
func TestFitOfWhatIsOver(t *testing.T) {
	for name, c := range map[string]fitCase{
		"called off":                {offered: func(o *offer.Offering) { o.State = offer.Cancelled }},
		"resting":                   {offered: func(o *offer.Offering) { o.State = offer.Inactive }},
		"a draft":                   {offered: func(o *offer.Offering) { o.State = offer.Concept }},
		"over":                      {offered: func(o *offer.Offering) { o.End = clock.MustDate("2026-11-22") }},
		"the programme is laid off": {program: func(p *offer.Programme) { p.State = offer.ProgrammeInactive }},
	} {
		if f := c.judge(t); !f.excluded || len(f.reasons)+len(f.missing) != 0 {
			t.Errorf("%s: %+v", name, f)
		}
	}
	twice := fitCase{query: func(q *Query) { q.Forms, q.Level = []offer.Delivery{offer.Company}, offer.Vgs }}.judge(t)
	if keys(twice.missing) != "level form" || twice.factor >= factorFailed {
		t.Errorf("twice: %q, %v", keys(twice.missing), twice.factor)
	}
}
