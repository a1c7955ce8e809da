// Package support holds the answers to a need that are not education: measures
// (vertskapskurs, traineeordning …), support schemes (BIO, Fagbrev på jobb …)
// and guidance (karrieresenter). Each is a card: for whom, what, effort,
// owner, source, and when somebody last checked that it is right.
//
// Rules: an amount is never shown without its year; a card that nobody has
// checked for a year says so; a card is archived, not deleted, so a need that
// it answered keeps its answer. The cards are open to read. The county and
// the forum secretaries write them. The program brings a starter set, written
// from published facts, and puts it into an empty room only: what an editor
// has changed is never overwritten.
//
// Words: kort = card, tiltak = measure, støtteordning = support scheme,
// veiledning = guidance, målgruppe = target group.
//
// Table: support_card.
package support
