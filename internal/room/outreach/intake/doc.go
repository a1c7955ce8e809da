// Package intake takes visits from a spreadsheet: the list that /besok gives out, or
// one of somebody's own, whose columns he says the meaning of (package upload).
//
// Reader reads a row into a visit. Preview tells for each row whether it would be
// stored, is here already, or what is wrong with which of its fields; Import stores the good
// rows in one transaction, or none.
//
// A row is known again by who went, the organisation, the day, how, how long and where.
// What came of the visit does not count, as that changes later. A row that stands twice
// in the sheet counts once. So the exported list changes nothing when it comes in again.
package intake
