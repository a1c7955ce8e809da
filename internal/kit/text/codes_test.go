package text_test

import (
	"slices"
	"testing"

	"kompetansetorg/internal/kit/text"
)

type colour string

// TestCodes goes from typed codes to plain ones and back: nothing is lost, and none stays none.
func TestCodes(t *testing.T) {
	codes := []colour{"rød", "", "grå"}
	plain := text.Strings(codes)
	if want := []string{"rød", "", "grå"}; !slices.Equal(plain, want) {
		t.Errorf("Strings(%q) = %q, want %q", codes, plain, want)
	}
	if back := text.Typed[colour](plain); !slices.Equal(back, codes) {
		t.Errorf("Typed(%q) = %q, want %q", plain, back, codes)
	}
	if got := text.Strings([]colour(nil)); len(got) != 0 {
		t.Errorf("Strings(nil) = %q, want none", got)
	}
}
