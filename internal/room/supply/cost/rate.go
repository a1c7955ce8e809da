package cost

import (
	"maps"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
)

// Code names a rate.
type Code string

// The rates: a kilometre by car, a kilometre for a passenger in it, kilometres
// by road for each by air, the shortest way one does not drive twice a day, a
// night, board on a day with a night, and the hours of a workday.
const (
	CarKm       Code = "car_km"
	PassengerKm Code = "passenger_km"
	RoadFactor  Code = "road_factor"
	StayFrom    Code = "stay_from"
	Lodging     Code = "lodging"
	Board       Code = "board"
	Workday     Code = "workday"
)

// Codes lists the rates in the order pages show them.
func Codes() []Code {
	return []Code{CarKm, PassengerKm, Lodging, Board, RoadFactor, StayFrom, Workday}
}

// Label is the rate's name.
func (c Code) Label() i18n.Key { return i18n.Key("cost.rate." + string(c)) }

// Unit is what the rate is counted in: the end of a key and the word in JSON.
func (c Code) Unit() string {
	switch c {
	case CarKm, PassengerKm:
		return "nok_per_km"
	case Lodging:
		return "nok_per_night"
	case Board:
		return "nok_per_day"
	case StayFrom:
		return "km"
	case Workday:
		return "hours"
	}
	return "times"
}

// Bounds are the least and the most that the rate can be, in hundredths.
func (c Code) Bounds() (least, most int64) {
	switch c {
	case RoadFactor:
		return 100, 500
	case StayFrom:
		return 0, 1000_00
	case Workday:
		return 100, 12_00
	}
	return 0, 10_000_00
}

// Assumption is the source of a rate that nobody has published.
const Assumption = "antakelse"

const maxSource = 500

// Rate is a number with where it is from, and the days it holds, both included;
// a zero To has no end. Amount counts hundredths of the code's unit, which is
// øre for what is paid. Nr counts the rows of a code. Own is what somebody who
// asks has written instead, which has neither source nor days.
type Rate struct {
	Code      Code
	Nr        int64
	Amount    int64
	From, To  clock.Date
	Source    string
	CheckedOn clock.Date
	Own       bool
}

// CanWrite is nil when the actor may write rates: the county's case officer,
// and the system.
func CanWrite(a access.Actor) error {
	if a.IsSystem() || a.Has(access.RoleCaseOfficer) {
		return nil
	}
	return fault.New(fault.Denied, "cost.error.not_county")
}

// check cleans the source and answers what is wrong with the rate.
func (r *Rate) check(today clock.Date) error {
	var fs fault.Fields
	if least, most := r.Code.Bounds(); r.Amount < least || r.Amount > most {
		fs.Add("amount", "form.error.range", "min", int(least/100), "max", int(most/100))
	}
	if r.From.IsZero() {
		fs.Add("from", "form.error.required")
	}
	if !r.To.IsZero() && r.To.Before(r.From) {
		fs.Add("to", "form.error.period")
	}
	r.Source = text.CleanLine(r.Source)
	fs.Text("source", r.Source, maxSource, true)
	switch {
	case r.CheckedOn.IsZero():
		fs.Add("checked_on", "form.error.required")
	case r.CheckedOn.After(today):
		fs.Add("checked_on", "cost.error.checked_later")
	}
	return fs.Err()
}

// Rates are those that hold on a day, at most one of a code.
type Rates map[Code]Rate

// Holding picks the rates that hold on the day. Of a code the row that began
// last decides, also when it has ended: an older one does not come back.
func Holding(list []Rate, day clock.Date) Rates {
	out := Rates{}
	for _, r := range list {
		if r.From.After(day) {
			continue
		}
		if old, ok := out[r.Code]; !ok || r.From.After(old.From) || r.From.Equal(old.From) && r.Nr > old.Nr {
			out[r.Code] = r
		}
	}
	maps.DeleteFunc(out, func(_ Code, r Rate) bool { return !r.To.IsZero() && r.To.Before(day) })
	return out
}

// With are the rates with what somebody has written instead of some.
func (r Rates) With(own map[Code]int64) Rates {
	out := maps.Clone(r)
	for c, amount := range own {
		out[c] = Rate{Code: c, Amount: amount, Own: true}
	}
	return out
}

// of are the rates of the codes that there are.
func (r Rates) of(codes ...Code) []Rate {
	var out []Rate
	for _, c := range codes {
		if rate, ok := r[c]; ok {
			out = append(out, rate)
		}
	}
	return out
}

// without are the codes that there is no rate of.
func (r Rates) without(codes ...Code) []Code {
	return slices.DeleteFunc(slices.Clone(codes), func(c Code) bool { _, ok := r[c]; return ok })
}
