package clock

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTodayIsOslosDay(t *testing.T) {
	tests := []struct{ moment, want string }{
		{"2026-01-15T22:59:59Z", "2026-01-15"}, // winter: one hour before midnight UTC
		{"2026-01-15T23:00:00Z", "2026-01-16"},
		{"2026-07-15T21:59:59Z", "2026-07-15"}, // summer: two hours
		{"2026-07-15T22:00:00Z", "2026-07-16"},
		{"2026-12-31T23:30:00Z", "2027-01-01"},
		{"2026-03-29T00:59:59Z", "2026-03-29"}, // the night clocks go forward
		{"2026-10-25T01:00:00Z", "2026-10-25"}, // the night they go back
		{"2026-07-16T03:00:00+09:00", "2026-07-15"},
		{"1850-01-01T00:00:00Z", "1900-01-01"}, // beyond the calendar: its edge
		{"2300-01-01T00:00:00Z", "2200-12-31"},
	}
	for _, tt := range tests {
		now, err := time.Parse(time.RFC3339, tt.moment)
		if err != nil {
			t.Fatal(err)
		}
		if got := Today(now); got.String() != tt.want {
			t.Errorf("Today(%s) = %s, want %s", tt.moment, got, tt.want)
		}
		if got := (Clock(func() time.Time { return now })).Today(); got.String() != tt.want {
			t.Errorf("Clock.Today at %s = %s, want %s", tt.moment, got, tt.want)
		}
	}
}

func TestDaysBeginAndEndAtMidnightInOslo(t *testing.T) {
	tests := []struct {
		day, start, end string
		hours           int
	}{
		{"2026-01-15", "2026-01-14T23:00:00.000000Z", "2026-01-15T22:59:59.999999Z", 24},
		{"2026-07-15", "2026-07-14T22:00:00.000000Z", "2026-07-15T21:59:59.999999Z", 24},
		{"2026-03-29", "2026-03-28T23:00:00.000000Z", "2026-03-29T21:59:59.999999Z", 23},
		{"2026-10-25", "2026-10-24T22:00:00.000000Z", "2026-10-25T22:59:59.999999Z", 25},
		{"2024-02-29", "2024-02-28T23:00:00.000000Z", "2024-02-29T22:59:59.999999Z", 24},
		{"2026-12-31", "2026-12-30T23:00:00.000000Z", "2026-12-31T22:59:59.999999Z", 24},
	}
	for _, tt := range tests {
		d := MustDate(tt.day)
		start, end := StartOfDay(d), EndOfDay(d)
		if start.String() != tt.start || end.String() != tt.end {
			t.Errorf("%s lasts %s to %s, want %s to %s", d, start, end, tt.start, tt.end)
		}
		if got := end.Sub(start) + time.Microsecond; got != time.Duration(tt.hours)*time.Hour {
			t.Errorf("%s lasts %s, want %d hours", d, got, tt.hours)
		}
	}
}

func TestDeadlineIncludesItsDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate(t, "d").AddDays(-1) // the day after must exist too
		if d.Year() == MinYear && d.Month() == 1 {
			return
		}
		end := EndOfDay(d)
		if end.Date() != d || StartOfDay(d).Date() != d {
			t.Fatalf("%s begins %s and ends %s", d, StartOfDay(d), end)
		}
		if next := end.Add(time.Microsecond); next != StartOfDay(d.AddDays(1)) {
			t.Fatalf("%s ends %s, the next day begins %s", d, end, StartOfDay(d.AddDays(1)))
		}
	})
}

func TestInOslo(t *testing.T) {
	got := InOslo(MustTime("2026-07-15T10:00:00Z"))
	if got.Hour() != 12 || got.Location().String() != "Europe/Oslo" {
		t.Errorf("InOslo = %s", got)
	}
}

func TestTimeIsOneValuePerMoment(t *testing.T) {
	now := time.Now() // has a monotonic part and a zone
	a, b := At(now), At(now.In(time.FixedZone("x", 3600)).Round(0))
	if a != b || !a.Equal(b) || a.Compare(b) != 0 {
		t.Errorf("%v and %v are one moment", a, b)
	}
	if At(time.Time{}) != (Time{}) || !(Time{}).IsZero() {
		t.Error("no moment is not the zero value")
	}
	if (Time{}).Add(time.Hour) != (Time{}) {
		t.Error("an hour after no moment is a moment")
	}
}

func TestStoredMomentsSortAsText(t *testing.T) {
	moment := rapid.Custom(func(t *rapid.T) Time {
		sec := rapid.Int64Range(-2208988800, 7258118400).Draw(t, "s") // 1900–2200
		return At(time.Unix(sec, rapid.Int64Range(0, 999999999).Draw(t, "ns")))
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := moment.Draw(t, "a"), moment.Draw(t, "b")
		if len(a.String()) != len(layout) || a.Before(b) != (a.String() < b.String()) || a.After(b) != (a.String() > b.String()) {
			t.Fatalf("%s and %s do not sort as text", a, b)
		}
		v, err := a.Value()
		if err != nil {
			t.Fatal(err)
		}
		var scanned Time
		if err := scanned.Scan(v); err != nil || scanned != a {
			t.Fatalf("Scan(%v) = %s, %v", v, scanned, err)
		}
		j, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		var back Time
		if err := json.Unmarshal(j, &back); err != nil || back != a {
			t.Fatalf("JSON %s = %s, %v", j, back, err)
		}
	})
}

func TestTimeStoredForms(t *testing.T) {
	if v, err := (Time{}).Value(); v != nil || err != nil {
		t.Errorf("no moment is stored as %v, %v", v, err)
	}
	if v, err := At(time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)).Value(); err == nil {
		t.Errorf("the year 12026 is stored as %v", v)
	}
	for _, src := range []any{nil, "", []byte{}} {
		v := MustTime("2026-01-15T10:00:00Z")
		if err := v.Scan(src); err != nil || !v.IsZero() {
			t.Errorf("Scan(%v) = %s, %v", src, v, err)
		}
	}
	for _, src := range []any{"2026-01-15", "2026-01-15T10:00:00Z", "2026-01-15T10:00:00.000000+01:00", "2026-01-15T10:00:00.0000000Z", int64(5)} {
		var v Time
		if err := v.Scan(src); err == nil {
			t.Errorf("Scan(%v) = %s", src, v)
		}
	}
	b, err := json.Marshal(struct{ A, B Time }{A: MustTime("2026-01-15T11:00:00.5+01:00")})
	if err != nil || string(b) != `{"A":"2026-01-15T10:00:00.5Z","B":null}` {
		t.Errorf("JSON = %s, %v", b, err)
	}
	var e *Error
	if _, err := ParseTime("yesterday"); !errors.As(err, &e) || e.Key != KeyMalformed {
		t.Errorf("ParseTime(yesterday): %v", err)
	}
	if _, err := ParseTime("0800-01-01T00:00:00Z"); !errors.As(err, &e) || e.Key != KeyYear {
		t.Errorf("ParseTime(800): %v", err)
	}
}
