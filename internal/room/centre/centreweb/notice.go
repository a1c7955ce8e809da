package centreweb

import (
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/centre"
	"kompetansetorg/internal/room/centre/booking"
)

// WishNotice puts what happened with a wish in a plain sentence, and who does what next, and
// by when, in another.
func WishNotice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	return told(t, n, today, centre.WishLabel(n.Event.To), i18n.Key("centre.wish.notice."+string(n.Event.To)))
}

// BookingNotice does the same for a booking.
func BookingNotice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	def, _ := booking.Flow().State(n.Event.To)
	return told(t, n, today, def.Label, i18n.Key("booking.notice."+string(n.Event.To)))
}

func told(t i18n.Printer, n follow.Notice, today clock.Date, state, onward i18n.Key) (what, next string) {
	e := n.Event
	day := t.Day(e.Ball.Due, today)
	who := n.BallName
	if n.BallMine {
		who = t.T("centre.notice.you")
	}
	switch e.What {
	case follow.Due:
		what = t.T("centre.notice.due", "day", day)
	case follow.Late:
		what = t.T("centre.notice.late", "day", day)
	default:
		what = t.T("centre.notice.to", "state", t.T(state))
	}
	by := ""
	if !e.Ball.Due.IsZero() && e.What != follow.Late {
		by = t.T("centre.notice.by", "day", day)
	}
	return what, t.T(onward, "who", who, "by", by)
}
