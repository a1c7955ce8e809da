package ui

import "kompetansetorg/internal/kit/form"

// Questions are the questions of one page of a form made of data: template
// "ui.questions". They stand inside a form with its own buttons. The names of
// the fields drawn are posted too, as "asked", so that a box left unticked is
// told from a question that was not there.
type Questions struct {
	// Live answers the same questions anew when the form is posted to it; a
	// script uses it. Update is the button for readers without it.
	Live   string
	Update Action
	// Last offers what was answered the last time; none without a label.
	Last Last
	List []Asked
}

// TakesFiles reports whether any of the questions asks for files, so that the form
// around them must be able to send some.
func (q Questions) TakesFiles() bool {
	for _, a := range q.List {
		for _, f := range a.Fields {
			if f.Kind == form.File {
				return true
			}
		}
	}
	return false
}

// Last is a band with a button that takes over all answers of the page.
type Last struct {
	Text   string
	Action Action
}

// Asked is one question. Of its parts, those that are filled are drawn.
type Asked struct {
	ID string // unique on the page
	// Shape tells the script that the choices are others than before.
	Shape string
	// Names are the fields' names, without what comes before them.
	Names  []string
	Title  string // of a text, or of what is worked out
	Text   string
	Lang   string // of Title and Text when that is not the page's
	Fields []form.Field
	Rows   *Repeat
	// Files are those that were sent for the field above; Send is the button that
	// sends what is chosen there.
	Files []AskedFile
	Send  Action // none without a label
	// Told are lines that follow the answers: where a fact is from, what was
	// answered last, what a word was understood as, what comes out.
	Told []string
}

// AskedFile is a file that was sent. Without an address it is only named.
type AskedFile struct {
	Name, Href string
	Size       string
	Note       string
	Remove     Action // none without a label
}

// Repeat is a table to fill in, a row at a time. On a phone the columns stand
// below each other.
type Repeat struct {
	// Head has the name, label, hint and error of the table itself.
	Head form.Field
	Rows []RepeatRow
	Add  Action // none without a label
	Sums []Fact
}

// RepeatRow is a row to fill in. Kept are answers of columns that are not asked
// in this row now.
type RepeatRow struct {
	Legend string
	Cells  []Asked
	Kept   []Hidden
	Remove Action // none without a label
}
