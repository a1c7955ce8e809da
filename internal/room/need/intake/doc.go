// Package intake takes needs from a spreadsheet (BEH-17).
//
// The page reads the sheet and says which heading is which field (packages upload
// and reading). Import then answers for each row
// whether it would be stored, is here already, or what is wrong with which of
// its fields. A dry run stores nothing. Without dry run the good rows are stored,
// all of those of a call in one transaction or none; a long sheet is passed in
// portions (package upload, Storing).
//
// A row is known again by its organisation, words, municipality and number of
// people, also after the need has been edited, so a second import of the same
// sheet makes no doubles.
//
// An organisation is named by number, name or alias. Unknown ones are an error
// of the row, or are registered as companies if the importer says so; the
// importer's organisation then acts for them with the mandate he states.
//
// Words: import = intake, overskrift = heading, prøvekjøring = dry run.
package intake
