// Package pledge gathers seats for a pooled need, or for an offering that takes applications
// here and needs so many to start, so that an education can start where each firm by itself
// is too small (LOP-16): "n more needed to start".
//
// Organisations, and learners for themselves, say how many seats they will take: as a
// wish, an intention or binding. Intentions and binding seats count towards the least
// number that it has; wishes are shown beside them. On an offering those who have a place
// count too, and no firm's people, and no person, are counted twice. The pledge that reaches
// it moves the round to enough, and the provider is asked to start; a withdrawal that
// brings it below moves it back. Those who have pledged are told of both. The provider
// starts, with a reason when fewer seats are binding than needed; who finds those who pledge,
// the coordinator of a pooled need and the provider of an offering, may end the round
// without a start.
//
// Who works with it sees who has pledged; a learner is shown to them as a
// person without a name. Each pledger sees its own. Everybody else sees a figure that is
// made once a day and keeps to the rule of package few.
//
// Words: samling av plasser = round, ønske = wish, intensjon = intention, bindende plass =
// binding.
//
// Tables: pledge_round, pledge, pledge_edition.
package pledge
