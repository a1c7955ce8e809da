package meetingweb

import (
	"net/http"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
)

// calendar answers the meeting as a calendar file; with the link to a remote meeting for
// those in the body only.
func (p *pages) calendar(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	file, err := event(p.door.Printer(r), d.Meeting, calendarOf{At: p.Clock.Now(), PublicURL: p.PublicURL, Contact: p.Contact, Description: d.Link})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="mote-`+d.Day.String()+`.ics"`)
	_, err = w.Write([]byte(file))
	return err
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
