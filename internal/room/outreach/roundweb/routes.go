// Package roundweb has the pages of mapping rounds: for those who run them, for
// those who answer by a link, and what came of it.
package roundweb

import (
	"context"
	"embed"
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/question/draw"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/hall/heard"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/outreach/round"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Once keeps a secret for the page that the reader is sent to, which shows it once.
type Once interface {
	Keep(r *http.Request, page, secret string)
	Take(r *http.Request) string
}

// Deps is what the pages need.
type Deps struct {
	Rounds    *round.Service
	Heard     *heard.Service
	Forms     *forms.Service
	Orgs      *org.Service
	Places    *place.Register
	Registers draw.Registers
	Clock     clock.Clock
	Once      Once
	PublicURL string
	Shelf     *paperview.Shelf
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	for name, zero := range map[string]any{"list": listView{}, "edit": editView{}, "show": showView{}, "links": linksView{}, "result": resultView{}, "answer": answerView{},
		"start": startView{}, "review": reviewView{}, "refused": refusedView{}, "join": joinView{}} {
		d.Views.Add("round", Files, name, zero)
	}
	readers := gate.Roles(round.Roles()...)
	page := func(method, path string, handle gate.Handler) gate.Route {
		return gate.Route{Method: method, Path: path, Rule: readers, Handle: handle}
	}
	d.Pages(
		page("GET", "/runder", p.list),
		page("GET", "/runder/ny", p.create), page("POST", "/runder/ny", p.createPost),
		page("GET", "/runder/{id}", p.show),
		page("GET", "/runder/{id}/rediger", p.edit), page("POST", "/runder/{id}/rediger", p.editPost),
		page("POST", "/runder/{id}/inviter", p.invitePost), page("POST", "/runder/{id}/ta-ut", p.uninvitePost),
		page("POST", "/runder/{id}/start", p.startPost), page("POST", "/runder/{id}/avslutt", p.closePost), page("POST", "/runder/{id}/frist", p.extendPost),
		page("POST", "/runder/{id}/lenker", p.linksPost), page("GET", "/runder/{id}/lenker", p.links), page("GET", "/runder/{id}/lenker.csv", p.linksCSV),
		page("POST", "/runder/{id}/steng", p.revokePost), page("POST", "/runder/{id}/apen-lenke", p.openLinkPost),
		page("GET", "/runder/{id}/resultat", p.result), page("GET", "/runder/{id}/resultat.csv", p.resultCSV), page("GET", "/runder/{id}/resultat.xlsx", p.resultXLSX),
		page("GET", "/runder/{id}/svar/{invite}", p.answer), page("POST", "/runder/{id}/svar/{invite}", p.needPost),
		page("GET", round.AnswerPath+"{answer}", p.placeOf),
	)
	p.Shelf.Pages("/runder/{id}/papir", readers, p.resultPaper)
	open := func(method, path string, handle gate.Handler) gate.Route {
		return gate.Route{Method: method, Path: path, Rule: gate.Public(), Handle: handle}
	}
	for _, x := range []struct {
		base  string
		route func(string, string, gate.Handler) gate.Route
		desk  func(*http.Request, access.Actor) (desk, error)
	}{{"/svar/{token}", open, p.bySecret}, {"/runder/{id}/for/{invite}", page, p.byStaff}} {
		at := func(fn func(http.ResponseWriter, *http.Request, access.Actor, desk) error) gate.Handler {
			return p.at(x.desk, fn)
		}
		d.Pages(
			x.route("GET", x.base, at(p.start)), x.route("POST", x.base, at(p.beginPost)),
			x.route("GET", x.base+"/del/{name}", at(p.section)), x.route("POST", x.base+"/del/{name}", at(p.sectionPost)),
			x.route("POST", x.base+"/del/{name}/vis", at(p.livePost)), x.route("GET", x.base+"/fil/{file}/{called}", at(p.filePage)),
			x.route("GET", x.base+"/se-over", at(p.review)), x.route("POST", x.base+"/se-over", at(p.submitPost)),
		)
	}
	d.Pages(page("POST", "/runder/{id}/for/{invite}/pa-nytt", p.at(p.byStaff, p.startOverPost)))
	d.Pages(open("GET", "/bli-med/{token}", p.join), open("POST", "/bli-med/{token}", p.joinPost))
	d.Says("round.said.created", "round.said.saved", "round.said.moved", "round.said.invited", "round.said.uninvited", "round.said.started", "round.said.closed", "round.said.extended",
		"round.said.revoked", "round.said.kept", "round.said.need", "round.said.answered")
}

func path(r round.ID) string { return "/runder/" + string(r) }

func (p *pages) id(r *http.Request) (round.ID, error) {
	one, err := id.Parse[round.Round](r.PathValue("id"))
	if err != nil {
		return "", fault.Missing()
	}
	return one, nil
}

func (p *pages) inviteID(r *http.Request, written string) (round.InviteID, error) {
	one, err := id.Parse[round.Invite](written)
	if err != nil {
		return "", fault.Missing()
	}
	return one, nil
}

// find reads the round that the path names.
func (p *pages) find(r *http.Request, actor access.Actor) (round.Whole, error) {
	one, err := p.id(r)
	if err != nil {
		return round.Whole{}, err
	}
	return p.Rounds.Get(r.Context(), actor, one)
}

func seen(r *http.Request) int64 {
	n, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

func hiddenVersion(r round.Round) []ui.Hidden {
	return []ui.Hidden{{Name: "version", Value: strconv.FormatInt(r.Version, 10)}}
}

func (p *pages) nameOf(ctx context.Context, o org.ID) (string, error) {
	found, err := p.Orgs.Get(ctx, o)
	return found.NameOn(p.Clock.Today()), err
}

// place names a municipality.
func (p *pages) place(number string) string {
	m, err := p.Places.Municipality(place.Number(number))
	if err != nil {
		return number
	}
	return p.Places.On(m.To).Label(m)
}

func crumbs(t i18n.Printer, r *round.Round) []ui.Link {
	out := []ui.Link{{Label: t.T("round.title"), Href: "/runder"}}
	if r != nil {
		out = append(out, ui.Link{Label: r.Title, Href: path(r.ID)})
	}
	return out
}

func stateTag(t i18n.Printer, s round.State) ui.Tag {
	color := map[round.State]ui.Color{round.Draft: ui.Neutral, round.Open: ui.Success, round.Closed: ui.Info}[s]
	return ui.Tag{Text: t.T(s.Label()), Color: color}
}
