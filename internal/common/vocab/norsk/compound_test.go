package norsk

import (
	"strings"
	"testing"
)

// A word that nobody writes is not taken apart, however long it is.
func TestAWordWithoutEndIsLeftWhole(t *testing.T) {
	s := NewSplitter(map[string]int32{Stem("saga"): 1, Stem("fører"): 1, Stem("sag"): 1})
	if parts := s.Split("sagfører"); len(parts) == 0 {
		t.Fatal("an ordinary word is not split")
	}
	word := strings.Repeat("sagfører", 1000)
	if parts := s.Split(word); parts != nil {
		t.Errorf("split into %d parts", len(parts))
	}
	if head, modifier := s.Ends(word); head != "" || modifier != "" {
		t.Errorf("ends %q, %q", head, modifier)
	}
}
