// Package check reads a case paper as a careful colleague does before it is
// issued, and lists what looks wrong (SAK-7, SAK-13, DOK-3): a header that names
// another body or day than the case goes to, a case for decision without a
// recommendation, annexes that are listed or referred to but not both, places
// where text was to come, totals that are not the sum, an outline in another order
// than the text, links to what is not there, days that no calendar has.
//
// It is pure: what has to be looked up is looked up before and given in the Paper.
// A finding is a question, not a verdict: the writer mends the text, or accepts
// the finding with a reason. A finding keeps its ID as long as what it is about
// stands unchanged, so an acceptance does not have to be given twice.
//
// Words: kontroll = check, funn = finding, vedlegg = annex, innstilling =
// recommendation.
package check
