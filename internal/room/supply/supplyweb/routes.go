package supplyweb

import (
	"context"
	"embed"
	"fmt"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/address"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/say"
	"kompetansetorg/internal/room/supply/storing"
	"kompetansetorg/internal/room/supply/supplyweb/apiweb"
	"kompetansetorg/internal/room/supply/supplyweb/elmweb"
	"kompetansetorg/internal/room/supply/supplyweb/formweb"
	"kompetansetorg/internal/room/supply/supplyweb/importweb"
	"kompetansetorg/internal/room/supply/supplyweb/oeapiweb"
)

// Files are the pages and texts; the texts are also those of importweb and of
// the package say.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Papers are the templates of the fact sheet.
//
//go:embed paper/*.md
var Papers embed.FS

// Deps is what the pages need.
type Deps struct {
	Supply *supply.Service
	// Storing takes in files of programmes.
	Storing *storing.Service
	Orgs    *org.Service
	Places  *place.Register
	Clock   clock.Clock
	// Shelf shows the fact sheet.
	Shelf *paperview.Shelf
	// PublicURL begins the addresses that leave the site; no slash at its end.
	PublicURL string
	// ContactEmail is whom users of the data may write to; empty: post@ the
	// host of PublicURL.
	ContactEmail string
	// ConceptLabel names a concept of a vocabulary in the language; nil or an
	// empty answer: its code is shown alone.
	ConceptLabel func(scheme, code string, lang i18n.Lang) string
	// Beside says what others than this room have to say about an offering to
	// the reader, in the language of the request. They are asked in order; what
	// they fail with fails the page.
	Beside []func(r *http.Request, actor access.Actor, i *supply.Item) (Beside, error)
	// News lists what has been offered lately, the newest first; nil: there is no
	// feed of it.
	News func(ctx context.Context) ([]News, error)
}

// Beside is what others say about an offering on its programme's page.
type Beside struct {
	// Apply is how to get in; where it is not empty it stands instead of whom
	// to ask.
	Apply []ui.Action
	// Notes say more of how to get in.
	Notes []string
	// Facts stand behind the offering's own.
	Facts []ui.Fact
	// Links lead to what else there is about the offering.
	Links []ui.Link
}

// beside is what all of them say.
func (p *pages) beside(r *http.Request, actor access.Actor, i *supply.Item) (Beside, error) {
	var all Beside
	for _, ask := range p.Beside {
		b, err := ask(r, actor, i)
		if err != nil {
			return Beside{}, fmt.Errorf("beside offering %s: %w", i.Offering.ID, err)
		}
		all.Apply, all.Notes = append(all.Apply, b.Apply...), append(all.Notes, b.Notes...)
		all.Facts, all.Links = append(all.Facts, b.Facts...), append(all.Links, b.Links...)
	}
	return all, nil
}

type pages struct {
	Deps
	door      *gate.Door
	addresses address.Reader
	api       *apiweb.Service
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	addresses := address.Reader{Places: deps.Places, Clock: deps.Clock}
	p := &pages{Deps: deps, door: d, addresses: addresses, api: &apiweb.Service{Supply: deps.Supply, Addresses: addresses, PublicURL: deps.PublicURL}}
	d.Views.Add("supply", Files, "list", listView{})
	d.Views.Add("supply", Files, "show", showView{})
	d.Views.Add("supply", Files, "mine", mineView{})
	d.Views.Add("supply", Files, "programme", programmeView{})
	d.Views.Add("supply", Files, "offering", offeringView{})
	d.Views.Add("supply", Files, "cancel", cancelView{})
	providers := gate.Roles(access.RoleProviderUser)
	d.Pages(
		gate.Route{Method: "GET", Path: "/tilbud", Rule: gate.Public(), Handle: p.list},
		gate.Route{Method: "GET", Path: "/tilbud/eksport.csv", Rule: gate.Public(), Handle: p.exportCSV},
		gate.Route{Method: "GET", Path: "/tilbud/eksport.xlsx", Rule: gate.Public(), Handle: p.exportXLSX},
		gate.Route{Method: "GET", Path: "/tilbud/eksport.json", Rule: gate.Public(), Handle: p.exportJSON},
		gate.Route{Method: "GET", Path: feedPath, Rule: gate.Public(), Handle: p.feed},
		gate.Route{Method: "GET", Path: "/tilbud/mine", Rule: providers, Handle: p.mine},
		gate.Route{Method: "GET", Path: "/tilbud/ny", Rule: providers, Handle: p.newProgramme},
		gate.Route{Method: "POST", Path: "/tilbud/ny", Rule: providers, Handle: p.newProgrammePost},
		gate.Route{Method: "GET", Path: "/tilbud/{id}", Rule: gate.Public(), Handle: p.show},
		gate.Route{Method: "GET", Path: "/tilbud/{id}/rediger", Rule: providers, Handle: p.editProgramme},
		gate.Route{Method: "POST", Path: "/tilbud/{id}/rediger", Rule: providers, Handle: p.editProgrammePost},
		gate.Route{Method: "POST", Path: "/tilbud/{id}/tilstand", Rule: providers, Handle: p.programmeStatePost},
		gate.Route{Method: "GET", Path: "/tilbud/{id}/ny", Rule: providers, Handle: p.newOffering},
		gate.Route{Method: "POST", Path: "/tilbud/{id}/ny", Rule: providers, Handle: p.newOfferingPost},
		gate.Route{Method: "GET", Path: "/tilbud/{id}/{offering}/rediger", Rule: providers, Handle: p.editOffering},
		gate.Route{Method: "POST", Path: "/tilbud/{id}/{offering}/rediger", Rule: providers, Handle: p.editOfferingPost},
		gate.Route{Method: "POST", Path: "/tilbud/{id}/{offering}/publiser", Rule: providers, Handle: p.publishPost},
		gate.Route{Method: "POST", Path: "/tilbud/{id}/{offering}/bekreft", Rule: providers, Handle: p.confirmPost},
		gate.Route{Method: "POST", Path: "/tilbud/{id}/{offering}/hvil", Rule: providers, Handle: p.restPost},
		gate.Route{Method: "POST", Path: "/tilbud/{id}/{offering}/kopier", Rule: providers, Handle: p.copyPost},
		gate.Route{Method: "GET", Path: "/tilbud/{id}/{offering}/avlys", Rule: providers, Handle: p.cancel},
		gate.Route{Method: "POST", Path: "/tilbud/{id}/{offering}/avlys", Rule: providers, Handle: p.cancelPost},
	)
	deps.Shelf.Pages("/tilbud/{id}/faktaark", gate.Public(), p.factSheet)
	apiweb.Register(d, p.api, providers)
	d.Says("supply.said.programme_created", "supply.said.programme_saved", "supply.said.offering_created", "supply.said.offering_saved",
		"supply.said.published", "supply.said.confirmed", "supply.said.resting", "supply.said.cancelled", "supply.said.copied",
		"supply.said.programme_active", "supply.said.programme_inactive")
	importweb.Register(d, importweb.Deps{Supply: deps.Supply, Storing: deps.Storing, Orgs: deps.Orgs, Places: deps.Places})
	elmweb.Register(d, elmweb.Deps{Supply: deps.Supply, Places: deps.Places, PublicURL: deps.PublicURL})
	oeapiweb.Register(d, oeapiweb.Deps{Supply: deps.Supply, Orgs: deps.Orgs, Places: deps.Places, Clock: deps.Clock,
		PublicURL: deps.PublicURL, ContactEmail: deps.ContactEmail})
}

// offerings is the form of an offering.
func (p *pages) offerings() formweb.Offerings {
	return formweb.Offerings{Addresses: p.addresses, Regions: p.regionOptions()}
}

func (p *pages) speaker(r *http.Request) say.Speaker {
	return say.Speaker{Printer: p.door.Printer(r), Places: p.Places}
}

func programmePath(programme offer.ProgrammeID) string { return "/tilbud/" + string(programme) }

// offeringPath is the offering's place on its programme's page.
func offeringPath(o *offer.Offering) string {
	return programmePath(o.Programme) + "#" + anchor(o.ID)
}

func anchor(o offer.OfferingID) string { return "t-" + string(o) }

// actionPath is where an act on the offering is posted.
func actionPath(o *offer.Offering, act string) string {
	return programmePath(o.Programme) + "/" + string(o.ID) + "/" + act
}

func programmeID(r *http.Request) (offer.ProgrammeID, bool) {
	v, err := id.Parse[offer.Programme](r.PathValue("id"))
	return v, err == nil
}

func offeringID(r *http.Request) (offer.OfferingID, bool) {
	v, err := id.Parse[offer.Offering](r.PathValue("offering"))
	return v, err == nil
}
