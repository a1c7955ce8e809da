package attachweb

import (
	"context"
	"errors"
	"net/http"
	"syscall"

	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/kit/fault"
)

// memory is how much of a file is held in memory while it comes; the rest waits
// on disk.
const memory = 1 << 20

// receive reads the file of the posted form and hands it to take. What is not
// such a form is a fault of the field.
func receive(r *http.Request, take func(attach.Upload) error) error {
	if err := r.ParseMultipartForm(memory); err != nil {
		var tooLarge *http.MaxBytesError
		switch {
		case errors.As(err, &tooLarge):
			return fault.InvalidField(attach.Field, "attach.error.too_large", "max_mb", attach.MaxSize>>20)
		case errors.Is(err, syscall.ENOSPC):
			return fault.InvalidField(attach.Field, "attach.error.full")
		case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
			return err
		}
		return fault.InvalidField(attach.Field, "attach.error.no_file")
	}
	defer func() { _ = r.MultipartForm.RemoveAll() }()
	file, header, err := r.FormFile(attach.Field)
	if errors.Is(err, http.ErrMissingFile) || (err == nil && header.Filename == "") {
		return fault.InvalidField(attach.Field, "attach.error.no_file")
	}
	if err != nil {
		return err
	}
	defer file.Close()
	return take(attach.Upload{Name: header.Filename, Content: file, Size: header.Size})
}
