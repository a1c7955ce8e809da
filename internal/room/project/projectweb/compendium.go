package projectweb

import (
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/project/entry"
	"kompetansetorg/internal/room/project/wording"
)

// Papers are the templates.
//
//go:embed paper/*.md
var Papers embed.FS

// CompendiumPaper is the compendium of a project as a document.
func CompendiumPaper() paper.Kind {
	return paper.Kind{Name: "kompendium", Files: Papers, Values: []string{"title", "count"}, Blocks: []string{"chapters", "missing"}}
}

// compendium is the paper of a project's compendium, as it is now.
func (p *Pages) compendium(r *http.Request, actor access.Actor) (paperview.Paper, error) {
	d, err := p.find(r, actor)
	if err != nil {
		return paperview.Paper{}, err
	}
	c, err := p.Entries.Compendium(r.Context(), actor, d.ID)
	if err != nil {
		return paperview.Paper{}, err
	}
	t := p.door.Printer(r)
	doc, err := p.Shelf.Fill(r, actor, CompendiumPaper().Name, p.Values(t, c))
	return paperview.Paper{Document: doc, File: "kompendium-" + d.Number, Back: ui.Link{Label: wording.In(t, d.Title), Href: path(d.ID)}}, err
}

// Values are what the paper of the compendium is filled with.
func (p *Pages) Values(t i18n.Printer, c entry.Compendium) paper.Values {
	return paper.Values{"title": paper.Text(wording.In(t, c.Parent.Title)), "count": paper.Text(t.T("entry.count", "done", c.All-len(c.Missing), "all", c.All)), "chapters": p.chapters(t, c), "missing": missing(t, c)}
}

// chapters are the groups in the parent's order, each with its sub-projects.
func (p *Pages) chapters(t i18n.Printer, c entry.Compendium) paper.Blocks {
	var out paper.Blocks
	for _, chapter := range c.Chapters {
		title := wording.GroupName(t, &c.Parent, chapter.Code)
		out = append(out, paper.H(2, t.T("entry.chapter", "title", title, "count", len(chapter.Items))))
		for _, x := range chapter.Items {
			out = append(out, p.item(t, x)...)
		}
	}
	return out
}

func (p *Pages) item(t i18n.Printer, x entry.Item) paper.Blocks {
	out := paper.Blocks{paper.H(3, x.Code+" "+wording.In(t, x.Title))}
	if where := p.Words.Where(t, x.Project); where != "" {
		out = append(out, paper.P(where))
	}
	if x.Entry == nil {
		return append(out, paper.P(t.T("entry.missing.one")))
	}
	e := x.Entry
	list := []paper.Definition{paper.Term(t.T("entry.field.short"), e.Short), paper.Term(t.T("entry.field.attainment"), t.T(e.Attainment.Label()), e.AttainmentText),
		paper.Term(t.T("entry.field.follow"), t.T(e.Follow.Label()), e.FollowText)}
	if e.Contact != "" {
		list = append(list, paper.Term(t.T("entry.field.contact"), e.Contact))
	}
	return append(out, paper.Definitions{Items: list})
}

// missing lists those whose entry is not there; nothing when all are.
func missing(t i18n.Printer, c entry.Compendium) paper.Blocks {
	if len(c.Missing) == 0 {
		return nil
	}
	items := paper.List{}
	for _, x := range c.Missing {
		items.Items = append(items.Items, paper.T(x.Code+" "+wording.In(t, x.Title)))
	}
	return paper.Blocks{paper.H(2, t.T("entry.missing")), items}
}
