package meetingweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/feed"
	"kompetansetorg/internal/room/meeting/public"
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
	e := public.Event(t, p.PublicURL, p.Clock.Now(), d.Meeting)
	e.Description = d.Link // empty but for those in the body
	w.Header().Set("Content-Type", feed.CalendarType)
	w.Header().Set("Content-Disposition", `attachment; filename="mote-`+d.Day.String()+`.ics"`)
	return feed.Calendar{Product: "Møter", Lang: string(t.Language()), Events: []feed.Event{e}}.Write(w)
}
