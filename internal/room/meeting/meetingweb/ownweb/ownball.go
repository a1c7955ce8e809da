package ownweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/own"
	"kompetansetorg/internal/room/meeting/wording"
)

// ownTask leads from a list of tasks, or a notice, to where the own decision is given.
func (p *pages) ownTask(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	o, err := session.ParseOwnID(r.PathValue("own"))
	if err != nil {
		return fault.Missing()
	}
	m, i, err := p.Own.Where(r.Context(), actor, o)
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, wording.ItemPath(session.Item{ID: i, Meeting: m}, "#own"))
}

// OwnNotice puts what happened with a member's own decision in a plain sentence, and what
// the reader can do in another.
func OwnNotice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	f, e := n.Event.Facts, n.Event
	switch happening.What(e.What) {
	case own.WasAnswered:
		what = t.T("meeting.notice.own.no", "name", f[own.FactOrg], "ref", f[own.FactRef])
		if outcome.Answer(f[own.FactAnswer]) == outcome.Yes {
			what = t.T("meeting.notice.own.yes", "name", f[own.FactOrg], "ref", f[own.FactRef])
		}
		return what, t.T("meeting.notice.next.own.read")
	case own.AllAnswered:
		return t.T("meeting.notice.own.all", "yes", f[own.FactYes], "of", f[own.FactOf]), t.T("meeting.notice.next.own.read")
	case own.WasDropped:
		return t.T("meeting.notice.own.dropped", "why", f[own.FactWhy]), t.T("meeting.notice.next.own.dropped")
	}
	if !n.BallMine {
		return t.T("meeting.notice.own.other", "name", n.BallName), t.T("meeting.notice.next.own.wait")
	}
	next = t.T("meeting.notice.next.own.answer")
	day := t.Day(e.Ball.Due, today)
	switch {
	case e.What == follow.Due:
		return t.T("meeting.notice.own.due", "day", day), next
	case e.What == follow.Late:
		return t.T("meeting.notice.own.late", "day", day), next
	case e.Ball.Due.IsZero():
		return t.T("meeting.notice.own.asked"), next
	}
	return t.T("meeting.notice.own.asked.by", "day", day), next
}
