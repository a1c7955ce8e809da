package session

import (
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/meeting"
)

// What can happen with a meeting that those who follow it are told.
const (
	WasSent      happening.What = "meeting_sent"
	WasMoved     happening.What = "meeting_moved"
	WasCancelled happening.What = "meeting_cancelled"
	WasPublished happening.What = "meeting_published"
	WasApproved  happening.What = "meeting_approved"
	WasDecided   happening.What = "meeting_decided"
)

// The facts, which all may read: the day of the meeting, when it begins, and the number
// of the item that was decided.
const (
	FactDay    = "day"
	FactFrom   = "from"
	FactNumber = "number"
)

// Happened notes it for those who follow the meeting. nr tells happenings of one sort
// apart. What the program itself puts in when it fills a database is no news.
func (s *Service) Happened(tx *db.Tx, actor access.Actor, m Meeting, what happening.What, nr int) {
	if actor.IsSystem() {
		return
	}
	facts := happening.Facts{FactDay: m.Day.String(), FactFrom: m.From}
	list := []happening.Happening{{Kind: ObjectName, ID: string(m.ID), What: what, Mark: strconv.Itoa(nr), Facts: facts}}
	for _, b := range m.Bodies() { // those who follow a body hear of its meetings
		list = append(list, happening.Happening{Kind: meeting.ObjectName, ID: string(b), What: what, Mark: string(m.ID) + strconv.Itoa(nr), Facts: facts})
	}
	happening.Record(tx, s.Clock.Now(), actor, list...)
}

// Decided notes, for those who follow the meeting or a body of it, that an item has been
// decided: its number and nothing of what, which the minutes tell. Of what is closed
// nothing is told.
func (s *Service) Decided(tx *db.Tx, actor access.Actor, m Meeting, i Item) {
	if actor.IsSystem() || i.IsClosed() || i.Number.Nr == 0 {
		return
	}
	facts := happening.Facts{FactDay: m.Day.String(), FactNumber: i.Number.String()}
	happening.Record(tx, s.Clock.Now(), actor, happening.Happening{Kind: ObjectName, ID: string(m.ID), What: WasDecided, Mark: string(i.ID), Facts: facts},
		happening.Happening{Kind: meeting.ObjectName, ID: string(i.Body), What: WasDecided, Mark: string(i.ID), Facts: facts})
}
