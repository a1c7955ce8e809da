package poolweb

import (
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/ask"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/pool"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Needs    *need.Service
	Lists    *list.Service
	Pools    *pool.Service
	Requests *ask.Service
	Orgs     *org.Service
	Places   *place.Register
	Attach   *attach.Service
	Clock    clock.Clock
	// ConceptLabel names a concept of a vocabulary; empty when it is not known.
	ConceptLabel func(scheme, code string, l i18n.Lang) string
	// Given draws what providers have answered, with the button of one who may answer;
	// nil when they do not answer here.
	Given func(r *http.Request, actor access.Actor, p need.PoolID) (leaf.Section, error)
	// Seats says how many seats are pledged, with the way to pledge. It may be nil.
	Seats func(r *http.Request, actor access.Actor, p need.PoolID) (leaf.Section, error)
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	p.registerPools()
	p.registerRequests()
	p.registerAPI()
}

func (p *pages) registerPools() {
	d := p.door
	d.Views.Add("pool", Files, "list", listView{})
	d.Views.Add("pool", Files, "show", showView{})
	d.Views.Add("pool", Files, "new", newView{})
	d.Views.Add("pool", Files, "add", addView{})
	d.Views.Add("pool", Files, "edit", editView{})
	d.Views.Add("pool", Files, "move", moveView{})
	d.Views.Add("pool", Files, "discussion", discussionView{})
	d.Views.Add("pool", Files, "ask", askView{})
	makers := gate.Roles(access.RoleIntermediary, access.RoleMunicipalLead, access.RoleSecretary, access.RoleCaseOfficer)
	// Whom the flow lets move a pool: its coordinator, a provider, the offices.
	movers := gate.Roles(access.RoleIntermediary, access.RoleMunicipalLead, access.RoleSecretary, access.RoleCaseOfficer, access.RoleProviderUser)
	offices := gate.Roles(access.RoleSecretary, access.RoleCaseOfficer)
	d.Pages(
		gate.Route{Method: "GET", Path: "/felles", Rule: gate.Public(), Handle: p.list},
		gate.Route{Method: "GET", Path: "/felles/ny", Rule: makers, Handle: p.create},
		gate.Route{Method: "POST", Path: "/felles/ny", Rule: makers, Handle: p.createPost},
		gate.Route{Method: "GET", Path: "/felles/{id}", Rule: gate.Public(), Handle: p.show},
		gate.Route{Method: "GET", Path: "/felles/{id}/rediger", Rule: makers, Handle: p.edit},
		gate.Route{Method: "POST", Path: "/felles/{id}/rediger", Rule: makers, Handle: p.editPost},
		gate.Route{Method: "GET", Path: "/felles/{id}/legg-til", Rule: makers, Handle: p.add},
		gate.Route{Method: "POST", Path: "/felles/{id}/legg-til", Rule: makers, Handle: p.addPost},
		gate.Route{Method: "POST", Path: "/felles/{id}/ta-ut", Rule: gate.SignedIn(), Handle: p.removePost},
		gate.Route{Method: "GET", Path: "/felles/{id}/flytt", Rule: movers, Handle: p.move},
		gate.Route{Method: "POST", Path: "/felles/{id}/flytt", Rule: movers, Handle: p.movePost},
		gate.Route{Method: "GET", Path: "/felles/{id}/drofting", Rule: offices, Handle: p.discussion},
		gate.Route{Method: "POST", Path: "/felles/{id}/drofting", Rule: offices, Handle: p.discussionPost},
		gate.Route{Method: "GET", Path: "/felles/{id}/be-om-tilpasning", Rule: makers, Handle: p.ask},
		gate.Route{Method: "POST", Path: "/felles/{id}/be-om-tilpasning", Rule: makers, Handle: p.askPost},
	)
	d.Says("pool.said.made", "pool.said.saved", "pool.said.added", "pool.said.removed", "pool.said.moved", "pool.said.discussed", "pool.said.asked")
}

func (p *pages) registerRequests() {
	d := p.door
	d.Views.Add("pool", Files, "requests", requestsView{})
	d.Views.Add("pool", Files, "request", requestView{})
	d.Pages(
		gate.Route{Method: "GET", Path: "/foresporsler", Rule: gate.Roles(access.RoleProviderUser), Handle: p.requests},
		gate.Route{Method: "GET", Path: "/foresporsler/{id}", Rule: gate.SignedIn(), Handle: p.request},
		gate.Route{Method: "POST", Path: "/foresporsler/{id}", Rule: gate.Roles(access.RoleProviderUser), Handle: p.requestPost},
	)
	d.Says("request.said.answered")
}
