package ui_test

import (
	"testing"

	"kompetansetorg/internal/kit/ui"
)

// Every seat and every word lies inside the picture, also with many around the
// table and long names, and no two seats cover each other.
func TestRoundKeepsEverythingInThePicture(t *testing.T) {
	for n := 1; n <= ui.RoundMost; n++ {
		r := ui.Round{Places: make([]ui.RoundPlace, n)}
		for i := range r.Places {
			r.Places[i] = ui.RoundPlace{Label: "Næringsalliansen i Trøndelag", Seats: []ui.SeatSign{ui.SignVote}}
			if n <= 6 {
				r.Places[i].Note = "Nestleder"
				r.Places[i].Seats = []ui.SeatSign{ui.SignVote, ui.SignSpeak, ui.SignSpeak}
			}
		}
		d := r.Drawing()
		for i, s := range d.Seats {
			if s.X < 12 || s.X > d.Width-12 || s.Y < 12 || s.Y > d.Height-12 {
				t.Errorf("%d places: a seat at %v, %v", n, s.X, s.Y)
			}
			for _, other := range d.Seats[:i] {
				if dx, dy := s.X-other.X, s.Y-other.Y; dx*dx+dy*dy < 20*20 {
					t.Errorf("%d places: seats at %v and %v", n, s, other)
				}
			}
		}
		var boxes [][4]float64
		for _, l := range d.Labels {
			width := 9.0 * float64(len([]rune(l.Text)))
			left, right := l.X, l.X+width
			switch l.Anchor {
			case "end":
				left, right = l.X-width, l.X
			case "middle":
				left, right = l.X-width/2, l.X+width/2
			}
			if left < 0 || right > d.Width || l.Y < 14 || l.Y > d.Height-4 {
				t.Errorf("%d places: %q lies at %v–%v, %v", n, l.Text, left, right, l.Y)
			}
			mine := [4]float64{left, l.Y - 13, right, l.Y + 3}
			for _, b := range boxes {
				if mine[0] < b[2] && b[0] < mine[2] && mine[1] < b[3] && b[1] < mine[3] {
					t.Errorf("%d places: %q at %v covers %v", n, l.Text, mine, b)
				}
			}
			boxes = append(boxes, mine)
		}
	}
}
