package clock

import (
	"cmp"
	"database/sql/driver"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// MinYear and MaxYear bound every Date. A year outside them in a form or an import is a
// slip of the keyboard, never a day this product deals with.
const (
	MinYear = 1900
	MaxYear = 2200
)

// Date is a civil day. The zero value means no day. Dates compare with ==.
type Date struct {
	year  int16
	month uint8
	day   uint8
}

// The keys of an Error.
const (
	KeyMalformed = "clock.error.malformed"   // not written as a day
	KeyNoSuchDay = "clock.error.no_such_day" // 30 February
	KeyYear      = "clock.error.year"        // year outside MinYear–MaxYear
)

// Error says why a text is not a day or a moment. Key is a message key; Values are
// name, value pairs for the message.
type Error struct {
	Key    string
	Values []any
	Text   string // what was read
}

func (e *Error) Error() string {
	return fmt.Sprintf("clock: %q: %s", shorten(e.Text), e.Key)
}

// shorten keeps a hostile input from filling the log.
func shorten(s string) string {
	if len(s) > 40 {
		return s[:40] + "..."
	}
	return s
}

// NewDate gives the day y-m-d, or an *Error when the calendar has no such day or the
// year is out of range.
func NewDate(y int, m time.Month, d int) (Date, error) {
	text := fmt.Sprintf("%d-%d-%d", y, int(m), d)
	return newDate(text, y, int(m), d)
}

func newDate(text string, y, m, d int) (Date, error) {
	if m < 1 || m > 12 || d < 1 || d > 31 {
		return Date{}, &Error{Key: KeyNoSuchDay, Text: text}
	}
	if y < MinYear || y > MaxYear {
		return Date{}, &Error{Key: KeyYear, Values: []any{"min", MinYear, "max", MaxYear}, Text: text}
	}
	if d > daysIn(y, m) {
		return Date{}, &Error{Key: KeyNoSuchDay, Text: text}
	}
	return Date{int16(y), uint8(m), uint8(d)}, nil
}

func daysIn(y, m int) int {
	return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// MustDate is ParseDate for days written in the source text; it panics on a bad one.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// ParseDate reads "2020-07-01", "1.7.2020" or "01.07.2020", with blanks around or, in
// the Norwegian form, after the points. It refuses two-digit years and the slash, which
// readers take for different days. An empty text is malformed: whether a day may be
// left out is for the form to say. The error is an *Error.
func ParseDate(s string) (Date, error) {
	text := strings.TrimSpace(s)
	if len(text) == 10 && text[4] == '-' && text[7] == '-' {
		return parseParts(s, text[:4], text[5:7], text[8:])
	}
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		return Date{}, &Error{Key: KeyMalformed, Text: s}
	}
	day, month, year := parts[0], strings.TrimSpace(parts[1]), strings.TrimSpace(parts[2])
	if len(day) > 2 || len(month) > 2 || len(year) != 4 {
		return Date{}, &Error{Key: KeyMalformed, Text: s}
	}
	return parseParts(s, year, month, day)
}

func parseParts(s, year, month, day string) (Date, error) {
	y, okY := digits(year)
	m, okM := digits(month)
	d, okD := digits(day)
	if !okY || !okM || !okD {
		return Date{}, &Error{Key: KeyMalformed, Text: s}
	}
	return newDate(s, y, m, d)
}

// digits reads ASCII digits only; strconv alone would take a sign.
func digits(s string) (int, bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// Today is the day it is in Oslo at the moment now.
func Today(now time.Time) Date { return dateOf(now.In(oslo())) }

// dateOf takes the day a clock on the wall shows, moved to the nearest bound when its
// year is out of range.
func dateOf(t time.Time) Date {
	y, m, d := t.Date()
	switch {
	case y < MinYear:
		return Date{MinYear, 1, 1}
	case y > MaxYear:
		return Date{MaxYear, 12, 31}
	}
	return Date{int16(y), uint8(m), uint8(d)}
}

// utc is midnight UTC of the day; used only for counting.
func (d Date) utc() time.Time {
	return time.Date(int(d.year), time.Month(d.month), int(d.day), 0, 0, 0, 0, time.UTC)
}

// Year is the year, or 0 for no day.
func (d Date) Year() int { return int(d.year) }

// Month is the month, or 0 for no day.
func (d Date) Month() time.Month { return time.Month(d.month) }

// Day is the day of the month, or 0 for no day.
func (d Date) Day() int { return int(d.day) }

// Weekday is the day of the week. It means nothing for the zero Date.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// ISOWeek is the week number used in Norway and the year it belongs to.
func (d Date) ISOWeek() (year, week int) { return d.utc().ISOWeek() }

// IsZero tells whether d means no day.
func (d Date) IsZero() bool { return d == Date{} }

// Compare is -1, 0 or 1 as d is before, the same as or after e; no day is before all.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.year, e.year), cmp.Compare(d.month, e.month), cmp.Compare(d.day, e.day))
}

// Equal is ==; it lets comparison tools see through the type.
func (d Date) Equal(e Date) bool { return d == e }

// Before tells whether d comes before e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After tells whether d comes after e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// AddDays is the day n days after d (before, when n is negative). No day stays no day;
// a result out of range becomes the first or the last day there is.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	// Beyond the whole range the sum could overflow time.Time.
	n = min(max(n, -maxSpan), maxSpan)
	return dateOf(d.utc().AddDate(0, 0, n))
}

// maxSpan is more days than lie between the first and the last Date.
const maxSpan = (MaxYear - MinYear + 2) * 366

// AddMonths is the same day of the month n months later, or the last day of that month
// when it is shorter: 31 January plus one month is 28 or 29 February. No day stays no
// day; a result out of range becomes the first or the last day there is.
func (d Date) AddMonths(n int) Date {
	if d.IsZero() {
		return d
	}
	n = min(max(n, -maxSpan), maxSpan)
	first := time.Date(int(d.year), time.Month(int(d.month)+n), 1, 0, 0, 0, 0, time.UTC)
	day := min(int(d.day), daysIn(first.Year(), int(first.Month())))
	return dateOf(first.AddDate(0, 0, day-1))
}

// Sub is the number of days from e to d; 0 when either is no day.
func (d Date) Sub(e Date) int {
	if d.IsZero() || e.IsZero() {
		return 0
	}
	// By seconds, as a time.Duration ends after 292 years.
	return int((d.utc().Unix() - e.utc().Unix()) / (24 * 60 * 60))
}

// String is "2006-01-02", or "" for no day. Pages format days by i18n.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// Scan implements sql.Scanner: NULL and "" are no day. It reads only the stored form;
// a moment in its place is an error.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	}
	return fmt.Errorf("clock: scan day from %T", src)
}

// Value implements driver.Valuer: TEXT "2006-01-02", NULL for no day.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// MarshalText implements encoding.TextMarshaler with the ISO form, "" for no day.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; it takes the ISO form or "".
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	s := string(b)
	if len(s) != 10 || s[4] != '-' {
		return &Error{Key: KeyMalformed, Text: s}
	}
	v, err := ParseDate(s)
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// MarshalJSON gives "2006-01-02", or null for no day.
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return []byte(`"` + d.String() + `"`), nil
}
