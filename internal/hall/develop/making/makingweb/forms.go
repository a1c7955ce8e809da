package makingweb

import (
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/supply/offer"
)

// makeForm makes the programme from an answer: the fields are filled in, so that one press
// will do.
func (p *Pages) makeForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	answer, err := develop.ParseID(r.PathValue("id"))
	if err != nil {
		return leaf.Asked{}, fault.Missing()
	}
	m, err := p.Making.Suggested(r.Context(), actor, answer)
	if err != nil {
		return leaf.Asked{}, err
	}
	t := p.door.Printer(r)
	asked := leaf.Asked{Title: t.T("making.make"), Lead: t.T("making.make.lead"), Back: "/utvikling", Submit: t.T("making.make"), Crumbs: crumbs(t)}
	asked.Fields = []form.Field{{Name: "title", Kind: form.Text, Label: t.T("making.field.title"), Value: m.Title, MaxRunes: making.MaxTitle, Required: true},
		{Name: "level", Kind: form.Select, Label: t.T("making.field.level"), Options: leaf.Options(t, "", offer.Levels(), offer.Level.Label, m.Level), Required: true}}
	asked.Read = func(in *form.Input) func() (string, error) {
		x := making.Making{Title: in.Text("title"), Level: offer.Level(in.Choice("level", text.Strings(offer.Levels())...))}
		return func() (string, error) {
			made, err := p.Making.Make(r.Context(), actor, answer, x)
			return path(made, "?ok=making.said.made"), err
		}
	}
	return asked, nil
}

// moveForm moves a development to another stage.
func (p *Pages) moveForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	d, err := p.find(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	to := flow.State(r.PathValue("to"))
	at := slices.IndexFunc(d.Moves(), func(m flow.MoveDef) bool { return m.To == to })
	if at < 0 {
		if !slices.Contains(making.States(), to) {
			return leaf.Asked{}, fault.Missing()
		}
		if len(d.Mine) == 0 {
			return leaf.Asked{}, fault.New(fault.Denied, "fault.denied")
		}
		return leaf.Asked{}, fault.New(fault.Conflict, "flow.error.no_such_move")
	}
	m, t := d.Moves()[at], p.door.Printer(r)
	lead := i18n.Key("making.moving")
	if !m.NoteRequired && (to == making.Open || to == making.Running) {
		lead = i18n.Key("making.moving." + string(to))
	}
	asked := leaf.Asked{Title: t.T(m.Label), Kicker: d.Title, Lead: t.T(lead), Back: path(d.ID, ""), Submit: t.T(m.Label), Crumbs: crumbs(t, ui.Link{Label: d.Title, Href: path(d.ID, "")})}
	if to == making.Running && !m.NoteRequired {
		asked.Fields = append(asked.Fields, form.Field{Name: "started", Kind: form.Number, Label: t.T("making.field.started"), Hint: t.T("making.hint.started"), Min: "0",
			Max: strconv.Itoa(making.MaxStarted), OptionalMark: t.T("making.optional")})
	}
	begins := to == making.Running && !m.NoteRequired
	if begins {
		asked.Fields = append(asked.Fields, form.Field{Name: "started_on", Kind: form.Date, Label: t.T("making.field.started_on"), Value: p.Clock.Today().String(), OptionalMark: t.T("making.optional")})
	}
	note := form.Field{Name: "note", Kind: form.Long, Rows: 4, Label: t.T("making.field.why"), MaxRunes: making.MaxNote, Required: m.NoteRequired}
	if !m.NoteRequired {
		note.Label, note.OptionalMark = t.T("making.field.note"), t.T("making.optional")
	}
	asked.Fields = append(asked.Fields, note, form.Field{Name: "from", Kind: form.Hidden, Value: string(d.State)})
	asked.Read = func(in *form.Input) func() (string, error) {
		x := making.Moving{To: to, From: flow.State(in.Text("from")), Note: in.Text("note"), Started: in.Int("started")}
		if begins {
			x.StartedOn = in.Date("started_on")
		}
		return func() (string, error) {
			return path(d.ID, "?ok=making.said.moved"), p.Making.Move(r.Context(), actor, d.ID, x)
		}
	}
	return asked, nil
}

// linkForm asks for the number of one more need.
func (p *Pages) linkForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	d, err := p.find(r, actor)
	if err == nil && !d.Is(flow.Provider) {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	t := p.door.Printer(r)
	return leaf.Asked{Title: t.T("making.link"), Kicker: d.Title, Lead: t.T("making.link.lead"), Back: path(d.ID, ""), Submit: t.T("making.link"), Version: d.Version,
		Crumbs: crumbs(t, ui.Link{Label: d.Title, Href: path(d.ID, "")}),
		Fields: []form.Field{{Name: "number", Kind: form.Text, Label: t.T("making.field.number"), Hint: t.T("making.hint.number"), MaxRunes: 20, Autocomplete: "off", Required: true}},
		Read: func(in *form.Input) func() (string, error) {
			number, version := in.Text("number"), leaf.Version(in)
			return func() (string, error) {
				return path(d.ID, "?ok=making.said.linked"), p.Making.Link(r.Context(), actor, d.ID, version, number)
			}
		}}, nil
}

// planForm sets the plan.
func (p *Pages) planForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	d, err := p.find(r, actor)
	if err == nil && !d.Is(flow.Provider) {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	t := p.door.Printer(r)
	asked := leaf.Asked{Title: t.T("making.plan"), Kicker: d.Title, Lead: t.T("making.plan.lead"), Back: path(d.ID, ""), Submit: t.T("making.save"), Version: d.Version,
		Crumbs: crumbs(t, ui.Link{Label: d.Title, Href: path(d.ID, "")})}
	for _, s := range d.Plan {
		name := t.T(stateLabel(s.State))
		asked.Fields = append(asked.Fields, form.Field{Name: "from_" + string(s.State), Kind: form.Date, Label: t.T("making.field.from", "stage", name), Value: s.From.String()},
			form.Field{Name: "to_" + string(s.State), Kind: form.Date, Label: t.T("making.field.to", "stage", name), Value: s.To.String()})
		asked.Theirs = append(asked.Theirs, ui.Fact{Label: name, Text: planned(t, s.From, s.To)})
	}
	asked.Read = func(in *form.Input) func() (string, error) {
		var list []making.Stage
		for _, s := range making.Stages() {
			list = append(list, making.Stage{State: s, From: in.Date("from_" + string(s)), To: in.Date("to_" + string(s))})
		}
		version := leaf.Version(in)
		return func() (string, error) {
			return path(d.ID, "?ok=making.said.planned"), p.Making.Plan(r.Context(), actor, d.ID, version, list)
		}
	}
	return asked, nil
}
