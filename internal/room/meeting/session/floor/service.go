// Package floor is what happens in a meeting: it is opened, holders meet, habilitet is
// raised and decided, doors are closed, seats say what they mean, and the body decides.
//
// The decision is worked out by package outcome under the rules in force that day, and
// kept as it was explained then. What a seat says before the meeting has begun is said
// beforehand: shown, and in an elected body never counted.
package floor

import "kompetansetorg/internal/room/meeting/session"

// Service is the use cases of a meeting that is on.
type Service struct{ room *session.Service }

// New makes them over the room of meetings.
func New(room *session.Service) *Service { return &Service{room: room} }
