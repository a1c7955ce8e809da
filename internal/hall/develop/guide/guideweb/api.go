package guideweb

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/hall/develop/guide"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

// registerAPI adds the JSON of guides.
func registerAPI(d *gate.Door, p *Pages) {
	tags := []string{"guide"}
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/guides", Rule: gate.Public(), ID: "list-guides", Summary: "The guides that are open to all, in their newest versions", Tags: tags}, p.apiList)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/guides/{kind}", Rule: gate.Public(), ID: "get-guide", Summary: "The newest version of a guide", Tags: tags}, p.apiGet)
}

// Guide is the newest version of a guide in JSON.
type Guide struct {
	Kind     string         `json:"kind" enum:"forum,programme"`
	Version  int            `json:"version"`
	Why      string         `json:"why" doc:"What is new in the version"`
	At       clock.Time     `json:"at"`
	Sections []GuideSection `json:"sections"`
}

// GuideSection is a part of a guide. grown_from are the ids of the developments where it was
// learned, as far as the reader may know of them.
type GuideSection struct {
	ID        string    `json:"id"`
	Title     i18n.Text `json:"title"`
	Words     i18n.Text `json:"words"`
	GrownFrom []string  `json:"grown_from"`
}

type guidesOut struct {
	Body struct {
		Items []Guide `json:"items"`
		Total int     `json:"total"`
	}
}

func (p *Pages) inJSON(ctx context.Context, actor access.Actor, k guide.Kind) (Guide, error) {
	v, err := p.Guides.Read(ctx, actor, k, 0)
	if err != nil {
		return Guide{}, err
	}
	out := Guide{Kind: string(k), Version: v.Nr, Why: v.Why, At: v.At, Sections: make([]GuideSection, len(v.Sections))}
	for i, s := range v.Sections {
		out.Sections[i] = GuideSection{ID: string(s.ID), Title: s.Title, Words: s.Words, GrownFrom: []string{}}
		for _, l := range v.Sources[s.ID] {
			out.Sections[i].GrownFrom = append(out.Sections[i].GrownFrom, string(l.Development))
		}
	}
	return out, nil
}

func (p *Pages) apiList(ctx context.Context, actor access.Actor, _ *struct{}) (*guidesOut, error) {
	out := &guidesOut{}
	out.Body.Items = []Guide{}
	for _, k := range guide.Kinds() {
		g, err := p.inJSON(ctx, actor, k)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out.Body.Items = append(out.Body.Items, g)
	}
	out.Body.Total = len(out.Body.Items)
	return out, nil
}

type guideIn struct {
	Kind string `path:"kind" doc:"forum or programme"`
}

type guideOut struct{ Body Guide }

func (p *Pages) apiGet(ctx context.Context, actor access.Actor, in *guideIn) (*guideOut, error) {
	k := guide.Kind(in.Kind)
	if !k.IsKind() {
		return nil, fault.Missing()
	}
	g, err := p.inJSON(ctx, actor, k)
	return &guideOut{g}, err
}
