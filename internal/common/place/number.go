package place

import (
	"strings"

	"kompetansetorg/internal/kit/fault"
)

// Number is a municipality number of four digits, such as "5025". It is a text: "0301"
// keeps its zero.
type Number string

// CountyNumber is a county number of two digits, such as "50".
type CountyNumber string

// ParseNumber reads a municipality number. Blanks around are dropped; a number of three
// digits gets back the zero that spreadsheets take away. The number need not exist.
// Errors are of kind Invalid at the field "municipality".
func ParseNumber(s string) (Number, error) {
	digits := strings.TrimSpace(s)
	if len(digits) == 3 {
		digits = "0" + digits
	}
	if len(digits) != 4 || !isDigits(digits) {
		return "", fault.InvalidField("municipality", "place.error.number")
	}
	return Number(digits), nil
}

// County is the number of the county that the municipality number belongs to, or "" for
// a malformed number.
func (n Number) County() CountyNumber {
	if len(n) != 4 {
		return ""
	}
	return CountyNumber(n[:2])
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
