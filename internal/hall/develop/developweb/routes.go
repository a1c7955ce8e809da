// Package developweb has the pages where a provider answers a need or a pooled need, in
// two steps; what such a page shows of the answers; and the list of answers that are late.
package developweb

import (
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/support"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Develop *develop.Service
	Supply  *supply.Service
	Support *support.Service
	Clock   clock.Clock
	// Onward is what the reader can do with an answer; nil for nothing.
	Onward func(r *http.Request, actor access.Actor, a develop.Answer) ([]ui.Action, error)
}

// Pages are the hall's pages.
type Pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes; what it answers draws the answers on the pages of needs.
func Register(d *gate.Door, deps Deps) *Pages {
	p := &Pages{Deps: deps, door: d}
	providers := gate.Roles(access.RoleProviderUser)
	leaf.Forms(d, providers, map[string]leaf.Maker{"/behov/{id}/svar": p.answerForm(aboutNeed), "/felles/{id}/svar": p.answerForm(aboutPool)})
	d.Pages(gate.Route{Method: "GET", Path: "/tilbydersvar", Rule: gate.Roles(access.RoleSecretary, access.RoleCaseOfficer), Handle: p.late})
	d.Says("develop.said.answered")
	p.registerAPI()
	return p
}

// aboutNeed and aboutPool read what the address names.
func aboutNeed(id string) (develop.About, error) {
	n, err := need.ParseID(id)
	if err != nil {
		return develop.About{}, fault.Missing()
	}
	return develop.About{Need: n}, nil
}

func aboutPool(id string) (develop.About, error) {
	p, err := pool.ParseID(id)
	if err != nil {
		return develop.About{}, fault.Missing()
	}
	return develop.About{Pool: p}, nil
}

// late lists what has not been answered in time.
func (p *Pages) late(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	list, err := p.Develop.Late(r.Context(), actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	section := leaf.Section{ID: "late", Title: t.T("develop.late.n", "n", len(list))}
	for _, x := range list {
		days := p.Clock.Today().Sub(x.AnswerBy)
		section.Cards = append(section.Cards, ui.Card{Kicker: x.Number, Title: x.Title, Href: x.About.Path(), Tags: []ui.Tag{{Text: t.T("develop.late.days", "n", days), Color: ui.Danger}},
			Facts: []ui.Fact{{Label: t.T("develop.fact.provider"), Text: x.ProviderName}, {Label: t.T("develop.fact.answer_by"), Text: t.Date(x.AnswerBy)}}})
	}
	if len(list) == 0 {
		section.Empty = &ui.Empty{Title: t.T("develop.late.none"), Text: t.T("develop.late.none.text"), Actions: []ui.Action{{Label: t.T("develop.late.all"), Href: "/behov?state=in_follow_up", Variant: ui.Secondary}}}
	}
	return leaf.Show(p.door, w, r, actor, leaf.Page{Head: ui.Head{Title: t.T("develop.late"), Lead: t.T("develop.late.lead")},
		Crumbs: []ui.Link{{Label: t.T("develop.needs"), Href: "/behov"}}, Main: []leaf.Section{section}})
}

// kindTags tells whether an answer came late, or has been replaced.
func kindTags(t i18n.Printer, a develop.Answer) []ui.Tag {
	var out []ui.Tag
	if !a.Last {
		out = append(out, ui.Tag{Text: t.T("develop.replaced")})
	}
	if a.Late() {
		out = append(out, ui.Tag{Text: t.T("develop.was_late"), Color: ui.Warning})
	}
	return out
}
