package roundweb

import (
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/outreach/round"
	"kompetansetorg/internal/room/outreach/round/counting"
)

// Papers are the templates of papers.
//
//go:embed paper/*.md
var Papers embed.FS

// ResultPaper is the result of a round as a paper: who was asked and who answered
// by municipality, and what was answered. It names no organisation that was asked.
func ResultPaper() paper.Kind {
	return paper.Kind{Name: "kartlegging", Files: Papers, Values: []string{"title", "hub", "invited", "answered", "deadline", "none", "how"}, Blocks: []string{"places", "questions"}}
}

func (p *pages) resultPaper(r *http.Request, actor access.Actor) (paperview.Paper, error) {
	x, err := p.resultOf(r, actor)
	if err != nil {
		return paperview.Paper{}, err
	}
	doc, err := p.Shelf.Fill(r, actor, ResultPaper().Name, p.paperValues(p.door.Printer(r), x))
	return paperview.Paper{Document: doc, File: "kartlegging", Back: ui.Link{Label: p.door.Printer(r).T("round.result"), Href: path(x.ID) + "/resultat"}}, err
}

// paperValues say what the page of the result says, but for whom to follow up.
func (p *pages) paperValues(t i18n.Printer, x counting.Result) paper.Values {
	today, source := p.Clock.Today(), t.T("round.paper.source")
	v := paper.Values{"title": paper.Text(x.Title), "hub": paper.Text(x.HubName), "deadline": paper.Text(t.Date(x.Deadline)),
		"invited":  paper.Text(t.T("round.paper.organisations", "n", x.Sum.Invited)),
		"answered": paperview.Live(t, t.T("round.paper.organisations", "n", x.Sum.Answered), today, source)}
	if x.Sum.Answered == 0 {
		v["none"] = paper.Text(t.T("round.result.empty"))
		return v
	}
	v["how"] = paper.Text(t.T("round.how.text", "n", round.Smallest))
	if table, ok := paperview.Table(p.placeTable(t, x)); ok {
		v["places"] = paper.Blocks{table}
	}
	var blocks paper.Blocks
	for _, g := range p.groups(t, x) {
		blocks = append(blocks, paper.H(3, g.Title))
		for _, b := range g.Bars {
			blocks = append(blocks, barBlock(b))
		}
		if g.Few != "" {
			blocks = append(blocks, paper.P(g.Few))
		}
	}
	v["questions"] = blocks
	return v
}

// barBlock is a question as a table of its answers, or a sentence.
func barBlock(b resultBars) paper.Block {
	if b.Few != "" {
		return paper.P(b.Title + ": " + b.Few)
	}
	out := paper.Table{Caption: b.Title, RowHeads: true, Columns: []paper.Column{{Title: b.Bars.LabelHead}, {Title: b.Bars.ValueHead, Number: true}}}
	for _, bar := range b.Bars.Rows {
		out.Rows = append(out.Rows, []paper.Inlines{paper.T(bar.Label), paper.T(bar.Text)})
	}
	return out
}
