// Package pasteweb has the pages where somebody pastes an e-mail or minutes and goes
// through the needs found in it, one by one: the text, the proposals as cards that say
// why, and the form of one proposal.
package pasteweb

import (
	"embed"
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/paste"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Paste *paste.Service
	Needs *need.Service
	// Register looks up organisations that are not known here.
	Register *register.Service
	// Meant gives the concepts that a text is about, with its words for them.
	Meant func(text string) []match.Concept
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("paste", Files, "text", textView{})
	d.Views.Add("paste", Files, "proposals", proposalsView{})
	d.Views.Add("paste", Files, "proposal", proposalView{})
	registrars := gate.Roles(need.OwnerRoles()...)
	d.Pages(
		gate.Route{Method: "GET", Path: "/behov/lim-inn", Rule: registrars, Handle: p.text},
		gate.Route{Method: "POST", Path: "/behov/lim-inn", Rule: registrars, Handle: p.textPost},
		gate.Route{Method: "GET", Path: "/behov/lim-inn/{id}/forslag", Rule: registrars, Handle: p.proposals},
		gate.Route{Method: "POST", Path: "/behov/lim-inn/{id}/slett", Rule: registrars, Handle: p.dropPost},
		gate.Route{Method: "GET", Path: "/behov/lim-inn/{id}/forslag/{nr}", Rule: registrars, Handle: p.proposal},
		gate.Route{Method: "POST", Path: "/behov/lim-inn/{id}/forslag/{nr}", Rule: registrars, Handle: p.proposalPost},
		gate.Route{Method: "POST", Path: "/behov/lim-inn/{id}/forslag/{nr}/utkast", Rule: registrars, Handle: p.takePost},
		gate.Route{Method: "POST", Path: "/behov/lim-inn/{id}/forslag/{nr}/la-ligge", Rule: registrars, Handle: p.leavePost},
	)
	d.Says("paste.said.taken", "paste.said.left", "paste.said.again", "paste.said.dropped")
}

func path(p paste.ID) string { return "/behov/lim-inn/" + string(p) }

func itemPath(p paste.ID, nr int) string { return path(p) + "/forslag/" + strconv.Itoa(nr+1) }

// find reads the text that the path names; for all but its owner there is none.
func (p *pages) find(r *http.Request, actor access.Actor) (paste.Paste, error) {
	id, err := paste.ParseID(r.PathValue("id"))
	if err != nil {
		return paste.Paste{}, fault.Missing()
	}
	return p.Paste.Get(r.Context(), actor, id)
}

// findItem reads the proposal that the path names; nr counts from 0.
func (p *pages) findItem(r *http.Request, actor access.Actor) (whole paste.Paste, nr int, err error) {
	if whole, err = p.find(r, actor); err != nil {
		return whole, 0, err
	}
	n, err := strconv.Atoi(r.PathValue("nr"))
	if err != nil || n < 1 || n > len(whole.Items) {
		return whole, 0, fault.Missing()
	}
	return whole, n - 1, nil
}
