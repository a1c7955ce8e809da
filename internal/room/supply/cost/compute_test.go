package cost_test

import (
	"testing"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/cost"
	"kompetansetorg/internal/room/supply/offer"
)

// The amounts are made for the test.
func rates(without ...cost.Code) cost.Rates {
	out := cost.Rates{}
	for code, amount := range map[cost.Code]int64{cost.CarKm: 500, cost.PassengerKm: 100, cost.RoadFactor: 130, cost.StayFrom: 80_00, cost.Lodging: 1400_00, cost.Board: 1000_00, cost.Workday: 7_50} {
		out[code] = cost.Rate{Code: code, Amount: amount, Source: "made for the test", CheckedOn: clock.MustDate("2026-11-02")}
	}
	for _, c := range without {
		delete(out, c)
	}
	return out
}

func nok(kroner int64) *money.NOK {
	v := money.Kroner(kroner)
	return &v
}

func days(n int) *int { return &n }

// offered is a case that there is an offering of.
func offered(kind cost.CaseKind, price offer.Price, meetings ...cost.Meeting) cost.Case {
	return cost.Case{Kind: kind, Item: &supply.Item{Offering: &offer.Offering{}}, Price: price, Meetings: meetings}
}

func alone() cost.In { return cost.In{Seats: 1, PerCar: 1, Mode: cost.Car, Participant: true} }

type byHand struct {
	kind     cost.Kind
	quantity int64
	sum      money.NOK
}

func compare(t *testing.T, got cost.Result, want []byHand, sum money.NOK) {
	t.Helper()
	if len(got.Lines) != len(want) {
		t.Fatalf("lines = %+v", got.Lines)
	}
	for i, w := range want {
		if l := got.Lines[i]; l.Kind != w.kind || l.Quantity != w.quantity || l.Sum != w.sum || l.Lack != "" {
			t.Errorf("line %d = %+v, by hand %+v", i, l, w)
		}
	}
	if got.Sum != sum || !got.Complete {
		t.Errorf("sum = %v, complete %v, by hand %v", got.Sum, got.Complete, sum)
	}
	for _, l := range got.Lines {
		for _, r := range l.From {
			if r.Source == "" || r.CheckedOn.IsZero() {
				t.Errorf("%s rests on %+v, without source or day", l.Kind, r)
			}
		}
	}
}

// TestByHand follows one employer's cost of gatherings, line by line. Three people
// go in cars with two in each to two gatherings: three days 100 km away by air, all
// workdays, and two days 20 km away, of which one is a Saturday.
//
//	price    3 people × kr 9 500                                        = kr  28 500
//	road     100 × 1,3 = 130 km one way, which is slept away: there and back once, 260 km
//	          20 × 1,3 =  26 km one way: there and back each of two days,         104 km
//	cars     two, as three people are one more than fits in one
//	driving  2 cars × 364 = 728 km × kr 5                               = kr   3 640
//	sits on  1 person × 364 km × kr 1                                   = kr     364
//	nights   one before and two between, 3 × 3 people = 9 × kr 1 400    = kr  12 600
//	meals    3 days × 3 people = 9 × kr 1 000                           = kr   9 000
//	hours    3 + 1 workdays × 3 people × 7,5 h = 90 h × kr 450          = kr  40 500
//	sum                                                                   kr  94 604
func TestByHand(t *testing.T) {
	in := cost.In{Seats: 3, PerCar: 2, Mode: cost.Car, Hour: nok(450)}
	got := cost.Compute(in, offered(cost.Gatherings, offer.Price{Employer: nok(9500)},
		cost.Meeting{Days: 3, Workdays: 3, Times: 1, Air: 100, Known: true}, cost.Meeting{Days: 2, Workdays: 1, Times: 1, Air: 20, Known: true}), rates())
	compare(t, got, []byHand{{cost.Fee, 3, 28_500_00}, {cost.Driving, 728, 3_640_00}, {cost.Passengers, 364, 364_00}, {cost.Nights, 9, 12_600_00},
		{cost.Meals, 9, 9_000_00}, {cost.Hours, 90_00, 40_500_00}}, 94_604_00)
	if got.Lost != 4 || got.Cars != 2 || got.Trips[0].Road != 130 || !got.Trips[0].Stays || got.Trips[1].Stays {
		t.Errorf("%+v", got)
	}
}

// TestOtherWaysByHand are the two that stand beside it. On campus one person stays
// for two weeks of five days, 100 km away by air, and pays by the ticket:
//
//	price    1 × kr 4 000, which the employer pays for the participant  = kr   4 000
//	tickets  2 × kr 600                                                 = kr   1 200
//	nights   2 weeks × (one before and four between) = 10 × kr 1 400    = kr  14 000
//	meals    2 weeks × 5 days = 10 × kr 1 000                           = kr  10 000
//	hours    10 workdays × 7,5 h = 75 h × kr 333,33                     = kr  24 999,75
//	sum                                                                   kr  54 199,75
//
// At the workplace nobody travels, and two days are lost:
//
//	price    1 × kr 4 000                                               = kr   4 000
//	hours    2 workdays × 7,5 h = 15 h × kr 333,33                      = kr   4 999,95
//	sum                                                                   kr   8 999,95
func TestOtherWaysByHand(t *testing.T) {
	hour := money.NOK(333_33)
	in := cost.In{Seats: 1, PerCar: 1, Mode: cost.Tickets, Fare: nok(600), Hour: &hour, Participant: true, HomeDays: days(2)}
	price := offer.Price{Participant: nok(4000)}
	compare(t, cost.Compute(in, offered(cost.Campus, price, cost.Meeting{Days: 5, Workdays: 5, Times: 2, Air: 100, Known: true}), rates()),
		[]byHand{{cost.FeeParticipant, 1, 4_000_00}, {cost.Fares, 2, 1_200_00}, {cost.Nights, 10, 14_000_00}, {cost.Meals, 10, 10_000_00}, {cost.Hours, 75_00, 24_999_75}}, 54_199_75)
	compare(t, cost.Compute(in, offered(cost.Workplace, price), rates()), []byHand{{cost.FeeParticipant, 1, 4_000_00}, {cost.Hours, 15_00, 4_999_95}}, 8_999_95)
}

// TestLeftOut: what is not known is named and is not in the sum.
func TestLeftOut(t *testing.T) {
	free := offer.Price{Participant: nok(0)}
	far := cost.Meeting{Days: 2, Workdays: 2, Times: 1, Air: 200, Known: true}
	paid := alone()
	paid.Hour = nok(400)
	tickets := paid
	tickets.Mode = cost.Tickets
	own := paid
	own.Own = map[cost.Code]int64{cost.Lodging: 0}
	for what, c := range map[string]struct {
		in    cost.In
		way   cost.Case
		rates cost.Rates
		lacks map[cost.Kind]cost.Lack
		sum   money.NOK
	}{
		"a price of nothing is a price": {paid, offered(cost.Gatherings, free, far), rates(), nil, 260_000 + 280_000 + 200_000 + 600_000},
		"no price that the employer pays": {cost.In{Seats: 1, PerCar: 1, Mode: cost.Car, HomeDays: days(0)}, offered(cost.Workplace, free), rates(),
			map[cost.Kind]cost.Lack{cost.Fee: cost.NoPrice}, 0},
		"nobody has said what an hour costs":    {alone(), offered(cost.Gatherings, free, far), rates(), map[cost.Kind]cost.Lack{cost.Hours: cost.NoHour}, 740_000},
		"nor how many days are lost at work":    {paid, offered(cost.Workplace, free), rates(), map[cost.Kind]cost.Lack{cost.Hours: cost.NoHomeDays}, 0},
		"nor what a ticket costs":               {tickets, offered(cost.Gatherings, free, far), rates(), map[cost.Kind]cost.Lack{cost.Fares: cost.NoFare}, 480_000 + 600_000},
		"no rate of lodging":                    {paid, offered(cost.Gatherings, free, far), rates(cost.Lodging), map[cost.Kind]cost.Lack{cost.Nights: cost.NoRate}, 1_060_000},
		"none, but the employer has a room":     {own, offered(cost.Gatherings, free, far), rates(cost.Lodging), nil, 1_060_000},
		"no rate of a workday":                  {paid, offered(cost.Gatherings, free, far), rates(cost.Workday), map[cost.Kind]cost.Lack{cost.Hours: cost.NoRate}, 740_000},
		"nothing is lost, so nothing is needed": {alone(), offered(cost.Gatherings, free, cost.Meeting{Days: 1, Times: 1, Known: true}), rates(cost.Workday), nil, 0},
		"one way of two is not known": {paid, offered(cost.Gatherings, free, far, cost.Meeting{Days: 1, Workdays: 1, Times: 1}), rates(),
			map[cost.Kind]cost.Lack{cost.Driving: cost.NoWay, cost.Nights: cost.NoWay, cost.Meals: cost.NoWay}, 900_000},
		"roads are not known": {paid, offered(cost.Gatherings, free, far), rates(cost.RoadFactor),
			map[cost.Kind]cost.Lack{cost.Driving: cost.NoRate, cost.Nights: cost.NoRate, cost.Meals: cost.NoRate}, 600_000},
		"campus is not offered, and nobody says for how long": {paid, cost.Case{Kind: cost.Campus, Assumed: true, Unstated: true, Price: free}, rates(),
			map[cost.Kind]cost.Lack{cost.Driving: cost.NoDays, cost.Nights: cost.NoDays, cost.Meals: cost.NoDays, cost.Hours: cost.NoDays}, 0},
	} {
		got := cost.Compute(c.in, c.way, c.rates)
		if got.Sum != c.sum || got.Complete != (len(c.lacks) == 0) {
			t.Errorf("%s: sum %v, complete %v: %+v", what, got.Sum, got.Complete, got.Lines)
		}
		for _, l := range got.Lines {
			if l.Lack != c.lacks[l.Kind] || l.Lack != "" && (l.Sum != 0 || l.Quantity != 0) || (l.Lack == cost.NoRate) != (len(l.Missing) > 0) {
				t.Errorf("%s: %+v, want lack %q", what, l, c.lacks[l.Kind])
			}
		}
	}
	if got := cost.Compute(paid, cost.Case{Kind: cost.Workplace}, rates()); len(got.Lines) != 0 || got.Sum != 0 {
		t.Errorf("what is not offered costs %+v", got)
	}
}

// TestStay: at the limit one sleeps away, just under it one goes each day.
func TestStay(t *testing.T) {
	r := rates()
	r[cost.RoadFactor] = cost.Rate{Code: cost.RoadFactor, Amount: 100}
	for air, want := range map[place.Kilometres]cost.Trip{79: {Returns: 2}, 80: {Returns: 1, Nights: 2, MealDays: 2, Stays: true}} {
		m := cost.Meeting{Days: 2, Times: 1, Air: air, Known: true}
		want.Meeting, want.Road = m, int64(air)
		if got := cost.Compute(alone(), offered(cost.Gatherings, offer.Price{}, m), r).Trips[0]; got != want {
			t.Errorf("%v km: %+v, want %+v", air, got, want)
		}
	}
}
