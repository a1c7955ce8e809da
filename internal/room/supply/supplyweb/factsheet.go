package supplyweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/supply/say"
)

// FactSheet is the paper about a programme: what its page says, for a meeting or
// a notice board.
func FactSheet() paper.Kind {
	return paper.Kind{Name: "faktaark", Files: Papers, Values: []string{"title", "provider", "level", "address", "none"},
		Blocks: []string{"description", "outcomes", "facts", "offerings"}}
}

// factSheet makes the paper from what the programme's page shows the same reader.
func (p *pages) factSheet(r *http.Request, actor access.Actor) (paperview.Paper, error) {
	programme, ok := programmeID(r)
	if !ok {
		return paperview.Paper{}, fault.Missing()
	}
	d, err := p.Supply.Programme(r.Context(), actor, programme)
	if err != nil {
		return paperview.Paper{}, err
	}
	s := p.speaker(r)
	view, err := p.showPage(s, r, actor, d, "")
	if err != nil {
		return paperview.Paper{}, err
	}
	href := p.PublicURL + programmePath(d.ID)
	v := paper.Values{"title": paper.Text(view.Head.Title), "provider": paper.Text(d.ProviderName), "level": paper.Text(s.Level(*d.Programme)),
		"address": paper.LinkOrText(href, href), "facts": paper.Blocks{paper.Definitions{Items: paperview.Facts(view.Facts)}},
		"offerings": offeringBlocks(s, view.Offerings)}
	var about paper.Blocks
	for _, line := range view.Description {
		about = append(about, paper.P(line))
	}
	v["description"] = about
	if list := (paper.List{}); len(view.Outcomes) > 0 {
		for _, o := range view.Outcomes {
			if o != "" {
				list.Items = append(list.Items, paper.T(o))
			}
		}
		v["outcomes"] = paper.Blocks{list}
	}
	if view.NoOfferings != nil {
		v["none"] = paper.Text(view.NoOfferings.Title)
	}
	doc, err := p.Shelf.Fill(r, actor, FactSheet().Name, v)
	return paperview.Paper{Document: doc, File: "faktaark", Back: ui.Link{Label: view.Head.Title, Href: programmePath(d.ID)}}, err
}

// offeringBlocks are the offerings with their facts, gatherings and the way in.
func offeringBlocks(s say.Speaker, sections []offeringSection) paper.Blocks {
	var out paper.Blocks
	for _, o := range sections {
		out = append(out, paper.H(3, o.Title), paper.Definitions{Items: paperview.Facts(o.Facts)})
		if o.Gathers != nil {
			if t, ok := paperview.Table(*o.Gathers); ok {
				out = append(out, t)
			}
		}
		out = append(out, paper.H(4, o.HowTitle))
		for _, line := range o.How {
			out = append(out, paper.P(line))
		}
		for _, a := range o.Apply.Items {
			out = append(out, paper.Paragraph{Text: paper.LinkOrText(a.Href, a.Label+": "+a.Href)})
		}
		out = append(out, paper.Paragraph{Text: paper.Inlines{paper.Emphasis{Text: paper.T(o.Confirmed)}}})
	}
	return out
}
