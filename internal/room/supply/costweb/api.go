package costweb

import (
	"context"
	"net/url"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/supply/cost"
)

// costIn asks as the page's address does; what is left out is not said.
type costIn struct {
	ID          string  `path:"id"`
	Seats       int     `query:"seats" minimum:"1" maximum:"1000" default:"1" doc:"How many take it"`
	From        string  `query:"from" required:"true" doc:"The workplace's municipality, number or name"`
	On          string  `query:"on" doc:"By the rates of this day, 2027-08-01; empty: today"`
	Offering    string  `query:"offering" doc:"Id of an offering to count with where several are of its kind"`
	Hour        float64 `query:"hour" minimum:"0" doc:"Kroner for an hour of work; 0: not said"`
	Mode        string  `query:"mode" enum:"car,tickets," doc:"How they travel; empty: by car"`
	PerCar      int     `query:"per_car" minimum:"1" maximum:"9" default:"1"`
	Fare        float64 `query:"fare" minimum:"0" doc:"Kroner for a ticket there and back; 0: not said"`
	Participant bool    `query:"participant" doc:"The employer pays what the provider asks the participant"`
	CampusDays  int     `query:"campus_days" minimum:"0" maximum:"500" doc:"Days of teaching on campus; 0: as the offering says"`
	HomeDays    string  `query:"home_days" pattern:"^[0-9]{0,3}$" doc:"Workdays each loses by teaching at the workplace; empty: not said"`
	OwnIn
}

// OwnIn are numbers to count with instead of rates, each in its rate's unit.
type OwnIn struct {
	CarKm       string `query:"car_km" maxLength:"20" doc:"Instead of the rate, in its unit: 5.30"`
	PassengerKm string `query:"passenger_km" maxLength:"20" doc:"Instead of the rate, in its unit"`
	Lodging     string `query:"lodging" maxLength:"20" doc:"Instead of the rate, in its unit"`
	Board       string `query:"board" maxLength:"20" doc:"Instead of the rate, in its unit"`
	RoadFactor  string `query:"road_factor" maxLength:"20" doc:"Instead of the rate: 1.3"`
	StayFrom    string `query:"stay_from" maxLength:"20" doc:"Instead of the rate, in its unit"`
	Workday     string `query:"workday" maxLength:"20" doc:"Instead of the rate, in its unit: 7.5"`
}

// rateJSON is a rate; the amount is in its unit.
type rateJSON struct {
	Code      string      `json:"code"`
	Amount    float64     `json:"amount"`
	Unit      string      `json:"unit"`
	From      *clock.Date `json:"from,omitempty"`
	To        *clock.Date `json:"to,omitempty"`
	Source    string      `json:"source"`
	CheckedOn *clock.Date `json:"checked_on,omitempty"`
}

type lineJSON struct {
	Kind     string   `json:"kind"`
	Quantity float64  `json:"quantity" doc:"People, kilometres, tickets, nights, days or hours"`
	Each     float64  `json:"each" doc:"Kroner for one of them"`
	Sum      float64  `json:"sum" doc:"Kroner; 0 when the line lacks something"`
	Lack     string   `json:"lack,omitempty" doc:"Why the line is not in the sum"`
	Missing  []string `json:"missing_rates,omitempty"`
	Rates    []string `json:"rates,omitempty"`
}

type tripJSON struct {
	Place        string  `json:"place,omitempty"`
	Municipality string  `json:"municipality,omitempty"`
	Days         int     `json:"days"`
	Times        int     `json:"times"`
	Known        bool    `json:"known" doc:"Whether the way there is known"`
	AirKm        float64 `json:"air_km"`
	RoadKm       int64   `json:"road_km" doc:"One way; the air times the factor"`
	Stays        bool    `json:"stays" doc:"Whether one sleeps there"`
}

type wayJSON struct {
	Kind     string     `json:"kind" doc:"campus, gatherings or workplace"`
	Offered  bool       `json:"offered"`
	Assumed  bool       `json:"assumed" doc:"There is no such offering: at the provider's place, at the price of another way"`
	Offering string     `json:"offering,omitempty"`
	Lines    []lineJSON `json:"lines"`
	Trips    []tripJSON `json:"trips"`
	LostDays int64      `json:"lost_days" doc:"Workdays that each loses"`
	Sum      float64    `json:"sum" doc:"Kroner, of the lines that lack nothing"`
	Complete bool       `json:"complete"`
}

type costOut struct {
	Body struct {
		On    clock.Date `json:"on"`
		Ways  []wayJSON  `json:"ways"`
		Rates []rateJSON `json:"rates" doc:"All rates that hold on the day"`
	}
}

func (p *pages) apiCost(ctx context.Context, actor access.Actor, in *costIn) (*costOut, error) {
	d, home, err := p.programme(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	a, err := p.asked(ctx, d, home, in.values())
	if err != nil {
		return nil, err
	}
	out := &costOut{}
	out.Body.On, out.Body.Ways, out.Body.Rates = a.On, make([]wayJSON, len(a.ways)), []rateJSON{}
	for i, w := range a.ways {
		out.Body.Ways[i] = w.json()
	}
	for _, c := range cost.Codes() {
		if x, ok := a.rates[c]; ok {
			out.Body.Rates = append(out.Body.Rates, rateJSON{Code: string(c), Amount: float64(x.Amount) / 100, Unit: c.Unit(), From: dayOf(x.From), To: dayOf(x.To), Source: x.Source, CheckedOn: dayOf(x.CheckedOn)})
		}
	}
	return out, nil
}

// values are what the page's address would hold.
func (in *costIn) values() url.Values {
	v := url.Values{"seats": {strconv.Itoa(in.Seats)}, "from": {in.From}, "on": {in.On}, "offering": {in.Offering}, "mode": {in.Mode},
		"per_car": {strconv.Itoa(in.PerCar)}, "participant": {strconv.FormatBool(in.Participant)}, "campus_days": {strconv.Itoa(in.CampusDays)}, "home_days": {in.HomeDays},
		"car_km": {in.CarKm}, "passenger_km": {in.PassengerKm}, "lodging": {in.Lodging}, "board": {in.Board}, "road_factor": {in.RoadFactor}, "stay_from": {in.StayFrom}, "workday": {in.Workday}}
	for name, amount := range map[string]float64{"hour": in.Hour, "fare": in.Fare} {
		if amount > 0 {
			v.Set(name, strconv.FormatFloat(amount, 'f', 2, 64))
		}
	}
	return v
}

func (w way) json() wayJSON {
	out := wayJSON{Kind: string(w.Kind), Offered: w.Offered(), Assumed: w.Assumed, Lines: []lineJSON{}, Trips: []tripJSON{}, LostDays: w.Lost, Sum: kroner(w.Sum), Complete: w.Offered() && w.Complete}
	if w.Item != nil {
		out.Offering = string(w.Item.Offering.ID)
	}
	for _, l := range w.Lines {
		x := lineJSON{Kind: string(l.Kind), Quantity: float64(l.Quantity), Each: kroner(l.Each), Sum: kroner(l.Sum), Lack: string(l.Lack)}
		if l.Kind == cost.Hours {
			x.Quantity /= 100
		}
		for _, c := range l.Missing {
			x.Missing = append(x.Missing, string(c))
		}
		for _, r := range l.From {
			x.Rates = append(x.Rates, string(r.Code))
		}
		out.Lines = append(out.Lines, x)
	}
	for _, t := range w.Trips {
		out.Trips = append(out.Trips, tripJSON{Place: t.Place, Municipality: string(t.Municipality), Days: t.Days, Times: t.Times, Known: t.Known, AirKm: float64(t.Air), RoadKm: t.Road, Stays: t.Stays})
	}
	return out
}

// dayOf is a day that may be none.
func dayOf(d clock.Date) *clock.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}
