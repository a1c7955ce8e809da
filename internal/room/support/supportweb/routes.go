// Package supportweb has the pages of the toolbox: measures, support schemes
// and guidance as cards, open to read, edited by the county and the forum
// secretaries.
package supportweb

import (
	"context"
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/support"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Support *support.Service
	Attach  *attach.Service
	Clock   clock.Clock
	// OnCard adds to a card's page what others know of it, Narrow fields to the toolbox with
	// which of the cards are looked for then, nil while nothing is. Both may be nil.
	OnCard func(r *http.Request, actor access.Actor, c support.Card, page *leaf.Page) error
	Narrow func(r *http.Request, in *form.Input) ([]form.Field, func(support.ID) bool, error)
	// Beside is what others have to show under the cards of the toolbox; nil for none.
	Beside func(r *http.Request) ([]leaf.Section, error)
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("support", Files, "list", listView{})
	d.Views.Add("support", Files, "edit", editView{})
	editors := gate.Roles(access.RoleCaseOfficer, access.RoleSecretary)
	d.Pages(
		gate.Route{Method: "GET", Path: "/verktoykasse", Rule: gate.Public(), Handle: p.list},
		gate.Route{Method: "GET", Path: "/verktoykasse/ny", Rule: editors, Handle: p.create},
		gate.Route{Method: "POST", Path: "/verktoykasse/ny", Rule: editors, Handle: p.createPost},
		gate.Route{Method: "GET", Path: "/verktoykasse/{id}", Rule: gate.Public(), Handle: p.show},
		gate.Route{Method: "GET", Path: "/verktoykasse/{id}/rediger", Rule: gate.SignedIn(), Handle: p.edit},
		gate.Route{Method: "POST", Path: "/verktoykasse/{id}/rediger", Rule: gate.SignedIn(), Handle: p.editPost},
	)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/cards", Rule: gate.Public(), ID: "list-cards",
		Summary: "Measures, support schemes and guidance", Tags: []string{"support"}}, p.apiList)
	d.Says("support.saved", "support.created")
}

func kindLabel(k support.Kind) i18n.Key         { return i18n.Key("support.kind." + string(k)) }
func groupLabel(g support.TargetGroup) i18n.Key { return i18n.Key("support.group." + string(g)) }

type apiListIn struct {
	Q    string `query:"q" maxLength:"200" doc:"Words to look for"`
	Kind string `query:"kind" enum:"measure,support,guidance,"`
}

// apiCard is a card in JSON: amounts as integer øre with their year.
type apiCard struct {
	ID          string     `json:"id"`
	Code        string     `json:"code"`
	Kind        string     `json:"kind"`
	TargetGroup string     `json:"target_group"`
	Title       i18n.Text  `json:"title"`
	ForWhom     i18n.Text  `json:"for_whom"`
	What        i18n.Text  `json:"what"`
	Effort      i18n.Text  `json:"effort"`
	Owner       i18n.Text  `json:"owner"`
	Source      string     `json:"source"`
	LastChecked clock.Date `json:"last_checked"`
	Amount      *apiAmount `json:"amount,omitempty"`
}

type apiAmount struct {
	Value    int64  `json:"value"`
	Currency string `json:"currency"`
	Year     int    `json:"year"`
}

type apiListOut struct {
	Body struct {
		Items []apiCard `json:"items"`
		Total int       `json:"total"`
		Next  string    `json:"next,omitempty"`
	}
}

func (p *pages) apiList(ctx context.Context, _ access.Actor, in *apiListIn) (*apiListOut, error) {
	cards, err := p.Support.List(ctx, support.Filter{Text: in.Q, Kind: support.Kind(in.Kind)})
	if err != nil {
		return nil, err
	}
	out := &apiListOut{}
	out.Body.Items, out.Body.Total = make([]apiCard, len(cards)), len(cards)
	for i, c := range cards {
		out.Body.Items[i] = apiCard{ID: string(c.ID), Code: c.Code, Kind: string(c.Kind), TargetGroup: string(c.TargetGroup), Title: c.Title,
			ForWhom: c.ForWhom, What: c.What, Effort: c.Effort, Owner: c.Owner, Source: c.Source, LastChecked: c.LastChecked}
		if c.Amount > 0 {
			out.Body.Items[i].Amount = &apiAmount{Value: int64(c.Amount), Currency: "NOK", Year: c.AmountYear}
		}
	}
	return out, nil
}
