package accountweb

import (
	"context"
	"embed"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Accounts *account.Service
	Orgs     *org.Service
	Register *register.Service
	Places   *place.Register
	Clock    clock.Clock
	Sessions *Sessions
	// Address is the reader's network address, for counting failed sign-ins.
	Address Address
	// Demo turns on stepping into roles.
	Demo bool
	// Failed is told of every sign-in that did not succeed; it may be nil.
	Failed func()
	// PublicURL begins the one-time links.
	PublicURL string
	// Fates tells what goes and what stays when the actor deletes the account, in
	// the reader's words; nil tells nothing.
	Fates func(ctx context.Context, t i18n.Printer, actor access.Actor) (gone, stays []string, err error)
	// Offices are pages of other packages that one's own page leads those to who
	// may open them.
	Offices []AdminPage
	// More are pages of other packages that the administrator's overview leads to.
	More []AdminPage
}

// AdminPage is a page for administrators.
type AdminPage struct {
	Title, Text i18n.Key
	Href        string
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("account", Files, "signin", signinView{})
	d.Views.Add("account", Files, "accept", acceptView{})
	d.Pages(
		gate.Route{Method: "GET", Path: "/logg-inn", Rule: gate.Public(), Handle: p.signin},
		gate.Route{Method: "POST", Path: "/logg-inn", Rule: gate.Public(), Handle: p.signinPost},
		gate.Route{Method: "POST", Path: "/logg-ut", Rule: gate.Public(), Handle: p.signout},
		gate.Route{Method: "GET", Path: "/invitasjon/{token}", Rule: gate.Public(), Handle: p.accept},
		gate.Route{Method: "POST", Path: "/invitasjon/{token}", Rule: gate.Public(), Handle: p.acceptPost},
	)
	d.Says("account.welcome", "account.signed_out")
	if deps.Demo {
		d.Pages(gate.Route{Method: "POST", Path: "/demo/rolle", Rule: gate.Public(), Handle: p.demoRole})
		gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/demo/token", Rule: gate.Public(), ID: "demo-token",
			Summary: "A token for a demo role", Tags: []string{"demo"}}, p.demoToken)
	}
	p.registerOwn(d)
	p.registerAdmin(d)
}

// admins may invite people and give roles.
func admins() gate.Rule { return gate.Roles(access.RoleSysadmin) }
