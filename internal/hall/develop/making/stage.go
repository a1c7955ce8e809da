package making

import (
	"time"

	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

// Stage is a stage with its plan and with what happened: From and To are the days that it is
// planned for, Began and Left those on which it was entered first and left last. A day that
// nobody has set is zero.
type Stage struct {
	State       flow.State
	From, To    clock.Date
	Began, Left clock.Date
}

// Gap is a time between two stages of a plan that belongs to neither, both days included.
type Gap struct {
	After, Before flow.State
	From, To      clock.Date
}

// Check finds the gaps of a plan (O-29): a stage begins at the latest the day after the one
// before it ends. Stages without both days are passed by.
func Check(plan []Stage) []Gap {
	var out []Gap
	var last Stage
	for _, s := range plan {
		if s.From.IsZero() || s.To.IsZero() {
			continue
		}
		if last.State != "" && s.From.After(last.To.AddDays(1)) {
			out = append(out, Gap{After: last.State, Before: s.State, From: last.To.AddDays(1), To: s.From.AddDays(-1)})
		}
		if last.State == "" || s.To.After(last.To) {
			last = s
		}
	}
	return out
}

// HalfYear is the days of a half-year as plans name it: spring is January to July, autumn
// August to December.
func HalfYear(year int, autumn bool) (from, to clock.Date) {
	if autumn {
		return day(year, time.August, 1), day(year, time.December, 31)
	}
	return day(year, time.January, 1), day(year, time.July, 31)
}

func day(year int, month time.Month, d int) clock.Date {
	out, _ := clock.NewDate(year, month, d) // the first and the last day of a month are in each year
	return out
}

// checked refuses a plan whose stages end before they begin, or begin before the one before
// them.
func checked(plan []Stage) error {
	var fs fault.Fields
	var last clock.Date
	for _, s := range plan {
		switch {
		case !s.From.IsZero() && !s.To.IsZero() && s.To.Before(s.From):
			fs.Add("to_"+string(s.State), "making.error.order")
		case !s.From.IsZero() && s.From.Before(last):
			fs.Add("from_"+string(s.State), "making.error.before")
		}
		if !s.From.IsZero() {
			last = s.From
		}
	}
	return fs.Err()
}

// actual fills in when each stage was entered first and left last.
func actual(plan []Stage, steps []flow.Step) {
	at := func(s flow.State) *Stage {
		for i := range plan {
			if plan[i].State == s {
				return &plan[i]
			}
		}
		return nil
	}
	for _, step := range steps {
		if s := at(step.To); s != nil && s.Began.IsZero() {
			s.Began = step.At.Date()
		}
		if s := at(step.From); s != nil {
			s.Left = step.At.Date()
		}
		if s := at(step.To); s != nil {
			s.Left = clock.Date{}
		}
	}
}

func label(s flow.State) i18n.Key { return i18n.Key("making.state." + string(s)) }

func move(s flow.State) i18n.Key { return i18n.Key("making.move." + string(s)) }
