package cost

import (
	"slices"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

// Mode is how people travel.
type Mode string

// The modes: by car, paid by the kilometre; by bus, train or boat, paid by the
// ticket.
const (
	Car     Mode = "car"
	Tickets Mode = "tickets"
)

// Modes lists the modes in the order pages show them.
func Modes() []Mode { return []Mode{Car, Tickets} }

// Label is the mode's name.
func (m Mode) Label() i18n.Key { return i18n.Key("cost.mode." + string(m)) }

// The most that can be asked about.
const (
	maxSeats  = 1000
	maxPerCar = 9
	maxDays   = 500
	maxHour   = 10_000 * money.Krone
	maxFare   = 100_000 * money.Krone
)

// In is what an employer asks: for how many, from where, by which day's rates.
// A nil number is not said, which is not the same as nothing.
type In struct {
	Offering offer.OfferingID // the one he came from; empty: any
	Seats    int
	From     place.Number // empty: not said
	On       clock.Date
	// Hour is what an hour of work costs him.
	Hour   *money.NOK
	Mode   Mode
	PerCar int
	// Fare is a ticket there and back for one.
	Fare *money.NOK
	// Participant is whether he pays what the provider asks the participant.
	Participant bool
	// CampusDays are the days of teaching on campus, 0 when he has not said.
	CampusDays int
	// HomeDays are the workdays that each loses by teaching at the workplace.
	HomeDays *int
	// Own are amounts he counts with instead of rates.
	Own map[Code]int64
}

// Check answers what is wrong with it.
func (in In) Check() error {
	var fs fault.Fields
	number := func(name string, v, least, most int) {
		if v < least || v > most {
			fs.Add(name, "form.error.range", "min", least, "max", most)
		}
	}
	amount := func(name string, v *money.NOK, most money.NOK) {
		if v != nil && (*v < 0 || *v > most) {
			fs.Add(name, "form.error.range", "min", 0, "max", int(most/money.Krone))
		}
	}
	number("seats", in.Seats, 1, maxSeats)
	number("per_car", in.PerCar, 1, maxPerCar)
	number("campus_days", in.CampusDays, 0, maxDays)
	if in.HomeDays != nil {
		number("home_days", *in.HomeDays, 0, maxDays)
	}
	amount("hour", in.Hour, maxHour)
	amount("fare", in.Fare, maxFare)
	if !slices.Contains(Modes(), in.Mode) {
		fs.Add("mode", "form.error.choice")
	}
	for _, c := range Codes() {
		if v, ok := in.Own[c]; ok {
			if least, most := c.Bounds(); v < least || v > most {
				fs.Add(string(c), "form.error.range", "min", int(least/100), "max", int(most/100))
			}
		}
	}
	return fs.Err()
}

// CaseKind is a way to take the programme.
type CaseKind string

// The kinds: at the school, at the workplace with gatherings, at the workplace.
const (
	Campus     CaseKind = "campus"
	Gatherings CaseKind = "gatherings"
	Workplace  CaseKind = "workplace"
)

// Label is the kind's name.
func (k CaseKind) Label() i18n.Key { return i18n.Key("cost.case." + string(k)) }

// Meeting is a gathering one must come to, or several alike, Times over.
// Workdays are those lost at each. Air is the way there where Known.
type Meeting struct {
	Place                 string
	Municipality          place.Number
	Day                   clock.Date
	Days, Workdays, Times int
	Air                   place.Kilometres
	Known                 bool
}

// Case is one way to take the programme. Item is the offering that it is, nil
// when none is offered this way. Assumed is campus where there is no such
// offering: at the provider's place, for as many days as the employer says, at
// the price of another way. Unstated says that where or how long one meets is not
// known.
type Case struct {
	Kind              CaseKind
	Item              *supply.Item
	Assumed, Unstated bool
	Price             offer.Price
	Meetings          []Meeting
}

// Offered reports whether there is something to count.
func (c Case) Offered() bool { return c.Item != nil || c.Assumed }

// Cases are the three ways beside each other, always in the same order. home is
// the provider's municipality.
func Cases(d supply.Details, home place.Number, in In, places *place.Register) []Case {
	campus, gatherings, workplace := Case{Kind: Campus}, Case{Kind: Gatherings}, Case{Kind: Workplace}
	campus.Item, gatherings.Item, workplace.Item = pick(d.Items, Campus, in.Offering), pick(d.Items, Gatherings, in.Offering), pick(d.Items, Workplace, in.Offering)
	if campus.Item == nil {
		campus.Item = pick(d.Adapted, Campus, "")
	}
	for _, c := range []*Case{&gatherings, &workplace, &campus} {
		if c.Item == nil {
			continue
		}
		c.Price = c.Item.Offering.Price
		if c.Kind != Workplace {
			c.Meetings = meetings(*c.Item.Offering)
			c.Unstated = len(c.Meetings) == 0
		}
	}
	if campus.Item == nil && (gatherings.Item != nil || workplace.Item != nil) {
		campus.Assumed, campus.Unstated, campus.Price = true, true, gatherings.Price
		if gatherings.Item == nil {
			campus.Price = workplace.Price
		}
	}
	if in.CampusDays > 0 && campus.Offered() {
		if len(campus.Meetings) > 0 && campus.Meetings[0].Municipality != "" {
			home = campus.Meetings[0].Municipality
		}
		campus.Meetings, campus.Unstated = weeks(home, in.CampusDays), false
	}
	out := []Case{campus, gatherings, workplace}
	for _, c := range out {
		for i := range c.Meetings {
			m := &c.Meetings[i]
			km, class := places.Distance(in.From, m.Municipality)
			m.Air, m.Known = km, class != place.UnknownDistance
		}
	}
	return out
}

// pick is the offering of the kind that was asked for, else the first that one
// can still get into or that starts.
func pick(items []*supply.Item, kind CaseKind, asked offer.OfferingID) *supply.Item {
	var first *supply.Item
	for _, i := range items {
		switch {
		case KindOf(*i.Offering) != kind:
		case i.Offering.ID == asked:
			return i
		case first == nil && i.Offering.IsPublic() && !i.Status.State.IsOver():
			first = i
		}
	}
	return first
}

// KindOf is the way that the offering is.
func KindOf(o offer.Offering) CaseKind {
	switch {
	case o.Delivery == offer.Campus:
		return Campus
	case o.Delivery == offer.Gatherings, len(meetings(o)) > 0:
		return Gatherings
	}
	return Workplace
}

// meetings are the gatherings one must come to.
func meetings(o offer.Offering) []Meeting {
	var out []Meeting
	for _, g := range o.Gatherings {
		if g.Voluntary {
			continue
		}
		m := Meeting{Place: g.Place, Municipality: g.Municipality, Day: g.Day, Days: max(1, g.Days), Times: 1}
		switch {
		case o.Attendance == offer.Evening || o.Attendance == offer.Weekend:
		case g.Day.IsZero():
			m.Workdays = m.Days
		default:
			for i := range m.Days {
				if clock.IsWorkday(g.Day.AddDays(i)) {
					m.Workdays++
				}
			}
		}
		out = append(out, m)
	}
	return out
}

// workweek is the most days of teaching on campus between two trips home.
const workweek = 5

// weeks are days on campus, in weeks from Monday to Friday.
func weeks(at place.Number, days int) []Meeting {
	var out []Meeting
	if n := days / workweek; n > 0 {
		out = append(out, Meeting{Municipality: at, Days: workweek, Workdays: workweek, Times: n})
	}
	if rest := days % workweek; rest > 0 {
		out = append(out, Meeting{Municipality: at, Days: rest, Workdays: rest, Times: 1})
	}
	return out
}
