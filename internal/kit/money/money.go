package money

import (
	"database/sql/driver"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
)

// NOK is an amount in øre. In SQL an amount that may be missing is a *NOK; zero is an
// amount like any other.
type NOK int64

// Krone is one krone.
const Krone NOK = 100

// nbsp parts the groups of digits.
const nbsp = "\u00A0"

// The keys of an Error.
const (
	KeyMalformed   = "money.error.malformed"     // not written as an amount
	KeyFraction    = "money.error.fraction"      // finer than an øre
	KeyOutOfBounds = "money.error.out_of_bounds" // more than an amount can hold
)

// Error says why a text is not an amount. Key is a message key; Values are name, value
// pairs for the message.
type Error struct {
	Key    string
	Values []any
	Text   string // what was read
}

func (e *Error) Error() string {
	text := e.Text
	if len(text) > 40 { // keeps a hostile input from filling the log
		text = text[:40] + "..."
	}
	return fmt.Sprintf("money: %q: %s", text, e.Key)
}

// Parse reads an amount in kroner: "1 650 000", "1.650.000", "1650000,-", "kr 12,50",
// "-12,5 kr", with any kind of blank. Groups must be of three digits; decimals are one
// or two after a comma, or after a point where that cannot be a group. An empty text is
// malformed: whether an amount may be left out is for the form to say. The error is an
// *Error.
func Parse(s string) (NOK, error) {
	negative, body := unwrap(s)
	whole, decimals, ok := split(body)
	if !ok {
		return 0, &Error{Key: KeyMalformed, Text: s}
	}
	kroner, ok := ungroup(whole)
	if !ok {
		return 0, &Error{Key: KeyMalformed, Text: s}
	}
	if len(decimals) > 2 {
		return 0, &Error{Key: KeyFraction, Text: s}
	}
	// Both parts are ASCII digits by now, so only the size can be wrong.
	ore, err := strconv.ParseInt(kroner+(decimals + "00")[:2], 10, 64)
	if err != nil {
		return 0, &Error{Key: KeyOutOfBounds, Text: s}
	}
	if negative {
		ore = -ore
	}
	return NOK(ore), nil
}

// unwrap takes away blanks, currency, sign and the dash that stands for no øre, and makes
// every blank inside a plain space.
func unwrap(s string) (negative bool, body string) {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == '−', r == '–': // minus sign, dash
			return '-'
		}
		return unicode.ToLower(r)
	}, s)
	s, after := cutCurrency(strings.TrimSpace(s), strings.CutSuffix)
	// The sign may stand on either side of the currency: "-kr 5", "kr -5".
	s, negative = strings.CutPrefix(s, "-")
	s, before := cutCurrency(strings.TrimSpace(s), strings.CutPrefix)
	if before && after {
		return false, ""
	}
	if !negative {
		s, negative = strings.CutPrefix(s, "-")
		s = strings.TrimSpace(s)
	}
	for _, end := range []string{",-", ".-", ",--"} {
		if rest, ok := strings.CutSuffix(s, end); ok {
			// A comma left in the rest would have made it "12,50,-".
			if strings.Contains(rest, ",") {
				return negative, ""
			}
			return negative, rest
		}
	}
	return negative, s
}

// cutCurrency takes one name of the currency off an end of s.
func cutCurrency(s string, cut func(s, part string) (string, bool)) (rest string, found bool) {
	for _, name := range []string{"kroner", "kr.", "kr", "nok"} {
		if rest, found := cut(s, name); found {
			return strings.TrimSpace(rest), true
		}
	}
	return s, false
}

// split parts the digits before the decimal sign from those after.
func split(s string) (whole, decimals string, ok bool) {
	if before, after, found := strings.Cut(s, ","); found {
		return before, after, after != "" && onlyDigits(after)
	}
	// A single point with other than three digits after it cannot group thousands.
	if before, after, found := strings.Cut(s, "."); found && onlyDigits(after) && len(after) != 3 {
		return before, after, after != ""
	}
	return s, "", true
}

// ungroup takes digits, or groups of three parted by one kind of sign.
func ungroup(s string) (string, bool) {
	if onlyDigits(s) {
		return s, s != ""
	}
	sign := " "
	if strings.Contains(s, ".") {
		sign = "."
	}
	groups := strings.Split(s, sign)
	for i, g := range groups {
		if !onlyDigits(g) || i == 0 && (g == "" || len(g) > 3) || i > 0 && len(g) != 3 {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func onlyDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// Kroner is an amount of n whole kroner. It panics on an amount that does not fit, which
// no number of kroner from a form can be.
func Kroner(n int64) NOK {
	if n > math.MaxInt64/100 || n < math.MinInt64/100 {
		panic("money: kroner out of bounds")
	}
	return NOK(n) * Krone
}

// Format is the amount as pages and documents show it: "kr 1 650 000", "kr −12,50".
func (n NOK) Format() string { return "kr" + nbsp + n.Digits() }

// String is Format.
func (n NOK) String() string { return n.Format() }

// Digits is Format without the currency, for a column whose heading says it.
func (n NOK) Digits() string { return n.write(nbsp, "−") }

// Plain is the amount for an input field or a file: "1650000", "-12,50".
func (n NOK) Plain() string { return n.write("", "-") }

func (n NOK) write(group, minus string) string {
	// The negative of the smallest int64 does not fit; as unsigned it does.
	abs, sign := uint64(n), ""
	if n < 0 {
		abs, sign = -abs, minus
	}
	digits := strconv.FormatUint(abs/100, 10)
	var b strings.Builder
	b.WriteString(sign)
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteRune(d)
	}
	if ore := abs % 100; ore != 0 {
		fmt.Fprintf(&b, ",%02d", ore)
	}
	return b.String()
}

// Scan implements sql.Scanner for BIGINT and for the decimal text that PostgreSQL gives
// for a sum of BIGINT. NULL is an error: scan into a *NOK where it may occur.
func (n *NOK) Scan(src any) error {
	switch v := src.(type) {
	case int64:
		*n = NOK(v)
		return nil
	case string:
		return n.scanText(v)
	case []byte:
		return n.scanText(string(v))
	}
	return fmt.Errorf("money: scan amount from %T", src)
}

func (n *NOK) scanText(s string) error {
	v, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return fmt.Errorf("money: scan amount: %w", err)
	}
	*n = NOK(v)
	return nil
}

// Value implements driver.Valuer: BIGINT øre.
func (n NOK) Value() (driver.Value, error) { return int64(n), nil }
