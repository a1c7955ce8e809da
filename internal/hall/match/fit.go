package match

import (
	"slices"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/supply/offer"
)

// How an offering's place, time, form and level weigh against its content. An
// offering that fails one of them is worth so much less, so that one which can
// be taken as it stands comes first.
const (
	factorFailed  = 0.6
	factorPartly  = 0.9
	farKilometres = 100
	nearKm        = 50
	// lateDays is how much later than wanted a start may be and still count as
	// in time.
	lateDays = 31
)

// fit is how an offering stands to all that is not content.
type fit struct {
	factor   float64
	reasons  []Reason
	missing  []Reason
	excluded bool
}

func (f *fit) good(kind string, r Reason) {
	r.Kind = kind
	f.reasons = append(f.reasons, r)
}

func (f *fit) fails(kind string, r Reason) {
	r.Kind = kind
	f.missing = append(f.missing, r)
	f.factor *= factorFailed
}

// judge holds one offering against the query. An offering that takes nobody in
// and never will again is excluded.
func judge(places *place.Register, today clock.Date, q Query, p offer.Programme, o offer.Offering) fit {
	f := fit{factor: 1}
	status := offer.StatusOn(p, o, today)
	switch status.State {
	case offer.Draft, offer.Ended, offer.CalledOff, offer.Resting:
		f.excluded = true
		return f
	case offer.Closed, offer.Running:
		f.fails("start", Reason{Key: "match.missing.closed"})
	case offer.Full:
		f.fails("places", Reason{Key: "match.missing.full"})
	case offer.WaitList:
		f.factor *= factorPartly
		f.good("places", Reason{Key: "match.why.waiting_list"})
	default:
		f.time(q, p, o, today)
	}
	f.places(q, o)
	f.level(q, p)
	f.form(q, o)
	f.travel(q, o, places)
	return f
}

func (f *fit) time(q Query, p offer.Programme, o offer.Offering, today clock.Date) {
	earliest, ok := offer.EarliestStart(p, o, today)
	switch {
	case !ok:
		f.factor *= factorPartly
	case !q.From.IsZero() && earliest.Day.Sub(q.From) > lateDays:
		f.fails("start", Reason{Key: "match.missing.start", Values: []any{"start", earliest.Day, "wanted", q.From}})
	case o.StartType == offer.Rolling:
		f.good("start", Reason{Key: "match.why.rolling", Values: []any{"start", earliest.Day}})
	case o.StartType == offer.SinglePlace:
		f.good("start", Reason{Key: "match.why.single", Values: []any{"start", earliest.Day}})
	default:
		f.good("start", Reason{Key: "match.why.start", Values: []any{"start", earliest.Day}})
	}
}

// places holds the number of people against the places that are left. Where that
// number is not shown to all it is not used either: asking for one more at a time
// would tell it.
func (f *fit) places(q Query, o offer.Offering) {
	if left := o.Counts(false).Left; left != nil && *left > 0 && q.Headcount > *left {
		f.fails("places", Reason{Key: "match.missing.places", Values: []any{"left", *left, "wanted", q.Headcount}})
	}
}

// ladder is the order of the levels; a short course stands beside it.
var ladder = []offer.Level{offer.Vgs, offer.Fagbrev, offer.Fagskole, offer.Hoyere}

func (f *fit) level(q Query, p offer.Programme) {
	if q.Level == "" || q.Level == p.Level {
		return
	}
	a, b := slices.Index(ladder, q.Level), slices.Index(ladder, p.Level)
	if a >= 0 && b >= 0 && max(a-b, b-a) == 1 {
		f.factor *= factorPartly
		return
	}
	f.fails("level", Reason{Key: "match.missing.level", Values: []any{"level", p.Level.Label(), "wanted", q.Level.Label()}})
}

func (f *fit) form(q Query, o offer.Offering) {
	switch {
	case len(q.Forms) == 0:
	case slices.Contains(q.Forms, o.Delivery):
		f.good("form", Reason{Key: "match.why.form", Values: []any{"form", o.Delivery.Label()}})
	case o.Delivery == offer.Mixed || slices.Contains(q.Forms, offer.Mixed) && o.Delivery != offer.Campus:
		f.factor *= factorPartly
	default:
		f.fails("form", Reason{Key: "match.missing.form", Values: []any{"form", o.Delivery.Label()}})
	}
}

func (f *fit) travel(q Query, o offer.Offering, places *place.Register) {
	trip := offer.Travel(o, places, q.Municipality)
	switch {
	case trip.None:
		f.good("place", Reason{Key: "match.why.no_travel"})
	case q.Municipality == "":
	case trip.Class == place.UnknownDistance:
		f.factor *= factorPartly
	case trip.Class == place.Same:
		f.good("place", Reason{Key: "match.why.same_municipality"})
	case trip.IsWithin(nearKm):
		f.good("place", Reason{Key: "match.why.near", Values: []any{"place", nameOf(places, trip.To), "km", int(trip.Air + 0.5)}})
	case trip.IsWithin(farKilometres):
		f.factor *= factorPartly
		f.good("place", Reason{Key: "match.why.near", Values: []any{"place", nameOf(places, trip.To), "km", int(trip.Air + 0.5)}})
	default:
		f.fails("place", Reason{Key: "match.missing.place", Values: []any{"place", nameOf(places, trip.To), "km", int(trip.Air + 0.5)}})
	}
}

func nameOf(places *place.Register, n place.Number) string {
	m, err := places.Municipality(n)
	if err != nil {
		return string(n)
	}
	return m.Name
}
