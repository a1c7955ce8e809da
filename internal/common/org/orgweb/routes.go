package orgweb

import (
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Orgs     *org.Service
	Register *register.Service
	Places   *place.Register
	Clock    clock.Clock
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("org", Files, "list", listView{})
	d.Views.Add("org", Files, "show", showView{})
	d.Views.Add("org", Files, "edit", editView{})
	d.Views.Add("org", Files, "rename", renameView{})
	d.Views.Add("org", Files, "mandate", mandateView{})
	d.Views.Add("org", Files, "end", endView{})
	registrars := gate.Roles(org.Registrars()...)
	sides := gate.Roles(append(org.ActsFor(), access.RoleOrgMember)...)
	ends := gate.Roles(append(org.ActsFor(), access.RoleOrgMember, access.RoleSysadmin)...)
	d.Pages(
		gate.Route{Method: "GET", Path: "/virksomheter", Rule: gate.Public(), Handle: p.list},
		gate.Route{Method: "GET", Path: "/virksomheter/ny", Rule: registrars, Handle: p.create},
		gate.Route{Method: "POST", Path: "/virksomheter/ny", Rule: registrars, Handle: p.createPost},
		gate.Route{Method: "GET", Path: "/virksomheter/{id}", Rule: gate.Public(), Handle: p.show},
		gate.Route{Method: "GET", Path: "/virksomheter/{id}/rediger", Rule: registrars, Handle: p.edit},
		gate.Route{Method: "POST", Path: "/virksomheter/{id}/rediger", Rule: registrars, Handle: p.editPost},
		gate.Route{Method: "GET", Path: "/virksomheter/{id}/nytt-navn", Rule: registrars, Handle: p.rename},
		gate.Route{Method: "POST", Path: "/virksomheter/{id}/nytt-navn", Rule: registrars, Handle: p.renamePost},
		gate.Route{Method: "GET", Path: "/virksomheter/{id}/fullmakt", Rule: sides, Handle: p.mandate},
		gate.Route{Method: "POST", Path: "/virksomheter/{id}/fullmakt", Rule: sides, Handle: p.mandatePost},
		gate.Route{Method: "GET", Path: "/virksomheter/{id}/fullmakt/{mandate}", Rule: ends, Handle: p.end},
		gate.Route{Method: "POST", Path: "/virksomheter/{id}/fullmakt/{mandate}", Rule: ends, Handle: p.endPost},
	)
	p.registerAPI()
	d.Says("org.created", "org.saved", "org.renamed", "org.mandate.saved", "org.mandate.ended")
}

func href(o org.ID) string { return "/virksomheter/" + string(o) }

// find reads the organisation that the path names.
func (p *pages) find(r *http.Request) (org.Organisation, error) {
	o, err := access.ParseOrgID(r.PathValue("id"))
	if err != nil {
		return org.Organisation{}, fault.Missing()
	}
	return p.Orgs.Get(r.Context(), o)
}

// where is a municipality in words: its name, with the county where several
// share the name, and the year it ended when it is no more.
func (p *pages) where(t i18n.Printer, number string) string {
	m, err := p.Places.Municipality(place.Number(number))
	if err != nil {
		return number
	}
	label := p.Places.On(m.To).Label(m)
	if !m.To.IsZero() && m.To.Before(p.Clock.Today()) {
		return t.T("org.place.closed", "name", label, "date", m.To)
	}
	return label
}

// crumbs lead to the register, and to the organisation on its inner pages.
func crumbs(t i18n.Printer, inner ...ui.Link) []ui.Link {
	return append([]ui.Link{{Label: t.T("org.title"), Href: "/virksomheter"}}, inner...)
}
