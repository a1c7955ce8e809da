package counting

import "testing"

// A share on too few answers is hidden, and another with it when the total would
// tell it: the hidden ones are together at least round.Smallest, or none.
func TestHideLeavesNothingToSubtract(t *testing.T) {
	for _, c := range []struct {
		of   []int // by municipality
		want []bool
		all  bool
	}{
		{[]int{3, 4}, []bool{false, false}, false},
		{[]int{2, 4, 5}, []bool{true, true, false}, false},
		{[]int{2, 1, 5}, []bool{true, true, false}, false},
		{[]int{0, 4}, []bool{true, false}, false},
		{[]int{1, 3}, []bool{true, true}, false},
		{[]int{1, 1}, []bool{true, true}, true},
	} {
		list := make([]Place, len(c.of)+1)
		for i, n := range c.of {
			list[i].Recruiting.Of = n
			list[len(c.of)].Recruiting.Of += n
		}
		hide(list, func(p *Place) *Share { return &p.Recruiting })
		for i, want := range append(c.want, c.all) {
			if list[i].Recruiting.Few != want {
				t.Errorf("%v: line %d hidden %v, want %v", c.of, i, list[i].Recruiting.Few, want)
			}
		}
	}
}
