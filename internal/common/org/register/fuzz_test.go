package register

import (
	"testing"
	"unicode"

	"kompetansetorg/internal/kit/text"
)

// FuzzWritten reads whatever is typed in an organisation field: nothing that
// looks like a detail about a person, and no long number, may be sent.
func FuzzWritten(f *testing.F) {
	for _, s := range []string{"", "313000109", "NO 313 000 109 MVA", "313000108", "Eksempel Sag AS", "01010112345", "a@example.no", "6805 0000", "Ål", "3 små\u00a0ord"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if no, err := text.ParseOrgNumber(s); err == nil {
			if len(no) != 9 || no[0] == '0' {
				t.Errorf("%q is the number %q", s, no)
			}
			return
		}
		if !isName(text.CleanLine(s)) {
			return
		}
		digits := 0
		for _, r := range s {
			if unicode.IsDigit(r) {
				digits++
			}
		}
		if digits > maxDigits || len(text.SensitiveHints(s)) > 0 {
			t.Errorf("%q would be sent", s)
		}
	})
}
