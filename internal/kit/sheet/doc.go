// Package sheet reads the spreadsheets people have, and writes those they want.
//
// Words: regneark = spreadsheet, ark = Sheet, overskrift = heading, kolonne = column.
//
// Rules:
//   - What a file is, its content decides, not its name. Read takes XLSX and XLSM, and
//     text parted by semicolon, tab, comma or bar in UTF-8, UTF-16 or Windows-1252. All
//     else gets an Error that says what it is and, by its message, what to do.
//   - A file is hostile until read: Limits hold for what is packed, what is unpacked and
//     what becomes of it, and are checked before and while reading.
//   - A file is read whole or refused. A damaged one is never read in part.
//   - Cells are texts, as a Norwegian would type them: days "2020-07-01", numbers without
//     exponent and with a decimal comma, codes with the zeros they are shown with.
//   - Rows keep the number the spreadsheet program shows, so that a message can name it.
//   - Text written is never a formula when the file is opened.
//
// Reading streams the XML itself: excelize, which writes our files, tells the type and
// style of a cell only when it holds the whole sheet in memory, and its stream takes a
// file cut in two for a shorter one.
package sheet
