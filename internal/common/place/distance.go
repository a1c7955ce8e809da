package place

import (
	"cmp"
	"math"
	"slices"

	"kompetansetorg/internal/kit/clock"
)

// Kilometres is a distance in the air.
type Kilometres float64

// earthRadius is the mean radius in kilometres (IUGG). On Norwegian distances the
// sphere is at most half a per cent from the ellipsoid.
const earthRadius = 6371.0088

// Air is the great-circle distance between two points.
func Air(a, b Point) Kilometres {
	rad := math.Pi / 180
	sinLat := math.Sin((b.Lat - a.Lat) * rad / 2)
	sinLon := math.Sin((b.Lon - a.Lon) * rad / 2)
	h := sinLat*sinLat + math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*sinLon*sinLon
	return Kilometres(2 * earthRadius * math.Asin(math.Min(1, math.Sqrt(h))))
}

// Nearness is a class of distance in the air between administrative centres. It says
// nothing of roads, ferries or time.
type Nearness string

// The classes, nearest first. Each holds what the one before does not.
const (
	Same            Nearness = "same"      // the same municipality
	Under50         Nearness = "under_50"  // under 50 km
	Under100        Nearness = "under_100" // 50 km to under 100 km
	Under200        Nearness = "under_200" // 100 km to under 200 km
	Far             Nearness = "far"       // 200 km or more
	UnknownDistance Nearness = "unknown"   // a municipality or its centre is not known
)

// Classify is the class of a distance between two different municipalities.
func Classify(km Kilometres) Nearness {
	switch {
	case math.IsNaN(float64(km)) || km < 0:
		return UnknownDistance
	case km < 50:
		return Under50
	case km < 100:
		return Under100
	case km < 200:
		return Under200
	}
	return Far
}

// Distance is the air distance between the centres of two municipalities, and its class.
// Closed numbers count as what stands for them now, and of several the nearest. With a
// number the register does not know the class is UnknownDistance and the distance 0.
func (r *Register) Distance(a, b Number) (Kilometres, Nearness) {
	best, found := Kilometres(0), false
	for _, m := range r.newest[a] {
		for _, n := range r.newest[b] {
			if m.Number == n.Number {
				return 0, Same
			}
			if !m.HasCentre() || !n.HasCentre() {
				continue
			}
			if km := Air(m.At, n.At); !found || km < best {
				best, found = km, true
			}
		}
	}
	if !found {
		return 0, UnknownDistance
	}
	return best, Classify(best)
}

// Reach is a distance and its class.
type Reach struct {
	Air   Kilometres
	Class Nearness
}

// Reaches gives the distance from one municipality to every number there is or was; a
// number that is not in it is unknown. It is for comparing many places with one: looking
// up is quicker than measuring. Empty for an unknown number.
func (r *Register) Reaches(from Number) map[Number]Reach {
	if len(r.newest[from]) == 0 {
		return nil
	}
	out := make(map[Number]Reach, len(r.newest))
	for n := range r.newest {
		km, class := r.Distance(from, n)
		out[n] = Reach{km, class}
	}
	return out
}

// Near lists the municipalities of today within the distance of the one with the number,
// nearest first; itself is the first. None for an unknown number.
func (r *Register) Near(n Number, limit Kilometres) []Neighbour {
	var out []Neighbour
	for _, m := range r.On(clock.Date{}).List() {
		if km, class := r.Distance(n, m.Number); class != UnknownDistance && km <= limit {
			out = append(out, Neighbour{m, Reach{km, class}})
		}
	}
	// Stable: equals stay in the order of names.
	slices.SortStableFunc(out, func(a, b Neighbour) int { return cmp.Compare(a.Air, b.Air) })
	return out
}

// Neighbour is a municipality with its distance from another.
type Neighbour struct {
	Municipality
	Reach
}
