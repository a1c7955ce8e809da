package ui

import "kompetansetorg/internal/kit/form"

// FileList is a section with the files of a thing: template "ui.files". Without a
// title it draws nothing. None is said when the table has no rows.
type FileList struct {
	ID     string
	Title  string
	Notice *Notice
	Table  Table
	None   string
	Upload *Upload
}

// Upload is a form of its own that sends a file: template "ui.upload".
type Upload struct {
	Action string
	Fields []form.Field
	Button Action
}
