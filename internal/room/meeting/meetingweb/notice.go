package meetingweb

import (
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/session"
)

// Notice puts what happened with a meeting in a plain sentence, and what the reader can
// do in another.
func Notice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	f := n.Event.Facts
	day := t.Day(f.Day(session.FactDay), today)
	switch happening.What(n.Event.What) {
	case session.WasSent:
		return t.T("meeting.notice.sent", "day", day), t.T("meeting.notice.next.agenda")
	case session.WasMoved:
		return t.T("meeting.notice.moved", "day", day, "from", f[session.FactFrom]), t.T("meeting.notice.next.meeting")
	case session.WasCancelled:
		return t.T("meeting.notice.cancelled", "day", day), t.T("meeting.notice.next.meeting")
	case session.WasPublished:
		return t.T("meeting.notice.published", "day", day), t.T("meeting.notice.next.minutes")
	case session.WasDecided:
		return t.T("meeting.notice.decided", "number", f[session.FactNumber], "day", day), t.T("meeting.notice.next.decided")
	case session.WasApproved:
		return t.T("meeting.notice.approved", "day", day), t.T("meeting.notice.next.minutes")
	}
	return "", ""
}
