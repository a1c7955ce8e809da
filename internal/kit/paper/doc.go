// Package paper makes documents: a Document of headings, text, tables and
// figures becomes one accessible HTML page, a tagged PDF and a DOCX file.
//
//   - A Document is built in Go, or filled from a template: a text file of a
//     Kind, in the binary and replaceable by the operator's own (Load, Fill).
//   - Check lists what would shut a reader out: a heading that skips a level, a
//     table without a caption, a figure without words. A document with a problem
//     is not drawn.
//   - Text is text. Nothing that is put into a Document, and no value of a
//     template, is ever read as markup; links go to known schemes only; pictures
//     lie inside the page. A drawn document asks for nothing outside itself.
//   - PDF is made by WeasyPrint and DOCX by pandoc, both looked for when needed.
//     They run for a limited time, in limited memory, in a folder of their own,
//     and may fetch nothing (docs/decisions/0015-documents.md).
package paper
