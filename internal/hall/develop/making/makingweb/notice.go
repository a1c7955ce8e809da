package makingweb

import (
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// Notice puts what happened with a development in a plain sentence, and who does what next,
// and by when, in another.
func Notice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	e := n.Event
	day := t.Day(e.Ball.Due, today)
	who := n.BallName
	if n.BallMine {
		who = t.T("making.notice.you")
	}
	switch e.What {
	case follow.Due:
		what = t.T("making.notice.due", "day", day)
	case follow.Late:
		what = t.T("making.notice.late", "day", day)
	default:
		what = t.T("making.notice.to", "state", t.T(stateLabel(e.To)))
	}
	if def, _ := making.Flow().State(e.To); def.End {
		return what, t.T("making.notice.ended")
	}
	by := ""
	if !e.Ball.Due.IsZero() && e.What != follow.Late {
		by = t.T("making.notice.by", "day", day)
	}
	return what, t.T("making.notice.next", "who", who, "by", by)
}
