// Package openweb has the ways out of the room for programs: feeds and calendars of each
// body and of all, and the interface of OParl. Nothing here asks who reads: what it gives
// is what a visitor may read (package public), so a feed tells the same to all.
package openweb

import (
	"embed"

	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/public"
	"kompetansetorg/internal/room/meeting/session"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the ways out need.
type Deps struct {
	Public   *public.Service
	Bodies   *meeting.Service
	Cases    *casework.Service
	Meetings *session.Service
	Clock    clock.Clock
	// PublicURL is where readers find the service, ContactEmail who answers for it.
	PublicURL, ContactEmail string
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	open := gate.Public()
	d.Pages(gate.Route{Method: "GET", Path: "/organ/{id}/kalender.ics", Rule: open, Handle: p.calendar}, gate.Route{Method: "GET", Path: "/organ/{id}/nytt.atom", Rule: open, Handle: p.news},
		gate.Route{Method: "GET", Path: "/moter/kalender.ics", Rule: open, Handle: p.calendar}, gate.Route{Method: "GET", Path: "/moter/nytt.atom", Rule: open, Handle: p.news})
	p.registerOParl()
}
