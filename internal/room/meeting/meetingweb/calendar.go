package meetingweb

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	ical "github.com/arran4/golang-ical"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/meeting/session"
)

// calendar is the meeting as a calendar file: the same event however often it is
// fetched, with a higher sequence when the meeting is moved, and cancelled rather than
// gone. What is on the agenda is not in it, so nothing that is closed is either.
func (p *pages) calendar(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	cal := ical.NewCalendarFor("-//Kompetansetorg//Møter//" + strings.ToUpper(string(t.Language())))
	cal.SetMethod(ical.MethodPublish)
	host := "kompetansetorg"
	if u, err := url.Parse(p.PublicURL); err == nil && u.Host != "" {
		host = u.Hostname()
	}
	e := cal.AddEvent(string(d.ID) + "@" + host)
	e.SetDtStampTime(p.Clock.Now().Std())
	e.SetSequence(d.Sequence)
	e.SetStartAt(moment(d.Day, d.From))
	e.SetEndAt(moment(d.Day, d.To))
	e.SetSummary(t.T("meeting.calendar.event", "body", d.BodyName))
	e.SetLocation(where(t, d.Frame))
	e.SetURL(p.PublicURL + path(d.ID, ""))
	if d.Link != "" {
		e.SetDescription(d.Link) // only for those in the body
	}
	e.SetStatus(ical.ObjectStatusConfirmed)
	if d.State == session.Cancelled {
		e.SetStatus(ical.ObjectStatusCancelled)
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="mote-`+d.Day.String()+`.ics"`)
	return cal.SerializeTo(w, ical.WithNewLineWindows)
}

// moment is a time of day in Norway. The room has checked how it is written.
func moment(d clock.Date, at string) time.Time {
	start := clock.InOslo(clock.StartOfDay(d))
	of, err := time.Parse("15:04", at)
	if err != nil {
		return start
	}
	return time.Date(start.Year(), start.Month(), start.Day(), of.Hour(), of.Minute(), 0, 0, start.Location())
}
