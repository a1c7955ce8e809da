package sentence

import "kompetansetorg/internal/kit/clock"

// From is where in the text a guess was found, seen from the candidate.
type From string

// The places.
const (
	Own     From = "own"     // in the candidate's own words
	Near    From = "near"    // in the same paragraph
	Heading From = "heading" // in the heading or what announces the list
	Fact    From = "fact"    // after a name with a colon
	Before  From = "before"  // earlier in the text
	Subject From = "subject" // in the mail's subject
)

// Reason is the words that a guess comes from.
type Reason struct {
	Words string
	From  From
}

// Phrase is what may name an organisation or a place, to be looked up.
type Phrase struct {
	Text string
	// Firm tells that it ends as the names of firms do, or is a number of nine digits.
	Firm bool
	Reason
}

// Count is a number of people; N 0 is none found.
type Count struct {
	N int
	Reason
}

// When is when the competence is needed: a day, or how soon ("now", "1y", "3y", "5y",
// "10y"); both empty when nothing is said.
type When struct {
	From    clock.Date
	Horizon string
	Reason
}
