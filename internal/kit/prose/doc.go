// Package prose reads what people write in a plain field - paragraphs, lists,
// tables, headings - into the blocks of a paper.
//
// The way of writing is Markdown, of which this much means something: headings
// (##), lists (- and 1.), tables (| a | b |), quotes (>), strong and stressed
// text, links. All else is the words that were typed: HTML is text, a picture is
// its description, a link that a paper may not lead to is its words. Reading never
// fails, and what comes out passes paper's own check, so that a writer cannot make
// a paper that nobody can draw.
//
//   - A line "Tabell: …" above a table is its caption, in any of the languages.
//   - A last row that begins with "Sum" stands as the table's total.
//   - [[name]] is a mark: the caller puts a value, or whole blocks, in its place.
//   - Words that the caller knows, such as the number of a case, become links.
package prose
