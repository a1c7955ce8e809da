// Package writing is the work on the paper of a case: written section by section, held
// against package check, kept as a draft and issued.
//
// A save that somebody else was before refuses with both texts. What is frozen is what
// was looked at: when the case, its documents or its paper have changed since, keeping and
// issuing refuse.
//
// Tables: case_accepted; and those of package casepaper, which it writes.
package writing

import (
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/room/meeting/casework"
)

// The actions of the audit log.
const (
	ActionWrite  audit.Action = "case.write"
	ActionKeep   audit.Action = "case.keep"
	ActionAccept audit.Action = "case.accept"
	ActionIssue  audit.Action = "case.issue"
)

// The longest texts, in characters.
const (
	MaxSection = 60_000
	MaxReason  = 500
)

// Service is the use cases of papers. Figures are the registers that they show figures
// from.
type Service struct {
	room    *casework.Service
	Figures []Source
}

// New makes them over the room of cases.
func New(room *casework.Service, figures []Source) *Service {
	return &Service{room: room, Figures: figures}
}
