package ui

import "kompetansetorg/internal/kit/form"

// Errors is the summary above a form that was refused: template "ui.errors".
// It draws nothing when there are no problems.
type Errors struct {
	Title    string
	Problems []form.Problem
}

// Fieldset groups fields under a heading: template "ui.fieldset".
type Fieldset struct {
	Legend, Hint string
	Fields       []form.Field
}

// Table is a list with columns: template "ui.table". On a phone each row is a
// card whose cells carry the column's label. The first cell is the row's head.
type Table struct {
	ID            string
	Caption       string
	CaptionHidden bool // only for screen readers, when a heading says the same
	Columns       []Column
	Rows          []Row
	Empty         Empty // drawn instead of a table without rows, when it has a title
	Compact       bool  // stays a table on a phone: two or three narrow columns
}

// PageSize is how many rows a list shows before the reader asks for more.
const PageSize = 25

// Lines are the rows as the template draws them: each cell with what it takes
// from its column.
func (t Table) Lines() []Line {
	lines := make([]Line, len(t.Rows))
	for i, r := range t.Rows {
		lines[i] = Line{ID: r.ID, Cells: make([]LineCell, 0, len(r.Cells))}
		for j, c := range r.Cells {
			switch {
			case j == 0:
				lines[i].Head = c
			case j < len(t.Columns):
				lines[i].Cells = append(lines[i].Cells, LineCell{Cell: c, Label: t.Columns[j].Label, Number: t.Columns[j].Number})
			default:
				lines[i].Cells = append(lines[i].Cells, LineCell{Cell: c})
			}
		}
	}
	return lines
}

// Line is a Row with its first cell apart.
type Line struct {
	ID    string
	Head  Cell
	Cells []LineCell
}

// LineCell is a Cell with the label of its column, and whether it is a figure.
type LineCell struct {
	Cell
	Label  string
	Number bool
}

// Column is a column. Href sorts by it; Sort is ascending, descending or empty.
type Column struct {
	Label  string
	Href   string
	Sort   string
	Number bool
	Hidden bool // the label is for screen readers only: buttons, boxes
}

// Row is a line of a table.
type Row struct {
	ID    string
	Cells []Cell
}

// Cell shows the parts that are filled, in this order.
type Cell struct {
	Check   *Check
	Text    string
	Href    string // makes Text a link
	Sub     string // small line below
	Tags    []Tag
	Actions []Action
}

// Plain reports whether the cell is its text and nothing else.
func (c Cell) Plain() bool {
	return c.Check == nil && c.Href == "" && c.Sub == "" && c.Tags == nil && c.Actions == nil
}

// Check is a box in a row, for acting on several rows. Form is the id of the
// form it belongs to, when that is not around the table.
type Check struct {
	Name, Value, Label string
	Form               string
	Checked            bool
}

// Pager walks through a list by key: template "ui.pager".
type Pager struct {
	Label   string // name of the region: "Sider"
	Summary string // "Viser 1–50 av 431"
	First   *Link
	Prev    *Link
	Next    *Link
}

// Tabs are pages of one thing: template "ui.tabs". They are links.
type Tabs struct {
	Label string
	Items []Tab
}

// Tab is one of Tabs. Count is shown when filled.
type Tab struct {
	Label, Href, Count string
	Current            bool
}

// Crumbs lead from the front page here: template "ui.crumbs". Current is this
// page; Back is the way back on a phone.
type Crumbs struct {
	Label   string
	Items   []Link
	Current string
}

// Back is the last link before this page.
func (c Crumbs) Back() Link {
	if len(c.Items) == 0 {
		return Link{}
	}
	return c.Items[len(c.Items)-1]
}

// Filter narrows a list: template "ui.filter". It is a GET form; on a phone it
// opens on a press.
type Filter struct {
	Action string
	Title  string     // "Filtrer"
	Search form.Field // always in view; none when it has no name
	Fields []form.Field
	Hidden []Hidden
	Open   bool
	Submit string
	Clear  *Link
	Chosen string // name of the list of chosen filters
	Chips  []Chip
	Hits   string // "37 behov"
}

// Chip is a chosen filter or an understood concept that can be taken away.
// With Post it is a button that posts Name=Value to Href, else a link.
type Chip struct {
	Label  string
	Href   string
	Remove string // for screen readers: "Fjern"
	Post   bool
	Name   string
	Value  string
	Hidden []Hidden
}

// Chips are chips in a row: template "ui.chips".
type Chips struct {
	Label string
	Items []Chip
}

// Bars is a small bar chart that is also its table: template "ui.bars".
type Bars struct {
	Caption              string
	LabelHead, ValueHead string
	Rows                 []Bar
}

// Bar is a line of Bars. Text is the value in the reader's format, which may
// say less than Value when figures are small.
type Bar struct {
	Label, Href string
	Value       float64
	Text        string
	Color       Color
}

// Width is the length of bar i in percent of the longest.
func (b Bars) Width(i int) int {
	longest := 0.0
	for _, r := range b.Rows {
		longest = max(longest, r.Value)
	}
	if longest <= 0 || b.Rows[i].Value <= 0 {
		return 0
	}
	return max(1, int(b.Rows[i].Value/longest*100+0.5))
}
