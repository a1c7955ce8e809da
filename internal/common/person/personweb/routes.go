// Package personweb has the pages about what is held about persons: one's own
// data and the file of it, requests to have records deleted and the answers, and
// what the nights delete.
package personweb

import (
	"context"
	"embed"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/kit/clock"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Persons  *person.Service
	Accounts *account.Service
	Orgs     *org.Service
	Objects  *object.Kinds
	Clock    clock.Clock
	// Looks is the access log.
	Looks *person.Looks
	// LastRun tells when the nightly work was last done and what came of it in
	// one line; a zero moment when it never was.
	LastRun func(ctx context.Context) (clock.Time, string, error)
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("person", Files, "data", dataView{})
	d.Views.Add("person", Files, "kind", kindView{})
	d.Views.Add("person", Files, "ask", askView{})
	d.Views.Add("person", Files, "request", requestView{})
	d.Views.Add("person", Files, "requests", requestsView{})
	d.Views.Add("person", Files, "retention", retentionView{})
	d.Views.Add("person", Files, "looks", looksView{})
	dpo := gate.Roles(access.RoleDPO)
	officers, admins := gate.Roles(p.Persons.OfficerRoles()...), gate.Roles(access.RoleSysadmin)
	d.Pages(
		gate.Route{Method: "GET", Path: "/konto/data", Rule: gate.SignedIn(), Handle: p.data},
		gate.Route{Method: "GET", Path: "/konto/data/{kind}", Rule: gate.SignedIn(), Handle: p.kind},
		gate.Route{Method: "GET", Path: "/konto/mine-data.csv", Rule: gate.SignedIn(), Handle: p.sheet},
		gate.Route{Method: "GET", Path: "/konto/slettekrav", Rule: gate.SignedIn(), Handle: p.ask},
		gate.Route{Method: "POST", Path: "/konto/slettekrav", Rule: gate.SignedIn(), Handle: p.askPost},
		gate.Route{Method: "GET", Path: "/slettekrav", Rule: officers, Handle: p.requests},
		gate.Route{Method: "GET", Path: "/slettekrav/{id}", Rule: gate.SignedIn(), Handle: p.request},
		gate.Route{Method: "POST", Path: "/slettekrav/{id}/svar", Rule: officers, Handle: p.answerPost},
		gate.Route{Method: "POST", Path: "/slettekrav/{id}/forleng", Rule: officers, Handle: p.extendPost},
		gate.Route{Method: "POST", Path: "/slettekrav/{id}/lest", Rule: gate.SignedIn(), Handle: p.readPost},
		gate.Route{Method: "GET", Path: "/administrasjon/oppbevaring", Rule: admins, Handle: p.retention},
		gate.Route{Method: "GET", Path: "/administrasjon/innsynslogg", Rule: dpo, Handle: p.looks},
		gate.Route{Method: "GET", Path: "/administrasjon/innsynslogg.csv", Rule: dpo, Handle: p.looksCSV},
	)
	d.Says("person.said.sent", "person.said.answered", "person.said.extended", "person.said.read")
}
