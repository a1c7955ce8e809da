package offer

import (
	"kompetansetorg/internal/common/place"
)

// Trip is how far a reader must travel to an offering's gatherings.
type Trip struct {
	// None: there is no gathering one must come to.
	None bool
	// To is the farthest municipality one must come to, Air and Class the way
	// there. Class is place.UnknownDistance when one of the places is not known.
	To    place.Number
	Air   place.Kilometres
	Class place.Nearness
}

// Travel is the longest trip that somebody in the municipality must make for
// the offering. It says nothing about the badge, which is for the target area.
func Travel(o Offering, places *place.Register, from place.Number) Trip {
	return TravelBy(o, func(to place.Number) (place.Kilometres, place.Nearness) { return places.Distance(from, to) })
}

// Way answers how far a municipality is from the reader.
type Way func(to place.Number) (place.Kilometres, place.Nearness)

// TravelBy is Travel for who has the distances at hand, as a list does.
func TravelBy(o Offering, way Way) Trip {
	far := Trip{None: true, Class: place.Same}
	for i := range o.Gatherings {
		g := &o.Gatherings[i]
		if g.Voluntary {
			continue
		}
		km, class := way(g.Municipality)
		if class == place.UnknownDistance {
			return Trip{To: g.Municipality, Class: class}
		}
		if far.None || km > far.Air {
			far = Trip{To: g.Municipality, Air: km, Class: class}
		}
	}
	if o.meetsSomewhere() {
		return Trip{Class: place.UnknownDistance}
	}
	return far
}

// IsWithin reports whether the trip is known and at most so long.
func (t Trip) IsWithin(km place.Kilometres) bool {
	return t.Class != place.UnknownDistance && t.Air <= km
}
