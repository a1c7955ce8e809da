package sheet

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"kompetansetorg/internal/kit/clock"
)

// style is what the number format of a cell means for its text.
type style struct {
	kind styleKind
	pad  int // digits to fill up to with zeros: 4 for a municipality number shown as 0301
}

type styleKind uint8

const (
	plainNumber styleKind = iota
	dayStyle
	timeStyle
	momentStyle
	elapsedStyle // hours that go on after 24
)

// builtinStyle knows the number formats that files name by number only (ECMA-376 part
// 1, 18.8.30), those of East Asian editions included.
func builtinStyle(id string) style {
	n, err := strconv.Atoi(id)
	if err != nil {
		return style{}
	}
	switch {
	case n >= 14 && n <= 17, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 54, n == 57, n == 58:
		return style{kind: dayStyle}
	case n >= 18 && n <= 21, n >= 32 && n <= 35, n == 45, n == 47, n == 55, n == 56:
		return style{kind: timeStyle}
	case n == 22:
		return style{kind: momentStyle}
	case n == 46:
		return style{kind: elapsedStyle}
	}
	return style{}
}

// styleOf reads a number format such as `[$-414]d. mmm yyyy` or `0000`.
func styleOf(code string) style {
	if len(code) > 1 && len(code) <= 20 && strings.Trim(code, "0") == "" {
		return style{pad: len(code)}
	}
	signs, elapsed := formatSigns(code)
	if elapsed {
		return style{kind: elapsedStyle}
	}
	if strings.Contains(signs, "general") || strings.Contains(signs, "standard") || strings.ContainsAny(signs, "0#?") && !strings.ContainsAny(signs, "ydh") {
		// A date format has no digit signs, but for the parts of a second.
		if !strings.Contains(signs, "s.0") {
			return style{}
		}
	}
	signs = strings.NewReplacer("am/pm", "", "a/p", "").Replace(signs)
	time := strings.ContainsAny(signs, "hs")
	day := strings.ContainsAny(signs, "yd") || strings.Contains(signs, "m") && !time
	switch {
	case day && time:
		return style{kind: momentStyle}
	case day:
		return style{kind: dayStyle}
	case time:
		return style{kind: timeStyle}
	}
	return style{}
}

// formatSigns is the first section of a number format in lower case without what is
// shown as it stands, and whether it shows elapsed time, as in [h]:mm.
func formatSigns(code string) (signs string, elapsed bool) {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"', '[':
			end := byte('"')
			if c == '[' {
				end = ']'
			}
			n := strings.IndexByte(code[i+1:], end)
			if n < 0 {
				return b.String(), elapsed
			}
			inner := strings.ToLower(code[i+1 : i+1+n])
			if c == '[' && inner != "" && (strings.Trim(inner, "h") == "" || strings.Trim(inner, "m") == "" || strings.Trim(inner, "s") == "") {
				elapsed = true
			}
			i += n + 1
		case '\\', '_', '*': // the sign after these is shown, left out or repeated
			i++
		case ';':
			return b.String(), elapsed
		default:
			b.WriteRune(unicode.ToLower(rune(c)))
		}
	}
	return b.String(), elapsed
}

// numberText is a number of a file as a text: without exponent, with a decimal comma,
// precise to the fifteen digits that spreadsheet programs show; a day or a time where
// the style says so. What is no number stays as it is.
func numberText(v string, st style, date1904 bool) string {
	f, err := strconv.ParseFloat(v, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) || strings.ContainsAny(v, "xX_") {
		return v
	}
	if st.kind != plainNumber {
		if s, ok := serialText(f, st.kind, date1904); ok {
			return s
		}
	}
	// 0.1+0.2 is stored as 0.30000000000000004 and shown as 0.3.
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64)
	if err == nil {
		f = rounded
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if s == "-0" {
		s = "0"
	}
	if st.pad > len(s) && strings.Trim(s, "0123456789") == "" {
		return strings.Repeat("0", st.pad-len(s)) + s
	}
	return strings.Replace(s, ".", ",", 1)
}

// serialText is a count of days as a day, a time of day or both; false when there is no
// such day.
func serialText(f float64, kind styleKind, date1904 bool) (string, bool) {
	const daySeconds = 24 * 60 * 60
	if f < 0 || f > 200_000 { // beyond the year 2400
		return "", false
	}
	seconds := int64(math.Round(f * daySeconds))
	days, rest := int(seconds/daySeconds), seconds%daySeconds
	switch {
	case kind == elapsedStyle:
		return fmt.Sprintf("%02d:%02d", seconds/3600, seconds/60%60), true
	case kind == timeStyle && days == 0:
		return timeOfDay(rest), true
	}
	day, ok := serialDay(days, date1904)
	if !ok {
		return "", false
	}
	if kind == dayStyle || rest == 0 {
		return day.String(), true
	}
	return day.String() + " " + timeOfDay(rest), true
}

func timeOfDay(seconds int64) string {
	s := fmt.Sprintf("%02d:%02d", seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		s += fmt.Sprintf(":%02d", seconds%60)
	}
	return s
}

// serialDay counts days as Excel does: 1 is 1 January 1900, and 60 is a 29 February that
// the year 1900 did not have.
func serialDay(n int, date1904 bool) (clock.Date, bool) {
	first := clock.MustDate("1900-01-01")
	switch {
	case date1904:
		n += 1462
	case n == 60:
		return clock.Date{}, false
	}
	if n > 60 {
		n--
	}
	day := first.AddDays(n - 1)
	return day, n >= 1 && day.Sub(first) == n-1 // not moved to the edge of the calendar
}

// isoText shortens the ISO form of a date cell to a day, or a day and a time.
func isoText(v string) string {
	for _, layout := range []string{"2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04"} {
		if t, err := time.Parse(layout, v); err == nil {
			day, err := clock.NewDate(t.Date())
			if err != nil {
				return v
			}
			if seconds := int64(t.Hour()*3600 + t.Minute()*60 + t.Second()); seconds != 0 {
				return day.String() + " " + timeOfDay(seconds)
			}
			return day.String()
		}
	}
	return v
}

// ErrNumber is what ParseNumber answers to a text that is no number.
var ErrNumber = errors.New("sheet: not a number")

// ParseNumber reads a cell as a number: one decimal comma or point, blanks between groups
// of thousands. Amounts, where a point groups thousands, are read by package money.
func ParseNumber(s string) (float64, error) {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r == '\u2212':
			return '-'
		}
		return r
	}, s)
	if strings.Count(s, ",")+strings.Count(s, ".") > 1 || strings.Trim(s, "-0123456789.,") != "" {
		return 0, ErrNumber
	}
	f, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil {
		return 0, ErrNumber
	}
	return f, nil
}

// ParseBool reads a cell as yes or no, in Norwegian or English, as a word, a tick or a
// digit; false for ok when it is neither. An empty cell is neither.
func ParseBool(s string) (value, ok bool) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "true", "sann", "ja", "yes", "j", "y", "x", "1", "✓", "✔":
		return true, true
	case "false", "usann", "nei", "no", "n", "0":
		return false, true
	}
	return false, false
}
