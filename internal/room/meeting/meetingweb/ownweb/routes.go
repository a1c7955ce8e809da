// Package ownweb has the pages of what the members of a body decide one by one: asking
// them for their own decision in an item, their answers - in the house, or by a link for
// those without an account - and joining a decision later.
package ownweb

import (
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/own"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Meetings *session.Service
	Own      *own.Service
	Once     Once
	Clock    clock.Clock
	// PublicURL is where readers find the service; links begin with it.
	PublicURL string
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("meeting", Files, "link", handView{})
	d.Views.Add("meeting", Files, "answer", answerView{})
	open, within := gate.Public(), gate.SignedIn()
	leaf.Forms(d, within, map[string]leaf.Maker{
		"/moter/{id}/saker/{item}/egne-vedtak": p.askOwnForm, "/moter/{id}/saker/{item}/egne-vedtak/{own}": p.ownForm, "/moter/{id}/saker/{item}/slutt-til": p.joinForm,
	})
	d.Pages(gate.Route{Method: "GET", Path: "/egne-vedtak/{own}", Rule: within, Handle: p.ownTask},
		gate.Route{Method: "GET", Path: "/moter/{id}/saker/{item}/egne-vedtak/{own}/lenke", Rule: within, Handle: p.link},
		gate.Route{Method: "POST", Path: "/moter/{id}/saker/{item}/egne-vedtak/{own}/lenke", Rule: within, Handle: p.linkPost},
		gate.Route{Method: "GET", Path: "/eget-vedtak/takk", Rule: open, Handle: p.thanks},
		gate.Route{Method: "GET", Path: "/eget-vedtak/{token}", Rule: open, Handle: p.byLink(p.answer)}, gate.Route{Method: "POST", Path: "/eget-vedtak/{token}", Rule: open, Handle: p.byLink(p.answerPost)})
	d.Says("meeting.said.asked", "meeting.said.joined")
}

// treated is the item that the path names, for those who take part in the meeting.
func (p *pages) treated(r *http.Request, actor access.Actor) (session.ItemDetail, error) {
	i, err := session.ParseItemID(r.PathValue("item"))
	if err != nil {
		return session.ItemDetail{}, fault.Missing()
	}
	d, err := p.Meetings.Item(r.Context(), actor, i)
	if err == nil && string(d.Meeting.ID) != r.PathValue("id") {
		err = fault.Missing()
	}
	return d, err
}

// treating is treated for the secretary.
func (p *pages) treating(r *http.Request, actor access.Actor) (session.ItemDetail, error) {
	d, err := p.treated(r, actor)
	if err == nil && !d.Keeps {
		err = fault.Missing()
	}
	return d, err
}
