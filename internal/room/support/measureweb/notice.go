package measureweb

import (
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/support/measure"
)

// happenings are what can happen with a measure besides its moves, in a sentence.
var happenings = map[happening.What]i18n.Key{measure.Offered: "measure.notice.offered", measure.Taken: "measure.notice.taken", measure.Refused: "measure.notice.refused", measure.Rewrote: "measure.notice.changed",
	measure.Advised: "measure.notice.said"}

// Notice puts what happened with a measure in a plain sentence, and what comes next in another;
// nothing for what happens with any card.
func Notice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	if key, ok := happenings[happening.What(n.Event.What)]; ok {
		return t.T(key), onward(t, n, today)
	}
	if n.Event.IsHappening() {
		return "", ""
	}
	return told(t, n, today, measure.Label(n.Event.To))
}

// SaidNotice does it for what somebody says of a measure.
func SaidNotice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	return told(t, n, today, measure.SaidLabel(n.Event.To))
}

func told(t i18n.Printer, n follow.Notice, today clock.Date, state i18n.Key) (what, next string) {
	day := t.Day(n.Event.Ball.Due, today)
	switch n.Event.What {
	case follow.Due:
		what = t.T("measure.notice.due", "day", day)
	case follow.Late:
		what = t.T("measure.notice.late", "day", day)
	default:
		what = t.T("measure.notice.to", "state", t.T(state))
	}
	return what, onward(t, n, today)
}

// onward says who acts next, and by when.
func onward(t i18n.Printer, n follow.Notice, today clock.Date) string {
	b := n.Event.Ball
	switch {
	case b == (follow.Event{}).Ball:
		return t.T("measure.notice.read")
	case n.BallMine && b.Due.IsZero():
		return t.T("measure.notice.yours")
	case n.BallMine:
		return t.T("measure.notice.yours_by", "day", t.Day(b.Due, today))
	case n.BallName == "":
		return t.T("measure.notice.county")
	}
	return t.T("measure.notice.theirs", "org", n.BallName)
}
