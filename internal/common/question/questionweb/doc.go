// Package questionweb has the pages on which the county and the administrators
// make forms: the list, a form with its sections and questions, a question with
// its rules, versions and publishing, trying the form out as the answerer sees
// it, and import of XLSForm workbooks. Forms in use are open to read as JSON.
//
// People answer on the pages of the room that asks; package draw draws the
// questions there as it does here.
package questionweb
