package ui_test

import (
	"bytes"
	"html/template"
	"os"
	"testing"

	"github.com/jba/templatecheck"

	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
)

// gallery shows every component once, with made-up Norwegian samples.
type gallery struct {
	ui.Layout
	Hero     ui.Hero
	Head     ui.Head
	Balls    struct{ Mine, Waiting, Late, Rest ui.Ball }
	Progress ui.Progress
	Facts    ui.Facts
	Tabs     ui.Tabs
	Copy     ui.Copy
	Timeline ui.Timeline
	Chips    ui.Chips
	Cards    []ui.Card
	Filter   ui.Filter
	Table    ui.Table
	Pager    ui.Pager
	Map      ui.Map
	Bars     ui.Bars
	Round    ui.Round
	NoRows   ui.Table
	Files    ui.FileList
	Notices  []ui.Notice
	Details  ui.Details
	Steps    ui.Steps
	Errors   ui.Errors
	Fields   []form.Field
	Fieldset ui.Fieldset
	Asked    ui.Questions
	Draft    ui.Draft
	Live     ui.Live
	Actions  ui.Actions
	Way      ui.Crumbs
}

// galleryTemplates is the set of a page: layout, components and its own file.
func galleryTemplates(t *testing.T) *template.Template {
	t.Helper()
	set, err := ui.Templates()
	if err != nil {
		t.Fatal(err)
	}
	if set, err = set.ParseFiles("testdata/gallery.html"); err != nil {
		t.Fatal(err)
	}
	return set.Lookup("layout")
}

// render draws the gallery as the server would.
func render(t *testing.T, view gallery) []byte {
	t.Helper()
	var page bytes.Buffer
	if err := galleryTemplates(t).Execute(&page, view); err != nil {
		t.Fatal(err)
	}
	return page.Bytes()
}

// TestGallery draws every component. With KOMPETANSETORG_GALLERY set to a file
// name the page is written there, for e2e/gallery.mjs to look at.
func TestGallery(t *testing.T) {
	view := sample()
	if bundle, err := ui.Assets(); err == nil {
		view.Assets = bundle.Files
	}
	page := render(t, view)
	if name := os.Getenv("KOMPETANSETORG_GALLERY"); name != "" {
		if err := os.WriteFile(name, page, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestEmptyComponents draws every component with nothing in it: none may need
// a value to be drawn.
func TestEmptyComponents(t *testing.T) {
	render(t, gallery{})
}

// TestTemplatesAreTyped checks every field that a template reads against the
// struct it is given.
func TestTemplatesAreTyped(t *testing.T) {
	set := galleryTemplates(t)
	if err := templatecheck.CheckHTMLStrict(set, gallery{}); err != nil {
		t.Error(err)
	}
}
