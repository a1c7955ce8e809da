// Package match is the hall where a need meets what can answer it.
//
// A query - a saved need, or a text that anybody types - is understood as
// concepts (vocab), which the reader may take away and add to. Answers come in
// three kinds: education, measures, and support or guidance. Content is ranked
// by the package rank; then each programme's offerings are held against the
// need's place, time, form and level. What fails is named: an offering that is
// right in content but not in these stands apart, with one thing to do about
// it, to ask its provider to adapt it.
//
// Every answer says why it is there: concepts and words that the need and the
// answer share, in the reader's own words, the way to the gatherings, the
// first possible start. An answer without a reason is never shown.
//
// A text that is no competence need is recognised as such, and when nothing
// answers, the hall says so. A person's verdict - fits, partly, not, with a
// reason - changes the order at once; verdicts are also the sample from which
// the quality page is computed, once there are thirty.
//
// The index is made in memory from what supply and support publish, never
// changes, and is replaced when they have: the older one answers meanwhile.
//
// Words: treff = match, grunn = evidence, mangler = missing, dom = verdict.
//
// Table: match_verdict.
package match
