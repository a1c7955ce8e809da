// Package funnel tells how far needs come (point of the chain: need, presented, answered,
// programme, enrolled, completed), by region, field, level and the year they were reported,
// and how many days it takes.
//
// A need counts in a step when it, or the pooled need that it is in, has been there or beyond.
// The figures are made once a day from all that has happened and lie in a table; what is open
// to all is read from there alone.
//
// Small numbers: a part of the needs (a region, a field, a level, a year) is published as far as
// at each step the needs of none or of at least three firms are there, also when a step is
// taken from the one before it, and when the needs that have come or gone since the last edition are
// those of none or at least three. Else the last edition stands. Needs only come further, so
// the editions lie within one another and tell no more than the steps between them, which are
// never of one or two. A need stays in the part that it was shown in first, so that no two
// parts have a need in common. What cannot be shown by itself is shown together with the rest of its
// region and year, and else not at all. Sums are made of what is published alone.
//
// Words: fra behov til kompetanse = funnel, steg = step.
//
// Tables: funnel_cell, funnel_hidden.
package funnel
