package place

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/simplify"
)

// kmPerDegree of latitude; a degree of longitude is shorter by the cosine.
const kmPerDegree = earthRadius * math.Pi / 180

// Simplify gives outlines fit for a drawn map: no line strays more than about tolerance
// kilometres from where it was, and islands smaller than minArea square kilometres are
// left out. Borders between neighbours stay one line, as each stretch is simplified the
// same way for both. Every municipality keeps its largest piece whatever its size. The input is
// not changed. A tolerance of zero or less only leaves out islands.
func Simplify(outlines []Outline, tolerance, minArea float64) []Outline {
	s := simplifier{near: neighbours(outlines), tolerance: tolerance / kmPerDegree}
	out := make([]Outline, len(outlines))
	for i, o := range outlines {
		out[i].Number = o.Number
		largest := slices.MaxFunc(o.Rings, func(a, b orb.Ring) int {
			return cmp.Compare(squareKm(a), squareKm(b))
		})
		for _, ring := range o.Rings {
			keep := &ring[0] == &largest[0]
			if !keep && squareKm(ring) < minArea {
				continue
			}
			if short := s.ring(ring); len(short) >= 4 {
				out[i].Rings = append(out[i].Rings, short)
			} else if keep {
				out[i].Rings = append(out[i].Rings, slices.Clone(ring))
			}
		}
	}
	return out
}

// squareKm is the area of the ring, good to a per cent for the size of a municipality.
func squareKm(ring orb.Ring) float64 {
	mid := ring.Bound().Center()[1] * math.Pi / 180
	return math.Abs(planar.Area(ring)) * kmPerDegree * kmPerDegree * math.Cos(mid)
}

// simplifier cuts rings at junctions, the points where borders meet or part, and
// simplifies the arcs between them.
type simplifier struct {
	near      map[orb.Point]map[orb.Point]bool
	tolerance float64 // in degrees of latitude
}

// neighbours maps each point to the points next to it on any ring. A point with other
// than two is a junction.
func neighbours(outlines []Outline) map[orb.Point]map[orb.Point]bool {
	near := map[orb.Point]map[orb.Point]bool{}
	add := func(a, b orb.Point) {
		if near[a] == nil {
			near[a] = map[orb.Point]bool{}
		}
		near[a][b] = true
	}
	for _, o := range outlines {
		for _, ring := range o.Rings {
			for i := range len(ring) - 1 {
				add(ring[i], ring[i+1])
				add(ring[i+1], ring[i])
			}
		}
	}
	return near
}

func (s *simplifier) ring(ring orb.Ring) orb.Ring {
	if s.tolerance <= 0 {
		return slices.Clone(ring)
	}
	open := slices.Clone(ring[:len(ring)-1])
	cuts := s.cuts(open)
	var out orb.Ring
	for i, start := range cuts {
		end := cuts[(i+1)%len(cuts)]
		if end <= start {
			end += len(open)
		}
		line := make(orb.LineString, 0, end-start+1)
		for j := start; j <= end; j++ {
			line = append(line, open[j%len(open)])
		}
		short := s.line(line)
		out = append(out, short[:len(short)-1]...)
	}
	return append(out, out[0])
}

// cuts lists where to cut the ring: at its junctions, or, when it has fewer than two,
// also at its westernmost point and the one farthest from there, which are the same for
// all who share the ring.
func (s *simplifier) cuts(open orb.Ring) []int {
	at := map[int]bool{}
	for i, p := range open {
		if len(s.near[p]) != 2 {
			at[i] = true
		}
	}
	if len(at) < 2 {
		first := extreme(open, func(p orb.Point) float64 { return -p[0] })
		at[first] = true
		at[extreme(open, func(p orb.Point) float64 { return planar.Distance(p, open[first]) })] = true
	}
	return slices.Sorted(maps.Keys(at))
}

// extreme is the index of the point with the highest value; of equals the most northern
// and then eastern, so that it does not depend on where the ring begins.
func extreme(open orb.Ring, value func(orb.Point) float64) int {
	best := 0
	for i, p := range open {
		b := open[best]
		v, w := value(p), value(b)
		if v > w || v == w && (p[1] > b[1] || p[1] == b[1] && p[0] > b[0]) {
			best = i
		}
	}
	return best
}

// line simplifies an arc, always in the same direction, so that both neighbours get the
// same points.
func (s *simplifier) line(line orb.LineString) orb.LineString {
	if !less(line[len(line)-1], line[0]) {
		return s.shorten(line)
	}
	line = slices.Clone(line)
	slices.Reverse(line)
	short := s.shorten(line)
	slices.Reverse(short)
	return short
}

// shorten is Douglas–Peucker on a plane where both axes are degrees of latitude. The
// points it keeps are exactly those of the input.
func (s *simplifier) shorten(line orb.LineString) orb.LineString {
	scale := math.Cos(line.Bound().Center()[1] * math.Pi / 180)
	plane := make(orb.LineString, len(line))
	original := make(map[orb.Point]orb.Point, len(line))
	for i, p := range line {
		plane[i] = orb.Point{p[0] * scale, p[1]}
		original[plane[i]] = p
	}
	short := simplify.DouglasPeucker(s.tolerance).LineString(plane)
	out := make(orb.LineString, len(short))
	for i, p := range short {
		out[i] = original[p]
	}
	return out
}

func less(a, b orb.Point) bool { return a[0] < b[0] || a[0] == b[0] && a[1] < b[1] }
