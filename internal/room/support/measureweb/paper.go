package measureweb

import (
	"embed"
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/support/measure"
)

// Papers are the templates.
//
//go:embed paper/*.md
var Papers embed.FS

// MeasurePaper is a measure as a document.
func MeasurePaper() paper.Kind {
	return paper.Kind{Name: "tiltak", Files: Papers, Values: []string{"title", "what"}, Blocks: []string{"about", "steps", "tips"}}
}

// PackagePaper is a package as a document, with all of its measures.
func PackagePaper() paper.Kind {
	return paper.Kind{Name: "tiltakspakke", Files: Papers, Values: []string{"title", "goal", "words"}, Blocks: []string{"measures"}}
}

func (p *Pages) paper(r *http.Request, actor access.Actor) (paperview.Paper, error) {
	m, err := p.find(r, actor)
	if err != nil {
		return paperview.Paper{}, err
	}
	t := p.door.Printer(r)
	v := paper.Values{"title": paper.Text(in(t, m.Card.Title)), "what": paper.Text(in(t, m.Card.What)), "about": p.terms(t, m), "steps": stepList(t, m, 2), "tips": tips(t, m, 2)}
	doc, err := p.Shelf.Fill(r, actor, MeasurePaper().Name, v)
	return paperview.Paper{Document: doc, File: "tiltak-" + m.Card.Code, Back: ui.Link{Label: in(t, m.Card.Title), Href: path(m.Card.ID, "")}}, err
}

func (p *Pages) packPaper(r *http.Request, actor access.Actor) (paperview.Paper, error) {
	x, err := p.Measures.Package(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return paperview.Paper{}, err
	}
	t := p.door.Printer(r)
	var all paper.Blocks
	for i, m := range x.Measures {
		all = append(all, paper.H(2, strconv.Itoa(i+1)+". "+in(t, m.Card.Title)), paper.P(in(t, m.Card.What)))
		all = append(all, p.terms(t, m)...)
		all = append(all, stepList(t, m, 3)...)
		all = append(all, tips(t, m, 3)...)
	}
	v := paper.Values{"title": paper.Text(in(t, x.Title)), "goal": paper.Text(in(t, x.Goal)), "words": paper.Text(in(t, x.Words)), "measures": all}
	doc, err := p.Shelf.Fill(r, actor, PackagePaper().Name, v)
	return paperview.Paper{Document: doc, File: "tiltakspakke-" + x.Slug, Back: ui.Link{Label: in(t, x.Title), Href: packPath(x.Slug, "")}}, err
}

// terms are what the measure is for, what it demands, who keeps it and how fresh it is.
func (p *Pages) terms(t i18n.Printer, m measure.Measure) paper.Blocks {
	facts := append([]ui.Fact{{Label: t.T("support.field.for_whom"), Text: in(t, m.Card.ForWhom)}}, p.facts(t, m)...)
	facts = append(facts, ui.Fact{Label: t.T("support.field.owner"), Text: in(t, m.Card.Owner)})
	if m.OwnerName != "" {
		facts = append(facts, ui.Fact{Label: t.T("measure.field.owner"), Text: m.OwnerName})
	}
	facts = append(facts, ui.Fact{Label: t.T("support.field.last_checked"), Text: t.Date(m.Card.LastChecked)})
	if m.ContactOrg != "" && m.ContactOK {
		facts = append(facts, ui.Fact{Label: t.T("measure.field.contact"), Lines: nonEmpty(m.ContactRole, m.ContactName)})
	}
	return paper.Blocks{paper.Definitions{Items: paperview.Facts(ui.Facts{Items: facts})}}
}

func stepList(t i18n.Printer, m measure.Measure, level int) paper.Blocks {
	if len(m.Steps) == 0 {
		return nil
	}
	list := paper.List{Ordered: true}
	for _, s := range m.Steps {
		words := in(t, s.Words)
		if s.Days > 0 {
			words = t.T("measure.step.takes", "words", words, "n", s.Days)
		}
		list.Items = append(list.Items, paper.T(words))
	}
	return paper.Blocks{paper.H(level, t.T("measure.steps")), list}
}

func tips(t i18n.Printer, m measure.Measure, level int) paper.Blocks {
	if words := in(t, m.Tips); words != "" {
		return paper.Blocks{paper.H(level, t.T("measure.field.tips")), paper.P(words)}
	}
	return nil
}
