package workspaceweb

import (
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/hall/develop/workspace"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// Notice puts what happened with a task in a plain sentence, and who does what next, and by
// when, in another.
func Notice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	e := n.Event
	day := t.Day(e.Ball.Due, today)
	who := called(t, n.BallName)
	if n.BallMine {
		who = t.T("workspace.notice.you")
	}
	switch {
	case e.What == follow.Due:
		what = t.T("workspace.notice.due", "day", day)
	case e.What == follow.Late:
		what = t.T("workspace.notice.late", "day", day)
	case e.To == workspace.Done:
		return t.T("workspace.notice.done"), t.T("workspace.notice.ended")
	case e.To == workspace.Dropped:
		return t.T("workspace.notice.dropped"), t.T("workspace.notice.ended")
	default:
		what = t.T("workspace.notice.new")
	}
	by := ""
	if !e.Ball.Due.IsZero() && e.What != follow.Late {
		by = t.T("workspace.notice.by", "day", day)
	}
	return what, t.T("workspace.notice.next", "who", who, "by", by)
}
