package wheelweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/hall/wheel"
	"kompetansetorg/internal/hall/wheel/figure"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
)

// aboutFields are what a challenge and a priority both ask.
func aboutFields(t i18n.Printer, title, words, field, level string) []form.Field {
	return []form.Field{{Name: "title", Kind: form.Text, Label: t.T("forum.field.title"), Value: title, Required: true},
		{Name: "words", Kind: form.Long, Rows: 5, Label: t.T("wheel.words"), Value: words, MaxRunes: wheel.MaxWords, Required: true},
		{Name: "field", Kind: form.Select, Label: t.T("forum.field.field"), Options: fieldOptions(t, field)},
		{Name: "level", Kind: form.Select, Label: t.T("wheel.level"), Options: levelOptions(t, level)}}
}

func readAbout(in *form.Input) (field, level string) {
	return in.Choice("field", codes(need.Fields())...), in.Choice("level", codes(need.Levels())...)
}

// figureField offers the figures of the newest source in the default area.
func (p *pages) figureField(r *http.Request, chosen *figure.Figure) (form.Field, []string, error) {
	t := p.door.Printer(r)
	f, ids := form.Field{Name: "figure", Kind: form.Select, Label: t.T("wheel.evidence.figure"), Hint: t.T("wheel.figure.hint"), Options: []form.Option{{Label: t.T("wheel.figure.no")}}}, []string{}
	sources, _, _, err := p.Wheel.Figures(r.Context(), "", "")
	if err != nil {
		return f, ids, err
	}
	add := func(x figure.Figure) {
		on := chosen != nil && chosen.ID == x.ID
		f.Options = append(f.Options, form.Option{Value: string(x.ID), Selected: on, Label: t.T("wheel.figure.option", "label", x.Label, "n", x.Value, "title", x.Source.Title, "year", strconv.Itoa(x.Source.Year))})
		ids = append(ids, string(x.ID))
	}
	if chosen != nil {
		add(*chosen)
	}
	for _, s := range sources {
		_, _, list, err := p.Wheel.Figures(r.Context(), s.ID, defaultArea)
		if err != nil {
			return f, ids, err
		}
		for _, x := range list {
			if chosen == nil || chosen.ID != x.ID {
				add(x)
			}
		}
	}
	return f, ids, nil
}

// inputForm asks for a challenge of a region, new or to be changed.
func (p *pages) inputForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, err := p.find(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	var g wheel.Region
	i, title := wheel.Input{Round: x.ID, Rank: 1}, t.T("wheel.input.new")
	if r.PathValue("input") != "" {
		g, i, err = input(r, x)
		title = t.T("wheel.input.edit")
	} else {
		g, err = region(r, x)
		i.Region, i.Rank = g.Region, min(len(g.Inputs)+1, x.Most)
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	if len(g.Mine) == 0 {
		return leaf.Asked{}, fault.New(fault.Denied, "fault.denied")
	}
	figures, ids, err := p.figureField(r, i.Fig)
	if err != nil {
		return leaf.Asked{}, err
	}
	senders, orgs, err := p.senderField(r, g, i.Org)
	fields := append([]form.Field{senders, {Name: "rank", Kind: form.Number, Label: t.T("wheel.rank"), Hint: t.T("wheel.rank.hint", "n", x.Most), Value: strconv.Itoa(i.Rank), Min: "1", Max: strconv.Itoa(x.Most), Required: true}},
		aboutFields(t, i.Title, i.Words, i.Field, i.Level)...)
	fields = append(fields, form.Field{Name: "need", Kind: form.Text, Label: t.T("wheel.evidence.need"), Hint: t.T("wheel.need.hint"), Value: i.NeedNumber}, figures)
	return leaf.Asked{Title: title, Kicker: g.Name, Lead: t.T("wheel.input.lead"), Crumbs: crumbs(t, x), Back: path(x.ID, "#region-"+string(g.Region)), Submit: t.T("forum.save"), Version: i.Version, Fields: fields,
		Theirs: []ui.Fact{{Label: t.T("forum.field.title"), Text: i.Title}, {Label: t.T("wheel.words"), Text: i.Words}},
		Read: func(in *form.Input) func() (string, error) {
			next := wheel.Input{ID: i.ID, Round: x.ID, Region: g.Region, Org: access.OrgID(in.Choice("org", orgs...)), Rank: in.Int("rank"), Title: in.Text("title"), Words: in.Text("words"),
				Figure: figure.ID(in.Choice("figure", ids...)), Version: leaf.Version(in)}
			next.Field, next.Level = readAbout(in)
			number := in.Text("need")
			if next.Org == "" {
				in.Refuse("org", "form.error.required")
			}
			return func() (string, error) {
				return path(x.ID, "?ok=wheel.said.saved#region-"+string(g.Region)), p.Wheel.SaveInput(r.Context(), actor, next, number)
			}
		}}, err
}

// senderField is for which organisation the reader writes; one alone is chosen.
func (p *pages) senderField(r *http.Request, g wheel.Region, chosen access.OrgID) (form.Field, []string, error) {
	t := p.door.Printer(r)
	f, ids := form.Field{Name: "org", Kind: form.Select, Label: t.T("forum.input.sender"), Required: true}, []string{}
	if len(g.Mine) != 1 {
		f.Options = append(f.Options, form.Option{Label: t.T("forum.choose"), Selected: chosen == ""})
	}
	for _, o := range g.Mine {
		found, err := p.Orgs.Get(r.Context(), o)
		if err != nil {
			return f, nil, err
		}
		f.Options = append(f.Options, form.Option{Value: string(o), Label: found.NameOn(p.Clock.Today()), Selected: o == chosen || len(g.Mine) == 1})
		ids = append(ids, string(o))
	}
	return f, ids, nil
}

func (p *pages) removePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	x, err := p.find(r, actor)
	if err != nil {
		return err
	}
	g, i, err := input(r, x)
	if err != nil {
		return err
	}
	if err := p.Wheel.RemoveInput(r.Context(), actor, i.ID, leaf.Version(form.Read(r.PostForm))); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(x.ID, "?ok=wheel.said.saved#region-"+string(g.Region)))
}

func (p *pages) deliverPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.find(r, actor)
	if err != nil {
		return err
	}
	g, err := region(r, x)
	if err != nil {
		return err
	}
	if err := p.Wheel.Deliver(r.Context(), actor, x.ID, g.Region); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(x.ID, "?ok=wheel.said.delivered#region-"+string(g.Region)))
}

func (p *pages) silenceForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, err := p.keeping(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	g, err := region(r, x)
	return leaf.Asked{Title: t.T("wheel.silence"), Kicker: g.Name, Lead: t.T("wheel.silence.lead"), Crumbs: crumbs(t, x), Back: path(x.ID, "#region-"+string(g.Region)), Submit: t.T("forum.save"),
		Fields: []form.Field{{Name: "why", Kind: form.Text, Label: t.T("wheel.why"), Required: true}},
		Read: func(in *form.Input) func() (string, error) {
			why := in.Text("why")
			return func() (string, error) {
				return path(x.ID, "?ok=wheel.said.saved#region-"+string(g.Region)), p.Wheel.Silence(r.Context(), actor, x.ID, g.Region, why)
			}
		}}, err
}

// decideForm asks what became of an input: the priority that it is taken as, or why not.
func (p *pages) decideForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, err := p.keeping(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	g, i, err := input(r, x)
	choice, ids := form.Field{Name: "priority", Kind: form.Radio, Label: t.T("wheel.decide.as"), Options: []form.Option{{Value: "none", Label: t.T("wheel.left"), Selected: i.Result == wheel.Left}}, Required: true}, []string{"none"}
	for _, n := range x.Priorities {
		choice.Options = append(choice.Options, form.Option{Value: string(n.ID), Label: t.T("wheel.decide.option", "n", n.Rank, "title", n.Title), Selected: i.Priority == n.ID})
		ids = append(ids, string(n.ID))
	}
	return leaf.Asked{Title: t.T("wheel.decide"), Kicker: g.Name, Lead: i.Title, Crumbs: crumbs(t, x), Back: path(x.ID, "#innspill-"+string(i.ID)), Submit: t.T("forum.save"), Version: i.Version,
		Theirs: []ui.Fact{{Label: t.T("wheel.decide"), Text: outcome(t, i)}},
		Fields: []form.Field{choice, {Name: "why", Kind: form.Long, Rows: 3, Label: t.T("wheel.why"), Hint: t.T("wheel.why.hint"), Value: i.Why, MaxRunes: wheel.MaxWords}},
		Read: func(in *form.Input) func() (string, error) {
			chosen := in.Choice("priority", ids...)
			if chosen == "" {
				in.Refuse("priority", "form.error.required")
			}
			d, version := wheel.Decision{Why: in.Text("why")}, leaf.Version(in)
			if chosen != "none" {
				d.Priority = wheel.PriorityID(chosen)
			}
			return func() (string, error) {
				return path(x.ID, "?ok=wheel.said.saved#innspill-"+string(i.ID)), p.Wheel.Decide(r.Context(), actor, i.ID, version, d)
			}
		}}, err
}

func (p *pages) rankPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	x, err := p.keeping(r, actor)
	if err != nil {
		return err
	}
	n, err := priority(r, x)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	nr := in.Int("nr")
	if err := in.Err(); err != nil {
		return err
	}
	if err := p.Wheel.Rank(r.Context(), actor, n.ID, nr); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(x.ID, "?ok=wheel.said.saved#prioriteringer"))
}
