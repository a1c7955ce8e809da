package reportweb

import (
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/draw"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/project/report"
	"kompetansetorg/internal/room/project/wording"
)

// Papers are the templates.
//
//go:embed paper/*.md
var Papers embed.FS

// Paper is a report as a document: the rows of its form in their order.
func Paper() paper.Kind {
	return paper.Kind{Name: "rapport", Files: Papers, Values: []string{"title", "to", "from", "date", "state"}, Blocks: []string{"answers"}}
}

func (p *Pages) paper(r *http.Request, actor access.Actor) (paperview.Paper, error) {
	t := p.door.Printer(r)
	x, err := p.find(r, actor)
	if err != nil {
		return paperview.Paper{}, err
	}
	doc, err := p.Shelf.Fill(r, actor, Paper().Name, p.Values(t, x))
	return paperview.Paper{Document: doc, File: "rapport-" + x.Code + "-" + x.Project.Number, Back: ui.Link{Label: titled(t, x.Title(), x.Year), Href: Path(x.ID)}}, err
}

// Values are what the paper is filled with. What is asked for and not answered is marked.
func (p *Pages) Values(t i18n.Printer, x report.Report) paper.Values {
	to, on, state := x.Receiver, x.Day, t.T(report.Label(x.State))
	if to == "" {
		to = t.T("report.paper.to.unknown")
	}
	if x.IsSent() {
		on = x.SentOn
	}
	if !x.ApprovedOn.IsZero() {
		state = t.T("report.paper.approved", "date", t.Date(x.ApprovedOn), "ref", x.ApprovedRef)
	}
	from := x.Project.Owner
	if from == "" {
		from = wording.In(t, x.Project.Title)
	}
	return paper.Values{"title": paper.Text(titled(t, x.Title(), x.Year)), "to": paper.Text(t.T("report.paper.to", "who", to)), "from": paper.Text(t.T("report.paper.from", "who", from)), "date": paper.Text(t.T("report.paper.date", "date", t.Date(on))),
		"state": paper.Text(state), "answers": answers(t, x)}
}

// answers are the rows of the form, a heading for each section.
func answers(t i18n.Printer, x report.Report) paper.Blocks {
	page := draw.Page{Printer: t, Definition: x.Answer.Definition, Values: x.Says(), Today: x.Day}
	var out paper.Blocks
	for _, s := range page.Shown() {
		title, _ := page.Text(s.Title)
		var items []paper.Definition
		for _, q := range s.Questions {
			if q.Kind == question.Note {
				continue
			}
			label, _ := page.Text(q.Label)
			items = append(items, paper.Term(label, said(t, page, q, x.Says()[q.Name])...))
		}
		out = append(out, paper.H(2, title), paper.Definitions{Items: items})
	}
	return out
}

// said is an answer as lines, choices with their letters; what is missing says so.
func said(t i18n.Printer, page draw.Page, q question.Question, v question.Value) []string {
	if v.IsEmpty() && q.Required {
		return []string{t.T("report.paper.missing")}
	}
	if v.IsEmpty() {
		return []string{t.T("report.paper.empty")}
	}
	if !q.Kind.HasChoices() {
		return text.Paragraphs(page.Say(q, v))
	}
	var out []string
	for _, code := range append([]string{v.Text}, v.Codes...) {
		c, ok := q.Choice(code)
		if !ok {
			continue
		}
		line, _ := page.Text(c.Label)
		if c.Letter != "" {
			line = c.Letter + ") " + line
		}
		if c.Other && v.Other != "" {
			line += ": " + v.Other
		}
		out = append(out, line)
	}
	return out
}
