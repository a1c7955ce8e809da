package adopt

import (
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/project/entry"
)

// Grade is how well a measure has worked so far.
type Grade string

// The grades, from nothing known.
const (
	Untried  Grade = "untried"
	Tried    Grade = "tried"
	Works    Grade = "works"
	Promises Grade = "promises"
	Mixed    Grade = "mixed"
	Seldom   Grade = "seldom"
)

// Grades lists them.
func Grades() []Grade { return []Grade{Untried, Tried, Works, Promises, Mixed, Seldom} }

// Label is the grade's name, and Why the sentence that says what it is reckoned from.
func (g Grade) Label() i18n.Key { return i18n.Key("adopt.grade." + string(g)) }

// Counted is how many projects reached their goals, reached them partly, and did not.
type Counted struct{ Reached, Partly, Not int }

// All is how many there are.
func (c Counted) All() int { return c.Reached + c.Partly + c.Not }

// enough is how many projects there have to be before a measure is said to work or not.
const enough = 3

// Grade is reckoned from at least three projects: it works when two of three or more reached their
// goals and none failed; it promises well when two of three or more reached them, whole or in part;
// it works seldom when more than half failed; else experience is mixed.
func (c Counted) Grade() Grade {
	n := c.All()
	switch {
	case n == 0:
		return Untried
	case n < enough:
		return Tried
	case 3*c.Reached >= 2*n && c.Not == 0:
		return Works
	case 2*c.Not > n:
		return Seldom
	case 3*(c.Reached+c.Partly) >= 2*n:
		return Promises
	}
	return Mixed
}

// add counts one more.
func (c Counted) add(a entry.Attainment) Counted {
	switch a {
	case entry.Reached:
		c.Reached++
	case entry.Partly:
		c.Partly++
	case entry.Not:
		c.Not++
	}
	return c
}
