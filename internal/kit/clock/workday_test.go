package clock

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// easterSundays were taken from published calendars: early, late, in leap years, and
// the years the moon tables make hard (1954, 1981, 2049, 2076).
func easterSundays() []string {
	return []string{
		"1913-03-23", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21",
		"2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28",
		"2028-04-16", "2030-04-21", "2038-04-25", "2049-04-18", "2076-04-19", "2100-03-28",
	}
}

func TestHolidaysFollowEaster(t *testing.T) {
	for _, s := range easterSundays() {
		easter := MustDate(s)
		for days, name := range map[int]string{
			-3: "Skjærtorsdag", -2: "Langfredag", 0: "Første påskedag", 1: "Andre påskedag",
			39: "Kristi Himmelfartsdag", 49: "Første pinsedag", 50: "Andre pinsedag",
		} {
			d := easter.AddDays(days)
			// A day fixed to the calendar may fall on the same day and gives its name first.
			fixed := d.Month() == time.May && (d.Day() == 1 || d.Day() == 17)
			if got := HolidayName(d); got != name && !fixed || !IsHoliday(d) {
				t.Errorf("%s: %q, want %q", d, got, name)
			}
		}
		for _, days := range []int{-7, -4, -1, 2, 38, 40, 48, 51} { // Palm Sunday, Easter Eve and others
			if d := easter.AddDays(days); IsHoliday(d) && !(d.Month() == time.May && (d.Day() == 1 || d.Day() == 17)) {
				t.Errorf("%s is called %s", d, HolidayName(d))
			}
		}
	}
}

func TestWorkdays(t *testing.T) {
	tests := []struct {
		day     string
		holiday bool
		workday bool
	}{
		{"2026-01-01", true, false},
		{"2026-05-01", true, false},
		{"2026-05-17", true, false}, // a Sunday
		{"2027-05-17", true, false}, // Whit Monday and Constitution Day on one Monday
		{"2024-05-17", true, false}, // a Friday
		{"2024-05-16", false, true},
		{"2026-12-24", false, true}, // a day off by custom only
		{"2026-12-25", true, false},
		{"2026-12-26", true, false},
		{"2026-12-27", false, false}, // a Sunday
		{"2026-12-28", false, true},  // holidays on Saturdays are not moved in Norway
		{"2026-11-21", false, false}, // a Saturday
		{"2024-02-29", false, true},
		{"2026-06-23", false, true},
	}
	for _, tt := range tests {
		d := MustDate(tt.day)
		if IsHoliday(d) != tt.holiday || IsWorkday(d) != tt.workday {
			t.Errorf("%s (%s): holiday %v, workday %v", d, d.Weekday(), IsHoliday(d), IsWorkday(d))
		}
	}
}

func TestAddWorkdays(t *testing.T) {
	tests := []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-20", 0, "2026-11-20"},
		{"2026-11-21", 0, "2026-11-21"}, // nothing added to a Saturday
		{"2026-11-20", 1, "2026-11-23"},
		{"2026-11-21", 1, "2026-11-23"},
		{"2026-11-23", -1, "2026-11-20"},
		{"2026-04-01", 1, "2026-04-07"}, // over Easter
		{"2026-04-07", -1, "2026-04-01"},
		{"2026-12-23", 3, "2026-12-29"},
		{"2025-12-31", 1, "2026-01-02"},
		{"2024-05-16", 1, "2024-05-21"}, // Constitution Day, a weekend and Whit Monday
		{"2200-12-30", 9, "2200-12-31"},
		{"1900-01-02", -9, "1900-01-01"},
	}
	for _, tt := range tests {
		if got := AddWorkdays(MustDate(tt.from), tt.n); got.String() != tt.want {
			t.Errorf("AddWorkdays(%s, %d) = %s, want %s", tt.from, tt.n, got, tt.want)
		}
	}
}

func TestNextWorkday(t *testing.T) {
	for from, want := range map[string]string{
		"2026-11-20": "2026-11-20", "2026-11-21": "2026-11-23", "2026-04-02": "2026-04-07", "2027-05-17": "2027-05-18",
	} {
		if got := NextWorkday(MustDate(from)); got.String() != want {
			t.Errorf("NextWorkday(%s) = %s, want %s", from, got, want)
		}
	}
}

func TestWorkdaysCountBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := NextWorkday(MustDate("1950-01-01").AddDays(rapid.IntRange(0, 70000).Draw(t, "day")))
		n := rapid.IntRange(0, 60).Draw(t, "n")
		e := AddWorkdays(d, n)
		if !IsWorkday(e) || AddWorkdays(e, -n) != d {
			t.Fatalf("%d workdays from %s is %s, and back %s", n, d, e, AddWorkdays(e, -n))
		}
		count := 0
		for x := d; x.Before(e); x = x.AddDays(1) {
			if IsWorkday(x.AddDays(1)) {
				count++
			}
		}
		if count != n {
			t.Fatalf("%d workdays between %s and %s, want %d", count, d, e, n)
		}
	})
}
