package clock

import (
	"encoding/json"
	"errors"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// anyDate draws from all days there are.
func anyDate(t *rapid.T, name string) Date {
	first := Date{MinYear, 1, 1}
	last := Date{MaxYear, 12, 31}
	return first.AddDays(rapid.IntRange(0, last.Sub(first)).Draw(t, name))
}

func TestParseDate(t *testing.T) {
	tests := []struct{ text, want string }{
		{"2020-07-01", "2020-07-01"},
		{"1.7.2020", "2020-07-01"},
		{"01.07.2020", "2020-07-01"},
		{"1. 7. 2020", "2020-07-01"},
		{"  01.07.2020\u00A0", "2020-07-01"},
		{"29.2.2024", "2024-02-29"},
		{"29.02.2000", "2000-02-29"},
		{"1900-01-01", "1900-01-01"},
		{"31.12.2200", "2200-12-31"},
	}
	for _, tt := range tests {
		d, err := ParseDate(tt.text)
		if err != nil || d.String() != tt.want {
			t.Errorf("ParseDate(%q) = %s, %v; want %s", tt.text, d, err, tt.want)
		}
	}
}

func TestParseDateRefuses(t *testing.T) {
	tests := []struct{ text, key string }{
		{"", KeyMalformed},
		{"i morgen", KeyMalformed},
		{"2020", KeyMalformed},
		{"2020-7-1", KeyMalformed},
		{"2020-07-01T00:00:00Z", KeyMalformed},
		{"1/7/2020", KeyMalformed},
		{"1.7.20", KeyMalformed},
		{"1.7.02020", KeyMalformed},
		{"001.7.2020", KeyMalformed},
		{"1.7", KeyMalformed},
		{"1.7.2020.", KeyMalformed},
		{"+1.7.2020", KeyMalformed},
		{"-1.7.2020", KeyMalformed},
		{"1.-7.2020", KeyMalformed},
		{"٠١.٠٧.2020", KeyMalformed},
		{"29.2.2023", KeyNoSuchDay},
		{"29.2.1900", KeyNoSuchDay},
		{"31.4.2020", KeyNoSuchDay},
		{"0.7.2020", KeyNoSuchDay},
		{"1.13.2020", KeyNoSuchDay},
		{"2020-00-10", KeyNoSuchDay},
		{"1.7.1899", KeyYear},
		{"2201-01-01", KeyYear},
		{"0001-01-01", KeyYear},
	}
	for _, tt := range tests {
		d, err := ParseDate(tt.text)
		var e *Error
		if !errors.As(err, &e) || e.Key != tt.key || e.Text != tt.text || !d.IsZero() {
			t.Errorf("ParseDate(%q) = %s, %v; want %s", tt.text, d, err, tt.key)
		}
	}
}

func TestNewDate(t *testing.T) {
	if d, err := NewDate(2024, time.February, 29); err != nil || d != MustDate("2024-02-29") {
		t.Errorf("NewDate = %s, %v", d, err)
	}
	if d, err := NewDate(2023, time.February, 29); err == nil {
		t.Errorf("NewDate gave %s", d)
	}
	if d, err := NewDate(math.MaxInt, 1, 1); err == nil {
		t.Errorf("NewDate gave %s", d)
	}
	defer func() {
		if recover() == nil {
			t.Error("MustDate took a bad day")
		}
	}()
	MustDate("2023-02-29")
}

func TestAddMonths(t *testing.T) {
	tests := []struct {
		from string
		n    int
		want string
	}{
		{"2023-01-31", 1, "2023-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-03-31", -1, "2024-02-29"},
		{"2024-12-15", 1, "2025-01-15"},
		{"2024-01-15", -1, "2023-12-15"},
		{"2024-01-15", -13, "2022-12-15"},
		{"2024-05-31", 0, "2024-05-31"},
		{"2200-12-01", 1, "2200-12-31"},
		{"1900-01-15", -1, "1900-01-01"},
		{"2024-01-01", math.MaxInt, "2200-12-31"},
		{"2024-01-01", math.MinInt, "1900-01-01"},
	}
	for _, tt := range tests {
		if got := MustDate(tt.from).AddMonths(tt.n); got.String() != tt.want {
			t.Errorf("%s + %d months = %s, want %s", tt.from, tt.n, got, tt.want)
		}
	}
}

func TestSub(t *testing.T) {
	tests := []struct {
		to, from string
		want     int
	}{
		{"2026-03-01", "2026-02-28", 1},
		{"2024-03-01", "2024-02-28", 2},
		{"2026-01-01", "2027-01-01", -365},
		{"2026-03-30", "2026-03-28", 2}, // over the night of 23 hours
		{"2200-12-31", "1900-01-01", 109937},
		{"1900-01-01", "2200-12-31", -109937},
	}
	for _, tt := range tests {
		if got := MustDate(tt.to).Sub(MustDate(tt.from)); got != tt.want {
			t.Errorf("%s - %s = %d days, want %d", tt.to, tt.from, got, tt.want)
		}
	}
}

func TestNoDayStaysNoDay(t *testing.T) {
	var d Date
	for name, got := range map[string]Date{
		"AddDays": d.AddDays(3), "AddMonths": d.AddMonths(3), "AddWorkdays": AddWorkdays(d, 3), "NextWorkday": NextWorkday(d),
		"moment": EndOfDay(d).Date(), "start": StartOfDay(d).Date(),
	} {
		if !got.IsZero() {
			t.Errorf("%s of no day is %s", name, got)
		}
	}
	if d.String() != "" || IsHoliday(d) || IsWorkday(d) || d.Sub(MustDate("2020-01-01")) != 0 {
		t.Error("no day counts as a day")
	}
	if !d.Before(MustDate("1900-01-01")) {
		t.Error("no day is not before the first day")
	}
}

func TestDayArithmeticHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyDate(t, "a"), anyDate(t, "b")
		n := b.Sub(a)
		if a.AddDays(n) != b || b.AddDays(-n) != a {
			t.Fatalf("%s + %d = %s, not %s", a, n, a.AddDays(n), b)
		}
		if a.Before(b) != (n > 0) || a.After(b) != (n < 0) || a.Before(b) != (a.String() < b.String()) {
			t.Fatalf("%s, %s: order of days, of texts and of days between differ", a, b)
		}
		if int(a.AddDays(1).Weekday()) != (int(a.Weekday())+1)%7 && a.Year() < MaxYear {
			t.Fatalf("%s is a %s, the next day a %s", a, a.Weekday(), a.AddDays(1).Weekday())
		}
		if m := rapid.IntRange(-5000, 5000).Draw(t, "m"); m != 0 {
			if c := a.AddMonths(m); c.Day() > a.Day() && c != (Date{MaxYear, 12, 31}) {
				t.Fatalf("%s + %d months = %s", a, m, c)
			}
		}
	})
}

func TestEveryFormOfADayReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate(t, "d")
		norwegian := d.utc().Format("2.1.2006")
		if got, err := ParseDate(norwegian); err != nil || got != d {
			t.Fatalf("ParseDate(%q) = %s, %v", norwegian, got, err)
		}
		stored, err := d.Value()
		if err != nil {
			t.Fatal(err)
		}
		var scanned Date
		if err := scanned.Scan(stored); err != nil || scanned != d {
			t.Fatalf("Scan(%v) = %s, %v", stored, scanned, err)
		}
		b, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var back Date
		if err := json.Unmarshal(b, &back); err != nil || back != d {
			t.Fatalf("JSON %s = %s, %v", b, back, err)
		}
	})
}

func TestDateStoredForms(t *testing.T) {
	if v, err := (Date{}).Value(); v != nil || err != nil {
		t.Errorf("no day is stored as %v, %v", v, err)
	}
	for _, src := range []any{nil, "", []byte{}} {
		d := MustDate("2020-07-01")
		if err := d.Scan(src); err != nil || !d.IsZero() {
			t.Errorf("Scan(%v) = %s, %v", src, d, err)
		}
	}
	for _, src := range []any{"1.7.2020", "2020-07-01T00:00:00Z", "2020-02-30", int64(5), time.Now()} {
		var d Date
		if err := d.Scan(src); err == nil {
			t.Errorf("Scan(%v) = %s", src, d)
		}
	}
	type row struct {
		From Date  `json:"from"`
		To   *Date `json:"to,omitempty"`
		Gone Date  `json:"gone,omitzero"`
	}
	b, err := json.Marshal(row{})
	if err != nil || string(b) != `{"from":null}` {
		t.Errorf("JSON of no days = %s, %v", b, err)
	}
	var r row
	if err := json.Unmarshal([]byte(`{"from":null,"to":"2020-07-01","gone":""}`), &r); err != nil || !r.From.IsZero() || r.To.String() != "2020-07-01" {
		t.Errorf("from JSON: %+v, %v", r, err)
	}
	var e *Error
	if err := json.Unmarshal([]byte(`{"from":"2020-02-30"}`), &r); !errors.As(err, &e) || e.Key != KeyNoSuchDay {
		t.Errorf("30 February from JSON: %v", err)
	}
}

func TestISOWeek(t *testing.T) {
	// 2026 is a year of 53 weeks, so its last days and the first of 2027 share one.
	if y, w := MustDate("2027-01-01").ISOWeek(); y != 2026 || w != 53 {
		t.Errorf("1 January 2027 is in week %d of %d", w, y)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2020-07-01", "1.7.2020", "01. 07. 2020", "29.2.2023", "..", "----------"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if (err == nil) == d.IsZero() {
			t.Fatalf("ParseDate(%q) = %s, %v", s, d, err)
		}
		if err == nil {
			if back, err := ParseDate(d.String()); err != nil || back != d {
				t.Fatalf("%q is %s, read back %s, %v", s, d, back, err)
			}
		}
	})
}
