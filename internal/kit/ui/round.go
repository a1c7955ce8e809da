package ui

import (
	"math"
	"strings"
	"unicode/utf8"
)

// Round is a round table seen from above: who sits around it, and what each seat
// may do there: template "ui.round". On a phone it is not drawn: the page lists
// the same below.
type Round struct {
	ID            string // prefix of the ids inside; must be unique on the page
	Title, Desc   string
	Centre, Below string // words on the table: "6 stemmer", "18 seter"
	Places        []RoundPlace
	Legend        []RoundSeat
}

// RoundPlace is one who sits at the table, with seats beside each other. Note
// stands under the label: "Leder".
type RoundPlace struct {
	Label, Note string
	Seats       []SeatSign
}

// RoundSeat explains a sign.
type RoundSeat struct {
	Sign  SeatSign
	Label string
}

// SeatSign is how a seat is drawn, by what it may do.
type SeatSign string

// The signs: a filled disc votes, a ring speaks, a dot only attends.
const (
	SignVote   SeatSign = "vote"
	SignSpeak  SeatSign = "speak"
	SignAttend SeatSign = "attend"
)

// RoundMost is how many places there is room for, with words of two or three lines.
const RoundMost = 12

// The picture's measures: the table, and how far outside it seats and labels are.
const (
	roundWidth, roundHeight = 820.0, 520.0
	tableX, tableY          = 150.0, 100.0
	seatsOut, labelOut      = 34.0, 66.0
	seatStep                = 27.0
	labelLetters            = 16
	labelLine               = 19.0
)

// RoundSign is a seat in the coordinates of the picture.
type RoundSign struct {
	X, Y float64
	Sign SeatSign
}

// RoundLabel is a line of words in the coordinates of the picture.
type RoundLabel struct {
	X, Y   float64
	Anchor string
	Text   string
	Note   bool
}

// RoundDrawing is a Round in the coordinates of its picture.
type RoundDrawing struct {
	Width, Height, CX, CY, RX, RY float64
	CentreY, BelowY               float64
	Seats                         []RoundSign
	Labels                        []RoundLabel
}

// Drawing lays the table out: places at even angles from the top, clockwise.
func (r Round) Drawing() RoundDrawing {
	d := RoundDrawing{Width: roundWidth, Height: roundHeight, CX: roundWidth / 2, CY: roundHeight / 2, RX: tableX, RY: tableY}
	d.CentreY, d.BelowY = d.CY-2, d.CY+26
	if r.Below == "" {
		d.CentreY = d.CY + 10
	}
	for i, p := range r.Places {
		angle := 2*math.Pi*float64(i)/float64(len(r.Places)) - math.Pi/2
		cos, sin := math.Cos(angle), math.Sin(angle)
		// Seats lie side by side along the edge of the table.
		tx, ty := -sin*(tableX+seatsOut), cos*(tableY+seatsOut)
		length := math.Hypot(tx, ty)
		for j, s := range p.Seats {
			off := (float64(j) - float64(len(p.Seats)-1)/2) * seatStep / length
			d.Seats = append(d.Seats, RoundSign{X: round(d.CX + cos*(tableX+seatsOut) + tx*off), Y: round(d.CY + sin*(tableY+seatsOut) + ty*off), Sign: s})
		}
		d.Labels = append(d.Labels, labels(p, d.CX+cos*(tableX+labelOut), d.CY+sin*(tableY+labelOut), cos, sin)...)
	}
	d.crop()
	return d
}

// crop takes away what is empty above and below.
func (d *RoundDrawing) crop() {
	top, bottom := d.CY-d.RY, d.CY+d.RY
	for _, s := range d.Seats {
		top, bottom = min(top, s.Y-12), max(bottom, s.Y+12)
	}
	for _, l := range d.Labels {
		top, bottom = min(top, l.Y-labelLine), max(bottom, l.Y+6)
	}
	top -= 6
	d.Height = round(bottom + 6 - top)
	for i := range d.Seats {
		d.Seats[i].Y = round(d.Seats[i].Y - top)
	}
	for i := range d.Labels {
		d.Labels[i].Y = round(d.Labels[i].Y - top)
	}
	d.CY, d.CentreY, d.BelowY = round(d.CY-top), round(d.CentreY-top), round(d.BelowY-top)
}

// labels are the lines of a place's words, growing away from the table.
func labels(p RoundPlace, x, y, cos, sin float64) []RoundLabel {
	anchor := "middle"
	switch {
	case cos > 0.25:
		anchor = "start"
	case cos < -0.25:
		anchor = "end"
	}
	var out []RoundLabel
	for _, line := range wrap(p.Label, labelLetters) {
		out = append(out, RoundLabel{X: round(x), Anchor: anchor, Text: line})
	}
	if p.Note != "" {
		out = append(out, RoundLabel{X: round(x), Anchor: anchor, Text: p.Note, Note: true})
	}
	// At the sides the block of lines is centred on the place; above and below
	// the table it stands clear of the seats.
	top := y - float64(len(out)-1)*labelLine*(0.5-0.5*sin) + 5
	for i := range out {
		out[i].Y = round(top + float64(i)*labelLine)
	}
	return out
}

// wrap breaks a text between words so that lines have some n characters.
func wrap(s string, n int) []string {
	var out []string
	for _, word := range strings.Fields(s) {
		last := len(out) - 1
		if last >= 0 && utf8.RuneCountInString(out[last])+1+utf8.RuneCountInString(word) <= n {
			out[last] += " " + word
			continue
		}
		out = append(out, word)
	}
	return out
}
