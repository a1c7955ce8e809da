package offer

import (
	"slices"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// Criterion is one of the four that the badge «Kan tas på arbeidsplassen» asks
// for (LOP-3).
type Criterion string

// The criteria.
const (
	IsDigital   Criterion = "digital"
	IsRolling   Criterion = "rolling"
	AtWorkplace Criterion = "workplace"
	IsLocal     Criterion = "gatherings"
)

// Label is the criterion's name.
func (c Criterion) Label() i18n.Key { return i18n.Key("supply.criterion." + string(c)) }

// Finding is how an offering stands to one criterion. Excused: it does not do
// what the criterion asks, but has said why it cannot, which the sources allow
// for rolling admission only ("hvor det er mulig").
type Finding struct {
	Criterion    Criterion
	Met, Excused bool
	Reason       Reason
}

// Badge is the judgement of all four. It is computed, and nobody can set it.
type Badge struct {
	Holds    bool
	Findings []Finding
}

// Failed lists the criteria that fail.
func (b Badge) Failed() []Finding {
	var out []Finding
	for _, f := range b.Findings {
		if !f.Met {
			out = append(out, f)
		}
	}
	return out
}

// mostly is the share from which teaching is "mostly" of a kind, in per cent.
const mostly = 50

// Judge tells whether the offering can be taken at the workplace: taught on the
// net, rolling (or with a reason why not), mostly done at the workplace, and
// with any gatherings inside its own target area. Where a reader lives is not
// part of it; see Travel.
func Judge(p Programme, o Offering, places *place.Register, today clock.Date) Badge {
	return JudgeBy(p, o, places, func(t Target) []place.Number { return t.Area(places, today) })
}

// JudgeBy is Judge for who has the areas at hand, as a list does.
func JudgeBy(p Programme, o Offering, places *place.Register, area func(Target) []place.Number) Badge {
	b := Badge{Holds: true, Findings: []Finding{
		judgeDigital(p, o), judgeRolling(o), judgeWorkplace(p, o), judgeGatherings(o, places, area),
	}}
	for _, f := range b.Findings {
		b.Holds = b.Holds && f.Met
	}
	return b
}

// judgeDigital: at least half is taught on the net, or all that is not done at
// the workplace is. So a path with nine tenths at work needs no more than one
// tenth on the net.
func judgeDigital(p Programme, o Offering) Finding {
	f := Finding{Criterion: IsDigital}
	digital, workplace := o.Shares(p)
	switch {
	case digital == nil:
		f.Reason = Reason{Key: "supply.badge.digital.unknown"}
	case *digital >= mostly:
		f.Met, f.Reason = true, Reason{"supply.badge.digital.yes", []any{"share", *digital}}
	case *digital > 0 && workplace != nil && *digital+*workplace >= 100:
		f.Met, f.Reason = true, Reason{"supply.badge.digital.rest", []any{"share", *digital}}
	default:
		f.Reason = Reason{"supply.badge.digital.no", []any{"share", *digital}}
	}
	return f
}

func judgeRolling(o Offering) Finding {
	f := Finding{Criterion: IsRolling}
	switch {
	case o.StartType == Rolling:
		f.Met, f.Reason = true, Reason{Key: "supply.badge.rolling.yes"}
	case !o.FlexibleFrom.IsZero() || !o.FlexibleTo.IsZero():
		f.Met, f.Reason = true, Reason{Key: "supply.badge.rolling.flexible"}
	case o.NoRollingReason != "":
		f.Met, f.Excused, f.Reason = true, true, Reason{"supply.badge.rolling.excused", []any{"reason", o.NoRollingReason}}
	default:
		f.Reason = Reason{Key: "supply.badge.rolling.no"}
	}
	return f
}

func judgeWorkplace(p Programme, o Offering) Finding {
	f := Finding{Criterion: AtWorkplace}
	_, workplace := o.Shares(p)
	switch {
	case workplace == nil:
		f.Reason = Reason{Key: "supply.badge.workplace.unknown"}
	case *workplace >= mostly:
		f.Met, f.Reason = true, Reason{"supply.badge.workplace.yes", []any{"share", *workplace}}
	default:
		f.Reason = Reason{"supply.badge.workplace.no", []any{"share", *workplace}}
	}
	return f
}

// judgeGatherings looks at the gatherings one must come to.
func judgeGatherings(o Offering, places *place.Register, areaOf func(Target) []place.Number) Finding {
	f := Finding{Criterion: IsLocal}
	musts := o.mandatory()
	if len(musts) == 0 {
		f.Met, f.Reason = true, Reason{Key: "supply.badge.gatherings.none"}
		return f
	}
	area := areaOf(o.Target)
	if len(area) == 0 {
		f.Reason = Reason{Key: "supply.badge.gatherings.no_area"}
		return f
	}
	var outside []string
	for _, g := range musts {
		if g.Municipality == "" {
			f.Reason = Reason{Key: "supply.badge.gatherings.unknown"}
			return f
		}
		if name := municipalityName(places, g.Municipality); !Covers(area, places, g.Municipality) && !slices.Contains(outside, name) {
			outside = append(outside, name)
		}
	}
	if len(outside) > 0 {
		f.Reason = Reason{"supply.badge.gatherings.outside", []any{"places", Names(outside)}}
		return f
	}
	f.Met, f.Reason = true, Reason{Key: "supply.badge.gatherings.local"}
	return f
}

// Names is a list inside a Reason, which the page joins in its language.
type Names []string

// mandatory are the gatherings one must come to. A campus course without a
// stated gathering is met for all the same; that shows as one without a place.
func (o Offering) mandatory() []Gathering {
	var out []Gathering
	for _, g := range o.Gatherings {
		if !g.Voluntary {
			out = append(out, g)
		}
	}
	if o.meetsSomewhere() {
		out = append(out, Gathering{})
	}
	return out
}

// meetsSomewhere reports whether one must come to a place that is not stated.
func (o Offering) meetsSomewhere() bool {
	return len(o.Gatherings) == 0 && (o.Delivery == Campus || o.Delivery == Gatherings)
}

// Area are the municipalities of the target on the day, as numbers of today.
func (t Target) Area(places *place.Register, today clock.Date) []place.Number {
	var out []place.Number
	if t.Region != "" {
		// An unknown or ended region has no members, so it covers nothing.
		members, err := places.MembersAt(t.Region, today)
		if err == nil {
			out = append(out, place.Numbers(members)...)
		}
	}
	for _, n := range t.Municipalities {
		out = append(out, Newest(places, n)...)
	}
	return out
}

// Covers reports whether the municipality, or what stands for it today, lies
// in the area.
func Covers(area []place.Number, places *place.Register, n place.Number) bool {
	return slices.ContainsFunc(Newest(places, n), func(m place.Number) bool { return slices.Contains(area, m) })
}

// Newest are the numbers that stand for the number today; itself when the
// register does not know it.
func Newest(places *place.Register, n place.Number) []place.Number {
	heirs, err := places.Successors(n, clock.Date{})
	if err != nil {
		return []place.Number{n}
	}
	return heirs
}

func municipalityName(places *place.Register, n place.Number) string {
	m, err := places.Municipality(n)
	if err != nil {
		return string(n)
	}
	return m.Name
}
