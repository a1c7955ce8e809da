package text

import (
	"fmt"
	"strings"
	"unicode"
)

// The keys of an Error.
const (
	KeyOrgNumberShape = "text.error.org_number_shape" // not nine digits
	KeyOrgNumberCheck = "text.error.org_number_check" // the check digit does not agree
)

// Error says why a text is not what it should be. Key is a message key; Values are
// name, value pairs for the message.
type Error struct {
	Key    string
	Values []any
}

func (e *Error) Error() string { return fmt.Sprintf("text: %s", e.Key) }

// ParseOrgNumber reads a Norwegian organisation number and gives its nine digits. It
// takes blanks anywhere, and the letters of a VAT number around it ("NO 999 999 999
// MVA"). That the check digit agrees does not mean that the organisation exists. The
// error is an *Error.
func ParseOrgNumber(s string) (string, error) {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, s)
	s = strings.TrimSuffix(strings.TrimPrefix(s, "NO"), "MVA")
	if len(s) != 9 || strings.Trim(s, "0123456789") != "" || s[0] == '0' {
		return "", &Error{Key: KeyOrgNumberShape}
	}
	if !controlled(s, []int{3, 2, 7, 6, 5, 4, 3, 2}) {
		return "", &Error{Key: KeyOrgNumberCheck}
	}
	return s, nil
}

// FormatOrgNumber parts nine digits in three groups by U+00A0; other texts are as they
// were.
func FormatOrgNumber(s string) string {
	if len(s) != 9 {
		return s
	}
	return s[:3] + "\u00A0" + s[3:6] + "\u00A0" + s[6:]
}

// controlled tells whether the digit after the weighted ones is their modulus 11 check
// digit, as used for organisation numbers and national identity numbers. digits must be
// ASCII digits, more than there are weights.
func controlled(digits string, weights []int) bool {
	sum := 0
	for i, w := range weights {
		sum += w * int(digits[i]-'0')
	}
	check := (11 - sum%11) % 11 // 10 has no digit, so such numbers are never given out
	return check == int(digits[len(weights)]-'0')
}
