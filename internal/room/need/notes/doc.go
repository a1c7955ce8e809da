// Package notes finds the needs in an e-mail or in minutes of a meeting that
// somebody pastes: pure functions, without a database and without asking anybody.
//
// Read goes through the text in four steps, each in a file of its own: Plain makes
// lines of what was pasted, also of HTML (plain.go); lines are told apart, and what
// nobody wants in a need is left out: greetings, signatures, headers of mails, lists
// of who met, page numbers, earlier mails in the thread (lines.go); the rest becomes
// parts under their headings (parts.go); the sentences of a part that speak of a need
// become candidates (needs.go), each with what can be guessed of it and the words that
// say so. Tables and forms are read by the names of their columns and questions
// (table.go).
//
// Whether a sentence speaks of a need, and what it says of it, is the matter of package
// sentence. Here it is weighed with what stands around: an item of a list with its
// neighbours and what stands over it (items.go), a sentence with those before, a mail
// with what it is: signs against it are also that it is a list of cases, or an
// invitation. The vocabulary is the caller's.
//
// What points at a person is never part of a candidate: e-mail addresses, phone
// numbers and national identity numbers are cut out. Names of people cannot be known
// for sure; greetings, signatures and lists of attendance go as a whole.
//
// How good it is is measured on the texts in testdata, all written for that, and a test
// holds the floor; docs/benchmarks.md tells how well. Mend rules on testdata/dev, never
// on testdata/held.
//
// Words: forslag = candidate, tegn = sign, ledd = part, overskrift = heading, innledning = lead.
package notes
