package forum

import (
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
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
