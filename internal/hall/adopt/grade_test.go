package adopt

import (
	"testing"

	"pgregory.net/rapid"
)

// TestGrade has one measure for each grade, and both sides of each limit.
func TestGrade(t *testing.T) {
	for want, list := range map[Grade][]Counted{
		Untried:  {{}},
		Tried:    {{Reached: 2}, {Not: 1}, {Reached: 1, Not: 1}},
		Works:    {{Reached: 3}, {Reached: 2, Partly: 1}, {Reached: 4, Partly: 2}},
		Promises: {{Reached: 1, Partly: 2}, {Partly: 3}, {Reached: 2, Not: 1}, {Reached: 3, Partly: 2}},
		Mixed:    {{Reached: 1, Partly: 1, Not: 2}, {Reached: 2, Not: 2}},
		Seldom:   {{Not: 3}, {Reached: 1, Not: 2}, {Partly: 1, Not: 2}},
	} {
		for _, c := range list {
			if got := c.Grade(); got != want {
				t.Errorf("%+v is %s, want %s", c, got, want)
			}
		}
	}
}

// TestOneMoreSuccessNeverLowers: a measure that worked once more is not graded lower, and one that
// failed once more not higher.
func TestOneMoreSuccessNeverLowers(t *testing.T) {
	rank := map[Grade]int{Seldom: 0, Mixed: 1, Promises: 2, Works: 3}
	rapid.Check(t, func(t *rapid.T) {
		n := func(name string) int { return rapid.IntRange(0, 20).Draw(t, name) }
		c := Counted{n("reached"), n("partly"), n("not")}
		if c.All() < enough {
			t.Skip()
		}
		better, worse := c, c
		better.Reached++
		worse.Not++
		if rank[better.Grade()] < rank[c.Grade()] || rank[worse.Grade()] > rank[c.Grade()] {
			t.Fatalf("%+v is %s; one more is %s, one less %s", c, c.Grade(), better.Grade(), worse.Grade())
		}
	})
}
