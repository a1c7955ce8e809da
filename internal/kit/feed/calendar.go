package feed

import (
	"io"
	"strings"
	"time"

	ical "github.com/arran4/golang-ical"

	"kompetansetorg/internal/kit/clock"
)

// Calendar is a list of events. Product tells what sort of calendar it is, Name what the
// reader's program calls it; a calendar without a name is one event to be put in another.
type Calendar struct {
	Product, Lang, Name string
	Events              []Event
}

// Event is something that takes place from Start to End, or on the whole of Day. UID is
// unique in the world and never changes; Sequence grows with every change that those
// invited must hear of. Changed is zero when nobody knows. Organizer and Mail are who
// calls the event in and where he is written to, both or neither.
type Event struct {
	UID, Summary, Location string
	Description, URL       string
	Organizer, Mail        string
	Stamp, Changed         clock.Time
	Sequence               int
	Start, End             time.Time
	Day                    clock.Date
	Cancelled              bool
}

// CalendarType is the media type of a calendar.
const CalendarType = "text/calendar; charset=utf-8"

// Write writes the calendar.
func (c Calendar) Write(w io.Writer) error {
	cal := ical.NewCalendar()
	cal.SetProductId("-//Kompetansetorg//" + c.Product + "//" + strings.ToUpper(c.Lang))
	cal.SetMethod(ical.MethodPublish)
	if c.Name != "" {
		cal.SetName(c.Name)
		cal.SetXWRCalName(c.Name)
		cal.SetXWRTimezone("Europe/Oslo")
		cal.SetRefreshInterval("PT1H")
	}
	for _, e := range c.Events {
		e.add(cal)
	}
	return cal.SerializeTo(w, ical.WithNewLineWindows)
}

func (e Event) add(cal *ical.Calendar) {
	out := cal.AddEvent(e.UID)
	out.SetDtStampTime(e.Stamp.Std())
	if !e.Changed.IsZero() {
		out.SetLastModifiedAt(e.Changed.Std())
	}
	out.SetSequence(e.Sequence)
	if e.Day.IsZero() {
		out.SetStartAt(e.Start)
		out.SetEndAt(e.End)
	} else {
		day := time.Date(e.Day.Year(), e.Day.Month(), e.Day.Day(), 0, 0, 0, 0, time.UTC)
		out.SetAllDayStartAt(day)
		out.SetAllDayEndAt(day.AddDate(0, 0, 1))
		out.SetTimeTransparency(ical.TransparencyTransparent) // a deadline takes no time
	}
	out.SetSummary(e.Summary)
	if e.Location != "" {
		out.SetLocation(e.Location)
	}
	if e.Description != "" {
		out.SetDescription(e.Description)
	}
	out.SetURL(e.URL)
	if e.Mail != "" {
		out.SetOrganizer("mailto:"+e.Mail, ical.WithCN(e.Organizer))
	}
	out.SetStatus(ical.ObjectStatusConfirmed)
	if e.Cancelled {
		out.SetStatus(ical.ObjectStatusCancelled)
	}
}
