package offer

import (
	"slices"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// PublicState is what an offering is to a reader on a day.
type PublicState string

// The public states.
const (
	Draft     PublicState = "draft"         // only its provider sees it
	Open      PublicState = "open"          // one can apply
	WaitList  PublicState = "waiting_list"  // one can apply to wait: no place is free
	Full      PublicState = "full"          // no place is free and none can be waited for
	OpensOn   PublicState = "opens"         // one can apply from a known day
	Paused    PublicState = "paused"        // a closed period; it opens again
	Closed    PublicState = "closed"        // the last day to apply has passed
	Running   PublicState = "running"       // it has started and takes in nobody
	Ended     PublicState = "ended"         // it is over
	CalledOff PublicState = "cancelled"     // the provider called it off
	Resting   PublicState = "resting"       // the provider does not offer it for now
	NoDates   PublicState = "dates_to_come" // all start together, the day is not set
)

// PublicStates lists what a reader may meet, from the most useful.
func PublicStates() []PublicState {
	return []PublicState{Open, WaitList, OpensOn, Paused, Full, NoDates, Closed, Running, Ended, Resting, CalledOff, Draft}
}

// Label is the state's name.
func (s PublicState) Label() i18n.Key { return i18n.Key("supply.public." + string(s)) }

// IsEntry reports whether one can get in, now or later.
func (s PublicState) IsEntry() bool {
	return slices.Contains([]PublicState{Open, WaitList, OpensOn, Paused, NoDates}, s)
}

// IsOver reports whether the offering is of no use to who looks for one.
func (s PublicState) IsOver() bool {
	return slices.Contains([]PublicState{Running, Ended, Resting, CalledOff, Draft}, s)
}

// Status is the public state with what comes next.
type Status struct {
	State PublicState
	// Changes is the first day on which the state is another, Next. Zero: no
	// such day is known.
	Changes clock.Date
	Next    PublicState
	// Deadline is the last day to apply, when one can now and there is one.
	Deadline clock.Date
	// Opens is the day one can apply, when one cannot yet.
	Opens clock.Date
}

// StatusOn is what the offering of the programme is to a reader on the day.
func StatusOn(p Programme, o Offering, day clock.Date) Status {
	s := Status{State: stateOn(p, o, day)}
	switch s.State {
	case Open, WaitList, Paused:
		s.Deadline = deadline(p, o, day)
	case OpensOn:
		s.Opens = opens(p, o, day)
	}
	for _, d := range boundaries(p, o) {
		if !d.After(day) {
			continue
		}
		if next := stateOn(p, o, d); next != s.State {
			s.Changes, s.Next = d, next
			break
		}
	}
	return s
}

func stateOn(p Programme, o Offering, day clock.Date) PublicState {
	switch {
	case o.State == Concept || p.State == ProgrammeConcept:
		return Draft
	case o.State == Cancelled:
		return CalledOff
	case o.State == Inactive || p.State == ProgrammeInactive:
		return Resting
	case past(day, o.End) || past(day, p.ValidTo):
		return Ended
	}
	if states := entryStates(p, o, day); len(states) > 0 {
		// Of several periods for several groups the most useful counts.
		for _, s := range PublicStates() {
			if slices.Contains(states, s) {
				return s
			}
		}
	}
	switch {
	case !opens(p, o, day).IsZero():
		return OpensOn
	case len(o.Windows(p)) == 0 && o.Start.IsZero():
		return NoDates
	case !o.Start.IsZero() && !day.Before(o.Start):
		return Running
	}
	return Closed
}

// entryStates is what the windows that are open on the day lead to.
func entryStates(p Programme, o Offering, day clock.Date) []PublicState {
	var out []PublicState
	for _, w := range o.Windows(p) {
		if w.on(day) {
			out = append(out, entryState(o, w, day))
		}
	}
	return out
}

// entryState is what the window, which is open on the day, leads to.
func entryState(o Offering, w EnrolmentPeriod, day clock.Date) PublicState {
	left, known := o.PlacesLeft()
	switch {
	case isClosed(o, day):
		return Paused
	case !known || left > 0:
		return Open
	case w.Queue && (w.MaxQueued == 0 || o.All().Queued < w.MaxQueued):
		return WaitList
	}
	return Full
}

// KindOn is what applying on the day is: of several windows that are open the
// most useful counts, of those the first. A window's own kind wins; else where
// one applies says it, and here who may start when they like has a place at
// once, while the provider decides who starts with the others. Empty when no
// window is open.
func (o Offering) KindOn(day clock.Date) EnrolmentKind {
	var best *EnrolmentPeriod
	rank := len(PublicStates())
	windows := o.Windows(Programme{})
	for i, w := range windows {
		if !w.on(day) {
			continue
		}
		if r := slices.Index(PublicStates(), entryState(o, w, day)); r < rank {
			best, rank = &windows[i], r
		}
	}
	switch {
	case best == nil:
		return ""
	case best.Kind != "":
		return best.Kind
	case o.Channel == Link:
		return ByURL
	case o.Channel == National:
		return Coordinated
	case o.StartType == Fixed:
		return Approval
	}
	return Direct
}

// ApplyAt is the address where one applies that is not here: the offering's own, else for
// national admission VIGO for upper secondary and Samordna opptak for the rest. Empty for
// one that takes applications here.
func (o Offering) ApplyAt(p Programme) string {
	switch {
	case o.Channel == Here:
		return ""
	case o.ApplyURL != "" || o.Channel == Link:
		return o.ApplyURL
	case p.Level == Vgs || p.Level == Fagbrev:
		return "https://www.vigo.no"
	}
	return "https://www.samordnaopptak.no"
}

// QueueOn reports whether one can wait for a place who applies on the day, and how many may
// at most; 0 for no limit.
func QueueOn(p Programme, o Offering, day clock.Date) (queue bool, most int) {
	for _, w := range o.Windows(p) {
		if !w.Queue || !w.on(day) {
			continue
		}
		if w.MaxQueued == 0 {
			return true, 0
		}
		queue, most = true, max(most, w.MaxQueued)
	}
	return queue, most
}

// Windows are the days one may apply: the enrolment periods, else what the
// deadline and the days of start say. None when nothing is known.
func (o Offering) Windows(p Programme) []EnrolmentPeriod {
	periods := o.Enrolment
	if len(periods) == 0 {
		w := EnrolmentPeriod{Queue: o.StartType == Rolling}
		switch {
		case !o.Deadline.IsZero():
			w.To = o.Deadline
		case !o.FlexibleTo.IsZero():
			w.To = o.FlexibleTo
		case o.StartType == Fixed && o.Start.IsZero():
			return nil
		case o.StartType == Fixed:
			w.To = o.Start.AddDays(-1)
		}
		periods = []EnrolmentPeriod{w}
	}
	if p.ValidFrom.IsZero() {
		return periods
	}
	out := make([]EnrolmentPeriod, 0, len(periods))
	for _, w := range periods {
		if w.From.Before(p.ValidFrom) {
			w.From = p.ValidFrom
		}
		if !past(w.From, w.To) {
			out = append(out, w)
		}
	}
	return out
}

// opens is the first day after day on which one can apply, if there is one.
func opens(p Programme, o Offering, day clock.Date) clock.Date {
	var first clock.Date
	for _, w := range o.Windows(p) {
		if w.From.After(day) && (first.IsZero() || w.From.Before(first)) {
			first = w.From
		}
	}
	return first
}

// deadline is the last day of the windows that are open on the day, none when
// one of them has no end.
func deadline(p Programme, o Offering, day clock.Date) clock.Date {
	var last clock.Date
	for _, w := range o.Windows(p) {
		if !w.on(day) {
			continue
		}
		if w.To.IsZero() {
			return clock.Date{}
		}
		if w.To.After(last) {
			last = w.To
		}
	}
	return last
}

// boundaries are the days, in order, on which the state may become another.
func boundaries(p Programme, o Offering) []clock.Date {
	days := []clock.Date{o.Start, dayAfter(o.End), p.ValidFrom, dayAfter(p.ValidTo)}
	for _, w := range o.Windows(p) {
		days = append(days, w.From, dayAfter(w.To))
	}
	for _, c := range o.Closed {
		days = append(days, c.From, dayAfter(c.To))
	}
	slices.SortFunc(days, clock.Date.Compare)
	return days
}

func isClosed(o Offering, day clock.Date) bool {
	return slices.ContainsFunc(o.Closed, func(c ClosedPeriod) bool { return within(day, c.From, c.To) })
}

// past reports whether the day is after a last day; with no last day it never
// is.
func past(day, last clock.Date) bool { return !last.IsZero() && day.After(last) }

func dayAfter(d clock.Date) clock.Date { return d.AddDays(1) }

// ApplyBy is the last day to apply for the offering, zero when none is known or
// one may always apply.
func (o Offering) ApplyBy(p Programme) clock.Date {
	var last clock.Date
	for _, w := range o.Windows(p) {
		if w.To.IsZero() {
			return clock.Date{}
		}
		if w.To.After(last) {
			last = w.To
		}
	}
	return last
}
