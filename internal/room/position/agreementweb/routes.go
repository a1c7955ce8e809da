// Package agreementweb has the pages of the agreement between an employer, the one who got
// the job and the provider: what it says, who has said yes, the same as a paper, and the
// forms to write it and to say yes.
package agreementweb

import (
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/position"
	"kompetansetorg/internal/room/position/agreement"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Papers are the templates of the paper.
//
//go:embed paper/*.md
var Papers embed.FS

// Paper is the agreement as a paper.
func Paper() paper.Kind {
	return paper.Kind{Name: "trepartsavtale", Files: Papers, Values: []string{"title", "status"}, Blocks: []string{"terms", "yeses"}}
}

// Deps is what the pages need.
type Deps struct {
	Agreements *agreement.Service
	Positions  *position.Service
	Shelf      *paperview.Shelf
	Clock      clock.Clock
}

// Pages are the pages of agreements.
type Pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) *Pages {
	p := &Pages{Deps: deps, door: d}
	d.Pages(gate.Route{Method: "GET", Path: "/stillinger/{id}/avtale", Rule: gate.SignedIn(), Handle: p.show},
		gate.Route{Method: "GET", Path: "/stillingsavtale/{id}", Rule: gate.SignedIn(), Handle: p.toPage})
	deps.Shelf.Pages("/stillinger/{id}/avtale/ark", gate.SignedIn(), p.paper)
	leaf.Forms(d, gate.SignedIn(), map[string]leaf.Maker{"/stillinger/{id}/avtale/skriv": p.writeForm, "/stillinger/{id}/avtale/ja/{party}": p.yesForm})
	d.Says("agreement.said.written", "agreement.said.yes")
	return p
}

func path(p position.ID, more string) string { return "/stillinger/" + string(p) + "/avtale" + more }

func (p *Pages) crumbs(t i18n.Printer, a agreement.Agreement, more ...ui.Link) []ui.Link {
	out := []ui.Link{{Label: t.T("position.title"), Href: "/stillinger"}, {Label: a.Position.Title, Href: "/stillinger/" + string(a.Position.ID)}}
	if a.Position.State == position.Interrupted && !a.Is(agreement.Employer) && !a.Is(agreement.Provider) {
		out = out[:1] // the page of the position is not open to her any more
	}
	return append(out, more...)
}

func (p *Pages) find(r *http.Request, actor access.Actor) (agreement.Agreement, error) {
	id, err := position.ParseID(r.PathValue("id"))
	if err != nil {
		return agreement.Agreement{}, fault.Missing()
	}
	return p.Agreements.Get(r.Context(), actor, id)
}

// toPage leads from an agreement, as notices name it, to its page.
func (p *Pages) toPage(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	a, err := p.find(r, actor)
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path(a.Position.ID, ""))
}

// OnPosition is what one of the three reads of the agreement on the position's page;
// nothing for all others.
func (p *Pages) OnPosition(r *http.Request, actor access.Actor, of position.ID) ([]leaf.Section, error) {
	a, err := p.Agreements.Get(r.Context(), actor, of)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	t := p.door.Printer(r)
	return []leaf.Section{{ID: "avtale", Title: t.T("agreement.title"), Text: t.T(state(a)), Actions: []ui.Action{{Label: t.T("agreement.see"), Href: path(of, ""), Variant: ui.Secondary}}}}, nil
}

// state is how far the three have come.
func state(a agreement.Agreement) i18n.Key {
	switch {
	case a.Nr == 0:
		return "agreement.state.none"
	case a.IsFrozen():
		return "agreement.state.frozen"
	case len(a.MaySay()) > 0:
		return "agreement.state.yours"
	}
	return "agreement.state.waits"
}

// Notice puts what happened with an agreement in a plain sentence, and who does what next,
// and by when, in another. It names no person.
func Notice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	happened := happening.What(n.Event.What)
	what = t.T(i18n.Key("agreement.notice." + string(happened)))
	day := t.Day(n.Event.Ball.Due, today)
	switch {
	case happened == agreement.WasFrozen:
		return what, t.T("agreement.notice.next.frozen", "day", day)
	case n.BallMine:
		return what, t.T("agreement.notice.next.you", "day", day)
	case n.BallName == "":
		return what, t.T("agreement.notice.next.candidate", "day", day)
	}
	return what, t.T("agreement.notice.next.other", "who", n.BallName, "day", day)
}
