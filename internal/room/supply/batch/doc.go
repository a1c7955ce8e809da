// Package batch takes in what a file says about programmes and offerings of a provider.
//
// A reader of files (packages intake and oeapi) makes the Batch. PlanImport is the dry run:
// it tells of each line whether it is new, changed, unchanged or refused, and which
// offerings of the same source the file no longer has. Import writes it, some programmes at
// a time.
//
// What has an id of its source is known again by it; else a programme by its title and
// level, and an offering by its start, form and places. A second import of the same file
// changes nothing.
//
// Words: fil = batch, linje = line, kilde = source.
package batch
