package forum

import (
	"unicode/utf8"

	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
)

// The actions of the audit log.
const (
	ActionRegion   audit.Action = "forum.region"
	ActionDocument audit.Action = "forum.document"
	ActionSign     audit.Action = "forum.sign"
)

// Deps is what the room needs.
type Deps struct {
	DB     *db.DB
	Clock  clock.Clock
	Places *place.Register
	Bodies Bodies
}

// Service is the use cases of the structure and the agreements.
type Service struct{ Deps }

// New makes the room.
func New(d Deps) *Service { return &Service{Deps: d} }

// Subject is how the audit log knows a forum: as the body that it is.
func Subject(b BodyID) audit.Subject { return audit.Subject{Kind: "body", ID: string(b)} }

// Line notes what is wrong with a text of one line.
func Line(fs *fault.Fields, field, s string, required bool) {
	Limited(fs, field, s, MaxLine, required)
}

// Limited notes what is wrong with a text of at most so many characters.
func Limited(fs *fault.Fields, field, s string, most int, required bool) {
	switch {
	case required && text.IsBlank(s):
		fs.Add(field, "form.error.required")
	case utf8.RuneCountInString(s) > most:
		fs.Add(field, "form.error.too_long", "max", most)
	}
}
