// Package schemaorg writes and reads programmes and offerings in the words of schema.org
// (Course and CourseInstance), which search engines read on the programmes' pages.
//
// What is read may be a document of ours or of anybody: one node, a list, a graph, a list of
// items, or a whole web page with such documents in it. Schema.org says little of what a
// Norwegian programme is, so what it does not say is left as it was.
package schemaorg
