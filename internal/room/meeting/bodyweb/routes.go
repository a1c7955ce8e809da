// Package bodyweb has the pages of bodies: who meets, by which rules, and how their
// secretaries keep seats, offices and rules. What it shows is open to all; only a
// body's secretary changes it.
package bodyweb

import (
	"context"
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/bodyweb/bodyjson"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/public"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Bodies   *meeting.Service
	Cases    *casework.Service
	Public   *public.Service
	Attach   *attach.Service
	Orgs     *org.Service
	Register *register.Service
	Places   *place.Register
	Clock    clock.Clock
	// Recorded gives what the simulator replays; nil when nothing is recorded.
	Recorded Recorded
	// Also gives the ways into what other rooms have of a body; nil for none.
	Also func(i18n.Printer, meeting.Details) []ui.Card
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("body", Files, "list", listView{})
	d.Views.Add("body", Files, "show", showView{})
	d.Views.Add("body", Files, "rules", rulesView{})
	d.Views.Add("body", Files, "compare", compareView{})
	d.Views.Add("body", Files, "edit", editView{})
	d.Views.Add("body", Files, "seats", seatsView{})
	d.Views.Add("body", Files, "newseat", newSeatView{})
	d.Views.Add("body", Files, "seat", seatView{})
	d.Views.Add("body", Files, "end", endView{})
	d.Views.Add("body", Files, "leader", leaderView{})
	d.Views.Add("body", Files, "adopt", adoptView{})
	d.Views.Add("body", Files, "try", tryView{})
	makers := gate.Roles(access.RoleCaseOfficer, access.RoleSecretary)
	d.Pages(
		gate.Route{Method: "GET", Path: "/forum-og-rad", Rule: gate.Public(), Handle: p.list},
		gate.Route{Method: "GET", Path: "/organ/{id}", Rule: gate.Public(), Handle: p.show},
		gate.Route{Method: "GET", Path: "/organ/{id}/regler", Rule: gate.Public(), Handle: p.rules},
		gate.Route{Method: "GET", Path: "/organ/{id}/regler/sammenlign", Rule: gate.Public(), Handle: p.compare},
		gate.Route{Method: "GET", Path: "/forum-og-rad/nytt", Rule: makers, Handle: p.create},
		gate.Route{Method: "POST", Path: "/forum-og-rad/nytt", Rule: makers, Handle: p.createPost},
		// Who is secretary of a body may have no role: the use cases decide.
		gate.Route{Method: "GET", Path: "/organ/{id}/rediger", Rule: gate.SignedIn(), Handle: p.edit},
		gate.Route{Method: "POST", Path: "/organ/{id}/rediger", Rule: gate.SignedIn(), Handle: p.editPost},
		gate.Route{Method: "GET", Path: "/organ/{id}/seter", Rule: gate.SignedIn(), Handle: p.seats},
		gate.Route{Method: "GET", Path: "/organ/{id}/seter/ny", Rule: gate.SignedIn(), Handle: p.newSeat},
		gate.Route{Method: "POST", Path: "/organ/{id}/seter/ny", Rule: gate.SignedIn(), Handle: p.newSeatPost},
		gate.Route{Method: "GET", Path: "/organ/{id}/seter/{seat}", Rule: gate.SignedIn(), Handle: p.seat},
		gate.Route{Method: "POST", Path: "/organ/{id}/seter/{seat}", Rule: gate.SignedIn(), Handle: p.seatPost},
		gate.Route{Method: "GET", Path: "/organ/{id}/seter/{seat}/avslutt", Rule: gate.SignedIn(), Handle: p.end},
		gate.Route{Method: "POST", Path: "/organ/{id}/seter/{seat}/avslutt", Rule: gate.SignedIn(), Handle: p.endPost},
		gate.Route{Method: "GET", Path: "/organ/{id}/seter/{seat}/{holder}/avslutt", Rule: gate.SignedIn(), Handle: p.end},
		gate.Route{Method: "POST", Path: "/organ/{id}/seter/{seat}/{holder}/avslutt", Rule: gate.SignedIn(), Handle: p.endPost},
		gate.Route{Method: "GET", Path: "/organ/{id}/leder", Rule: gate.SignedIn(), Handle: p.leader},
		gate.Route{Method: "POST", Path: "/organ/{id}/leder", Rule: gate.SignedIn(), Handle: p.leaderPost},
		gate.Route{Method: "GET", Path: "/organ/{id}/regler/prov", Rule: gate.Public(), Handle: p.try},
		gate.Route{Method: "GET", Path: "/organ/{id}/regler/ny", Rule: gate.SignedIn(), Handle: p.adopt},
		gate.Route{Method: "POST", Path: "/organ/{id}/regler/ny", Rule: gate.SignedIn(), Handle: p.adoptPost},
	)
	d.Says("body.created", "body.saved", "body.seat.added", "body.holder.added", "body.end.done", "body.elected.done", "body.adopted")
	bodyjson.Register(d, &bodyjson.Service{Bodies: p.Bodies, Clock: p.Clock})
}

// path is the address of the body's page, with what comes after it.
func path(b meeting.BodyID, more string) string { return "/organ/" + string(b) + more }

// find reads the body that the path names.
func (p *pages) find(r *http.Request) (meeting.Details, error) {
	id, err := meeting.ParseBodyID(r.PathValue("id"))
	if err != nil {
		return meeting.Details{}, fault.Missing()
	}
	return p.Bodies.Get(r.Context(), id)
}

// findMine is find for who may change the body; others are denied.
func (p *pages) findMine(r *http.Request, actor access.Actor) (meeting.Details, error) {
	d, err := p.find(r)
	if err != nil {
		return d, err
	}
	return d, p.mine(r.Context(), actor, d.ID)
}

func (p *pages) mine(ctx context.Context, actor access.Actor, b meeting.BodyID) error {
	may, err := p.Bodies.MayChange(ctx, actor, b)
	if err == nil && !may {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return err
}

// crumbs lead from the list of bodies to the body's page.
func crumbs(t i18n.Printer, d meeting.Details) []ui.Link {
	return []ui.Link{{Label: t.T("body.title"), Href: "/forum-og-rad"}, {Label: d.Name, Href: path(d.ID, "")}}
}
