package wheelweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/hall/wheel"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need"
)

// show is the round on one page.
func (p *pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.find(r, actor)
	if err != nil {
		return err
	}
	t, today := p.door.Printer(r), p.Clock.Today()
	page := leaf.Page{Head: ui.Head{Kicker: x.CountyName, Title: t.T("wheel.round", "year", strconv.Itoa(x.Year)), Lead: t.T("wheel.round.lead"), Tags: []ui.Tag{stateTag(t, x)}}, Crumbs: crumbs(t, wheel.Round{})}
	for _, s := range x.Steps {
		if s.Kind == x.State && s.IsLate(today) {
			page.Notices = append(page.Notices, ui.Notice{Color: ui.Warning, Text: t.T("wheel.late.text", "step", stepName(t, s), "name", s.OrgName, "date", s.Due)})
		}
	}
	if x.Keeps {
		page.Head.Actions = []ui.Action{{Label: t.T("wheel.copy"), Href: path(x.ID, "/kopier"), Variant: ui.Secondary}, {Label: t.T("wheel.step.new"), Href: path(x.ID, "/steg/ny"), Variant: ui.Secondary}}
		if x.State != wheel.Knowledge {
			page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("wheel.reopen"), Href: path(x.ID, "/gjenapne"), Variant: ui.Tertiary})
		}
	}
	page.Main = []leaf.Section{{ID: "steg", Title: t.T("wheel.steps"), Progress: progress(t, x), Table: stepTable(t, x, today)}}
	for _, s := range x.Steps {
		if s.Kind == wheel.Knowledge && s.Base != "" {
			page.Main = append(page.Main, leaf.Section{ID: "grunnlag", Title: t.T(wheel.KindLabel(wheel.Knowledge)), Text: s.Base, Actions: []ui.Action{{Label: t.T("wheel.figures"), Href: "/arshjul-tall", Variant: ui.Tertiary}}})
		}
	}
	page.Main = append(page.Main, inputSections(t, x)...)
	page.Main = append(page.Main, prioritySection(t, x))
	return leaf.Show(p.door, w, r, actor, page)
}

func stepName(t i18n.Printer, s wheel.Step) string {
	if s.Title != "" {
		return s.Title
	}
	return t.T(wheel.KindLabel(s.Kind))
}

// progress is the way of the round: the four steps.
func progress(t i18n.Printer, x wheel.Round) *ui.Progress {
	out := &ui.Progress{Label: t.T("wheel.progress")}
	for _, k := range wheel.Kinds() {
		s, err := of(x.Steps, func(s wheel.Step) bool { return s.Kind == k })
		if err != nil {
			continue
		}
		item := ui.Step{Label: stepName(t, s), Text: t.Date(s.Due), State: ui.StepTodo, StateLabel: t.T("forum.step.todo")}
		switch {
		case !s.ClosedAt.IsZero():
			item.State, item.StateLabel, item.Text = ui.StepDone, t.T("forum.step.done"), t.Date(s.ClosedAt.Date())
		case s.Kind == x.State:
			item.State, item.StateLabel = ui.StepCurrent, t.T("forum.step.current")
		}
		out.Items = append(out.Items, item)
	}
	return out
}

// stepTable is the steps and milestones with owners and dates.
func stepTable(t i18n.Printer, x wheel.Round, today clock.Date) *ui.Table {
	out := &ui.Table{Caption: t.T("wheel.steps.caption"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("wheel.step")}, {Label: t.T("wheel.owner")}, {Label: t.T("wheel.from")}, {Label: t.T("wheel.due")}}}
	if x.Keeps {
		out.Columns = append(out.Columns, ui.Column{Label: t.T("wheel.do"), Hidden: true})
	}
	for _, s := range x.Steps {
		name := ui.Cell{Text: stepName(t, s)}
		switch {
		case !s.ClosedAt.IsZero():
			name.Tags, name.Sub = []ui.Tag{{Text: t.T("wheel.closed"), Color: ui.Success}}, t.T("wheel.closed.at", "date", s.ClosedAt.Date())
		case s.IsLate(today):
			name.Tags = []ui.Tag{{Text: t.T("wheel.late"), Color: ui.Danger}}
		case s.Kind == x.State:
			name.Tags = []ui.Tag{{Text: t.T("wheel.now"), Color: ui.Info}}
		}
		row := ui.Row{ID: string(s.ID), Cells: []ui.Cell{name, {Text: s.OrgName}, {Text: t.Date(s.From)}, {Text: t.Date(s.Due)}}}
		if x.Keeps {
			do := ui.Cell{}
			if s.ClosedAt.IsZero() {
				do.Actions = append(do.Actions, ui.Action{Label: t.T("wheel.step.edit"), Context: stepName(t, s), Href: path(x.ID, "/steg/"+string(s.ID)), Variant: ui.Tertiary})
			}
			if s.ClosedAt.IsZero() && (s.Kind == x.State || s.Kind == wheel.Other) {
				do.Actions = append(do.Actions, ui.Action{Label: t.T("wheel.close"), Context: stepName(t, s), Href: path(x.ID, "/steg/"+string(s.ID)+"/lukk"), Variant: ui.Secondary})
			}
			row.Cells = append(row.Cells, do)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// inputSections are the regions on equal terms, with a forum or not: those that have
// nothing yet in one table, and each of the others with its input.
func inputSections(t i18n.Printer, x wheel.Round) []leaf.Section {
	head := leaf.Section{ID: "innspill", Title: t.T(wheel.KindLabel(wheel.Inputs)), Text: t.T("wheel.inputs.text", "n", x.Most)}
	waits := ui.Table{Caption: t.T("wheel.regions.caption"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("wheel.region")}, {Label: t.T("wheel.region.state")}, {Label: t.T("wheel.do"), Hidden: true}}}
	missing := 0
	var delivered []leaf.Section
	for _, g := range x.Regions {
		if !g.Settled() {
			missing++
		}
		id := "region-" + string(g.Region)
		if len(g.Inputs) == 0 {
			row := ui.Row{ID: id, Cells: []ui.Cell{{Text: g.Name}, {Text: regionState(t, x, g)}, {Actions: regionActions(t, x, g)}}}
			if g.Body == "" {
				row.Cells[0].Sub = t.T("wheel.consultation")
			}
			waits.Rows = append(waits.Rows, row)
			continue
		}
		s := leaf.Section{ID: id, Title: g.Name, Text: regionState(t, x, g), Actions: regionActions(t, x, g)}
		if g.Body == "" {
			s.Text += " " + t.T("wheel.consultation")
		}
		for _, i := range g.Inputs {
			s.Cards = append(s.Cards, inputCard(t, x, g, i))
		}
		delivered = append(delivered, s)
	}
	if missing > 0 && x.State != wheel.Knowledge {
		head.Points = []ui.Point{{Kind: ui.No, Text: t.T("wheel.inputs.missing", "n", missing, "of", len(x.Regions))}}
	}
	if len(waits.Rows) > 0 {
		head.Table = &waits
	}
	return append([]leaf.Section{head}, delivered...)
}

func regionState(t i18n.Printer, x wheel.Round, g wheel.Region) string {
	switch {
	case g.Silent != "":
		return t.T("wheel.silent", "why", g.Silent)
	case !g.SentAt.IsZero():
		return t.T("wheel.delivered", "date", g.SentAt.Date())
	case x.State == wheel.Knowledge:
		return t.T("wheel.not_asked")
	}
	return t.T("wheel.not_delivered")
}

func regionActions(t i18n.Printer, x wheel.Round, g wheel.Region) []ui.Action {
	if x.State != wheel.Inputs || g.Settled() {
		return nil
	}
	var out []ui.Action
	if len(g.Mine) > 0 {
		out = append(out, ui.Action{Label: t.T("wheel.input.new"), Context: g.Name, Href: regionPath(x, g, "/innspill"), Variant: ui.Secondary})
	}
	if len(g.Inputs) > 0 && (g.Body != "" && len(g.Mine) > 0 || g.Body == "" && x.Keeps) {
		out = append(out, ui.Action{Label: t.T("wheel.deliver"), Context: g.Name, Href: regionPath(x, g, "/lever"), Post: true, Variant: ui.Primary,
			Confirm: &ui.Confirm{Text: t.T("wheel.deliver.sure"), Yes: t.T("wheel.deliver"), No: t.T("leaf.cancel")}})
	}
	if x.Keeps {
		out = append(out, ui.Action{Label: t.T("wheel.silence"), Context: g.Name, Href: regionPath(x, g, "/taus"), Variant: ui.Tertiary})
	}
	return out
}

func about(t i18n.Printer, field, level string) []ui.Tag {
	var out []ui.Tag
	if field != "" {
		out = append(out, ui.Tag{Text: t.T(need.Field(field).Label())})
	}
	if level != "" {
		out = append(out, ui.Tag{Text: t.T(need.Level(level).Label())})
	}
	return out
}

// inputCard is a challenge with what it cites and what became of it.
func inputCard(t i18n.Printer, x wheel.Round, g wheel.Region, i wheel.Input) ui.Card {
	c := ui.Card{ID: "innspill-" + string(i.ID), Kicker: t.T("wheel.input.rank", "n", i.Rank, "name", i.OrgName), Title: i.Title, Text: i.Words, Tags: about(t, i.Field, i.Level), Facts: evidence(t, i)}
	if said := outcome(t, i); said != "" {
		c.Tags = append(c.Tags, ui.Tag{Text: said, Color: outcomeColor(i)})
	}
	if i.Why != "" {
		c.Facts = append(c.Facts, ui.Fact{Label: t.T("wheel.why"), Text: i.Why})
	}
	mine := false
	for _, o := range g.Mine {
		mine = mine || o == i.Org
	}
	if mine && x.State == wheel.Inputs && !g.Settled() {
		c.Actions = []ui.Action{{Label: t.T("forum.change"), Context: i.Title, Href: inputPath(i, ""), Variant: ui.Tertiary},
			{Label: t.T("wheel.input.remove"), Context: i.Title, Href: inputPath(i, "/fjern"), Post: true, Name: "version", Value: strconv.FormatInt(i.Version, 10), Variant: ui.Tertiary, Color: ui.Danger}}
	}
	if x.Keeps && x.State == wheel.Priorities && !g.SentAt.IsZero() {
		c.Actions = append(c.Actions, ui.Action{Label: t.T("wheel.decide"), Context: i.Title, Href: inputPath(i, "/utfall"), Variant: ui.Secondary})
	}
	return c
}

// evidence is what an input rests on. Of a need that the reader may not know of, that it
// is one.
func evidence(t i18n.Printer, i wheel.Input) []ui.Fact {
	var out []ui.Fact
	switch {
	case i.NeedNumber != "":
		out = append(out, ui.Fact{Label: t.T("wheel.evidence.need"), Link: &ui.Link{Label: i.NeedNumber + " " + i.NeedTitle, Href: "/behov/" + string(i.Need)}})
	case i.Need != "":
		out = append(out, ui.Fact{Label: t.T("wheel.evidence.need"), Text: t.T("wheel.evidence.hidden")})
	}
	if f := i.Fig; f != nil {
		out = append(out, ui.Fact{Label: t.T("wheel.evidence.figure"), Lines: []string{t.T("wheel.evidence.line", "label", f.Label, "area", areaName(t, f.Area), "n", f.Value),
			t.T("wheel.evidence.source", "title", f.Source.Title, "owner", f.Source.Owner, "year", strconv.Itoa(f.Source.Year))}})
	}
	return out
}

// outcome is what became of an input, in words; empty while nothing has.
func outcome(t i18n.Printer, i wheel.Input) string {
	switch i.Result {
	case wheel.Taken:
		return t.T("wheel.taken", "n", i.Nr)
	case wheel.Left:
		return t.T("wheel.left")
	}
	return ""
}

func outcomeColor(i wheel.Input) ui.Color {
	if i.Result == wheel.Taken {
		return ui.Success
	}
	return ui.Warning
}

// prioritySection is the county's list with where each came from and what providers say.
func prioritySection(t i18n.Printer, x wheel.Round) leaf.Section {
	s := leaf.Section{ID: "prioriteringer", Title: t.T(wheel.KindLabel(wheel.Priorities)), Text: t.T("wheel.priorities.text")}
	for n, p := range x.Priorities {
		c := ui.Card{ID: "nr-" + strconv.Itoa(p.Rank), Kicker: t.T("wheel.nr", "n", p.Rank), Title: p.Title, Text: p.Words, Tags: about(t, p.Field, p.Level)}
		from := ui.Fact{Label: t.T("wheel.priority.from")}
		for _, i := range p.From {
			from.Links = append(from.Links, ui.Link{Label: t.T("wheel.priority.source", "region", regionName(x, i), "title", i.Title), Href: "#innspill-" + string(i.ID)})
		}
		if len(from.Links) > 0 {
			c.Facts = append(c.Facts, from)
		}
		if p.Expected != "" {
			c.Facts = append(c.Facts, ui.Fact{Label: t.T("wheel.priority.expected"), Text: p.Expected})
		}
		for _, a := range p.Answers {
			c.Facts = append(c.Facts, answerFact(t, a))
			if a.Mine && x.State == wheel.Answers {
				c.Actions = append(c.Actions, ui.Action{Label: t.T("wheel.answer.do"), Context: t.T("wheel.answer.for", "name", a.OrgName, "title", p.Title), Href: path(x.ID, "/svar/"+string(a.Task)), Variant: ui.Secondary})
			}
		}
		if x.Keeps && (x.State == wheel.Priorities || x.State == wheel.Answers) {
			c.Actions = append(c.Actions, ui.Action{Label: t.T("wheel.ask"), Context: p.Title, Href: priorityPath(p, "/tilbydere"), Variant: ui.Secondary})
		}
		if x.Keeps && x.State == wheel.Priorities {
			c.Actions = append(c.Actions, ui.Action{Label: t.T("forum.change"), Context: p.Title, Href: priorityPath(p, ""), Variant: ui.Tertiary})
			if n > 0 {
				c.Actions = append(c.Actions, ui.Action{Label: t.T("wheel.up"), Context: p.Title, Href: priorityPath(p, "/rang"), Post: true, Name: "nr", Value: strconv.Itoa(p.Rank - 1), Variant: ui.Tertiary})
			}
		}
		s.Cards = append(s.Cards, c)
	}
	if len(x.Priorities) == 0 {
		s.Empty = &ui.Empty{Title: t.T("wheel.priorities.none"), Text: t.T("wheel.priorities.none.text")}
	}
	if x.Keeps && x.State == wheel.Priorities {
		s.Actions = []ui.Action{{Label: t.T("wheel.priority.new"), Href: path(x.ID, "/prioriteringer/ny"), Variant: ui.Primary}}
	}
	return s
}

func regionName(x wheel.Round, i wheel.Input) string {
	for _, g := range x.Regions {
		if g.Region == i.Region {
			return g.Name
		}
	}
	return string(i.Region)
}

// answerFact is what a provider says, or that it has not.
func answerFact(t i18n.Printer, a wheel.Answer) ui.Fact {
	f := ui.Fact{Label: a.OrgName, Lines: []string{t.T(a.Kind.Label())}}
	if a.Words != "" {
		f.Lines = append(f.Lines, a.Words)
	}
	if a.Places > 0 {
		f.Lines = append(f.Lines, t.T("wheel.answer.places", "n", a.Places))
	}
	if !a.Start.IsZero() {
		f.Lines = append(f.Lines, t.T("wheel.answer.start", "date", a.Start))
	}
	if a.Terms != "" {
		f.Lines = append(f.Lines, t.T("wheel.answer.terms", "words", a.Terms))
	}
	return f
}
