// Package minutes writes down what happened: composed of what was recorded, held against
// kommuneloven § 11-4 by package record when the body is elected, published at once as
// not approved yet, and corrected in visible versions until a later meeting approves.
package minutes

import "kompetansetorg/internal/room/meeting/session"

// Service is the use cases of minutes.
type Service struct{ room *session.Service }

// New makes them over the room of meetings.
func New(room *session.Service) *Service { return &Service{room: room} }
