// Package vocab links Norwegian text to the concepts of shared vocabularies: what an advisor
// writes ("treng folk som kan køyre hogstmaskin") to what everybody counts (STYRK-08 8341).
//
// Words: begrep = concept, vokabular = scheme, treff = match, yrkesgruppe = unit group (STYRK-08,
// four digits), programområde = trade, tema = topic, navneform = form, signal = signal.
//
// What it knows: the starter vocabulary in starter/, written for the project and part of the
// program; the official files in a folder the operator names (STYRK-08, the seven-digit
// catalogue, ESCO, programme areas), any of which may be missing; examples of titles with codes.
//
// How it links: a text is brought to bokmål stems (package norsk). A concept scores by its
// nearest name and by its whole text, both compared by n-grams of letters (package gram), by
// the share of the text's words that speak for it, by whole names found in the text, and by a
// classifier trained on the vocabulary (package linear) if Options.Learn is set. Trades and
// topics lift the unit groups they lead to, and the other way round.
//
// Rules:
//   - Matched words are the user's own, never the vocabulary's.
//   - Without a word of leading the skilled worker is meant, not the leader.
//   - Confident says that a text is about competence at all; matches may stand there without.
//   - An Index never changes and may be used by many at once; a new one replaces it whole.
//   - No row of an evaluation set is part of the program.
//
// It owns no tables and asks for no permission: anybody may link a text.
package vocab
