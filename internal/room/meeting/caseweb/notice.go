package caseweb

import (
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/casework"
)

// Notice puts what happened with a case in a plain sentence, and what the reader can do
// in another.
func Notice(t i18n.Printer, n follow.Notice, _ clock.Date) (what, next string) {
	state := t.T(casework.StateLabel(n.Event.To))
	switch n.Event.What {
	case follow.Due:
		return t.T("case.notice.due", "state", state, "day", n.Event.Ball.Due), t.T("case.notice.next")
	case follow.Late:
		return t.T("case.notice.late", "state", state, "day", n.Event.Ball.Due), t.T("case.notice.next")
	}
	return t.T("case.notice.moved", "state", state), t.T("case.notice.next")
}
