package site

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/entry"
	"kompetansetorg/internal/room/project/final"
	"kompetansetorg/internal/room/project/finalweb"
	"kompetansetorg/internal/room/project/projectweb"
	"kompetansetorg/internal/room/project/report"
	"kompetansetorg/internal/room/project/reportweb"
	"kompetansetorg/internal/room/project/wording"
)

// press makes papers of projects for a command that has a database and nothing else.
type press struct {
	clock    clock.Clock
	t        i18n.Printer
	projects *project.Service
	entries  *entry.Service
	reports  *report.Service
	words    wording.Words
}

func newPress(d *db.DB, now clock.Clock, lang i18n.Lang) (*press, error) {
	data, err := place.Starter()
	if err != nil {
		return nil, err
	}
	places, err := place.New(data)
	if err != nil {
		return nil, err
	}
	texts, err := i18n.Load(catalogues()...)
	if err != nil {
		return nil, err
	}
	p := &press{clock: now, t: texts.Printer(lang), words: wording.Words{Register: places, Clock: now}}
	p.projects = project.New(project.Deps{DB: d, Clock: now, Places: places})
	p.reports = report.New(report.Deps{DB: d, Clock: now, Projects: p.projects, Forms: forms.New(d, now, question.Can{Files: true})})
	p.entries = entry.New(entry.Deps{DB: d, Clock: now, Projects: p.projects})
	return p, nil
}

// find is the id of the project that the command names, or of that with most sub-projects when it
// names none; NotFound when there is none.
func (p *press) find(ctx context.Context, of string) (project.ID, error) {
	if of == "" {
		return p.projects.MostChildren(ctx)
	}
	id, err := project.ParseID(of)
	if err != nil {
		return "", fault.Missing()
	}
	return id, nil
}

func (p *press) make(kind paper.Kind, values paper.Values) (paper.Document, error) {
	set, err := paper.Load("", kind)
	if err != nil {
		return paper.Document{}, err
	}
	return paperview.Make(set, p.t, kind.Name, values, p.clock.Now(), paperview.Said{Audience: "paper.for.open"})
}

// Compendium is the paper of a project's compendium. Without a project it is that with most
// sub-projects; NotFound when there is none.
func Compendium(ctx context.Context, d *db.DB, now clock.Clock, lang i18n.Lang, of string) (paper.Document, error) {
	p, err := newPress(d, now, lang)
	if err != nil {
		return paper.Document{}, err
	}
	parent, err := p.find(ctx, of)
	if err != nil {
		return paper.Document{}, err
	}
	c, err := p.entries.Compendium(ctx, access.Actor{}, parent)
	if err != nil {
		return paper.Document{}, err
	}
	return p.make(projectweb.CompendiumPaper(), (&projectweb.Pages{Words: p.words}).Values(p.t, c))
}

// FinalReport is the paper of a project's final report, as it stands: chapters that nobody has
// written are marked. The project is found as that of Compendium.
func FinalReport(ctx context.Context, d *db.DB, now clock.Clock, lang i18n.Lang, of string) (paper.Document, error) {
	p, err := newPress(d, now, lang)
	if err != nil {
		return paper.Document{}, err
	}
	id, err := p.find(ctx, of)
	if err != nil {
		return paper.Document{}, err
	}
	r, _, err := final.New(final.Deps{DB: d, Clock: now, Projects: p.projects, Entries: p.entries}).Get(ctx, access.SystemActor("finalreport make"), id)
	if err != nil {
		return paper.Document{}, err
	}
	return p.make(finalweb.Paper(), (&finalweb.Pages{Deps: finalweb.Deps{Names: p.words, Clock: now}}).Values(p.t, r))
}

// Report is the paper of a project's newest report on the form of the short name, or, where it
// has none, of what the register would fill in today: what is missing is marked. The project is
// found as that of Compendium.
func Report(ctx context.Context, d *db.DB, now clock.Clock, lang i18n.Lang, of, form string) (paper.Document, error) {
	p, err := newPress(d, now, lang)
	if err != nil {
		return paper.Document{}, err
	}
	id, err := p.find(ctx, of)
	if err != nil {
		return paper.Document{}, err
	}
	actor := access.SystemActor("report make")
	r, err := p.reports.Newest(ctx, actor, id, form)
	if fault.Is(err, fault.NotFound) {
		r, err = p.reports.Blank(ctx, actor, id, form)
	}
	if err != nil {
		return paper.Document{}, err
	}
	return p.make(reportweb.Paper(), (&reportweb.Pages{}).Values(p.t, r))
}
