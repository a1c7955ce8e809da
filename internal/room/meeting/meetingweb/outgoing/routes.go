// Package outgoing has what leaves the house of a meeting: the letters to those who sit in
// it and who has been told, the meeting in a calendar, the agenda, the minutes and each
// member's extract as papers, and the package for an archive. All of it is made of what
// has been sent or published, as its reader may read it.
package outgoing

import (
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/invite"
	"kompetansetorg/internal/room/meeting/session/minutes"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Meetings    *session.Service
	Minutes     *minutes.Service
	Invitations *invite.Service
	Cases       *casework.Service
	Shelf       *paperview.Shelf
	Clock       clock.Clock
	// PublicURL is where readers find the service; calendars point back to it.
	PublicURL string
	// Contact is the address that calendars give.
	Contact string
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("meeting", Files, "invited", invitedView{})
	open := gate.Public()
	d.Pages(gate.Route{Method: "GET", Path: "/moter/{id}/kalender.ics", Rule: open, Handle: p.calendar}, gate.Route{Method: "GET", Path: "/moter/{id}/arkiv.zip", Rule: open, Handle: p.archive},
		gate.Route{Method: "GET", Path: "/moter/{id}/innkalt", Rule: gate.SignedIn(), Handle: p.invited})
	p.Shelf.Pages("/moter/{id}/innkalling", open, p.agendaPaper)
	p.Shelf.Pages("/moter/{id}/utdrag", open, p.extractPaper)
	p.Shelf.Pages("/moter/{id}/motebok/papir", open, p.bookPaper)
}

// find reads the meeting that the path names, as the actor may know it.
func (p *pages) find(r *http.Request, actor access.Actor) (session.Detail, error) {
	m, err := meeting.ParseMeetingID(r.PathValue("id"))
	if err != nil {
		return session.Detail{}, fault.Missing()
	}
	return p.Meetings.Get(r.Context(), actor, m)
}
