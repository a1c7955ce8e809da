package admissionweb

import (
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/admission"
)

// Notice puts what happened with an application in a plain sentence, and who does what
// next, and by when, in another.
func Notice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	e := n.Event
	day := t.Day(e.Ball.Due, today)
	who := n.BallName
	if n.BallMine {
		who = t.T("admission.notice.you")
	}
	switch e.What {
	case follow.Due:
		what = t.T("admission.notice.due", "day", day)
	case follow.Late:
		what = t.T("admission.notice.late", "day", day)
	default:
		what = t.T(i18n.Key("admission.notice.to." + string(e.To)))
	}
	by := ""
	if !e.Ball.Due.IsZero() && e.What != follow.Late {
		by = t.T("admission.notice.by", "day", day)
	}
	if !admission.IsLive(e.To) {
		return what, t.T("admission.notice.next.ended")
	}
	return what, t.T(i18n.Key("admission.notice.next."+string(e.To)), "who", who, "by", by)
}
