// Package upload keeps a spreadsheet between the steps of an import: what was
// read from it, which column its owner takes for which field, and how many
// things became of it. The file itself is not kept.
//
// Only the account that sent the sheet sees it; for all others it does not
// exist. It lives for a day and is then gone, as it may hold more about people
// than a need does; sending a sheet sweeps out the old ones, and the owner may
// throw his away at once.
//
// What a column can be is a Field of the use. Headings are known by their names,
// or by what the organisation took them for last; only a sheet in which all are
// known needs no question (Fields.Sure).
//
// Words: regneark = spreadsheet, ark = sheet, overskrift = heading.
//
// Tables: need_import, upload_heading.
package upload
