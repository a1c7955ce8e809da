package public

import (
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/feed"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/session"
)

// Event is the meeting in a calendar, as all may know it: when and where, never what is
// treated or the way into a remote one. publicURL is where readers find the service.
func Event(t i18n.Printer, publicURL string, now clock.Time, m session.Meeting) feed.Event {
	return feed.Event{UID: string(m.ID) + "@" + feed.Host(publicURL), Stamp: now, Sequence: m.Sequence, Start: m.Begins(), End: m.Ends(),
		Summary: t.T("meeting.calendar.event", "body", m.BodyName), Location: Where(t, m.Frame), URL: publicURL + "/moter/" + string(m.ID), Cancelled: m.State == session.Cancelled}
}

// Where is the place of a meeting in words, and that one takes part from afar.
func Where(t i18n.Printer, f session.Frame) string {
	switch {
	case f.Remote && f.Place == "":
		return t.T("meeting.remote")
	case f.Remote:
		return t.T("meeting.remote.at", "place", f.Place)
	}
	return f.Place
}
