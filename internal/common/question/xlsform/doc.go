// Package xlsform reads a form from an XLSForm workbook, the way many survey
// tools keep forms: the sheets survey, choices and settings.
//
// What is read: type, name, label, hint, relevant, constraint,
// constraint_message, required, calculation, choice_filter, and the languages
// of texts ("label::Nynorsk (nn)"). A group on top becomes a section, a group
// inside another gives its condition to its questions, a repeat becomes a
// table. Besides XLSForm's own types ours can be written: long, money,
// organisation, municipality, person_role, concept. What a survey tool notes by
// itself (start, end, deviceid …) is left out.
//
// A row that cannot be read is told with sheet, row and column, and left out;
// the rest is read all the same, so that one sees everything at once.
package xlsform
