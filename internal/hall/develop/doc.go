// Package develop is where providers answer what is needed: a need, or a pooled need.
//
// There are six answers, asked in this order: it can be fitted into an offering that runs
// (place), a programme is adapted, a programme as it is answers it, a measure or a support
// scheme does, something new is made, or it cannot be done. Each says what its kind asks
// for, and moves the need: to covered by what exists, covered by other means, development
// or not possible. Where something is arranged for, adapted or made, the provider has the
// ball until the day it named.
//
// Who answers is the provider that follows up; one that nobody has taken, any provider
// that may read it takes with the answer. Another provider that was asked answers the
// request: its answer is kept and shown and moves nothing. An answer is never changed. A
// new one stands in its place, and says what is new; the old ones are the history. With a
// need that has ended, or that is covered, nothing is answered before it is taken up again.
//
// Whoever works with the need reads all of an answer, and so does the provider that gave
// it. Other readers of the need read the kind, the provider and the dates.
//
// An answer day that has passed is late. The forum's secretary and the county see what is
// late in their area.
//
// Words: svar fra tilbyder = Answer, innpassing = Place, det som må legges til rette =
// Arrange.
//
// Tables: develop_answer.
package develop
