// Package forms keeps forms and their versions, and the answers to them.
//
// Forms are made by the county and the system administrators. A form has at
// most one draft, its newest version; publishing makes it the version that new
// answers are made with, and the one before it is retired. A retired form
// takes no new answers; those that are begun can be finished.
//
// Answers belong to a room: it opens them for something of its own (the
// Subject), decides who may see and write them, and calls the functions that
// take a transaction inside its own use case, which records what was done in
// the room's words; what is recorded here is the act on the answer. A draft
// keeps everything as typed. Submit holds it against the form, stores what
// counts and keeps a copy; then nothing can be changed until the room opens
// sections again, with a reason.
//
// Tables: question_form, question_version, question_answer, question_value,
// question_submission, question_reopening, question_prefill,
// question_unchanged, question_import.
package forms
