// Package duty is what a council's rules ask for again and again, and what its board
// must tell it of.
//
// When the board changes a budget, tasks or how members cooperate, or the mandate of a
// body below it, the council must be told at its next meeting: until it has been, the
// matter is open and stands on the next agenda by itself.
//
// Duties come from the rules: the evaluation of a period after each election, the fee
// of the coming year. What is done is recorded with the decision; the fee is done when
// it is fixed. Within 90 days of its day a duty is a task of the secretariat. Where the agreement sets no day, the day is our reading, and says so.
//
// The secretary writes; all may read.
//
// Words: informasjonsplikt = duty to inform, periodeevaluering = period evaluation,
// plikt = duty, frist = due.
//
// Tables: council_inform, council_duty.
package duty

import (
	"slices"
	"time"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// Kind is a duty that comes again: the rules' word for it.
type Kind string

// The duties that are reckoned here. The leader's term and the yearly review are told
// of by the room of meetings.
const (
	Period Kind = "period_evaluation"
	Fee    Kind = "yearly_fee"
	Inform Kind = "inform_council"
)

// Label is what the duty asks for, in a sentence.
func (k Kind) Label() i18n.Key { return i18n.Key("council.duty." + string(k)) }

// Due is a duty of a year. Year is the year that a period ended, or that a fee is for.
type Due struct {
	Kind Kind
	Year int
	Day  clock.Date
	// Done is what was decided, empty while it is not done.
	Done   string
	DoneOn clock.Date
	// Ours tells that the day is our reading: the agreement sets none.
	Ours bool
}

// State is how a duty stands on a day.
type State string

// The states. Soon is within 90 days.
const (
	Done  State = "done"
	Late  State = "late"
	Soon  State = "soon"
	Later State = "later"
)

const ahead = 90

// On is how the duty stands on the day.
func (d Due) On(today clock.Date) State {
	switch {
	case d.Done != "":
		return Done
	case d.Day.Before(today):
		return Late
	case !d.Day.After(today.AddDays(ahead)):
		return Soon
	}
	return Later
}

// Label is the state's name.
func (s State) Label() i18n.Key { return i18n.Key("council.due." + string(s)) }

// ElectionYear is the year of the last municipal election whose councils have
// constituted themselves by the day: every fourth year, by the end of October.
func ElectionYear(day clock.Date) int {
	year := day.Year()
	for year%4 != 3 {
		year--
	}
	if year == day.Year() && day.Before(date(year, 11, 1)) {
		year -= 4
	}
	return year
}

func date(year int, month time.Month, day int) clock.Date {
	d, err := clock.NewDate(year, month, day)
	if err != nil {
		return clock.Date{} // a year that no day here has
	}
	return d
}

// done is what has been recorded of duties.
type done struct {
	Kind Kind
	Year int
	What string
	On   clock.Date
}

// dues are the duties of the rules on the day, the first to come first: the last
// period's evaluation, within a year of the constitution; the fee of the coming year,
// before it begins; and those done for the year before.
func dues(duties []string, founded, today clock.Date, recorded []done) []Due {
	var out []Due
	add := func(k Kind, year int, day clock.Date, ours bool) {
		if day.IsZero() {
			return
		}
		d := Due{Kind: k, Year: year, Day: day, Ours: ours}
		for _, x := range recorded {
			if x.Kind == k && x.Year == year {
				d.Done, d.DoneOn = x.What, x.On
			}
		}
		out = append(out, d)
	}
	if slices.Contains(duties, string(Period)) {
		if y := ElectionYear(today); founded.Before(date(y, 11, 1)) {
			add(Period, y, date(y+1, 10, 31), true)
		}
		add(Period, ElectionYear(today)+4, date(ElectionYear(today)+5, 10, 31), true)
	}
	if slices.Contains(duties, string(Fee)) {
		for _, y := range []int{today.Year(), today.Year() + 1} {
			add(Fee, y, date(y-1, 12, 31), true)
		}
	}
	slices.SortStableFunc(out, func(a, b Due) int { return a.Day.Compare(b.Day) })
	return out
}
