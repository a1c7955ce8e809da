package pledgeweb

import (
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// Notice puts what happened with a round in a plain sentence, and who does what next, and
// by when, in another.
func Notice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	e := n.Event
	day := t.Day(e.Ball.Due, today)
	who := n.BallName
	if n.BallMine {
		who = t.T("pledge.notice.you")
	}
	switch e.What {
	case follow.Due:
		what = t.T("pledge.notice.due", "day", day)
	case follow.Late:
		what = t.T("pledge.notice.late", "day", day)
	default:
		what = t.T(i18n.Key("pledge.notice.to." + string(e.To)))
	}
	by := ""
	if !e.Ball.Due.IsZero() && e.What != follow.Late {
		by = t.T("pledge.notice.by", "day", day)
	}
	return what, t.T(i18n.Key("pledge.notice.next."+string(e.To)), "who", who, "by", by)
}
