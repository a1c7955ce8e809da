package paperview

import (
	"net/http"

	"kompetansetorg/internal/kit/paper"
)

// Whole is the document as one file to be kept: PDF, or the page that holds all of it
// where PDF cannot be made now.
func (s *Shelf) Whole(r *http.Request, d paper.Document) (ending, mime string, data []byte, err error) {
	f := formats[0]
	data, err = s.render(r, d, f)
	if _, ok := s.excuse(r, err); ok {
		s.door.Log.WarnContext(r.Context(), "paper kept as a page", "error", err)
		f = formats[len(formats)-1]
		data, err = s.render(r, d, f)
	}
	return f.ending, f.mime, data, err
}
