package outgoing

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/feed"
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
	w.Header().Set("Content-Type", feed.CalendarType)
	w.Header().Set("Content-Disposition", `attachment; filename="mote-`+d.Day.String()+`.ics"`)
	_, err = w.Write([]byte(file))
	return err
}
