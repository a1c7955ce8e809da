package place

import (
	"strings"

	"kompetansetorg/internal/kit/clock"
)

// Point is a place on the earth in degrees (WGS84).
type Point struct {
	Lat, Lon float64
}

// Period is a time from a day to a day, both included. A zero From means since before
// the register began, a zero To that no end is known.
type Period struct {
	From, To clock.Date
}

// On reports whether the day lies in the period. The zero day is the newest one: only
// periods without end hold it.
func (p Period) On(day clock.Date) bool {
	if day.IsZero() {
		return p.To.IsZero()
	}
	return !day.Before(p.From) && (p.To.IsZero() || !day.After(p.To))
}

// Municipality is a municipality under one number.
type Municipality struct {
	Number Number
	// Name is the Norwegian name. Official holds all official names in their official
	// order, "Rosse – Røros"; it equals Name where there is only one.
	Name, Official string
	County         CountyNumber
	// Centre is the name of the administrative centre, and At the town itself (not the
	// middle of the area). Both are zero for closed municipalities.
	Centre string
	At     Point
	Period
}

// OtherNames lists the official names besides the Norwegian one, in official order.
func (m Municipality) OtherNames() []string {
	var names []string
	for _, name := range splitOfficial(m.Official) {
		if name != m.Name {
			names = append(names, name)
		}
	}
	return names
}

// HasCentre reports whether the register knows where the administrative centre lies.
func (m Municipality) HasCentre() bool { return m.At != Point{} }

// County is a county under one number. Name and Official are as in Municipality.
type County struct {
	Number         CountyNumber
	Name, Official string
	Period
}

// Kind says what happened to a municipality number.
type Kind string

// The kinds of change.
const (
	Merge    Kind = "merge"    // became part of a municipality with others
	Split    Kind = "split"    // closed and shared between several
	Renumber Kind = "renumber" // the same municipality under a new number
)

// Change closes the number From and carries what it stood for over to To, on the first
// day of the new order. A split has one Change per receiver.
type Change struct {
	From     Number
	FromName string
	To       Number
	Day      clock.Date
	Kind     Kind
}

// officialSeparator stands between the names of a municipality with several.
const officialSeparator = " – "

func splitOfficial(s string) []string { return strings.Split(s, officialSeparator) }
