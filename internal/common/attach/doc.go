// Package attach hangs files on any thing of the house.
//
// A document is one or more versions of a file; a version never changes. What
// hangs on a thing follows the thing's own rule, asked anew at each reading: who
// may not see the thing finds no file of it, and who may change the thing may add
// files, new versions, and take a version away.
//
// Taking away is a state with a reason: the version stands in the list of those
// who may change the thing, its content is not given out any more, and row and
// content stay until the case is discarded, for attachments are records. Only on
// a draft are they deleted, as soon as the job has run; so are all of a draft that
// is itself deleted, when its room calls Forget.
//
// Only kinds of files that do nothing by themselves are taken (Formats): no
// pages, no programs, no documents with macros. The beginning of the content, and
// the parts of an office document, must be what the name says. With a scanner, no
// file is taken that it has not found clean. Nothing is opened or run here.
//
// The content lies in a file.Store under its checksum, beside the database. A
// house without a store takes no files and says so.
//
// Words: vedlegg = attachment, dokument = document, versjon = version.
//
// Tables: attachment, attachment_version.
package attach
