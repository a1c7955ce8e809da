package offer

import (
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// Reason is a sentence with its values, for the page to write.
type Reason struct {
	Key    i18n.Key
	Values []any
}

// Earliest is the first day one can start when one applies as soon as one can,
// with what moved it from today.
type Earliest struct {
	Day clock.Date
	Why []Reason
}

// EarliestStart is the promise "tidligst start": from today, the day one can
// apply, the wait the provider states, closed periods, weekends and holidays.
// It is false when nobody can be promised a day: no way in, no day set, or no
// place free and no wait stated.
func EarliestStart(p Programme, o Offering, today clock.Date) (Earliest, bool) {
	return FirstStart(p, o, today, clock.Date{})
}

// FirstStart is EarliestStart for one who wishes to start on notBefore at the
// earliest; zero: as soon as one can. Where all start together, a wish after
// their day is met only by late entry.
func FirstStart(p Programme, o Offering, today, notBefore clock.Date) (Earliest, bool) {
	s := StatusOn(p, o, today)
	apply := today
	var e Earliest
	switch s.State {
	case Open, WaitList, Paused:
	case OpensOn:
		apply = s.Opens
		e.Why = append(e.Why, Reason{"supply.earliest.opens", []any{"day", apply}})
	default:
		return Earliest{}, false
	}
	if o.StartType == Fixed || o.StartType == SinglePlace && !o.Start.IsZero() {
		return fixedStart(o, s.State, apply, notBefore, e)
	}
	return rollingStart(p, o, apply, notBefore, e)
}

func fixedStart(o Offering, state PublicState, apply, notBefore clock.Date, e Earliest) (Earliest, bool) {
	day := later(apply, notBefore)
	switch {
	case o.Start.IsZero() || state == WaitList:
		return Earliest{}, false
	case !day.After(o.Start):
		e.Day = o.Start
	case past(day, o.FlexibleTo), past(notBefore, o.End), o.FlexibleTo.IsZero() && !apply.After(o.Start):
		return Earliest{}, false
	default: // late entry: a window is open after the start
		e.Day = later(day, o.FlexibleFrom)
	}
	return e, true
}

func rollingStart(p Programme, o Offering, apply, notBefore clock.Date, e Earliest) (Earliest, bool) {
	if left, known := o.PlacesLeft(); known && left == 0 && o.Wait.Value == 0 {
		return Earliest{}, false
	}
	e.Day = apply
	if o.Wait.Value > 0 {
		e.Day = o.Wait.From(apply)
		e.Why = append(e.Why, Reason{i18n.Key("supply.earliest.wait." + string(o.Wait.Unit)), []any{"n", o.Wait.Value}})
	}
	if first := later(o.Start, o.FlexibleFrom); first.After(e.Day) {
		e.Day = first
		e.Why = append(e.Why, Reason{"supply.earliest.first_day", []any{"day", first}})
	}
	e.Day = later(e.Day, notBefore)
	e = nextOpenDay(o, e)
	if past(e.Day, o.FlexibleTo) || past(e.Day, o.End) || past(e.Day, p.ValidTo) {
		return Earliest{}, false
	}
	return e, true
}

// nextOpenDay moves the day past closed periods and to a workday. Each closed
// period moves it at most once, so the walk ends.
func nextOpenDay(o Offering, e Earliest) Earliest {
	for range len(o.Closed) + 1 {
		for !clock.IsWorkday(e.Day) && e.Day.AddDays(1).After(e.Day) {
			e.Day = e.Day.AddDays(1)
		}
		moved := false
		for _, c := range o.Closed {
			if within(e.Day, c.From, c.To) {
				e.Day, moved = dayAfter(c.To), true
				e.Why = append(e.Why, Reason{"supply.earliest.closed", []any{"from", c.From, "to", c.To}})
			}
		}
		if !moved {
			break
		}
	}
	return e
}

func later(a, b clock.Date) clock.Date {
	if a.After(b) {
		return a
	}
	return b
}
