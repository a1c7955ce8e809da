package bodyweb

import (
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting"
)

// Notice puts what happened with a body in a plain sentence, and what the reader
// can do in another.
func Notice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	f := n.Event.Facts
	from := t.Day(f.Day(meeting.FactFrom), today)
	switch happening.What(n.Event.What) {
	case meeting.RulesAdopted:
		return t.T("body.notice.rules", "title", f[meeting.FactTitle], "day", from), t.T("body.notice.next.rules")
	case meeting.LeaderElected:
		return t.T("body.notice.leader", "task", lower(t.T(meeting.Task(f[meeting.FactTask]).Label())), "day", from), t.T("body.notice.next.body")
	case meeting.SeatAdded:
		return t.T("body.notice.seat", "org", f[meeting.FactOrg], "seat", lower(t.T(meeting.SeatLabel(meeting.SeatKind(f[meeting.FactSeat])))), "day", from), t.T("body.notice.next.seats")
	case meeting.SeatEnded:
		return t.T("body.notice.seat_ended", "org", f[meeting.FactOrg], "seat", lower(t.T(meeting.SeatLabel(meeting.SeatKind(f[meeting.FactSeat])))), "day", from), t.T("body.notice.next.seats")
	case meeting.HolderChanged:
		return t.T("body.notice.holder", "org", f[meeting.FactOrg], "title", f[meeting.FactTitle], "part", lower(t.T(meeting.Part(f[meeting.FactPart]).Label())), "day", from), t.T("body.notice.next.seats")
	case meeting.HolderLeaves:
		return t.T("body.notice.leaves", "org", f[meeting.FactOrg], "title", f[meeting.FactTitle], "day", from), t.T("body.notice.next.seats")
	}
	return "", ""
}
