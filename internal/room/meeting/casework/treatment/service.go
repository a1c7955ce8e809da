// Package treatment is where a case goes: the bodies that treat it, each with its number,
// its day and what came of it. The secretary writes it at the case; meetings write it
// inside their own transactions, when they are called, decide, and learn what the members
// decided themselves.
//
// A result moves the case, and settles the provisos that wait for it. What has been
// treated stays.
//
// Words: saksgang = treatments, behandling = treatment.
//
// Tables: case_treatment, which package casework reads.
package treatment

import (
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/room/meeting/casework"
)

// ActionTreat is what the audit log knows a change of a treatment as.
const ActionTreat audit.Action = "case.treatment"

// Service is the use cases of treatments.
type Service struct{ room *casework.Service }

// New makes them over the room of cases.
func New(room *casework.Service) *Service { return &Service{room: room} }
