package clock

import (
	"regexp"
	"time"
)

// timeOfDay is how a time of day is written.
var timeOfDay = regexp.MustCompile(`^(?:[01]\d|2[0-3]):[0-5]\d$`)

// IsTimeOfDay reports whether it is a time of day, "14:00".
func IsTimeOfDay(s string) bool { return timeOfDay.MatchString(s) }

// Minutes counts from midnight to the time of day; 0 for what is no time of day.
func Minutes(s string) int {
	if !timeOfDay.MatchString(s) {
		return 0
	}
	d := func(i int) int { return int(s[i] - '0') }
	return (d(0)*10+d(1))*60 + d(3)*10 + d(4)
}

// Span is the moments between two times of day, as clocks in Norway show them. In the night
// when the clock is put forward there is no time between two and three: what should end there
// then lasts as long as it was to.
func Span(d Date, from, to string) (begins, ends time.Time) {
	begins, ends = on(d, from), on(d, to)
	if !ends.After(begins) {
		ends = begins.Add(time.Duration(Minutes(to)-Minutes(from)) * time.Minute)
	}
	return begins, ends
}

func on(d Date, at string) time.Time {
	m := Minutes(at)
	return time.Date(d.Year(), d.Month(), d.Day(), m/60, m%60, 0, 0, oslo())
}
