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
// What a text may mean is much; the reader is shown, and a need stored with,
// only what it clearly means, with the words that say so (clear.go). Every answer
// says why it is there: concepts that it and the need are both about and words
// that stand in both, in the reader's own words, each word once; the way to the
// gatherings, the first possible start. The less likely an answer, the stronger
// the reason must be (evidence.go). An answer without a reason is never shown.
// Places left are told, and counted, only where all may know them.
//
// A text that is no competence need is recognised as such; one that may be is
// taken for a need when something answers it well. When nothing answers, the
// hall says so. A person's verdict - fits, partly, not, with a reason - changes
// the order at once; the newest one on an answer counts, whoever gave it. The
// verdicts are also the sample from which the quality page is computed, once
// there are thirty; in it an answer stands where it first was found.
//
// The index is made in memory from what supply and support publish, never
// changes, and is replaced when they have: the older one answers meanwhile.
//
// Words: treff = match, grunn = evidence, mangler = missing, dom = verdict.
//
// Table: match_verdict.
package match
