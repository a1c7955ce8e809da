// Package form reads HTML forms and holds the field objects that pages draw.
//
// A page's form is a struct of Field members whose texts are already in the
// reader's language; a template only draws it. Input reads the posted values
// into typed ones and collects what has the wrong shape; the rules of the
// domain are the room's, which answers with fault fields of the same names.
// Refill puts what was typed and every message back at its field, so a page
// with errors never loses a word.
package form
