// Package searchweb has the page of the search, and the same as JSON.
package searchweb

import (
	"context"
	"embed"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/search"
	"kompetansetorg/internal/kit/i18n"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need. Place names a municipality by its number.
type Deps struct {
	Search *search.Service
	Place  func(number string) string
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes. Visitors may search; they find what visitors may see.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("search", Files, "show", showView{})
	d.Pages(gate.Route{Method: "GET", Path: "/sok", Rule: gate.Public(), Handle: p.show})
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/search", Rule: gate.Public(), ID: "search",
		Summary: "Search everything the reader may see", Tags: []string{"search"}}, p.api)
}

type apiIn struct {
	Q            string `query:"q" maxLength:"200" doc:"Words that all must be there; quotes around those that stand together"`
	Kind         string `query:"kind" maxLength:"40" doc:"Only things of the kind, as in kinds"`
	Municipality string `query:"municipality" maxLength:"4" doc:"Only things in the municipality"`
	Year         int    `query:"year" minimum:"0" maximum:"9999" doc:"Only things of the year"`
	Lang         string `query:"lang" enum:"nb,nn,en," doc:"Language of titles and excerpts"`
	Skip         int    `query:"skip" minimum:"0" maximum:"100000" doc:"How many hits to leave out"`
	Limit        int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

type apiHit struct {
	Kind           string   `json:"kind"`
	ID             string   `json:"id"`
	Number         string   `json:"number,omitempty"`
	Title          string   `json:"title"`
	Excerpt        string   `json:"excerpt"`
	Municipalities []string `json:"municipalities"`
	Day            string   `json:"day,omitempty"`
	Path           string   `json:"path"`
	Score          float64  `json:"score"`
}

type apiCount struct {
	Value string `json:"value"`
	Count int    `json:"count"`
	Least bool   `json:"least,omitempty" doc:"There are at least so many"`
}

type apiOut struct {
	Body struct {
		Items          []apiHit   `json:"items"`
		Total          int        `json:"total"`
		Least          bool       `json:"least,omitempty" doc:"There are more than total; narrow to reach them"`
		Meant          string     `json:"meant,omitempty" doc:"What was looked for instead, when nothing was found"`
		Kinds          []apiCount `json:"kinds"`
		Municipalities []apiCount `json:"municipalities"`
		Years          []apiCount `json:"years"`
	}
}

func (p *pages) api(ctx context.Context, actor access.Actor, in *apiIn) (*apiOut, error) {
	lang := i18n.Lang(in.Lang)
	if lang == "" {
		lang = i18n.NB
	}
	r, err := p.Search.Find(ctx, actor, search.Query{Text: in.Q, Kind: in.Kind, Municipality: in.Municipality, Year: in.Year, Lang: lang,
		Skip: in.Skip, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &apiOut{}
	out.Body.Total, out.Body.Least, out.Body.Meant, out.Body.Items = r.Total, r.Least, r.Meant, make([]apiHit, len(r.Hits))
	out.Body.Kinds, out.Body.Municipalities, out.Body.Years = counted(r.Kinds), counted(r.Municipalities), counted(r.Years)
	for i, h := range r.Hits {
		hit := apiHit{Kind: h.Kind.Name, ID: h.ID, Number: h.Number, Title: h.Title.String(), Excerpt: h.Excerpt.String(),
			Municipalities: h.Municipalities, Path: h.Kind.Path + h.ID, Score: h.Score}
		if hit.Municipalities == nil {
			hit.Municipalities = []string{}
		}
		if !h.Day.IsZero() {
			hit.Day = h.Day.String()
		}
		out.Body.Items[i] = hit
	}
	return out, nil
}

func counted(list []search.Count) []apiCount {
	out := make([]apiCount, len(list))
	for i, c := range list {
		out[i] = apiCount{c.Value, c.N, c.Least}
	}
	return out
}
