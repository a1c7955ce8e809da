// Package reading reads the cells of a spreadsheet as people fill them in:
// which heading may mean which field, and what a word in a cell means.
//
// Words: overskrift = heading, celle = cell, ark = sheet.
//
// A cell is never guessed at. "Fagbrev eller fagskole" is two levels and a
// fault; "ca. 5 stk" is five; "5-6" is a fault, as nobody can say which. The
// faults stand at the field they belong to, so that the row can be mended.
// Codes themselves are words too, so a sheet that was exported can come back.
package reading
