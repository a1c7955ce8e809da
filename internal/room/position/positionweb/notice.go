package positionweb

import (
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/position"
)

// Notice puts what happened with a position in a plain sentence, and who does what next,
// and by when, in another.
func Notice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	e := n.Event
	day := t.Day(e.Ball.Due, today)
	who := n.BallName
	switch {
	case n.BallMine:
		who = t.T("position.notice.you")
	case e.Ball.Party == flow.Learner:
		who = t.T("position.hired_one")
	}
	if happening.What(e.What) == position.WasShown {
		return t.T("position.notice.interest"), t.T("position.notice.next.interest", "day", day)
	}
	switch e.What {
	case follow.Due:
		what = t.T("position.notice.due", "day", day)
	case follow.Late:
		what = t.T("position.notice.late", "day", day)
	default:
		what = t.T(i18n.Key("position.notice.to." + string(e.To)))
	}
	by := ""
	if !e.Ball.Due.IsZero() && e.What != follow.Late {
		by = t.T("position.notice.by", "day", day)
	}
	return what, t.T(i18n.Key("position.notice.next."+string(e.To)), "who", who, "by", by)
}
