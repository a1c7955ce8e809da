package projectweb

import (
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/wording"
)

// newForm makes a project that is an idea.
func (p *Pages) newForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	owners, ids, err := wording.Owners(r.Context(), p.Orgs, actor)
	if err == nil && len(ids) == 0 {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	under := wording.Part{}
	if id, err := project.ParseID(r.URL.Query().Get("under")); err == nil {
		under.Parent = id
	}
	options, known, err := wording.Parts(r.Context(), p.Projects, actor, t, under)
	if err != nil {
		return leaf.Asked{}, err
	}
	whose := form.Field{Name: "owner", Kind: form.Select, Label: t.T("project.field.owner"), Options: owners, Required: true}
	if len(ids) > 1 {
		whose.Options = append([]form.Option{{Label: t.T("project.choose"), Selected: true}}, owners...)
	}
	fields, read := p.contentFields(t, project.Project{})
	asked := leaf.Asked{Title: t.T("project.new"), Lead: t.T("project.new.lead"), Back: "/prosjekter", Submit: t.T("project.create"), Crumbs: []ui.Link{{Label: t.T("project.title"), Href: "/prosjekter"}},
		Fields: append([]form.Field{whose, {Name: "part", Kind: form.Select, Label: t.T("project.field.parent"), Hint: t.T("project.hint.part"), Options: options}}, fields...)}
	asked.Read = func(in *form.Input) func() (string, error) {
		c := read(in)
		if c.Owner = access.OrgID(in.Choice("owner", ids...)); c.Owner == "" {
			in.Refuse("owner", "form.error.required")
		}
		of, ok := known[in.Text("part")]
		if !ok {
			in.Refuse("part", "form.error.choice")
		}
		c.Parent, c.Group = of.Parent, of.Group
		return func() (string, error) {
			made, err := p.Projects.Create(r.Context(), actor, project.Making{Content: c})
			return path(made) + "?ok=project.said.made", err
		}
	}
	return asked, nil
}

// editForm writes what a project says anew.
func (p *Pages) editForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.writing(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	fields, read := p.contentFields(t, d.Project)
	if d.Above != nil {
		aimed := form.Field{Name: "group", Kind: form.Select, Label: t.T("project.field.group")}
		for _, g := range wording.Groups(t, *d.Above) {
			aimed.Options = append(aimed.Options, form.Option{Value: g.Code, Label: g.Title, Selected: g.Code == d.Group})
		}
		fields = append([]form.Field{aimed}, fields...)
	}
	asked := p.asked(t, d, "project.edit", "project.edit.lead", fields)
	asked.Theirs = []ui.Fact{{Label: t.T("project.field.title"), Text: wording.In(t, d.Title)}, {Label: t.T("project.field.summary"), Text: wording.In(t, d.Summary)}, {Label: t.T("project.field.goal"), Text: wording.In(t, d.Goal)}}
	asked.Read = func(in *form.Input) func() (string, error) {
		c, version := read(in), leaf.Version(in)
		if d.Above != nil {
			c.Group = in.Text("group")
		}
		return func() (string, error) {
			return path(d.ID) + "?ok=project.said.saved", p.Projects.Edit(r.Context(), actor, d.ID, version, c)
		}
	}
	return asked, nil
}

// asked is a form of a project.
func (p *Pages) asked(t i18n.Printer, d project.Detail, title, lead i18n.Key, fields []form.Field) leaf.Asked {
	a := leaf.Asked{Title: t.T(title), Kicker: wording.In(t, d.Title), Back: path(d.ID), Submit: t.T("entry.save"), Version: d.Version, Crumbs: below(t, d), Fields: fields}
	if lead != "" {
		a.Lead = t.T(lead)
	}
	return a
}

// contentFields ask for what a project says, in the reader's language, and read it.
func (p *Pages) contentFields(t i18n.Printer, x project.Project) ([]form.Field, func(*form.Input) project.Content) {
	w := x.Texts.In(t.Language())
	if w.Title == "" {
		w.Title = wording.In(t, x.Title)
	}
	long := func(name string, label, hint i18n.Key, value string, rows int) form.Field {
		f := form.Field{Name: name, Kind: form.Long, Rows: rows, Label: t.T(label), Value: value, MaxRunes: project.MaxWords}
		if hint != "" {
			f.Hint = t.T(hint)
		}
		return f
	}
	fields := []form.Field{
		{Name: "title", Kind: form.Text, Label: t.T("project.field.title"), Value: w.Title, MaxRunes: project.MaxTitle, Required: true},
		long("summary", "project.field.summary", "project.hint.summary", w.Summary, 3),
		long("goal", "project.field.goal", "project.hint.goal", w.Goal, 3),
		long("audience", "project.field.audience", "", w.Audience, 2),
		long("background", "project.field.background", "", w.Background, 3),
		long("method", "project.field.method", "", w.Method, 3),
		long("transfer", "project.field.transfer", "project.hint.transfer", w.Transfer, 2),
		long("next", "project.field.next", "", w.Next, 2),
		long("municipalities", "project.field.municipalities", "project.hint.municipalities", p.Words.Written(x.Municipalities), 3),
		{Name: "area", Kind: form.Text, Label: t.T("project.field.area"), Hint: t.T("project.hint.area"), Value: x.Area, MaxRunes: project.MaxTitle},
		{Name: "programme", Kind: form.Text, Label: t.T("project.field.programme"), Hint: t.T("project.hint.programme"), Value: x.Programme, MaxRunes: project.MaxTitle},
		{Name: "from", Kind: form.Date, Label: t.T("project.field.from"), Value: x.From.String()},
		{Name: "to", Kind: form.Date, Label: t.T("project.field.to"), Value: x.To.String()},
		{Name: "public", Kind: form.Checks, Label: t.T("project.field.public"), Hint: t.T("project.hint.public"), Options: []form.Option{{Value: "ja", Label: t.T("project.public"), Selected: x.Public}}},
	}
	return fields, func(in *form.Input) project.Content {
		c := project.Content{Lang: t.Language(), Words: project.Words{Title: in.Text("title"), Summary: in.Text("summary"), Goal: in.Text("goal"), Background: in.Text("background"), Method: in.Text("method"),
			Audience: in.Text("audience"), Transfer: in.Text("transfer"), Next: in.Text("next")}, Area: in.Text("area"), Programme: in.Text("programme"), Public: in.Bool("public"),
			Period: place.Period{From: in.Date("from"), To: in.Date("to")}}
		c.Municipalities = p.Words.ReadPlaces(in, "municipalities", x.Municipalities)
		return c
	}
}

// moveForm moves a project to the state of the address.
func (p *Pages) moveForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	to := project.State(r.PathValue("to"))
	moves := project.Moves(actor, d)
	i := slices.IndexFunc(moves, func(m flow.MoveDef) bool { return m.To == flow.State(to) })
	if i < 0 {
		return leaf.Asked{}, fault.New(fault.Denied, "fault.denied")
	}
	m := moves[i]
	asked := p.asked(t, d, m.Label, i18n.Key("project.lead."+string(to)), []form.Field{{Name: "note", Kind: form.Long, Rows: 4, Label: t.T("project.field.note"), Hint: t.T("project.hint.note"), MaxRunes: project.MaxWords, Required: m.NoteRequired}})
	asked.Submit = t.T(m.Label)
	asked.Read = func(in *form.Input) func() (string, error) {
		version, note := leaf.Version(in), in.Text("note")
		return func() (string, error) {
			return path(d.ID) + "?ok=project.said.moved", p.Projects.Move(r.Context(), actor, d.ID, version, to, note)
		}
	}
	return asked, nil
}

// moves are the moves that the actor may make, as actions.
func moves(t i18n.Printer, actor access.Actor, d project.Detail) []ui.Action {
	var out []ui.Action
	for _, m := range project.Moves(actor, d) {
		out = append(out, ui.Action{Label: t.T(m.Label), Href: path(d.ID) + "/flytt/" + string(m.To), Variant: ui.Secondary})
	}
	return out
}

// ball is who has the ball, and history what happened, of a project that something has been done
// with here.
func (p *Pages) ball(r *http.Request, t i18n.Printer, d project.Detail, mine bool) (*ui.Ball, *ui.Timeline, error) {
	item, steps, begun, err := p.Projects.History(r.Context(), d.ID)
	if err != nil || !begun {
		return nil, nil, err
	}
	past := &ui.Timeline{Label: t.T("project.history")}
	for _, s := range slices.Backward(steps) {
		past.Items = append(past.Items, ui.Event{When: t.Moment(s.At), ISO: s.At.String(), Text: t.T(project.State(s.To).Label()), Note: s.Note})
	}
	if item.Ball.Party == flow.Nobody {
		return nil, past, nil
	}
	b := &ui.Ball{Label: t.T("project.ball"), Who: d.Owner, Note: t.T(i18n.Key("project.expect." + string(d.State))), State: ui.BallWaiting}
	if item.Ball.Party == flow.County {
		b.Who = t.T("project.county")
	}
	if mine {
		b.State = ui.BallMine
	}
	p.due(t, b, item, p.Clock.Today())
	return b, past, nil
}

func (p *Pages) due(t i18n.Printer, b *ui.Ball, item flow.Item, today clock.Date) {
	if item.Ball.Due.IsZero() {
		return
	}
	b.Due = t.T("project.due", "date", t.Day(item.Ball.Due, today))
	if item.Overdue(today) {
		b.State, b.Tags = ui.BallLate, []ui.Tag{{Text: t.T("project.late"), Color: ui.Danger}}
	}
}
