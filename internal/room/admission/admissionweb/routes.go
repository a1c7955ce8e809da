// Package admissionweb has the pages of admission: applying for a place, one's own
// applications, those that a provider answers, and the page behind the link of somebody who
// was nominated. The JSON of applications is here too.
package admissionweb

import (
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/entry"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/address"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/say"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the pages need. PublicURL begins the addresses that leave the site; no slash
// at its end.
type Deps struct {
	Admission *admission.Service
	Promises  entry.Promises
	Supply    *supply.Service
	Orgs      *org.Service
	Places    *place.Register
	Clock     clock.Clock
	PublicURL string
}

// Pages are the pages, and what the page of a programme shows of admission.
type Pages struct {
	Deps
	door      *gate.Door
	addresses address.Reader
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) *Pages {
	p := &Pages{Deps: deps, door: d, addresses: address.Reader{Places: deps.Places, Clock: deps.Clock}}
	d.Pages(gate.Route{Method: "GET", Path: "/soknader", Rule: gate.SignedIn(), Handle: p.list},
		gate.Route{Method: "GET", Path: "/soknader/{id}", Rule: gate.SignedIn(), Handle: p.show},
		gate.Route{Method: "GET", Path: "/tilbud/{id}/{offering}/soknader", Rule: gate.Roles(access.RoleProviderUser), Handle: p.given},
		gate.Route{Method: "GET", Path: "/soknad/{token}", Rule: gate.Public(), Handle: p.byLink})
	leaf.Forms(d, gate.SignedIn(), map[string]leaf.Maker{"/tilbud/{id}/{offering}/sok": p.applyForm, "/soknader/{id}/flytt/{to}": p.moveForm, "/soknader/{id}/ta-ut": p.takeOutForm})
	leaf.Forms(d, gate.Public(), map[string]leaf.Maker{"/soknad/{token}/flytt/{to}": p.linkMoveForm, "/soknad/{token}/slett": p.linkEmptyForm})
	d.Says("admission.said.applied", "admission.said.admitted", "admission.said.queued", "admission.said.moved", "admission.said.taken_out")
	registerAPI(d, p)
	return p
}

func path(a admission.ID, more string) string { return "/soknader/" + string(a) + more }

func linkPath(token, more string) string { return "/soknad/" + token + more }

func offeringPath(programme, offering, more string) string {
	return "/tilbud/" + programme + "/" + offering + more
}

func crumbs(t i18n.Printer, more ...ui.Link) []ui.Link {
	return append([]ui.Link{{Label: t.T("admission.title"), Href: "/soknader"}}, more...)
}

func (p *Pages) find(r *http.Request, actor access.Actor) (admission.Detail, error) {
	id, err := admission.ParseID(r.PathValue("id"))
	if err != nil {
		return admission.Detail{}, fault.Missing()
	}
	return p.Admission.Get(r.Context(), actor, id)
}

// offering is the offering that the path names, with its programme, as the reader sees it.
func (p *Pages) offering(r *http.Request, actor access.Actor) (*supply.Item, error) {
	programme, err := id.Parse[offer.Programme](r.PathValue("id"))
	if err != nil {
		return nil, fault.Missing()
	}
	return p.item(r, actor, programme, r.PathValue("offering"))
}

// item is an offering of the programme as the reader sees it, or NotFound.
func (p *Pages) item(r *http.Request, actor access.Actor, programme offer.ProgrammeID, offering string) (*supply.Item, error) {
	d, err := p.Supply.Programme(r.Context(), actor, programme)
	if err != nil {
		return nil, err
	}
	for _, i := range d.Items {
		if string(i.Offering.ID) == offering {
			return i, nil
		}
	}
	return nil, fault.Missing()
}

func (p *Pages) speaker(r *http.Request) say.Speaker {
	return say.Speaker{Printer: p.door.Printer(r), Places: p.Places}
}

// orgName is the name of an organisation today.
func (p *Pages) orgName(r *http.Request, o access.OrgID) (string, error) {
	if o == "" {
		return "", nil
	}
	found, err := p.Orgs.Get(r.Context(), o)
	return found.NameOn(p.Clock.Today()), err
}

func stateLabel(s flow.State) i18n.Key {
	def, _ := admission.Flow().State(s)
	return def.Label
}

// stateTag is where an application stands, as a coloured word.
func stateTag(t i18n.Printer, s flow.State) ui.Tag {
	color := ui.Info
	switch s {
	case admission.Admitted, admission.Started, admission.Completed:
		color = ui.Success
	case admission.Offered:
		color = ui.Warning
	case admission.Refused, admission.Interrupted:
		color = ui.Danger
	case admission.Withdrawn:
		color = ui.Neutral
	}
	return ui.Tag{Text: t.T(stateLabel(s)), Color: color}
}
