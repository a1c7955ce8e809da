// Package intake makes a batch for import of what a provider has: a
// spreadsheet with headings of any kind, or a file in the form of OEAPI.
//
// A sheet may list programmes, offerings that name their programme by its id,
// or both in one: then rows with the same programme are offerings of it. Which
// column is what is proposed from the headings (those of our own files are
// known exactly) and settled by a person. Only columns that are settled are
// written; a cell that is empty in such a column makes the field empty.
//
// Between the dry run and yes the content is kept as text (Encode, Decode).
package intake
