package text

import (
	"strings"
	"testing"
)

// FuzzParseOrgNumber: what is taken is nine digits whose weighted sum 11 divides, as
// the register of enterprises says, and reads back the same from how it is shown.
func FuzzParseOrgNumber(f *testing.F) {
	for _, s := range []string{"974 760 673", "NO974760673MVA", "974760674", "９74760673", "000000000", "no 974\u00A0760\u00A0673 mva", "9747606730"} {
		f.Add(s)
	}
	weights := []int{3, 2, 7, 6, 5, 4, 3, 2, 1}
	f.Fuzz(func(t *testing.T, s string) {
		no, err := ParseOrgNumber(s)
		if err != nil {
			if no != "" {
				t.Fatalf("%q is refused and gives %q", s, no)
			}
			return
		}
		if len(no) != 9 || strings.Trim(no, "0123456789") != "" || no[0] == '0' {
			t.Fatalf("%q gives %q", s, no)
		}
		sum := 0
		for i, w := range weights {
			sum += w * int(no[i]-'0')
		}
		if sum%11 != 0 {
			t.Fatalf("%q gives %q, whose check digit is wrong", s, no)
		}
		if back, err := ParseOrgNumber(FormatOrgNumber(no)); err != nil || back != no {
			t.Fatalf("%q is shown as %q and read back as %q, %v", no, FormatOrgNumber(no), back, err)
		}
	})
}

// FuzzSensitiveHints: the hints are parts of the text, in its order and apart.
func FuzzSensitiveHints(f *testing.F) {
	for _, s := range []string{"680 51 234", "post@firma.example", "01010750160", "+47 68051234, 68 05 44 55", "a@b.c@d.e", "12 34 56 78 90"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, h := range SensitiveHints(s) {
			if h.Start < end || h.End <= h.Start || h.End > len(s) {
				t.Fatalf("hint %+v after %d in %q", h, end, s)
			}
			end = h.End
		}
	})
}
