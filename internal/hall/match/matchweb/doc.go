// Package matchweb has the pages and the JSON of the hall match: Finn tilbud,
// where anybody writes what they lack and sees what answers it; the same
// answers on the page of a saved need, with verdicts and requests for
// adaptation; and the page that tells how good the suggestions are.
//
// Finn tilbud is a GET form: text, place, number, level, form and start are
// parameters of the address, and so are the reader's changes to what the text
// was understood as ("fjern" takes a concept away, "legg" adds one). Every
// change is thus a link that can be shared, and nothing is stored.
//
// On a saved need the changes are stored with it, by those who may change the
// need. Verdicts are given by those who work with it, and count at once.
// "Be om tilpasning" asks the provider through the room need (package ask).
//
// Words: treff = match, fjern = take away, legg til = add, dom = verdict,
// tilpasning = adaptation.
//
// Addresses: /finn, /behov/{id}/begrep, /behov/{id}/dom,
// /behov/{id}/tilpasning, /kvalitet; /api/v1/match, /api/v1/needs/{id}/matches,
// /api/v1/concepts.
package matchweb
