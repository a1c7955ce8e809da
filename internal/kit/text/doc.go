// Package text compares, sorts, cleans and inspects what people have written, with the
// Norwegian letters right.
//
// Words: søkenøkkel = Fold, sorteringsnøkkel = SortKey, organisasjonsnummer = org number,
// fødselsnummer = national identity number.
//
// Rules:
//   - Fold and SortKey are stored beside the name they are made from (name_fold,
//     name_sort), because SQLite cannot lower-case Æ, Ø and Å and neither engine sorts
//     them. Changing either function therefore asks for a rebuild of the stored keys.
//   - Æ, ø and å are letters of their own and never fold to a, e or o. The Swedish and
//     German ä and ö fold to æ and ø, as Norwegian catalogues have it.
//   - The alphabet ends æ, ø, å, and aa sorts as å.
//   - What a form or an import has read is cleaned before it is stored: one form of each
//     letter (NFC), one kind of line end, no control characters, nothing that turns the
//     reading direction around.
//   - SensitiveHints only warns the writer. It keeps no copy of what it found, and a text
//     without hints may still hold personal details.
//
// All functions are pure and may be called from many goroutines.
package text
