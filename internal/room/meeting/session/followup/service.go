// Package followup is what is to be done after a decision: a line with an owner and a
// last day, which stands on the next agenda until it is closed with evidence.
package followup

import "kompetansetorg/internal/room/meeting/session"

// Service is the use cases of follow-ups.
type Service struct{ room *session.Service }

// New makes them over the room of meetings.
func New(room *session.Service) *Service { return &Service{room: room} }
