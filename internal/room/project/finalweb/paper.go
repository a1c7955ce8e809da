package finalweb

import (
	"embed"
	"net/http"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/final"
	"kompetansetorg/internal/room/project/wording"
)

// Papers are the templates.
//
//go:embed paper/*.md
var Papers embed.FS

// Paper is the final report as a document.
func Paper() paper.Kind {
	return paper.Kind{Name: "sluttrapport", Files: Papers, Values: []string{"title", "goal", "parties", "frozen"}, Blocks: []string{"chapters"}}
}

func (p *Pages) paper(r *http.Request, actor access.Actor) (paperview.Paper, error) {
	t := p.door.Printer(r)
	x, d, err := p.find(r, actor)
	if err != nil {
		return paperview.Paper{}, err
	}
	doc, err := p.Shelf.Fill(r, actor, Paper().Name, p.Values(t, x))
	return paperview.Paper{Document: doc, File: "sluttrapport-" + d.Number, Back: ui.Link{Label: t.T("final.title"), Href: Path(d.ID)}}, err
}

// Values are what the paper is filled with.
func (p *Pages) Values(t i18n.Printer, x final.Report) paper.Values {
	state := t.T("final.draft", "date", t.Date(x.On))
	if x.IsFrozen() {
		state = frozen(t, x)
	}
	var payers []string
	for _, m := range x.Project.Money {
		payers = append(payers, m.Payer)
	}
	parties := t.T("final.parties.unknown")
	if len(payers) > 0 {
		parties = t.T("final.parties", "names", t.Join(payers))
	}
	goal := wording.In(t, x.Project.Goal)
	if goal == "" {
		goal = t.T("final.goal.unknown")
	}
	return paper.Values{"title": paper.Text(wording.In(t, x.Project.Title)), "goal": paper.Text(goal), "parties": paper.Text(parties), "frozen": paper.Text(state), "chapters": p.body(t, x)}
}

// body are the chapters in order: what the register says, then what is written; what is missing
// says so.
func (p *Pages) body(t i18n.Printer, x final.Report) paper.Blocks {
	fill := map[int]func(i18n.Printer, final.Report) paper.Blocks{final.Background: p.background, final.Description: p.description, final.Financing: financing, final.Organisation: p.organisation,
		final.Steering: steering, final.Projects: p.projects, final.Research: research, final.Onward: onward, final.Deviations: deviations}
	var out paper.Blocks
	for _, nr := range final.Chapters() {
		out = append(out, paper.H(2, heading(t, nr)))
		begins := len(out)
		if f := fill[nr]; f != nil && x.Fills(nr) {
			out = append(out, f(t, x)...)
		}
		for _, words := range text.Paragraphs(x.Chapters[nr].Words) {
			out = append(out, paper.P(words))
		}
		switch {
		case slices.Contains(x.Missing(), nr):
			out = append(out, paper.P(t.T("final.chapter.missing")))
		case len(out) == begins:
			out = append(out, paper.P(t.T("final.deviations.none")))
		}
	}
	return out
}

// background lists the municipalities that took part.
func (p *Pages) background(t i18n.Printer, x final.Report) paper.Blocks {
	var out paper.Blocks
	for _, s := range text.Paragraphs(wording.In(t, x.Project.Background)) {
		out = append(out, paper.P(s))
	}
	names := p.Names.Names(x.Members)
	return append(out, paper.P(t.T("final.members", "n", len(names), "names", t.Join(names))))
}

// description is the goal, whom it was for, what anchored it, and the groups.
func (p *Pages) description(t i18n.Printer, x final.Report) paper.Blocks {
	items := []paper.Definition{paper.Term(t.T("project.field.goal"), wording.In(t, x.Project.Goal))}
	if s := wording.In(t, x.Project.Audience); s != "" {
		items = append(items, paper.Term(t.T("project.field.audience"), s))
	}
	var groups []string
	tally := project.Count(x.Children, nil)
	for _, g := range append([]project.Group{{}}, x.Project.Groups...) {
		if len(x.Project.Groups) > 0 {
			groups = append(groups, t.T("final.group", "title", wording.GroupName(t, &x.Project, g.Code), "n", tally.Groups[g.Code]))
		}
	}
	if len(groups) > 0 {
		items = append(items, paper.Term(t.T("project.by_group"), groups...))
	}
	out := paper.Blocks{paper.Definitions{Items: items}}
	log := x.Of(project.Meeting, project.Workshop, project.Conference, project.Mapping, project.Decision)
	if len(log) == 0 {
		return out
	}
	return append(out, paper.H(3, t.T("project.log.anchors")), list(log, func(n project.Note) string { return noted(t, n) }))
}

// noted is a note as a line: what, who, when and how many came.
func noted(t i18n.Printer, n project.Note) string {
	s := n.Words
	when := n.DayWords
	if !n.Day.IsZero() {
		when = t.Date(n.Day)
	}
	for _, more := range []string{n.Who, when, wording.Came(t, n), n.Ref} {
		if more != "" {
			s += " · " + more
		}
	}
	return s
}

func list(notes []project.Note, say func(project.Note) string) paper.List {
	var out paper.List
	for _, n := range notes {
		out.Items = append(out.Items, paper.T(say(n)))
	}
	return out
}

// financing is who paid, with the sum and the share of each.
func financing(t i18n.Printer, x final.Report) paper.Blocks {
	sum := project.Sum(x.Project.Money)
	table := paper.Table{Caption: t.T("project.financing"), RowHeads: true, Columns: []paper.Column{{Title: t.T("project.field.payer")}, {Title: t.T("project.field.sort")}, {Title: t.T("project.field.planned"), Number: true}, {Title: t.T("project.field.share"), Number: true}}}
	for _, m := range x.Project.Money {
		table.Rows = append(table.Rows, []paper.Inlines{paper.T(m.Payer), paper.T(t.T(m.Sort.Label())), paper.T(t.Money(m.Planned)), paper.T(wording.Percent(t, m.Share(sum)))})
	}
	table.Sum = []paper.Inlines{paper.T(t.T("project.sum")), nil, paper.T(t.Money(sum)), paper.T(wording.Percent(t, 10_000))}
	return paper.Blocks{table}
}

// organisation is who led the project and when, and who delivered it where.
func (p *Pages) organisation(t i18n.Printer, x final.Report) paper.Blocks {
	var out paper.Blocks
	managers := slices.DeleteFunc(slices.Clone(x.Project.Members), func(m project.Member) bool { return m.Sort != project.Manager })
	if len(managers) > 0 {
		out = append(out, paper.H(3, t.T("project.member.manager")), people(t, managers))
	}
	hubs := map[string][]place.Number{}
	var order []string
	under := map[string]string{}
	for _, a := range x.Project.Agreements {
		if a.Under != "" {
			under[a.Hub] = a.Under
		}
	}
	for _, l := range x.Leads {
		if _, seen := hubs[l.Hub]; !seen {
			order = append(order, l.Hub)
		}
		hubs[l.Hub] = append(hubs[l.Hub], l.Number)
	}
	if len(order) == 0 {
		return out
	}
	items := []paper.Definition{}
	for _, hub := range order {
		title := hub
		if under[hub] != "" {
			title = t.T("project.under", "hub", hub, "under", under[hub])
		}
		items = append(items, paper.Term(title, t.Join(p.Names.Names(hubs[hub]))))
	}
	return append(out, paper.H(3, t.T("project.agreements")), paper.Definitions{Items: items})
}

func people(t i18n.Printer, members []project.Member) paper.List {
	var out paper.List
	for _, m := range members {
		parts := []string{m.Role}
		if m.Sort == project.Steering && m.Leads {
			parts = append(parts, t.T("project.member.chair"))
		}
		if m.Share > 0 {
			parts = append(parts, t.T("project.member.share", "n", m.Share))
		}
		if !m.From.IsZero() || !m.To.IsZero() {
			parts = append(parts, wording.Period(t, m.Period))
		}
		out.Items = append(out.Items, paper.T(strings.Join(parts, " · ")))
	}
	return out
}

func steering(t i18n.Printer, x final.Report) paper.Blocks {
	return paper.Blocks{people(t, slices.DeleteFunc(slices.Clone(x.Project.Members), func(m project.Member) bool { return m.Sort != project.Steering }))}
}

// projects are the sub-projects by group in the order of the parent, with where they went on.
func (p *Pages) projects(t i18n.Printer, x final.Report) paper.Blocks {
	out := paper.Blocks{paper.P(t.T("final.projects", "n", len(x.Children)))}
	for _, g := range append([]project.Group{{}}, x.Project.Groups...) {
		var items paper.List
		for _, c := range x.Children {
			if c.Group != g.Code {
				continue
			}
			line := wording.In(t, c.Title)
			if where := p.Names.Where(t, c); where != "" {
				line += " (" + where + ")"
			}
			items.Items = append(items.Items, paper.T(line))
		}
		if len(items.Items) == 0 {
			continue
		}
		title := t.T("project.children")
		if len(x.Project.Groups) > 0 {
			title = wording.GroupName(t, &x.Project, g.Code)
		}
		out = append(out, paper.H(3, t.T("entry.chapter", "title", title, "count", len(items.Items))), items)
	}
	return out
}

// research is who was asked, what they answered, and what the money became.
func research(t i18n.Printer, x final.Report) paper.Blocks {
	var out paper.Blocks
	if asked := x.Of(project.Asked); len(asked) > 0 {
		out = append(out, list(asked, func(n project.Note) string {
			return n.Who + ": " + t.T(project.OutcomeLabel(n.Kind, n.Outcome)) + ". " + n.Words
		}))
	}
	if moved := x.Of(project.Shift); len(moved) > 0 {
		out = append(out, paper.H(3, t.T("project.log.shifts")), list(moved, func(n project.Note) string { return shift(t, n) }))
	}
	return out
}

func shift(t i18n.Printer, n project.Note) string {
	s := t.T("project.shift", "from", n.FromPost, "to", n.ToPost) + ". " + n.Words
	if n.Amount != nil {
		s = t.Money(*n.Amount) + ". " + s
	}
	return s
}

// onward is who takes what on, and the plans.
func onward(t i18n.Printer, x final.Report) paper.Blocks {
	var out paper.Blocks
	for _, s := range text.Paragraphs(wording.In(t, x.Project.Next)) {
		out = append(out, paper.P(s))
	}
	for _, k := range []project.NoteKind{project.Onward, project.Plan, project.Mapping} {
		notes := x.Of(k)
		if len(notes) == 0 {
			continue
		}
		title := map[project.NoteKind]i18n.Key{project.Onward: "project.log.next", project.Plan: "project.log.plans", project.Mapping: "project.note.mapping"}[k]
		out = append(out, paper.H(3, t.T(title)), list(notes, func(n project.Note) string {
			s := noted(t, n)
			if n.Outcome != "" {
				s += " · " + t.T(project.OutcomeLabel(n.Kind, n.Outcome))
			}
			return s
		}))
	}
	return out
}

// deviations are what did not become as planned.
func deviations(t i18n.Printer, x final.Report) paper.Blocks {
	var out paper.List
	for _, d := range x.Deviations() {
		s := t.T(i18n.Key("final.deviation."+string(d.Kind)), "n", d.Count, "codes", t.Join(x.Unwritten))
		if d.Kind == final.Moved {
			s = t.T("final.deviation.moved", "what", shift(t, d.Note))
		}
		out.Items = append(out.Items, paper.T(s))
	}
	return paper.Blocks{out}
}
