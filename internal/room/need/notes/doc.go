// Package notes finds the needs in an e-mail or in minutes of a meeting that
// somebody pastes: pure functions, without a database and without asking anybody.
//
// Read goes through the text in four steps, each in a file of its own: Plain makes
// lines of what was pasted, also of HTML (plain.go); lines are told apart, and what
// nobody wants in a need is left out: greetings, signatures, headers of mails, lists
// of who met, page numbers, earlier mails in the thread (lines.go); the rest becomes
// parts under their headings (parts.go); the sentences of a part that speak of a need
// become candidates (needs.go), each with what can be guessed of it and the words that
// say so (count.go, when.go, names.go). Tables and forms are read by the names of their
// columns and questions (table.go).
//
// A sentence speaks of a need when it says outright that something lacks (cues.go), or
// when signs that do not suffice alone add up: somebody leaves, a post is empty, people
// are to come, somebody is to learn; with a number of people, and an occupation that the
// vocabulary knows (evidence.go). Signs against it count too: people were found, a
// course is offered, it is a list of cases. An item of a list is weighed with its
// neighbours and what stands over it (items.go). The vocabulary is the caller's.
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
