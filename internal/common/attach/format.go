package attach

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"kompetansetorg/internal/kit/fault"
)

// Content is what is handed in: read from its beginning, more than once.
type Content interface {
	io.ReadSeeker
	io.ReaderAt
}

// Format is a kind of file that is taken. Shown tells that a browser may show it
// in itself; the others are always saved.
type Format struct {
	Extension string
	media     string
	Shown     bool
	fits      func(c Content, size int64) error
}

// Formats are the kinds of files that are taken, as they are told to people.
func Formats() []Format {
	const ooxml, odf = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."
	return []Format{
		{"pdf", "application/pdf", false, begins("%PDF-")},
		{"docx", ooxml + "wordprocessingml.document", false, office("word/")},
		{"xlsx", ooxml + "spreadsheetml.sheet", false, office("xl/")},
		{"pptx", ooxml + "presentationml.presentation", false, office("ppt/")},
		{"odt", odf + "text", false, open(odf + "text")},
		{"ods", odf + "spreadsheet", false, open(odf + "spreadsheet")},
		{"txt", "text/plain", true, plain},
		{"csv", "text/csv", false, plain},
		{"md", "text/markdown", false, plain},
		{"png", "image/png", true, begins("\x89PNG\r\n\x1a\n")},
		{"jpg", "image/jpeg", true, begins("\xff\xd8\xff")},
		{"jpeg", "image/jpeg", true, begins("\xff\xd8\xff")},
		{"webp", "image/webp", true, webp},
	}
}

// macroFormats are documents that hold programs.
var macroFormats = []string{"docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppsm", "ppam"}

var (
	errContent = errors.New("attach: the content is not what the name says")
	errMacro   = errors.New("attach: a document with macros")
)

// formatOf is the format by the extension of the name, and whether it is taken.
func formatOf(name string) (Format, bool) {
	_, ext := split(name)
	i := slices.IndexFunc(Formats(), func(f Format) bool { return strings.EqualFold("."+f.Extension, ext) })
	if i < 0 {
		return Format{}, false
	}
	return Formats()[i], true
}

// check tells the media type of a file, by its name; Invalid at the field file
// when it is not taken, or is not what its name says.
func check(name string, c Content, size int64) (media string, err error) {
	f, ok := formatOf(name)
	if !ok {
		_, ext := split(name)
		if slices.Contains(macroFormats, strings.ToLower(strings.TrimPrefix(ext, "."))) {
			return "", fault.InvalidField(Field, "attach.error.macro")
		}
		return "", fault.InvalidField(Field, "attach.error.format")
	}
	switch err := f.fits(c, size); {
	case errors.Is(err, errMacro):
		return "", fault.InvalidField(Field, "attach.error.macro")
	case errors.Is(err, errContent):
		return "", fault.InvalidField(Field, "attach.error.content", "extension", f.Extension)
	case err != nil:
		return "", err
	}
	if strings.HasPrefix(f.media, "text/") {
		return withCharset(f.media, c)
	}
	return f.media, nil
}

// begins fits content with the beginning.
func begins(with string) func(Content, int64) error {
	return func(c Content, _ int64) error {
		if !has(c, 0, with) {
			return errContent
		}
		return nil
	}
}

func has(c io.ReaderAt, at int64, want string) bool {
	got := make([]byte, len(want))
	n, _ := c.ReadAt(got, at)
	return string(got[:n]) == want
}

func webp(c Content, _ int64) error {
	if !has(c, 0, "RIFF") || !has(c, 8, "WEBP") {
		return errContent
	}
	return nil
}

// plain fits text in any of the usual encodings of one byte: no binary file is
// without zeros.
func plain(c Content, _ int64) error {
	return scan(c, func(part []byte) error {
		if bytes.IndexByte(part, 0) >= 0 {
			return errContent
		}
		return nil
	})
}

// withCharset says how a text is written: in UTF-8, or else as older programs on
// Windows do.
func withCharset(media string, c Content) (string, error) {
	if _, err := c.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	all, err := io.ReadAll(io.LimitReader(c, MaxSize))
	if err != nil {
		return "", err
	}
	if utf8.Valid(all) {
		return media + "; charset=utf-8", nil
	}
	return media + "; charset=windows-1252", nil
}

// scan reads the content in parts from its beginning.
func scan(c Content, look func(part []byte) error) error {
	if _, err := c.Seek(0, io.SeekStart); err != nil {
		return err
	}
	buffer := make([]byte, 64<<10)
	for {
		n, err := c.Read(buffer)
		if err := look(buffer[:n]); err != nil {
			return err
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// Of a packed document only the list of its parts is read, and the part that
// says what the others are.
const (
	maxParts    = 5_000
	maxTypes    = 1 << 20
	typesPart   = "[Content_Types].xml"
	mimetypeAt  = 30 // the first part of an OpenDocument file is not packed
	zipBegins   = "PK\x03\x04"
	directoryOf = "PK\x01\x02" // an entry of the list of parts
)

// parts lists the parts of a packed document.
func parts(c Content, size int64) (*zip.Reader, error) {
	if !has(c, 0, zipBegins) {
		return nil, errContent
	}
	entries := 0
	err := scan(c, func(part []byte) error {
		if entries += bytes.Count(part, []byte(directoryOf)); entries > maxParts {
			return errContent
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(c, size)
	if err != nil {
		return nil, errContent
	}
	return z, nil
}

// office fits a document of Microsoft Office with a part below the folder, and
// without macros.
func office(folder string) func(Content, int64) error {
	return func(c Content, size int64) error {
		z, err := parts(c, size)
		if err != nil {
			return err
		}
		var types *zip.File
		main := false
		for _, part := range z.File {
			name := strings.ToLower(part.Name)
			if strings.HasSuffix(name, "vbaproject.bin") || strings.Contains(name, "/macrosheets/") {
				return errMacro
			}
			main = main || strings.HasPrefix(name, folder)
			if part.Name == typesPart {
				types = part
			}
		}
		if types == nil || !main {
			return errContent
		}
		r, err := types.Open()
		if err != nil {
			return errContent
		}
		defer r.Close()
		said, err := io.ReadAll(io.LimitReader(r, maxTypes))
		if err != nil {
			return errContent
		}
		if bytes.Contains(bytes.ToLower(said), []byte("macroenabled")) {
			return errMacro
		}
		return nil
	}
}

// open fits an OpenDocument file of the media type, without macros.
func open(media string) func(Content, int64) error {
	return func(c Content, size int64) error {
		z, err := parts(c, size)
		if err != nil {
			return err
		}
		if !has(c, mimetypeAt, "mimetype"+media) || len(z.File) == 0 || z.File[0].Name != "mimetype" {
			return errContent
		}
		for _, part := range z.File {
			if strings.HasPrefix(part.Name, "Basic/") || strings.HasPrefix(part.Name, "Scripts/") {
				return errMacro
			}
		}
		return nil
	}
}
