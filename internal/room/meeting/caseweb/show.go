package caseweb

import (
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/financing"
)

type showView struct {
	web.Page
	Head     ui.Head
	Notices  []ui.Notice
	Ball     *ui.Ball
	Progress ui.Progress
	Way      ui.Timeline // the treatments, with what was decided
	WayDo    ui.Actions
	Members  []membersView
	Paper    ui.Card
	Answer   *answerView
	Docs     ui.Table
	DocsDo   ui.Actions
	Inputs   []ui.Card
	InputsDo ui.Actions
	Plan     *planView
	PlanDo   ui.Actions
	Links    []ui.Card
	LinksDo  ui.Actions
	Facts    ui.Facts
	Moves    ui.Actions
	History  ui.Timeline
}

// answerView is the question of an interpellation, and the answer.
type answerView struct{ Question, Answer quote }

type quote struct {
	By    string
	Lines []string
}

func (p *pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	view := showView{Page: p.door.Frame(r, actor, d.Title), Head: ui.Head{Kicker: t.T("case.kicker", "number", d.Number.String()), Title: d.Title, Tags: []ui.Tag{stateTag(t, d.State)}},
		Progress: thread(t, d), Way: way(t, d), Docs: p.docTable(t, d), Facts: ui.Facts{Items: facts(t, d)}}
	view.Crumbs = crumbs(t, d)[:1]
	if d.Closed {
		view.Head.Tags = append(view.Head.Tags, ui.Tag{Text: t.T("case.closed"), Color: ui.Warning})
		view.Notices = append(view.Notices, closedNotice(t, d))
	}
	if d.Sight != casework.Neutral {
		p.whole(t, d, &view)
		list, err := p.Own.OfCase(r.Context(), actor, d.ID)
		if err != nil {
			return err
		}
		view.Members = members(t, list, p.Clock.Today())
	}
	if d.Sight == casework.Writes {
		p.desk(t, d, &view)
	}
	if actor.SignedIn() {
		view.Head.Actions = append(view.Head.Actions, ui.Action{Label: t.T("follow.do"), Context: d.Number.String(), Variant: ui.Secondary,
			Href: follow.Topic{Target: follow.Object, Kind: casework.FlowKind, Ref: string(d.ID)}.Path()})
	}
	return p.door.Views.Render(w, http.StatusOK, "case/show", view)
}

// closedNotice says what "proposed closed" means, with the ground and its source.
func closedNotice(t i18n.Printer, d casework.Detail) ui.Notice {
	n := ui.Notice{Color: ui.Warning, Title: t.T("case.closed.title"), Text: t.T("case.closed.text")}
	if g, ok := casework.GroundOf(casework.MeetingGrounds(), d.Ground); ok {
		n.Paragraphs = []string{t.T("case.closed.ground", "section", g.In(t), "ground", t.T(g.Label)), t.T("case.closed.since", "date", g.Since)}
		n.Links = []ui.Link{{Label: t.T("case.closed.read", "section", g.In(t)), Href: g.Source}}
	}
	if d.Sight != casework.Neutral {
		n.Paragraphs = append(n.Paragraphs, t.T("case.closed.public", "title", d.PublicTitle))
	}
	return n
}

// whole fills in what a reader of the whole case sees.
func (p *pages) whole(t i18n.Printer, d casework.Detail, view *showView) {
	view.Paper = paperCard(t, d)
	if d.Kind == casework.Interpellate {
		view.Answer = &answerView{Question: quote{d.Interpellation.AskedBy, paragraphs(d.Interpellation.Question)}, Answer: quote{d.Interpellation.AnsweredBy, paragraphs(d.Interpellation.Answer)}}
	}
	for _, in := range d.Inputs {
		c := ui.Card{Kicker: t.Date(in.Day), Title: in.Sender, Text: in.Words, Facts: []ui.Fact{{Label: t.T("case.input.done"), Text: in.Done}}}
		if in.Done == "" {
			c.Facts[0].Text = t.T("case.input.waiting")
			if d.Sight == casework.Writes {
				c.Actions = []ui.Action{{Label: t.T("case.input.answer"), Context: in.Sender, Href: path(d.ID) + "/innspill/" + string(in.ID), Variant: ui.Secondary}}
			}
		}
		view.Inputs = append(view.Inputs, c)
	}
	if d.HasPlan() {
		view.Plan = p.planOf(t, d.Plan)
	}
	for _, l := range d.Links {
		title, _ := l.Title.In(t.Language())
		kind, _ := p.Objects.Of(l.Ref.Kind)
		c := ui.Card{Kicker: t.T(kind.Label) + " " + l.Number, Title: title, Href: p.Objects.Href(l.Ref)}
		if d.Sight == casework.Writes {
			c.Actions = []ui.Action{{Label: t.T("case.link.remove"), Context: title, Href: path(d.ID) + "/fjern", Post: true, Name: "thing", Value: l.Ref.Kind + " " + l.Ref.ID, Variant: ui.Tertiary}}
		}
		view.Links = append(view.Links, c)
	}
	if d.Ball.Party != "" {
		view.Ball = p.ball(t, d)
	}
	view.History = history(t, d.History)
}

// paperCard tells where the paper is read, or that it has not been issued.
func paperCard(t i18n.Printer, d casework.Detail) ui.Card {
	c := ui.Card{Top: true, Kicker: t.T("case.paper.kicker"), Title: t.T("case.paper"), Text: t.T("case.paper.none"), Color: ui.Neutral}
	if d.Issued == nil {
		return c
	}
	c.Color, c.Href = ui.Accent, path(d.ID)+"/papir"
	c.Text = t.T("case.paper.issued", "nr", d.Issued.Nr, "date", d.Issued.At.Date())
	c.Actions = []ui.Action{{Label: t.T("case.paper.read"), Href: path(d.ID) + "/papir", Variant: ui.Secondary}, {Label: t.T("case.paper.pdf"), Href: path(d.ID) + "/papir.pdf", Variant: ui.Secondary},
		{Label: t.T("case.versions"), Href: path(d.ID) + "/versjoner", Variant: ui.Tertiary}}
	return c
}

// desk fills in what the case's writer can do.
func (p *pages) desk(t i18n.Printer, d casework.Detail, view *showView) {
	at := func(label i18n.Key, to string, v ui.Variant) ui.Action {
		return ui.Action{Label: t.T(label), Href: path(d.ID) + to, Variant: v}
	}
	switch d.State {
	case casework.Created, casework.Drafting:
		view.Head.Actions = append(view.Head.Actions, at("case.do.write", "/saksframlegg", ui.Primary), at("case.do.check", "/kontroll", ui.Secondary))
	case casework.Recommended:
		view.Head.Actions = append(view.Head.Actions, at("case.do.issue", "/kontroll", ui.Primary), at("case.do.write", "/saksframlegg", ui.Secondary))
	default:
		view.Head.Actions = append(view.Head.Actions, at("case.do.write", "/saksframlegg", ui.Secondary))
	}
	view.Head.Actions = append(view.Head.Actions, at("case.edit", "/rediger", ui.Secondary))
	for _, m := range casework.ByHand(d.State) {
		view.Moves.Items = append(view.Moves.Items, ui.Action{Label: t.T(m.Label), Href: path(d.ID) + "/flytt?to=" + string(m.To), Variant: ui.Secondary})
	}
	for _, x := range d.Treatments {
		if x.Result == casework.Planned {
			view.WayDo.Items = append(view.WayDo.Items, ui.Action{Label: t.T("case.treatment.record", "body", x.BodyName), Href: path(d.ID) + "/behandling/" + string(x.ID), Variant: ui.Secondary},
				ui.Action{Label: t.T("case.treatment.remove"), Context: x.BodyName, Href: path(d.ID) + "/fjern", Post: true, Name: "treatment", Value: string(x.ID), Variant: ui.Tertiary})
		}
	}
	view.WayDo.Items = append(view.WayDo.Items, at("case.treatment.add", "/behandling", ui.Secondary))
	view.DocsDo.Items = []ui.Action{at("case.document.add", "/dokument", ui.Secondary), at("case.archive.get", "/arkiv.zip", ui.Tertiary)}
	view.InputsDo.Items = []ui.Action{at("case.input.add", "/innspill", ui.Secondary)}
	view.PlanDo.Items = []ui.Action{at(planLabel(d), "/finansiering", ui.Secondary)}
	view.LinksDo.Items = []ui.Action{at("case.link.add", "/kobling", ui.Secondary)}
}

// ball says who acts: the secretariat, and until when.
func (p *pages) ball(t i18n.Printer, d casework.Detail) *ui.Ball {
	b := &ui.Ball{Label: t.T("case.ball"), Who: d.ArchiveName, Note: t.T(i18n.Key("case.expect." + string(d.State))), State: ui.BallWaiting}
	if d.Sight == casework.Writes {
		b.State = ui.BallMine
	}
	if !d.Ball.Due.IsZero() {
		b.Due = t.T("case.due", "date", t.Day(d.Ball.Due, p.Clock.Today()))
		if d.Ball.Due.Before(p.Clock.Today()) {
			b.State, b.Tags = ui.BallLate, []ui.Tag{{Text: t.T("case.late"), Color: ui.Danger}}
		}
	}
	return b
}

// thread is where the case has been and goes: a step for each treatment, between
// that it was opened and that it is done.
func thread(t i18n.Printer, d casework.Detail) ui.Progress {
	out := ui.Progress{Label: t.T("case.way")}
	opened := d.CreatedAt.Date()
	if len(d.Treatments) == 0 || d.Treatments[0].Day.IsZero() || !d.Treatments[0].Day.Before(opened) { // a case may be older than its page here
		out.Items = []ui.Step{{Label: t.T("case.way.opened"), Text: t.Date(opened), State: ui.StepDone, StateLabel: t.T("case.way.done")}}
	}
	current := false
	for _, x := range d.Treatments {
		step := ui.Step{Label: x.BodyName, Text: t.T(x.Result.Label()), State: ui.StepDone, StateLabel: t.T("case.way.done")}
		if x.Number != "" {
			step.Text = x.Number + ": " + step.Text
		}
		if !x.Day.IsZero() {
			step.Text = t.Date(x.Day) + " · " + step.Text
		}
		if x.Result == casework.Planned {
			step.State, step.StateLabel = ui.StepTodo, t.T("case.way.todo")
			if !current {
				step.State, step.StateLabel, current = ui.StepCurrent, t.T("case.way.now"), true
			}
		}
		out.Items = append(out.Items, step)
	}
	return out
}

// way is the treatments in words, the newest first: number, body, and what came.
func way(t i18n.Printer, d casework.Detail) ui.Timeline {
	out := ui.Timeline{Label: t.T("case.way")}
	for _, x := range slices.Backward(d.Treatments) {
		if x.Result == casework.Planned {
			continue
		}
		text := t.T(x.Result.Label())
		if x.Number != "" {
			text = x.Number + ": " + text
		}
		out.Items = append(out.Items, ui.Event{When: t.Date(x.Day), ISO: x.Day.String(), Who: x.BodyName, Text: text, Note: x.Told})
	}
	return out
}

func history(t i18n.Printer, steps []flow.Step) ui.Timeline {
	out := ui.Timeline{Label: t.T("case.history")}
	for _, s := range slices.Backward(steps) {
		out.Items = append(out.Items, ui.Event{When: t.Moment(s.At), ISO: s.At.Date().String(), Text: t.T(casework.StateLabel(s.To)), Note: s.Note})
	}
	return out
}

func facts(t i18n.Printer, d casework.Detail) []ui.Fact {
	out := []ui.Fact{{Label: t.T("case.field.kind"), Text: t.T(d.Kind.Label())}, {Label: t.T("case.field.body"), Link: &ui.Link{Label: d.BodyName, Href: "/organ/" + string(d.Body)}},
		{Label: t.T("case.field.number"), Text: d.Number.String()}}
	add := func(label i18n.Key, text string) {
		if text != "" {
			out = append(out, ui.Fact{Label: t.T(label), Text: text})
		}
	}
	add("case.field.archive", d.ArchiveName)
	add("case.field.officer", d.Officer)
	add("case.field.origin", d.OriginName)
	return out
}

// docTable lists the documents. One that is held back is its number and its ground.
func (p *pages) docTable(t i18n.Printer, d casework.Detail) ui.Table {
	out := ui.Table{Caption: t.T("case.documents"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("case.field.nr")}, {Label: t.T("case.field.letter")}, {Label: t.T("case.field.doc_title")}, {Label: t.T("case.field.day")}}}
	for _, x := range d.Documents {
		nr := ui.Cell{Text: d.Number.String() + "-" + t.Number(x.Nr)}
		title := ui.Cell{Text: x.Title, Href: "/saksdokumenter/" + string(x.ID)}
		if x.Held() {
			title = ui.Cell{Text: t.T("case.document.held")}
		}
		if g, ok := casework.GroundOf(casework.DocumentGrounds(), x.Ground); ok {
			title.Sub = g.Section + ": " + t.T(g.Label)
		}
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{nr, {Text: string(x.Letter), Sub: t.T(x.Letter.Label())}, title, {Text: t.Date(x.Day)}}})
	}
	return out
}

// planView is a financing plan: two tables, what it comes to, and what can be done.
type planView struct {
	Costs, Sources ui.Table
	Facts          ui.Facts
	Notices        []ui.Notice
	Ways           *ui.Notice
}

func (p *pages) planOf(t i18n.Printer, plan casework.Plan) *planView {
	sum := plan.Result()
	out := &planView{Costs: amountTable(t, "case.plan.costs"), Sources: amountTable(t, "case.plan.sources")}
	for _, c := range plan.Costs {
		out.Costs.Rows = append(out.Costs.Rows, ui.Row{Cells: []ui.Cell{{Text: c.Name}, {Text: t.Money(c.Amount)}}})
	}
	out.Costs.Rows = append(out.Costs.Rows, ui.Row{Cells: []ui.Cell{{Text: t.T("case.plan.sum")}, {Text: t.Money(sum.Cost)}}})
	for _, s := range plan.Sources {
		out.Sources.Rows = append(out.Sources.Rows, ui.Row{Cells: []ui.Cell{{Text: s.Name, Sub: t.T(s.Kind.Name())}, {Text: t.Money(s.Amount)}}})
	}
	out.Sources.Rows = append(out.Sources.Rows, ui.Row{Cells: []ui.Cell{{Text: t.T("case.plan.sum")}, {Text: t.Money(sum.Paid)}}})
	out.Facts.Items = []ui.Fact{{Label: t.T("case.plan.own"), Text: t.T("case.plan.own.of", "amount", sum.Counted, "total", sum.OfTotal.Percent(t), "grant", sum.OfGrant.Percent(t))}}
	if plan.Require.Own > 0 {
		base := t.T("case.plan.base.total")
		if plan.Require.Base == financing.OfGrant {
			base = t.T("case.plan.base.grant")
		}
		out.Facts.Items = append(out.Facts.Items, ui.Fact{Label: t.T("case.plan.required"), Text: t.T("case.plan.required.of", "share", plan.Require.Own.Percent(t), "base", base, "amount", sum.Required)})
	}
	for _, f := range sum.Findings {
		color := ui.Warning
		if f.Note {
			color = ui.Info
		}
		out.Notices = append(out.Notices, ui.Notice{Color: color, Text: f.Line.In(t)})
	}
	if len(sum.Ways) > 0 {
		out.Ways = &ui.Notice{Color: ui.Info, Title: t.T("case.plan.ways")}
		for _, x := range sum.Ways {
			out.Ways.Points = append(out.Ways.Points, ui.Point{Kind: ui.Plain, Text: x.Line().In(t)})
		}
	}
	today := p.Clock.Today()
	if state := plan.Proviso.State(today); state != financing.NoProviso {
		n := ui.Notice{Color: ui.Info, Title: t.T("case.plan.proviso"), Text: plan.Proviso.Line(today).In(t)}
		switch state {
		case financing.Overdue, financing.Fallen:
			n.Color = ui.Warning
		case financing.Lifted:
			n.Color = ui.Success
		}
		if plan.Proviso.Case != "" {
			n.Links = []ui.Link{{Label: t.T("case.plan.proviso.case"), Href: p.Objects.Href(object.Ref{Kind: casework.FlowKind, ID: plan.Proviso.Case})}}
		}
		out.Notices = append(out.Notices, n)
	}
	return out
}

func amountTable(t i18n.Printer, caption i18n.Key) ui.Table {
	return ui.Table{Caption: t.T(caption), Compact: true, Columns: []ui.Column{{Label: t.T("case.plan.what")}, {Label: t.T("case.plan.amount"), Number: true}}}
}
