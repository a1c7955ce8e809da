package meeting

import "kompetansetorg/internal/kit/id"

// The things that ids of the room name.
type (
	body    struct{}
	seat    struct{}
	holder  struct{}
	ruleset struct{}
	matter  struct{}
	meeting struct{}
)

// BodyID names a body, SeatID a seat in one, HolderID one who holds it for a time,
// RuleSetID a version of the body's rules, CaseID a case and MeetingID a meeting.
type (
	BodyID    = id.Of[body]
	SeatID    = id.Of[seat]
	HolderID  = id.Of[holder]
	RuleSetID = id.Of[ruleset]
	CaseID    = id.Of[matter]
	MeetingID = id.Of[meeting]
)

// NewBodyID and the others make ids of new things.
func NewBodyID() BodyID       { return id.New[body]() }
func NewSeatID() SeatID       { return id.New[seat]() }
func NewHolderID() HolderID   { return id.New[holder]() }
func NewRuleSetID() RuleSetID { return id.New[ruleset]() }
func NewCaseID() CaseID       { return id.New[matter]() }
func NewMeetingID() MeetingID { return id.New[meeting]() }

// ParseBodyID and the others read ids from outside.
func ParseBodyID(s string) (BodyID, error)       { return id.Parse[body](s) }
func ParseSeatID(s string) (SeatID, error)       { return id.Parse[seat](s) }
func ParseHolderID(s string) (HolderID, error)   { return id.Parse[holder](s) }
func ParseCaseID(s string) (CaseID, error)       { return id.Parse[matter](s) }
func ParseMeetingID(s string) (MeetingID, error) { return id.Parse[meeting](s) }
