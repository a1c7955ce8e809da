// Package importweb has the pages of importing needs from a spreadsheet: send
// the file; say which column is what; see what would be stored and what is
// wrong; say yes.
//
// Words: regneark = spreadsheet, overskrift = heading, prøvekjøring = dry run.
//
// Nothing is stored before the last yes. Between the steps the sheet lies in
// the database (package upload), not in the pages. Whatever is wrong with a
// file is said at the file field, whatever is wrong with a row by its number,
// the column and the words that stand there.
package importweb
