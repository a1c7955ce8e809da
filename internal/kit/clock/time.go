package clock

import (
	"database/sql/driver"
	"fmt"
	"sync"
	"time"
	_ "time/tzdata" // the rules must hold on a machine without a zone database
)

// layout is the stored form of a Time; its width is fixed.
const layout = "2006-01-02T15:04:05.000000Z"

// Clock tells the time. It is time.Now in production and a fixed one in tests.
type Clock func() time.Time

// Now is the moment the clock shows.
func (c Clock) Now() Time { return At(c()) }

// Today is the day the clock shows in Oslo.
func (c Clock) Today() Date { return Today(c()) }

// Time is a moment in UTC, precise to the microsecond. The zero value means no moment.
// Times compare with ==.
type Time struct {
	// t has no monotonic part and the UTC location, so that == means the same moment.
	t time.Time
}

// At is the moment t, cut to microseconds. The zero time.Time gives no moment.
func At(t time.Time) Time {
	if t.IsZero() {
		return Time{}
	}
	return Time{t.UTC().Truncate(time.Microsecond)}
}

// MustTime is ParseTime for moments written in the source text; it panics on a bad one.
func MustTime(s string) Time {
	t, err := ParseTime(s)
	if err != nil {
		panic(err)
	}
	return t
}

// ParseTime reads RFC 3339 with any offset. The error is an *Error.
func ParseTime(s string) (Time, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return Time{}, &Error{Key: KeyMalformed, Text: s}
	}
	if y := t.UTC().Year(); y < MinYear || y > MaxYear {
		return Time{}, &Error{Key: KeyYear, Values: []any{"min", MinYear, "max", MaxYear}, Text: s}
	}
	return At(t), nil
}

// oslo is the zone of all civil days. It is embedded, so loading it cannot fail.
var oslo = sync.OnceValue(func() *time.Location {
	loc, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		panic(err)
	}
	return loc
})

// InOslo is the moment as clocks in Norway show it.
func InOslo(t Time) time.Time { return t.t.In(oslo()) }

// StartOfDay is the first moment of d in Oslo, no moment for no day.
func StartOfDay(d Date) Time {
	if d.IsZero() {
		return Time{}
	}
	return At(time.Date(int(d.year), time.Month(d.month), int(d.day), 0, 0, 0, 0, oslo()))
}

// EndOfDay is the last microsecond of d in Oslo, no moment for no day. A deadline on d
// is missed when the moment is after EndOfDay(d). The night the clocks change makes
// days of 23 and 25 hours; they end at midnight all the same.
func EndOfDay(d Date) Time {
	if d.IsZero() {
		return Time{}
	}
	next := time.Date(int(d.year), time.Month(d.month), int(d.day)+1, 0, 0, 0, 0, oslo())
	return At(next.Add(-time.Microsecond))
}

// Std is the moment as a time.Time in UTC.
func (t Time) Std() time.Time { return t.t }

// Date is the day the moment belongs to in Oslo, no day for no moment.
func (t Time) Date() Date {
	if t.IsZero() {
		return Date{}
	}
	return Today(t.t)
}

// IsZero tells whether t means no moment.
func (t Time) IsZero() bool { return t.t.IsZero() }

// Compare is -1, 0 or 1 as t is before, the same as or after u.
func (t Time) Compare(u Time) int { return t.t.Compare(u.t) }

// Equal is ==; it lets comparison tools see through the type.
func (t Time) Equal(u Time) bool { return t == u }

// Before tells whether t comes before u.
func (t Time) Before(u Time) bool { return t.t.Before(u.t) }

// After tells whether t comes after u.
func (t Time) After(u Time) bool { return t.t.After(u.t) }

// Add is the moment d later. No moment stays no moment.
func (t Time) Add(d time.Duration) Time {
	if t.IsZero() {
		return t
	}
	return At(t.t.Add(d))
}

// Sub is the time from u to t.
func (t Time) Sub(u Time) time.Duration { return t.t.Sub(u.t) }

// String is the stored form, or "" for no moment. Pages format moments by i18n.
func (t Time) String() string {
	if t.IsZero() {
		return ""
	}
	return t.t.Format(layout)
}

// Scan implements sql.Scanner: NULL and "" are no moment. It reads only the stored form.
func (t *Time) Scan(src any) error {
	var s string
	switch v := src.(type) {
	case nil:
	case string:
		s = v
	case []byte:
		s = string(v)
	default:
		return fmt.Errorf("clock: scan moment from %T", src)
	}
	if s == "" {
		*t = Time{}
		return nil
	}
	// RFC3339Nano is the layout that the standard library reads fast; the width
	// and the ends make it the stored form.
	v, err := time.Parse(time.RFC3339Nano, s)
	if err != nil || len(s) != len(layout) || s[19] != '.' || s[26] != 'Z' {
		return &Error{Key: KeyMalformed, Text: s}
	}
	*t = At(v)
	return nil
}

// Value implements driver.Valuer: TEXT of fixed width, NULL for no moment. A year of
// other than four digits would break the width, and with it every comparison.
func (t Time) Value() (driver.Value, error) {
	if t.IsZero() {
		return nil, nil
	}
	if y := t.t.Year(); y < 0 || y > 9999 {
		return nil, &Error{Key: KeyYear, Values: []any{"min", MinYear, "max", MaxYear}, Text: t.String()}
	}
	return t.String(), nil
}

// MarshalText implements encoding.TextMarshaler with RFC 3339 in UTC, "" for no moment.
func (t Time) MarshalText() ([]byte, error) {
	if t.IsZero() {
		return nil, nil
	}
	return []byte(t.t.Format(time.RFC3339Nano)), nil
}

// UnmarshalText implements encoding.TextUnmarshaler; it takes RFC 3339 or "".
func (t *Time) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*t = Time{}
		return nil
	}
	v, err := ParseTime(string(b))
	if err != nil {
		return err
	}
	*t = v
	return nil
}

// MarshalJSON gives RFC 3339 in UTC, or null for no moment.
func (t Time) MarshalJSON() ([]byte, error) {
	if t.IsZero() {
		return []byte("null"), nil
	}
	b, err := t.MarshalText()
	return []byte(`"` + string(b) + `"`), err
}
