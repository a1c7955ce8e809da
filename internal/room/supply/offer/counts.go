package offer

// smallest is the least number of persons that an open page may show, or let
// one work out (design.md §10). None at all may be shown.
const smallest = 3

// Counts are the numbers of people in an offering as a reader may see them; nil
// is not stated, or not shown.
type Counts struct {
	Enrolled, Pending, Queued *int
	// Left is how many more can be taken in, Need how many more must be before
	// it starts.
	Left, Need *int
	// Hidden: some number is left out because it is small.
	Hidden bool
}

// Counts are the offering's numbers. Only its provider sees them exactly:
// others see no number under three, and none from which one could be worked
// out by subtraction.
func (o Offering) Counts(exact bool) Counts {
	var c Counts
	all := o.All()
	left, known := o.PlacesLeft()
	need := o.NeedToStart()
	parts := exact || shown(all.Enrolled) && shown(all.Pending)
	if parts {
		c.Enrolled, c.Pending = &all.Enrolled, &all.Pending
	}
	if parts && o.MinPlaces > 0 {
		c.Need = &need
	}
	if known && (exact || shown(all.Enrolled+all.Pending)) {
		c.Left = &left
	}
	if exact || shown(all.Queued) {
		c.Queued = &all.Queued
	}
	c.Hidden = !exact && (!parts || !shown(all.Queued))
	return c
}

// shown reports whether a number of persons may be shown to all.
func shown(n int) bool { return n == 0 || n >= smallest }
