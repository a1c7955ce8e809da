package offer

import (
	"slices"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/money"
)

// OfferingID names an offering.
type OfferingID = id.Of[Offering]

// StartType says when one starts.
type StartType string

// The ways to start: any day, all on one day, one place in something that runs
// anyway.
const (
	Rolling     StartType = "LOPENDE"
	Fixed       StartType = "FELLES"
	SinglePlace StartType = "ENKELTPLASS"
)

// StartTypes lists the ways to start in the order pages show them.
func StartTypes() []StartType { return []StartType{Rolling, Fixed, SinglePlace} }

// Label is the start type's name.
func (t StartType) Label() i18n.Key { return i18n.Key("supply.start_type." + string(t)) }

// State is where an offering stands, as its provider set it.
type State string

// The states: a draft, offered, resting (not offered for the time being),
// called off with a reason.
const (
	Concept   State = "concept"
	Active    State = "active"
	Inactive  State = "inactive"
	Cancelled State = "cancelled"
)

// States lists the states in the order pages show them.
func States() []State { return []State{Concept, Active, Inactive, Cancelled} }

// Label is the state's name.
func (s State) Label() i18n.Key { return i18n.Key("supply.state." + string(s)) }

// Delivery is the form an offering is taught in (form in the API).
type Delivery string

// The forms: on the net, in gatherings, in the company, a mixture, on campus.
const (
	Net        Delivery = "nett"
	Gatherings Delivery = "samlinger"
	Company    Delivery = "bedrift"
	Mixed      Delivery = "blandet"
	Campus     Delivery = "campus"
)

// Deliveries lists the forms in the order pages show them.
func Deliveries() []Delivery { return []Delivery{Net, Company, Gatherings, Mixed, Campus} }

// Label is the form's name.
func (d Delivery) Label() i18n.Key { return i18n.Key("supply.delivery." + string(d)) }

// Channel is where one applies (design.md §10).
type Channel string

// The channels: here, at an address of the provider, national admission.
const (
	Here     Channel = "here"
	Link     Channel = "link"
	National Channel = "national"
)

// Channels lists the channels in the order pages show them.
func Channels() []Channel { return []Channel{Here, Link, National} }

// Label is the channel's name.
func (c Channel) Label() i18n.Key { return i18n.Key("supply.channel." + string(c)) }

// Attendance is the time of day or week of the teaching; empty is not stated.
type Attendance string

// The patterns of attendance.
const (
	Daytime  Attendance = "dag"
	Evening  Attendance = "kveld"
	Weekend  Attendance = "helg"
	InBlocks Attendance = "blokk"
)

// Attendances lists the patterns in the order pages show them.
func Attendances() []Attendance { return []Attendance{Daytime, Evening, Weekend, InBlocks} }

// Label is the pattern's name.
func (a Attendance) Label() i18n.Key { return i18n.Key("supply.attendance." + string(a)) }

// EnrolmentKind says what applying in a period is.
type EnrolmentKind string

// The kinds: who applies has a place, the provider decides, apply at an
// address, national admission.
const (
	Direct      EnrolmentKind = "direkte"
	Approval    EnrolmentKind = "godkjenning"
	ByURL       EnrolmentKind = "url"
	Coordinated EnrolmentKind = "samordnet"
)

// EnrolmentKinds lists the kinds in the order pages show them.
func EnrolmentKinds() []EnrolmentKind { return []EnrolmentKind{Direct, Approval, ByURL, Coordinated} }

// Label is the kind's name.
func (k EnrolmentKind) Label() i18n.Key { return i18n.Key("supply.enrolment." + string(k)) }

// EnrolmentPeriod is when one may apply, both days included; a zero From is
// since ever, a zero To has no end. It says nothing of when one starts.
type EnrolmentPeriod struct {
	From, To    clock.Date
	TargetGroup string
	Kind        EnrolmentKind
	URL         string
	// Queue is whether one may wait for a place, for at most MaxQueued (0: any
	// number).
	Queue     bool
	MaxQueued int
}

func (p EnrolmentPeriod) on(day clock.Date) bool { return within(day, p.From, p.To) }

// ClosedPeriod is when nobody starts, both days included.
type ClosedPeriod struct{ From, To clock.Date }

// Gathering is where those who take the offering meet.
type Gathering struct {
	Place        string
	Municipality place.Number // empty: not stated
	Day          clock.Date   // first day; none when only the order is known
	Days         int
	Voluntary    bool
}

// WaitUnit is what a wait is counted in.
type WaitUnit string

// The units of a wait.
const (
	Days   WaitUnit = "dag"
	Weeks  WaitUnit = "uke"
	Months WaitUnit = "maned"
)

// WaitUnits lists the units in the order pages show them.
func WaitUnits() []WaitUnit { return []WaitUnit{Days, Weeks, Months} }

// Label is the unit's name behind a number; it has plural forms.
func (u WaitUnit) Label() i18n.Key { return i18n.Key("supply.wait." + string(u)) }

// Wait is how long the provider thinks it takes from applying to starting. A
// zero Value is not stated.
type Wait struct {
	Value int
	Unit  WaitUnit
}

// From is the day the wait ends when it begins on the day.
func (w Wait) From(day clock.Date) clock.Date {
	switch w.Unit {
	case Weeks:
		return day.AddDays(7 * w.Value)
	case Months:
		return day.AddMonths(w.Value)
	}
	return day.AddDays(w.Value)
}

// Price is what it costs, in the prices of a year. nil is not stated, which is
// not the same as free.
type Price struct {
	Participant, Employer *money.NOK
	Year                  int
}

// Taken are the people in an offering: those who have a place, those who have
// applied and wait for an answer, and those who wait for a place.
type Taken struct{ Enrolled, Pending, Queued int }

// Target is the area an offering is meant for: a region, or municipalities, or
// both. The badge is judged for it.
type Target struct {
	Region         place.RegionID
	Municipalities []place.Number
}

// IsZero reports whether no area is stated.
func (t Target) IsZero() bool { return t.Region == "" && len(t.Municipalities) == 0 }

// Offering is one way a programme is offered.
type Offering struct {
	ID        OfferingID
	Programme ProgrammeID
	Provider  org.ID // the programme's
	State     State
	// Reason says why the offering was cancelled.
	Reason    string
	StartType StartType
	// Start is the day all start (FELLES), or the first day one can.
	Start, End clock.Date
	// FlexibleFrom and FlexibleTo are the days between which one may start
	// when one likes. They are not the days one may apply.
	FlexibleFrom, FlexibleTo clock.Date
	// NoRollingReason says why one cannot start any day (LOP-5).
	NoRollingReason string
	Enrolment       []EnrolmentPeriod
	Closed          []ClosedPeriod

	Delivery                     Delivery
	DigitalShare, WorkplaceShare *int
	PartTimePercent              int // of full time; 0: not stated
	Attendance                   Attendance
	Gatherings                   []Gathering
	Target                       Target

	// MinPlaces and MaxPlaces are 0 when not stated. Pending have applied and
	// wait for an answer; Queued wait for a place: those the provider counts
	// itself. Here are those who came by an application here; they are not the
	// provider's to write.
	MinPlaces, MaxPlaces      int
	Enrolled, Pending, Queued int
	Here                      Taken
	// AnswerDays is how many workdays the provider takes to answer one who
	// applies; 0: not stated.
	AnswerDays int
	Wait       Wait
	Price      Price

	Channel  Channel
	ApplyURL string
	// Deadline is the last day to apply when there are no enrolment periods.
	Deadline clock.Date

	Source, SourceID     string
	LastConfirmed        clock.Date
	CreatedAt, UpdatedAt clock.Time
	Version              int64
}

// All are those whom the provider counts itself and those who came by an
// application here, together.
func (o Offering) All() Taken {
	return Taken{o.Enrolled + o.Here.Enrolled, o.Pending + o.Here.Pending, o.Queued + o.Here.Queued}
}

// IsPublic reports whether anyone may read about the offering.
func (o Offering) IsPublic() bool { return o.State != Concept }

// PlacesLeft is how many more can be taken in; false when the provider has not
// said how many places there are.
func (o Offering) PlacesLeft() (int, bool) {
	if o.MaxPlaces == 0 {
		return 0, false
	}
	all := o.All()
	return max(0, o.MaxPlaces-all.Enrolled-all.Pending), true
}

// NeedToStart is how many more must be taken in before it starts (LOP-16).
func (o Offering) NeedToStart() int { return max(0, o.MinPlaces-o.All().Enrolled) }

// IsStale reports whether nobody has confirmed the offering in the last so
// many days.
func (o Offering) IsStale(today clock.Date, days int) bool {
	return today.Sub(o.LastConfirmed) > days
}

// Shares are the per cent taught on the net and done at the workplace: those of
// the offering, else of the programme, else what the form implies. A nil share
// is not known.
func (o Offering) Shares(p Programme) (digital, workplace *int) {
	digital, workplace = first(o.DigitalShare, p.DigitalShare), first(o.WorkplaceShare, p.WorkplaceShare)
	all := 100
	if digital == nil && o.Delivery == Net {
		digital = &all
	}
	if workplace == nil && o.Delivery == Company {
		workplace = &all
	}
	return digital, workplace
}

func first(shares ...*int) *int {
	for _, s := range shares {
		if s != nil {
			return s
		}
	}
	return nil
}

// Template is the offering as a start for another.
func (o Offering) Template() Offering {
	none := clock.Date{}
	o.State, o.Reason, o.Source, o.SourceID = Concept, "", "", ""
	o.Start, o.End, o.FlexibleFrom, o.FlexibleTo, o.Deadline = none, none, none, none, none
	o.Enrolment, o.Closed = nil, nil
	o.Enrolled, o.Pending, o.Queued, o.Here = 0, 0, 0, Taken{}
	o.Gatherings = slices.Clone(o.Gatherings)
	for i := range o.Gatherings {
		o.Gatherings[i].Day = none
	}
	return o
}

// within reports whether the day lies between the two, both included; a zero
// end is open.
func within(day, from, to clock.Date) bool {
	return !day.Before(from) && (to.IsZero() || !day.After(to))
}
