package session

import (
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/db"
)

// What can happen with a meeting that those who follow it are told.
const (
	WasSent      happening.What = "meeting_sent"
	WasMoved     happening.What = "meeting_moved"
	WasCancelled happening.What = "meeting_cancelled"
	WasPublished happening.What = "meeting_published"
	WasApproved  happening.What = "meeting_approved"
)

// The facts, which all may read: the day of the meeting, and when it begins.
const (
	FactDay  = "day"
	FactFrom = "from"
)

// Happened notes it for those who follow the meeting. nr tells happenings of one sort
// apart. What the program itself puts in when it fills a database is no news.
func (s *Service) Happened(tx *db.Tx, actor access.Actor, m Meeting, what happening.What, nr int) {
	if actor.IsSystem() {
		return
	}
	happening.Record(tx, s.Clock.Now(), actor, happening.Happening{Kind: ObjectName, ID: string(m.ID), What: what, Mark: strconv.Itoa(nr),
		Facts: happening.Facts{FactDay: m.Day.String(), FactFrom: m.From}})
}
