// Package uploadview takes the file of an import from a form, asks which column is what,
// and gives files back, in the same way on every page that imports.
package uploadview

import (
	"bytes"
	"errors"
	"mime/multipart"
	"net/http"
	"strings"

	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/text"
)

// memory is how much of a file is held in memory while it comes; the rest
// waits on disk.
const memory = 4 << 20

// Limits are those of a list that is imported: a sheet is kept for a day, and an
// import takes fewer rows anyhow.
func Limits() sheet.Limits {
	l := sheet.DefaultLimits()
	l.FileBytes, l.UnpackedBytes, l.TextBytes = 10<<20, 80<<20, 8<<20
	l.Rows, l.Columns, l.Cells, l.Sheets = 10_000, 120, 300_000, 20
	return l
}

// MaxMB is how large a file may be, in megabytes.
func MaxMB() int { return int(Limits().FileBytes >> 20) }

// Field is the form's field for the file.
func Field(label, hint string) form.Field {
	return form.Field{Name: "file", Kind: form.File, Label: label, Hint: hint, Required: true,
		Attrs: []form.Attr{{Name: "accept", Value: ".xlsx,.xlsm,.csv,.txt,.tsv"}}}
}

// errNoFile tells that the form came without a file.
var errNoFile = errors.New("import: no file")

// Receive reads the file of the form, its field named "file".
func Receive(r *http.Request) (*sheet.Book, error) {
	if err := r.ParseMultipartForm(memory); err != nil {
		return nil, err
	}
	defer func() { _ = r.MultipartForm.RemoveAll() }()
	file, header, err := r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) {
		return nil, errNoFile
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return sheet.Read(text.CleanLine(header.Filename), file, header.Size, Limits())
}

// Told is what to say at the file field, and the status; no key for an error
// that is not the sender's. noFile is the key for a form without a file.
func Told(err error, noFile i18n.Key) (i18n.Key, []any, int) {
	var broken *sheet.Error
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return sheet.KeyTooLarge, []any{"max_mb", MaxMB()}, http.StatusRequestEntityTooLarge
	case errors.Is(err, errNoFile), errors.Is(err, http.ErrNotMultipart), errors.Is(err, http.ErrMissingBoundary), errors.Is(err, multipart.ErrMessageTooLarge):
		return noFile, nil, http.StatusUnprocessableEntity
	case errors.As(err, &broken):
		return i18n.Key(broken.Key), broken.Values, sheetStatus(broken.Key)
	}
	return "", nil, 0
}

// sheetStatus tells what is too much from what is wrong.
func sheetStatus(key string) int {
	switch key {
	case sheet.KeyTooLarge, sheet.KeyUnpacksTooLarge, sheet.KeyTooManySheets, sheet.KeyTooManyRows, sheet.KeyTooManyColumns, sheet.KeyTooManyCells, sheet.KeyCellTooLong:
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusUnprocessableEntity
}

// Send writes the table as a workbook, whole before the first byte goes.
func Send(w http.ResponseWriter, name string, table sheet.Table) error {
	var b bytes.Buffer
	if err := sheet.WriteXLSX(&b, table); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(b.Bytes()) // the reader may have gone
	return nil
}

// Letter is how a spreadsheet program names column i, from 0.
func Letter(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

// Faulty is a table of the rows of a sheet that have faults, with what is wrong with
// each in a last column headed what, so that they can be mended and sent again.
// said tells what is wrong with the row of that index: nothing leaves it out. A
// column without a heading is called by unnamed, by its index.
func Faulty(name, what string, from sheet.Sheet, unnamed func(column int) string, said func(row int) []string) sheet.Table {
	out := sheet.Table{Name: name}
	for i, h := range from.Headings() {
		if h == "" {
			h = unnamed(i)
		}
		out.Columns = append(out.Columns, sheet.Column{Title: h})
	}
	out.Columns = append(out.Columns, sheet.Column{Title: what, Kind: sheet.Long})
	for i, data := range from.Data() {
		wrong := said(i)
		if len(wrong) == 0 {
			continue
		}
		row := make([]any, len(out.Columns))
		for c := range len(row) - 1 {
			row[c] = data.Cell(c)
		}
		row[len(row)-1] = strings.Join(wrong, "\n")
		out.Rows = append(out.Rows, row)
	}
	return out
}
