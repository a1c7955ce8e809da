package leaf

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// Page is a page of sections: Main stand in the wide column and Side in the narrow one,
// or all in one column when there are none; Further go over both.
type Page struct {
	Title   string
	Head    ui.Head
	Crumbs  []ui.Link
	Notices []ui.Notice
	// Filter narrows what Main lists; nil for none.
	Filter              *ui.Filter
	Main, Side, Further []Section
	// Files are those that hang on the thing, under the rest; none without a title.
	Files ui.FileList
	// Secret is that whoever has the address reads the page.
	Secret bool
}

// Section is a part of a page under a heading. What is filled is drawn, in this order.
// ID is that of the heading, to lead to.
type Section struct {
	ID, Title, Text string
	Ball            *ui.Ball
	Progress        *ui.Progress
	Facts           *ui.Facts
	Points          []ui.Point
	Paragraphs      []string
	Cards           []ui.Card
	Table           *ui.Table
	Bars            *ui.Bars
	Timeline        *ui.Timeline
	Copy            *ui.Copy
	Empty           *ui.Empty
	Actions         []ui.Action
}

type pageView struct {
	web.Page
	Head                ui.Head
	Notices             []ui.Notice
	Filter              *ui.Filter
	Main, Side, Further []Section
	Files               ui.FileList
}

// Show draws the page.
func Show(d *gate.Door, w http.ResponseWriter, r *http.Request, actor access.Actor, p Page) error {
	if p.Title == "" {
		p.Title = p.Head.Title
	}
	view := pageView{Page: d.Frame(r, actor, p.Title), Head: p.Head, Notices: p.Notices, Filter: p.Filter, Main: p.Main, Side: p.Side, Further: p.Further, Files: p.Files}
	view.Crumbs = p.Crumbs
	if p.Secret {
		view.KeepSecret(w)
	}
	return d.Views.Render(w, http.StatusOK, "leaf/page", view)
}
