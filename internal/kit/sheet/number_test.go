package sheet

import (
	"testing"

	"pgregory.net/rapid"

	"kompetansetorg/internal/kit/clock"
)

func TestStyleOf(t *testing.T) {
	tests := []struct {
		code string
		want style
	}{
		{"General", style{}},
		{"@", style{}},
		{"0", style{}},
		{"0.00", style{}},
		{"#,##0", style{}},
		{`# ##0,00 "kr";[Red]-# ##0,00 "kr"`, style{}},
		{`[$kr-414] #,##0.00`, style{}},
		{`0 "dager"`, style{}},
		{`0\ \d\a\y\s`, style{}},
		{"0.00E+00", style{}},
		{"0%", style{}},
		{"?/?", style{}},
		{"0000", style{pad: 4}},
		{"yyyy-mm-dd", style{kind: dayStyle}},
		{"dd.mm.yyyy", style{kind: dayStyle}},
		{"[$-414]d. mmmm yyyy;@", style{kind: dayStyle}},
		{`"uke" d`, style{kind: dayStyle}},
		{"mmm", style{kind: dayStyle}},
		{"mmm yy", style{kind: dayStyle}},
		{"hh:mm", style{kind: timeStyle}},
		{"h:mm AM/PM", style{kind: timeStyle}},
		{"mm:ss.0", style{kind: timeStyle}},
		{"dd.mm.yyyy hh:mm", style{kind: momentStyle}},
		{"yyyy-mm-dd hh:mm:ss.000", style{kind: momentStyle}},
		{"[h]:mm", style{kind: elapsedStyle}},
		{"[hh]:mm:ss", style{kind: elapsedStyle}},
		{"[Red][>5]0", style{}},
		{`"open`, style{}},
		{"", style{}},
	}
	for _, tt := range tests {
		if got := styleOf(tt.code); got != tt.want {
			t.Errorf("styleOf(%q) = %+v, want %+v", tt.code, got, tt.want)
		}
	}
	for id, want := range map[string]styleKind{"0": plainNumber, "14": dayStyle, "20": timeStyle, "22": momentStyle, "46": elapsedStyle, "49": plainNumber, "x": plainNumber} {
		if got := builtinStyle(id).kind; got != want {
			t.Errorf("builtinStyle(%s) = %v, want %v", id, got, want)
		}
	}
}

func TestNumberText(t *testing.T) {
	day, moment, hour, elapsed, padded := style{kind: dayStyle}, style{kind: momentStyle}, style{kind: timeStyle}, style{kind: elapsedStyle}, style{pad: 4}
	tests := []struct {
		v    string
		st   style
		want string
	}{
		{"1", day, "1900-01-01"},
		{"59", day, "1900-02-28"},
		{"60", day, "60"}, // the day that never was
		{"61", day, "1900-03-01"},
		{"44013", day, "2020-07-01"},
		{"44013.9", day, "2020-07-01"},
		{"109939", day, "2200-12-31"},
		{"150000", day, "150000"}, // after the calendar's end
		{"-1", day, "-1"},
		{"0", day, "0"},
		{"1E300", day, "1" + zeros(300)},
		{"44013", moment, "2020-07-01"},
		{"44013.5", moment, "2020-07-01 12:00"},
		{"44013.999999999", moment, "2020-07-02"},
		{"44013.500011574", moment, "2020-07-01 12:00:01"},
		{"0.75", hour, "18:00"},
		{"0", hour, "00:00"},
		{"44013.75", hour, "2020-07-01 18:00"},
		{"1.5", elapsed, "36:00"},
		{"301", padded, "0301"},
		{"50301", padded, "50301"},
		{"-1", padded, "-1"},
		{"1.5", padded, "1,5"},
		{"", day, ""},
		{"0x1F", style{}, "0x1F"},
		{"Inf", style{}, "Inf"},
		{"1_0", style{}, "1_0"},
		{"123456789012345678", style{}, "123456789012346000"},
	}
	for _, tt := range tests {
		if got := numberText(tt.v, tt.st, false); got != tt.want {
			t.Errorf("numberText(%q, %+v) = %q, want %q", tt.v, tt.st, got, tt.want)
		}
	}
}

func zeros(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = '0'
	}
	return string(b)
}

func TestEveryDayHasASerial(t *testing.T) {
	first := clock.MustDate("1900-01-01")
	rapid.Check(t, func(t *rapid.T) {
		d := first.AddDays(rapid.IntRange(0, 109937).Draw(t, "day"))
		if got, ok := serialDay(serial(d), false); !ok || got != d {
			t.Fatalf("%s is %d, and back %s", d, serial(d), got)
		}
	})
}

func TestParseNumberAndBool(t *testing.T) {
	for s, want := range map[string]float64{"12": 12, " 1 650 000 ": 1650000, "12,5": 12.5, "12.5": 12.5, "\u22123,25": -3.25, "1\u00A0000": 1000} {
		if got, err := ParseNumber(s); err != nil || got != want {
			t.Errorf("ParseNumber(%q) = %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "x", "1,2,3", "1.650,5", "1e3", "NaN", "Inf", "25 %", "--1", ","} {
		if got, err := ParseNumber(s); err == nil {
			t.Errorf("ParseNumber(%q) = %v", s, got)
		}
	}
	for s, want := range map[string]bool{"Ja": true, "SANN": true, "true": true, " x ": true, "1": true, "nei": false, "USANN": false, "0": false} {
		if got, ok := ParseBool(s); !ok || got != want {
			t.Errorf("ParseBool(%q) = %v, %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "kanskje", "2"} {
		if _, ok := ParseBool(s); ok {
			t.Errorf("ParseBool(%q) is an answer", s)
		}
	}
}
