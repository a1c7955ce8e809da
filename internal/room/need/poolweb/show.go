package poolweb

import (
	"context"
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/ask"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/need/wording"
)

type showView struct {
	web.Page
	Head       ui.Head
	Ball       ui.Ball
	Progress   ui.Progress
	Facts      ui.Facts
	Why        *ui.Notice
	Moves      ui.Actions
	Given      leaf.Section
	Seats      leaf.Section
	Members    ui.Table
	Others     string
	Requests   []ui.Card
	MayAsk     *ui.Action
	Discussion *ui.Facts
	MayDiscuss *ui.Action
	Files      ui.FileList
	History    ui.Timeline
}

// find reads the pooled need that the path names, as the actor may see it.
func (p *pages) find(r *http.Request, actor access.Actor) (pool.Detail, error) {
	id, err := pool.ParseID(r.PathValue("id"))
	if err != nil {
		return pool.Detail{}, fault.Missing()
	}
	return p.Pools.Get(r.Context(), actor, id)
}

func path(d pool.Pool) string { return "/felles/" + string(d.ID) }

func (p *pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	var given leaf.Section
	if p.Given != nil {
		if given, err = p.Given(r, actor, d.ID); err != nil {
			return err
		}
		d.Moves = slices.DeleteFunc(d.Moves, func(m need.Proposal) bool { return m.Answers })
	}
	var seats leaf.Section
	if p.Seats != nil {
		if seats, err = p.Seats(r, actor, d.ID); err != nil {
			return err
		}
	}
	members, err := p.members(r.Context(), actor, d)
	if err != nil {
		return err
	}
	view := showView{
		Page: p.door.Frame(r, actor, d.Title),
		Head: ui.Head{Kicker: t.T("pool.kicker", "number", d.Number), Title: d.Title, Tags: []ui.Tag{wording.State(t, d.State)}},
		Ball: p.ball(t, d.Ball, d.Overdue), Progress: thread(t, d), Facts: ui.Facts{Items: append(figures(t, d), p.facts(t, d)...)},
		Moves: moveActions(t, d), Given: given, Seats: seats, Members: p.memberTable(t, actor, d, members), History: p.history(t, d),
	}
	view.Crumbs = []ui.Link{{Label: t.T("pool.title"), Href: "/felles"}}
	if d.TakenWithoutForum {
		view.Head.Tags = append(view.Head.Tags, ui.Tag{Text: t.T("pool.no_forum"), Color: ui.Warning})
	}
	if reason := wording.Why(t, d.Headcount); reason != "" {
		view.Why = &ui.Notice{Title: t.T("pool.why.title"), Text: reason}
	}
	if !d.All {
		view.Others = t.T("pool.members.others")
		if len(members) == 0 {
			view.Others = t.T("pool.members.hidden")
		}
	}
	p.steering(t, d, &view)
	view.Head.Actions = append(view.Head.Actions, given.Actions...)
	if actor.SignedIn() {
		view.Head.Actions = append(view.Head.Actions, ui.Action{Label: t.T("follow.do"), Context: d.Number, Variant: ui.Secondary,
			Href: follow.Topic{Target: follow.Object, Kind: need.PoolFlowKind, Ref: string(d.ID)}.Path()})
	}
	view.Head.Actions = append(view.Head.Actions, ui.Action{Label: t.T("pool.thread"), Context: d.Number, Variant: ui.Tertiary,
		Href: object.Ref{Kind: need.PoolFlowKind, ID: string(d.ID)}.ThreadPath()})
	if err := p.work(r, actor, d, &view); err != nil {
		return err
	}
	if view.Files, err = attachview.Section(r.Context(), p.Attach, t, actor, object.Ref{Kind: need.PoolFlowKind, ID: string(d.ID)}); err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "pool/show", view)
}

// members lists the needs of the pool that the reader may open, in the order
// of their numbers.
func (p *pages) members(ctx context.Context, actor access.Actor, d pool.Detail) ([]list.Item, error) {
	var out []list.Item
	q := list.Query{Filter: list.Filter{Pool: d.ID}, Order: "number", Limit: db.MaxLimit}
	for {
		page, _, err := p.Lists.List(ctx, actor, q)
		if err != nil {
			return nil, err
		}
		out = append(out, page.Items...)
		if q.After = page.Next; q.After == "" {
			return out, nil
		}
	}
}

// steering adds what those who look after the pool can do.
func (p *pages) steering(t i18n.Printer, d pool.Detail, view *showView) {
	if !d.CanEdit {
		return
	}
	view.Head.Actions = []ui.Action{{Label: t.T("pool.edit"), Href: path(d.Pool) + "/rediger", Variant: ui.Secondary}}
	if def, ok := need.PoolFlow().State(d.State); ok && !def.End {
		view.Head.Actions = append(view.Head.Actions, ui.Action{Label: t.T("pool.add"), Href: path(d.Pool) + "/legg-til", Variant: ui.Secondary})
	}
}

// work adds the requests and the discussion, for those who work with the pool.
func (p *pages) work(r *http.Request, actor access.Actor, d pool.Detail, view *showView) error {
	t := view.Printer
	requests, err := p.Requests.OfPool(r.Context(), actor, d.ID)
	if err != nil && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Denied) {
		return err
	}
	for _, q := range requests {
		view.Requests = append(view.Requests, requestCard(t, actor, q))
	}
	parties := pool.Parties(actor, d.Pool)
	demand := slices.ContainsFunc(parties, func(x flow.Party) bool { return x != flow.Provider })
	if demand && slices.Contains(need.Poolable(), d.State) {
		view.MayAsk = &ui.Action{Label: t.T("pool.ask"), Href: path(d.Pool) + "/be-om-tilpasning", Variant: ui.Secondary}
	}
	if slices.Contains(parties, flow.Secretary) || slices.Contains(parties, flow.County) {
		label := t.T("pool.discussion.record")
		if d.Discussion != nil {
			label = t.T("pool.discussion.mend")
		}
		view.MayDiscuss = &ui.Action{Label: label, Href: path(d.Pool) + "/drofting", Variant: ui.Secondary}
	}
	if d.Discussion == nil {
		return nil
	}
	facts := ui.Facts{Items: []ui.Fact{{Label: t.T("pool.discussion.at"), Text: t.Moment(d.Discussion.At)}}}
	for _, f := range []struct {
		label i18n.Key
		text  string
	}{{"pool.discussion.clarified", d.Discussion.Clarified}, {"pool.discussion.possibilities", d.Discussion.Possibilities}, {"pool.discussion.limitations", d.Discussion.Limitations}} {
		if f.text != "" {
			facts.Items = append(facts.Items, ui.Fact{Label: t.T(f.label), Text: f.text})
		}
	}
	names, err := p.names(r.Context(), d.Discussion.Interested)
	if err != nil {
		return err
	}
	if len(names) > 0 {
		facts.Items = append(facts.Items, ui.Fact{Label: t.T("pool.discussion.interested"), Lines: names})
	}
	view.Discussion = &facts
	return nil
}

// figures are the sizes, with what a provider needs to start.
func figures(t i18n.Printer, d pool.Detail) []ui.Fact {
	out := []ui.Fact{
		{Label: t.T("pool.col.headcount"), Text: wording.Persons(t, d.Headcount)},
		{Label: t.T("pool.col.firms"), Text: wording.Firms(t, d.Firms)},
	}
	if d.MinToStart == 0 {
		return out
	}
	start := ui.Fact{Label: t.T("pool.min"), Lines: []string{t.T("wording.persons", "n", d.MinToStart)}}
	if d.Headcount.Known {
		if missing := d.MinToStart - d.Headcount.Value; missing > 0 {
			start.Tags = []ui.Tag{{Text: t.T("pool.min.missing", "n", missing), Color: ui.Warning}}
		} else {
			start.Tags = []ui.Tag{{Text: t.T("pool.min.enough"), Color: ui.Success}}
		}
	}
	return append(out, start)
}

func (p *pages) facts(t i18n.Printer, d pool.Detail) []ui.Fact {
	out := []ui.Fact{
		{Label: t.T("pool.col.field"), Text: t.T(d.Field.Label())},
		{Label: t.T("pool.col.level"), Text: t.T(d.Level.Label())},
		{Label: t.T("pool.col.region"), Text: p.region(t, d.Region)},
	}
	if len(d.Municipalities) > 0 {
		names := make([]string, len(d.Municipalities))
		for i, m := range d.Municipalities {
			names[i] = p.place(m)
		}
		slices.Sort(names)
		out = append(out, ui.Fact{Label: t.T("pool.municipalities"), Text: t.Join(names)})
	}
	if d.CoordinatorName != "" {
		out = append(out, ui.Fact{Label: t.T("pool.coordinator"), Text: d.CoordinatorName})
	}
	if d.ProviderName != "" {
		out = append(out, ui.Fact{Label: t.T("pool.provider"), Text: d.ProviderName})
	}
	if !d.AnswerBy.IsZero() {
		out = append(out, ui.Fact{Label: t.T("pool.answer_by"), Text: t.Date(d.AnswerBy)})
	}
	return out
}

// memberTable lists the needs that the reader may open. Those who look after
// the pool can take any of them out, the others their own.
func (p *pages) memberTable(t i18n.Printer, actor access.Actor, d pool.Detail, members []list.Item) ui.Table {
	table := ui.Table{Caption: t.T("pool.members"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("pool.members.need")}, {Label: t.T("pool.members.org")}, {Label: t.T("pool.members.place")},
			{Label: t.T("pool.col.headcount"), Number: true}}}
	may := func(m list.Item) bool { return d.CanEdit || owns(actor, m) }
	buttons := slices.ContainsFunc(members, may)
	if buttons {
		table.Columns = append(table.Columns, ui.Column{Label: t.T("pool.members.do"), Hidden: true})
	}
	for _, m := range members {
		row := ui.Row{Cells: []ui.Cell{
			{Text: m.Title, Href: "/behov/" + string(m.ID), Sub: m.Number},
			{Text: holder(t, m)},
			{Text: p.place(m.Municipality)},
			{Text: t.Number(m.Headcount)},
		}}
		if buttons {
			row.Cells = append(row.Cells, ui.Cell{})
		}
		if may(m) {
			row.Cells[4].Actions = []ui.Action{{Label: t.T("pool.remove"), Post: true, Href: path(d.Pool) + "/ta-ut",
				Name: "need", Value: string(m.ID), Variant: ui.Tertiary, Context: m.Number,
				Confirm: &ui.Confirm{Text: t.T("pool.remove.confirm", "number", m.Number), Yes: t.T("pool.remove"), No: t.T("pool.cancel")}}}
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// owns reports whether the need is of the reader's own organisation, or of one
// it speaks for.
func owns(a access.Actor, m list.Item) bool {
	return a.HasAt(m.Organisation, need.OwnerRoles()...) || a.HasAt(m.RepresentedBy, need.AdviserRoles()...)
}

// holder names who has a need: the organisation, or how many stand behind it.
func holder(t i18n.Printer, it list.Item) string {
	if it.Organisation == "" {
		return t.T("wording.firms", "n", it.Firms)
	}
	return it.OrganisationName
}

// moveActions are the moves that the reader may make, each a page of its own:
// most ask for something.
func moveActions(t i18n.Printer, d pool.Detail) ui.Actions {
	var out ui.Actions
	for _, m := range d.Moves {
		out.Items = append(out.Items, ui.Action{Label: t.T(m.Label), Href: path(d.Pool) + "/flytt?to=" + string(m.To), Variant: ui.Secondary})
	}
	return out
}

// stages is the ordinary way of a pooled need.
var stages = []flow.State{need.Mapped, need.Presented, need.Discussed, need.InFollowUp, need.InDevelopment, need.Covered, need.Closed}

// thread is the red thread: the stages gone through and those to come. A state
// beside the ordinary way stands where it branched off.
func thread(t i18n.Printer, d pool.Detail) ui.Progress {
	out := ui.Progress{Label: t.T("pool.thread")}
	reached, last := map[flow.State]string{}, -1
	for _, st := range d.Steps {
		reached[st.To] = t.Date(st.At.Date())
		if i := slices.Index(stages, st.To); i >= 0 {
			last = i
		}
	}
	current := slices.Index(stages, d.State)
	for i, s := range stages {
		step := ui.Step{Label: t.T(need.StateLabel(s)), State: ui.StepTodo, StateLabel: t.T("pool.step.todo")}
		switch {
		case i == current:
			step.State, step.StateLabel, step.Text = ui.StepCurrent, t.T("pool.step.current"), reached[s]
		case i <= max(current, last) && reached[s] != "" && (current < 0 || i < current):
			step.State, step.StateLabel, step.Text = ui.StepDone, t.T("pool.step.done"), reached[s]
		case i < max(current, last):
			step.State, step.StateLabel = ui.StepSkipped, t.T("pool.step.skipped")
		}
		out.Items = append(out.Items, step)
		if current < 0 && i == last {
			out.Items = append(out.Items, ui.Step{Label: t.T(need.StateLabel(d.State)), State: ui.StepCurrent, StateLabel: t.T("pool.step.current"), Text: reached[d.State]})
		}
	}
	return out
}

// history is what happened, newest first.
func (p *pages) history(t i18n.Printer, d pool.Detail) ui.Timeline {
	out := ui.Timeline{Label: t.T("pool.history")}
	for _, st := range slices.Backward(d.Steps) {
		text := t.T("pool.history.moved", "state", need.StateLabel(st.To))
		if st.From == "" {
			text = t.T("pool.history.made")
		}
		out.Items = append(out.Items, ui.Event{When: t.Moment(st.At), ISO: st.At.String(), Who: st.OrgName, Text: text, Note: st.Note})
	}
	return out
}

func requestCard(t i18n.Printer, actor access.Actor, q ask.Request) ui.Card {
	card := ui.Card{Kicker: t.T("request.kicker"), Title: q.ProviderName, Href: "/foresporsler/" + string(q.ID),
		Tags:  []ui.Tag{wording.Request(t, q)},
		Facts: []ui.Fact{{Label: t.T("request.asked_at"), Text: t.Date(q.AskedAt.Date())}, {Label: t.T("request.answer_by"), Text: t.Date(q.AnswerBy)}}}
	for _, question := range q.Questions {
		card.Points = append(card.Points, ui.Point{Text: question, Kind: ui.Plain})
	}
	if q.Answer != "" {
		card.Facts = append(card.Facts, ui.Fact{Label: t.T("request.answer"), Text: q.Answer})
	}
	return card
}
