// Package sentence reads single sentences and cells of what somebody pasted: whether one
// speaks of a need, how many people it tells of, when, and whom or what it names. It knows
// nothing of the text around; package notes does, and puts the needs together.
//
// A sentence speaks of a need when it says outright that something lacks (cues.go), or
// when signs that do not suffice alone add up: somebody leaves, a post is empty, people
// are to come, somebody is to learn; with a number of people (count.go), and an
// occupation that the vocabulary knows (evidence.go). Signs against it count too: people
// were found, a course is offered. When something is needed is read in when.go, names of
// organisations and places in names.go. Each guess carries the words that say so.
//
// Words: tegn = sign, setning = sentence, grunn = reason.
package sentence
