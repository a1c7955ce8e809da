package site

import (
	"net/http"

	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
)

// takeNotice is what the page before left to say.
func (s *Site) takeNotice(r *http.Request, p i18n.Printer) *ui.Notice {
	key, ok := s.door.Said(r)
	if !ok {
		return nil
	}
	return &ui.Notice{Color: ui.Success, Text: p.T(key), Live: true}
}
