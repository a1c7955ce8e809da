// Package schemaorg writes programmes and offerings in the words of schema.org
// (Course and CourseInstance), which search engines read on the programmes' pages.
package schemaorg
