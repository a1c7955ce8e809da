package text

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestParseOrgNumber(t *testing.T) {
	// 974760673 is the register of organisations itself; 999999999 happens to be valid.
	for in, want := range map[string]string{
		"974760673": "974760673", "974 760 673": "974760673", "974\u00A0760\u00A0673 ": "974760673",
		"NO 974 760 673 MVA": "974760673", "no974760673mva": "974760673", "9 7 4 7 6 0 6 7 3": "974760673",
	} {
		if got, err := ParseOrgNumber(in); err != nil || got != want {
			t.Errorf("ParseOrgNumber(%q) = %q, %v", in, got, err)
		}
	}
	for in, key := range map[string]string{
		"": KeyOrgNumberShape, "97476067": KeyOrgNumberShape, "9747606731": KeyOrgNumberShape, "97476067x": KeyOrgNumberShape,
		"000000000": KeyOrgNumberShape, "٩٧٤٧٦٠٦٧٣": KeyOrgNumberShape, "974.760.673": KeyOrgNumberShape, "SE974760673": KeyOrgNumberShape,
		"974760674": KeyOrgNumberCheck, "974760763": KeyOrgNumberCheck,
	} {
		got, err := ParseOrgNumber(in)
		var e *Error
		if !errors.As(err, &e) || e.Key != key || got != "" {
			t.Errorf("ParseOrgNumber(%q) = %q, %v; want %s", in, got, err, key)
		}
	}
	if got := FormatOrgNumber("974760673"); got != "974\u00A0760\u00A0673" {
		t.Errorf("FormatOrgNumber = %q", got)
	}
}

func TestCheckDigitFindsEverySlip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var valid string
		base := rapid.IntRange(10000000, 99999999).Draw(t, "base")
		for check := range 10 {
			s := fmt.Sprintf("%d%d", base, check)
			if _, err := ParseOrgNumber(s); err == nil {
				if valid != "" {
					t.Fatalf("%s and %s are both valid", valid, s)
				}
				valid = s
			}
		}
		if valid == "" {
			return // one in eleven has no check digit
		}
		i, d := rapid.IntRange(1, 8).Draw(t, "place"), rapid.IntRange(1, 9).Draw(t, "slip")
		slip := []byte(valid)
		slip[i] = '0' + byte((int(slip[i]-'0')+d)%10)
		if _, err := ParseOrgNumber(string(slip)); err == nil {
			t.Fatalf("%s is valid, and %s with one digit changed too", valid, slip)
		}
	})
}
