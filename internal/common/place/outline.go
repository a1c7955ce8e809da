package place

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// Outline is the area of a municipality as closed rings of degrees: first the pieces
// of land or sea, with holes among them marked by turning the other way. X is longitude,
// Y latitude.
type Outline struct {
	Number Number
	Rings  []orb.Ring
}

// MaxGeoJSON is the largest boundary file read, in bytes, so that a wrong file cannot
// take all memory.
const MaxGeoJSON = 256 << 20

// numberProperties are the names under which boundary files tell the number, the most
// telling first.
var numberProperties = [...]string{"kommunenummer", "kommunenr", "kommnr", "id"}

// LoadGeoJSON reads municipality boundaries from a GeoJSON FeatureCollection of polygons
// in degrees (WGS84), sorted by number. Geonorge's files, where collections lie in an
// object by name, are read too: the first one, by name, that speaks of "kommune". It
// refuses a file that is larger than MaxGeoJSON, holds something else than polygons,
// lacks a number, tells one twice, or is in metres; the error says where. Whether the
// numbers are those of a register is for the caller to compare.
func LoadGeoJSON(r io.Reader) ([]Outline, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxGeoJSON+1))
	if err != nil {
		return nil, fmt.Errorf("read boundaries: %w", err)
	}
	if len(raw) > MaxGeoJSON {
		return nil, fmt.Errorf("read boundaries: larger than %d bytes", MaxGeoJSON)
	}
	collection, err := findCollection(raw)
	if err != nil {
		return nil, fmt.Errorf("read boundaries: %w", err)
	}
	if len(collection.Features) == 0 {
		return nil, errors.New("read boundaries: no features")
	}
	var out []Outline
	seen := map[Number]bool{}
	for i, f := range collection.Features {
		o, err := f.outline()
		if err != nil {
			return nil, fmt.Errorf("read boundaries: feature %d: %w", i+1, err)
		}
		if seen[o.Number] {
			return nil, fmt.Errorf("read boundaries: feature %d: %s told twice", i+1, o.Number)
		}
		seen[o.Number] = true
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b Outline) int { return strings.Compare(string(a.Number), string(b.Number)) })
	return out, nil
}

// The parts of GeoJSON (RFC 7946) that boundaries use. The reader of orb is not used, as
// it brings a database driver with it.
type collection struct {
	Type     string    `json:"type"`
	Features []feature `json:"features"`
}

type feature struct {
	ID         any            `json:"id"`
	Properties map[string]any `json:"properties"`
	Geometry   struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	} `json:"geometry"`
}

func findCollection(raw []byte) (collection, error) {
	var c collection
	if err := json.Unmarshal(raw, &c); err != nil {
		return c, fmt.Errorf("not GeoJSON: %w", err)
	}
	if c.Type == "FeatureCollection" {
		return c, nil
	}
	if c.Type != "" {
		return c, fmt.Errorf("a %q, want a FeatureCollection", c.Type)
	}
	var named map[string]json.RawMessage
	if err := json.Unmarshal(raw, &named); err != nil {
		return c, fmt.Errorf("not GeoJSON: %w", err)
	}
	var names []string
	for name := range named {
		if strings.Contains(strings.ToLower(name), "kommune") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		var inner collection
		if json.Unmarshal(named[name], &inner) == nil && inner.Type == "FeatureCollection" {
			return inner, nil
		}
	}
	return c, errors.New("no FeatureCollection in it")
}

func (f feature) outline() (Outline, error) {
	n, err := f.number()
	if err != nil {
		return Outline{}, err
	}
	var polygons orb.MultiPolygon
	switch f.Geometry.Type {
	case "Polygon":
		polygons = orb.MultiPolygon{nil}
		err = json.Unmarshal(f.Geometry.Coordinates, &polygons[0])
	case "MultiPolygon":
		err = json.Unmarshal(f.Geometry.Coordinates, &polygons)
	default:
		err = fmt.Errorf("a %q, want Polygon or MultiPolygon", f.Geometry.Type)
	}
	if err != nil {
		return Outline{}, fmt.Errorf("%s: %w", n, err)
	}
	o := Outline{Number: n}
	for _, p := range polygons {
		for i, ring := range p {
			if err := checkRing(ring); err != nil {
				return Outline{}, fmt.Errorf("%s: %w", n, err)
			}
			o.Rings = append(o.Rings, turn(ring, i == 0))
		}
	}
	if len(o.Rings) == 0 {
		return Outline{}, fmt.Errorf("%s: no rings", n)
	}
	return o, nil
}

func (f feature) number() (Number, error) {
	values := []any{}
	for _, name := range numberProperties {
		for key, v := range f.Properties {
			if strings.EqualFold(key, name) {
				values = append(values, v)
			}
		}
	}
	for _, v := range append(values, f.ID) {
		if x, ok := v.(float64); ok {
			v = strconv.FormatFloat(x, 'f', -1, 64)
		}
		if s, ok := v.(string); ok {
			if n, err := ParseNumber(s); err == nil {
				return n, nil
			}
		}
	}
	return "", fmt.Errorf("no municipality number among the properties %s", strings.Join(numberProperties[:], ", "))
}

func checkRing(ring orb.Ring) error {
	if len(ring) < 4 || !ring.Closed() {
		return errors.New("a ring is open or has fewer than four points")
	}
	for _, p := range ring {
		if math.Abs(p[0]) > 180 || math.Abs(p[1]) > 90 {
			return fmt.Errorf("point %v is not in degrees; choose the file in EPSG:4258 or WGS84", p)
		}
		if p[1] < minLat-2 || p[1] > maxLat+2 || p[0] < minLon-4 || p[0] > maxLon+4 {
			return fmt.Errorf("point %v is not in Norway; longitude comes first", p)
		}
	}
	return nil
}

// turn gives pieces counter-clockwise and holes clockwise, as RFC 7946 wants and not
// all files do.
func turn(ring orb.Ring, piece bool) orb.Ring {
	ring = slices.Clone(ring)
	if (ring.Orientation() == orb.CCW) != piece {
		ring.Reverse()
	}
	return ring
}

// Contains reports whether the point lies in the area or on its border.
func (o Outline) Contains(p Point) bool {
	inside := false
	for _, ring := range o.Rings {
		if planar.RingContains(ring, orb.Point{p.Lon, p.Lat}) {
			inside = !inside // a hole lies in a piece
		}
	}
	return inside
}
