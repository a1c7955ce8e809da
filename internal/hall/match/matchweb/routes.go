package matchweb

import (
	"embed"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/ask"
	"kompetansetorg/internal/room/supply/say"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Match *match.Service
	Asks  *ask.Service
}

// Pages answers the requests of the hall; Answers is for the page of a need.
type Pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) *Pages {
	p := &Pages{Deps: deps, door: d}
	d.Views.Add("match", Files, "find", findView{}, web.Fragment{Block: "match.options", Zero: optionsView{}})
	d.Views.Add("match", Files, "concept", conceptView{})
	d.Views.Add("match", Files, "verdict", verdictView{})
	d.Views.Add("match", Files, "adapt", adaptView{})
	d.Views.Add("match", Files, "quality", qualityView{})
	owners := gate.Roles(need.OwnerRoles()...)
	askers := gate.Roles(append(need.OwnerRoles(), access.RoleSecretary)...)
	d.Pages(
		gate.Route{Method: "GET", Path: "/finn", Rule: gate.Public(), Handle: p.find},
		gate.Route{Method: "GET", Path: "/finn/begrep", Rule: gate.Public(), Handle: p.options},
		gate.Route{Method: "POST", Path: "/behov/{id}/begrep", Rule: owners, Handle: p.conceptPost},
		gate.Route{Method: "GET", Path: "/behov/{id}/dom", Rule: gate.SignedIn(), Handle: p.verdict},
		gate.Route{Method: "POST", Path: "/behov/{id}/dom", Rule: gate.SignedIn(), Handle: p.verdictPost},
		gate.Route{Method: "GET", Path: "/behov/{id}/tilpasning", Rule: askers, Handle: p.adapt},
		gate.Route{Method: "POST", Path: "/behov/{id}/tilpasning", Rule: askers, Handle: p.adaptPost},
		gate.Route{Method: "GET", Path: "/kvalitet", Rule: gate.Public(), Handle: p.quality},
	)
	p.registerAPI()
	d.Says("match.said.concepts", "match.said.judged", "match.said.asked")
	return p
}

// speaker puts offerings into the reader's words.
func (p *Pages) speaker(t i18n.Printer) say.Speaker {
	return say.Speaker{Printer: t, Places: p.Match.Places}
}

func needPath(n need.ID) string { return "/behov/" + string(n) }

// needID reads the need that the path names; what is no id is not found.
func needID(s string) (need.ID, error) {
	n, err := need.ParseID(s)
	if err != nil {
		return "", fault.Missing()
	}
	return n, nil
}
