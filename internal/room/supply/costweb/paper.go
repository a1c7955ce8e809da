package costweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/ui"
)

// paper is the answer that the address asks for, to print or to send.
func (p *pages) paper(r *http.Request, actor access.Actor) (paperview.Paper, error) {
	d, home, err := p.programme(r.Context(), actor, r.PathValue("id"))
	if err != nil {
		return paperview.Paper{}, err
	}
	values := r.URL.Query()
	a, err := p.asked(r.Context(), d, home, values)
	if err != nil {
		return paperview.Paper{}, err
	}
	s, back := words{p.speaker(r)}, path(d.ID)+"?"+values.Encode()
	href := p.PublicURL + back
	v := paper.Values{"title": paper.Text(s.Text(d.Title)), "provider": paper.Text(d.ProviderName), "address": paper.LinkOrText(href, p.PublicURL+path(d.ID)),
		"asked": paper.Blocks{paper.Definitions{Items: paperview.Facts(ui.Facts{Items: s.said(a)})}}}
	if lacks := s.lacking(a); len(lacks) > 0 {
		v["lacking"] = paper.Lines(lacks...)
	}
	if t, ok := paperview.Table(s.comparison(a)); ok {
		v["table"] = paper.Blocks{t}
	}
	var ways paper.Blocks
	for _, w := range a.ways {
		ways = append(ways, paper.H(3, s.T(w.Kind.Label())))
		for _, line := range s.about(w) {
			ways = append(ways, paper.P(line))
		}
		if facts := s.facts(a, w); len(facts) > 0 {
			ways = append(ways, paper.Definitions{Items: paperview.Facts(ui.Facts{Items: facts})})
		}
	}
	v["ways"] = ways
	if t, ok := paperview.Table(s.used(a)); ok {
		v["rates"] = paper.Blocks{t}
	}
	doc, err := p.Shelf.Fill(r, actor, CostPaper().Name, v)
	return paperview.Paper{Document: doc, File: "kostnad", Back: ui.Link{Label: s.T("cost.title"), Href: back}}, err
}
