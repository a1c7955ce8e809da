package sentence_test

import (
	"slices"
	"testing"

	"kompetansetorg/internal/room/need/notes/sentence"
)

// TestCounts: how many people the words tell of, and by which words.
func TestCounts(t *testing.T) {
	r := sentence.NewReader(nil)
	for written, want := range map[string]int{
		"Vi trenger to erfarne, faglærte tømrere til høsten.": 2,
		"En av sju mekanikere slutter.":                       0,
		"Sveisere (3)":                                        3,
		"Møtet er 3. mars":                                    0,
		"Vi er 14 ansatte":                                    0,
		"Vi trenger en kokk":                                  1,
	} {
		if got, ok := r.CountIn(written, true); got.N != want || ok != (want > 0) {
			t.Errorf("%q tells of %d by %q, want %d", written, got.N, got.Words, want)
		}
	}
}

// TestEachCountOnItsOwn: what is counted apart is parted, with what stands before the first.
func TestEachCountOnItsOwn(t *testing.T) {
	pieces, own := sentence.NewReader(nil).PerCount("Vi trenger tre sveisere og to elektrikere")
	if !slices.Equal(pieces, []string{"Vi trenger tre sveisere", "Vi trenger to elektrikere"}) || !slices.Equal(own, []string{"tre sveisere", "to elektrikere"}) {
		t.Errorf("parted into %q, %q", pieces, own)
	}
}

// TestWhatIsSaidOutright: a need, a denial, and a task are told apart.
func TestWhatIsSaidOutright(t *testing.T) {
	for written, want := range map[string][3]bool{ // lacks, refused, tasked
		"Vi mangler en kokk.":             {true, false, false},
		"Vi trenger ikke flere kokker.":   {true, true, false},
		"Været er fint.":                  {false, false, false},
		"Rådgiveren tar kontakt med dem.": {false, false, true},
	} {
		if got := [3]bool{sentence.Lacks(written), sentence.IsRefused(written), sentence.IsTasked(written)}; got != want {
			t.Errorf("%q: lacks, refused, tasked %v, want %v", written, got, want)
		}
	}
	if got := sentence.Split("Vi mangler en kokk, f.eks. en vikar. Det haster."); len(got) != 2 {
		t.Errorf("parted into %q", got)
	}
}
