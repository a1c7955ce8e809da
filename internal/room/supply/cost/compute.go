package cost

import (
	"math"

	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/supply/offer"
)

// Kind is what a line is for.
type Kind string

// The kinds: what the provider asks the employer and the participant, the car
// and who sits on in it, tickets, nights, board and lost hours of work.
const (
	Fee            Kind = "fee"
	FeeParticipant Kind = "fee_participant"
	Driving        Kind = "driving"
	Passengers     Kind = "passengers"
	Fares          Kind = "fares"
	Nights         Kind = "nights"
	Meals          Kind = "meals"
	Hours          Kind = "hours"
)

// Kinds lists the kinds in the order of the lines.
func Kinds() []Kind {
	return []Kind{Fee, FeeParticipant, Driving, Passengers, Fares, Nights, Meals, Hours}
}

// Label is the kind's name.
func (k Kind) Label() i18n.Key { return i18n.Key("cost.line." + string(k)) }

// Lack is why a line is not in the sum; empty when it is.
type Lack string

// The lacks: the provider has not said the price; where or how long one meets is
// not known; the way there is not known; no rate holds; and the employer has not
// said what a ticket or an hour of work costs, or how many days are lost.
const (
	NoPrice    Lack = "no_price"
	NoDays     Lack = "no_days"
	NoWay      Lack = "no_way"
	NoRate     Lack = "no_rate"
	NoFare     Lack = "no_fare"
	NoHour     Lack = "no_hour"
	NoHomeDays Lack = "no_home_days"
)

// Label says what is lacking.
func (l Lack) Label() i18n.Key { return i18n.Key("cost.lack." + string(l)) }

// Line is one part of the cost. Quantity counts what Each is the price of:
// people, kilometres, tickets, nights, days, hundredths of an hour of work. From
// are the rates that it rests on, Missing those that it lacks.
type Line struct {
	Kind     Kind
	Quantity int64
	Each     money.NOK
	Sum      money.NOK
	From     []Rate
	Lack     Lack
	Missing  []Code
}

// Trip is what a meeting asks of one car, and of one person: Road is kilometres
// one way, Returns how often one goes there and back.
type Trip struct {
	Meeting
	Road             int64
	Stays            bool
	Returns          int64
	Nights, MealDays int64
}

// Result is the lines and the sum of those that lack nothing. Complete is
// whether that is all of them. Lost are the workdays that one loses.
type Result struct {
	Lines    []Line
	Trips    []Trip
	Cars     int64
	Lost     int64
	Sum      money.NOK
	Complete bool
}

// Compute works out what a case costs by the rates; nothing where there is no
// offering.
func Compute(in In, c Case, rates Rates) Result {
	out := Result{Complete: true}
	if !c.Offered() {
		return out
	}
	rates = rates.With(in.Own)
	out.Cars = int64((in.Seats + in.PerCar - 1) / in.PerCar)
	out.Lines = fees(in, c.Price)
	if c.Kind != Workplace {
		for _, m := range c.Meetings {
			out.Trips = append(out.Trips, rates.trip(m))
		}
		out.Lines = append(out.Lines, out.travel(in, c, rates)...)
	}
	out.Lines = append(out.Lines, out.hours(in, c, rates))
	for _, l := range out.Lines {
		out.Sum += l.Sum
		out.Complete = out.Complete && l.Lack == ""
	}
	return out
}

// fees are what the provider asks. Where it has stated neither price that the
// employer would pay, a line says so.
func fees(in In, p offer.Price) []Line {
	var out []Line
	add := func(kind Kind, each *money.NOK) {
		if each != nil {
			out = append(out, Line{Kind: kind, Quantity: int64(in.Seats), Each: *each, Sum: *each * money.NOK(in.Seats)})
		}
	}
	add(Fee, p.Employer)
	if in.Participant {
		add(FeeParticipant, p.Participant)
	}
	if len(out) == 0 {
		out = append(out, Line{Kind: Fee, Lack: NoPrice})
	}
	return out
}

// trip is what the meeting asks, as far as the way is known.
func (r Rates) trip(m Meeting) Trip {
	t := Trip{Meeting: m}
	if !m.Known {
		return t
	}
	t.Road = int64(math.Round(float64(m.Air) * float64(r[RoadFactor].Amount) / 100))
	t.Stays = t.Road > 0 && t.Road*100 >= r[StayFrom].Amount
	times, days := int64(m.Times), int64(m.Days)
	if t.Stays {
		t.Returns, t.Nights, t.MealDays = times, times*days, times*days
	} else {
		t.Returns = times * days
	}
	return t
}

// travel are the lines of getting there and sleeping there.
func (res Result) travel(in In, c Case, rates Rates) []Line {
	lack := Lack("")
	if c.Unstated {
		lack = NoDays
	}
	var km, returns, nights, mealDays int64
	for _, t := range res.Trips {
		if !t.Known {
			lack = NoWay
		}
		km += 2 * t.Road * t.Returns
		nights, mealDays = nights+t.Nights, mealDays+t.MealDays
		if t.Road > 0 {
			returns += t.Returns
		}
	}
	seats, unsure := int64(in.Seats), lack != "" || len(rates.without(RoadFactor, StayFrom)) > 0
	var out []Line
	if in.Mode == Tickets {
		out = append(out, fares(in, lack, returns*seats, rates))
	} else {
		out = append(out, rates.line(Driving, lack, km*res.Cars, CarKm, RoadFactor, StayFrom))
		if seats > res.Cars {
			out = append(out, rates.line(Passengers, lack, km*(seats-res.Cars), PassengerKm, RoadFactor, StayFrom))
		}
	}
	if nights > 0 || unsure {
		out = append(out, rates.line(Nights, lack, nights*seats, Lodging, RoadFactor, StayFrom), rates.line(Meals, lack, mealDays*seats, Board, RoadFactor, StayFrom))
	}
	return out
}

// line is priced by the first of the rates; on the others its quantity rests.
func (r Rates) line(kind Kind, lack Lack, quantity int64, price Code, rest ...Code) Line {
	codes := append([]Code{price}, rest...)
	each := money.NOK(r[price].Amount)
	return r.priced(Line{Kind: kind, Lack: lack, Quantity: quantity, Each: each, Sum: money.NOK(quantity) * each}, codes...)
}

// priced is the line when it lacks nothing and all its rates hold, else only what
// it lacks.
func (r Rates) priced(l Line, codes ...Code) Line {
	if missing := r.without(codes...); l.Lack == "" && len(missing) > 0 {
		return Line{Kind: l.Kind, Lack: NoRate, Missing: missing}
	}
	if l.Lack != "" {
		return Line{Kind: l.Kind, Lack: l.Lack}
	}
	l.From = r.of(codes...)
	return l
}

func fares(in In, lack Lack, quantity int64, rates Rates) Line {
	out := Line{Kind: Fares, Lack: lack, Quantity: quantity}
	switch {
	case in.Fare != nil:
		out.Each, out.Sum = *in.Fare, money.NOK(quantity)**in.Fare
	case lack == "" && quantity > 0:
		out.Lack = NoFare
	}
	return rates.priced(out, RoadFactor, StayFrom)
}

// hours is the line of lost hours of work. It notes the lost days.
func (res *Result) hours(in In, c Case, rates Rates) Line {
	switch {
	case c.Unstated:
		return Line{Kind: Hours, Lack: NoDays}
	case c.Kind == Workplace && in.HomeDays == nil:
		return Line{Kind: Hours, Lack: NoHomeDays}
	case c.Kind == Workplace:
		res.Lost = int64(*in.HomeDays)
	}
	for _, m := range c.Meetings {
		res.Lost += int64(m.Workdays * m.Times)
	}
	if res.Lost == 0 { // nothing is lost, whatever an hour costs
		return Line{Kind: Hours}
	}
	if in.Hour == nil {
		return Line{Kind: Hours, Lack: NoHour}
	}
	quantity := res.Lost * int64(in.Seats) * rates[Workday].Amount
	return rates.priced(Line{Kind: Hours, Quantity: quantity, Each: *in.Hour, Sum: (money.NOK(quantity)**in.Hour + 50) / 100}, Workday)
}
