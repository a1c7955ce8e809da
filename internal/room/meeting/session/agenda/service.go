// Package agenda is the agenda of a meeting: made of what belongs there, edited by
// several at once, demanded by members, numbered and sent.
//
// Reports come first. Each item has a version of its own, so that two who work on one
// agenda lose nothing. When it is sent, items get numbers without gaps, and what was
// sent is kept as an edition that never changes (kommuneloven § 11-3).
package agenda

import "kompetansetorg/internal/room/meeting/session"

// Service is the use cases of agendas. Standing are what other parts of the house bring
// to every meeting; they may be set after New.
type Service struct {
	room     *session.Service
	Standing []Standing
}

// New makes them over the room of meetings.
func New(room *session.Service) *Service { return &Service{room: room} }
