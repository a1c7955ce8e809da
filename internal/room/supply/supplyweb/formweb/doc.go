// Package formweb is the forms of programmes and offerings: their fields, the
// sections that open on a press, rows that repeat, and how what was typed is
// read. It draws no page and has no route.
package formweb
