// Package ui holds the look of the product: the page layout, the components
// that pages are put together of, and the bundled style sheet, script and font.
//
// A component is a Go struct and a template of the same name: Tag is drawn by
// {{template "ui.tag" .State}}. Every text in a struct is already in the
// reader's language; a template holds no words and decides nothing but form.
// A page embeds Layout, runs the template "layout" and defines the block
// "main"; it may define "head" too (JSON-LD).
//
// Rules: no inline script, no style attribute (the policy allows neither); all
// works without JavaScript, and assets/*.ts only makes it smoother; a state is
// told by words, never by colour alone; everything one can touch is 44 px.
//
// Classes for pages: kt-read (a column for reading), kt-stack (things below
// each other), kt-grid (cards side by side), kt-split (main column and side
// column), kt-row (things beside each other), kt-band (tinted part), kt-full
// (edge to edge), kt-links (a list of
// links), kt-form (a form), kt-lead (first paragraph), kt-muted, kt-num (figures).
//
// The package owns no table and knows no user. Run go generate in this folder
// after npm ci to build dist/; without it the program compiles and says so.
package ui

//go:generate go run ./bundle
