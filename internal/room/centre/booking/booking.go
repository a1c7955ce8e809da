package booking

import (
	"slices"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/centre"
)

// ID names a booking.
type ID = id.Of[Booking]

// ParseID reads the id of a booking from outside.
func ParseID(s string) (ID, error) { return id.Parse[Booking](s) }

// FlowKind is the kind under which flow, audit, follow and object know a booking.
const FlowKind = "centre_booking"

// The actions of the audit log.
const (
	ActionAsk  audit.Action = "booking.ask"
	ActionMove audit.Action = "booking.move"
)

// MaxWeeks is for how many weeks a room can be asked for at once, MaxDays how many days ahead.
const (
	MaxWeeks = 40
	MaxDays  = 550
)

// answerDays are the working days that the centre has to answer.
const answerDays = 3

// The states. JSON has the same names.
const (
	Asked     flow.State = "asked"
	Confirmed flow.State = "confirmed"
	Declined  flow.State = "declined"
	Cancelled flow.State = "cancelled"
)

// Flow is how a booking moves. What has been confirmed can still be cancelled, by the centre
// only with a reason.
func Flow() flow.Definition {
	asker := []flow.Party{flow.Learner}
	both := []flow.Party{flow.Centre, flow.Learner}
	return flow.Definition{Kind: FlowKind, Initial: Asked, States: []flow.StateDef{
		{State: Asked, Label: "booking.state.asked", Ball: flow.Centre, Days: answerDays},
		{State: Confirmed, Label: "booking.state.confirmed", End: true},
		{State: Declined, Label: "booking.state.declined", End: true},
		{State: Cancelled, Label: "booking.state.cancelled", End: true},
	}, Moves: []flow.MoveDef{
		{From: Asked, To: Confirmed, By: []flow.Party{flow.Centre}, Label: "booking.move.confirm"},
		{From: Asked, To: Declined, By: []flow.Party{flow.Centre}, Label: "booking.move.decline", NoteRequired: true},
		{From: Asked, To: Cancelled, By: asker, Label: "booking.move.cancel"},
		{From: Confirmed, To: Cancelled, By: both, Label: "booking.move.cancel", NoteRequired: true},
	}}
}

// Sort is what a room is used for.
type Sort string

// The sorts.
const (
	Teaching  Sort = "teaching"
	Gathering Sort = "gathering"
	Exam      Sort = "exam"
	Other     Sort = "other"
)

// Sorts lists them in the order pages show them.
func Sorts() []Sort { return []Sort{Teaching, Gathering, Exam, Other} }

// Label is the sort's name.
func (s Sort) Label() i18n.Key { return i18n.Key("booking.sort." + string(s)) }

// Asking is what is asked for: a room on a day between two times of day, "09:00", and the same
// for Weeks weeks in all. Org is empty for somebody who asks for herself.
type Asking struct {
	Room     centre.RoomID
	Day      clock.Date
	From, To string
	Weeks    int
	Sort     Sort
	Purpose  string
	People   int
	Org      access.OrgID
}

func (in Asking) tidied(today clock.Date, fs *fault.Fields) Asking {
	in.Purpose, in.From, in.To = text.CleanLine(in.Purpose), text.CleanLine(in.From), text.CleanLine(in.To)
	fs.Text("purpose", in.Purpose, centre.MaxLine, true)
	in.Weeks = max(1, in.Weeks)
	switch {
	case in.Day.IsZero():
		fs.Add("day", "form.error.required")
	case in.Day.Before(today):
		fs.Add("day", "booking.error.past")
	case in.Day.After(today.AddDays(MaxDays)):
		fs.Add("day", "booking.error.far")
	}
	if in.Weeks > MaxWeeks {
		fs.Add("weeks", "form.error.range", "min", 1, "max", MaxWeeks)
	}
	if !clock.IsTimeOfDay(in.From) {
		fs.Add("from", "booking.error.clock")
	}
	switch {
	case !clock.IsTimeOfDay(in.To):
		fs.Add("to", "booking.error.clock")
	case clock.Minutes(in.To) <= clock.Minutes(in.From):
		fs.Add("to", "booking.error.end")
	}
	if !slices.Contains(Sorts(), in.Sort) {
		fs.Add("sort", "form.error.required")
	}
	if in.People < 1 || in.People > centre.MaxPeople {
		fs.Add("people", "form.error.range", "min", 1, "max", centre.MaxPeople)
	}
	return in
}

// spans are the moments asked for, one for each week: at the same time of day, also where the
// clock is changed between them.
func (in Asking) spans() []span {
	out := make([]span, in.Weeks)
	for i := range out {
		from, to := clock.Span(in.Day.AddDays(7*i), in.From, in.To)
		out[i] = span{clock.At(from), clock.At(to)}
	}
	return out
}

// span is a time from a moment until another, which is not in it.
type span struct{ From, To clock.Time }

// Booking is a time in a room. OrgName is empty for a person who asked for herself; what it is
// for and for whom are empty for a reader who may only see that the room is taken.
type Booking struct {
	ID      ID
	Number  string // "R-2026-0012"
	Room    centre.RoomID
	From    clock.Time
	To      clock.Time
	Sort    Sort
	Purpose string
	People  int
	Org     access.OrgID
	OrgName string
	Account access.AccountID
	State   flow.State
	Version int64
	// Mine are the parties that the reader may act as; empty for one who may only see that
	// the room is taken.
	Mine []flow.Party
}

// Day is the day that it is on, Clock the times of day, "09:00–15:30".
func (b Booking) Day() clock.Date { return b.From.Date() }

// Clock is the times of day, as clocks in Norway show them.
func (b Booking) Clock() string { return TimeOfDay(b.From) + "–" + TimeOfDay(b.To) }

// TimeOfDay is a moment as a clock in Norway shows it, "09:00".
func TimeOfDay(t clock.Time) string { return clock.InOslo(t).Format("15:04") }

// Is reports whether the reader may act as the party.
func (b Booking) Is(p flow.Party) bool { return slices.Contains(b.Mine, p) }

// IsOver reports whether the time has passed.
func (b Booking) IsOver(now clock.Time) bool { return !now.Before(b.To) }

// Moves are the moves that the reader may make now.
func (b Booking) Moves(now clock.Time) []flow.MoveDef {
	if b.IsOver(now) {
		return nil
	}
	return slices.DeleteFunc(Flow().From(b.State), func(m flow.MoveDef) bool { return !slices.ContainsFunc(m.By, b.Is) })
}

// Monday is the first day of the week that the day is in.
func Monday(d clock.Date) clock.Date {
	return d.AddDays(-int((d.Weekday() + 6) % 7))
}

// maxStay keeps the search for overlaps short: nothing lasts longer than a day.
const maxStay = 25 * time.Hour
