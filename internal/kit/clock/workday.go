package clock

import (
	"time"

	"github.com/rickar/cal/v2/aa"
	"github.com/rickar/cal/v2/no"
)

// HolidayName is the Norwegian (bokmål) name of the public holiday on d, or "" when d is
// none. Easter Sunday and Whit Sunday are holidays; other Sundays are only Sundays.
func HolidayName(d Date) string {
	if d.IsZero() {
		return ""
	}
	for _, h := range no.Holidays {
		if day, _ := h.Calc(d.Year()); sameDay(day, d) {
			return h.Name
		}
	}
	// The library's list leaves out the two that always fall on a Sunday.
	if easter, _ := aa.EasterMonday.Calc(d.Year()); sameDay(easter.AddDate(0, 0, -1), d) {
		return "Første påskedag"
	}
	if whit, _ := aa.PentecostMonday.Calc(d.Year()); sameDay(whit.AddDate(0, 0, -1), d) {
		return "Første pinsedag"
	}
	return ""
}

func sameDay(t time.Time, d Date) bool {
	y, m, day := t.Date()
	return y == d.Year() && m == d.Month() && day == d.Day()
}

// IsHoliday tells whether d is a Norwegian public holiday.
func IsHoliday(d Date) bool { return HolidayName(d) != "" }

// IsWorkday tells whether d is neither a Saturday, a Sunday nor a holiday. No day is no
// workday.
func IsWorkday(d Date) bool {
	if d.IsZero() || d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
		return false
	}
	return !IsHoliday(d)
}

// AddWorkdays is the n-th workday after d, or before d when n is negative; d itself is
// not counted, and need not be a workday. AddWorkdays(d, 0) is d. No day stays no day;
// a result out of range becomes the first or the last day there is.
func AddWorkdays(d Date, n int) Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		next := d.AddDays(step)
		if next == d { // no day, or the edge of the calendar
			return d
		}
		d = next
		if IsWorkday(d) {
			n--
		}
	}
	return d
}

// NextWorkday is d itself when it is a workday, else the first workday after it: the
// day a deadline moves to when it ends on a Saturday or a holiday.
func NextWorkday(d Date) Date {
	if d.IsZero() || IsWorkday(d) {
		return d
	}
	return AddWorkdays(d, 1)
}
