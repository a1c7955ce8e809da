package ui

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Coord is a place on earth in degrees.
type Coord struct{ Lat, Lon float64 }

// MapPoint is a circle. Its area grows with Size.
type MapPoint struct {
	Coord
	Label string
	Text  string // what the circle counts, in words: "12 personer i 3 behov"
	Value string // short, drawn inside when there is room
	Href  string
	Size  float64
	Color Color
}

// MapPlace is a small dot that helps the reader find the way.
type MapPlace struct {
	Coord
	Label string
}

// MapArea is a boundary: rings of corners.
type MapArea struct {
	Label string
	Rings [][]Coord
}

// Map is a drawing of points with its table: template "ui.map". The table
// holds the same figures, and the links.
type Map struct {
	ID          string // prefix of the ids inside; must be unique on the page
	Title, Desc string
	Points      []MapPoint
	Places      []MapPlace
	Areas       []MapArea
	Table       Table
}

// Drawing is a Map in the coordinates of its picture.
type Drawing struct {
	Width, Height int
	Shapes        []string // path data
	Land          []Mark   // a soft ground under the places, when no boundary is known
	Dots          []Mark
	Circles       []Mark
}

// Mark is a dot or circle with its label. Named tells that there was room for
// the label.
type Mark struct {
	X, Y, R      float64
	LabelX       float64
	LabelY       float64
	Anchor       string
	Label, Title string
	Value, Href  string
	Color        Color
	Named        bool
}

const (
	mapWidth  = 480
	mapMargin = 36
	minRadius = 12
	maxRadius = 32
	// landRadius makes the ground of neighbouring places run together.
	landRadius = 46
	// The widths of a letter and the height of a line: large letters name
	// circles, as wide as they get on a phone; small ones name places, and are
	// left out there.
	largeLetter = 10.4
	smallLetter = 7.4
	lineHeight  = 20
)

// Drawing lays the map out: plate carrée, narrowed by the cosine of the middle
// latitude, which is right to a percent or two over one county. Points without
// a place (0, 0) are left out.
func (m Map) Drawing() Drawing {
	p := m.projection()
	d := Drawing{Width: mapWidth, Height: p.height}
	for _, a := range m.Areas {
		d.Shapes = append(d.Shapes, p.path(a.Rings))
	}
	largest := 0.0
	for _, pt := range m.Points {
		largest = max(largest, pt.Size)
	}
	for _, pt := range m.Points {
		if pt.Coord == (Coord{}) {
			continue
		}
		x, y := p.at(pt.Coord)
		d.Circles = append(d.Circles, Mark{
			X: x, Y: y, R: radius(pt.Size, largest), Label: pt.Label,
			Title: strings.TrimSuffix(pt.Label+": "+pt.Text, ": "),
			Value: pt.Value, Href: pt.Href, Color: orColor(pt.Color, Accent),
		})
	}
	// Small circles are drawn last, so that none is hidden under a larger.
	slices.SortStableFunc(d.Circles, func(a, b Mark) int { return cmp.Compare(b.R, a.R) })
	for _, pl := range m.Places {
		x, y := p.at(pl.Coord)
		d.Dots = append(d.Dots, Mark{X: x, Y: y, R: 3, Label: pl.Label, Title: pl.Label})
	}
	for _, k := range append(slices.Clone(d.Circles), d.Dots...) {
		d.Land = append(d.Land, Mark{X: k.X, Y: k.Y, R: landRadius})
	}
	d.name()
	return d
}

// name gives labels to circles first and dots after, where they collide with
// nothing.
func (d *Drawing) name() {
	var taken []box
	for _, k := range append(slices.Clone(d.Circles), d.Dots...) {
		taken = append(taken, box{k.X - k.R, k.Y - k.R, k.X + k.R, k.Y + k.R})
	}
	labelled := map[string]bool{}
	name := func(marks []Mark, letter float64) {
		for i := range marks {
			if labelled[marks[i].Label] {
				continue
			}
			if b, ok := marks[i].place(taken, letter, d.Width, d.Height); ok {
				taken = append(taken, b)
				labelled[marks[i].Label] = true
			}
		}
	}
	name(d.Circles, largeLetter)
	name(d.Dots, smallLetter)
}

// place tries the label right, left, below and above the mark.
func (k *Mark) place(taken []box, letter float64, width, height int) (box, bool) {
	w, gap := float64(utf8.RuneCountInString(k.Label))*letter, k.R+5
	tries := []struct {
		x, y   float64
		anchor string
		box    box
	}{
		{k.X + gap, k.Y + 5, "start", box{k.X + gap, k.Y - lineHeight/2, k.X + gap + w, k.Y + lineHeight/2}},
		{k.X - gap, k.Y + 5, "end", box{k.X - gap - w, k.Y - lineHeight/2, k.X - gap, k.Y + lineHeight/2}},
		{k.X, k.Y + gap + 12, "middle", box{k.X - w/2, k.Y + gap - 2, k.X + w/2, k.Y + gap + lineHeight - 4}},
		{k.X, k.Y - gap, "middle", box{k.X - w/2, k.Y - gap - lineHeight + 4, k.X + w/2, k.Y - gap + 2}},
	}
	for _, t := range tries {
		inside := t.box.x0 > 4 && t.box.y0 > 4 && t.box.x1 < float64(width)-4 && t.box.y1 < float64(height)-4
		if inside && !slices.ContainsFunc(taken, t.box.overlaps) {
			k.LabelX, k.LabelY, k.Anchor, k.Named = round(t.x), round(t.y), t.anchor, true
			return t.box, true
		}
	}
	return box{}, false
}

type box struct{ x0, y0, x1, y1 float64 }

func (b box) overlaps(o box) bool {
	return b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1
}

// projection turns degrees into picture units.
type projection struct {
	west, north, scale, narrow float64
	height                     int
}

func (m Map) projection() projection {
	south, north, west, east := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	m.each(func(c Coord) {
		south, north = min(south, c.Lat), max(north, c.Lat)
		west, east = min(west, c.Lon), max(east, c.Lon)
	})
	if math.IsInf(south, 1) {
		return projection{scale: 1, narrow: 1, height: mapWidth / 2}
	}
	// One place alone, or a row of places, still gets a piece of land around.
	const least = 0.4
	south, north = spread(south, north, least)
	narrow := math.Cos((south + north) / 2 * math.Pi / 180)
	west, east = spread(west, east, least/narrow)
	scale := (mapWidth - 2*mapMargin) / ((east - west) * narrow)
	// A tall, narrow region would fill several screens: shrink it instead.
	tallest := 1.25 * mapWidth
	if (north-south)*scale > tallest {
		scale = tallest / (north - south)
		extra := (mapWidth-2*mapMargin)/scale/narrow - (east - west)
		west -= extra / 2
	}
	return projection{
		west: west, north: north, scale: scale, narrow: narrow,
		height: int((north-south)*scale) + 2*mapMargin,
	}
}

// each calls fn for every place that must be inside the picture.
func (m Map) each(fn func(Coord)) {
	for _, pt := range m.Points {
		if pt.Coord != (Coord{}) {
			fn(pt.Coord)
		}
	}
	for _, pl := range m.Places {
		fn(pl.Coord)
	}
	for _, a := range m.Areas {
		for _, ring := range a.Rings {
			for _, c := range ring {
				fn(c)
			}
		}
	}
}

func (p projection) at(c Coord) (x, y float64) {
	return round(mapMargin + (c.Lon-p.west)*p.narrow*p.scale), round(mapMargin + (p.north-c.Lat)*p.scale)
}

func (p projection) path(rings [][]Coord) string {
	var b strings.Builder
	for _, ring := range rings {
		for i, c := range ring {
			b.WriteByte("ML"[min(i, 1)])
			x, y := p.at(c)
			b.WriteString(strconv.FormatFloat(x, 'f', -1, 64) + " " + strconv.FormatFloat(y, 'f', -1, 64))
		}
		b.WriteByte('Z')
	}
	return b.String()
}

func spread(low, high, least float64) (float64, float64) {
	if missing := least - (high - low); missing > 0 {
		return low - missing/2, high + missing/2
	}
	return low, high
}

func radius(size, largest float64) float64 {
	if largest <= 0 || size <= 0 {
		return minRadius
	}
	return round(max(minRadius, maxRadius*math.Sqrt(size/largest)))
}

func round(v float64) float64 { return math.Round(v*10) / 10 }
