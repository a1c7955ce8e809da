package text

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// HintKind says what a Hint has found.
type HintKind string

// The kinds of hints.
const (
	HintNationalID HintKind = "national_id" // fødselsnummer, D-number and their test forms
	HintPhone      HintKind = "phone"
	HintEmail      HintKind = "email"
)

// Hint points at a place in a text that looks like a detail about a person. It holds
// no copy of the detail, so that it can be logged and counted.
type Hint struct {
	Kind       HintKind
	Start, End int // byte offsets: s[Start:End]
}

var (
	nationalID = regexp.MustCompile(`\d{6}[ .\-\x{00A0}]?\d{5}`)
	email      = regexp.MustCompile(`[\pL\pN._%+\-]+@[\pL\pN\-]+(\.[\pL\pN\-]+)+`)
	// A number abroad needs its country code; a Norwegian one is eight digits in one of
	// the two common groupings, of which neither is how an amount is written.
	phone = regexp.MustCompile(`(?:\+|\b00)[1-9](?:[ \x{00A0}\-]?\d){7,14}` +
		`|[2-9]\d(?:[ \x{00A0}]\d{2}){3}` +
		`|[2-9]\d{2}[ \x{00A0}]\d{2}[ \x{00A0}]\d{3}` +
		`|[2-9]\d{7}`)
)

// SensitiveHints finds what looks like national identity numbers (with valid control
// digits), phone numbers and e-mail addresses, in the order of s and without overlap.
// It is for warning the writer before a text is shown to others.
func SensitiveHints(s string) []Hint {
	var hints []Hint
	find := func(kind HintKind, re *regexp.Regexp, ok func(before, match, after string) bool) {
		for at := 0; at < len(s); {
			m := re.FindStringIndex(s[at:])
			if m == nil {
				return
			}
			start, end := at+m[0], at+m[1]
			if alone(s, start, end) && ok(s[:start], s[start:end], s[end:]) && !overlaps(hints, start, end) {
				hints = append(hints, Hint{kind, start, end})
				at = end
				continue
			}
			_, size := utf8.DecodeRuneInString(s[start:])
			at = afterDigits(s, start+size)
		}
	}
	find(HintEmail, email, func(_, _, _ string) bool { return true })
	find(HintNationalID, nationalID, func(_, m, _ string) bool { return isNationalID(onlyDigits(m)) })
	find(HintPhone, phone, isPhone)
	slices.SortFunc(hints, func(a, b Hint) int { return cmp.Compare(a.Start, b.Start) })
	return hints
}

// afterDigits skips the rest of a run of digits: no number begins inside another, and
// long runs would otherwise be tried from every digit.
func afterDigits(s string, at int) int {
	for at < len(s) && isDigit(rune(s[at])) {
		at++
	}
	return at
}

// alone tells whether s[start:end] is not a part of a longer word or number.
func alone(s string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:start])
	after, _ := utf8.DecodeRuneInString(s[end:])
	joined := func(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	return !joined(before) && !joined(after)
}

func overlaps(hints []Hint, start, end int) bool {
	return slices.ContainsFunc(hints, func(h Hint) bool { return start < h.End && h.Start < end })
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if isDigit(r) {
			return r
		}
		return -1
	}, s)
}

// isNationalID checks the day, the month and both control digits of eleven digits. D-numbers
// add 40 to the day; numbers from hospitals and test registers add 40, 65 or 80 to the month.
func isNationalID(d string) bool {
	day, month := number(d[:2]), number(d[2:4])
	if day > 40 {
		day -= 40
	}
	switch {
	case month > 80:
		month -= 80
	case month > 65:
		month -= 65
	case month > 40:
		month -= 40
	}
	if day < 1 || day > 31 || month < 1 || month > 12 {
		return false
	}
	return controlled(d, []int{3, 7, 6, 1, 8, 9, 4, 5, 2}) && controlled(d, []int{5, 4, 3, 2, 7, 6, 5, 4, 3, 2})
}

func number(d string) int {
	n := 0
	for _, r := range d {
		n = n*10 + int(r-'0')
	}
	return n
}

// isPhone sorts out what eight digits in a row more often are: amounts, dates, and parts
// of longer grouped numbers.
func isPhone(before, m, after string) bool {
	if m[0] == '+' || m[0] == '0' {
		return true
	}
	before = strings.TrimRightFunc(before, unicode.IsSpace)
	after = strings.TrimLeftFunc(after, unicode.IsSpace)
	// "12 34 56 78 90": the match is a part of a longer number.
	if first, _ := utf8.DecodeRuneInString(after); isDigit(first) {
		return false
	}
	if last, _ := utf8.DecodeLastRuneInString(before); isDigit(last) {
		return false
	}
	if len(m) != 8 {
		return true
	}
	lower := strings.ToLower(before)
	amount := strings.HasSuffix(m, "0000") || strings.HasSuffix(lower, "kr") || strings.HasSuffix(lower, "kr.") ||
		strings.HasSuffix(lower, "nok") || strings.HasPrefix(after, ",") && len(after) > 1 && after[1] != ' ' ||
		strings.HasPrefix(strings.ToLower(after), "kr")
	return !amount && !isDay(m)
}

// isDay tells whether eight digits are a day of our time, written either way around.
func isDay(d string) bool {
	for _, layout := range []string{"20060102", "02012006"} {
		if t, err := time.Parse(layout, d); err == nil && t.Year() >= 1900 && t.Year() <= 2100 {
			return true
		}
	}
	return false
}
