// Package backup writes a whole database and its attachments into one file, and
// makes a database of such a file again, on the same engine or on the other.
//
// The file is a tar archive packed with zstd:
//
//	backup.json                  what it is: format, program, schema, tables
//	tables/NAME/000001.ndjson    the rows, a JSON list each, by primary key
//	files/…                      the attachments
//	sums.json                    rows and SHA-256 of each table and of the whole
//
// What stands last proves that nothing is missing. Rows of a table are parted
// over members of about a megabyte, since an archive wants to know the size of
// a member before its content, and a table need not fit in memory.
//
// Tables and columns are what the migrations of the database's schema version
// make: they are read from a scratch database, never from a list kept by hand,
// and never from an archive. An archive of an earlier release is loaded into
// the schema of that release and migrated from there.
//
// The content hash is over what the rows and attachments say, not over how an
// engine stores them: it is the same on both.
package backup
