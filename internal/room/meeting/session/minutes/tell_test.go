package minutes

import "testing"

// A line of the same thing takes the place of the one before; what others have written
// stays where it is.
func TestALineTakesItsPlace(t *testing.T) {
	one, again, other := Line{"– B-1:", "– B-1: presentert"}, Line{"– B-1:", "– B-1: drøftet"}, Line{"– B-10:", "– B-10: drøftet"}
	words := told(told("Lederen ønsket velkommen.", one), other)
	if want := "Lederen ønsket velkommen.\n– B-1: presentert\n– B-10: drøftet"; words != want {
		t.Errorf("told %q, want %q", words, want)
	}
	if got, want := told(words, again), "Lederen ønsket velkommen.\n– B-1: drøftet\n– B-10: drøftet"; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
	if got := told("", one); got != one.Text {
		t.Errorf("alone it is %q", got)
	}
}
