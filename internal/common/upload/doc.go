// Package upload keeps a spreadsheet between the steps of an import: what was
// read from it, which column its owner takes for which field, and how many
// things became of it. The file itself is not kept.
//
// Only the account that sent the sheet sees it; for all others it does not
// exist. It lives for a day and is then gone, as it may hold more about people
// than a need does; sending a sheet sweeps out the old ones, and the owner may
// throw his away at once.
//
// Words: regneark = spreadsheet, ark = sheet, overskrift = heading.
//
// Tables: need_import.
package upload
